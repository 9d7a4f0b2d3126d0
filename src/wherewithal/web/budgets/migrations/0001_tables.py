"""Every table of this application, as it stands."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("budgets", "0001_initial"),
        ("budgets", "0002_day_of_holding"),
        ("budgets", "0003_charge_changes"),
        ("budgets", "0004_pauses"),
        ("budgets", "0005_charging"),
        ("budgets", "0006_run_off"),
        ("budgets", "0007_who_pays"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_tables"),
        ("plans", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Budget",
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
                        related_name="budgets",
                        to="people.person",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgets",
                        to="plans.supportplan",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgets",
                        to="budgets.financialassessment",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for a decision"),
                            ("panel", "With the panel"),
                            ("signed-off", "Signed off"),
                            ("returned", "Returned with reasons"),
                            ("ended", "Ended"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="Half-open: from the first day up to, not including, the end."
                    ),
                ),
                (
                    "cost",
                    models.PositiveIntegerField(
                        help_text="Pence a week: cost of meeting the needs."
                    ),
                ),
                (
                    "contribution",
                    models.PositiveIntegerField(
                        default=0, help_text="Pence a week the person pays."
                    ),
                ),
                (
                    "one_off",
                    models.PositiveIntegerField(
                        default=0, help_text="Pence paid once, beside the weekly cost."
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement_on",
                    models.DateField(
                        blank=True, help_text="When the statement was given.", null=True
                    ),
                ),
                (
                    "agreement_on",
                    models.DateField(
                        blank=True, help_text="Direct payment agreement signed.", null=True
                    ),
                ),
                ("agreement_by", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "status"], name="budgets_bud_person__5eff01_idx"
                    ),
                    models.Index(
                        fields=["status", "proposed_at"], name="budgets_bud_status_8f556e_idx"
                    ),
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["period"], name="budgets_bud_period_10f6d3_gist"
                    ),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("status__in", ["signed-off", "ended"])),
                        expressions=[
                            (
                                models.Func(
                                    models.F("person_id"),
                                    models.F("person_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            ("period", "&&"),
                        ],
                        name="budgets_of_one_person_never_overlap",
                        violation_error_message="This person already has a personal budget for some of these days. End that one first, or start this one later.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("contribution__lte", models.F("cost"))),
                        name="nobody_pays_more_than_the_cost",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="budgets.budget",
                    ),
                ),
                (
                    "plan_line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.planline",
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("provider", models.CharField(blank=True, max_length=120)),
                (
                    "how_often",
                    models.CharField(
                        blank=True, help_text="e.g. 7 hours every week at £13.75.", max_length=120
                    ),
                ),
                ("weekly", models.PositiveIntegerField(help_text="Pence a week.")),
                ("one_off", models.PositiveIntegerField(default=0, help_text="Pence paid once.")),
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
                    "held_from",
                    models.DateField(
                        blank=True,
                        help_text="First day of holding it so; empty: since the budget began.",
                        null=True,
                    ),
                ),
                (
                    "once_on",
                    models.DateField(
                        blank=True,
                        help_text="The day its sum is paid once; empty: the first day.",
                        null=True,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                        related_name="decisions",
                        to="budgets.budget",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sign-off", "Signed off"),
                            ("to-panel", "Sent to the panel"),
                            ("return", "Returned with reasons"),
                        ],
                        max_length=10,
                    ),
                ),
                ("figure", models.PositiveIntegerField(help_text="Pence a week that was decided.")),
                ("reasons", models.TextField(blank=True)),
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
        ),
        migrations.CreateModel(
            name="DirectPaymentDecision",
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
                        related_name="direct_payment_decisions",
                        to="budgets.budget",
                    ),
                ),
                ("facts", models.JSONField()),
                ("allowed", models.BooleanField()),
                ("reasons", models.JSONField(default=list)),
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
        ),
        migrations.CreateModel(
            name="EarlierCharge",
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
                        related_name="earlier_charges",
                        to="people.person",
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budgets.budget",
                    ),
                ),
                ("from_day", models.DateField()),
                ("until", models.DateField(help_text="Half-open: the day it was worked out.")),
                ("reason", models.TextField(help_text="What is new, in words the person reads.")),
                (
                    "pieces",
                    models.JSONField(
                        help_text="First day, end, pence a week charged, and should be."
                    ),
                ),
                (
                    "charges",
                    models.JSONField(
                        help_text="First day and financial assessment of each new charge."
                    ),
                ),
                (
                    "pence",
                    models.IntegerField(
                        help_text="Above zero: charged too little. Below: too much."
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Worked out"),
                            ("told", "The person was told"),
                            ("asked", "The difference is asked for"),
                            ("let-go", "Nothing is asked for"),
                            ("paid-back", "Paid back to the person"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("told_on", models.DateField(blank=True, null=True)),
                (
                    "reasons",
                    models.TextField(
                        blank=True, help_text="Why it was decided so; the person reads it."
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
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
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "asked"), _negated=True),
                            models.Q(
                                ("told_on__isnull", False), models.Q(("reasons", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="nobody_is_asked_for_days_past_unseen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "asked"), _negated=True),
                            ("pence__gt", 0),
                            _connector="OR",
                        ),
                        name="only_what_was_too_little_is_asked_for",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpenseClaim",
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
                        related_name="expense_claims",
                        to="people.person",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        help_text="A kind of cost listed in the charging rules.", max_length=20
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                (
                    "pence",
                    models.PositiveIntegerField(
                        help_text="What it costs, as often as ``every`` says."
                    ),
                ),
                ("every", models.CharField(max_length=12)),
                (
                    "sharers",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="Adults who share the cost, not pence."
                    ),
                ),
                (
                    "why",
                    models.TextField(
                        help_text="Why it is because of disability, in the asker’s words."
                    ),
                ),
                (
                    "evidence",
                    models.TextField(
                        blank=True, help_text="What shows it. Nobody has to give any."
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a decision"),
                            ("allowed", "Allowed"),
                            ("part", "Allowed in part"),
                            ("refused", "Not allowed"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("allowed_pence", models.PositiveIntegerField(blank=True, null=True)),
                ("reasons", models.TextField(blank=True, help_text="The person reads them.")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "indexes": [
                    models.Index(fields=["person", "status"], name="budgets_exp_person__06cd68_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["part", "refused"]), _negated=True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_cost_is_cut_only_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("allowed_pence__isnull", True),
                            ("allowed_pence__lte", models.F("pence")),
                            _connector="OR",
                        ),
                        name="no_more_is_allowed_than_was_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "waiting"), ("decided_at__isnull", False), _connector="OR"
                        ),
                        name="a_decided_cost_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FinancialAssessment",
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
                        related_name="financial_assessments",
                        to="people.person",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("full", "Full"),
                            ("light", "Light touch"),
                            ("none", "Nothing to charge"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "facts",
                    models.JSONField(
                        help_text="Income, capital, housing, disability-related expenditure."
                    ),
                ),
                ("starts", models.DateField()),
                ("parameters_year", models.CharField(max_length=10)),
                (
                    "unverified",
                    models.JSONField(
                        default=list, help_text="Parameters used that nobody verified."
                    ),
                ),
                (
                    "assessed_weekly",
                    models.PositiveIntegerField(
                        help_text="Pence a week before the cost caps it; null = pays in full.",
                        null=True,
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
                ("copy_given_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "-starts", "-id"], name="budgets_fin_person__09cc95_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChargeChange",
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
                        related_name="charge_changes",
                        to="budgets.budget",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        help_text="What it rests on.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="budgets.financialassessment",
                    ),
                ),
                ("from_day", models.DateField()),
                (
                    "contribution",
                    models.PositiveIntegerField(help_text="Pence a week from that day."),
                ),
                (
                    "before",
                    models.PositiveIntegerField(
                        help_text="Pence a week in force on that day until now."
                    ),
                ),
                ("reason", models.TextField(help_text="Why, in words the person reads.")),
                (
                    "less_notice",
                    models.TextField(
                        blank=True,
                        help_text="Why a rise begins sooner than the notice the council gives.",
                    ),
                ),
                ("notice_on", models.DateField(help_text="The day of the letter that says so.")),
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
                "ordering": ["from_day", "id"],
                "indexes": [
                    models.Index(
                        fields=["budget", "from_day", "id"], name="budgets_cha_budget__e270e8_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_changed_charge_has_its_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldBefore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_before",
                        to="budgets.budgetline",
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
                    "until",
                    models.DateField(help_text="The day after the last on which it was held so."),
                ),
            ],
            options={
                "ordering": ["until", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "until"), name="one_way_before_each_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LineFunding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fundings",
                        to="budgets.budgetline",
                    ),
                ),
                ("from_day", models.DateField()),
                (
                    "payer",
                    models.CharField(
                        choices=[
                            ("council", "The council"),
                            ("nhs", "The NHS"),
                            ("shared", "The council and the NHS share it"),
                            ("other", "Somebody else"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Per cent that the NHS pays of a shared line; not pence.",
                        null=True,
                    ),
                ),
                (
                    "weekly",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Pence a week that the NHS pays of a shared line.",
                        null=True,
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        blank=True, help_text="Which body of the NHS, or who.", max_length=120
                    ),
                ),
                (
                    "pot",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mental-health", "Mental health"),
                            ("learning-disability", "Learning disability"),
                            ("continuing", "NHS continuing healthcare"),
                            ("other", "Something else"),
                        ],
                        help_text="Which budget of theirs, so that each stays visible where they are pooled.",
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(help_text="Why, in words the person reads.")),
                ("agreed_on", models.DateField(help_text="The day it was agreed with who pays.")),
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
                "ordering": ["from_day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("payer", "shared"),
                                ("percent__isnull", False),
                                ("weekly__isnull", True),
                            ),
                            models.Q(
                                ("payer", "shared"),
                                ("percent__isnull", True),
                                ("weekly__isnull", False),
                            ),
                            models.Q(
                                models.Q(("payer", "shared"), _negated=True),
                                ("percent__isnull", True),
                                ("weekly__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_shared_line_says_how_much",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("payer", "council"),
                            models.Q(
                                models.Q(("body", ""), _negated=True),
                                models.Q(("pot", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="who_else_pays_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent__isnull", True),
                            models.Q(("percent__gte", 1), ("percent__lte", 99)),
                            _connector="OR",
                        ),
                        name="a_share_in_per_cent_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="who_pays_has_its_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
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
                        related_name="pauses",
                        to="budgets.budget",
                    ),
                ),
                (
                    "holding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct-payment", "Direct payment"),
                            ("council-managed", "Council-managed"),
                            ("isf", "Individual service fund"),
                            ("third-party", "Third party"),
                            ("trust", "Trust"),
                        ],
                        help_text="Empty: every way.",
                        max_length=16,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hospital", "In hospital"),
                            ("care-home", "In a care home for a while"),
                            ("away", "Away from home"),
                            ("frozen", "Payments are stopped while something is looked into"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="Half-open; without an end until it is lifted."
                    ),
                ),
                (
                    "planned",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="Its days as they were first decided, half-open."
                    ),
                ),
                (
                    "pays",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing is paid"),
                            ("all", "Everything goes on being paid"),
                            ("weekly", "A sum every week goes on being paid"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "weekly",
                    models.PositiveIntegerField(default=0, help_text="Pence a week that go on."),
                ),
                (
                    "goes_on",
                    models.CharField(
                        blank=True, help_text="What the weekly sum is for.", max_length=120
                    ),
                ),
                (
                    "full_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="First days on which everything goes on being paid; not pence.",
                    ),
                ),
                ("reason", models.TextField(help_text="Why, in words the person reads.")),
                (
                    "safe_cover",
                    models.TextField(
                        blank=True,
                        help_text="Who makes sure that the person has support tomorrow, and how.",
                    ),
                ),
                (
                    "review_on",
                    models.DateField(
                        blank=True, help_text="When a freeze is looked at.", null=True
                    ),
                ),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("lifted_because", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["period", "id"],
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
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast(
                                        models.Func(
                                            django.db.models.functions.comparison.NullIf(
                                                models.F("holding"), models.Value("")
                                            ),
                                            function="hashtext",
                                        ),
                                        models.BigIntegerField(),
                                    ),
                                    django.db.models.functions.comparison.Cast(
                                        models.Func(
                                            django.db.models.functions.comparison.NullIf(
                                                models.F("holding"), models.Value("")
                                            ),
                                            function="hashtext",
                                        ),
                                        models.BigIntegerField(),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            ("period", "&&"),
                        ],
                        name="pauses_of_one_holding_never_overlap",
                        violation_error_message="This money is paused for some of these days already. Lift that pause first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "frozen"), _negated=True),
                            models.Q(
                                models.Q(("safe_cover", ""), _negated=True),
                                ("decided_by__isnull", False),
                                ("review_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_freeze_has_a_safe_cover_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_pause_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("pays", "weekly"),
                                ("weekly__gt", 0),
                                models.Q(("holding", ""), _negated=True),
                            ),
                            models.Q(models.Q(("pays", "weekly"), _negated=True), ("weekly", 0)),
                            _connector="OR",
                        ),
                        name="a_weekly_sum_where_one_goes_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaySchedule",
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
                        related_name="pay_schedules",
                        to="budgets.budget",
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
                    "weeks_each",
                    models.PositiveSmallIntegerField(help_text="Weeks in a payment, not pence."),
                ),
                (
                    "advance_days",
                    models.SmallIntegerField(
                        default=0,
                        help_text="Days, not pence, before a pay period that its money is there.",
                    ),
                ),
                ("reason", models.TextField()),
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
                            ("weeks_each__gte", 1), models.Q(("reason", ""), _negated=True)
                        ),
                        name="a_schedule_has_its_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RunOffCost",
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
                        related_name="run_off_costs",
                        to="budgets.budget",
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
                            ("notice", "Notice pay"),
                            ("redundancy", "Redundancy pay"),
                            ("holiday", "Holiday that was earned and not taken"),
                            ("tax", "Tax, national insurance and pension still due"),
                            ("bills", "Last bills for support"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("pence", models.PositiveIntegerField(help_text="Pence to be paid.")),
                (
                    "what",
                    models.CharField(
                        help_text="Whom it is for and how it was worked out.", max_length=200
                    ),
                ),
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
                        condition=models.Q(("pence__gt", 0), models.Q(("what", ""), _negated=True)),
                        name="a_run_off_cost_is_a_sum_for_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
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
                        related_name="settlements",
                        to="budgets.budget",
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
                    "how",
                    models.CharField(
                        choices=[
                            ("paid-back", "It was paid back"),
                            ("used", "It was used for what had to be paid after the end"),
                            ("let-go", "It was let go"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "pence",
                    models.PositiveIntegerField(help_text="Pence that had been paid too much."),
                ),
                (
                    "paid_back",
                    models.PositiveIntegerField(default=0, help_text="Pence of it that came back."),
                ),
                (
                    "said",
                    models.TextField(
                        help_text="What was agreed, with whom, in words they can read."
                    ),
                ),
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
                            ("paid_back__lte", models.F("pence")),
                            ("pence__gt", 0),
                            models.Q(("said", ""), _negated=True),
                        ),
                        name="a_settlement_says_what_was_agreed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Uprating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts", models.DateField(help_text="The day the new charges begin.")),
                ("year", models.CharField(max_length=10)),
                (
                    "assumed",
                    models.JSONField(
                        help_text="By kind of income and cost: percent, rates, source."
                    ),
                ),
                (
                    "unverified",
                    models.JSONField(default=list, help_text="Figures nobody has confirmed."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Worked out"),
                            ("told", "Letters made"),
                            ("applied", "Applied"),
                            ("dropped", "Given up"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "notice_on",
                    models.DateField(blank=True, help_text="The day on the letters.", null=True),
                ),
                ("why_dropped", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["told", "applied"]), _negated=True),
                            ("notice_on__isnull", False),
                            _connector="OR",
                        ),
                        name="letters_are_made_before_new_charges",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["told", "applied"])),
                        fields=("starts",),
                        name="one_uprating_for_each_first_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UpratingLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uprating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="budgets.uprating",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budgets.budget",
                    ),
                ),
                (
                    "before",
                    models.PositiveIntegerField(help_text="Pence a week on the day before."),
                ),
                (
                    "after",
                    models.PositiveIntegerField(
                        help_text="Pence a week; empty = by hand.", null=True
                    ),
                ),
                (
                    "assessed",
                    models.PositiveIntegerField(
                        help_text="Pence a week before the cost caps it.", null=True
                    ),
                ),
                (
                    "facts",
                    models.JSONField(default=dict, help_text="The person’s money in the new year."),
                ),
                (
                    "told",
                    models.JSONField(default=list, help_text="What was assumed, in sentences."),
                ),
                ("why", models.TextField(blank=True, help_text="Why a human must look.")),
                (
                    "change",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uprating_line",
                        to="budgets.chargechange",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "uprating"], name="budgets_upr_person__4f733a_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("uprating", "budget"), name="each_budget_is_uprated_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("after__isnull", False),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_charge_left_to_a_human_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfirmedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year_starts",
                    models.DateField(help_text="The first day of the tax year: 6 April."),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="A figure, or rule: and the rule’s key.", max_length=80
                    ),
                ),
                (
                    "value",
                    models.PositiveIntegerField(help_text="Pence; empty for a rule.", null=True),
                ),
                ("source", models.CharField(help_text="What was read.", max_length=300)),
                ("seen_on", models.DateField(help_text="The day it was read.")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        fields=["year_starts", "name", "id"], name="budgets_con_year_st_195b43_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="a_confirmed_figure_has_a_source",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="confirmedfigure",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5f57f40629b12e0101020f706e8f08725af8fb27",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a28fb",
                    table="budgets_confirmedfigure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="40d91015186b1b640dedfb4de2cc1e76522cd98b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_87e39",
                    table="budgets_decision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directpaymentdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="82a3448e5dabc9cea3770e6fb362ea0d8c2f9a6b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_21b08",
                    table="budgets_directpaymentdecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earliercharge",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_worked_out_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."budget_id" IS DISTINCT FROM (NEW."budget_id") OR OLD."from_day" IS DISTINCT FROM (NEW."from_day") OR OLD."pence" IS DISTINCT FROM (NEW."pence") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."pieces" IS DISTINCT FROM (NEW."pieces") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."until" IS DISTINCT FROM (NEW."until"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="06aa86b29137ee725826e19245d347040abbb21a",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_worked_out_is_kept_3849e",
                    table="budgets_earliercharge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earliercharge",
            trigger=pgtrigger.compiler.Trigger(
                name="differences_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c274476f1f211853e97a5f680a9c7ae9a02ca8db",
                    operation="DELETE",
                    pgid="pgtrigger_differences_are_kept_be715",
                    table="budgets_earliercharge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expenseclaim",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_asked_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."every" IS DISTINCT FROM (NEW."every") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."pence" IS DISTINCT FROM (NEW."pence") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."sharers" IS DISTINCT FROM (NEW."sharers") OR OLD."what" IS DISTINCT FROM (NEW."what") OR OLD."why" IS DISTINCT FROM (NEW."why"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="cf336201797da534e955c49eb5e762624a324717",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_asked_is_kept_f51cc",
                    table="budgets_expenseclaim",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expenseclaim",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_decided_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"status\" = 'waiting'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="3e0798abda63d4e6e7c06173072a7c0e6e3c7c6e",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_decided_is_kept_546ae",
                    table="budgets_expenseclaim",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expenseclaim",
            trigger=pgtrigger.compiler.Trigger(
                name="claims_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4014fc16f46f93f10719f6175de57d03d8162c10",
                    operation="DELETE",
                    pgid="pgtrigger_claims_are_kept_10380",
                    table="budgets_expenseclaim",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="financialassessment",
            trigger=pgtrigger.compiler.Trigger(
                name="facts_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."facts" IS DISTINCT FROM (NEW."facts"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="27fe43407cb715c0bf996a8feb7a1d3975151c8f",
                    operation="UPDATE",
                    pgid="pgtrigger_facts_are_kept_2bf12",
                    table="budgets_financialassessment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chargechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b681704e3e278919362c216ae9d0cba7ef2d05d8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b77aa",
                    table="budgets_chargechange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="budget",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_off_figures_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IN (\'signed-off\', \'ended\') AND (OLD."cost" IS DISTINCT FROM (NEW."cost") OR OLD."contribution" IS DISTINCT FROM (NEW."contribution") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="fc0b266ef043b628169a9984e6a393b163edcada",
                    operation="UPDATE",
                    pgid="pgtrigger_signed_off_figures_are_kept_062ab",
                    table="budgets_budget",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linefunding",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ec743bbfff7c3caea78d4d7e254f4d9181baed8d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_61fc6",
                    table="budgets_linefunding",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pause",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="99c8206e1ae8b433153141537d5a00368cdf6e4a",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_3507a",
                    table="budgets_pause",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pause",
            trigger=pgtrigger.compiler.Trigger(
                name="decided_and_lifted_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."lifted_at" IS NOT NULL OR NEW."lifted_at" IS NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="575fc9eae9c8b639d1f9094ea5269495edfe891c",
                    operation="UPDATE",
                    pgid="pgtrigger_decided_and_lifted_once_9098b",
                    table="budgets_pause",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payschedule",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="47a8ffbd88c1194f1d4bb9bef569782c17046bc5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4250c",
                    table="budgets_payschedule",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="runoffcost",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="19b176724431074e387cbbf3433420aab58f84dd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a531d",
                    table="budgets_runoffcost",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settlement",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1456715e51a48f54e9642288382e4d8820db01e2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e1444",
                    table="budgets_settlement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="uprating",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_told_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."assumed" IS DISTINCT FROM (NEW."assumed") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."starts" IS DISTINCT FROM (NEW."starts") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7448e96ce393f03b3355f9f8442340e0e0b7d86b",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_told_is_kept_f42c4",
                    table="budgets_uprating",
                    when="BEFORE",
                ),
            ),
        ),
    ]
