"""Money that goes back once it was agreed, or told and the time to reply is over."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localtime

from wherewithal.careact.direct_payment_reviews import add_months
from wherewithal.dates import long_date
from wherewithal.ledger.entries import Entry
from wherewithal.ledger.repaying import CameBack, PayingBack, instalments, spread
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.books.actions import post
from wherewithal.web.checks.models import LookAgain, Repayment, SurplusProposal
from wherewithal.web.checks.shown import received_and_not_noted, shown_and_not_noted
from wherewithal.web.govuk.environment import count
from wherewithal.web.payments.funding.back import give_back
from wherewithal.web.people.models import Person

Status = SurplusProposal.Status
Answer = SurplusProposal.Answer
AGREES = (Answer.AGREE, Answer.INSTALMENTS, Answer.TAKE_OFF)


@transaction.atomic
def go_ahead(
    *, proposal: SurplusProposal, first_due: date, parts: int, own_share_out: bool, by: User,
    at: datetime,
) -> SurplusProposal:  # fmt: skip
    """Set down how a sum is paid back, once the person agreed or their time to reply is over.

    What the bank shows as paid back since the letter counts at once.

    Raises:
        NotNow: they were not told, have time left, or do not agree.
        ValidationError: it cannot be paid in so many parts.
    """
    found = _locked(proposal)
    check_move(SurplusProposal.TRANSITIONS, found.status, Status.AGREED, "This sum")
    today = localtime(at).date()
    _refuse_too_soon(found, today)
    try:
        sums = instalments(found.asked, parts)
    except ValueError as problem:
        raise ValidationError({"parts": str(problem)}) from problem
    if found.answer not in AGREES:
        found.answer = ""  # nothing was agreed: the time to reply is simply over
    found.status, found.agreed_on = Status.AGREED, today
    found.save()
    kind = Repayment.Kind.TAKEN_OFF if found.answer == Answer.TAKE_OFF else Repayment.Kind.PAID
    Repayment.objects.bulk_create(
        Repayment(proposal=found, kind=kind, due_on=add_months(first_due, number), pence=pence)
        for number, pence in enumerate(sums)
    )
    entries = [paying_back(found).decided(found.asked, on=today)]
    if own_share_out and found.person_share:
        entries.append(paying_back(found).own_share(found.person_share, on=today))
    _posted(
        found, entries, by, at, f"{pounds(found.asked)} is paid back in {count(parts, 'part')}."
    )
    tick_off(found.person, found.holding, by, at)
    found.refresh_from_db()
    return found


@transaction.atomic
def note_repaid(*, repayment: Repayment, on: date, by: User, at: datetime) -> SurplusProposal:
    """Note that a part came back, or goes onto a payment as the person agreed."""
    found = _locked(repayment.proposal)
    part = found.repayments.select_for_update().get(pk=repayment.pk)
    if part.done_on is not None:
        raise NotNow(f"This part was noted on {long_date(part.done_on)} already.")
    before = _back_so_far(found)
    part.done_on, part.done_by = on, by
    part.save(update_fields=["done_on", "done_by"])
    back = paying_back(found)
    taken = part.kind == Repayment.Kind.TAKEN_OFF
    entry = back.taken_off(part.pence, on=on) if taken else back.repaid(part.pence, on=on)
    to_nhs = found.nhs_part(before + part.pence) - found.nhs_part(before)
    passed_on = give_back(
        found.person, found.holding, to_nhs, on=on, document=f"surplus:{found.pk}"
    )
    _posted(found, [entry, *passed_on], by, at, entry.sentence)
    return _close_when_done(found)


def _back_so_far(found: SurplusProposal) -> int:
    """Return the pence of a sum that have come back, so that its parts are rounded as one."""
    done = found.repayments.filter(done_on__isnull=False).exclude(kind=Repayment.Kind.LET_GO)
    return int(done.aggregate(sum=Sum("pence"))["sum"] or 0)


@transaction.atomic
def tick_off(person: Person, holding: str, by: User, at: datetime) -> None:
    """Note every part that an account shows as paid back, and that nobody has noted, on its day.

    The part that is due first is paid first. Less than a part leaves the rest of it to come.
    """
    asked = SurplusProposal.objects.filter(person=person, holding=holding, status=Status.AGREED)
    if not list(asked.select_for_update()):
        return
    for back in shown_and_not_noted(person, holding):
        waiting = Repayment.objects.filter(
            proposal__in=asked, proposal__told_on__lte=back.on, kind=Repayment.Kind.PAID,
            done_on__isnull=True,
        )  # fmt: skip
        _note_parts(list(waiting.select_related("proposal")), back, by=by, at=at)


@transaction.atomic
def receive_back(person: Person, on: date, pence: int, by: User, at: datetime) -> int:
    """Note the parts that a sum received by the council pays; returns how much pays back.

    What a bank statement or somebody else had shown near that day is the same money, and counts.
    """
    asked = SurplusProposal.objects.filter(person=person, status=Status.AGREED)
    list(asked.select_for_update())
    fresh = received_and_not_noted(person, CameBack(on, pence))
    waiting = Repayment.objects.filter(
        proposal__in=asked, proposal__told_on__lte=on, kind=Repayment.Kind.PAID,
        done_on__isnull=True,
    )  # fmt: skip
    parts = list(waiting.select_related("proposal"))
    taken = sum(spread(fresh, [part.pence for part in parts]))
    _note_parts(parts, CameBack(on, fresh), by=by, at=at)
    return pence - fresh + taken


def _note_parts(parts: list[Repayment], back: CameBack, *, by: User, at: datetime) -> None:
    sums = spread(back.pence, [part.pence for part in parts])
    for part, pence in zip(parts, sums, strict=True):
        if pence:
            note_repaid(repayment=_so_much_of(part, pence), on=back.on, by=by, at=at)


def _so_much_of(part: Repayment, pence: int) -> Repayment:
    """Return a part, or so much of it as was paid; the rest of it stays to come."""
    if pence == part.pence:
        return part
    part.pence -= pence
    part.save(update_fields=["pence"])
    return Repayment.objects.create(
        proposal=part.proposal, kind=part.kind, due_on=part.due_on, pence=pence
    )


@transaction.atomic
def let_go(*, proposal: SurplusProposal, why: str, by: User, at: datetime) -> SurplusProposal:
    """Let go whatever has not been paid back yet, with the reason; it stays in the account."""
    if not why.strip():
        raise ValidationError({"why": "Enter your reason. The person reads it"})
    found = _locked(proposal)
    if found.status != Status.AGREED:
        raise NotNow("Nothing is being paid back, so there is nothing to let go.")
    waiting = found.repayments.filter(done_on__isnull=True)
    left = int(waiting.aggregate(left=Sum("pence"))["left"] or 0)
    if not left:
        raise NotNow("Everything has been paid back.")
    waiting.delete()
    today = localtime(at).date()
    Repayment.objects.create(
        proposal=found, kind=Repayment.Kind.LET_GO, due_on=today, pence=left, why=why.strip(),
        done_on=today, done_by=by,
    )  # fmt: skip
    entry = paying_back(found).let_go(left, on=today, why=why)
    _posted(found, [entry], by, at, entry.sentence)
    return _close_when_done(found)


def paying_back(found: SurplusProposal) -> PayingBack:
    """Return whose money it is, as the books take it."""
    return PayingBack(found.person.reference, found.holding, f"surplus:{found.pk}")


def _refuse_too_soon(found: SurplusProposal, today: date) -> None:
    if found.told_on is None or found.reply_by is None:
        raise NotNow("The person has not been told yet. Send the letter first.")
    again = LookAgain.objects.waiting().filter(person=found.person, of=LookAgain.Of.MONEY_BACK)
    if again.exists():
        raise NotNow("Somebody else is looking at this again. Nothing is taken until they answer.")
    if found.answer in AGREES:
        return
    if found.answer == Answer.DISAGREE:
        raise NotNow(
            "The person does not agree. Read why, and decide anew or leave it. Nothing is taken."
        )
    if today <= found.reply_by:
        raise NotNow(
            f"There is time to reply until {long_date(found.reply_by)}. Nothing is taken before."
        )


def _locked(proposal: SurplusProposal) -> SurplusProposal:
    rows = SurplusProposal.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=proposal.pk)


def _close_when_done(found: SurplusProposal) -> SurplusProposal:
    if not found.repayments.filter(done_on__isnull=True).exists():
        found.status, found.closed_because = Status.CLOSED, "All of it is settled."
        found.save(update_fields=["status", "closed_because"])
    return found


def _posted(
    found: SurplusProposal, entries: list[Entry], by: User, at: datetime, told: str
) -> SurplusProposal:
    record(
        by=by, at=at, verb="surplus.moved", summary=told, person=found.person.reference,
        surplus=found.pk,
    )  # fmt: skip
    post(entries, by=by, at=at, summary=f"{found.person.reference}: {told}")
    return found
