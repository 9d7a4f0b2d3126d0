"""A council's own choices about looking at accounts, as the pure rules take them."""

from dataclasses import dataclass, replace

from wherewithal.monitoring import account, tiers
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.policy.holding import CARRIED_OVER
from wherewithal.web.policy.settings import local


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice that a look at accounts needs (one query)."""

    flags: account.Limits
    tiers: tiers.Limits
    sample_percent: int
    sample_seed: str
    reserve_weeks: int
    carry_weeks: int

    def flags_of(self, holding: str) -> account.Limits:
        """Return the limits of an account: a provider may carry over less than a person keeps."""
        if holding != PlanLine.Holding.ISF:
            return self.flags
        return replace(self.flags, reserve_weeks=self.carry_weeks)


def settings_now() -> Settings:
    """Return the choices as they are set."""
    found = local(
        "surplus_reserve_weeks", "check_clean_months", "check_low_weekly", "check_first_weeks",
        "check_closer_months", "check_sample_percent", "check_sample_seed", "check_cash_percent",
        "check_silent_days", "check_contribution_periods", "check_manages_several",
        CARRIED_OVER,
    )  # fmt: skip
    number = {key: int(value) for key, value in found.items() if key != "check_sample_seed"}
    return Settings(
        flags=account.Limits(
            reserve_weeks=number["surplus_reserve_weeks"],
            cash_percent=number["check_cash_percent"],
            silent_days=number["check_silent_days"],
            manages_several=number["check_manages_several"],
            contribution_periods=number["check_contribution_periods"],
        ),
        tiers=tiers.Limits(
            clean_months=number["check_clean_months"],
            low_weekly=number["check_low_weekly"],
            first_weeks=number["check_first_weeks"],
            enhanced_months=number["check_closer_months"],
        ),
        sample_percent=number["check_sample_percent"],
        sample_seed=str(found["check_sample_seed"]),
        reserve_weeks=number["surplus_reserve_weeks"],
        carry_weeks=number[CARRIED_OVER],
    )
