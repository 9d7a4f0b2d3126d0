"""What a person pays: the breakdown that anyone concerned can read, and its letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.charging.rules import kinds, sounds_free
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import STAFF
from wherewithal.web.budgets import actions, presenters
from wherewithal.web.budgets.charges.better_off import NEVER_CHARGED, better_off, worth_asking
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.charges.models import EarlierCharge
from wherewithal.web.budgets.charges.reads import changes_of, review_day
from wherewithal.web.budgets.charges.working_out import charge_of
from wherewithal.web.budgets.letters import charge_letter
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.budgets.views import READERS, stamp
from wherewithal.web.budgets.yearly.figures import who_confirmed
from wherewithal.web.budgets.yearly.uprating_reads import line_for
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.facts import totals_of
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.plans.pages import show


def basis_of(person: Person) -> SupportPlan | Budget | None:
    """Return what a charge is worked out against: the plan being made, or else the last budget."""
    plan = SupportPlan.objects.of(person).filter(status="draft").with_everything().first()
    if plan is not None:
        return plan
    budgets = Budget.objects.filter(person=person).exclude(status=Budget.Status.RETURNED)
    return budgets.order_by("-id").first()


def cost_of(basis: SupportPlan | Budget | None) -> int:
    """Return pence a week that a charge is worked out against: budget, plan, or first figure."""
    if isinstance(basis, SupportPlan):
        totals = totals_of(basis)
        return totals.cost.weekly or totals.indicative or 0
    return basis.cost if basis else 0


def cost_for(person: Person) -> int:
    """Return pence a week that a person's charge is worked out against."""
    return cost_of(basis_of(person))


def sounding_free(basis: SupportPlan | Budget | None) -> dict[str, str]:
    """Return the parts of the plan or budget that sound free, each with the kind it sounds like.

    What the NHS or another body pays for is known to be free already.
    """
    if isinstance(basis, SupportPlan):
        names = [line.what for line in basis.lines.all()]
    else:
        names = [line.what for line in basis.lines.filter(fundings=None)] if basis else []
    found = {what: sounds_free(what) for what in names}
    return {what: kind.id for what, kind in found.items() if kind is not None}


def _still(running: Budget | None, stored: FinancialAssessment) -> int | None:
    """Return pence a week that go on being paid, where the newest sum counts for no budget yet."""
    if running is None or running.charge_id == stored.pk:
        return None
    if running.charge_changes.filter(charge=stored).exists():
        return None
    return contribution_on(running, max(timezone.localdate(), running.period.lower))


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
        still=_still(running, stored),
        parts=presenters.breakdown(found),
        ideas=worth_asking(stored.facts, person.date_of_birth, timezone.localdate()),
        confirmed=who_confirmed(found.steps), review_on=review_day(stored),
        pieces=changes_of(running),
        coming=line_for(person),
        earlier=EarlierCharge.objects.filter(person=person),
    )  # fmt: skip


@person_page(READERS)
@require_safe
def better_off_view(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what counts and what does not, what is kept, and what may be missing."""
    stored = FinancialAssessment.objects.latest_for(person)
    born = person.date_of_birth
    found = charge_of(stored, born=born, cost=cost_for(person)) if stored else None
    facts = stored.facts if stored else {}
    return show(
        request, "budgets/better_off.jinja", person, charge=found, never=NEVER_CHARGED,
        found=better_off(found, facts, born, timezone.localdate()),
        examples=list(kinds("expenses").values()),
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


def _missing() -> FinancialAssessment:
    return get_object_or_404(FinancialAssessment.objects.none())
