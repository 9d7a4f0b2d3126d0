"""Every table of this application, as it stands."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_how_to_talk_with_someone"),
        ("people", "0003_long_names_of_ethnic_groups"),
    ]

    dependencies = [
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("adult", "Adult"), ("carer", "Carer")],
                        default="adult",
                        max_length=10,
                    ),
                ),
                ("given_name", models.CharField(max_length=60)),
                ("family_name", models.CharField(max_length=60)),
                ("preferred_name", models.CharField(blank=True, max_length=60)),
                ("date_of_birth", models.DateField()),
                ("date_of_death", models.DateField(blank=True, null=True)),
                ("gender", models.CharField(default="Unknown", max_length=20)),
                (
                    "ethnicity",
                    models.CharField(default="No data: Undeclared or not known", max_length=120),
                ),
                ("nhs_number", models.CharField(blank=True, max_length=10, null=True, unique=True)),
                ("primary_support_reason", models.CharField(default="Unknown", max_length=80)),
                ("accommodation_status", models.CharField(default="Unknown", max_length=90)),
                ("lives_alone", models.BooleanField(null=True)),
                ("address_line", models.CharField(blank=True, max_length=120)),
                ("town", models.CharField(blank=True, max_length=60)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "communication_format",
                    models.CharField(
                        blank=True,
                        help_text="What they need to read or hear us, e.g. large print.",
                        max_length=40,
                    ),
                ),
                ("communication_note", models.TextField(blank=True)),
                (
                    "communication_size",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Size of large print, in points.", null=True
                    ),
                ),
                (
                    "communication_help",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Codes of people.communication.HELP.",
                        null=True,
                    ),
                ),
                (
                    "contact_method",
                    models.CharField(blank=True, db_default="", default="", max_length=20),
                ),
                (
                    "communication_asked_on",
                    models.DateField(
                        blank=True,
                        help_text="When they were last asked how to talk and write to them.",
                        null=True,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("contact", "First contact"),
                            ("assessment", "Assessment under way"),
                            ("eligibility", "Eligibility to decide"),
                            ("not-eligible", "Not eligible"),
                            ("indicative", "Indicative budget to share"),
                            ("planning", "Support plan being made"),
                            ("sign-off", "Waiting for sign-off"),
                            ("setting-up", "Being set up"),
                            ("live", "Support in place"),
                            ("ended", "Ended"),
                        ],
                        default="contact",
                        max_length=20,
                    ),
                ),
                ("review_due", models.DateField(blank=True, null=True)),
                ("known_since", models.DateField()),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="own_record",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="people",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="accounts.team",
                    ),
                ),
                ("search_key", models.TextField(default="", editable=False)),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "search_key", config="simple"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_vector"], name="people_pers_search__ef82bc_gin"
                    ),
                    models.Index(
                        fields=["practitioner", "stage"], name="people_pers_practit_579cfd_idx"
                    ),
                    models.Index(fields=["team", "stage"], name="people_pers_team_id_b43898_idx"),
                    models.Index(
                        condition=models.Q(("review_due__isnull", False)),
                        fields=["practitioner", "review_due"],
                        name="people_reviews_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supporter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supporters",
                        to="people.person",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="supported_people",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("relationship", models.CharField(max_length=60)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("lives_with", models.BooleanField(default=False)),
                ("is_carer", models.BooleanField(default=False)),
                (
                    "willing",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not asked yet")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "able",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not asked yet")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "may_see",
                    models.BooleanField(
                        default=False,
                        help_text="The person agreed that this supporter may see and answer.",
                    ),
                ),
            ],
        ),
    ]
