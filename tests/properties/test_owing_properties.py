"""Whatever happens and however often runs are made: what was paid is what the facts come to."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.dates import Period
from wherewithal.ledger.owing import Share, owing
from wherewithal.ledger.pauses import Pause, Pays, with_pauses
from wherewithal.ledger.schedule import BudgetPiece, Once, PaySchedule, came_to

START = date(2026, 4, 6)
LONG = Period(date(2020, 1, 1), date(2030, 1, 1))
schedules = st.builds(
    PaySchedule,
    anchor=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    weeks_each=st.sampled_from([1, 2, 4]),
    advance_days=st.sampled_from([-28, -7, 0, 5, 14]),
)
days = st.integers(-20, 200).map(lambda number: START + timedelta(number))
amounts = st.integers(0, 60_000)


@dataclass
class Budget:
    """A budget as it stands, and every payment ever made for it."""

    starts: date
    ends: date | None
    weekly: int
    changes: dict[date, int]
    pauses: list[Pause] = field(default_factory=list)
    once: tuple[Once, ...] = ()
    paid: list[tuple[Period, int]] = field(default_factory=list)

    @property
    def pieces(self) -> tuple[BudgetPiece, ...]:
        if self.ends is not None and self.ends <= self.starts:
            return ()
        inside = {
            day for day in self.changes if day > self.starts and (not self.ends or day < self.ends)
        }
        begins = [self.starts, *sorted(inside)]
        return with_pauses(
            [
                BudgetPiece(Period(day, end), self.weekly, self.charge_on(day))
                for day, end in zip(begins, [*begins[1:], self.ends], strict=True)
            ],
            self.pauses,
        )

    def charge_on(self, day: date) -> int:
        known = [first for first in self.changes if first <= day]
        return self.changes[max(known)] if known else 0

    @property
    def share(self) -> Share:
        until = max((days.end or days.start for days, _ in self.paid), default=None)
        return Share(self.pieces, self.once, until, sum(net for _, net in self.paid))

    def comes_to(self) -> int:
        until = self.share.paid_until or date.min
        gross, contribution = came_to(self.pieces, Period(LONG.start, max(LONG.start, until)))
        return gross - contribution + sum(each.pence for each in self.once if each.on < until)


pauses = st.builds(
    lambda first, length, pays, weekly, full: Pause(
        Period(first, first + timedelta(length) if length else None),
        pays, weekly if pays == Pays.WEEKLY else 0, full,
    ),
    days, st.integers(0, 60), st.sampled_from(Pays), st.integers(1, 30_000), st.integers(0, 30),
)  # fmt: skip


@st.composite
def two_budgets(draw: st.DrawFn) -> list[Budget]:
    found, day = [], START + timedelta(draw(st.integers(-10, 30)))
    for _ in range(draw(st.integers(1, 2))):
        ends = day + timedelta(draw(st.integers(1, 120)))
        once = (Once(day, draw(st.integers(1, 50_000)), "a bed"),) if draw(st.booleans()) else ()
        found.append(Budget(day, ends, draw(amounts), {day: draw(amounts)}, once=once))
        day = ends
    if draw(st.booleans()):
        found[-1].ends = None
    return found


def something_changes(budgets: list[Budget], data: st.DataObject) -> None:
    budget = data.draw(st.sampled_from(budgets))
    what = data.draw(st.sampled_from(["charge", "pause", "lift", "end", "bank", "nothing"]))
    if what == "charge":
        budget.changes[data.draw(days)] = data.draw(amounts)
    elif what == "pause":
        budget.pauses.append(data.draw(pauses))
    elif what == "lift" and budget.pauses:
        budget.pauses.pop()
    elif what == "end" and budget is budgets[-1]:
        budget.ends = data.draw(days)
    elif what == "bank" and budget.paid:
        budget.paid.pop(data.draw(st.integers(0, len(budget.paid) - 1)))  # it came back


def run(budgets: list[Budget], schedule: PaySchedule, until: date) -> int:
    """Pay what is owed; return what waits."""
    found = owing([each.share for each in budgets], schedule=schedule, until=until)
    for payable in found.payables:
        budget = budgets[payable.place]
        assert payable.net >= 0
        if payable.due is None:
            assert payable.adjustment > 0
            budget.paid.append((Period(date.min, date.min), payable.net))
            continue
        fresh = payable.due.paid_days
        assert not any(fresh.overlaps(before) for before, _ in budget.paid)
        if payable.net or payable.adjustment:
            budget.paid.append((fresh, payable.net))
    assert found.carried <= 0
    return found.carried


@settings(max_examples=300, deadline=None)
@given(budgets=two_budgets(), schedule=schedules, data=st.data())
def test_in_the_end_everything_paid_is_what_the_facts_in_the_end_come_to(
    budgets: list[Budget], schedule: PaySchedule, data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(0, 6))):
        something_changes(budgets, data)
        run(budgets, schedule, data.draw(days))
    last = START + timedelta(220)
    carried = run(budgets, schedule, last)
    paid = sum(net for each in budgets for _, net in each.paid)
    assert paid == sum(each.comes_to() for each in budgets) - carried
    before = [list(each.paid) for each in budgets]
    assert run(budgets, schedule, last) == carried
    assert [each.paid for each in budgets] == before


@given(pieces=two_budgets(), found=st.lists(pauses, max_size=3))
def test_a_pause_never_pays_more_and_never_charges_more(
    pieces: list[Budget], found: list[Pause]
) -> None:
    whole = pieces[0].pieces
    paused = with_pauses(whole, found)
    for number in range(260):
        day = START + timedelta(number - 30)
        before = [piece for piece in whole if day in piece.period]
        after = [piece for piece in paused if day in piece.period]
        assert len(before) == len(after) <= 1
        for one, other in zip(before, after, strict=True):
            assert other.weekly_gross <= one.weekly_gross
            assert other.weekly_contribution <= one.weekly_contribution
