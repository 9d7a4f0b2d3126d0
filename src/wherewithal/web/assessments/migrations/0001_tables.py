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
        ("assessments", "0001_initial"),
        ("assessments", "0002_what_carers_had_said"),
        ("assessments", "0003_answers_that_tick_several"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_tables"),
        ("policy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
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
                        related_name="assessments",
                        to="people.person",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.schemeversion",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Under way"),
                            ("completed", "Finished"),
                            ("abandoned", "Stopped"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
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
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "completed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("copy_given_on", models.DateField(blank=True, null=True)),
                ("copy_format", models.CharField(blank=True, max_length=40)),
                (
                    "about_me",
                    models.TextField(
                        blank=True, help_text="What the person wants us to know first."
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "-started_at"], name="assessments_person__367329_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("person",),
                        name="one_open_assessment_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "completed"), _negated=True),
                            ("completed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_finished_assessment_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="assessments.assessment",
                    ),
                ),
                ("question", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("answered", "Answered"),
                            ("skipped", "Skipped for now"),
                            ("not-applicable", "Does not apply"),
                            ("declined", "Would rather not say"),
                            ("unknown", "Not known"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "value",
                    models.TextField(
                        blank=True,
                        help_text="The option's code; all ticked ones as a;b, or none; or the number.",
                    ),
                ),
                (
                    "help_percent",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Share of this need that family or friends meet, in percent.",
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("self", "In their own words"),
                            ("together", "Talked through together"),
                            ("told", "Told to a practitioner"),
                            ("helper", "By someone helping"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("assessment", "question"),
                        name="one_current_answer_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("help_percent__lte", 100)),
                        name="help_is_a_share_of_the_need",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), models.Q(("value", ""), _negated=True)),
                            models.Q(models.Q(("state", "answered"), _negated=True), ("value", "")),
                            _connector="OR",
                        ),
                        name="an_answer_has_a_value_and_nothing_else_does",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EligibilityDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "assessment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eligibility",
                        to="assessments.assessment",
                    ),
                ),
                ("cause", models.BooleanField()),
                ("cause_words", models.TextField(blank=True)),
                (
                    "unable",
                    models.JSONField(
                        default=dict, help_text="Outcome code → list of criteria U1–U4."
                    ),
                ),
                ("impact", models.BooleanField()),
                ("impact_words", models.TextField(blank=True)),
                (
                    "wellbeing",
                    models.JSONField(default=list, help_text="Areas of wellbeing affected."),
                ),
                ("eligible", models.BooleanField()),
                ("reasons", models.TextField()),
                (
                    "advice",
                    models.TextField(
                        blank=True, help_text="How to reduce, prevent or delay needs."
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField()),
                ("copy_given_on", models.DateField(blank=True, null=True)),
                ("copy_format", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True),
                        name="a_decision_has_reasons",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicativeBudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "assessment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicative",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.schemeversion",
                    ),
                ),
                ("scheme_hash", models.CharField(max_length=64)),
                ("outcome", models.CharField(max_length=30)),
                ("weekly", models.PositiveIntegerField(help_text="Pence a week.", null=True)),
                (
                    "weekly_without_help",
                    models.PositiveIntegerField(
                        help_text="Pence a week if family and friends were not there.", null=True
                    ),
                ),
                ("help_counted", models.BooleanField(default=False)),
                (
                    "carer_willing",
                    models.BooleanField(
                        help_text="What carers had said that day, to show the working again.",
                        null=True,
                    ),
                ),
                ("carer_able", models.BooleanField(null=True)),
                ("worked_out_at", models.DateTimeField()),
                (
                    "worked_out_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("shared_on", models.DateField(blank=True, null=True)),
                ("shared_how", models.CharField(blank=True, max_length=40)),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicativebudget",
            trigger=pgtrigger.compiler.Trigger(
                name="the_figure_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."weekly" IS DISTINCT FROM (NEW."weekly") OR OLD."scheme_hash" IS DISTINCT FROM (NEW."scheme_hash"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="76f69df1879f59f3fb00c9388ee02012cfe35c07",
                    operation="UPDATE",
                    pgid="pgtrigger_the_figure_is_kept_fc1b4",
                    table="assessments_indicativebudget",
                    when="BEFORE",
                ),
            ),
        ),
    ]
