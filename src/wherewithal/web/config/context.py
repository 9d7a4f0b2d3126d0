"""What every page knows: whose council this is, whether it is made up, where the reader may go."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest

from wherewithal.web.accounts.pages import navigation
from wherewithal.web.policy.settings import council


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the layout needs on every page."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    ours = council()
    return {
        "demo": settings.TRIAL,
        "reader": user if signed_in else None,
        "navigation": navigation(request),
        "messages": get_messages(request),
        "council": ours,
        "council_name": ours["council_name"],
    }
