"""Payment runs: prepared by one officer, approved by another, then files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wherewithal.banking.payments_csv import write_bureau_csv, write_payments_csv
from wherewithal.banking.standard18 import write_standard18
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.payments import actions, presenters
from wherewithal.web.payments.calendar import bank_holidays
from wherewithal.web.payments.forms import CancelForm, PrepareForm
from wherewithal.web.payments.models import Run

FINANCE = frozenset({Role.FINANCE})


@page(FINANCE)
def runs(request: HttpRequest) -> HttpResponse:
    """List the runs, newest first."""
    found = Run.objects.select_related("prepared_by", "approved_by").order_by("-id")
    listed = Paginator(found, 20).get_page(request.GET.get("page"))
    return render(request, "payments/runs.jinja", {"runs": listed})


@page(FINANCE)
def prepare(request: HttpRequest) -> HttpResponseBase:
    """Choose the days and the pay day, and work the run out."""
    form = PrepareForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        made = actions.prepare_run(
            period=form.chosen(), pay_on=form.cleaned_data["pay_on"],
            by=signed_in(request), at=timezone.now(),
        )  # fmt: skip
        return redirect("payments:run", pk=made.id)
    return render(request, "payments/prepare.jinja", {"form": form})


@page(FINANCE)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run: its totals, its payments, who was left out and why."""
    found = get_object_or_404(Run.objects.select_related("prepared_by", "approved_by"), pk=pk)
    payments = found.payments.select_related("person").order_by("person__family_name", "id")
    listed = Paginator(payments, 50).get_page(request.GET.get("page"))
    return render(request, "payments/run.jinja", {
        "run": found,
        "payments": listed,
        "days": presenters.days(found.period),
        "may_approve": found.status == Run.Status.PREPARED
        and found.prepared_by_id != signed_in(request).id,
    })  # fmt: skip


@page(FINANCE)
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve a prepared run (only by posting: the page with the button is the run's own)."""
    get_object_or_404(Run, pk=pk)
    if request.method == "POST":
        try:
            actions.approve_run(
                run_id=pk, by=signed_in(request), at=timezone.now(), holidays=bank_holidays()
            )
        except NotNow as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, "The run is approved. Its files are ready.")
    return redirect("payments:run", pk=pk)


@page(FINANCE)
def cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a prepared run up, with a reason."""
    found = get_object_or_404(Run, pk=pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_run(
                run_id=pk, reason=form.cleaned_data["reason"],
                by=signed_in(request), at=timezone.now(),
            )  # fmt: skip
        except NotNow as problem:
            messages.error(request, str(problem))
        return redirect("payments:run", pk=pk)
    return render(request, "payments/cancel.jinja", {"form": form, "run": found})


@page(FINANCE)
def standard18(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the Bacs Standard 18 file of an approved run."""
    found = get_object_or_404(Run, pk=pk, status=Run.Status.APPROVED)
    approved = timezone.localtime(found.approved_at).date()
    try:
        text = write_standard18(
            presenters.credits_of(found), presenters.originator(), serial=found.id % 999_999 or 1,
            created=approved, processing=actions.processing_day(found.pay_on, bank_holidays()),
            file_number=1, holidays=bank_holidays(),
        )  # fmt: skip
    except ValueError as problem:
        messages.error(request, f"The file was not made. {problem}")
        return redirect("payments:run", pk=pk)
    return _file(text, "text/plain", f"run-{found.id}-standard18.txt")


@page(FINANCE)
def bureau_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the file for a payment bureau: no header, one line a payment."""
    found = get_object_or_404(Run, pk=pk, status=Run.Status.APPROVED)
    text = write_bureau_csv(
        presenters.credits_of(found), presenters.originator(), pay_day=found.pay_on
    )
    return _file(text, "text/csv", f"run-{found.id}-bureau.csv")


@page(FINANCE)
def payments_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the payments for people to read, with control totals."""
    found = get_object_or_404(Run, pk=pk, status=Run.Status.APPROVED)
    text = write_payments_csv(presenters.credits_of(found))
    return _file(text, "text/csv", f"run-{found.id}-payments.csv")


def _file(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
