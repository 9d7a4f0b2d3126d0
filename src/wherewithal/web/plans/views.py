"""The plan as a whole: its overview, starting it, reading it, and the copy to keep."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import CARE, OWN
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.people.voice import voice_for
from wherewithal.web.plans import actions, presenters
from wherewithal.web.plans.facts import totals_of
from wherewithal.web.plans.letters import plan_letter
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.plans.pages import show


@person_page(OWN | CARE)
@require_safe
def overview(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the plan: its tasks while it is being made, the plan itself afterwards."""
    plan = SupportPlan.objects.current(person)
    if plan is None:
        ready = actions.latest_with_figure(person)
        return show(request, "plans/none.jinja", person, ready=ready)
    totals = totals_of(plan)
    gaps = presenters.missing(plan, totals)
    voice = voice_for(person, signed_in(request))
    return show(
        request, "plans/overview.jinja", person, plan=plan, totals=totals, gaps=gaps,
        total_items=presenters.total_items(totals), lines=presenters.line_rows(plan),
        tasks=presenters.tasks(plan, totals, voice) if plan.status == plan.Status.DRAFT else [],
        ready=not any(gap["required"] for gap in gaps),
    )  # fmt: skip


@person_page(OWN | CARE)
@require_POST
def start(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Begin a plan."""
    try:
        actions.start_plan(person=person, by=signed_in(request), at=timezone.now())
    except NotNow as reason:
        messages.warning(request, str(reason))
    return redirect("plans:overview", person.reference)


@person_page(OWN | CARE)
@require_safe
def whole(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the whole plan to read or print."""
    plan = get_object_or_404(SupportPlan.objects.of(person).with_everything()[:1])
    totals = totals_of(plan)
    return show(
        request, "plans/whole.jinja", person, plan=plan, totals=totals,
        total_items=presenters.total_items(totals), lines=presenters.line_rows(plan),
        not_met=[
            (need.label, plan.not_met[need.code])
            for need in presenters.uncovered_needs(plan)
            if plan.not_met.get(need.code)
        ],
    )  # fmt: skip


@person_page(OWN | CARE)
@require_safe
def whole_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the plan as a copy to keep."""
    plan = get_object_or_404(SupportPlan.objects.of(person).with_everything()[:1])
    return served(plan_letter(plan, timezone.localdate()), "support-plan")


@person_page(CARE)
@require_POST
def copy_given(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Note that the person was given their copy."""
    plan = get_object_or_404(SupportPlan.objects.of(person)[:1])
    actions.give_copy(plan=plan, on=timezone.localdate(), by=signed_in(request), at=timezone.now())
    messages.success(request, "Noted: the copy was given today.")
    return redirect("plans:whole", person.reference)
