"""Every table of this application, as it stands."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("interface", "0001_initial"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Which program uses it, and who answers.", max_length=80
                    ),
                ),
                (
                    "reads",
                    models.CharField(
                        choices=[
                            ("money", "Money, by reference"),
                            ("figures", "Figures with nobody in them"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "mark",
                    models.CharField(help_text="SHA-256 of the key.", max_length=64, unique=True),
                ),
                (
                    "begins",
                    models.CharField(
                        help_text="Its first letters, to tell keys apart.", max_length=12
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("last_day", models.DateField(help_text="The last day it opens anything.")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("used_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="a_key_ends_after_it_was_made",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accesskey",
            trigger=pgtrigger.compiler.Trigger(
                name="an_ended_key_stays_ended",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."ended_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="e2a17ae3f4a5e462cc85d8f86e7aee35ec6ad4fa",
                    operation="UPDATE",
                    pgid="pgtrigger_an_ended_key_stays_ended_2ab38",
                    table="interface_accesskey",
                    when="BEFORE",
                ),
            ),
        ),
    ]
