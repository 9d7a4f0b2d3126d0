"""Asking money back: proposed by one, decided with reasons, told, answered. Never by itself."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from wherewithal.dates import long_date
from wherewithal.ledger.surplus import Surplus
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.budgets.models import Budget
from wherewithal.web.checks.models import SurplusProposal
from wherewithal.web.payments.funding.back import paid_out
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local

Status = SurplusProposal.Status
About = SurplusProposal.About
NOT_ASKED_WHY = "Enter what they said about it. Ask why first: it is often not money to ask for"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing money was spent on: the day, who was paid, pence, why it is asked back, the rule.

    Raises:
        ValidationError: something is missing that the person has a right to read.
    """

    on: date
    payee: str
    pence: int
    why: str
    rule: str

    def __post_init__(self) -> None:
        if not (self.payee.strip() and self.why.strip() and self.rule.strip()) or self.pence <= 0:
            raise ValidationError(
                "Each item needs a day, who was paid, how much, why it is asked back, and the rule"
                " or the line of the agreement that it rests on."
            )


@transaction.atomic
def propose(
    *, person: Person, holding: str, found: Surplus, why: str, why_words: str, by: User,
    at: datetime,
) -> SurplusProposal:  # fmt: skip
    """Propose that money which is over is asked back. It decides nothing and moves nothing.

    Raises:
        NotNow: nothing is over that could be asked for, or a sum is talked about already.
        ValidationError: nobody asked the person why it was not spent.
    """
    if not found.reclaim:
        raise NotNow("Nothing is over that the council could ask for.")
    if not why_words.strip():
        raise ValidationError({"why_words": NOT_ASKED_WHY})
    facts = asdict(found.facts) | {"on": found.facts.on.isoformat()}
    items = [
        {"title": step.title, "sentence": step.sentence, "pence": step.pence}
        for step in found.steps
    ]
    return _proposed(
        person, holding, by, at, about=About.SURPLUS, figures=facts, items=items, over=found.over,
        person_share=found.person_share, reclaim=found.reclaim, why=why, why_words=why_words,
    )  # fmt: skip


@transaction.atomic
def propose_spending(
    *, person: Person, holding: str, items: Sequence[Item], why_words: str, by: User, at: datetime
) -> SurplusProposal:
    """Propose that money spent on something else is asked back, item by item.

    Refused where the person could not have known: the plan was not given, or the agreement was not
    signed, before the money was spent.

    Raises:
        NotNow: nothing was told or agreed before an item; the message names it.
        ValidationError: there is no item, or nobody asked the person first.
    """
    if not items:
        raise ValidationError({"items": "Enter at least one item, with its day and who was paid"})
    if not why_words.strip():
        raise ValidationError({"why_words": NOT_ASKED_WHY})
    for item in items:
        _refuse_unless_told_before(person, item)
    total = sum(item.pence for item in items)
    listed = [asdict(item) | {"on": item.on.isoformat()} for item in items]
    arrived = paid_out(person, holding)
    bore = {"council_paid_in": arrived.pence, "nhs_paid_in": arrived.nhs}
    return _proposed(
        person, holding, by, at, about=About.SPENDING, figures=bore, items=listed, over=total,
        person_share=0, reclaim=total, why=SurplusProposal.Why.OTHER, why_words=why_words,
    )  # fmt: skip


@transaction.atomic
def leave_it(*, proposal: SurplusProposal, reasons: str, by: User, at: datetime) -> SurplusProposal:
    """Decide to ask for nothing, or for no more; with reasons."""
    if not reasons.strip():
        raise ValidationError({"reasons": "Enter your reasons. The person reads them"})
    found = _moving(proposal, Status.CLOSED)
    if found.status == Status.AGREED:
        raise NotNow("This is being paid back. Let the rest go instead, with a reason.")
    if found.status == Status.PROPOSED:
        found.decided_at, found.decided_by, found.reasons = at, by, reasons.strip()
        _refuse_own(found, by)
    found.status, found.closed_because = Status.CLOSED, reasons.strip()
    found.save()
    return _noted(found, by, at, "left", f"Nothing is asked back. Why: {reasons.strip()}")


@transaction.atomic
def decide(
    *, proposal: SurplusProposal, pence: int, reasons: str, by: User, at: datetime
) -> SurplusProposal:
    """Decide to ask for all or part of it, with reasons; the person has not been told yet.

    Raises:
        NotNow: it is for somebody else to decide, or is not waiting for a decision.
        ValidationError: there is no reason, or the sum is more than could be asked for.
    """
    if not reasons.strip():
        raise ValidationError({"reasons": "Enter your reasons. The person reads them"})
    found = _moving(proposal, Status.DECIDED)
    if not 0 < pence <= found.reclaim:
        most = f"Enter more than £0.00 and no more than {pounds(found.reclaim)}"
        raise ValidationError({"pence": most})
    _refuse_own(found, by)
    found.status, found.asked, found.reasons = Status.DECIDED, pence, reasons.strip()
    found.decided_at, found.decided_by = at, by
    found.told_on = found.reply_by = found.answered_at = found.answered_by = None
    found.answer = found.answer_words = ""
    found.save()
    told = f"It was decided to ask for {pounds(pence)}. Why: {reasons.strip()}"
    return _noted(found, by, at, "decided", told)


