"""Every figure has a year, a source and a flag, and none is guessed."""

from datetime import date

import pytest

from wherewithal.charging.parameters import (
    Figure,
    ParametersError,
    last_complete_year,
    parameters_on,
)

# day | figure | pence | verified
FIGURES = [
    (date(2025, 4, 6), "mig-single-18-24", 89_15, True),
    (date(2025, 4, 6), "mig-single-25", 112_50, True),
    (date(2025, 4, 6), "mig-single-pension-age", 232_60, True),
    (date(2025, 4, 6), "premium-disability-single", 49_65, True),
    (date(2025, 4, 6), "premium-enhanced-disability-single", 24_25, True),
    (date(2025, 4, 6), "mig-couple", 88_35, False),
    (date(2025, 4, 6), "premium-carer", 53_25, False),
    (date(2025, 4, 6), "upper-capital-limit", 23_250_00, True),
    (date(2025, 4, 5), "mig-single-25", 110_60, False),
    (date(2024, 4, 6), "savings-credit-disregard-single", 6_95, True),
    (date(2023, 4, 6), "mig-single-25", 103_65, True),
    (date(2022, 4, 6), "mig-child", 86_20, True),
    (date(2022, 4, 5), "mig-child", 83_65, True),
]


@pytest.mark.parametrize(("day", "name", "value", "verified"), FIGURES)
def test_a_day_is_served_by_its_tax_year(day: date, name: str, value: int, verified: bool) -> None:
    figure = parameters_on(day)[name]
    assert (figure.value, figure.verified) == (value, verified)
    assert figure.start <= day
    assert figure.source
    assert bool(figure.why_unverified) is not verified


NOVEMBER_2026 = date(2026, 11, 22)


def test_a_year_that_lacks_figures_is_refused_and_names_them() -> None:
    with pytest.raises(ParametersError, match=r"2026/27 lack: .*\(mig-single-25\)") as caught:
        parameters_on(NOVEMBER_2026)
    assert "mig-single-18-24" not in str(caught.value)


def test_figures_carried_forward_are_flagged_with_the_year_they_come_from() -> None:
    year = parameters_on(NOVEMBER_2026, allow_carried_forward=True)
    assert year["mig-single-pension-age"].value == 241_45
    assert year["mig-single-25"].value == 112_50
    assert year["mig-single-25"].why_unverified == "carried forward from 2025/26"
    assert year.missing == ()
    read = {"benefit-disability-higher", "benefit-disability-lower"}
    assert {figure.name for figure in year.unverified} == set(year.figures) - read


def test_only_the_figures_used_are_reported() -> None:
    year = parameters_on(date(2025, 10, 1))
    used = year.unverified_used(["mig-single-25", "mig-couple"])
    assert [figure.name for figure in used] == ["mig-couple"]


def test_the_last_complete_year_can_be_asked_for() -> None:
    assert last_complete_year(NOVEMBER_2026).year == "2025/26"
    assert last_complete_year(date(2024, 5, 1)).year == "2024/25"


def test_an_officer_can_confirm_what_is_missing() -> None:
    missing = parameters_on(NOVEMBER_2026, allow_carried_forward=True).figures.values()
    confirmed = [
        Figure(f.name, f.label, f.value, f.unit, date(2026, 4, 6), "Circular 2026 to 2027", True)
        for f in missing
    ]
    year = parameters_on(NOVEMBER_2026, confirmed=confirmed)
    assert year.unverified == ()


def test_an_officer_can_open_a_year_that_is_not_packaged_yet() -> None:
    first = Figure(
        "mig-single-25", "single", 125_00, "pence a week", date(2027, 4, 6), "Circular 2027", True
    )
    year = parameters_on(date(2028, 4, 5), allow_carried_forward=True, confirmed=[first])
    assert (year.year, year["mig-single-25"].value) == ("2027/28", 125_00)
    assert year["mig-single-pension-age"].carried_from == "2026/27"
    with pytest.raises(ParametersError, match="2027/28 lack"):
        parameters_on(date(2027, 4, 6), confirmed=[first])
    with pytest.raises(ParametersError, match="No charging figures cover 6 April 2028"):
        parameters_on(date(2028, 4, 6), confirmed=[first])


@pytest.mark.parametrize("day", [date(2015, 4, 5), date(2027, 4, 6)])
def test_a_day_without_figures_is_refused_and_says_which_there_are(day: date) -> None:
    with pytest.raises(ParametersError, match="6 April 2015 to 5 April 2027"):
        parameters_on(day, allow_carried_forward=True)


def test_no_year_is_complete_before_the_first() -> None:
    with pytest.raises(ParametersError, match="5 April 2015"):
        last_complete_year(date(2015, 4, 5))


def test_a_figure_a_year_lacks_is_refused_when_used() -> None:
    year = parameters_on(date(2023, 10, 1))
    with pytest.raises(ParametersError, match="savings-credit-disregard-single"):
        year["savings-credit-disregard-single"]


def test_a_figure_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(ParametersError, match="mig-cat"):
        parameters_on(date(2023, 10, 1))["mig-cat"]
    cat = Figure("mig-cat", "cat", 1, "pence a week", date(2026, 4, 6), "a cat", True)
    with pytest.raises(ParametersError, match="mig-cat"):
        parameters_on(date(2025, 10, 1), confirmed=[cat])
