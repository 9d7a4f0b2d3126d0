"""A council's own choices about looking at accounts, as the pure rules take them."""

from dataclasses import dataclass

from wherewithal.monitoring import account, tiers
from wherewithal.web.policy.settings import local


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice that a look at accounts needs (one query)."""

    flags: account.Limits
    tiers: tiers.Limits
    sample_percent: int
    sample_seed: str
    reserve_weeks: int


def settings_now() -> Settings:
    """Return the choices as they are set."""
    found = local(
        "surplus_reserve_weeks", "check_clean_months", "check_low_weekly", "check_first_weeks",
        "check_closer_months", "check_sample_percent", "check_sample_seed", "check_cash_percent",
        "check_silent_days", "check_contribution_periods", "check_manages_several",
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
    )
