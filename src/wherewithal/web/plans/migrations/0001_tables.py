"""Every table of this application, as it stands."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("plans", "0001_initial"),
        ("plans", "0002_reasons_and_advice"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("assessments", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="plans.supportplan",
                    ),
                ),
                ("words", models.TextField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="SupportPlan",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="people.person",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Being made"),
                            ("submitted", "Waiting for sign-off"),
                            ("agreed", "Agreed"),
                            ("replaced", "Replaced by a newer plan"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "led_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "The person themselves"),
                            ("family", "The person with family or friends"),
                            ("practitioner", "The person with a practitioner"),
                            ("broker", "The person with a broker or planning service"),
                            ("advocate", "An advocate with the person"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True, help_text="What matters to the person, in their words."
                    ),
                ),
                (
                    "contingency",
                    models.TextField(
                        blank=True, help_text="What happens when something goes wrong."
                    ),
                ),
                (
                    "advice",
                    models.TextField(
                        blank=True, help_text="What can reduce needs, or keep new ones away."
                    ),
                ),
                (
                    "why_above",
                    models.TextField(
                        blank=True, help_text="Why the plan costs more than the figure."
                    ),
                ),
                (
                    "involved",
                    models.TextField(blank=True, help_text="Who took part in making the plan."),
                ),
                (
                    "advice_preventing",
                    models.TextField(
                        blank=True,
                        db_default="",
                        help_text="What can stop new needs, or put them off.",
                    ),
                ),
                (
                    "not_met",
                    models.JSONField(
                        db_default=models.Value({}, models.JSONField()),
                        default=dict,
                        help_text="Care Act outcome code → why the council will not meet this need.",
                    ),
                ),
                (
                    "steps_to_agree",
                    models.TextField(
                        blank=True,
                        db_default="",
                        help_text="What was done to reach agreement, where there is none.",
                    ),
                ),
                ("returned_because", models.TextField(blank=True)),
                ("started_at", models.DateTimeField()),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("agreed_with_person", models.BooleanField(default=False)),
                ("copy_given_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "-started_at"], name="plans_suppo_person__6f060e_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["draft", "submitted"])),
                        fields=("person",),
                        name="one_plan_in_the_making_each",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risks",
                        to="plans.supportplan",
                    ),
                ),
                ("what", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("safer", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="plans.supportplan",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="lines",
                        to="plans.outcome",
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("provider", models.CharField(blank=True, max_length=120)),
                (
                    "needs",
                    models.JSONField(
                        default=list, help_text="Care Act outcome codes this line meets."
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("hour", "hour"),
                            ("session", "session"),
                            ("day", "day"),
                            ("night", "night"),
                            ("week", "week"),
                            ("month", "month"),
                            ("year", "year"),
                            ("once", "one-off"),
                        ],
                        max_length=10,
                    ),
                ),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=8)),
                (
                    "every",
                    models.CharField(
                        choices=[
                            ("week", "every week"),
                            ("fortnight", "every fortnight"),
                            ("four-weeks", "every four weeks"),
                            ("month", "every month"),
                            ("year", "every year"),
                            ("once", "once only"),
                        ],
                        max_length=12,
                    ),
                ),
                ("unit_price", models.PositiveIntegerField(help_text="Pence for one unit.")),
                (
                    "holding",
                    models.CharField(
                        choices=[
                            ("direct-payment", "Direct payment"),
                            ("council-managed", "Council-managed"),
                            ("isf", "Individual service fund"),
                            ("third-party", "Third party"),
                            ("trust", "Trust"),
                        ],
                        default="council-managed",
                        help_text="How the money for this line is to be held.",
                        max_length=16,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="a_line_has_a_quantity"
                    )
                ],
            },
        ),
    ]
