"""Schemes from draft to published, and the settings of local practice."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wherewithal.scheme import SchemeMistakes
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.policy import actions
from wherewithal.web.policy.forms import DraftForm, PublishForm, SettingForm, WithdrawForm
from wherewithal.web.policy.models import SchemeVersion
from wherewithal.web.policy.presenters import history, moves, rows_of, scheme_facts
from wherewithal.web.policy.settings import BY_KEY, CHOICES, local, shown

READERS = frozenset({Role.ANALYST, Role.MANAGER, Role.ADMINISTRATOR})
WRITERS = frozenset({Role.ANALYST, Role.MANAGER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


@page(READERS)
def schemes(request: HttpRequest) -> HttpResponse:
    """List every version of every scheme, newest first."""
    found = SchemeVersion.objects.select_related("drafted_by", "approved_by").defer("document")
    on = timezone.localdate()
    facts = {"rows": rows_of(found.order_by("code", "-published_on", "-id"), on)}
    return render(request, "policy/schemes.jinja", facts | {"may_write": _writes(request)})


@page(READERS)
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one version: where it stands, who did what, and what is in it."""
    return _scheme(request, _version(pk))


@page(READERS)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a version's document as it was written."""
    version = _version(pk)
    response = HttpResponse(version.document, content_type="application/yaml; charset=utf-8")
    name = f"{version.code}-{version.version}.yaml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(WRITERS)
def draft(request: HttpRequest) -> HttpResponseBase:
    """Take a document, and name every mistake in it, or keep it as a draft."""
    form = DraftForm(request.POST or None, request.FILES or None)
    mistakes: tuple[Any, ...] = ()
    if form.is_valid():
        typed = form.cleaned_data["document"]
        try:
            made = actions.draft_scheme(by=signed_in(request), at=timezone.now(), document=typed)
        except SchemeMistakes as refused:
            mistakes = refused.mistakes
            form = _refused(typed, "Mend the mistakes that are listed below")
        except NotNow as refused:
            form = _refused(typed, str(refused))
        else:
            messages.success(request, f"{made} is kept as a draft. Someone else can approve it.")
            return redirect("policy:scheme", made.pk)
    return render(request, "policy/draft.jinja", {"form": form, "mistakes": mistakes})


def _refused(typed: str, why: str) -> DraftForm:
    """Show a document again in the box, where it can be mended, also where it came as a file."""
    form = DraftForm({"document": typed})
    form.add_error("document", why)
    return form


@page(WRITERS)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve what someone else drafted."""
    version = _version(pk)
    try:
        actions.approve_scheme(by=signed_in(request), at=timezone.now(), version=version)
    except NotNow as refused:
        return _scheme(request, version, refused=str(refused))
    messages.success(request, f"{version} is approved. It can now be published.")
    return redirect("policy:scheme", pk)


@page(WRITERS)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Publish an approved version from a day on."""
    version, form = _version(pk), PublishForm(request.POST)
    if not form.is_valid():
        return _scheme(request, version, publish_form=form)
    on, today = form.cleaned_data["on"], timezone.localdate()
    try:
        actions.publish_scheme(
            by=signed_in(request), at=timezone.now(), version=version, on=on, today=today
        )
    except NotNow as refused:
        form.add_error("on", str(refused))
        return _scheme(request, version, publish_form=form)
    messages.success(request, f"{version} is published.")
    return redirect("policy:scheme", pk)


@page(WRITERS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a version out of use, with a reason."""
    version, form = _version(pk), WithdrawForm(request.POST)
    if not form.is_valid():
        return _scheme(request, version, withdraw_form=form)
    why, today = form.cleaned_data["why"], timezone.localdate()
    try:
        actions.withdraw_scheme(
            by=signed_in(request), at=timezone.now(), version=version, why=why, today=today
        )
    except NotNow as refused:
        return _scheme(request, version, refused=str(refused))
    messages.success(request, f"{version} is withdrawn.")
    return redirect("policy:scheme", pk)


@page(ADMINISTRATORS)
def settings(request: HttpRequest) -> HttpResponse:
    """List every setting of local practice: as it is, and as it came."""
    values = local(*BY_KEY)
    rows = [
        {
            "choice": choice,
            "now": shown(choice, values[choice.key]),
            "default": shown(choice, choice.default),
            "changed": values[choice.key] != choice.default,
        }
        for choice in CHOICES
    ]
    return render(request, "policy/settings.jinja", {"rows": rows})


@page(ADMINISTRATORS)
def setting(request: HttpRequest, key: str) -> HttpResponseBase:
    """Change one setting."""
    if key not in BY_KEY:
        raise Http404
    choice, value = BY_KEY[key], local(key)[key]
    form = SettingForm(request.POST or None, choice=choice, value=value)
    if form.is_valid():
        new = form.cleaned_data["value"]
        actions.change_setting(by=signed_in(request), at=timezone.now(), key=key, value=new)
        messages.success(request, f"{choice.label}: now {shown(choice, new)}.")
        return redirect("policy:settings")
    facts = {"form": form, "choice": choice, "default": shown(choice, choice.default)}
    return render(request, "policy/setting.jinja", facts)


def _version(pk: int) -> SchemeVersion:
    found = SchemeVersion.objects.select_related("drafted_by", "approved_by")
    return get_object_or_404(found, pk=pk)


def _writes(request: HttpRequest) -> bool:
    return signed_in(request).role in WRITERS


def _scheme(request: HttpRequest, version: SchemeVersion, **facts: Any) -> HttpResponse:
    on = timezone.localdate()
    shown_forms = {"publish_form": PublishForm(initial={"on": on}), "withdraw_form": WithdrawForm()}
    facts = shown_forms | {"refused": ""} | facts
    may = moves(version, signed_in(request)) if _writes(request) else frozenset()
    facts |= {"version": version, "facts": scheme_facts(version, on), "may": may}
    facts |= {"history": history(version), "forms": [facts["publish_form"], facts["withdraw_form"]]}
    return render(request, "policy/scheme.jinja", facts)
