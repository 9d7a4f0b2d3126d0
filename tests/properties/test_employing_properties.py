"""What must hold of every employer's sums."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.employing.assistants import Assistant, Hour, Rate
from wherewithal.employing.on_costs import LocalCosts, costs, holiday_share, yearly_pay
from wherewithal.employing.payslips import PayMonth, month_totals
from wherewithal.employing.reserves import earmarks, holiday_owed, redundancy

DAY = date(2026, 10, 1)
NAMES = ("Sam", "Alex", "Kit")
sums = st.integers(0, 2_000_00)


@st.composite
def assistants(draw: st.DrawFn, name: str = "Sam") -> Assistant:
    starts = DAY - timedelta(days=draw(st.integers(0, 9_000)))
    kinds = draw(st.lists(st.sampled_from(list(Hour)), min_size=1, unique=True))
    card = tuple(
        Rate(kind, draw(st.integers(1, 40_00)), starts, Fraction(draw(st.integers(0, 60)), 2))
        for kind in kinds
    )
    born = starts - timedelta(days=draw(st.integers(16 * 366, 70 * 365)))
    return Assistant(name, born, starts, card, regular=draw(st.booleans()))


employers = st.integers(1, 3).flatmap(
    lambda count: st.tuples(*(assistants(name) for name in NAMES[:count]))
)
local = st.builds(LocalCosts, sums, st.integers(0, 20_00), sums)


@given(employers, local)
def test_an_hour_never_costs_less_than_its_pay_and_sums_add_up(
    employed: tuple[Assistant, ...], reckoned: LocalCosts
) -> None:
    made = costs(employed, DAY, reckoned)
    for who, cost in zip(employed, made, strict=True):
        assert cost.yearly == cost.pay + sum(part.yearly for part in cost.parts)
        assert abs(cost.shown - cost.yearly) <= Fraction(1 + len(cost.parts), 2)
        if cost.hours:
            assert cost.hourly >= who.hourly_pay(DAY)
            assert cost.hourly - cost.yearly / cost.hours < 1
            holiday = next(part.yearly for part in cost.parts if part.code == "holiday")
            assert cost.pay + holiday == yearly_pay(who, DAY)
            assert holiday == cost.pay * holiday_share(who, DAY)


@given(employers, local)
def test_what_the_employer_pays_once_is_shared_without_a_penny_lost(
    employed: tuple[Assistant, ...], reckoned: LocalCosts
) -> None:
    made = costs(employed, DAY, reckoned)
    if any(cost.hours for cost in made):
        for code, whole in (
            ("insurance", reckoned.insurance_yearly), ("training", reckoned.training_yearly),
            ("payroll", reckoned.payroll_weekly * 52),
        ):  # fmt: skip
            shares = [part.yearly for cost in made for part in cost.parts if part.code == code]
            assert sum(shares) == whole


@given(employers)
def test_claiming_the_allowance_never_costs_more(employed: tuple[Assistant, ...]) -> None:
    without = costs(employed, DAY, LocalCosts())
    claimed = costs(employed, DAY, LocalCosts(), claims_allowance=True)
    assert all(a.yearly <= b.yearly for a, b in zip(claimed, without, strict=True))
    saved = sum(b.yearly - a.yearly for a, b in zip(claimed, without, strict=True))
    assert saved <= 10_500_00


@given(assistants(), st.integers(0, 400))
def test_redundancy_builds_up_and_what_is_due_is_always_there(who: Assistant, later: int) -> None:
    now, then = redundancy(who, DAY), redundancy(who, DAY + timedelta(days=later))
    assert now.due <= now.built_up
    assert (now.due > 0) == (now.years >= 2 and now.week > 0)
    assert now.weeks <= 30
    if then.week == now.week:
        assert then.built_up >= now.built_up


@given(assistants(), st.integers(0, 364))
def test_holiday_is_never_more_than_a_year_s(who: Assistant, later: int) -> None:
    found = holiday_owed(who, DAY + timedelta(days=later))
    assert 0 <= found.earned <= Fraction("6.4") * who.weekly_hours(DAY)
    assert found.pence >= found.left * who.hourly_pay(DAY) - 1


slips = st.builds(
    PayMonth, st.dates(date(2026, 1, 1), date(2026, 9, 1)).map(lambda day: day.replace(day=1)),
    gross=st.integers(10_000_00, 20_000_00), taken_off=sums, employer_insurance=sums,
    own_pension=sums, employer_pension=sums, tax_paid=st.booleans(), pension_paid=st.booleans(),
)  # fmt: skip


@given(assistants(), st.lists(slips, max_size=8))
def test_months_and_earmarks_hold_every_penny_of_the_payslips(
    who: Assistant, given_out: list[PayMonth]
) -> None:
    totals = month_totals(given_out)
    assert sum(each.gross for each in totals) == sum(slip.gross for slip in given_out)
    assert sum(each.cost - each.net for each in totals) == sum(
        slip.taken_off + slip.own_pension + slip.employer_insurance + slip.employer_pension
        for slip in given_out
    )
    marks = earmarks([who], {who.name: given_out}, DAY)
    assert sum(mark.pence for mark in marks if mark.kind == "tax") == sum(
        each.tax_due + each.pension_due for each in totals
    )
    assert all(mark.pence > 0 for mark in marks)
