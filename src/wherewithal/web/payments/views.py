"""Payment runs: prepared and checked, approved by another officer, released, confirmed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.payments import actions, presenters
from wherewithal.web.payments.calendar import bank_holidays
from wherewithal.web.payments.checking import as_kept, checks_of
from wherewithal.web.payments.forms import CancelForm, CheckForm, PrepareForm
from wherewithal.web.payments.late.alarm import came_back_untold, told_in_words
from wherewithal.web.payments.late.now import late_now
from wherewithal.web.payments.models import Run, RunFile

FINANCE = frozenset({Role.FINANCE})
WHO = ("prepared_by", "checked_by", "approved_by", "released_by", "confirmed_by")


@page(FINANCE)
def runs(request: HttpRequest) -> HttpResponse:
    """List the runs, newest first."""
    found = Run.objects.select_related("prepared_by", "approved_by").order_by("-id")
    listed = Paginator(found, 20).get_page(request.GET.get("page"))
    today = timezone.localdate()
    facts: dict[str, Any] = {"runs": listed, "late": told_in_words(late_now(today), today)}
    facts["to_tell"] = came_back_untold().count()
    return render(request, "payments/runs.jinja", facts)


@page(FINANCE)
def prepare(request: HttpRequest) -> HttpResponseBase:
    """Choose the days and the pay day, and work the run out."""
    form = PrepareForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.prepare_run(
                period=form.chosen(), pay_on=form.cleaned_data["pay_on"],
                kind=form.cleaned_data["kind"], **stamp(request),
            )  # fmt: skip
        except NotNow as problem:
            messages.error(request, str(problem))
            return redirect("payments:prepare")
        return redirect("payments:run", pk=made.id)
    return render(request, "payments/prepare.jinja", {"form": form})


@page(FINANCE)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run: its totals, its payments, who was left out and why."""
    found = get_object_or_404(Run.objects.select_related(*WHO), pk=pk)
    payments = found.payments.select_related("person").order_by("person__family_name", "id")
    listed = Paginator(payments, 50).get_page(request.GET.get("page"))
    return render(request, "payments/run.jinja", {
        "run": found,
        "payments": listed,
        "days": presenters.days(found.period),
        "how_many": presenters.how_many(found),
        "may_approve": found.prepared_by_id != signed_in(request).id,
        "may_confirm": found.pay_on <= timezone.localdate(),
        "files": found.files.order_by("id").defer("content"),
    })  # fmt: skip


@page(FINANCE)
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what differs from the last run, and say what was looked into."""
    found = get_object_or_404(Run, pk=pk, status=Run.Status.PREPARED)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if done(request, lambda: actions.check_run(run_id=pk, note=note, **stamp(request))):
            messages.success(request, "The run is checked. Now someone else can approve it.")
            return redirect("payments:run", pk=pk)
    checks = as_kept(checks_of(found))
    facts = {"run": found, "checks": checks, "form": form, "days": presenters.days(found.period)}
    return render(request, "payments/check.jinja", facts)


@page(FINANCE)
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve a checked run (only by posting: the page with the button is the run's own)."""
    get_object_or_404(Run, pk=pk)
    if request.method == "POST" and done(request, lambda: actions.approve_run(
        run_id=pk, holidays=bank_holidays(), **stamp(request)
    )):  # fmt: skip
        messages.success(request, "The run is approved. Now it can be released.")
    return redirect("payments:run", pk=pk)


@page(FINANCE)
def release(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Release an approved run: its files are made and kept (only by posting)."""
    get_object_or_404(Run, pk=pk)
    if request.method == "POST" and done(request, lambda: actions.release_run(
        run_id=pk, holidays=bank_holidays(), **stamp(request)
    )):  # fmt: skip
        messages.success(request, "The run is released. Its files are ready: send one of them.")
    return redirect("payments:run", pk=pk)


@page(FINANCE)
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that the council's bank has paid a run (only by posting)."""
    get_object_or_404(Run, pk=pk)
    if request.method == "POST" and done(
        request, lambda: actions.confirm_run(run_id=pk, **stamp(request))
    ):
        messages.success(request, "The run is confirmed.")
    return redirect("payments:run", pk=pk)


@page(FINANCE)
def cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a prepared run up, with a reason."""
    found = get_object_or_404(Run, pk=pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done(request, lambda: actions.cancel_run(run_id=pk, reason=reason, **stamp(request)))
        return redirect("payments:run", pk=pk)
    return render(request, "payments/cancel.jinja", {"form": form, "run": found})


@page(FINANCE)
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Give one file of a released run: the same bytes every time."""
    kept = get_object_or_404(RunFile, run=pk, kind=kind)
    answer = HttpResponse(bytes(kept.content), content_type=f"{kept.media}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kept.name}"'
    return answer


def stamp(request: HttpRequest) -> dict[str, Any]:
    """Return who does something, and when."""
    return {"by": signed_in(request), "at": timezone.now()}


def done(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Do something, and say whether it was done; if not, the reader is told why."""
    try:
        act()
    except NotNow as problem:
        messages.error(request, str(problem))
        return False
    return True
