"""Every table of this application, as it stands."""

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("money", "0001_initial"),
        ("money", "0002_answers_are_kept"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("budgets", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assistant",
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
                        related_name="assistants",
                        to="people.person",
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "born",
                    models.DateField(help_text="For the age only: the least wage goes by it."),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, help_text="The last day.", null=True)),
                (
                    "regular",
                    models.BooleanField(default=True, help_text="The same hours every week."),
                ),
                (
                    "employed",
                    models.BooleanField(default=True, help_text="False: they send bills."),
                ),
                ("has_other_pay", models.BooleanField(default=False)),
                ("apprentice", models.BooleanField(default=False)),
                ("statement_on", models.DateField(blank=True, null=True)),
                ("right_to_work_on", models.DateField(blank=True, null=True)),
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
                "ordering": ["starts", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "name"),
                        name="one_name_for_each_assistant",
                        violation_error_message="You have an assistant of this name. Add a second name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="an_assistant_starts_before_ending",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Employer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="employer",
                        to="people.person",
                    ),
                ),
                ("insured_since", models.DateField(blank=True, null=True)),
                ("insured_until", models.DateField(blank=True, null=True)),
                (
                    "insured_for",
                    models.PositiveBigIntegerField(
                        blank=True, help_text="Pence of cover.", null=True
                    ),
                ),
                (
                    "insurance_yearly",
                    models.PositiveIntegerField(
                        blank=True, help_text="Pence paid for a year of it.", null=True
                    ),
                ),
                ("has_paye", models.BooleanField(blank=True, null=True)),
                ("claims_allowance", models.BooleanField(default=False)),
                ("has_pension", models.BooleanField(blank=True, null=True)),
                ("payroll_by", models.CharField(blank=True, max_length=120)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
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
            name="PayRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "assistant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rates",
                        to="money.assistant",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("day", "Days"),
                            ("night", "Nights, awake"),
                            ("weekend", "Weekends"),
                            ("bank-holiday", "Bank holidays"),
                            ("sleep-in", "Nights, asleep"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(decimal_places=2, help_text="Hours a week.", max_digits=5),
                ),
                ("pence", models.PositiveIntegerField(help_text="Pence an hour.")),
                ("starts", models.DateField()),
            ],
            options={
                "ordering": ["starts", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assistant", "kind", "starts"),
                        name="one_rate_for_a_kind_of_hour_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 0), ("hours__lte", 168)),
                        name="a_week_has_168_hours",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaySlip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "assistant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slips",
                        to="money.assistant",
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("gross", models.PositiveIntegerField(help_text="Pence earned.")),
                (
                    "taken_off",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Pence of tax and National Insurance taken from the pay.",
                    ),
                ),
                ("employer_insurance", models.PositiveIntegerField(default=0, help_text="Pence.")),
                (
                    "own_pension",
                    models.PositiveIntegerField(default=0, help_text="Pence taken from the pay."),
                ),
                ("employer_pension", models.PositiveIntegerField(default=0, help_text="Pence.")),
                ("hours", models.DecimalField(decimal_places=2, default=0, max_digits=6)),
                ("holiday_hours", models.DecimalField(decimal_places=2, default=0, max_digits=6)),
                ("tax_paid", models.BooleanField(default=False)),
                ("pension_paid", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-month", "assistant_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assistant", "month"), name="one_payslip_for_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="a_month_is_named_by_its_first_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "gross__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("taken_off"), "+", models.F("own_pension")
                                ),
                            )
                        ),
                        name="no_more_is_taken_off_than_was_earned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                        related_name="spending_questions",
                        to="people.person",
                    ),
                ),
                ("words", models.TextField(help_text="As it was asked.")),
                (
                    "budget_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="budgets.budgetline",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("answered", "Answered"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answer_by",
                    models.DateField(help_text="The day by which an answer was promised."),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("yes-if", "Yes, if"), ("no", "No")],
                        max_length=6,
                    ),
                ),
                ("condition", models.TextField(blank=True, help_text="What “yes, if” asks for.")),
                ("reasons", models.TextField(blank=True)),
                ("rule", models.CharField(blank=True, help_text="What says so.", max_length=200)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
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
                "ordering": ["answer_by", "id"],
                "indexes": [
                    models.Index(
                        fields=["person", "-asked_at"], name="money_quest_person__2ec126_idx"
                    ),
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["answer_by"],
                        name="questions_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "answered"), _negated=True),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("reasons", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "yes-if"), _negated=True),
                            models.Q(("condition", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="yes_if_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Precedent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="precedent",
                        to="money.question",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for a second reader"),
                            ("published", "Published"),
                            ("turned-down", "Not published"),
                            ("withdrawn", "No longer so"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("ask", models.TextField(help_text="The question, so that it could be anybody's.")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("yes", "Yes"), ("yes-if", "Yes, if"), ("no", "No")], max_length=6
                    ),
                ),
                ("condition", models.TextField(blank=True)),
                ("reasons", models.TextField()),
                ("rule", models.CharField(blank=True, max_length=200)),
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
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="Why it was not published, or ended."),
                ),
            ],
            options={
                "ordering": ["-read_at", "-id"],
                "indexes": [
                    models.Index(
                        fields=["status", "-read_at"], name="money_prece_status_d8200d_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("read_by__isnull", True),
                            models.Q(("read_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_precedent_has_a_second_reader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "proposed"), ("read_at__isnull", False), _connector="OR"
                        ),
                        name="a_precedent_is_read_before_it_is_published",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="an_answer_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IN (\'answered\', \'withdrawn\') AND (OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."condition" IS DISTINCT FROM (NEW."condition") OR OLD."reasons" IS DISTINCT FROM (NEW."reasons")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c82e5e17675f8dfe23641c77ca9f635ca276be45",
                    operation="UPDATE",
                    pgid="pgtrigger_an_answer_is_kept_edc6b",
                    table="money_question",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="an_answered_question_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" = 'answered')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4098b22f350846aaf3e0e11ab39a84c18afaed1d",
                    operation="DELETE",
                    pgid="pgtrigger_an_answered_question_stays_5dcdb",
                    table="money_question",
                    when="BEFORE",
                ),
            ),
        ),
    ]
