"""The personal budget statement: read, kept, given, and a budget's end."""

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import CARE, OWN, STAFF, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import actions, presenters
from wherewithal.web.budgets.forms import EndForm
from wherewithal.web.budgets.funding import lines_paid
from wherewithal.web.budgets.holding import (
    direct_payment_allowed,
    notice_weeks,
    paid_out_directly,
)
from wherewithal.web.budgets.letters import statement_letter
from wherewithal.web.budgets.models import Budget
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.people.voice import voice_for
from wherewithal.web.plans.pages import show

READERS = OWN | STAFF


def stamp(request: HttpRequest) -> dict[str, Any]:
    """Return who acts, and when."""
    return {"by": signed_in(request), "at": timezone.now()}


def who_pays(person: Person, request: HttpRequest) -> str:
    """Return "You pay" to the person themselves, "Ada pays" to anyone else."""
    voice = voice_for(person, signed_in(request))
    return f"{voice.they_first} pay{'' if voice.own else 's'}"


@person_page(READERS)
@require_safe
def statement(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the personal budget, or how far it has come."""
    budget = Budget.objects.newest(person)
    waiting = Budget.objects.undecided(person)
    if budget is None:
        return show(request, "budgets/no_statement.jinja", person, waiting=waiting)
    prefetch_related_objects([budget], "charge_changes")
    allowed = direct_payment_allowed(budget)
    return show(
        request, "budgets/statement.jinja", person, budget=budget, waiting=waiting,
        shares=presenters.shares(budget, who_pays(person, request), timezone.localdate()),
        charge_changed=presenters.charge_changed(budget, timezone.localdate()),
        paid_by=lines_paid(budget, max(timezone.localdate(), budget.period.lower)),
        lines=presenters.line_rows(budget.lines.all(), allowed),
        period=presenters.period_words(budget), compared=presenters.compared(budget),
        decisions=presenters.reasons_given(budget.decisions.all()),
        may_give=signed_in(request).role in CARE and budget.status == Budget.Status.SIGNED_OFF,
        may_end=signed_in(request).role == Role.MANAGER
        and budget.status == Budget.Status.SIGNED_OFF,
    )  # fmt: skip


@person_page(READERS)
@require_safe
def statement_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the statement as a letter."""
    budget = Budget.objects.newest(person) or _missing()
    letter = statement_letter(budget, timezone.localdate(), allowed=direct_payment_allowed(budget))
    return served(letter, "personal-budget")


@person_page(CARE)
@require_POST
def statement_given(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Note that the person was given the statement."""
    budget = Budget.objects.newest(person) or _missing()
    try:
        actions.give_statement(budget=budget, on=timezone.localdate(), **stamp(request))
        messages.success(request, "Noted: the statement was given today.")
    except NotNow as reason:
        messages.warning(request, str(reason))
    return redirect("budgets:statement", person.reference)


@person_page(frozenset({Role.MANAGER}))
def end(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Ask for the last day of a budget, and why it ends."""
    budget = Budget.objects.newest(person) or _missing()
    notice = (notice_weeks(), timezone.localdate()) if paid_out_directly(budget) else None
    form = EndForm(request.POST or None, died=person.date_of_death is not None, notice=notice)
    if form.is_valid():
        try:
            actions.end_budget(budget=budget, **form.cleaned_data, **stamp(request))
            messages.success(request, "The budget has an end now.")
            return redirect("budgets:statement", person.reference)
        except NotNow as reason:
            form.add_error("last_day", str(reason))
    return show(
        request, "budgets/end.jinja", person, form=form, period=presenters.period_words(budget)
    )


def _missing() -> Budget:
    return get_object_or_404(Budget.objects.none())
