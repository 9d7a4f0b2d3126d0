"""Money that could be asked back: proposed, decided, told, answered, agreed. Never by itself."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.ledger.surplus import nhs_part
from wherewithal.web.accounts.models import User
from wherewithal.web.checks.querysets import SurplusQuerySet
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine


class SurplusProposal(models.Model):
    """A sum that somebody thinks could be asked back, and everything that happened to it."""

    class About(models.TextChoices):
        SURPLUS = "surplus", "Money that is over"
        SPENDING = "spending", "Money spent on something else"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Waiting for a decision"
        DECIDED = "decided", "Decided, not told yet"
        TOLD = "told", "Told, waiting for an answer"
        ANSWERED = "answered", "Answered"
        AGREED = "agreed", "Being paid back"
        CLOSED = "closed", "Closed"

    class Why(models.TextChoices):
        NOT_FOUND = "not-found", "Nobody could be found to do the work"
        HOSPITAL = "hospital", "In hospital, or away"
        SAVING = "saving", "Saving for something in the plan"
        FAMILY = "family", "Family or friends did more"
        TOO_MUCH = "too-much", "It was not needed"
        WRONG = "wrong", "A charge or a payment was wrong"
        OTHER = "other", "Something else"

    class Answer(models.TextChoices):
        AGREE = "agree", "I agree to pay it back in one go"
        INSTALMENTS = "instalments", "I agree, but only in small parts"
        TAKE_OFF = "take-off", "I agree that it is taken off later payments"
        DISAGREE = "disagree", "I do not agree"
        TIME = "time", "I need more time"

    TRANSITIONS = {
        Status.PROPOSED: frozenset({Status.DECIDED, Status.CLOSED}),
        Status.DECIDED: frozenset({Status.TOLD, Status.CLOSED}),
        Status.TOLD: frozenset({Status.ANSWERED, Status.AGREED, Status.CLOSED}),
        Status.ANSWERED: frozenset({Status.ANSWERED, Status.DECIDED, Status.AGREED, Status.CLOSED}),
        Status.AGREED: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset(),
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="surplus_proposals")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    about = models.CharField(max_length=10, choices=About, default=About.SURPLUS)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    figures = models.JSONField(help_text="What the sum was worked out from, in pence.")
    items = models.JSONField(help_text="Lines of the letter: date, payee, pence, why, rule.")
    over = models.PositiveBigIntegerField(help_text="Pence that are over.")
    person_share = models.PositiveBigIntegerField(help_text="Pence of it that are their own.")
    reclaim = models.PositiveBigIntegerField(help_text="Pence that could be asked for.")
    why = models.CharField(max_length=12, choices=Why, help_text="Why it was not spent.")
    why_words = models.TextField(help_text="What the person said about it.")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    needs_another = models.BooleanField(help_text="So large that somebody else must decide.")
    asked = models.PositiveBigIntegerField(default=0, help_text="Pence that were decided.")
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    told_on = models.DateField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    answer_words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    closed_because = models.TextField(blank=True)

    objects = SurplusQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(why_words=""), name="the_person_is_asked_why_first"
            ),
            models.CheckConstraint(
                condition=Q(asked__lte=F("reclaim")), name="nobody_asks_for_more_than_is_over"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "closed"])
                | (Q(decided_by__isnull=False) & ~Q(reasons="")),
                name="money_back_needs_a_decision_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(needs_another=False)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="a_large_sum_is_decided_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["told", "answered", "agreed"])
                | (Q(told_on__isnull=False) & Q(reply_by__gt=F("told_on"))),
                name="the_person_is_told_and_has_time_to_reply",
            ),
            models.CheckConstraint(
                condition=~Q(status="agreed")
                | Q(answer__in=["agree", "instalments", "take-off"], agreed_on__isnull=False)
                | Q(answer="", agreed_on__gt=F("reply_by")),
                name="nothing_is_paid_back_before_it_is_agreed_or_the_time_is_up",
            ),
            models.UniqueConstraint(
                fields=["person", "holding", "about"],
                condition=~Q(status="closed"),
                name="one_sum_is_asked_about_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "-proposed_at"])]

    def nhs_part(self, pence: int) -> int:
        """Return how much of pence that come back is the NHS's, which bore a part of them."""
        bore, paid_in = (self.figures.get(name, 0) for name in ("nhs_paid_in", "council_paid_in"))
        return nhs_part(pence, nhs=bore, paid_in=paid_in)

    def __str__(self) -> str:
        return f"{self.get_about_display()} of {self.person_id}: {self.reclaim}p"


class Repayment(models.Model):
    """One part of a sum that is paid back, taken off a payment as agreed, or let go."""

    class Kind(models.TextChoices):
        PAID = "paid", "Paid back"
        TAKEN_OFF = "taken-off", "Taken off a payment, as agreed"
        LET_GO = "let-go", "Let go"

    proposal = models.ForeignKey(SurplusProposal, models.PROTECT, related_name="repayments")
    kind = models.CharField(max_length=10, choices=Kind)
    due_on = models.DateField()
    pence = models.PositiveBigIntegerField()
    why = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_part_is_a_sum"),
            models.CheckConstraint(
                condition=~Q(kind="let-go") | ~Q(why=""), name="letting_go_has_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="only_what_is_agreed",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                level=pgtrigger.Row,
                declare=[("found", "record")],
                func="""
                    SELECT status, answer INTO found FROM checks_surplusproposal
                        WHERE id = NEW.proposal_id;
                    IF found.status NOT IN ('agreed', 'closed') THEN
                        RAISE EXCEPTION 'Nothing is paid back before it is agreed, or told and '
                            'the time to reply is over (proposal %).', NEW.proposal_id;
                    END IF;
                    IF NEW.kind = 'taken-off' AND found.answer <> 'take-off' THEN
                        RAISE EXCEPTION 'Nothing is taken off a payment unless the person agreed '
                            'to that (proposal %).', NEW.proposal_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="done_is_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__done_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pence}p {self.kind}"
