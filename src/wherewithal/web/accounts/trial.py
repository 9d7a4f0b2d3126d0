"""Sign-in by one click, for a made-up council on this machine alone."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from wherewithal.web.accounts.models import User

PASSED_ON = (
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED",
    "HTTP_X_REAL_IP", "HTTP_VIA",
)  # fmt: skip
"""Headers by which a proxy says that it passes on what somebody else asked."""


@dataclass(frozen=True, slots=True)
class Example:
    """An account that someone can try: ``slug`` stands in its address and its user name."""

    slug: str
    name: str
    article: str
    sentence: str


EXAMPLES = (
    Example("person", "Person", "a person", "Your support is in place. See your budget and why."),
    Example(
        "person-2",
        "Someone new",
        "someone new",
        "You have only just asked for help. Say what your days are like.",
    ),
    Example(
        "supporter",
        "Supporter",
        "a supporter",
        "Help someone close to you with their answers. They said that you may.",
    ),
    Example(
        "practitioner",
        "Practitioner",
        "a practitioner",
        "See who needs you today. Have the talk, not the form.",
    ),
    Example(
        "manager",
        "Manager",
        "a manager",
        "Read the plans of your team, and sign them off or say why not.",
    ),
    Example(
        "finance",
        "Finance officer",
        "a finance officer",
        "Work out fair charges. Prepare what is to be paid.",
    ),
    Example(
        "finance-2",
        "Second finance officer",
        "a second finance officer",
        "Check what the first one prepared, and approve it.",
    ),
    Example(
        "analyst",
        "Analyst",
        "an analyst",
        "See who gets what, with no names. Bring in a new scheme.",
    ),
    Example(
        "administrator",
        "Administrator",
        "an administrator",
        "Set how the council does things, and who may sign in.",
    ),
)


def allowed(request: HttpRequest) -> bool:
    """Say whether one-click sign-in may answer: on trial, asked from this very machine.

    A request that a proxy passed on says so in a header, and is refused: it may come from anywhere.
    """
    if not settings.TRIAL or any(header in request.META for header in PASSED_ON):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def example(slug: str) -> User | None:
    """Return the account ``trial-<slug>``, or else the first of the role of that name."""
    active = User.objects.filter(is_active=True)
    named = active.filter(username=f"trial-{slug}").first()
    return named or active.filter(role=slug).order_by("id").first()
