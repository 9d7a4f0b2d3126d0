"""Is it chance? Tests of one group, and of many groups at once."""

from collections.abc import Sequence
from importlib import import_module
from math import sqrt
from types import ModuleType

import numpy as np

Column = np.ndarray
LEVEL = 0.05
"""With no injustice at all, 95 audits in 100 find none."""


def _special() -> ModuleType:
    try:
        return import_module("scipy.special")
    except ImportError:
        raise ImportError(
            'An audit needs scipy. Install it with: pip install "wherewithal[analysis]"'
        ) from None


def two_sided(difference: float, spread: float, people: int) -> float:
    """Return how likely a difference at least this large is by chance alone.

    ``spread`` is its standard error. Student's t with one degree fewer than the group has people
    is used in place of the normal, so that small groups are not accused on little evidence.
    """
    if spread <= 0 or not np.isfinite(spread):
        return 1.0
    return float(2 * _special().stdtr(max(people - 1, 1), -abs(difference) / spread))


def seen_gap(spread: float, people: int, tests: int) -> float:
    """Return the difference that would be found four times in five among so many tests.

    In the units of ``spread``, its standard error.
    """
    freedom = max(people - 1, 1)
    stdtrit = _special().stdtrit
    strict, likely = stdtrit(freedom, 1 - LEVEL / 2 / max(tests, 1)), stdtrit(freedom, 0.8)
    return float((strict + likely) * spread)


def same_share(having: int, people: int, others_having: int, others: int) -> float:
    """Return how likely two shares at least so different are by chance (Fisher's exact test).

    That is how often so many, or a number no likelier, would fall among these people if all who
    have it were dealt out at random.
    """
    gammaln = _special().gammaln
    all_having = having + others_having
    least, most = max(0, all_having - others), min(people, all_having)
    dealt = np.arange(least, most + 1)

    def ways(of: int, chosen: Column) -> Column:
        """Return the log of in how many ways some can be chosen."""
        return np.asarray(gammaln(of + 1) - gammaln(chosen + 1) - gammaln(of - chosen + 1))

    logs = ways(people, dealt) + ways(others, all_having - dealt)
    chances = np.exp(logs - logs.max())
    own = chances[having - least]
    return float(min(1.0, chances[chances <= own * (1 + 1e-7)].sum() / chances.sum()))


def spread_of_share(share: float, people: int, everybody: int) -> float:
    """Return the standard error of a group's share about everybody's, were there no difference."""
    apart = max(1 - people / everybody, 0.0)
    return sqrt(max(share * (1 - share), 0.0) / max(people, 1) * apart)


def holm(chances: Sequence[float], of: int | None = None) -> list[float]:
    """Adjust the chances of many tests, so that all together are wrong no oftener than one.

    Holm's step-down: the smallest is multiplied by the number of tests, the next by one fewer, and
    none may come out below one before it. An audit accuses, so it must not name even one group by
    chance; ways that allow a share of false findings (Benjamini and Hochberg) would. With ``of``
    the tests count as part of a family of that many.
    """
    many = len(chances) if of is None else of
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    adjusted = [1.0] * len(chances)
    least = 0.0
    for rank, place in enumerate(order):
        least = max(least, min(1.0, chances[place] * (many - rank)))
        adjusted[place] = least
    return adjusted
