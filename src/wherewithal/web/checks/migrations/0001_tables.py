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
        ("checks", "0001_initial"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Flag",
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
                        related_name="flags",
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
                ("rule", models.CharField(help_text="A code of monitoring.rules.", max_length=30)),
                (
                    "key",
                    models.CharField(
                        help_text="The rule, and what the matter is about.", max_length=200
                    ),
                ),
                ("seen", models.JSONField(help_text="Sentences with days and sums.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "To talk about"),
                            ("talked", "Talked about"),
                            ("settled", "Settled"),
                            ("referred", "Passed on, to keep someone safe"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        help_text="Empty: found by the rule.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "condition_not_kept",
                    models.BooleanField(
                        default=False,
                        help_text="It was decided that an agreed condition was not kept.",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "-opened_at"], name="checks_flag_person__e6a19f_idx"
                    ),
                    models.Index(
                        condition=models.Q(("status", "settled"), _negated=True),
                        fields=["status"],
                        name="matters_not_settled",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["open", "talked", "referred"])),
                        fields=("person", "holding", "key"),
                        name="a_matter_is_talked_about_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "settled"), _negated=True),
                            ("ended_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_settled_matter_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlagNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "flag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="checks.flag",
                    ),
                ),
                ("words", models.TextField()),
                (
                    "became",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "To talk about"),
                            ("talked", "Talked about"),
                            ("settled", "Settled"),
                            ("referred", "Passed on, to keep someone safe"),
                        ],
                        max_length=10,
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
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Look",
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
                        related_name="looks",
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
                ("on", models.DateField()),
                (
                    "by_chance",
                    models.BooleanField(default=False, help_text="Chosen by chance this year."),
                ),
                ("words", models.TextField()),
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
                "indexes": [
                    models.Index(
                        fields=["person", "holding", "-on"], name="checks_look_person__b52459_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LookAgain",
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
                        related_name="looks_again",
                        to="people.person",
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("budget", "My personal budget"),
                            (
                                "direct-payment",
                                "A direct payment that was refused, limited or ended",
                            ),
                            ("money-back", "Money that I am asked to pay back"),
                            ("charge", "What I pay, or what my disability costs me"),
                            ("tier", "How closely my account is looked at"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "decision",
                    models.PositiveBigIntegerField(
                        blank=True,
                        help_text="Number of the row that holds the decision: no pence.",
                        null=True,
                    ),
                ),
                ("told", models.TextField(help_text="The decision in words, as it stood.")),
                (
                    "first_decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("why", models.TextField(help_text="In the words of who asked.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("acknowledged", "You were told that we have it"),
                            ("decided", "Decided"),
                            ("withdrawn", "Taken back by the person"),
                        ],
                        default="asked",
                        max_length=12,
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
                ("acknowledge_by", models.DateField()),
                ("acknowledged_on", models.DateField(blank=True, null=True)),
                ("answer_by", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("changed", "The decision changes"),
                            ("partly", "Part of the decision changes"),
                            ("kept", "The decision stays"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reasons", models.TextField(blank=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
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
                "indexes": [
                    models.Index(
                        fields=["person", "-asked_at"], name="checks_look_person__34c8d9_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            ("first_decided_by__isnull", True),
                            models.Q(("decided_by", models.F("first_decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_look_is_taken_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_decides_what_they_asked_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "decided"), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                models.Q(("reasons", ""), _negated=True),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="another_look_ends_with_reasons",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["asked", "acknowledged"])),
                        fields=("person", "of"),
                        name="one_look_again_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurplusProposal",
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
                        related_name="surplus_proposals",
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
                    "about",
                    models.CharField(
                        choices=[
                            ("surplus", "Money that is over"),
                            ("spending", "Money spent on something else"),
                        ],
                        default="surplus",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for a decision"),
                            ("decided", "Decided, not told yet"),
                            ("told", "Told, waiting for an answer"),
                            ("answered", "Answered"),
                            ("agreed", "Being paid back"),
                            ("closed", "Closed"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "figures",
                    models.JSONField(help_text="What the sum was worked out from, in pence."),
                ),
                (
                    "items",
                    models.JSONField(
                        help_text="Lines of the letter: date, payee, pence, why, rule."
                    ),
                ),
                ("over", models.PositiveBigIntegerField(help_text="Pence that are over.")),
                (
                    "person_share",
                    models.PositiveBigIntegerField(help_text="Pence of it that are their own."),
                ),
                (
                    "reclaim",
                    models.PositiveBigIntegerField(help_text="Pence that could be asked for."),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("not-found", "Nobody could be found to do the work"),
                            ("hospital", "In hospital, or away"),
                            ("saving", "Saving for something in the plan"),
                            ("family", "Family or friends did more"),
                            ("too-much", "It was not needed"),
                            ("wrong", "A charge or a payment was wrong"),
                            ("other", "Something else"),
                        ],
                        help_text="Why it was not spent.",
                        max_length=12,
                    ),
                ),
                ("why_words", models.TextField(help_text="What the person said about it.")),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "needs_another",
                    models.BooleanField(help_text="So large that somebody else must decide."),
                ),
                (
                    "asked",
                    models.PositiveBigIntegerField(default=0, help_text="Pence that were decided."),
                ),
                ("reasons", models.TextField(blank=True)),
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
                ("told_on", models.DateField(blank=True, null=True)),
                ("reply_by", models.DateField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agree", "I agree to pay it back in one go"),
                            ("instalments", "I agree, but only in small parts"),
                            ("take-off", "I agree that it is taken off later payments"),
                            ("disagree", "I do not agree"),
                            ("time", "I need more time"),
                        ],
                        max_length=12,
                    ),
                ),
                ("answer_words", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("closed_because", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "-proposed_at"], name="checks_surp_person__6ebc59_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why_words", ""), _negated=True),
                        name="the_person_is_asked_why_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked__lte", models.F("reclaim"))),
                        name="nobody_asks_for_more_than_is_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["proposed", "closed"]),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("reasons", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="money_back_needs_a_decision_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("needs_another", False),
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_large_sum_is_decided_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["told", "answered", "agreed"]), _negated=True),
                            models.Q(
                                ("told_on__isnull", False), ("reply_by__gt", models.F("told_on"))
                            ),
                            _connector="OR",
                        ),
                        name="the_person_is_told_and_has_time_to_reply",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "agreed"), _negated=True),
                            models.Q(
                                ("agreed_on__isnull", False),
                                ("answer__in", ["agree", "instalments", "take-off"]),
                            ),
                            models.Q(("agreed_on__gt", models.F("reply_by")), ("answer", "")),
                            _connector="OR",
                        ),
                        name="nothing_is_paid_back_before_it_is_agreed_or_the_time_is_up",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "closed"), _negated=True),
                        fields=("person", "holding", "about"),
                        name="one_sum_is_asked_about_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Repayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repayments",
                        to="checks.surplusproposal",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paid", "Paid back"),
                            ("taken-off", "Taken off a payment, as agreed"),
                            ("let-go", "Let go"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                ("pence", models.PositiveBigIntegerField()),
                ("why", models.TextField(blank=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pence__gt", 0)), name="a_part_is_a_sum"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "let-go"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="letting_go_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TierDecision",
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
                        related_name="tier_decisions",
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
                    "tier",
                    models.CharField(
                        choices=[
                            ("light", "Light"),
                            ("standard", "Standard"),
                            ("enhanced", "Closer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reasons", models.JSONField(help_text="Sentences that the person reads.")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("rule", "By the rules"),
                            ("officer", "Somebody decided otherwise"),
                        ],
                        default="rule",
                        max_length=8,
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
                "indexes": [
                    models.Index(
                        fields=["person", "holding", "-at"], name="checks_tier_person__4884ed_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reasons", []), _negated=True),
                        name="a_tier_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "officer"), _negated=True),
                            ("by__isnull", False),
                            _connector="OR",
                        ),
                        name="an_officer_s_tier_names_the_officer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArrangementReview",
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
                        related_name="arrangement_reviews",
                        to="people.person",
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "suspected_breach",
                                "We have a question about whether an agreed condition was kept.",
                            ),
                            (
                                "lost_capacity",
                                "You may no longer be able to make this decision yourself.",
                            ),
                            (
                                "cannot_manage",
                                "Managing the direct payment may have become too hard.",
                            ),
                            (
                                "no_longer_appropriate",
                                "A direct payment may no longer be the best way to meet your needs.",
                            ),
                            (
                                "regained_capacity",
                                "You may now be able to make this decision yourself.",
                            ),
                            (
                                "concern_about_use",
                                "Someone has told us they are worried about how it is used.",
                            ),
                            (
                                "concern_about_authorised_person",
                                "Someone is worried about how the authorised person acts for you.",
                            ),
                        ],
                        max_length=40,
                    ),
                ),
                ("why", models.TextField(blank=True, help_text="What called for it, in words.")),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                (
                    "called_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_by", models.DateField()),
                ("held_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goes-on", "It goes on as it is"),
                            ("changes", "It goes on with changes or more help"),
                            ("ends", "It ends, and the council arranges the support"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="What was found out together.")),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "-held_on"], name="checks_arra_person__c2f6bb_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held_on__isnull", True),
                            models.Q(
                                models.Q(("words", ""), _negated=True),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_review_held_says_what_was_found",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("held_on__isnull", True)),
                        fields=("person", "event"),
                        name="one_review_waits_for_each_reason",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arrangementreview",
            trigger=pgtrigger.compiler.Trigger(
                name="held_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."held_on" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f327cb9e3ccdbe1d88527eafdddb74ede09a1f0f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_held_is_kept_94f91",
                    table="checks_arrangementreview",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flagnote",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="43285be2277ceea0df8ce3699c3f987cdb5a5eaf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_70e35",
                    table="checks_flagnote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="look",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="97067ba81ba276c101094d81623658c8cadaaf06",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9f664",
                    table="checks_look",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="repayment",
            trigger=pgtrigger.compiler.Trigger(
                name="only_what_is_agreed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE found record;",
                    func="\n                    SELECT status, answer INTO found FROM checks_surplusproposal\n                        WHERE id = NEW.proposal_id;\n                    IF found.status NOT IN ('agreed', 'closed') THEN\n                        RAISE EXCEPTION 'Nothing is paid back before it is agreed, or told and '\n                            'the time to reply is over (proposal %).', NEW.proposal_id;\n                    END IF;\n                    IF NEW.kind = 'taken-off' AND found.answer <> 'take-off' THEN\n                        RAISE EXCEPTION 'Nothing is taken off a payment unless the person agreed '\n                            'to that (proposal %).', NEW.proposal_id;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="90318b586e5902253fc770ca0936726554d0849a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_only_what_is_agreed_a928c",
                    table="checks_repayment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="repayment",
            trigger=pgtrigger.compiler.Trigger(
                name="done_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."done_on" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="473bc16d538a887b186ef934f00e7bae4325a391",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_done_is_kept_72689",
                    table="checks_repayment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tierdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c318f8939c2963f027bf32c56ba48ddb0562799d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_139fa",
                    table="checks_tierdecision",
                    when="BEFORE",
                ),
            ),
        ),
    ]
