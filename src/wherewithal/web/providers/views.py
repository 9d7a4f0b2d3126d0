"""Bills from providers: listed, entered, held against the plan, decided."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from wherewithal.banking.bills_csv import BillsError, read_bills
from wherewithal.dates import ONE_DAY, Period
from wherewithal.web.accounts.pages import page
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.budgets.views import stamp
from wherewithal.web.govuk.environment import count
from wherewithal.web.providers import accounts, actions, querysets
from wherewithal.web.providers.forms import (
    AccountForm,
    BillForm,
    DecideForm,
    FileForm,
    MatchForm,
    ProviderForm,
    TrustForm,
)
from wherewithal.web.providers.models import Invoice, Provider, ProviderAccount
from wherewithal.web.providers.plans import compared, lines_for

FINANCE = frozenset({Role.FINANCE})
Status = Invoice.Status
TO = {
    "approve": Status.APPROVED, "ask": Status.ASKED, "dispute": Status.DISPUTED,
    "refuse": Status.REFUSED,
}  # fmt: skip


@page(FINANCE)
@require_safe
def bills(request: HttpRequest) -> HttpResponse:
    """List the bills that wait, and how many stand where."""
    waiting = querysets.waiting()
    return render(request, "providers/bills.jinja", {
        "as_planned": [each for each in waiting if _as_planned(each)],
        "others": [each for each in waiting if not _as_planned(each)],
        "sums": querysets.sums_by_status(), "in_doubt": accounts.accounts_in_doubt(),
    })  # fmt: skip


@page(FINANCE)
@require_POST
def approve_all(request: HttpRequest) -> HttpResponseBase:
    """Approve every bill that was shown as planned and still is."""
    shown = {int(pk) for pk in request.POST.getlist("bill") if pk.isdecimal() and len(pk) < 18}
    chosen = [
        each.invoice.pk
        for each in querysets.waiting()
        if each.invoice.pk in shown and _as_planned(each)
    ]
    count = actions.approve(invoices=chosen, **stamp(request))
    messages.success(request, f"Approved: {count}. They are paid with the next run.")
    return redirect("providers:bills")


@page(FINANCE)
def enter(request: HttpRequest) -> HttpResponseBase:
    """Type in one bill."""
    form = BillForm(request.POST or None, providers=Provider.objects.all())
    if form.is_valid():
        given = form.cleaned_data
        days = Period(given["first_day"], given["last_day"] + ONE_DAY)
        asked = actions.Asked(
            given["number"], given["reference"], days, given["pence"], given["units"],
            given["what"],
        )  # fmt: skip
        provider = get_object_or_404(Provider, pk=given["provider"])
        try:
            made = actions.enter(provider=provider, asked=asked, **stamp(request))
            return redirect("providers:bill", made.pk)
        except NotNow as reason:
            form.add_error("number", str(reason))
    return render(request, "providers/enter.jinja", {"form": form})


@page(FINANCE)
def file(request: HttpRequest) -> HttpResponseBase:
    """Take in a file of bills, whole or not at all."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_file(bills=read_bills(form.cleaned_data["file"]), **stamp(request))
            messages.success(request, f"Taken in: {count(len(made), 'bill')}.")
            return redirect("providers:bills")
        except BillsError as mistake:
            form.add_error("file", str(mistake))
    return render(request, "providers/file.jinja", {"form": form})


@page(FINANCE)
def bill(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a bill beside its plan, and decide about it."""
    found = get_object_or_404(
        Invoice.objects.select_related("provider", "person", "line", "decided_by"), pk=pk
    )
    after = Invoice.TRANSITIONS[Status(found.status)]
    allowed = [key for key, to in TO.items() if to in after and found.status != Status.PAID]
    form = DecideForm(request.POST or None, allowed=allowed)
    if allowed and form.is_valid():
        try:
            _decide(request, found, form)
            messages.success(request, "Saved.")
            return redirect("providers:bill", pk)
        except NotNow as reason:
            form.add_error(None, str(reason))
        except ValidationError as missing:
            form.add_error(None, missing)
    return render(request, "providers/bill.jinja", {
        "bill": found, "compared": compared([found]).get(found.pk), "form": form,
        "allowed": allowed, "last_day": found.period.upper - ONE_DAY,
        "parts": Invoice.objects.filter(provider=found.provider, number=found.number)
        .exclude(pk=pk).order_by("part"),
    })  # fmt: skip


@page(FINANCE)
def line(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say which line of a budget a bill is for."""
    found = get_object_or_404(Invoice.objects.select_related("provider", "person"), pk=pk)
    lines = lines_for(found.person_id, Period(found.period.lower, found.period.upper))
    form = MatchForm(request.POST or None, lines=lines)
    if form.is_valid():
        chosen = get_object_or_404(BudgetLine, pk=form.cleaned_data["line"])
        try:
            actions.match(invoice=found, line=chosen, **stamp(request))
            return redirect("providers:bill", pk)
        except NotNow as reason:
            form.add_error(None, str(reason))
    return render(request, "providers/line.jinja", {"form": form, "bill": found, "lines": lines})


@page(FINANCE)
@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    """List the providers and the accounts they are paid into."""
    found = Provider.objects.prefetch_related("accounts")
    listed = [
        (each, next((one for one in each.accounts.all() if one.ended_at is None), None))
        for each in found
    ]
    return render(request, "providers/providers.jinja", {"providers": listed})


@page(FINANCE)
def add(request: HttpRequest) -> HttpResponseBase:
    """Add a provider."""
    form = ProviderForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_provider(**form.cleaned_data, **stamp(request))
            return redirect("providers:providers")
        except (NotNow, ValueError) as reason:
            form.add_error(None, str(reason))
    return render(request, "providers/add.jinja", {"form": form})


@page(FINANCE)
def account(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change the account a provider is paid into."""
    found = get_object_or_404(Provider, pk=pk)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            accounts.set_account(provider=found, **form.cleaned_data, **stamp(request))
            messages.success(request, "Saved. Ring them on a number you know to check it.")
            return redirect("providers:providers")
        except ValueError as reason:
            form.add_error(None, str(reason))
    return render(request, "providers/account.jinja", {"form": form, "provider": found})


@page(FINANCE)
def trust(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that an account from which money came back is right after all, and how one knows."""
    found = get_object_or_404(
        ProviderAccount.objects.select_related("provider"), pk=pk, ended_at__isnull=True
    )
    form = TrustForm(request.POST or None)
    if form.is_valid():
        try:
            accounts.trust_account(
                account_id=pk, reason=form.cleaned_data["reason"], **stamp(request)
            )
            messages.success(request, "The next run can pay into this account again.")
            return redirect("providers:providers")
        except NotNow as reason:
            form.add_error(None, str(reason))
    return render(request, "providers/trust.jinja", {"account": found, "form": form})


def _as_planned(each: querysets.Beside) -> bool:
    matched = each.invoice.status == Status.MATCHED
    return matched and each.compared is not None and each.compared.within


def _decide(request: HttpRequest, found: Invoice, form: DecideForm) -> None:
    reason, undisputed = form.cleaned_data["reason"], form.cleaned_data.get("undisputed") or 0
    match form.cleaned_data["decision"]:
        case "approve":
            actions.approve(invoices=[found.pk], reason=reason, **stamp(request))
        case "ask":
            actions.ask(invoice=found, question=reason, **stamp(request))
        case "refuse":
            actions.refuse(invoice=found, reason=reason, **stamp(request))
        case _:
            actions.dispute(invoice=found, undisputed=undisputed, reason=reason, **stamp(request))
