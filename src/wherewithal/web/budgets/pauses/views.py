"""Pauses of a person's payments: read, made, stopped, lifted; how often they are paid."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import CARE, OWN, STAFF, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import Budget, Pause
from wherewithal.web.budgets.pauses import actions as actions
from wherewithal.web.budgets.pauses.forms import (
    FreezeForm,
    LiftForm,
    OnceForm,
    PauseForm,
    ScheduleForm,
)
from wherewithal.web.budgets.pauses.letters import pause_letter
from wherewithal.web.budgets.schedules import pay_once_on, set_schedule
from wherewithal.web.budgets.views import stamp
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show

READERS = OWN | STAFF


@page(STAFF)
@require_safe
def to_look_at(request: HttpRequest) -> HttpResponse:
    """List what is to be looked at: stopped payments, and long stays in care homes."""
    today = timezone.localdate()
    people = set(Person.objects.visible_to(signed_in(request)).values_list("pk", flat=True))
    stays = [each for each in actions.stays_to_look_at(today) if each.person.pk in people]
    frozen = [each for each in actions.frozen_now() if each.budget.person_id in people]
    return render(
        request, "budgets/to_look_at.jinja", {"stays": stays, "frozen": frozen, "today": today}
    )


@person_page(READERS)
@require_safe
def pauses(request: HttpRequest, person: Person) -> HttpResponse:
    """Show every pause of a person's payments, in the words that they read."""
    role = signed_in(request).role
    found = Pause.objects.filter(budget__person=person).select_related("decided_by")
    budget = Budget.objects.newest(person)
    return show(
        request, "budgets/pauses.jinja", person, budget=budget,
        told=[(each, actions.told(each), actions.which_money(each)) for each in found[::-1]],
        today=timezone.localdate(),
        stays=actions.stays_of(person, timezone.localdate()),
        may_pause=budget is not None and role in STAFF, may_stop=role == Role.MANAGER,
        once=budget is not None and any(line.one_off for line in budget.lines.all()),
        schedules=list(budget.pay_schedules.all()) if budget else [],
    )  # fmt: skip


@person_page(STAFF)
def add(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Pause a person's payments."""
    budget = get_object_or_404(Budget.objects.decided(), pk=_newest(person).pk)
    form = PauseForm(request.POST or None, lines=budget.lines.all())
    if form.is_valid():
        return _made(request, person, form, budget, "budgets/pause.jinja")
    return show(request, "budgets/pause.jinja", person, form=form)


@person_page(frozenset({Role.MANAGER}))
def stop(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Stop a person's payments while something is looked into, with a plan for their support."""
    budget = _newest(person)
    form = FreezeForm(request.POST or None, lines=budget.lines.all())
    if form.is_valid():
        return _made(request, person, form, budget, "budgets/stop.jinja")
    return show(request, "budgets/stop.jinja", person, form=form)


@person_page(STAFF)
def start_again(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Pay everything again from a day."""
    found = get_object_or_404(Pause, pk=pk, budget__person=person)
    form = LiftForm(request.POST or None, on=timezone.localdate())
    if form.is_valid():
        try:
            actions.lift(pause=found, **form.cleaned_data, **stamp(request))
        except NotNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Payments start again. The next one makes up for it.")
            return redirect("pauses:all", person.reference)
    return show(request, "budgets/start_again.jinja", person, form=form, told=actions.told(found))


@person_page(READERS)
@require_safe
def letter(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Give the letter about a pause."""
    found = get_object_or_404(
        Pause.objects.select_related("budget__person"), pk=pk, budget__person=person
    )
    return served(pause_letter(found, timezone.localdate()), "payments-paused")


@person_page(CARE | {Role.FINANCE})
def how_often(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Choose how often one way of holding is paid."""
    budget = _newest(person)
    form = ScheduleForm(request.POST or None, lines=budget.lines.all())
    if form.is_valid():
        given = form.cleaned_data | {"weeks_each": int(form.cleaned_data["weeks_each"])}
        set_schedule(budget=budget, **given, **stamp(request))
        messages.success(request, "Saved. It counts from the next payment on.")
        return redirect("pauses:all", person.reference)
    return show(request, "budgets/how_often.jinja", person, form=form)


@person_page(CARE | {Role.FINANCE})
def paid_once(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Choose the day of each sum that is paid once."""
    budget = _newest(person)
    form = OnceForm(request.POST or None, lines=budget.lines.all())
    if form.is_valid():
        pay_once_on(budget=budget, days=form.days, **stamp(request))
        messages.success(request, "Saved.")
        return redirect("pauses:all", person.reference)
    return show(request, "budgets/paid_once.jinja", person, form=form)


def _made(
    request: HttpRequest, person: Person, form: Any, budget: Budget, template: str
) -> HttpResponseBase:
    """Make the pause that was typed, or show what is in the way."""
    try:
        made = actions.pause(budget=budget, **form.values(), **stamp(request))
    except NotNow as reason:
        form.add_error(None, str(reason))
    except ValidationError as missing:
        form.add_error(None, missing)
    else:
        messages.success(request, f"Saved. {person.name} reads: {actions.told(made)}")
        return redirect("pauses:all", person.reference)
    return show(request, template, person, form=form)


def _newest(person: Person) -> Budget:
    newest = Budget.objects.newest(person)
    return newest or get_object_or_404(Budget.objects.none())
