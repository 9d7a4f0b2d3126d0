"""Every table of this application, as it stands."""

from django.db import migrations, models

from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("insight", "0001_initial"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("doing", "Under way"),
                            ("done", "Done"),
                            ("failed", "Went wrong"),
                        ],
                        default="doing",
                        max_length=8,
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="How many times; no pence."
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "said",
                    models.TextField(
                        blank=True, help_text="What it did, or what went wrong, in words."
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "day"), name="a_duty_is_done_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("begun_at")),
                            _connector="OR",
                        ),
                        name="a_duty_ends_after_it_began",
                    ),
                ],
            },
        ),
    ]
