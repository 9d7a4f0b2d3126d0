import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("budgets", "0003_charge_changes"),
        ("people", "0003_long_names_of_ethnic_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assistants",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["starts", "id"],
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
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="employer",
                        to="people.person",
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
                (
                    "assistant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rates",
                        to="money.assistant",
                    ),
                ),
            ],
            options={
                "ordering": ["starts", "id"],
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
                (
                    "assistant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slips",
                        to="money.assistant",
                    ),
                ),
            ],
            options={
                "ordering": ["-month", "assistant_id"],
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
                ("words", models.TextField(help_text="As it was asked.")),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spending_questions",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["answer_by", "id"],
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
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "note",
                    models.TextField(blank=True, help_text="Why it was not published, or ended."),
                ),
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
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="precedent",
                        to="money.question",
                    ),
                ),
            ],
            options={
                "ordering": ["-read_at", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="assistant",
            constraint=models.UniqueConstraint(
                fields=("person", "name"),
                name="one_name_for_each_assistant",
                violation_error_message="You have an assistant of this name. Add a second name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assistant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__isnull", True), ("ends__gte", models.F("starts")), _connector="OR"
                ),
                name="an_assistant_starts_before_ending",
            ),
        ),
        migrations.AddConstraint(
            model_name="payrate",
            constraint=models.UniqueConstraint(
                fields=("assistant", "kind", "starts"), name="one_rate_for_a_kind_of_hour_and_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="payrate",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gte", 0), ("hours__lte", 168)),
                name="a_week_has_168_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="payslip",
            constraint=models.UniqueConstraint(
                fields=("assistant", "month"), name="one_payslip_for_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="payslip",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="a_month_is_named_by_its_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="payslip",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["person", "-asked_at"], name="money_quest_person__2ec126_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                condition=models.Q(("status", "waiting")),
                fields=["answer_by"],
                name="questions_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "yes-if"), _negated=True),
                    models.Q(("condition", ""), _negated=True),
                    _connector="OR",
                ),
                name="yes_if_says_what",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="an_answer_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('answered', 'withdrawn'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b24fb53702bb534d598b0e62ce4f90bd0fc82c1f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_an_answer_is_kept_edc6b",
                    table="money_question",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="precedent",
            index=models.Index(fields=["status", "-read_at"], name="money_prece_status_d8200d_idx"),
        ),
        migrations.AddConstraint(
            model_name="precedent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("read_by__isnull", True),
                    models.Q(("read_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_precedent_has_a_second_reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="precedent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "proposed"), ("read_at__isnull", False), _connector="OR"
                ),
                name="a_precedent_is_read_before_it_is_published",
            ),
        ),
    ]
