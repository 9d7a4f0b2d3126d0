"""Who may decide about a budget of which size: a council's own choice, in settings."""

from dataclasses import dataclass

from wherewithal.money import pounds
from wherewithal.web.accounts.roles import Role
from wherewithal.web.policy.settings import local


@dataclass(frozen=True, slots=True)
class Limits:
    """Pence a week up to which a practitioner, and a manager, may sign off."""

    practitioner: int
    manager: int


def limits_now() -> Limits:
    """Return the limits as they are set."""
    found = local("practitioner_limit_weekly", "manager_limit_weekly")
    return Limits(int(found["practitioner_limit_weekly"]), int(found["manager_limit_weekly"]))


def why_not_decide(*, role: str, own_plan: bool, figure: int, limits: Limits) -> str:
    """Say why someone may not decide about a budget at all; empty where they may."""
    if role == Role.PRACTITIONER:
        if limits.practitioner and figure <= limits.practitioner:
            return ""
        return "A manager decides about this budget."
    if own_plan:
        return "You sent this plan for sign-off yourself, so someone else must decide about it."
    return ""


def needs_panel(*, figure: int, limits: Limits) -> str:
    """Say that a figure is for the panel; empty where a manager may sign it off alone."""
    if figure <= limits.manager:
        return ""
    return (
        f"{pounds(figure)} a week is above {pounds(limits.manager)}, so a panel decides."
        " Send it to the panel."
    )
