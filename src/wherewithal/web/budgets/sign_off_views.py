"""Sending a plan for sign-off, the queue, and the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import CARE, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import actions, presenters
from wherewithal.web.budgets.delegation import limits_now, needs_panel, why_not_decide
from wherewithal.web.budgets.forms import DecisionForm, ProposeForm
from wherewithal.web.budgets.models import Budget, Decision, FinancialAssessment
from wherewithal.web.budgets.views import stamp, who_pays
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.facts import totals_of
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.plans.pages import show
from wherewithal.web.plans.presenters import line_rows as plan_lines
from wherewithal.web.plans.presenters import missing, total_items

PAGE = 25


@page(frozenset({Role.MANAGER}))
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the budgets of the manager's people that wait for a decision."""
    user = signed_in(request)
    found = Budget.objects.waiting_for(user).with_everything()
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [
        {"budget": budget, "change": presenters.above_or_below(budget),
         "own": user.pk in {budget.proposed_by_id, budget.plan.submitted_by_id}}
        for budget in shown
    ]  # fmt: skip
    return render(request, "budgets/waiting.jinja", {"rows": rows, "page": shown})


@person_page(CARE)
def propose(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Ask from which day the budget runs, and send the plan for sign-off."""
    plan = SupportPlan.objects.current(person)
    if plan is None or plan.status != SupportPlan.Status.DRAFT:
        return redirect("plans:overview", person.reference)
    form = ProposeForm(request.POST or None, initial={"starts": timezone.localdate()})
    totals = totals_of(plan)
    if form.is_valid():
        try:
            actions.propose_budget(plan=plan, **form.cleaned_data, **stamp(request))
            messages.success(request, "Sent for sign-off.")
            return redirect("budgets:decide", person.reference)
        except NotNow as reason:
            form.add_error(None, str(reason))
    return show(
        request, "budgets/propose.jinja", person, form=form, totals=totals,
        total_items=total_items(totals), lines=plan_lines(plan),
        gaps=[gap for gap in missing(plan, totals) if gap["required"]],
        charge=FinancialAssessment.objects.latest_for(person),
    )  # fmt: skip


@person_page(CARE)
def decide(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Show a budget that waits, and take the decision of someone who may decide."""
    budget = Budget.objects.undecided(person)
    if budget is None:
        return redirect("budgets:statement", person.reference)
    earlier = Budget.objects.filter(
        person=person, status=Budget.Status.SIGNED_OFF, period__overlap=budget.period
    ).first()
    form = DecisionForm(
        request.POST or None, lines=budget.lines.all(), earlier=earlier is not None,
        panel=budget.status == Budget.Status.PANEL,
    )  # fmt: skip
    if form.is_valid() and _decided(request, budget, form):
        return redirect("sign_off:waiting" if _manages(request) else "budgets:statement", *(
            [] if _manages(request) else [person.reference]
        ))  # fmt: skip
    return show(
        request,
        "budgets/decide.jinja",
        person,
        form=form,
        **_decision_page(request, budget, earlier),
    )


def _manages(request: HttpRequest) -> bool:
    return signed_in(request).role == Role.MANAGER


def _decision_page(request: HttpRequest, budget: Budget, earlier: Budget | None) -> dict[str, Any]:
    user, limits = signed_in(request), limits_now()
    own = user.pk in {budget.proposed_by_id, budget.plan.submitted_by_id}
    panel = budget.status == Budget.Status.PANEL
    return {
        "budget": budget,
        "earlier": presenters.period_words(earlier) if earlier else "",
        "closed": why_not_decide(role=user.role, own_plan=own, figure=budget.cost, limits=limits),
        "panel": "" if panel else needs_panel(figure=budget.cost, limits=limits),
        "shares": presenters.shares(budget, who_pays(budget.person, request), timezone.localdate()),
        "lines": presenters.line_rows(budget.lines.all(), allowed=False),
        "period": presenters.period_words(budget),
        "compared": presenters.compared(budget),
        "decisions": presenters.reasons_given(budget.decisions.all()),
    }


def _decided(request: HttpRequest, budget: Budget, form: DecisionForm) -> bool:
    """Carry out the decision; where that is refused, say why on the form and return ``False``."""
    given = form.cleaned_data
    shared = {
        "budget": budget,
        "reasons": given["reasons"],
        "limits": limits_now(),
        **stamp(request),
    }
    try:
        match given["kind"]:
            case Decision.Kind.RETURN:
                actions.return_budget(**shared)
            case Decision.Kind.TO_PANEL:
                actions.send_to_panel(**shared)
            case _:
                actions.sign_off(
                    weekly=form.weekly, end_earlier=bool(given.get("end_earlier")), **shared
                )
    except actions.Overlap as reason:
        form.add_error("end_earlier" if "end_earlier" in form.fields else None, str(reason))
    except NotNow as reason:
        form.add_error("kind", str(reason))
    except ValidationError as mistakes:
        form.add_error(None, mistakes)
    else:
        messages.success(request, f"Done: {Decision.Kind(given['kind']).label.lower()}.")
        return True
    return False
