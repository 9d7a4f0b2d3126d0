"""Pauses of a budget: decided, told, lifted; how each is told; and stays in a care home counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef

from wherewithal.careact.care_home_stays import StaysDecision, check_stays
from wherewithal.dates import ONE_DAY, Period, long_date
from wherewithal.ledger import pauses as pure
from wherewithal.ledger.schedule import span
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import Budget, Pause
from wherewithal.web.people.models import Person

Kind = Pause.Kind
OVERLAP = "pauses_of_one_holding_never_overlap"
FREEZE_DAYS = 14
"""A freeze is looked at again within so many days."""
STAY_YEAR = timedelta(days=730)
"""How far back stays are read: twelve months before the first of any twelve that hold today."""
OPENINGS = {
    Kind.HOSPITAL: "You were in hospital",
    Kind.CARE_HOME: "You stayed in a care home",
    Kind.AWAY: "You were away from home",
    Kind.FROZEN: "Your payments were stopped",
    Kind.OTHER: "Your payments were paused",
}
LASTING = {
    Kind.HOSPITAL: "You are in hospital",
    Kind.CARE_HOME: "You are in a care home",
    Kind.AWAY: "You are away from home",
    Kind.FROZEN: "Your payments are stopped",
    Kind.OTHER: "Your payments are paused",
}
"""How a pause begins that nobody has given a last day."""


@dataclass(frozen=True, slots=True)
class Stays:
    """What the stays of one person in care homes add up to, and whether a payment may go on."""

    person: Person
    decision: StaysDecision
    last: Period


@transaction.atomic
def pause(
    *, budget: Budget, kind: str, first_day: date, last_day: date | None, pays: str, reason: str,
    by: User, at: datetime, holding: str = "", weekly: int = 0, goes_on: str = "",
    full_days: int = 0, safe_cover: str = "", review_on: date | None = None,
) -> Pause:  # fmt: skip
    """Pay a budget, or one way in which it is held, differently from a day on.

    A freeze is for a manager, with a plan that says who makes sure the person has support, and is
    looked at again within two weeks.

    Raises:
        NotNow: it is not for this user, the budget does not run then, or those days are paused.
        ValidationError: a reason, a safe-cover plan, or a sum is missing; by field.
    """
    budget = _locked(budget)
    until = last_day + ONE_DAY if last_day else None
    _refuse_days(budget, first_day, until)
    _ask_for_what_is_missing(kind, pays, weekly, holding, reason)
    _refuse_a_freeze_by_another_name(kind, pays, first_day, last_day)
    if kind == Kind.FROZEN:
        review_on = _check_freeze(first_day, safe_cover, review_on, by)
    made = _saved(Pause(
        budget=budget, holding=holding, kind=kind, period=DateRange(first_day, until),
        planned=DateRange(first_day, until), pays=pays,
        weekly=weekly if pays == Pause.Pays.WEEKLY else 0,
        goes_on=goes_on.strip(), full_days=full_days, reason=reason.strip(),
        safe_cover=safe_cover.strip(), review_on=review_on, decided_at=at, decided_by=by,
    ))  # fmt: skip
    _noted(
        made, by, at, "payments.frozen" if kind == Kind.FROZEN else "payments.paused", told(made)
    )
    return made


@transaction.atomic
def lift(*, pause: Pause, paid_from: date, reason: str, by: User, at: datetime) -> Pause:
    """Pay in full again from a day; the pause keeps the days before it.

    Raises:
        NotNow: it was lifted before, would then be longer than it was, or a freeze is lifted by
            someone other than a manager.
        ValidationError: the reason is missing.
    """
    found = Pause.objects.select_for_update(of=("self",)).select_related("budget__person")
    held = found.get(pk=pause.pk)
    first, end = held.planned.lower, held.planned.upper
    if held.lifted_at is not None:
        raise NotNow("This pause was lifted before.")
    if held.kind == Kind.FROZEN and by.role != Role.MANAGER:
        raise NotNow("A manager stopped these payments, so a manager starts them again.")
    if not reason.strip():
        raise ValidationError({"reason": "Enter why payments start again. The person reads it."})
    if paid_from < first or (end is not None and paid_from > end):
        raise NotNow(
            f"Choose a day from {long_date(first)}"
            + (f" to {long_date(end)}." if end else " on: the pause began then.")
        )
    held.period = DateRange(first, paid_from)
    held.lifted_at, held.lifted_by, held.lifted_because = at, by, reason.strip()
    held.save()
    what = f"Payments start again from {long_date(paid_from)}. Why: {held.lifted_because}"
    _noted(held, by, at, "payments.started-again", what)
    return held


def told(pause: Pause, *, as_planned: bool = False) -> str:
    """Tell a pause to the person, as it stands or as it was first decided.

    It says why, for which days, and what went on being paid.
    """
    planned = Period(pause.planned.lower, pause.planned.upper)
    days = planned if as_planned else as_period(pause)
    if days is None:
        return f"A pause from {long_date(pause.planned.lower)} was taken back."
    if days.end is None and not as_planned:
        return f"{LASTING[Kind(pause.kind)]} from {long_date(days.start)} on. {goes_on(pause)}"
    when = f"from {long_date(days.start)} on" if days.end is None else f"for {span(days)}"
    return f"{OPENINGS[Kind(pause.kind)]} {when}. {went_on(pause)}"


def goes_on(pause: Pause) -> str:
    """Say what goes on being paid while a pause lasts."""
    if pause.pays == Pause.Pays.ALL:
        return "All your money goes on."
    full = f"All your money goes on for the first {pause.full_days} days. "
    begins = f"{full}After that" if pause.full_days else "For these days"
    if pause.pays == Pause.Pays.WEEKLY:
        what = f": {pause.goes_on}" if pause.goes_on else ""
        return f"{begins} {pounds(pause.weekly)} a week is paid{what}."
    return f"{begins} nothing is paid."


def went_on(pause: Pause) -> str:
    """Say what went on being paid while a pause lasted."""
    if pause.pays == Pause.Pays.ALL:
        return "All your money went on."
    full = (
        f"All your money went on for the first {pause.full_days} days. " if pause.full_days else ""
    )
    then = "After that " if full else ""
    if pause.pays == Pause.Pays.WEEKLY:
        what = pause.goes_on or "A part of your money"
        return f"{full}{then}{what} of {pounds(pause.weekly)} a week went on.".replace(
            "After that A part", "After that a part"
        )
    return f"{full}{then or 'For those days '}nothing was paid."


def which_money(pause: Pause) -> str:
    """Say which money a pause is about."""
    if not pause.holding:
        return "This is about all the money that is paid out for your support."
    return f"This is about the money held as “{pause.get_holding_display()}”."


def as_period(pause: Pause) -> Period | None:
    """Return the days of a pause; none where it was lifted on its first day."""
    if pause.period.isempty:
        return None
    return Period(pause.period.lower, pause.period.upper)


def rule_of(pause: Pause, *, as_planned: bool = False) -> pure.Pause | None:
    """Return a pause as the sums take it, as it stands or as it was first decided."""
    planned = Period(pause.planned.lower, pause.planned.upper)
    days = planned if as_planned else as_period(pause)
    if days is None:
        return None
    return pure.Pause(days, pure.Pays(pause.pays), pause.weekly, pause.full_days)


def stays_of(person: Person, on: date) -> Stays | None:
    """Return what a person's stays in care homes add up to, those still going on up to a day."""
    found = Pause.objects.filter(budget__person=person, kind=Kind.CARE_HOME)
    return _stays(person, found.select_related("budget__person"), on)


