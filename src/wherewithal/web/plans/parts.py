"""The parts of a plan that is being made: one page each, each saved as it is sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from wherewithal.web.accounts.pages import View, signed_in
from wherewithal.web.accounts.roles import CARE, OWN
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.govuk.forms import Form
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans import actions, forms, presenters
from wherewithal.web.plans.facts import needs_of, totals_of
from wherewithal.web.plans.models import PlanLine, SupportPlan
from wherewithal.web.plans.pages import show
from wherewithal.web.policy.models import Rate


def _part(view: View) -> View:
    """Open a part of the plan in the making, or say kindly why it is not open."""

    @person_page(OWN | CARE)
    @wraps(view)
    def opened(request: HttpRequest, person: Person, **kwargs: Any) -> HttpResponseBase:
        plan = SupportPlan.objects.current(person)
        if plan is None or plan.status != SupportPlan.Status.DRAFT:
            state = plan.get_status_display().lower() if plan else "not begun"
            messages.warning(request, f"The plan is {state}, so this part cannot be changed now.")
            return redirect("plans:overview", person.reference)
        try:
            return view(request, plan, **kwargs)
        except NotNow as reason:
            messages.warning(request, str(reason))
            return redirect("plans:overview", person.reference)

    return opened


def _stamp(request: HttpRequest) -> dict[str, Any]:
    return {"by": signed_in(request), "at": timezone.now()}


def _saved(request: HttpRequest, plan: SupportPlan, then: str = "overview") -> HttpResponseBase:
    messages.success(request, "Saved.")
    return redirect(f"plans:{then}", plan.person.reference)


def _words_page(form_class: Callable[..., Form], title: str, lead: str = "") -> View:
    """Make the page of a part that is only words; its form names the fields it writes."""

    def words(request: HttpRequest, plan: SupportPlan) -> HttpResponseBase:
        initial = {name: getattr(plan, name) for name in form_class().fields}
        form = form_class(request.POST or None, initial=initial)
        if form.is_valid():
            actions.write_words(plan=plan, **_stamp(request), **form.cleaned_data)
            return _saved(request, plan)
        return show(request, "plans/words.jinja", plan.person, form=form, heading=title, lead=lead)

    return _part(words)


about_me = _words_page(forms.AboutForm, "What matters most")
who = _words_page(forms.WhoForm, "Who is making this plan")
contingency = _words_page(forms.ContingencyForm, "If something goes wrong")
why_above = _words_page(forms.AboveForm, "Why it costs more than the first figure")
advice = _words_page(
    forms.AdviceForm, "Staying well", "Every plan says what could help to need less support."
)


@_part
def needs(request: HttpRequest, plan: SupportPlan) -> HttpResponseBase:
    """Ask, for each need that no line covers, why the council will not meet it."""
    uncovered = presenters.uncovered_needs(plan)
    form = forms.NeedsForm(request.POST or None, needs=uncovered, initial=plan.not_met)
    if request.method == "POST" and form.is_valid():
        reasons = {code: why for code, why in form.cleaned_data.items() if why}
        actions.write_words(plan=plan, not_met=reasons, **_stamp(request))
        return _saved(request, plan)
    met = [need for need in needs_of(plan.assessment) if need not in uncovered]
    return show(request, "plans/needs.jinja", plan.person, form=form, uncovered=uncovered, met=met)


@_part
def agree(request: HttpRequest, plan: SupportPlan) -> HttpResponseBase:
    """Ask whether the person agrees with the plan."""
    initial = {
        "agrees": True if plan.agreed_with_person else None,
        "steps_to_agree": plan.steps_to_agree,
    }
    form = forms.AgreeForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.agree(plan=plan, **form.cleaned_data, **_stamp(request))
        return _saved(request, plan)
    totals = totals_of(plan)
    return show(
        request, "plans/agree.jinja", plan.person, form=form, plan=plan, totals=totals,
        total_items=presenters.total_items(totals), lines=presenters.line_rows(plan),
    )  # fmt: skip


@_part
def outcomes(request: HttpRequest, plan: SupportPlan) -> HttpResponseBase:
    """List what the person wants from life, and add to it."""
    form = forms.OutcomeForm(request.POST or None)
    if form.is_valid():
        actions.save_outcome(plan=plan, **form.cleaned_data, **_stamp(request))
        return _saved(request, plan, "outcomes")
    return show(request, "plans/outcomes.jinja", plan.person, form=form, plan=plan)


@_part
def outcome(request: HttpRequest, plan: SupportPlan, pk: int) -> HttpResponseBase:
    """Change the words of an outcome."""
    found = get_object_or_404(plan.outcomes, pk=pk)
    form = forms.OutcomeForm(request.POST or None, initial={"words": found.words})
    if form.is_valid():
        actions.save_outcome(plan=plan, outcome=found, **form.cleaned_data, **_stamp(request))
        return _saved(request, plan, "outcomes")
    return show(request, "plans/outcome.jinja", plan.person, form=form)


@_part
def support(request: HttpRequest, plan: SupportPlan) -> HttpResponseBase:
    """List the support in the plan with what it costs."""
    totals = totals_of(plan)
    return show(
        request, "plans/support.jinja", plan.person, plan=plan, totals=totals,
        total_items=presenters.total_items(totals), lines=presenters.line_rows(plan),
    )  # fmt: skip


@_part
def add_line(request: HttpRequest, plan: SupportPlan) -> HttpResponseBase:
    """Add a piece of support."""
    return _line_page(request, plan, None)


@_part
def line(request: HttpRequest, plan: SupportPlan, pk: int) -> HttpResponseBase:
    """Change a piece of support."""
    return _line_page(request, plan, get_object_or_404(plan.lines, pk=pk))


def _line_page(request: HttpRequest, plan: SupportPlan, found: PlanLine | None) -> HttpResponseBase:
    outcomes = {str(outcome.pk): outcome for outcome in plan.outcomes.all()}
    form = forms.LineForm(
        request.POST or None,
        initial=_line_initial(found),
        outcomes=[(key, outcome.words[:80]) for key, outcome in outcomes.items()],
        needs=needs_of(plan.assessment),
    )
    if form.is_valid():
        values = form.cleaned_data | {"outcome": outcomes.get(form.cleaned_data["outcome"])}
        actions.save_line(plan=plan, values=values, line=found, **_stamp(request))
        return _saved(request, plan, "support")
    totals = totals_of(plan)
    return show(
        request, "plans/line.jinja", plan.person, form=form, line=found, totals=totals,
        total_items=presenters.total_items(totals),
        rates=presenters.rate_rows(Rate.objects.in_force(timezone.localdate())),
    )  # fmt: skip


def _line_initial(found: PlanLine | None) -> dict[str, Any]:
    if found is None:
        return {}
    names = ("what", "provider", "needs", "unit", "every", "unit_price", "holding")
    quantity = f"{found.quantity:f}".rstrip("0").rstrip(".")
    initial = {name: getattr(found, name) for name in names}
    return initial | {"quantity": quantity, "outcome": str(found.outcome_id or "")}


@_part
def risks(request: HttpRequest, plan: SupportPlan) -> HttpResponseBase:
    """List the risks worth taking, and add one."""
    form = forms.RiskForm(request.POST or None)
    if form.is_valid():
        actions.save_risk(plan=plan, values=form.cleaned_data, **_stamp(request))
        return _saved(request, plan, "risks")
    return show(request, "plans/risks.jinja", plan.person, form=form, plan=plan)


@_part
def risk(request: HttpRequest, plan: SupportPlan, pk: int) -> HttpResponseBase:
    """Change a risk's words."""
    found = get_object_or_404(plan.risks, pk=pk)
    initial = {"what": found.what, "why": found.why, "safer": found.safer}
    form = forms.RiskForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.save_risk(plan=plan, risk=found, values=form.cleaned_data, **_stamp(request))
        return _saved(request, plan, "risks")
    return show(request, "plans/risk.jinja", plan.person, form=form)


@_part
def remove(request: HttpRequest, plan: SupportPlan, kind: str, pk: int) -> HttpResponseBase:
    """Ask before taking an outcome, a piece of support or a risk out of the plan."""
    items: dict[str, Any] = {"outcomes": plan.outcomes, "support": plan.lines, "risks": plan.risks}
    if kind not in items:
        raise Http404
    found = get_object_or_404(items[kind], pk=pk)
    if request.method == "POST":
        actions.remove(plan=plan, item=found, **_stamp(request))
        messages.success(request, "Taken out of the plan.")
        return redirect(f"plans:{kind}", plan.person.reference)
    words = getattr(found, "words", "") or getattr(found, "what", "")
    return show(request, "plans/remove.jinja", plan.person, kind=kind, words=words)
