"""Round amounts to whole steps, carrying what is left over so that the total stays."""

from collections.abc import Sequence
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from wherewithal.calibration.straight import Floats

Whole = NDArray[np.int64]


def in_steps(
    amounts: Sequence[Floats], exposure: Sequence[Floats], climbs: Sequence[bool], step: int
) -> list[Whole]:
    """Round each table of amounts to multiples of ``step``, none moved by a whole step.

    ``exposure`` is how much the total moves for a unit of each amount. The amounts that move it
    most are rounded first, each to the side that makes up for those before it, so that the total
    ends as near as the smallest exposure allows. Amounts that climb still climb.
    """
    exact = [table / step for table in amounts]
    done: list[dict[int, int]] = [{} for _ in exact]
    places = [(row, place) for row, table in enumerate(exact) for place in range(len(table))]
    left = 0.0
    for row, place in sorted(places, key=lambda at: -abs(exposure[at[0]][at[1]])):
        weight, value = float(exposure[row][place]), float(exact[row][place])
        least, most = _room(done[row], place, climbs[row])
        wish = value - (left / weight if weight else 0.0)
        low, high = floor(value + 1e-9), ceil(value - 1e-9)
        chosen = low if abs(wish - low) <= abs(wish - high) else high
        chosen = int(min(max(chosen, least), most))
        done[row][place] = chosen
        left += (chosen - value) * weight
    return [
        np.array([done[row][place] * step for place in range(len(table))], np.int64)
        for row, table in enumerate(exact)
    ]


def _room(done: dict[int, int], place: int, climbs: bool) -> tuple[int, int]:
    """Return the least and most an amount may be, beside those already rounded."""
    if not climbs:
        return 0, 10**15
    below = [value for at, value in done.items() if at < place]
    above = [value for at, value in done.items() if at > place]
    return max(below, default=0), min(above, default=10**15)
