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
        ("policy", "0001_initial"),
        ("policy", "0002_studies"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Setting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, unique=True)),
                ("value", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Rate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=120)),
                ("unit", models.CharField(max_length=20)),
                ("pence", models.PositiveIntegerField()),
                ("starts", models.DateField()),
                ("source", models.CharField(max_length=300)),
                ("verified", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "starts"), name="one_rate_per_day_it_starts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=200)),
                ("document", models.TextField(help_text="The whole scheme, as written.")),
                ("hash", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "unaudited_because",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Why it is in force without a report.",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="one_scheme_per_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("published_on__isnull", False),
                            _connector="OR",
                        ),
                        name="published_schemes_have_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_scheme_is_approved_by_someone_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Study",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("check", "Check"),
                            ("fit", "Fit"),
                            ("audit", "Equality report"),
                            ("simulate", "Comparison"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="studies",
                        to="policy.schemeversion",
                    ),
                ),
                (
                    "document",
                    models.TextField(help_text="The scheme as it was when this was asked for."),
                ),
                ("scheme_hash", models.CharField(max_length=64)),
                (
                    "beside",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.schemeversion",
                    ),
                ),
                (
                    "options",
                    models.JSONField(
                        default=dict, help_text="What was chosen when it was asked for."
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Finished"),
                            ("failed", "Could not be done"),
                            ("stopped", "Stopped"),
                            ("approved", "Approved"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "progress",
                    models.PositiveSmallIntegerField(default=0, help_text="Percent done."),
                ),
                (
                    "doing",
                    models.CharField(
                        blank=True, help_text="What is being done now.", max_length=200
                    ),
                ),
                (
                    "error",
                    models.TextField(
                        blank=True, help_text="Why it could not be done, and what to do."
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "found",
                    models.JSONField(
                        default=dict, help_text="First sentences and facts of the report."
                    ),
                ),
                (
                    "report",
                    models.TextField(
                        blank=True, help_text="The whole report, as one page of HTML."
                    ),
                ),
                ("workbook", models.BinaryField(default=bytes)),
                (
                    "tables",
                    models.BinaryField(
                        default=bytes, help_text="Every table as CSV, in one zip file."
                    ),
                ),
                (
                    "fitted",
                    models.TextField(blank=True, help_text="The document of the fitted scheme."),
                ),
                (
                    "falls",
                    models.JSONField(
                        default=list,
                        help_text="Whose figure falls by a lot: marks that stand for people.",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_note",
                    models.TextField(blank=True, help_text="Why the scheme may be used."),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-asked_at"], name="policy_stud_asked_a_838191_idx"),
                    models.Index(fields=["scheme_hash"], name="policy_stud_scheme__6eac09_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("progress__lte", 100)), name="nothing_is_more_than_done"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["done", "approved"]), _negated=True),
                            ("finished_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_finished_study_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("kind", "audit"),
                                models.Q(("approved_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="only_equality_reports_are_approved_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_report_is_approved_by_someone_else",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schemeversion",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IN (\'published\', \'withdrawn\') AND (OLD."document" IS DISTINCT FROM (NEW."document") OR OLD."hash" IS DISTINCT FROM (NEW."hash") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7c3a984eabbe4d77387ad56a1be7eeea147f3659",
                    operation="UPDATE",
                    pgid="pgtrigger_published_is_frozen_309a3",
                    table="policy_schemeversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schemeversion",
            trigger=pgtrigger.compiler.Trigger(
                name="no_excuse_is_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."unaudited_because" IS DISTINCT FROM (NEW."unaudited_because"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="524bc12b54b5f544ad3131927cccd5e47004ede4",
                    operation="UPDATE",
                    pgid="pgtrigger_no_excuse_is_added_cf68f",
                    table="policy_schemeversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schemeversion",
            trigger=pgtrigger.compiler.Trigger(
                name="added_in_force_with_a_report",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    func="\n    IF TG_OP = 'INSERT' AND NEW.unaudited_because <> '' AND NEW.drafted_by_id IS NULL THEN\n        RETURN NEW;\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM policy_study study\n        WHERE study.kind = 'audit' AND study.status = 'approved'\n          AND study.scheme_hash = NEW.hash AND study.document = NEW.document\n          AND study.approved_by_id IS DISTINCT FROM NEW.drafted_by_id\n    ) THEN\n        RAISE EXCEPTION 'A scheme is published only with an approved equality report on it.';\n    END IF;\n    RETURN NEW;\n",
                    hash="8d4b51f71f6fe1759792c9926d65b30460e6c630",
                    operation="INSERT",
                    pgid="pgtrigger_added_in_force_with_a_report_ede5d",
                    table="policy_schemeversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schemeversion",
            trigger=pgtrigger.compiler.Trigger(
                name="published_with_a_report",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published' AND NOT (OLD.\"status\" = 'published'))",
                    func="\n    IF TG_OP = 'INSERT' AND NEW.unaudited_because <> '' AND NEW.drafted_by_id IS NULL THEN\n        RETURN NEW;\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM policy_study study\n        WHERE study.kind = 'audit' AND study.status = 'approved'\n          AND study.scheme_hash = NEW.hash AND study.document = NEW.document\n          AND study.approved_by_id IS DISTINCT FROM NEW.drafted_by_id\n    ) THEN\n        RAISE EXCEPTION 'A scheme is published only with an approved equality report on it.';\n    END IF;\n    RETURN NEW;\n",
                    hash="9723b29591c4ed9e376a4384c1ade09f3a03ef3e",
                    operation="UPDATE",
                    pgid="pgtrigger_published_with_a_report_b891c",
                    table="policy_schemeversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schemeversion",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'withdrawn'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="3625e1b30ccb778d35ecfc361d1ed59fbd3a0277",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_kept_b8db0",
                    table="policy_schemeversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="study",
            trigger=pgtrigger.compiler.Trigger(
                name="what_is_studied_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."beside_id" IS DISTINCT FROM (NEW."beside_id") OR OLD."document" IS DISTINCT FROM (NEW."document") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."options" IS DISTINCT FROM (NEW."options") OR OLD."scheme_id" IS DISTINCT FROM (NEW."scheme_id") OR OLD."scheme_hash" IS DISTINCT FROM (NEW."scheme_hash"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="29eb0bf9e0b67af30fa6ed5602dc9dcb4278c96f",
                    operation="UPDATE",
                    pgid="pgtrigger_what_is_studied_is_frozen_1c805",
                    table="policy_study",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="study",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_found_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IN (\'done\', \'approved\') AND (OLD."report" IS DISTINCT FROM (NEW."report") OR OLD."found" IS DISTINCT FROM (NEW."found") OR OLD."workbook" IS DISTINCT FROM (NEW."workbook") OR OLD."tables" IS DISTINCT FROM (NEW."tables") OR OLD."fitted" IS DISTINCT FROM (NEW."fitted") OR OLD."falls" IS DISTINCT FROM (NEW."falls") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="555263e4e2a12ac935162f420db434af0df21bc7",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_found_is_frozen_46ab2",
                    table="policy_study",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="study",
            trigger=pgtrigger.compiler.Trigger(
                name="approved_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" = 'approved')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2d627dacdd679a0f3bb22c4fcdc082e703fbcf82",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_approved_is_frozen_2fc5f",
                    table="policy_study",
                    when="BEFORE",
                ),
            ),
        ),
    ]
