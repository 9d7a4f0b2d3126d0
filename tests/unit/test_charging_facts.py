"""What cannot be true is refused where it is entered, in words that say what to do."""

from collections.abc import Callable
from datetime import date

import pytest

from wherewithal.charging.assess import assess
from wherewithal.charging.facts import (
    Capital,
    CouncilSettings,
    DisabilityExpense,
    FinancialFacts,
    FreeService,
    HousingCost,
    Income,
)
from wherewithal.charging.light_touch import LightTouchFacts
from wherewithal.charging.parameters import Figure, parameters_on
from wherewithal.charging.rules import Kind, kinds

ON = date(2025, 10, 6)


def person(**changes: object) -> FinancialFacts:
    fields: dict[str, object] = {"on": ON, "age": 40, "pension_age": False, **changes}
    return FinancialFacts(**fields)  # type: ignore[arg-type] # each case names its fields


MISTAKES: list[tuple[Callable[[], object], str]] = [
    (lambda: Income("lottery", 1), "'lottery' is not a kind of income"),
    (lambda: Income("esa", -1), "Employment and Support Allowance is −£0.01"),
    (lambda: Income("esa", 1, "fortnight"), "Use one of: week"),
    (lambda: Capital("gold", 1), "not a kind of capital"),
    (lambda: Capital("savings", 1, owners=0), "Enter 1 or more"),
    (lambda: Capital("benefit-arrears", 1), "Say from which day"),
    (lambda: HousingCost("rent", 1, help_amount=-1), "Help with rent"),
    (lambda: DisabilityExpense("Taxis", 1, allowed=False), "Write why Taxis"),
    (lambda: FreeService("tea", 1), "not a kind of free"),
    (lambda: person(age=17), "The person is 17"),
    (lambda: person(children=-1), "number of children"),
    (lambda: person(premiums=frozenset({"severe"})), "severe is not a premium"),
    (lambda: CouncilSettings(percentage=101), "percentage is 101"),
    (lambda: CouncilSettings(maximum_weekly=-1), "maximum_weekly is -1"),
    (lambda: CouncilSettings(guarantee_uplift_weekly=-1), "guarantee_uplift_weekly is -1"),
    (lambda: CouncilSettings(not_counted={"lottery": 1}), "lottery"),
    (lambda: CouncilSettings(local_housing=frozenset({"moat"})), "moat"),
    (lambda: LightTouchFacts("hunch", consent=True, evidence="x"), "hunch"),  # type: ignore[arg-type] # the mistake under test
    (lambda: Figure("a", "a", -1, "pence", ON, "b", True), "below zero"),
    (lambda: Figure("a", "a", 1, "pence", ON, "", True), "no source"),
    (lambda: Kind("a", "a", "b", True, treatment="partly"), "Say up to what"),
    (lambda: assess(person(), parameters_on(ON), cost_weekly=-1), "The support costs −£0.01"),
]


@pytest.mark.parametrize(("mistake", "told"), MISTAKES, ids=[told for _, told in MISTAKES])
def test_a_mistake_is_named(mistake: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        mistake()


@pytest.mark.parametrize("section", ["income", "capital", "housing", "free"])
def test_every_kind_has_a_label_and_a_source(section: str) -> None:
    assert all(kind.label and kind.source for kind in kinds(section).values())


def test_rules_written_from_memory_are_flagged() -> None:
    assert kinds("income")["state-pension"].verified is False
    assert kinds("income")["pip-mobility"].verified is True
