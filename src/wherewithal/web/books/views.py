"""The books, for finance to work with and administrators to read."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wherewithal.dates import ONE_DAY, Period, long_date
from wherewithal.ledger.entries import Account as LedgerAccount
from wherewithal.ledger.entries import Kind
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books import actions, presenters, querysets
from wherewithal.web.books.forms import DaysForm, FindForm
from wherewithal.web.books.models import Account, Balance, ClosedMonth, Journal

FINANCE = frozenset({Role.FINANCE})
READERS = FINANCE | {Role.ADMINISTRATOR}
A_PAGE = 50


@page(READERS)
def books(request: HttpRequest) -> HttpResponse:
    """Show what each kind of account holds today, the latest head, and find an account."""
    on = timezone.localdate()
    form = FindForm(request.GET or None)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    found = Account.objects.filter(of__startswith=typed).order_by("of", "kind")
    return render(request, "books/books.jinja", {
        "on": on,
        "trial": querysets.trial_balance(on),
        "last": Journal.objects.order_by("-number").first(),
        "form": form,
        "typed": typed,
        "found": found[:A_PAGE] if typed else [],
    })  # fmt: skip


@page(READERS)
def journals(request: HttpRequest) -> HttpResponse:
    """List what was posted, newest first."""
    found = Journal.objects.select_related("by").order_by("-number")
    listed = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "books/journals.jinja", {"journals": listed})


@page(READERS)
def journal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one journal with its entries and its seal."""
    found = get_object_or_404(Journal.objects.select_related("by"), pk=pk)
    rows = found.entries.select_related("source", "target").order_by("position")
    listed = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "books/journal.jinja",
        {"journal": found, "entries": listed, "reason": presenters.reason},
    )  # fmt: skip


@page(READERS)
def account(request: HttpRequest, kind: str, of: str) -> HttpResponse:
    """Show what moved in one account over some days, the last twelve months unless said."""
    try:
        asked = LedgerAccount(Kind(kind), of)
    except ValueError as wrong:
        raise Http404 from wrong
    if querysets.account_row(asked) is None:
        raise Http404
    period, form = _days(request)
    told = querysets.statement(asked, period)
    listed = Paginator(told.movements, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "books/account.jinja", {
        "account": asked,
        "name": presenters.named(asked),
        "told": told,
        "last_day": (period.end or period.start) - ONE_DAY,
        "movements": listed,
        "form": form,
        "query": _query(request),
        "reason": presenters.reason,
    })  # fmt: skip


@page(READERS)
def proof(request: HttpRequest) -> HttpResponse:
    """Work the books out anew and say whether they agree; list the months closed and to close.

    Since the last month closed, which is quick however old the books are, or all of them if asked.
    """
    on, whole = timezone.localdate(), "all" in request.GET
    first = Balance.objects.aggregate(first=Min("on"))["first"]
    return render(request, "books/proof.jinja", {
        "proof": querysets.prove(on, whole=whole),
        "whole": whole,
        "months": ClosedMonth.objects.select_related("by", "journal").order_by("-last_day"),
        "to_close": presenters.months_to_close(first, querysets.first_open_day(), on),
        "may_write": signed_in(request).role in FINANCE,
    })  # fmt: skip


@page(FINANCE)
def close(request: HttpRequest) -> HttpResponseBase:
    """Close the books up to a month's last day (only by posting from the page of the proof)."""
    if request.method == "POST":
        try:
            closed = actions.close_month(
                last_day=date.fromisoformat(request.POST.get("last_day", "")),
                by=signed_in(request), at=timezone.now(),
            )  # fmt: skip
        except ValueError:
            messages.error(request, "Choose a month to close from the list.")
        except NotNow as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, f"The books are closed up to {long_date(closed.last_day)}.")
    return redirect("books:proof")


def _days(request: HttpRequest) -> tuple[Period, DaysForm]:
    """Return the days asked for, or the last twelve months, and the form they are asked with."""
    today = timezone.localdate()
    usual = {"start": today.replace(year=today.year - 1, day=1), "end": today}
    asked = any(key.startswith(("start", "end")) for key in request.GET)
    form = DaysForm(request.GET if asked else None, initial=usual)
    chosen = form.cleaned_data if asked and form.is_valid() else usual
    return Period(chosen["start"], chosen["end"] + ONE_DAY), form


def _query(request: HttpRequest) -> str:
    """Return what the pages of a list keep of the address."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""
