"""One person's money: what there is, what it is for, what was paid, what is still to come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN, STAFF, Role
from wherewithal.web.money import presenters
from wherewithal.web.payments import actions
from wherewithal.web.payments.forms import AccountForm
from wherewithal.web.payments.presenters import days
from wherewithal.web.payments.querysets import PAID_OUT
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.models import PlanLine


@person_page(OWN | STAFF)
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the budget, its lines, the payments, and who to ring."""
    role = Role(signed_in(request).role)
    money = presenters.money_of(person, on=timezone.localdate())
    return render(request, "money/mine.jinja", {
        "person": person,
        "own": role == Role.PERSON,
        "staff": role in STAFF,
        "may_change_account": role in STAFF,
        "money": money,
        "days": days,
        "today": timezone.localdate(),
    })  # fmt: skip


@person_page(STAFF)
def account(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Say which account a person's money goes to."""
    holdings = [(holding.value, holding.label) for holding in PAID_OUT]
    form = AccountForm(request.POST or None, holdings=holdings)
    if request.method == "POST" and form.is_valid():
        try:
            payee = actions.set_payee(
                person=person, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
        except ValueError as problem:
            place = "sort_code" if "sort code" in str(problem) else "account_number"
            form.add_error(place, str(problem))
        else:
            label = PlanLine.Holding(payee.holding).label
            messages.success(request, f"{label} money now goes to {payee}.")
            return redirect("money:mine", ref=person.reference)
    return render(request, "money/account.jinja", {"person": person, "form": form})
