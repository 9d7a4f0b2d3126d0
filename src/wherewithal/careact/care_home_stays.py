"""How long a direct payment may pay for a care home: four weeks in a row in any twelve months.

Stays less than four weeks apart are added together; stays further apart are not.
Source: SI 2014/2871, regulation 6 (from memory: unverified).
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from wherewithal.careact.sources import Reason, source
from wherewithal.dates import Period, long_date

LIMIT_DAYS = 28
GAP_DAYS = 28
YEAR = timedelta(days=365)
"""Any twelve months are taken as 365 days, in a leap year too."""


@dataclass(frozen=True, slots=True)
class StaysDecision:
    """Whether the stays keep within the limit; ``longest_days`` is the longest run added up."""

    allowed: bool
    longest_days: int
    reasons: tuple[Reason, ...]


def check_stays(stays: Iterable[Period]) -> StaysDecision:
    """Check care home stays, each half-open (the day of leaving is not a day of the stay).

    Raises:
        ValueError: a stay has no end, or two stays overlap.
    """
    ordered = sorted(stays, key=lambda stay: stay.start)
    for earlier, later in itertools.pairwise(ordered):
        if earlier.overlaps(later):
            raise ValueError(
                f"The stays from {long_date(earlier.start)} and {long_date(later.start)} overlap. "
                "Correct the dates."
            )
    longest = max((_most_in_a_year(run) for run in _runs(ordered)), default=0)
    return StaysDecision(longest <= LIMIT_DAYS, longest, (_reason(longest),))


def _runs(ordered: list[Period]) -> list[list[Period]]:
    runs: list[list[Period]] = []
    for stay in ordered:
        _ = stay.days  # a stay without an end is refused here
        last = runs[-1][-1].end if runs else None
        if last is not None and (stay.start - last).days < GAP_DAYS:
            runs[-1].append(stay)
        else:
            runs.append([stay])
    return runs


def _most_in_a_year(run: list[Period]) -> int:
    """Return the most days of the run in any twelve months; the fullest begin with a stay."""
    return max(_days_within(run, Period(stay.start, stay.start + YEAR)) for stay in run)


def _days_within(run: list[Period], window: Period) -> int:
    common = (stay.intersection(window) for stay in run)
    return sum(period.days for period in common if period is not None)


def _reason(days: int) -> Reason:
    rule = source("direct-payments-6")
    if days <= LIMIT_DAYS:
        told = "A direct payment can pay for these care home stays."
    else:
        told = (
            f"These care home stays add up to {days} days, because they are less than 4 weeks "
            f"apart. A direct payment can pay for {LIMIT_DAYS} days at most. Ask us to arrange "
            "the rest another way."
        )
    return Reason(told, rule)
