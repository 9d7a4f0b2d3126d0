"""Who pays for each line of somebody's budget, and what to bill the NHS for."""

import csv
import re
from datetime import date
from io import StringIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.money import pounds
from wherewithal.spreadsheets import safe_cell
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import OWN, STAFF, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.funding import lines_paid
from wherewithal.web.budgets.funding_actions import told
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.payments.funding.actions import decide_funding
from wherewithal.web.payments.funding.changes import by_pot, to_bill
from wherewithal.web.payments.funding.forms import FundingForm
from wherewithal.web.payments.funding.models import Funded
from wherewithal.web.payments.views import FINANCE, stamp
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show

DECIDERS = frozenset({Role.FINANCE, Role.MANAGER})
HEADINGS = ("Reference", "Name", "For", "Body", "Budget", "Agreed on", "Day", "Payment", "Amount")
MONTHS_SHOWN = 12


@person_page(OWN | STAFF)
@require_safe
def funding(request: HttpRequest, person: Person) -> HttpResponse:
    """Show who pays for each line, and every change of it with its reason."""
    budget = _newest(person)
    history = LineFunding.objects.filter(line__budget=budget).select_related("line", "by")
    return show(
        request, "payments/funding.jinja", person,
        lines=lines_paid(budget, max(timezone.localdate(), budget.period.lower)),
        history=[
            {"title": told(row), "by": "", "at": row.at, "text": row.reason}
            for row in history.order_by("-at", "-id")
        ],
        may_decide=signed_in(request).role in DECIDERS,
    )  # fmt: skip


@person_page(DECIDERS)
def decide(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Ask who pays for one line, from which day, and why."""
    line = get_object_or_404(BudgetLine, pk=pk, budget=_newest(person))
    form = FundingForm(request.POST or None)
    if form.is_valid():
        try:
            row = decide_funding(agreed=form.agreed(line), **stamp(request))
        except NotNow as refused:
            form.add_error("from_day", str(refused))
        except ValidationError as missing:
            form.add_error(None, missing)
        else:
            messages.success(request, f"Saved. {told(row)} Look at what they pay towards the rest.")
            return redirect("funding:all", person.reference)
    return show(request, "payments/funding_line.jinja", person, form=form, line=line)


@page(FINANCE)
@require_safe
def nhs(request: HttpRequest) -> HttpResponse:
    """List what to bill the NHS for in one month, with each of its budgets."""
    month = _month(request)
    rows = to_bill(month)
    return render(request, "payments/nhs.jinja", {
        "month": month, "months": _months(timezone.localdate()), "rows": rows,
        "pots": by_pot(rows), "total": sum(row.pence for row in rows),
    })  # fmt: skip


@page(FINANCE)
@require_safe
def nhs_csv(request: HttpRequest) -> HttpResponse:
    """Give the same list as a file."""
    month = _month(request)
    text = StringIO()
    out = csv.writer(text)
    out.writerow(HEADINGS)
    out.writerows(_cells(row) for row in to_bill(month))
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="nhs-{month:%Y-%m}.csv"'
    return answer


def _cells(row: Funded) -> list[str]:
    agreed = row.funding
    person = agreed.line.budget.person
    return [
        person.reference, safe_cell(person.name), safe_cell(agreed.line.what),
        safe_cell(agreed.body), agreed.get_pot_display(),
        agreed.agreed_on.isoformat(), row.on.isoformat(), str(row.payment_id or ""),
        pounds(row.pence, symbol="").replace(",", ""),
    ]  # fmt: skip


def _month(request: HttpRequest) -> date:
    match = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", request.GET.get("month", ""))
    today = timezone.localdate()
    return date(int(match[1]), int(match[2]), 1) if match else today.replace(day=1)


def _months(today: date) -> list[date]:
    """Return the first days of this month and the eleven before it, newest first."""
    count = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(count, count - MONTHS_SHOWN, -1)]


def _newest(person: Person) -> Budget:
    newest = Budget.objects.newest(person)
    return newest or get_object_or_404(Budget.objects.none())
