"""The form behind a charge: circumstances and sums, worked out first and kept once checked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from wherewithal.charging.assess import falls_weekly
from wherewithal.charging.parameters import ParametersError
from wherewithal.charging.pension_age import pension_age_reached
from wherewithal.web.accounts.roles import STAFF
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import actions, presenters
from wherewithal.web.budgets.charges.expenses import rows_from_claims, waiting_claims
from wherewithal.web.budgets.charges.forms import ChargeForm
from wherewithal.web.budgets.charges.local import chosen_now, council_settings, settings_for
from wherewithal.web.budgets.charges.rows import ROWS, Rows
from wherewithal.web.budgets.charges.views import basis_of, cost_of, sounding_free
from wherewithal.web.budgets.charges.working_out import Charge, financial_facts
from wherewithal.web.budgets.charges.working_out import work_out as work_out_charge
from wherewithal.web.budgets.models import FinancialAssessment
from wherewithal.web.budgets.views import stamp
from wherewithal.web.budgets.yearly.figures import book, why_blocked
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show
from wherewithal.web.policy.settings import local

KEPT = (
    "kind", "household", "partner_pension_age", "children", "premiums", "deprivation",
    "offered_both",
)  # fmt: skip


@person_page(STAFF)
def work_out(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Take the person's money in sections, work out the charge, and keep it once it is checked."""
    basis = basis_of(person)
    cost, sound_free = cost_of(basis), sounding_free(basis)
    form, rows = _forms(request, person)
    found: Charge | None = None
    if request.method == "POST" and "more" in request.POST:
        _show_more(request, form, rows)
    elif request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in rows)]):
        sums = {one.section: one.facts() for one in rows}
        if form.ask_what_is_missing(sums, sound_free):
            facts = _facts(form, sums, person, cost)
            found = _worked_out(form, facts, person, cost)
        if found is not None and not form.errors and _confirmed(request, form, found):
            try:
                actions.keep_charge(
                    person=person, facts=facts, starts=form.cleaned_data["starts"], charge=found,
                    **stamp(request),
                )  # fmt: skip
            except NotNow as reason:
                form.add_error(None, str(reason))
            else:
                messages.success(request, "Saved. The person can read it, and it can be sent.")
                return redirect("budgets:charge", person.reference)
    return show(
        request, "budgets/work_out.jinja", person, form=form, rows=rows, cost=cost, charge=found,
        forms=[form, *(row for one in rows for row in one.forms)],
        parts=presenters.breakdown(found) if found else [],
        blocked=why_blocked(found.unverified) if found else "",
        waiting=waiting_claims(person), sound_free=sound_free,
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
        **{name: facts[name] for name in KEPT if name in facts},
        **facts.get("light", {}),
        "never": facts.get("none", {}).get("kind", ""),
    }
    if "no_night_care" in facts:
        initial["night_care"] = not facts["no_night_care"]
    initial |= {f"partner_{name}": pence for name, pence in facts.get("partner", {}).items()}
    kept = facts | {"expenses": rows_from_claims(person, facts.get("expenses", ()))}
    return ChargeForm(initial=initial), [Rows(name, None, kept.get(name, ())) for name in ROWS]


def _show_more(request: HttpRequest, form: ChargeForm, rows: list[Rows]) -> None:
    """Show more rows of one section, all that was typed, and no errors yet."""
    form.quieten()
    for one in rows:
        one.quiet()
        if one.section == request.POST["more"]:
            one.more()


def _facts(
    form: ChargeForm, sums: dict[str, list[dict[str, Any]]], person: Person, cost: int
) -> dict[str, Any]:
    settings = settings_for(person, chosen_now())
    found = form.facts() | sums
    found |= {"settings": settings, "confirmed": form.cleaned_data["confirmed"]}
    if "arrangement" in found:
        fee = local("arrangement_fee_yearly")["arrangement_fee_yearly"]
        carer = person.kind == Person.Kind.CARER
        found["arrangement"] |= {"yearly_cost": int(fee), "carer": carer}
    if any(row["kind"] == "notional-capital" for row in sums["capital"]):
        _let_it_fall(found, person, form, cost)
    return found


def _let_it_fall(found: dict[str, Any], person: Person, form: ChargeForm, cost: int) -> None:
    """Note by how much money given away falls a week: what it adds to the charge now."""
    on = form.cleaned_data["starts"]
    try:
        falls = falls_weekly(
            financial_facts(found, born=person.date_of_birth, on=on), book().parameters(on),
            cost_weekly=cost, settings=council_settings(found["settings"]),
        )  # fmt: skip
    except (ParametersError, ValueError):
        return  # working out the charge says what is wrong
    for row in found["capital"]:
        if row["kind"] == "notional-capital":
            row["reduces_weekly"] = falls


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
    """Say whether an officer saw the sum, and confirmed what nobody had verified.

    Only who saw the box is told that it is not ticked.
    """
    if form.cleaned_data["confirmed"]:
        return True
    if found.unverified and "seen" in request.POST:
        form.add_error("confirmed", "Check the figures listed here, then tick the box")
    return not found.unverified and "seen" in request.POST
