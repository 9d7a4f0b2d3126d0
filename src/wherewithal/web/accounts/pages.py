"""Who may open which page, and where each role can go from anywhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import CARE, PUBLIC, STAFF, Role

OWN_PASSWORD = "accounts:my-password"  # noqa: S105  the name of an address
View = Callable[..., HttpResponseBase]


def page(roles: frozenset[Any]) -> Callable[[View], View]:
    """Declare who may open a view: ``PUBLIC``, or a set of roles.

    Someone not signed in is asked to, and comes back to the same page; a role that is not named
    gets "not allowed". A test walks every address and refuses a view without this declaration.
    Whoever signs in with a password that someone else knows chooses their own first. No browser
    keeps a copy of a page that is not public: the next to sit there must not go "back" to it.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if roles is not PUBLIC:
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                if request.user.role not in roles:
                    raise PermissionDenied
                if request.user.password_is_temporary and request.path != reverse(OWN_PASSWORD):
                    return redirect(OWN_PASSWORD)
            answer = view(request, *args, **kwargs)
            if roles is not PUBLIC:
                patch_cache_control(answer, private=True, no_store=True)
            return answer

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the test over all addresses
        return guarded

    return declare


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in; only for views that ``page`` has opened."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def onward(request: HttpRequest, otherwise: str) -> str:
    """Return the address in ``next`` where it is one of ours, so that nobody is led astray."""
    to = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if safe and to.startswith("/") else otherwise


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the links in the bar at the top for this reader: text, href, current."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        links = []
    else:
        links = [("Home", reverse("start:home"))] + [
            (text, reverse(name)) for text, name, roles in _PLACES if user.role in roles
        ]
    return [{"text": text, "href": href, "current": request.path == href} for text, href in links]


_PLACES = (
    ("Find someone", "casework:search", STAFF),
    ("Money", "start:money", CARE),
    ("To sign off", "sign_off:waiting", frozenset({Role.MANAGER})),
    ("Payments", "payments:runs", frozenset({Role.FINANCE})),
    ("Accounts", "checking:worklist", frozenset({Role.FINANCE})),
    ("Charges", "charges:home", frozenset({Role.FINANCE, Role.ADMINISTRATOR})),
    ("Books", "books:books", frozenset({Role.FINANCE, Role.ADMINISTRATOR})),
    ("Figures", "insight:figures", frozenset({Role.ANALYST, Role.MANAGER})),
    ("Policy room", "policy:room", frozenset({Role.ANALYST, Role.MANAGER, Role.ADMINISTRATOR})),
    ("Settings", "policy:settings", frozenset({Role.ADMINISTRATOR})),
    ("People who sign in", "accounts:users", frozenset({Role.ADMINISTRATOR})),
    ("Teams", "accounts:teams", frozenset({Role.ADMINISTRATOR})),
    ("Keys", "interface:keys", frozenset({Role.ADMINISTRATOR})),
    ("Runs by itself", "insight:duties", frozenset({Role.ADMINISTRATOR})),
)
