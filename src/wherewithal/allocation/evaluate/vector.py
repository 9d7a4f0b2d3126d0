"""Read bands and curves off for many people at once, in scaled whole numbers.

The scheme was only accepted because no value can pass what ``int64`` holds exactly, so nothing here
can overflow.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, lcm

import numpy as np

from wherewithal.scheme.graph import segments
from wherewithal.scheme.steps import Bands, Curve

Column = np.ndarray
Scaled = tuple[Column, int]


def read_values(step: Bands | Curve, values: Column, scale: int) -> Scaled:
    """Return what bands or a curve give for whole numbers over a scale, and the scale of that."""
    if isinstance(step, Curve):
        return _along(step, values, scale)
    place = _place([band.start for band in step.bands], values, scale)
    amounts, fine = _whole([band.amount for band in step.bands])
    return amounts[place], fine


def _whole(numbers: Sequence[Fraction]) -> Scaled:
    scale = lcm(*(number.denominator for number in numbers))
    return np.array([int(number * scale) for number in numbers], np.int64), scale


def _place(starts: Sequence[Fraction], values: Column, scale: int) -> Column:
    """Return in which band each value falls: the last whose start it has reached."""
    bounds = np.array([ceil(start * scale) for start in starts], np.int64)
    place: Column = np.maximum(np.searchsorted(bounds, values, side="right") - 1, 0)
    return place


def _along(curve: Curve, values: Column, scale: int) -> Scaled:
    pieces = list(segments(curve))
    place = _place([start for start, _, _ in pieces], values, scale)
    both, fine = _whole([part for _, slope, height in pieces for part in (slope, height)])
    return values * both[0::2][place] + both[1::2][place] * scale, scale * fine
