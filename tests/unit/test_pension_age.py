"""From which day someone has reached State Pension age."""

from datetime import date

import pytest

from wherewithal.charging.pension_age import pension_age_reached


@pytest.mark.parametrize(
    ("born", "first_day"),
    [
        (date(1950, 5, 1), date(2016, 5, 1)),
        (date(1960, 4, 5), date(2026, 4, 5)),
        (date(1960, 4, 6), date(2026, 5, 6)),
        (date(1960, 5, 5), date(2026, 6, 5)),
        (date(1960, 12, 20), date(2027, 9, 20)),
        (date(1961, 3, 6), date(2028, 3, 6)),
        (date(1975, 1, 1), date(2042, 1, 1)),
    ],
)
def test_pension_age_rises_month_by_month(born: date, first_day: date) -> None:
    assert pension_age_reached(born, first_day)
    assert not pension_age_reached(born, date.fromordinal(first_day.toordinal() - 1))
