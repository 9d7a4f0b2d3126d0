"""Last sums of budgets that have ended: listed, with what still has to be paid, and settled."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import RunOffCost, Settlement
from wherewithal.web.govuk.forms import Form, PoundsField, RadioField, TextField, WordsField
from wherewithal.web.payments.funding.back import nhs_gets_back
from wherewithal.web.payments.settling import last_sums as settling
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show

SETTLERS = frozenset({Role.FINANCE, Role.MANAGER})


class CostForm(Form):
    """A cost that the end itself brings."""

    kind = RadioField("What is still to be paid?", RunOffCost.Kind.choices,
                      missing="Choose what is still to be paid")  # fmt: skip
    pence = PoundsField("Sum", least=1, called="the sum")
    what = TextField(
        "Whom it is for, and how it was worked out", max_length=200,
        missing="Enter whom it is for, and how it was worked out",
    )  # fmt: skip


class SettleForm(Form):
    """How a last sum was settled."""

    how = RadioField("How was it settled?", Settlement.How.choices,
                     missing="Choose how it was settled")  # fmt: skip
    paid_back = PoundsField("The sum that came back", required=False)
    said = WordsField(
        "What was agreed, and with whom?", rows=3, missing="Enter what was agreed, and with whom",
        hint="The person, or whoever sees to their affairs, can read it.",
    )  # fmt: skip


@page(SETTLERS)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the last sums that wait, and the budgets of people who have died."""
    seen = set(Person.objects.visible_to(signed_in(request)).values_list("pk", flat=True))
    return render(request, "payments/settling.jinja", {
        "sums": [each for each in settling.last_sums(timezone.localdate())
                 if each.budget.person_id in seen],
        "died": [each for each in settling.died_with_a_budget() if each.person_id in seen],
    })  # fmt: skip


@person_page(SETTLERS)
def last_sum(request: HttpRequest, person: Person, holding: str) -> HttpResponseBase:
    """Show how a last sum came about, and settle it."""
    found = _found(person, holding)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data | {"paid_back": form.cleaned_data["paid_back"] or 0}
        try:
            settling.settle(person=person, holding=holding, **given, **_stamp(request))
        except NotNow as reason:
            form.add_error(None, str(reason))
        except ValidationError as missing:
            form.add_error(None, missing)
        else:
            messages.success(request, "Settled.")
            return redirect("settling:waiting")
    return show(
        request, "payments/last_sum.jinja", person, found=found, form=form,
        nhs=nhs_gets_back(person),
    )  # fmt: skip


@person_page(SETTLERS)
def cost(request: HttpRequest, person: Person, holding: str) -> HttpResponseBase:
    """Add a cost that the end itself brings."""
    found = _found(person, holding)
    form = CostForm(request.POST or None)
    if form.is_valid():
        settling.add_run_off_cost(last=found, **form.cleaned_data, **_stamp(request))
        return redirect("settling:last-sum", person.reference, holding)
    return show(request, "payments/run_off_cost.jinja", person, found=found, form=form)


def _found(person: Person, holding: str) -> settling.LastSum:
    for each in settling.last_sums(timezone.localdate(), person=person):
        if each.holding == holding:
            return each
    raise Http404


def _stamp(request: HttpRequest) -> dict[str, Any]:
    return {"by": signed_in(request), "at": timezone.now()}
