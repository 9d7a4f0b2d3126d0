"""Everything that has a state moves only along its declared table: all pairs of all models."""

from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from wherewithal.web.accounts.transitions import NotNow, check_move

MODELS: list[Any] = [model for model in apps.get_models() if hasattr(model, "TRANSITIONS")]


def states(model: Any) -> Any:
    """Return the states of a model: most call them ``Status``, a payment's are its ``State``."""
    return model.Status if hasattr(model, "Status") else model.State


PAIRS = [
    pytest.param(model, current, to, id=f"{model.__name__}: {current} to {to}")
    for model in MODELS
    for current, to in product(states(model).values, repeat=2)
]


def test_the_models_with_a_state_are_known() -> None:
    names = {model.__name__ for model in MODELS}
    assert {"Assessment", "SupportPlan", "Budget", "Run", "SchemeVersion"} <= names


@pytest.mark.parametrize("model", MODELS)
def test_a_table_covers_every_state_and_each_can_be_reached(model: Any) -> None:
    table: dict[str, frozenset[str]] = model.TRANSITIONS
    assert set(table) == set(states(model))
    first = model._meta.get_field("status" if hasattr(model, "Status") else "state").default
    reached, found = {first}, {first}
    while found:
        found = {to for current in found for to in table[current]} - reached
        reached |= found
    assert reached == set(states(model))


@pytest.mark.parametrize(("model", "current", "to"), PAIRS)
def test_a_move_is_allowed_exactly_where_the_table_says(
    model: type[Model], current: str, to: str
) -> None:
    table = model.TRANSITIONS  # type: ignore[attr-defined]  # chosen because it has one
    if to in table[current]:
        check_move(table, current, to, "It")
    else:
        with pytest.raises(NotNow, match=f"It is {current}, so it cannot become {to}"):
            check_move(table, current, to, "It")
