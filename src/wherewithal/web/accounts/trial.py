"""Sign-in by one click, for a made-up council on this machine alone."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class ToTry:
    """A role that someone can try, and what they would do in it."""

    role: Role
    article: str
    sentence: str

    @property
    def name(self) -> str:
        """The role's name."""
        return self.role.label


ROLES_TO_TRY = (
    ToTry(
        Role.PERSON,
        "a person",
        "Say what your days are like. See your figure and why, and make your plan.",
    ),
    ToTry(
        Role.SUPPORTER,
        "a supporter",
        "Help someone close to you with their answers. They said that you may.",
    ),
    ToTry(
        Role.PRACTITIONER, "a practitioner", "See who needs you today. Have the talk, not the form."
    ),
    ToTry(
        Role.MANAGER, "a manager", "Read the plans of your team, and sign them off or say why not."
    ),
    ToTry(
        Role.FINANCE, "a finance officer", "Work out fair charges. Pay people on time, and once."
    ),
    ToTry(Role.ANALYST, "an analyst", "See who gets what, with no names. Bring in a new scheme."),
    ToTry(
        Role.ADMINISTRATOR,
        "an administrator",
        "Set how the council does things, and who may sign in.",
    ),
)


def allowed(request: HttpRequest) -> bool:
    """Say whether one-click sign-in may answer: on trial, asked from this very machine.

    A request that a proxy passed on says so in a header, and is refused: it may come from anywhere.
    """
    if not settings.TRIAL or "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def example(role: Role) -> User | None:
    """Return the account that stands for a role: ``trial-<role>``, or the first of that role."""
    active = User.objects.filter(role=role, is_active=True)
    return active.filter(username=f"trial-{role}").first() or active.order_by("id").first()