def stays_to_look_at(on: date) -> list[Stays]:
    """Return whose stays in care homes add up to more than a direct payment may pay for."""
    paying = Pause.objects.filter(budget__person=OuterRef("pk"), kind=Kind.CARE_HOME)
    people = Person.objects.filter(
        Exists(paying.filter(period__startswith__gt=on - STAY_YEAR))
    ).order_by("family_name", "id")
    found = Pause.objects.filter(budget__person__in=people, kind=Kind.CARE_HOME)
    by_person: dict[int, list[Pause]] = {}
    for each in found.select_related("budget"):
        by_person.setdefault(each.budget.person_id, []).append(each)
    stays = [_stays(person, by_person.get(person.pk, []), on) for person in people]
    return [each for each in stays if each is not None and not each.decision.allowed]


def frozen_now() -> list[Pause]:
    """Return the payments that are stopped, the first to be looked at again before the others."""
    running = Pause.objects.filter(kind=Kind.FROZEN, lifted_at__isnull=True)
    return list(running.select_related("budget__person", "decided_by").order_by("review_on", "id"))


def _stays(person: Person, pauses: Iterable[Pause], on: date) -> Stays | None:
    """Count each day once, also where two ways of holding were paused for it."""
    tomorrow = on + ONE_DAY
    periods = sorted(
        (
            Period(days.start, min(days.end or tomorrow, tomorrow))
            for days in map(as_period, pauses)
            if days is not None and days.start < tomorrow
        ),
        key=lambda days: days.start,
    )
    joined: list[Period] = []
    for days in periods:
        last = joined[-1] if joined else None
        if last is not None and days.start <= (last.end or days.start):
            end = max(last.end or days.start, days.end or days.start)
            joined[-1] = Period(last.start, end)
        else:
            joined.append(days)
    return Stays(person, check_stays(joined), joined[-1]) if joined else None


