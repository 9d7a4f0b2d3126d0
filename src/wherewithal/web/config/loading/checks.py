"""Accounts that were looked at and reviewed, and something to talk about for the example person."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from wherewithal.careact.direct_payment_reviews import next_review
from wherewithal.ledger.surplus import Earmark, EarmarkKind, SurplusFacts, surplus
from wherewithal.web.accounts.models import User
from wherewithal.web.checks.actions import flags
from wherewithal.web.checks.actions import surplus as money_back
from wherewithal.web.checks.due import accounts_in_use, first_payments
from wherewithal.web.checks.facts import DIRECT, first_payment
from wherewithal.web.checks.figures import figures_of
from wherewithal.web.checks.limits import settings_now
from wherewithal.web.checks.models import ArrangementReview, Look
from wherewithal.web.config.loading.staff import Staff
from wherewithal.web.people.models import Person

SET_ASIDE = 10_000
KEPT_UP = 80
"""Of a hundred looks and reviews that fell due, how many took place."""
WELL = "We went through it together. Everything is in order, and well kept."


def looked_at(crew: Staff, on: date) -> None:
    """Give most accounts the looks and reviews that fell due, and leave some late."""
    people = Person.objects.all()
    firsts, keys = first_payments(people), accounts_in_use(people, on)
    due = sorted((key, first) for key, first in firsts.items() if key in keys)
    Look.objects.bulk_create(_looks(due, crew, on), batch_size=2000)
    ArrangementReview.objects.bulk_create(_reviews(due, crew, on), batch_size=2000)


def example_day(on: date) -> date:
    """Return the day up to which the example person's first statement goes."""
    return on - timedelta(days=10)


def example_sum(person: Person, crew: Staff, on: date) -> None:
    """Give the example person a sum that was decided, told, and waits for an answer.

    It comes from the statement that is there by then, which goes up to ``example_day``.
    """
    known = figures_of(person, DIRECT, on=on)
    if first_payment(person) is None or known.get("balance") is None:
        return
    settings = settings_now()
    flags.settle_tier(person=person, holding=DIRECT, on=on, settings=settings, at=_at(on))
    found = surplus(_facts(known, settings.reserve_weeks))
    if not found.reclaim:
        return
    finance, second = (User.objects.get(pk=pk) for pk in (crew.preparer, crew.approver))
    proposed = money_back.propose(
        person=person, holding=DIRECT, found=found, why="not-found", by=finance,
        why_words="Nobody could be found for Thursdays at first.",
        at=_at(on - timedelta(days=9)),
    )  # fmt: skip
    decided = money_back.decide(
        proposal=proposed, pence=max(1, proposed.reclaim // 2), by=second,
        at=_at(on - timedelta(days=6)),
        reasons="Half of it pays for the Thursdays, now that somebody has been found. We ask for"
        " the other half.",
    )  # fmt: skip
    told_on = on - timedelta(days=4)
    money_back.tell(proposal=decided, on=told_on, by=second, at=_at(told_on))


def _facts(known: dict[str, Any], reserve_weeks: int) -> SurplusFacts:
    """Return the figures as the page gives them to begin with, and a week's holiday pay."""
    aside = tuple(
        Earmark(kind, known[f"sum_{kind}"], known[f"why_{kind}"])
        for kind in EarmarkKind
        if known.get(f"sum_{kind}") and kind != EarmarkKind.HOLIDAY_PAY
    )
    holiday = Earmark(EarmarkKind.HOLIDAY_PAY, SET_ASIDE, "A week not taken yet")
    return SurplusFacts(
        on=known["on"], balance=known["balance"], weekly_gross=known["weekly_gross"],
        reserve_weeks=reserve_weeks, advance=known["advance"], earmarks=(holiday, *aside),
        council_paid_in=known["council_paid_in"], own_paid_in=known["own_paid_in"] or 0,
        nhs_paid_in=known["nhs_paid_in"],
    )  # fmt: skip


def _looks(due: list[tuple[tuple[int, str], date]], crew: Staff, on: date) -> Iterator[Look]:
    for (person, holding), first in due:
        day = first + timedelta(weeks=7)
        if day < on and _happened(f"look {person} {holding}"):
            yield Look(
                person_id=person, holding=holding, on=day, words=WELL, at=_at(day),
                by_id=crew.approver,
            )  # fmt: skip
            day = first + timedelta(days=170)
            if day < on and _happened(f"again {person} {holding}"):
                yield Look(
                    person_id=person, holding=holding, on=day, words=WELL, at=_at(day),
                    by_id=crew.approver,
                )  # fmt: skip


def _reviews(
    due: list[tuple[tuple[int, str], date]], crew: Staff, on: date
) -> Iterator[ArrangementReview]:
    for (person, holding), first in due:
        day = first + timedelta(days=160)
        if holding == DIRECT and day < on and _happened(f"review {person}"):
            yield ArrangementReview(
                person_id=person, due_by=next_review(first).due_by, held_on=day,
                outcome="goes-on", words="It works well. Nothing needs to change.",
                held_by_id=crew.approver,
            )  # fmt: skip


def _happened(what: str) -> bool:
    return int(sha256(what.encode()).hexdigest(), 16) % 100 < KEPT_UP


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=UTC)