@transaction.atomic
def tell(*, proposal: SurplusProposal, on: date, by: User, at: datetime) -> SurplusProposal:
    """Note that the letter went to the person; from now on they have time to reply."""
    found = _moving(proposal, Status.TOLD)
    days = int(local("surplus_reply_days")["surplus_reply_days"])
    found.status, found.told_on, found.reply_by = Status.TOLD, on, on + timedelta(days=days)
    found.save()
    told = (
        f"A letter went out about {pounds(found.asked)}, with the reasons."
        f" There is time to reply until {long_date(found.reply_by)}."
    )
    return _noted(found, by, at, "told", told)


@transaction.atomic
def answer(
    *, proposal: SurplusProposal, choice: str, words: str, by: User, at: datetime
) -> SurplusProposal:
    """Keep what the person answers. More time moves the day to reply by as much again.

    Raises:
        NotNow: there is nothing to answer now.
        ValidationError: they disagree, and nobody wrote down why.
    """
    found = _moving(proposal, Status.ANSWERED)
    picked = SurplusProposal.Answer(choice)
    if picked == SurplusProposal.Answer.DISAGREE and not words.strip():
        raise ValidationError({"words": "Tell us why. A few words are enough"})
    found.answer, found.answer_words = picked, words.strip()
    found.answered_at, found.answered_by, found.status = at, by, Status.ANSWERED
    if picked == SurplusProposal.Answer.TIME and found.reply_by is not None:
        days = int(local("surplus_reply_days")["surplus_reply_days"])
        found.reply_by += timedelta(days=days)
    found.save()
    said = f" “{words.strip()}”" if words.strip() else ""
    return _noted(found, by, at, "answered", f"The answer: {picked.label}.{said}")


def _proposed(
    person: Person, holding: str, by: User, at: datetime, **fields: Any
) -> SurplusProposal:
    limit = int(local("surplus_second_person_above")["surplus_second_person_above"])
    why_words = fields.pop("why_words").strip()
    try:
        with transaction.atomic():
            made = SurplusProposal.objects.create(
                person=person, holding=holding, proposed_at=at, proposed_by=by,
                needs_another=fields["reclaim"] > limit, why_words=why_words, **fields,
            )  # fmt: skip
    except IntegrityError as refusal:
        if "one_sum_is_asked_about_at_a_time" not in str(refusal):
            raise
        raise NotNow("A sum is being talked about already. Finish that first.") from refusal
    told = (
        f"{pounds(made.reclaim)} could be asked back. Nothing is decided."
        f" What was said about it: “{why_words}”"
    )
    return _noted(made, by, at, "proposed", told)


def _refuse_unless_told_before(person: Person, item: Item) -> None:
    """Refuse to ask back what was spent before the person knew what the money was for."""
    decided = Budget.objects.decided().filter(person=person, period__contains=item.on)
    budget = decided.select_related("plan").first()
    when = f"{pounds(item.pence)} to {item.payee} on {long_date(item.on)}"
    if budget is None:
        raise NotNow(f"{when}: there was no personal budget on that day.")
    if budget.statement_on is None or budget.statement_on > item.on:
        raise NotNow(
            f"{when}: the person had not been given the plan and the statement by then, so they"
            " could not know what the money was for. It cannot be asked back."
        )
    if budget.agreement_on is None or budget.agreement_on > item.on:
        raise NotNow(
            f"{when}: the agreement was not signed by then, so nothing had been agreed."
            " It cannot be asked back."
        )


def _refuse_own(found: SurplusProposal, by: User) -> None:
    if found.needs_another and found.proposed_by_id == by.pk:
        raise NotNow("You proposed this, and it is a large sum. Somebody else has to decide.")


def _moving(proposal: SurplusProposal, to: Status) -> SurplusProposal:
    found = (
        SurplusProposal.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=proposal.pk)
    )
    check_move(SurplusProposal.TRANSITIONS, found.status, to, "This sum")
    return found


def _noted(
    found: SurplusProposal, by: User, at: datetime, verb: str, summary: str
) -> SurplusProposal:
    record(
        by=by, at=at, verb=f"surplus.{verb}", summary=summary, person=found.person.reference,
        surplus=found.pk,
    )  # fmt: skip
    return found
