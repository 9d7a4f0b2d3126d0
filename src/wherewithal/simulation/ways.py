"""Which outcomes are counted together, so that none of too few people stands alone."""

from collections.abc import Sequence

from wherewithal.simulation.counted import BEYOND, FALLS, RISES, SAME, Way
from wherewithal.simulation.falls import Threshold

BESIDE = {
    RISES: (SAME, FALLS, BEYOND),
    SAME: (RISES, FALLS, BEYOND),
    FALLS: (SAME, BEYOND, RISES),
    BEYOND: (FALLS, SAME, RISES),
}
"""Whom an outcome of too few people is counted with, the first that anybody is in."""


def ways_of(counts: Sequence[int], smallest: int) -> tuple[Way, ...]:
    """Join outcomes, in their order, until none has 1 to ``smallest`` − 1 people."""
    ways: list[Way] = [(each,) for each in range(len(counts))]
    while few := [way for way in ways if 0 < _count(way, counts) < smallest]:
        if len(ways) == 1:
            break
        ways = _joined(ways, min(few, key=lambda way: (_count(way, counts), way)), counts)
    return tuple(ways)


def _count(way: Way, counts: Sequence[int]) -> int:
    return sum(counts[each] for each in way)


def _joined(ways: list[Way], few: Way, counts: Sequence[int]) -> list[Way]:
    """Join one of too few people with another, and with whatever lies between them."""
    core = next(each for each in few if counts[each])
    others = [each for each in BESIDE[core] if each not in few and counts[each]]
    if not others:
        return [tuple(range(len(counts)))]
    ends = (*few, others[0])
    between = [way for way in ways if min(ends) <= way[0] <= max(ends) or way[-1] in ends]
    together = tuple(sorted(each for way in between for each in way))
    return sorted([way for way in ways if way not in between] + [together])


def name_of(way: Way, threshold: Threshold) -> str:
    """Say what happens to figures counted together: ``rises or stays the same``."""
    words = []
    if RISES in way:
        words.append("rises")
    if SAME in way:
        words.append("stays the same")
    if FALLS in way and BEYOND in way:
        words.append("falls")
    elif FALLS in way:
        words.append(f"falls by {threshold} or less")
    elif BEYOND in way:
        words.append(f"falls by more than {threshold}")
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def few_move(rises: int, falls: int, smallest: int) -> bool:
    """Say whether the sum of all rises, or of all falls, is of too few people to show.

    Each can be worked out from the other, as the change in all is shown.
    """
    return 0 < rises < smallest or 0 < falls < smallest
