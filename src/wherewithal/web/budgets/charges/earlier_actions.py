"""Writes about charges of days past: paid back at once, or told, then decided by an officer."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.budgets.charges.actions import change_charge
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.charges.earlier import worked_out
from wherewithal.web.budgets.charges.models import EarlierCharge
from wherewithal.web.budgets.models import Budget, ChargeChange, FinancialAssessment

Status = EarlierCharge.Status


@transaction.atomic
def charge_from_earlier(
    *, budget: Budget, charge: FinancialAssessment, from_day: date, reason: str, by: User,
    at: datetime,
) -> EarlierCharge:  # fmt: skip
    """Let new facts count from an earlier day.

    Where the person was charged too much, they are paid back and the new charge counts from that
    day. Where it was too little, it is only worked out: the person must be told and an officer
    must decide (:func:`tell_earlier`, :func:`decide_earlier`).

    Raises:
        NotNow: the budget did not run on that day, or the charge is about somebody else.
        ValidationError: the reason is missing.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Enter what is new. The person reads it."})
    locked = (
        Budget.objects.select_for_update(of=("self",)).select_related("person").get(pk=budget.pk)
    )
    today = localtime(at).date()
    found = worked_out(locked, charge, from_day, today)
    made = EarlierCharge.objects.create(
        person=locked.person, budget=locked, from_day=from_day, until=today, reason=reason.strip(),
        pieces=[
            {"first": each.period.start.isoformat(), "end": str(each.period.end),
             "charged": each.charged, "should": each.should, "pence": each.pence,
             "sentence": each.sentence}
            for each in found.found
        ],
        charges=[[from_day.isoformat(), charge.pk]], pence=found.pence, made_at=at, made_by=by,
    )  # fmt: skip
    if found.pence <= 0:
        _apply(made, locked, charge, less_notice="", by=by, at=at)
        _decided(made, Status.PAID_BACK, "", by, at)
    told = f"The charge from {long_date(from_day)} was worked out again: {outcome(made)}"
    record(
        by=by, at=at, verb="charge.earlier", summary=told, person=locked.person.reference,
        earlier=made.pk, pence=found.pence,
    )  # fmt: skip
    return made


@transaction.atomic
def tell_earlier(*, earlier: EarlierCharge, by: User, at: datetime) -> EarlierCharge:
    """Date the letter that tells the person what was found, before anything is decided.

    Raises:
        NotNow: the person was told already, or there is nothing to ask for.
    """
    row = EarlierCharge.objects.select_for_update().select_related("person").get(pk=earlier.pk)
    check_move(EarlierCharge.TRANSITIONS, row.status, Status.TOLD, "This charge")
    row.status, row.told_on = Status.TOLD, localtime(at).date()
    row.save(update_fields=["status", "told_on"])
    told = f"{row.person.name} was told about the charge from {long_date(row.from_day)}."
    record(by=by, at=at, verb="charge.earlier-told", summary=told, person=row.person.reference)
    return row


@transaction.atomic
def decide_earlier(
    *, earlier: EarlierCharge, ask: bool, reasons: str, by: User, at: datetime
) -> EarlierCharge:
    """Decide whether what was charged too little is asked for, with reasons the person reads.

    What is asked for is what the letter told: the new charge counts from the earlier day until the
    day it was worked out. From there what the person paid before goes on, until a new charge is
    begun with full notice.

    Raises:
        NotNow: the person was not told before it is asked for, or it is decided already.
        ValidationError: the reasons are missing.
    """
    if not reasons.strip():
        raise ValidationError({"reasons": "Enter your reasons. The person reads them."})
    row = (
        EarlierCharge.objects.select_for_update()
        .select_related("person", "budget")
        .get(pk=earlier.pk)
    )
    to = Status.ASKED if ask else Status.LET_GO
    if ask and row.told_on is None:
        raise NotNow("Tell the person first. Nobody is asked to pay for days past unseen.")
    check_move(EarlierCharge.TRANSITIONS, row.status, to, "This charge")
    if ask:
        charge = FinancialAssessment.objects.get(pk=row.charges[0][1])
        _back_to_what_was_told(row, charge, by=by, at=at)
        _apply(row, row.budget, charge, less_notice=reasons, by=by, at=at)
    _decided(row, to, reasons.strip(), by, at)
    told = f"The charge from {long_date(row.from_day)}: {row.get_status_display().lower()}. "
    record(
        by=by, at=at, verb="charge.earlier-decided", summary=f"{told}Why: {row.reasons}",
        person=row.person.reference, earlier=row.pk, status=to,
    )  # fmt: skip
    return row


def outcome(row: EarlierCharge) -> str:
    """Say in whose favour a difference is."""
    if not row.pence:
        return "it makes no difference until now."
    way = "too little" if row.pence > 0 else "too much"
    return f"{pounds(abs(row.pence))} {way} until {long_date(row.until)}."


def _back_to_what_was_told(
    row: EarlierCharge, asked: FinancialAssessment, *, by: User, at: datetime
) -> None:
    """Keep the charge as it is from the day on that the letter did not tell of any more."""
    upper = row.budget.period.upper
    if row.until <= row.from_day or (upper is not None and row.until >= upper):
        return
    changes = row.budget.charge_changes.filter(from_day__lte=row.until).order_by("from_day", "pk")
    newest = changes.last()
    now = contribution_on(row.budget, row.until)
    charge = newest.charge if newest is not None else row.budget.charge or asked
    ChargeChange.objects.create(
        budget=row.budget, charge=charge, from_day=row.until, contribution=now, before=now,
        notice_on=row.told_on or localtime(at).date(), made_at=at, made_by=by,
        reason="The letter told you what was paid too little until this day."
        " From here on you pay as before.",
    )  # fmt: skip


def _apply(
    row: EarlierCharge, budget: Budget, charge: FinancialAssessment, *, less_notice: str,
    by: User, at: datetime,
) -> None:  # fmt: skip
    """Let the charge count from the earlier day; the books put right what was paid since."""
    today = localtime(at).date()
    reason = row.reason if not less_notice else f"{row.reason} {less_notice}"
    change_charge(
        budget=budget, charge=charge, from_day=row.from_day, reason=reason, by=by, at=at,
        notice_on=row.told_on or today,
        less_notice=less_notice or "The difference until now is in your favour.",
        document=f"earlier-charge:{row.pk}",
    )  # fmt: skip


def _decided(row: EarlierCharge, to: str, reasons: str, by: User, at: datetime) -> None:
    row.status, row.reasons, row.decided_at, row.decided_by = to, reasons, at, by
    row.save(update_fields=["status", "reasons", "decided_at", "decided_by"])
