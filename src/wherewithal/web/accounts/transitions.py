"""One rule for everything that has a state: it moves only along its declared table."""

from collections.abc import Mapping


class NotNow(Exception):
    """The thing is not in a state from which this can be done; the message says so kindly."""


def check_move(table: Mapping[str, frozenset[str]], current: str, to: str, what: str) -> None:
    """Raise :class:`NotNow` unless ``table`` allows going from ``current`` to ``to``."""
    if to not in table[current]:
        options = ", ".join(sorted(table[current])) or "nothing: this is where it ends"
        raise NotNow(f"{what} is {current}, so it cannot become {to}. From here it can become: {options}.")
