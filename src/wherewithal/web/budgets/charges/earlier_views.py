"""Letting a new charge begin: from a day to come, or from an earlier day with the difference."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import STAFF
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.charges.actions import change_charge, notice_days
from wherewithal.web.budgets.charges.earlier import worked_out
from wherewithal.web.budgets.charges.earlier_actions import (
    charge_from_earlier,
    decide_earlier,
    outcome,
    tell_earlier,
)
from wherewithal.web.budgets.charges.earlier_letters import earlier_letter
from wherewithal.web.budgets.charges.models import EarlierCharge
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.budgets.views import READERS, stamp
from wherewithal.web.govuk.forms import Form, GovDateField, RadioField, WordsField
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show


class BeginForm(Form):
    """From which day a charge counts, and why."""

    from_day = GovDateField("From which day does it count?", called="the day it counts from")
    reason = WordsField("What is new?", rows=3, limit=1000, called="what is new",
                        hint="The person reads this.")  # fmt: skip
    less_notice = WordsField(
        "If a rise begins with less notice: why?", rows=2, limit=500, required=False,
        hint="The person reads this too. Leave it empty where they have full notice.",
    )  # fmt: skip


class DecideForm(Form):
    """Whether the difference is asked for, and why."""

    ask = RadioField(
        "What do you decide?",
        [("no", "Ask for nothing for days past"), ("yes", "Ask for the difference")],
        called="what you decide",
    )
    reasons = WordsField("Your reasons", rows=4, limit=2000, called="your reasons",
                         hint="The person reads them. Could they have known? Can they pay it and"
                         " keep the minimum? Whose slip was it?")  # fmt: skip


@person_page(STAFF)
def begin(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Let the newest charge count for the running budget, from a day on."""
    budget, charge = _budget(person), _newest(person)
    today = timezone.localdate()
    first = max(charge.starts, budget.period.lower)
    form = BeginForm(request.POST or None, initial={"from_day": first})
    shown = worked_out(budget, charge, first, today)
    if form.is_valid():
        given = form.cleaned_data
        try:
            if given["from_day"] < today:
                made = charge_from_earlier(
                    budget=budget, charge=charge, from_day=given["from_day"],
                    reason=given["reason"], **stamp(request),
                )  # fmt: skip
                return redirect("budgets:earlier-charge", person.reference, made.pk)
            change_charge(budget=budget, charge=charge, **given, **stamp(request))
        except NotNow as refused:
            form.add_error("from_day", str(refused))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Kept. Give the person the letter about it.")
            return redirect("budgets:charge", person.reference)
    return show(
        request, "budgets/begin_charge.jinja", person, form=form, found=shown,
        now=budget, notice=notice_days(),
    )  # fmt: skip


@person_page(READERS)
@require_safe
def earlier(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Show a charge of days past: the difference, and what was decided about it."""
    return _shown(request, person, _earlier(person, pk), DecideForm())


@person_page(READERS)
@require_safe
def letter(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Give the letter about a charge of days past."""
    return served(earlier_letter(_earlier(person, pk), timezone.localdate()), "charge-before")


@person_page(STAFF)
@require_POST
def tell(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Date the letter today."""
    try:
        tell_earlier(earlier=_earlier(person, pk), **stamp(request))
        messages.success(request, "The letter is dated today. Decide once they could answer.")
    except NotNow as refused:
        messages.warning(request, str(refused))
    return redirect("budgets:earlier-charge", person.reference, pk)


@person_page(STAFF)
@require_POST
def decide(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Decide whether the difference is asked for."""
    row, form = _earlier(person, pk), DecideForm(request.POST)
    if form.is_valid():
        try:
            decide_earlier(
                earlier=row, ask=form.cleaned_data["ask"] == "yes",
                reasons=form.cleaned_data["reasons"], **stamp(request),
            )  # fmt: skip
        except NotNow as refused:
            form.add_error("ask", str(refused))
        else:
            messages.success(request, "Decided. The person can read your reasons.")
            return redirect("budgets:earlier-charge", person.reference, pk)
    return _shown(request, person, row, form)


def _shown(
    request: HttpRequest, person: Person, row: EarlierCharge, form: DecideForm
) -> HttpResponse:
    staff = signed_in(request).role in STAFF
    status = EarlierCharge.Status(row.status)
    open_ones = {EarlierCharge.Status.PROPOSED, EarlierCharge.Status.TOLD}
    return show(
        request, "budgets/earlier_charge.jinja", person, row=row, form=form,
        outcome=outcome(row),
        may_tell=staff and status is EarlierCharge.Status.PROPOSED and row.pence > 0,
        may_decide=staff and status in open_ones,
    )  # fmt: skip


def _earlier(person: Person, pk: int) -> EarlierCharge:
    return get_object_or_404(EarlierCharge.objects.filter(person=person), pk=pk)


def _budget(person: Person) -> Budget:
    running = Budget.objects.filter(person=person, status=Budget.Status.SIGNED_OFF)
    found = running.select_related("person").order_by("-period").first()
    return found or get_object_or_404(Budget.objects.none())


def _newest(person: Person) -> FinancialAssessment:
    found = FinancialAssessment.objects.filter(person=person).order_by("-id").first()
    return found or get_object_or_404(FinancialAssessment.objects.none())
