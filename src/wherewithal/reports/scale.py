"""Where numbers fall across a chart, and the round numbers its grid stands at."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from ``low`` to ``high`` across places from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of a value."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    def ticks(self, about: int = 4) -> list[float]:
        """Return round numbers between the ends, about so many."""
        step = _step((self.high - self.low) / about)
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [round(place * step, 10) for place in range(first, last + 1)]


def spanning(values: Iterable[float], start: float, end: float, *, round_out: bool) -> Scale:
    """Return a scale that holds all the values; ``round_out`` to the next round numbers."""
    known = [value for value in values if isfinite(value)] or [0.0]
    low, high = min(known), max(known)
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0)
        high += 1.0 if low == high else 0.0
    if round_out:
        step = _step((high - low) / 4)
        low, high = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    return Scale(low, high, start, end)


def _step(width: float) -> float:
    size = 10.0 ** floor(log10(width))
    return next(size * nice for nice in (1, 2, 2.5, 5, 10) if size * nice >= width * 0.999)
