"""How each line of a budget is held; the direct payment decision; its agreement."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import CARE, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import holding as holdings
from wherewithal.web.budgets import presenters
from wherewithal.web.budgets.forms import AgreementForm, DirectPaymentForm, HoldingForm
from wherewithal.web.budgets.holding_changes import (
    CAN_DO,
    ENDED_TITLE,
    changes_of,
    ended_direct_payment,
)
from wherewithal.web.budgets.letters import direct_payment_ended_letter
from wherewithal.web.budgets.models import Budget, DirectPaymentDecision
from wherewithal.web.budgets.views import READERS, stamp
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.forms import HOLDING_MEANINGS
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.plans.pages import show
from wherewithal.web.policy.holding import CARRIED_OVER
from wherewithal.web.policy.settings import local

DIRECT = PlanLine.Holding.DIRECT_PAYMENT


@person_page(READERS)
def holding(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Show how each line is held, what each way means, and where the direct payment stands."""
    budget = Budget.objects.newest(person)
    if budget is None:
        return redirect("budgets:statement", person.reference)
    lines = list(budget.lines.all())
    decision = _newest_decision(budget)
    allowed = decision is not None and decision.allowed
    may_edit = signed_in(request).role in CARE and budget.status == Budget.Status.SIGNED_OFF
    data = request.POST if request.method == "POST" and may_edit else None
    ends = (
        may_edit
        and any(line.holding == DIRECT for line in lines)
        and holdings.paid_out_directly(budget)
    )
    form = HoldingForm(
        data, lines=lines, direct_allowed=allowed, today=timezone.localdate(),
        notice=holdings.notice_weeks() if ends else None,
    )  # fmt: skip
    if form.is_valid():
        try:
            changed = holdings.change_holding(
                budget=budget, choices=form.choices, reason=form.cleaned_data["reason"],
                first_day=form.cleaned_data.get("first_day"), **stamp(request),
            )  # fmt: skip
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("budgets:holding", person.reference)
        except NotNow as reason:
            form.add_error(None, str(reason))
        except ValidationError as missing:
            form.add_error("reason", missing.message_dict["reason"])
    changes = changes_of(person, budget)
    wished = any(line.plan_line and line.plan_line.holding == DIRECT for line in lines)
    return show(
        request, "budgets/holding.jinja", person, budget=budget, form=form, decision=decision,
        may_edit=may_edit, allowed=allowed, wished=wished,
        held_direct=any(line.holding == DIRECT for line in lines),
        changes=presenters.holding_changes(changes), ended=ended_direct_payment(changes),
        can_do=CAN_DO, ended_title=ENDED_TITLE,
        lines=presenters.line_rows(lines, allowed),
        meanings=presenters.holding_meanings(
            HOLDING_MEANINGS, carry_weeks=int(local(CARRIED_OVER)[CARRIED_OVER])
        ),
        fee_unsaid=presenters.fee_unsaid(lines),
    )  # fmt: skip


@person_page(READERS)
@require_safe
def ended_letter(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the letter that tells why a direct payment ends, and what the person can do."""
    ended = ended_direct_payment(changes_of(person, Budget.objects.newest(person)))
    if not ended:
        raise Http404("No direct payment has ended.")
    letter = direct_payment_ended_letter(person, ended, timezone.localtime(ended[0].at).date())
    return served(letter, "your-direct-payment")


@person_page(CARE)
def direct_payment(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Ask for the facts on which a direct payment is decided, and keep the decision."""
    budget = Budget.objects.newest(person)
    if budget is None or budget.status != Budget.Status.SIGNED_OFF:
        return redirect("budgets:statement", person.reference)
    form = DirectPaymentForm(request.POST or None)
    if form.is_valid():
        facts = form.facts()
        outcome = holdings.check_direct_payment(facts)
        if outcome.missing:
            for sentence in outcome.missing:
                form.add_error(None, sentence)
        else:
            holdings.decide_direct_payment(budget=budget, facts=facts, **stamp(request))
            messages.success(request, "The decision and its reasons are kept.")
            return redirect("budgets:holding", person.reference)
    return show(request, "budgets/direct_payment.jinja", person, form=form)


@person_page(READERS - {Role.FINANCE, Role.SUPPORTER})
def agreement(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Show the terms of a direct payment, and take a signature."""
    budget = Budget.objects.newest(person)
    if (
        budget is None
        or budget.status != Budget.Status.SIGNED_OFF
        or not holdings.direct_payment_allowed(budget)
    ):
        messages.warning(request, "There is no direct payment to agree to yet.")
        return redirect("budgets:statement", person.reference)
    form = AgreementForm(request.POST or None, on=timezone.localdate())
    if form.is_valid():
        try:
            holdings.sign_agreement(
                budget=budget, name=form.cleaned_data["name"], on=form.cleaned_data["signed_on"],
                **stamp(request),
            )  # fmt: skip
        except NotNow as reason:
            form.add_error("signed_on", str(reason))
        else:
            messages.success(request, "Thank you. The agreement is signed.")
            return redirect("budgets:holding", person.reference)
    return show(
        request, "budgets/agreement.jinja", person, form=form, budget=budget,
        terms=presenters.agreement_terms(
            **{name.removeprefix("direct_payment_"): int(number) for name, number in
               local("direct_payment_notice_weeks", "records_years").items()}
        ),
    )  # fmt: skip


def _newest_decision(budget: Budget) -> DirectPaymentDecision | None:
    decisions = DirectPaymentDecision.objects.filter(budget=budget).select_related("by")
    return decisions.order_by("-at", "-id").first()
