"""A fee for arranging support for someone who pays for all of it: when a council may ask for one.

Source: Care Act 2014, sections 14(1)(b) and 18(3); SI 2014/2672, regulation 5 (from memory:
unverified).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wherewithal.charging.rules import cite
from wherewithal.dates import long_date
from wherewithal.money import down, pounds

DAYS_IN_WEEK, LONGEST_YEAR = 7, 366
"""The longest year counts, so that no year's weeks come to more than the year's cost."""


@dataclass(frozen=True, slots=True)
class ArrangementFacts:
    """What decides whether a fee may be asked for; ``yearly_cost`` is the council's own, in pence.

    ``told_on`` and ``agreed_on`` are the days the person was told the fee and agreed to it.
    """

    above_upper_limit: bool
    asked_us: bool
    carer: bool
    care_home: bool
    yearly_cost: int
    starts: date
    told_on: date | None = None
    agreed_on: date | None = None

    def __post_init__(self) -> None:
        if self.yearly_cost < 0:
            raise ValueError(f"The cost is {pounds(self.yearly_cost)}. It can't be below zero.")


@dataclass(frozen=True, slots=True)
class ArrangementFee:
    """The fee in pence a week, no fee where a reason stands in the way, and both in words."""

    weekly: int
    refused: tuple[str, ...]
    for_person: str
    source: str
    verified: bool = False


def arrangement_fee(facts: ArrangementFacts) -> ArrangementFee:
    """Decide the fee for arranging support: a year's own cost by the week, rounded down.

    It is billed for the days on which support is arranged, so a year of it never comes to more.
    """
    refused = tuple(_refusals(facts))
    weekly = 0 if refused else down(Fraction(facts.yearly_cost * DAYS_IN_WEEK, LONGEST_YEAR))
    if weekly:
        told = (
            f"You asked us to arrange your support, and you agreed to pay {pounds(weekly)} a week "
            "for that. It is what the work costs us, and no more. You can stop at any time."
        )
    else:
        told = "You pay nothing for our work of arranging your support."
    return ArrangementFee(weekly, refused, told, cite("arrangement"))


def _refusals(facts: ArrangementFacts) -> list[str]:
    """Return every reason why no fee may be asked for."""
    begins = long_date(facts.starts)
    checks = (
        (facts.carer, "A carer is never asked for a fee for arranging support."),
        (facts.care_home, "A fee is only for support outside a care home."),
        (
            not facts.above_upper_limit,
            "The person’s savings are not above the upper limit, so we arrange support for free.",
        ),
        (not facts.asked_us, "The person has not asked us to arrange their support."),
        (
            facts.told_on is None or facts.told_on >= facts.starts,
            f"Tell the person what the fee is before it starts on {begins}.",
        ),
        (
            facts.agreed_on is None or facts.agreed_on >= facts.starts,
            f"The person must agree to the fee before it starts on {begins}.",
        ),
    )
    return [reason for stands, reason in checks if stands]
