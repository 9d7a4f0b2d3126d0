"""The public pages, the way home for every role, and what to say when something goes wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import EVERYONE, PUBLIC, Role

HOMES = {
    Role.PERSON: "casework:mine",
    Role.SUPPORTER: "casework:mine",
    Role.PRACTITIONER: "casework:home",
    Role.MANAGER: "casework:home",
    Role.FINANCE: "payments:runs",
    Role.ANALYST: "policy:figures",
    Role.ADMINISTRATOR: "policy:settings",
}


@page(PUBLIC)
def welcome(request: HttpRequest) -> HttpResponse:
    """Greet anyone, and show the ways in."""
    return render(request, "start/welcome.jinja")


@page(EVERYONE)
def home(request: HttpRequest) -> HttpResponseBase:
    """Send each role to where its day begins."""
    return redirect(HOMES[Role(signed_in(request).role)])


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this role does not open this page."""
    return render(request, "start/not_allowed.jinja", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is here, without telling whether someone is known to the council."""
    return render(request, "start/not_found.jinja", status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours and that what was saved stays saved."""
    return render(request, "start/went_wrong.jinja", status=500)


def form_expired(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """Say that the page was open too long or cookies are off, and how to go on."""
    return render(request, "start/form_expired.jinja", status=403)
