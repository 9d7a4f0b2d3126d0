"""Every table of this application, as it stands."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("payments", "0001_initial"),
        ("payments", "0002_no_day_is_paid_twice"),
        ("payments", "0003_run_states"),
        ("payments", "0004_differences_alone"),
        ("payments", "0005_bills"),
        ("payments", "0006_what_others_pay"),
        ("payments", "0007_own_part_of_a_difference"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("budgets", "0001_tables"),
        ("people", "0001_tables"),
        ("providers", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=12)),
                (
                    "digest",
                    models.CharField(help_text="SHA-256 of the bytes.", max_length=64, unique=True),
                ),
                ("read_at", models.DateTimeField()),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Payee",
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
                        related_name="payees",
                        to="people.person",
                    ),
                ),
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
                        max_length=16,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "The person"),
                            ("nominee", "Someone the person chose, or who is authorised for them"),
                            ("managed-account", "A managed account"),
                            ("isf-holder", "The holder of the individual service fund"),
                            ("trust", "A trust"),
                            ("provider", "A provider"),
                        ],
                        db_default="person",
                        default="person",
                        max_length=16,
                    ),
                ),
                ("account_name", models.CharField(max_length=40)),
                ("sort_code", models.CharField(max_length=6)),
                ("account_number", models.CharField(max_length=8)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "doubt",
                    models.TextField(
                        blank=True,
                        db_default="",
                        help_text="Why money came back from here; empty: nothing known.",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person", "holding"),
                        name="one_account_for_each_holding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sort_code__regex", "^\\d{6}$"), ("account_number__regex", "^\\d{8}$")
                        ),
                        name="account_numbers_are_digits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="payments.run",
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="budgets.budget",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="people.person",
                    ),
                ),
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
                        max_length=16,
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("gross", models.PositiveIntegerField(help_text="Pence.")),
                (
                    "contribution",
                    models.PositiveIntegerField(default=0, help_text="Pence taken off."),
                ),
                (
                    "adjustment",
                    models.IntegerField(
                        db_default=0,
                        default=0,
                        help_text="Pence more or less for days that were paid before.",
                    ),
                ),
                (
                    "adjustment_contribution",
                    models.IntegerField(
                        db_default=0,
                        default=0,
                        help_text="Pence the person is to put in, more or less, for days that were paid before.",
                    ),
                ),
                ("net", models.PositiveIntegerField(help_text="Pence sent.")),
                (
                    "parts",
                    models.JSONField(
                        db_default=models.Value([], models.JSONField()),
                        default=list,
                        help_text="Each part of the adjustment: what it is for, its pence, and why.",
                    ),
                ),
                (
                    "recharged",
                    models.IntegerField(
                        db_default=0,
                        default=0,
                        help_text="Pence of the net that a changed charge had put into the books before.",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        help_text="The bill it pays; empty: a budget's days.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="providers.invoice",
                    ),
                ),
                ("account_name", models.CharField(max_length=40)),
                ("sort_code", models.CharField(max_length=6)),
                ("account_number", models.CharField(max_length=8)),
                ("reference", models.CharField(max_length=18)),
                ("sentence", models.TextField(blank=True, help_text="How the sum was worked out.")),
                ("cancelled", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not sent yet"),
                            ("sent", "Sent"),
                            ("confirmed", "Arrived"),
                            ("returned", "Came back"),
                            ("recalled", "Called back"),
                        ],
                        db_default="waiting",
                        default="waiting",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-id"], name="payments_pa_person__c4cad7_idx")
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("cancelled", False),
                            models.Q(("state__in", ["returned", "recalled"]), _negated=True),
                            ("gross__gt", 0),
                            ("invoice__isnull", True),
                        ),
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast(
                                        "budget_id", models.BigIntegerField()
                                    ),
                                    django.db.models.functions.comparison.Cast(
                                        "budget_id", models.BigIntegerField()
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast(
                                        models.Func(models.F("holding"), function="hashtext"),
                                        models.BigIntegerField(),
                                    ),
                                    django.db.models.functions.comparison.Cast(
                                        models.Func(models.F("holding"), function="hashtext"),
                                        models.BigIntegerField(),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            ("period", "&&"),
                        ],
                        name="no_day_is_paid_twice",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled", False),
                            models.Q(("state__in", ["returned", "recalled"]), _negated=True),
                            ("invoice__isnull", False),
                        ),
                        fields=("invoice",),
                        name="no_invoice_is_paid_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "net",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("gross"), "-", models.F("contribution")
                                    ),
                                    "+",
                                    models.F("adjustment"),
                                ),
                            )
                        ),
                        name="net_is_what_the_parts_come_to",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Funded",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "funding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funded",
                        to="budgets.linefunding",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        help_text="What it was posted with; empty: it was put right for days past.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funded",
                        to="payments.payment",
                    ),
                ),
                (
                    "pence",
                    models.IntegerField(
                        help_text="Pence; below zero where too much had been asked."
                    ),
                ),
                ("on", models.DateField(help_text="The day it was posted.")),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["on"], name="payments_fu_on_f54725_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pence", 0), _negated=True),
                        name="a_part_of_others_is_a_sum",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="payments.payment",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="payments.answerfile",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not sent yet"),
                            ("sent", "Sent"),
                            ("confirmed", "Arrived"),
                            ("returned", "Came back"),
                            ("recalled", "Called back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=8)),
                (
                    "words",
                    models.TextField(blank=True, help_text="Why, in words a person can read."),
                ),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told_on",
                    models.DateField(
                        blank=True,
                        help_text="The day the person was told that money came back.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("payment", "state"), name="each_answer_counts_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
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
                        choices=[("regular", "Everyone due"), ("emergency", "Emergency payment")],
                        db_default="regular",
                        default="regular",
                        max_length=10,
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="The payment period, half-open."
                    ),
                ),
                ("pay_on", models.DateField(help_text="The day the money arrives: a working day.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prepared", "Prepared"),
                            ("checked", "Checked"),
                            ("approved", "Approved"),
                            ("released", "Released"),
                            ("confirmed", "Confirmed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        db_default="",
                        help_text="Of an emergency payment: why, in words to read.",
                    ),
                ),
                ("prepared_at", models.DateTimeField()),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checks",
                    models.JSONField(
                        db_default=models.Value([], models.JSONField()),
                        default=list,
                        help_text="Each check by name, and whom it found.",
                    ),
                ),
                (
                    "check_note",
                    models.TextField(
                        blank=True,
                        db_default="",
                        help_text="What was looked into before the run went on.",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveBigIntegerField(default=0, help_text="Pence.")),
                (
                    "left_out",
                    models.JSONField(default=list, help_text="Who could not be paid, and why."),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_run_is_approved_by_someone_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["approved", "released", "confirmed"]), _negated=True
                            ),
                            ("approved_by__isnull", False),
                            _connector="OR",
                        ),
                        name="an_approved_run_names_its_approver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["released", "confirmed"]), _negated=True),
                            ("released_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_released_run_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "emergency"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_emergency_payment_has_its_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="payments.run",
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=60)),
                ("media", models.CharField(max_length=40)),
                ("content", models.BinaryField()),
                ("digest", models.CharField(help_text="SHA-256 of the bytes.", max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "kind"), name="one_file_of_a_kind_for_a_run"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answerfile",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0fa2af5e7a0c0fe2e264b403bbf775d84042ec46",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_81019",
                    table="payments_answerfile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="funded",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0bef83351f31f2fea86becf7006dbc7efab4ef86",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c6329",
                    table="payments_funded",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_said_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."payment_id" IS DISTINCT FROM (NEW."payment_id") OR OLD."file_id" IS DISTINCT FROM (NEW."file_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="68396db61233c148ddf2c023a9d290c08434d85c",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_said_is_kept_6fcb8",
                    table="payments_bankanswer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4bbf9f45753822c3eae5a8d3c7e7a2feaa4ac8ab",
                    operation="DELETE",
                    pgid="pgtrigger_kept_10678",
                    table="payments_bankanswer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="run",
            trigger=pgtrigger.compiler.Trigger(
                name="decided_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE moving text[];",
                    func="\n                    moving := ARRAY['status', 'released_at', 'released_by_id', 'confirmed_at',\n                        'confirmed_by_id'];\n                    IF OLD.status IN ('prepared', 'checked') THEN\n                        RETURN COALESCE(NEW, OLD);\n                    END IF;\n                    IF TG_OP = 'DELETE' OR OLD.status IN ('confirmed', 'cancelled')\n                        OR (OLD.status = 'approved'\n                            AND NEW.status NOT IN ('released', 'cancelled'))\n                        OR (OLD.status = 'released' AND NEW.status <> 'confirmed')\n                        OR (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving) THEN\n                        RAISE EXCEPTION 'Payment run % is % and cannot change.', OLD.id, OLD.status;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="6be41d2a298c2788c4988754dc7c4e3506e9ed05",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_decided_is_frozen_0595a",
                    table="payments_run",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen_with_its_run",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE run_state text; moving text;",
                    func="\n                    SELECT status INTO run_state FROM payments_run\n                        WHERE id = COALESCE(NEW.run_id, OLD.run_id);\n                    IF run_state IN ('prepared', 'checked') THEN\n                        RETURN COALESCE(NEW, OLD);\n                    END IF;\n                    moving := CASE run_state WHEN 'cancelled' THEN 'cancelled' ELSE 'state' END;\n                    IF TG_OP <> 'UPDATE'\n                        OR (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving)\n                        OR (run_state = 'cancelled' AND NOT NEW.cancelled)\n                        OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (\n                            ('waiting', 'sent'), ('sent', 'confirmed'), ('sent', 'returned'),\n                            ('sent', 'recalled'), ('confirmed', 'returned'),\n                            ('confirmed', 'recalled'))) THEN\n                        RAISE EXCEPTION 'Payment run % is % and its payments cannot change.',\n                            COALESCE(NEW.run_id, OLD.run_id), run_state;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="c75d0f12da64276001bcffdcd320a6c74d3fa1d9",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_frozen_with_its_run_d9d8c",
                    table="payments_payment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="runfile",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="349003fd936618d55fa3526b635d8bd0044aedf8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_115d4",
                    table="payments_runfile",
                    when="BEFORE",
                ),
            ),
        ),
    ]
