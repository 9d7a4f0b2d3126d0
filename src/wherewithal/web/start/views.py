"""The public pages, the way home for every role, and what to say when something goes wrong."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from wherewithal.allocation.record import CouncilFacts, Record, transparency_record
from wherewithal.allocation.record import files as record_files
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import EVERYONE, PUBLIC, Role
from wherewithal.web.accounts.trial import EXAMPLES
from wherewithal.web.policy.models import SchemeVersion
from wherewithal.web.policy.schemes import scheme_of
from wherewithal.web.policy.settings import COUNCIL, RECORD, local
from wherewithal.web.start.figure import explained
from wherewithal.web.start.learn import MIXED, PAGES, WAYS

HOMES = {
    Role.PERSON: "casework:mine",
    Role.SUPPORTER: "casework:mine",
    Role.PRACTITIONER: "casework:home",
    Role.MANAGER: "casework:home",
    Role.FINANCE: "start:money",
    Role.ANALYST: "insight:figures",
    Role.ADMINISTRATOR: "policy:settings",
}


@page(PUBLIC)
def welcome(request: HttpRequest) -> HttpResponse:
    """Greet anyone, and show the ways in."""
    to_try = EXAMPLES if settings.TRIAL else ()
    return render(request, "start/welcome.jinja", {"to_try": to_try})


@page(EVERYONE)
def home(request: HttpRequest) -> HttpResponseBase:
    """Send each role to where its day begins."""
    return redirect(HOMES[Role(signed_in(request).role)])


@page(PUBLIC)
def what(request: HttpRequest) -> HttpResponse:
    """Say what a personal budget is, and the steps to one."""
    return render(request, "start/what.jinja", {"pages": PAGES, "here": "start:what"})


@page(PUBLIC)
def who(request: HttpRequest) -> HttpResponse:
    """Say who can have a personal budget."""
    return render(request, "start/who.jinja", {"pages": PAGES, "here": "start:who"})


@page(PUBLIC)
def ways(request: HttpRequest) -> HttpResponse:
    """Set the ways to hold the money beside one another."""
    facts = {"pages": PAGES, "here": "start:ways", "ways": WAYS, "mixed": MIXED}
    return render(request, "start/ways.jinja", facts)


@page(PUBLIC)
def figure(request: HttpRequest) -> HttpResponse:
    """Show the whole scheme in force: every question, every price, every rule."""
    version = _live()
    facts: dict[str, Any] = {"pages": PAGES, "here": "start:figure", "version": version}
    if version is not None:
        facts["scheme"] = explained(scheme_of(version))
    return render(request, "start/figure.jinja", facts)


@page(PUBLIC)
def scheme_file(request: HttpRequest) -> HttpResponse:
    """Give the scheme in force as the document it is published in."""
    version = _live()
    if version is None:
        raise Http404
    name = f"{version.code}-{version.version}.yaml"
    response = HttpResponse(version.document, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(PUBLIC)
def record(request: HttpRequest) -> HttpResponse:
    """Show the transparency record of the scheme in force, written from the scheme itself."""
    version = _live()
    facts: dict[str, Any] = {"pages": PAGES, "here": "start:record", "version": version}
    if version is not None:
        facts["record"] = found = _record(request, version)
        facts |= {"about": record_files.about(found), "heading": record_files.heading}
    return render(request, "start/record.jinja", facts)


@page(PUBLIC)
def record_file(request: HttpRequest) -> HttpResponse:
    """Give the transparency record as JSON, for machines to read."""
    version = _live()
    if version is None:
        raise Http404
    told = record_files.to_json(_record(request, version))
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="record-{version.version}.json"'
    return response


def _record(request: HttpRequest, version: SchemeVersion) -> Record:
    keys = {fact: f"record_{fact}" for fact in RECORD}
    said = local(*COUNCIL, *keys.values())
    council = {name.removeprefix("council_"): str(said[name]) for name in COUNCIL}
    facts = CouncilFacts(
        **council,
        **{fact: str(said[key]) for fact, key in keys.items()},
        website=request.build_absolute_uri(reverse("start:figure")),
        in_use_from=version.published_on,
    )
    return transparency_record(scheme_of(version), written_on=timezone.localdate(), facts=facts)


@page(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement, on the government's model."""
    return render(request, "start/accessibility.jinja")


@page(PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what we do with what people tell us."""
    return render(request, "start/privacy.jinja")


@page(PUBLIC)
def help_page(request: HttpRequest) -> HttpResponse:
    """Say whom to call, and what to do in an emergency."""
    return render(request, "start/help.jinja")


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this role does not open this page."""
    return render(request, "start/not_allowed.jinja", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is here, without telling whether someone is known to the council."""
    return render(request, "start/not_found.jinja", status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours and that what was saved stays saved.

    The database may be what failed, so this page asks it nothing: no reader, no settings.
    """
    page_text = render_to_string("start/went_wrong.jinja", {"demo": settings.TRIAL})
    return HttpResponse(page_text, status=500)


def form_expired(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """Say that the page was open too long or cookies are off, and how to go on."""
    return render(request, "start/form_expired.jinja", status=403)


def _live() -> SchemeVersion | None:
    try:
        return SchemeVersion.objects.live(timezone.localdate())
    except SchemeVersion.DoesNotExist:
        return None
