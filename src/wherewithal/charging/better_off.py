"""Couples: one person is assessed alone, and a look at both can only lower what they pay.

Nobody is charged on a partner's money. A partner who wants to may show theirs: where they are left
with less than they must keep, that much is taken off the person's charge.
"""

from dataclasses import dataclass
from fractions import Fraction

from wherewithal.charging.assess import ChargeAssessment, assess
from wherewithal.charging.facts import CouncilSettings, FinancialFacts
from wherewithal.charging.parameters import Parameters
from wherewithal.charging.rules import cite
from wherewithal.charging.steps import written
from wherewithal.money import pounds, up


@dataclass(frozen=True, slots=True)
class BetterOff:
    """What the person pays after looking at both; never more than alone. Pence a week."""

    alone: int
    together: int
    short: Fraction
    for_person: str
    source: str
    verified: bool = False

    @property
    def helps(self) -> bool:
        """Say whether the look at both lowers the charge."""
        return self.together < self.alone


def better_off(
    charge: ChargeAssessment,
    partner: FinancialFacts,
    parameters: Parameters,
    settings: CouncilSettings,
) -> BetterOff:
    """Return what a person pays once the partner's shortfall is taken off the charge.

    ``partner`` holds the partner's own money and their own half of shared costs, as one of a
    couple. Someone who pays in full is not helped: their savings decide that.

    Raises:
        ValueError: the partner's facts are not those of one of a couple.
    """
    if partner.household != "couple":
        raise ValueError("Enter the partner as one of a couple.")
    theirs = assess(partner, parameters, cost_weekly=1, settings=settings)
    gap = Fraction(0) if theirs.available is None else max(Fraction(0), -theirs.available)
    alone = charge.contribution
    together = alone if charge.full_cost else max(0, alone - up(gap))
    if together < alone:
        told = (
            f"Your partner chose to show us their money. They have {written(gap)} a week less than "
            f"they must keep, so you pay {pounds(together)} a week instead of {pounds(alone)}."
        )
    else:
        told = "Your partner chose to show us their money. It does not change what you pay."
    return BetterOff(alone, together, gap, told, cite("partner"))
