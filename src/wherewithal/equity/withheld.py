"""Which rows of an audit would give away others that are too small to show, and blunting them."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from wherewithal.equity.labels import Label
from wherewithal.equity.resampling import Estimate
from wherewithal.reports.suppression import hidden

NOTE = (
    " Where the number of people reads “too few” beside other numbers, it would give a smaller"
    " group away, and the others are rounded to whole hundredths."
)


class _Row(Protocol):
    @property
    def label(self) -> Label | None: ...
    @property
    def group(self) -> str: ...
    @property
    def people(self) -> int: ...


Row = TypeVar("Row", bound=_Row)
Groups = frozenset[tuple[str, str]]
"""Ways of grouping and groups, by name."""


def giving_away(
    rows: Sequence[Row], smallest: int, count: Callable[[Row], float] = lambda row: row.people
) -> Groups:
    """Return the groups whose count, taken from everybody's, would leave too few people.

    The first row is everybody's; groups that are too small, and people whose group is not known,
    have none and are what is left over.
    """
    found: set[tuple[str, str]] = set()
    by_label: dict[str, list[Row]] = {}
    for row in rows[1:]:
        if row.label is not None:
            by_label.setdefault(row.label.name, []).append(row)
    for name, groups in by_label.items():
        counts = [round(count(row)) for row in groups]
        left = max(round(count(rows[0])) - sum(counts), 0)
        hide = hidden([*counts, left], smallest=smallest)
        found |= {(name, row.group) for row, each in zip(groups, hide, strict=False) if each}
    return frozenset(found)


def among(row: _Row, groups: Groups) -> bool:
    """Say whether a row is one of these groups'."""
    return row.label is not None and (row.label.name, row.group) in groups


def blunted(estimate: Estimate, *, when: bool = True) -> Estimate:
    """Round to hundredths, so that no count of people can be worked back from it."""
    if not when:
        return estimate
    return Estimate(round(estimate.value, 2), round(estimate.low, 2), round(estimate.high, 2))
