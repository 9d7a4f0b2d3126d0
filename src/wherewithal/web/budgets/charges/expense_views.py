"""Costs because of disability: the person asks, an officer decides, both read the reasons."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from wherewithal.charging.rules import kinds
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import STAFF
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.charges import expense_actions
from wherewithal.web.budgets.charges.expense_forms import AskForm, DecideForm
from wherewithal.web.budgets.charges.expenses import shown
from wherewithal.web.budgets.charges.models import ExpenseClaim
from wherewithal.web.budgets.views import READERS, stamp
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show

A_PAGE = 50


@page(STAFF)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the costs that wait for a decision, of people this reader may know about."""
    theirs = Person.objects.visible_to(signed_in(request))
    claims = ExpenseClaim.objects.filter(status=ExpenseClaim.Status.WAITING, person__in=theirs)
    asked = claims.select_related("person").order_by("asked_at", "id")
    listed = Paginator(asked, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "budgets/costs_waiting.jinja", {"claims": listed})


@person_page(READERS)
@require_safe
def expenses(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the costs that were asked for, with what was decided and why, and what else counts."""
    claims = ExpenseClaim.objects.filter(person=person).select_related("decided_by")
    return show(
        request, "budgets/expenses.jinja", person, claims=shown(claims),
        examples=list(kinds("expenses").values()), may_decide=signed_in(request).role in STAFF,
    )  # fmt: skip


@person_page(READERS)
def ask(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Take one cost in."""
    form = AskForm(request.POST or None)
    if form.is_valid():
        expense_actions.ask_for_expense(person=person, values=form.cleaned_data, **stamp(request))
        messages.success(request, "Kept. Someone will decide, and you can read why.")
        return redirect("budgets:expenses", person.reference)
    return show(request, "budgets/ask_expense.jinja", person, form=form)


@person_page(STAFF)
def decide(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Show one request, and take the decision about it."""
    claim = get_object_or_404(ExpenseClaim.objects.filter(person=person), pk=pk)
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            expense_actions.decide_expense(claim=claim, **form.cleaned_data, **stamp(request))
        except NotNow as reason:
            form.add_error(None, str(reason))
        except ValidationError as reason:
            form.add_error(None, reason)
        else:
            messages.success(request, "Decided. Work the charge out again so that it counts.")
            return redirect("budgets:expenses", person.reference)
    return show(request, "budgets/decide_expense.jinja", person, form=form, row=shown([claim])[0])


@person_page(READERS)
@require_POST
def withdraw(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Take a request back."""
    claim = get_object_or_404(ExpenseClaim.objects.filter(person=person), pk=pk)
    try:
        expense_actions.withdraw_expense(claim=claim, **stamp(request))
        messages.success(request, "Taken back.")
    except NotNow as reason:
        messages.warning(request, str(reason))
    return redirect("budgets:expenses", person.reference)
