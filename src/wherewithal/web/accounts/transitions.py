"""One rule for everything that has a state: it moves only along its declared table."""

from typing import TYPE_CHECKING, TypeVar

from django.db.models import TextChoices

if TYPE_CHECKING:
    from collections.abc import Mapping

State = TypeVar("State", bound=TextChoices)


class NotNow(Exception):
    """The thing is not in a state from which this can be done; the message says so kindly."""


def check_move(table: "Mapping[State, frozenset[State]]", current: str, to: str, what: str) -> None:
    """Raise :class:`NotNow` unless ``table`` allows going from ``current`` to ``to``."""
    if to not in _after(table, current):
        options = ", ".join(sorted(_after(table, current))) or "nothing: this is where it ends"
        raise NotNow(
            f"{what} is {current}, so it cannot become {to}. From here it can become: {options}."
        )


def _after(table: "Mapping[State, frozenset[State]]", current: str) -> frozenset[str]:
    return next(frozenset(map(str, after)) for state, after in table.items() if state == current)
