"""What an employer of a personal assistant is held to, by day and by age."""

from datetime import date
from fractions import Fraction

import pytest

from wherewithal.employing.assistants import Assistant, Hour, Rate
from wherewithal.employing.figures import Figure, FigureError, every_figure, figure_on
from wherewithal.employing.wages import least_wage, wage_checks

BEFORE_APRIL, FROM_APRIL = date(2026, 3, 31), date(2026, 4, 1)

# born | day | apprentice since | least pence an hour
LEAST = [
    (date(2005, 3, 31), BEFORE_APRIL, None, 12_21),  # turned 21 that day
    (date(2005, 4, 1), BEFORE_APRIL, None, 10_00),  # 20 for one more day
    (date(2005, 4, 1), FROM_APRIL, None, 12_71),
    (date(2007, 4, 2), FROM_APRIL, None, 10_85),
    (date(2008, 4, 2), FROM_APRIL, None, 8_00),  # 17
    (date(2008, 4, 2), BEFORE_APRIL, None, 7_55),
    (date(1990, 1, 1), date(2025, 4, 1), None, 12_21),
    (date(1990, 1, 1), FROM_APRIL, date(2025, 9, 1), 8_00),  # first year of learning
    (date(1990, 1, 1), FROM_APRIL, date(2025, 4, 1), 12_71),  # second year of learning
    (date(2008, 4, 2), FROM_APRIL, date(2024, 9, 1), 8_00),  # under 19: the low rate goes on
]


@pytest.mark.parametrize(("born", "day", "learning", "pence"), LEAST)
def test_the_least_wage_goes_by_age_and_day(
    born: date, day: date, learning: date | None, pence: int
) -> None:
    assert least_wage(born, day, apprentice_since=learning).whole == pence


def test_nobody_under_sixteen_is_employed() -> None:
    with pytest.raises(ValueError, match="Someone of 15 is too young"):
        least_wage(date(2011, 1, 1), date(2026, 12, 1))


def test_a_day_before_the_first_figure_is_refused_rather_than_guessed() -> None:
    with pytest.raises(FigureError, match="The first begins on 1 April 2025"):
        figure_on("wage-21", date(2025, 3, 31))
    with pytest.raises(FigureError, match="There is no figure 'wage'"):
        figure_on("wage", FROM_APRIL)


# figure | value on 1 October 2026 | verified
FIGURES = [
    ("insurance-rate", "15", False),
    ("insurance-threshold", "500000", False),
    ("employment-allowance", "1050000", False),
    ("lower-earnings-limit", "12500", False),
    ("pension-rate", "3", False),
    ("pension-trigger", "1000000", True),
    ("holiday-weeks", "5.6", True),
    ("holiday-share", "12.07", False),
    ("liability-cover", "500000000", True),
    ("redundancy-week", "75100", False),
]


@pytest.mark.parametrize(("name", "value", "verified"), FIGURES)
def test_a_figure_from_memory_says_that_nobody_verified_it(
    name: str, value: str, verified: bool
) -> None:
    figure = figure_on(name, date(2026, 10, 1))
    assert (figure.value, figure.verified) == (Fraction(value), verified)
    assert ("memory" in figure.source) is not verified


def test_every_figure_has_a_source_and_a_unit() -> None:
    assert all(figure.source and figure.unit and figure.label for figure in every_figure())
    with pytest.raises(ValueError, match="has no source"):
        Figure("x", "x", Fraction(1), "pence", FROM_APRIL, "", verified=False)


def paid(**rates: int) -> Assistant:
    card = tuple(
        Rate(Hour(kind.replace("_", "-")), pence, date(2026, 4, 1)) for kind, pence in rates.items()
    )
    return Assistant("Sam", date(1990, 5, 1), date(2026, 4, 1), card)


def test_each_kind_of_hour_is_held_against_the_least_wage() -> None:
    found = {
        check.rate.kind: (check.enough, check.short)
        for check in wage_checks(
            paid(day=12_71, night=12_70, bank_holiday=20_00, sleep_in=6_00), date(2026, 12, 1)
        )
    }
    assert found == {
        Hour.DAY: (True, 0),
        Hour.NIGHT: (False, 1),
        Hour.BANK_HOLIDAY: (True, 0),
        Hour.SLEEP_IN: (None, 0),
    }


def test_the_answer_is_a_sentence() -> None:
    (check,) = wage_checks(paid(day=12_00), date(2026, 12, 1))
    assert check.sentence == (
        "Sam is paid £12.00 an hour for “days”. The least the law allows is £12.71."
        " That is £0.71 too little."
    )


def test_a_new_rate_holds_from_its_own_day() -> None:
    sam = Assistant(
        "Sam", date(1990, 5, 1), date(2025, 5, 1),
        (
            Rate(Hour.DAY, 12_50, date(2025, 5, 1), Fraction(10)),
            Rate(Hour.DAY, 13_00, date(2026, 4, 1), Fraction(12)),
            Rate(Hour.NIGHT, 14_00, date(2026, 4, 1), Fraction(8)),
        ),
    )  # fmt: skip
    assert sam.weekly_pay(date(2026, 3, 31)) == 125_00
    assert sam.weekly_pay(date(2026, 4, 1)) == 12 * 13_00 + 8 * 14_00
    assert sam.hourly_pay(date(2026, 4, 1)) == Fraction(12 * 13_00 + 8 * 14_00, 20)
    assert sam.rate_card(date(2025, 4, 30)) == ()


def test_an_assistant_without_pay_or_with_two_rates_on_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="Say what Sam is paid"):
        Assistant("Sam", date(1990, 5, 1), FROM_APRIL, ())
    twice = (Rate(Hour.DAY, 1, FROM_APRIL), Rate(Hour.DAY, 2, FROM_APRIL))
    with pytest.raises(ValueError, match="two rates for “Days” from 1 April 2026"):
        Assistant("Sam", date(1990, 5, 1), FROM_APRIL, twice)
    with pytest.raises(ValueError, match="169 hours do not fit into a week"):
        Rate(Hour.DAY, 1, FROM_APRIL, Fraction(169))
