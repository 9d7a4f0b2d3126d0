"""Every table of this application, as it stands."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("providers", "0001_initial"),
        ("providers", "0002_changes_and_refunds"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("budgets", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_changes",
                        to="budgets.budget",
                    ),
                ),
                ("pence", models.IntegerField(help_text="Pence charged more; below zero: less.")),
                ("reason", models.TextField(help_text="Why, in words the person reads.")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_change_of_bills_has_its_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agency", "Home care or support agency"),
                            ("isf", "Holds individual service funds"),
                            ("managed", "Manages accounts for people"),
                            ("trust", "Trust"),
                            ("agent", "Finds and places personal assistants"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
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
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="providers.provider",
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Not pence: 1 is the bill, 2 and on its disputed parts.",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="people.person",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="budgets.budgetline",
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="The days it is for, half-open."
                    ),
                ),
                (
                    "units",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True),
                ),
                ("pence", models.PositiveIntegerField(help_text="Pence asked for.")),
                ("what", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Not matched to a budget yet"),
                            ("matched", "To be decided"),
                            ("asked", "The provider was asked"),
                            ("disputed", "Disputed"),
                            ("approved", "To be paid"),
                            ("paid", "Paid"),
                            ("refused", "Not paid"),
                        ],
                        default="received",
                        max_length=8,
                    ),
                ),
                (
                    "said",
                    models.TextField(
                        blank=True, help_text="What was asked, disputed, or decided, and why."
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-period", "-id"],
                "indexes": [
                    models.Index(fields=["status", "period"], name="providers_i_status_a6dba5_idx"),
                    models.Index(
                        fields=["person", "-period"], name="providers_i_person__90a147_idx"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "number", "part"),
                        name="a_bill_comes_once_from_a_provider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("line__isnull", False),
                            ("status__in", ["received", "refused"]),
                            _connector="OR",
                        ),
                        name="a_bill_is_matched_before_it_is_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["asked", "disputed", "refused"]), _negated=True
                            ),
                            models.Q(("said", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_bill_is_disputed_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pence__gt", 0)), name="a_bill_asks_for_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="providers.provider",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("provider",),
                        name="one_account_for_each_provider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sort_code__regex", "^\\d{6}$"), ("account_number__regex", "^\\d{8}$")
                        ),
                        name="provider_account_numbers_are_digits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
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
                        related_name="receipts",
                        to="people.person",
                    ),
                ),
                ("on", models.DateField()),
                ("pence", models.PositiveIntegerField(help_text="Pence paid in.")),
                ("text", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "on", "pence", "text"), name="money_comes_in_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pence__gt", 0)), name="something_was_paid_in"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_refunds",
                        to="budgets.budget",
                    ),
                ),
                ("over", models.PositiveIntegerField(help_text="Pence that were billed too much.")),
                (
                    "taken_back",
                    models.IntegerField(help_text="Pence of it that the books took back with it."),
                ),
                (
                    "pence",
                    models.PositiveIntegerField(
                        help_text="Pence of it that had been paid and go back."
                    ),
                ),
                ("reason", models.TextField(help_text="Why, in words the person reads.")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("over__gt", 0),
                            ("pence__lte", models.F("over")),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="a_refund_is_of_what_was_too_much",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnBill",
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
                        related_name="own_bills",
                        to="people.person",
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_bills",
                        to="budgets.budget",
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="The days it is for, half-open."
                    ),
                ),
                ("pence", models.PositiveIntegerField(help_text="Pence to pay.")),
                (
                    "posted",
                    models.IntegerField(
                        help_text="Pence put into the books with it; empty: as much as it asks for.",
                        null=True,
                    ),
                ),
                ("sentence", models.TextField(help_text="How the sum was worked out.")),
                ("due_on", models.DateField()),
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
            ],
            options={
                "ordering": ["-period", "-id"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("budget_id"),
                                    models.F("budget_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            ("period", "&&"),
                        ],
                        name="no_day_is_charged_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pence__gt", 0)), name="a_person_is_billed_something"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ownbill",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d61e563a0f371ed6e4c7533c63063b54cc94dc91",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b953e",
                    table="providers_ownbill",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ownchange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c78a50394dba8694fe8dd86c20aaa5940d657557",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9f1a7",
                    table="providers_ownchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoice",
            trigger=pgtrigger.compiler.Trigger(
                name="bills_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="95dde848025a315b7f663497518cd036051046e4",
                    operation="DELETE",
                    pgid="pgtrigger_bills_are_kept_7b547",
                    table="providers_invoice",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoice",
            trigger=pgtrigger.compiler.Trigger(
                name="an_approved_bill_keeps_its_sum",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IN (\'approved\', \'paid\') AND (OLD."pence" IS DISTINCT FROM (NEW."pence") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="1b50c875aac42e998645a061b90fbcb662bc9f4d",
                    operation="UPDATE",
                    pgid="pgtrigger_an_approved_bill_keeps_its_sum_a685f",
                    table="providers_invoice",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e345f01aedfa37d400ed10d5518a7e3219c09dd6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b95b7",
                    table="providers_receipt",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="36ab1d57ce39abc340b4066e8e83094f192d85ca",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_14f19",
                    table="providers_refund",
                    when="BEFORE",
                ),
            ),
        ),
    ]
