"""Schemes from draft to published, and the settings of local practice."""

import re
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
from wherewithal.web.policy import actions, room
from wherewithal.web.policy.forms import DraftForm, PublishForm, SettingForm, WithdrawForm
from wherewithal.web.policy.models import SchemeVersion, Study
from wherewithal.web.policy.presenters import history, moves, rows_of, scheme_facts
from wherewithal.web.policy.schemes import document_in, scheme_of
from wherewithal.web.policy.settings import BY_KEY, CHOICES, local, shown

READERS = frozenset({Role.ANALYST, Role.MANAGER, Role.ADMINISTRATOR})
WRITERS = frozenset({Role.ANALYST, Role.MANAGER})
DECIDERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VERSION = re.compile(r"^version:.*$", re.MULTILINE)


@page(READERS)
def policy_room(request: HttpRequest) -> HttpResponse:
    """Show what is in force, what is being drafted, and what is being found out about it."""
    on = timezone.localdate()
    found = SchemeVersion.objects.select_related("drafted_by", "approved_by").defer("document")
    rows = rows_of(found.exclude(status="withdrawn").order_by("code", "-published_on", "-id"), on)
    studies = list(Study.objects.outlines().order_by("-asked_at")[:40])
    open_ones = [row for row in rows if row["version"].status in {"draft", "approved"}]
    facts = {
        "live": [row for row in rows if row["in_force"]],
        "drafts": [row | {"next": room.what_is_next(row["version"], studies)} for row in open_ones],
        "under_way": room.study_rows(each for each in studies if each.under_way),
        "results": room.study_rows(each for each in studies if not each.under_way),
        "may_write": _writes(request),
        "may_see_jobs": signed_in(request).role in ADMINISTRATORS,
    }
    return render(request, "policy/room.jinja", facts)


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


@page(READERS)
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a version as a workbook, for those who live in spreadsheets."""
    from wherewithal.scheme.workbook import to_workbook  # heavy

    version = _version(pk)
    response = HttpResponse(to_workbook(scheme_of(version)), content_type=SPREADSHEET)
    name = f"{version.code}-{version.version}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(READERS)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what is in a version, what is worth a look, and what differs from another."""
    version = _version(pk)
    scheme, beside = scheme_of(version), _beside(request, version)
    facts = {
        "version": version,
        "facts": room.checked(scheme),
        "notes": room.worth_a_look(scheme),
        "beside": beside,
        "groups": room.grouped(scheme_of(beside), scheme) if beside else [],
        "may_write": _writes(request),
    }
    return render(request, "policy/check.jinja", facts)


def _beside(request: HttpRequest, version: SchemeVersion) -> SchemeVersion | None:
    """Return the version that was asked for, or the one in force."""
    same = SchemeVersion.objects.filter(code=version.code).exclude(pk=version.pk)
    wanted = request.GET.get("beside", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 18:
        return same.filter(pk=int(wanted)).first()
    today = timezone.localdate()
    live = same.filter(status="published", published_on__lte=today).order_by("-published_on", "-id")
    return live.first()


@page(WRITERS)
def draft(request: HttpRequest) -> HttpResponseBase:
    """Take a document, and name every mistake in it, or keep it as a draft."""
    form = DraftForm(request.POST or None, request.FILES or None, initial=_start_from(request))
    mistakes: tuple[Any, ...] = ()
    if form.is_valid():
        typed = form.cleaned_data["document"]
        try:
            typed = typed or document_in(form.cleaned_data["workbook"])
            made = actions.draft_scheme(by=signed_in(request), at=timezone.now(), document=typed)
        except SchemeMistakes as refused:
            mistakes = refused.mistakes
            form = _refused(typed, "Mend the mistakes that are listed below")
        except NotNow as refused:
            form = _refused(typed, str(refused))
        else:
            messages.success(request, f"{made} is kept as a draft. Check it, and see who it moves.")
            return redirect("policy:check", made.pk)
    return render(request, "policy/draft.jinja", {"form": form, "mistakes": mistakes})


def _start_from(request: HttpRequest) -> dict[str, str]:
    """Return the document of the version that was asked for, under the next version's number."""
    wanted = request.GET.get("from", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 18):
        return {}
    version = SchemeVersion.objects.filter(pk=int(wanted)).first()
    if version is None:
        return {}
    taken = SchemeVersion.objects.filter(code=version.code).values_list("version", flat=True)
    number = room.next_version(version, taken)
    return {"document": VERSION.sub(f'version: "{number}"', version.document, count=1)}


def _refused(typed: str, why: str) -> DraftForm:
    """Show a document again in the box, where it can be mended, also where it came as a file."""
    form = DraftForm({"document": typed})
    form.add_error("document" if typed else "file", why)
    return form


@page(READERS)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve what someone else drafted."""
    version = _version(pk)
    try:
        actions.approve_scheme(by=signed_in(request), at=timezone.now(), version=version)
    except NotNow as refused:
        return _scheme(request, version, refused=str(refused))
    messages.success(request, f"{version} is approved. What it still needs is below.")
    return redirect("policy:scheme", pk)


@page(DECIDERS)
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
        actions.change_setting(
            by=signed_in(request), at=timezone.now(), key=key, value=new,
            equality=form.cleaned_data.get("equality", ""),
        )  # fmt: skip
        messages.success(request, f"{choice.label}: now {shown(choice, new)}.")
        return redirect("policy:settings")
    facts = {"form": form, "choice": choice, "default": shown(choice, choice.default)}
    return render(request, "policy/setting.jinja", facts)


def _report_of(version: SchemeVersion) -> Study | None:
    return Study.objects.equality_reports(version).select_related("approved_by").first()


def _version(pk: int) -> SchemeVersion:
    found = SchemeVersion.objects.select_related("drafted_by", "approved_by")
    return get_object_or_404(found, pk=pk)


def _decides(request: HttpRequest) -> bool:
    return signed_in(request).role in DECIDERS


def _writes(request: HttpRequest) -> bool:
    return signed_in(request).role in WRITERS


def _scheme(request: HttpRequest, version: SchemeVersion, **facts: Any) -> HttpResponse:
    on = timezone.localdate()
    shown_forms = {"publish_form": PublishForm(initial={"on": on}), "withdraw_form": WithdrawForm()}
    facts = shown_forms | {"refused": ""} | facts
    may = moves(version, signed_in(request), writes=_writes(request), decides=_decides(request))
    found = list(Study.objects.outlines().filter(scheme=version).order_by("-asked_at"))
    facts |= {"road": room.road_of(version, found), "studies": room.study_rows(found)}
    facts |= {"may_write": _writes(request), "report": _report_of(version)}
    facts |= {"version": version, "facts": scheme_facts(version, on), "may": may}
    facts |= {"history": history(version), "forms": [facts["publish_form"], facts["withdraw_form"]]}
    return render(request, "policy/scheme.jinja", facts)
