"""The council's own choices about charging, as they are kept with each charge."""

from typing import Any

from wherewithal.charging.facts import CouncilSettings
from wherewithal.charging.rules import kinds
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local

KEYS = (
    "charge_percentage", "charge_carers", "minimum_charge_weekly", "maximum_charge_weekly",
    "guarantee_uplift_percent", "guarantee_uplift_weekly", "night_care_not_counted",
    "upper_capital_limit", "lower_capital_limit", "standard_expenses_weekly",
)  # fmt: skip
LOCAL_HOUSING = {
    kind.id: f"local_housing_{kind.id.replace('-', '_')}"
    for kind in kinds("housing").values()
    if kind.local
}


def chosen_now() -> dict[str, int | str | bool]:
    """Read the council's choices about charging (one query)."""
    return local(*KEYS, *LOCAL_HOUSING.values())


def settings_for(person: Person, chosen: dict[str, int | str | bool]) -> dict[str, Any]:
    """Return the choices as they apply to a person, ready to be kept with a charge."""
    return {
        "charges": person.kind == Person.Kind.ADULT or bool(chosen["charge_carers"]),
        "percentage": int(chosen["charge_percentage"]),
        "minimum_weekly": int(chosen["minimum_charge_weekly"]),
        "maximum_weekly": int(chosen["maximum_charge_weekly"]) or None,
        "guarantee_uplift_percent": int(chosen["guarantee_uplift_percent"]),
        "guarantee_uplift_weekly": int(chosen["guarantee_uplift_weekly"]),
        "night_care_not_counted": bool(chosen["night_care_not_counted"]),
        "upper_capital_limit": int(chosen["upper_capital_limit"]) or None,
        "lower_capital_limit": int(chosen["lower_capital_limit"]) or None,
        "standard_expenses": int(chosen["standard_expenses_weekly"]),
        "local_housing": sorted(kind for kind, key in LOCAL_HOUSING.items() if chosen[key]),
    }


def council_settings(kept: dict[str, Any]) -> CouncilSettings:
    """Return kept choices as the financial assessment takes them.

    Raises:
        ValueError: one of them would leave a person worse off than the national rule.
    """
    housing = frozenset(kept.get("local_housing", ()))
    return CouncilSettings(**{**kept, "local_housing": housing})