def _locked(budget: Budget) -> Budget:
    found = Budget.objects.select_for_update(of=("self",)).select_related("person")
    locked = found.get(pk=budget.pk)
    if locked.status not in {Budget.Status.SIGNED_OFF, Budget.Status.ENDED}:
        raise NotNow("Payments can be paused once the budget is signed off.")
    return locked


def _refuse_days(budget: Budget, first: date, until: date | None) -> None:
    if until is not None and until <= first:
        raise ValidationError({"last_day": "The last day cannot be before the first."})
    begins, ends = budget.period.lower, budget.period.upper
    if first < begins or (ends is not None and first >= ends):
        when = long_date(begins) + (f" to {long_date(ends - ONE_DAY)}" if ends else " on")
        raise NotNow(f"The budget runs from {when}. Choose a first day within it.")


def _ask_for_what_is_missing(kind: str, pays: str, weekly: int, holding: str, reason: str) -> None:
    missing = {}
    if not reason.strip():
        missing["reason"] = "Enter the reason. The person reads it."
    if pays == Pause.Pays.WEEKLY and weekly <= 0:
        missing["weekly"] = "Enter the sum that goes on being paid each week"
    if pays == Pause.Pays.WEEKLY and not holding:
        missing["holding"] = "Choose which money the weekly sum is paid from"
    if missing:
        raise ValidationError(missing)


def _refuse_a_freeze_by_another_name(kind: str, pays: str, first: date, last: date | None) -> None:
    """Let nobody stop all money for long without a plan for the person's support."""
    if kind != Kind.OTHER or pays != Pause.Pays.NOTHING:
        return
    if last is None or last > first + timedelta(days=FREEZE_DAYS):
        raise NotNow(
            "This would stop the money for a long time with no plan for the person’s support."
            f" Choose a last day by {long_date(first + timedelta(days=FREEZE_DAYS))}, or ask a"
            " manager to stop payments: they say who gives support meanwhile."
        )


def _check_freeze(first: date, safe_cover: str, review_on: date | None, by: User) -> date:
    """Return the day a freeze is looked at again; refuse one that would leave someone alone."""
    if by.role != Role.MANAGER:
        raise NotNow("Only a manager can stop payments while something is looked into.")
    missing = {}
    if not safe_cover.strip():
        missing["safe_cover"] = "Say who makes sure that the person has support tomorrow, and how"
    last = first + timedelta(days=FREEZE_DAYS)
    if review_on is not None and not first <= review_on <= last:
        missing["review_on"] = f"Choose a day to look again, by {long_date(last)} at the latest"
    if missing:
        raise ValidationError(missing)
    return review_on or last


def _saved(pause: Pause) -> Pause:
    try:
        with transaction.atomic():
            pause.save()
    except IntegrityError as refusal:
        if OVERLAP not in str(refusal):
            raise
        raise NotNow(
            "This money is paused for some of these days already. Lift that pause first."
        ) from refusal
    return pause


def _noted(pause: Pause, by: User, at: datetime, verb: str, summary: str) -> None:
    detail: dict[str, Any] = {"pause": pause.pk, "budget": pause.budget_id}
    reference = pause.budget.person.reference
    record(by=by, at=at, verb=verb, summary=summary, person=reference, **detail)
