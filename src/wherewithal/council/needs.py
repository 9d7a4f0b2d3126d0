"""What people need, and the injustices in what is agreed for it."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.draws import Draws
from wherewithal.council.figures import value
from wherewithal.council.people import Flags, Folk, Table

Pence = NDArray[np.int64]
_SPREAD_OF_NEED = 0.95


@dataclass(frozen=True, slots=True)
class Injustices:
    """What is known to go wrong, as factors on cost: 1 is fair, 0.80 is a fifth less."""

    older: Decimal = Decimal("0.80")
    carer: Decimal = Decimal("0.88")

    def __post_init__(self) -> None:
        for name in ("older", "carer"):
            factor = Decimal(getattr(self, name))
            sound = factor.is_finite() and Decimal("0.1") <= factor <= 2
            if not sound or factor != round(factor, 4):
                raise ValueError(
                    f"The factor for {name!r} is {factor}. Use one from 0.1 to 2, of at most 4"
                    " digits after the point."
                )

    def applied(self, pence: Pence, older: Flags, with_carer: Flags) -> Pence:
        """Return costs with each person's factors applied, rounded half up to whole pence."""
        for factor, affected in ((self.older, older), (self.carer, with_carer)):
            over, under = factor.as_integer_ratio()
            pence = np.where(affected, (2 * pence * over + under) // (2 * under), pence)
        return pence


@dataclass(frozen=True, slots=True)
class Needs:
    """Each person's latent need, on the logit scale and from 0 to 1, and who has bad days."""

    logit: NDArray[np.float64]
    need: NDArray[np.float64]
    fluctuating: Flags


def draw_needs(draws: Draws, folk: Folk) -> Needs:
    """Draw need by reason for support."""
    centres, fluctuates = np.zeros(draws.people), np.zeros(draws.people)
    for profile, centre in value("need_by_reason").items():
        centres[folk.profile == profile] = centre
        fluctuates[folk.profile == profile] = value("fluctuating_by_reason")[profile]
    logit = centres + _SPREAD_OF_NEED * draws.normal("need")
    need = np.round(1 / (1 + np.exp(-logit)), 4)
    return Needs(logit, need, draws.yes("fluctuating", fluctuates))


def need_table(needs: Needs, true_cost: Pence) -> Table:
    """Make ``need``: what audits of the made-up council can be held against."""
    return {
        "person_id": np.arange(1, needs.need.size + 1),
        "need": needs.need,
        "fluctuating": needs.fluctuating,
        "true_weekly_cost_pence": true_cost,
    }
