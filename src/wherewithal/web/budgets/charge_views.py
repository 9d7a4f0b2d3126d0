"""What a person pays: the breakdown anyone concerned can read, and the form behind it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.charging.parameters import ParametersError
from wherewithal.charging.pension_age import pension_age_reached
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import STAFF
from wherewithal.web.budgets import actions, presenters
from wherewithal.web.budgets.charge_forms import ROWS, ChargeForm, Rows
from wherewithal.web.budgets.charges import Charge, charge_of
from wherewithal.web.budgets.charges import work_out as work_out_charge
from wherewithal.web.budgets.letters import charge_letter
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.budgets.views import READERS, stamp
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.facts import totals_of
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.plans.pages import show
from wherewithal.web.policy.settings import local


def cost_for(person: Person) -> int:
    """Return pence a week that a charge is worked out against: budget, plan, or first figure."""
    plan = SupportPlan.objects.of(person).filter(status="draft").with_everything().first()
    if plan is not None:
        totals = totals_of(plan)
        return totals.cost.weekly or totals.indicative or 0
    budgets = Budget.objects.filter(person=person).exclude(status=Budget.Status.RETURNED)
    newest = budgets.order_by("-id").first()
    return newest.cost if newest else 0


@person_page(READERS)
@require_safe
def charge(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what the person pays, step by step."""
    stored = FinancialAssessment.objects.latest_for(person)
    may_edit = signed_in(request).role in STAFF
    if stored is None:
        return show(request, "budgets/no_charge.jinja", person, may_edit=may_edit)
    found = charge_of(stored, born=person.date_of_birth, cost=cost_for(person))
    running = Budget.objects.decided().filter(person=person).order_by("-period", "-id").first()
    return show(
        request, "budgets/charge.jinja", person, stored=stored, charge=found, may_edit=may_edit,
        still=running if running and running.charge_id != stored.pk else None,
        parts=presenters.breakdown(found),
        ideas=presenters.worth_asking(stored.facts, person.date_of_birth, timezone.localdate()),
    )  # fmt: skip


@person_page(READERS)
@require_safe
def charge_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the breakdown as a letter."""
    stored = FinancialAssessment.objects.latest_for(person) or _missing()
    found = charge_of(stored, born=person.date_of_birth, cost=cost_for(person))
    letter = charge_letter(person, stored, found, timezone.localdate())
    return served(letter, "what-you-pay")


@person_page(STAFF)
@require_POST
def charge_given(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Note that the person was given the letter."""
    stored = FinancialAssessment.objects.latest_for(person) or _missing()
    actions.give_charge_copy(charge=stored, on=timezone.localdate(), **stamp(request))
    messages.success(request, "Noted: the letter was given today.")
    return redirect("budgets:charge", person.reference)


@person_page(STAFF)
def work_out(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Take the person's money in sections, work out the charge, and keep it once it is checked."""
    cost = cost_for(person)
    form, rows = _forms(request, person)
    found: Charge | None = None
    if request.method == "POST" and "more" in request.POST:
        _show_more(request, form, rows)
    elif request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in rows)]):
        facts = _facts(form, rows, person)
        found = _worked_out(form, facts, person, cost)
        if found is not None and not form.errors and _confirmed(request, form, found):
            actions.keep_charge(
                person=person, facts=facts, starts=form.cleaned_data["starts"], charge=found,
                **stamp(request),
            )  # fmt: skip
            messages.success(request, "Saved. The person can read it, and it can be sent.")
            return redirect("budgets:charge", person.reference)
    return show(
        request, "budgets/work_out.jinja", person, form=form, rows=rows, cost=cost, charge=found,
        forms=[form, *(row for one in rows for row in one.forms)],
        parts=presenters.breakdown(found) if found else [],
    )  # fmt: skip


def _forms(request: HttpRequest, person: Person) -> tuple[ChargeForm, list[Rows]]:
    today = timezone.localdate()
    if request.method == "POST":
        data = request.POST
        return ChargeForm(data), [Rows(section, data) for section in ROWS]
    stored = FinancialAssessment.objects.latest_for(person)
    facts: dict[str, Any] = stored.facts if stored and "kind" in stored.facts else {}
    initial = {
        "starts": today,
        "pension_age": pension_age_reached(person.date_of_birth, today),
        **{name: facts[name] for name in ("kind", "household", "partner_pension_age", "children",
                                          "premiums") if name in facts},
        **facts.get("light", {}),
        "never": facts.get("none", {}).get("kind", ""),
    }  # fmt: skip
    return ChargeForm(initial=initial), [Rows(name, None, facts.get(name, ())) for name in ROWS]


def _show_more(request: HttpRequest, form: ChargeForm, rows: list[Rows]) -> None:
    """Show more rows of one section, all that was typed, and no errors yet."""
    form.quieten()
    for one in rows:
        one.quiet()
        if one.section == request.POST["more"]:
            one.more()


def _facts(form: ChargeForm, rows: list[Rows], person: Person) -> dict[str, Any]:
    chosen = local("charge_percentage", "minimum_charge_weekly", "charge_carers")
    settings = {
        "charges": person.kind == Person.Kind.ADULT or bool(chosen["charge_carers"]),
        "percentage": int(chosen["charge_percentage"]),
        "minimum_weekly": int(chosen["minimum_charge_weekly"]),
    }
    sums = {one.section: one.facts() for one in rows}
    return form.facts() | sums | {"settings": settings, "confirmed": form.cleaned_data["confirmed"]}


def _worked_out(
    form: ChargeForm, facts: dict[str, Any], person: Person, cost: int
) -> Charge | None:
    """Work the charge out; what does not hold together goes on the form."""
    try:
        found = work_out_charge(
            facts, born=person.date_of_birth, starts=form.cleaned_data["starts"], cost=cost
        )
    except ParametersError as reason:
        form.add_error("starts", str(reason))
    except ValueError as reason:
        form.add_error(None, str(reason))
    else:
        return found
    return None


def _confirmed(request: HttpRequest, form: ChargeForm, found: Charge) -> bool:
    """Say whether an officer confirmed what nobody had verified; accuse only who saw the box."""
    if not found.unverified or form.cleaned_data["confirmed"]:
        return True
    if "seen" in request.POST:
        form.add_error("confirmed", "Check the figures listed here, then tick the box")
    return False


def _missing() -> FinancialAssessment:
    return get_object_or_404(FinancialAssessment.objects.none())
