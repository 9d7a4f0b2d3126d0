"""What is kept about looking at accounts."""

from wherewithal.web.checks.models.again import LookAgain
from wherewithal.web.checks.models.flags import Flag, FlagNote
from wherewithal.web.checks.models.looks import ArrangementReview, Look, TierDecision
from wherewithal.web.checks.models.surplus import Repayment, SurplusProposal

__all__ = [
    "ArrangementReview",
    "Flag",
    "FlagNote",
    "Look",
    "LookAgain",
    "Repayment",
    "SurplusProposal",
    "TierDecision",
]
