"""Studies: asked for, watched, read, approved; and the jobs behind them."""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wherewithal.scheme import SchemeMistakes
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.policy import actions, room, studies
from wherewithal.web.policy.models import SchemeVersion, Study
from wherewithal.web.policy.study_forms import FORMS, ApproveReportForm
from wherewithal.web.policy.views import ADMINISTRATORS, DECIDERS, READERS, WRITERS

EVERY_SECONDS = 5
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
FILES = {
    "html": ("report", "text/html; charset=utf-8"),
    "xlsx": ("workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": ("tables", "application/zip"),
    "yaml": ("fitted", "application/yaml; charset=utf-8"),
}


@page(WRITERS)
def ask(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Ask for a study of a version."""
    if kind not in FORMS:
        raise Http404
    version = get_object_or_404(SchemeVersion, pk=pk)
    form = FORMS[kind](request.POST or None, others=_others(version))
    if form.is_valid():
        try:
            made = studies.ask_study(
                by=signed_in(request), at=timezone.now(), kind=Study.Kind(kind), version=version,
                beside=form.beside(), options=form.options(),
            )  # fmt: skip
        except NotNow as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("policy:study", made.pk)
    facts = {"form": form, "version": version, "title": room.TITLES[Study.Kind(kind)]}
    alone = kind == Study.Kind.SIMULATE and not form.others
    return render(request, "policy/ask.jinja", facts | {"kind": kind, "alone": alone})


def _others(version: SchemeVersion) -> list[SchemeVersion]:
    """Return what a version can be compared with, the one in force first."""
    same = SchemeVersion.objects.filter(code=version.code).exclude(pk=version.pk)
    kept = same.exclude(status="withdrawn").defer("document").order_by("-published_on", "-id")
    today = timezone.localdate()
    return sorted(kept, key=lambda each: each.published_on is None or each.published_on > today)


@page(READERS)
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a study is, or what it found; it asks nobody to wait by the screen."""
    return _study(request, _found(pk))


def _study(request: HttpRequest, found: Study, **facts: Any) -> HttpResponse:
    reader = signed_in(request)
    watching = found.under_way and request.GET.get("watch") == "yes"
    facts = {"form": ApproveReportForm(), "refused": ""} | facts
    facts |= {
        "study": found,
        "facts": room.study_facts(found),
        "status": room.status_of(found),
        "colour": room.COLOURS[found.status],
        "about": room.ABOUT[Study.Kind(found.kind)],
        "watching": watching,
        "may_write": reader.role in WRITERS,
        "may_see_people": reader.role == Role.MANAGER,
        "may_decide": reader.role in DECIDERS,
        "not_you": room.may_approve(found, reader),
    }
    answer = render(request, "policy/study.jinja", facts)
    if watching:  # asked for by the reader, and paused by a link
        answer["Refresh"] = f"{EVERY_SECONDS}; url={request.get_full_path()}"
    return answer


@page(READERS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a whole report: its own page, in which nothing can run."""
    found = _with(pk, "report")
    answer = HttpResponse(found.report)
    answer["Content-Security-Policy"] = sealed(found.report)
    return answer


def sealed(page_: str) -> str:
    """Return the policy of a page that holds its one style sheet and needs nothing else."""
    styles = " ".join(
        f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
        for style in STYLE.findall(page_)
    )
    return (
        f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'; sandbox"
    )


@page(READERS)
def report_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give a report as a file: a page, a workbook, tables, or the fitted scheme."""
    if form not in FILES:
        raise Http404
    field, kind = FILES[form]
    found = _with(pk, field)
    content = getattr(found, field)
    if not content:
        raise Http404
    answer = HttpResponse(bytes(content) if form in {"xlsx", "zip"} else content, content_type=kind)
    name = f"{found.kind}-{found.scheme.code}-{found.scheme.version}-{found.pk}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@page(DECIDERS)
@require_POST
def approve_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve an equality report that was read."""
    found, form = _found(pk), ApproveReportForm(request.POST)
    if not form.is_valid():
        return _study(request, found, form=form)
    try:
        studies.approve_report(
            by=signed_in(request), at=timezone.now(), study=found, note=form.cleaned_data["note"]
        )
    except NotNow as refused:
        return _study(request, found, refused=str(refused))
    messages.success(request, f"The equality report on {found.scheme} is approved.")
    return redirect("policy:scheme", found.scheme_id)


@page(WRITERS)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Stop a study."""
    found = _found(pk)
    try:
        studies.stop_study(by=signed_in(request), at=timezone.now(), study=found)
    except NotNow as refused:
        return _study(request, found, refused=str(refused))
    messages.success(request, "The study is stopped.")
    return redirect("policy:study", pk)


@page(WRITERS | ADMINISTRATORS)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put a study that failed in line once more."""
    found = _found(pk)
    try:
        studies.try_again(by=signed_in(request), at=timezone.now(), study=found)
    except NotNow as refused:
        return _study(request, found, refused=str(refused))
    messages.success(request, "The study is in line again.")
    return redirect("policy:study", pk)


@page(WRITERS)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep the fitted scheme as a draft of one's own."""
    found = _with(pk, "fitted")
    if not found.fitted:
        raise Http404
    try:
        made = actions.draft_scheme(by=signed_in(request), at=timezone.now(), document=found.fitted)
    except (NotNow, SchemeMistakes) as refused:
        return _study(request, _found(pk), refused=str(refused))
    messages.success(request, f"{made} is kept as a draft.")
    return redirect("policy:scheme", made.pk)


@page(ADMINISTRATORS)
def jobs(request: HttpRequest) -> HttpResponse:
    """List what the computer does in the background: waiting, running, done, failed and why."""
    facts = {"rows": room.job_rows(), "here": reverse("policy:jobs")}
    return render(request, "policy/jobs.jinja", facts)


def _found(pk: int) -> Study:
    return get_object_or_404(Study.objects.outlines(), pk=pk)


def _with(pk: int, field: str) -> Study:
    found = Study.objects.select_related("scheme").filter(status__in=["done", "approved"])
    kept = ("kind", "scheme__code", "scheme__version", field)
    return get_object_or_404(found.only(*kept), pk=pk)
