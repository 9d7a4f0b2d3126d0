"""Money that could be asked back: proposed, decided, told, answered, paid back or let go."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.ledger.surplus import surplus
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN, STAFF, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.checks import presenters
from wherewithal.web.checks.actions import repaying
from wherewithal.web.checks.actions import surplus as actions
from wherewithal.web.checks.facts import DIRECT
from wherewithal.web.checks.figures import figures_of
from wherewithal.web.checks.forms import (
    AnswerForm,
    DecideForm,
    GoAheadForm,
    LetGoForm,
    ProposeForm,
    SpendingForm,
)
from wherewithal.web.checks.letters import SURPLUS_RULE, money_back_letter
from wherewithal.web.checks.limits import settings_now
from wherewithal.web.checks.models import SurplusProposal
from wherewithal.web.checks.views.shared import DECIDERS, READERS, one_form, stamp
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show

FINANCE = frozenset({Role.FINANCE})


def _found(request: HttpRequest, person: Person, pk: int) -> SurplusProposal:
    seen = SurplusProposal.objects.read_by(signed_in(request))
    sums = seen.select_related("person", "decided_by", "proposed_by")
    return get_object_or_404(sums, person=person, pk=pk)


@person_page(STAFF)
def propose(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Work out what is over, line by line, and propose it; nothing is decided by that."""
    on = timezone.localdate()
    known = figures_of(person, DIRECT, on=on)
    form = ProposeForm(request.POST or None, initial=known)
    found = None
    if request.method == "POST" and form.is_valid():
        found = surplus(form.facts(settings_now().reserve_weeks, known.get("nhs_paid_in", 0)))
        if request.POST.get("step") == "propose":
            try:
                made = actions.propose(
                    person=person,
                    holding=DIRECT,
                    found=found,
                    why=form.cleaned_data["why"],
                    why_words=form.cleaned_data["why_words"],
                    **stamp(request),
                )
            except NotNow as reason:
                messages.warning(request, str(reason))
            else:
                messages.success(request, "Proposed. Nothing is decided, and nothing is taken.")
                return redirect("checks:money-back", person.reference, made.pk)
    lines = presenters.working(found) if found else []
    going_on = SurplusProposal.objects.going_on().filter(
        person=person, holding=DIRECT, about=SurplusProposal.About.SURPLUS
    ).first()  # fmt: skip
    return show(request, "checks/propose.jinja", person, form=form, lines=lines, found=found,
                going_on=going_on)  # fmt: skip


@person_page(STAFF)
def spending(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Propose that money spent on something else is asked back, item by item."""
    form = SpendingForm(request.POST or None, on=timezone.localdate())

    def do(given: dict[str, Any]) -> None:
        actions.propose_spending(
            person=person, holding=DIRECT, items=form.items(), why_words=given["why_words"],
            **stamp(request),
        )  # fmt: skip

    return one_form(
        request, person, form, heading="Money spent on something else", button="Propose",
        do=do, done="Proposed. Nothing is decided, and nothing is taken.",
        intro=("Talk first. It may have been right, or nobody may have said what the money was"
               " for.",
               "Each item needs its day, who was paid, why it is asked back, and the line of the"
               " plan or agreement. Only what was spent after the person had the statement and"
               " signed the agreement can be asked back.",),
    )  # fmt: skip


@person_page(READERS)
@require_safe
def money_back(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Show a sum, how it was worked out, what was decided and why, and what comes next."""
    found, user = _found(request, person, pk), signed_in(request)
    return show(
        request, "checks/money_back.jinja", person, found=found,
        told=presenters.money_back(found), parts=list(found.repayments.all()),
        may_decide=user.role in DECIDERS, may_answer=found.status in {"told", "answered"},
        finance=user.role == Role.FINANCE, reader_is_own=user.role in OWN,
        rule=SURPLUS_RULE, proposed_it=found.proposed_by_id == user.pk,
        reads_words=user.role != Role.SUPPORTER, own_answer=found.answered_by_id == user.pk,
    )  # fmt: skip


@person_page(DECIDERS)
def decide(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Decide to leave it, or to ask for all or part, with reasons."""
    found = _found(request, person, pk)
    form = DecideForm(request.POST or None, initial={"pence": found.reclaim})

    def do(given: dict[str, Any]) -> None:
        reasons: dict[str, Any] = {"reasons": given["reasons"], **stamp(request)}
        if given["choice"] == "leave":
            actions.leave_it(proposal=found, **reasons)
        else:
            actions.decide(proposal=found, pence=given["pence"], **reasons)

    return one_form(
        request, person, form, heading="Decide about this sum", button="Save the decision", do=do,
        done="Decided. The person can read why.", to=("checks:money-back", pk),
        intro=(f"What was said about it: “{found.why_words}”",
               "Money that is not spent is not proof that help is not needed. It may be time for"
               " a review."),
    )  # fmt: skip


@person_page(READERS)
@require_safe
def letter(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Give the letter about a sum that was decided."""
    found = _found(request, person, pk)
    if not found.asked:
        found = get_object_or_404(SurplusProposal.objects.none())
    return served(money_back_letter(found, timezone.localdate()), "money-back")


@person_page(DECIDERS)
@require_POST
def told(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Note that the letter went out today; the time to reply begins."""
    try:
        actions.tell(
            proposal=_found(request, person, pk), on=timezone.localdate(), **stamp(request)
        )
        messages.success(request, "Noted: the letter went out today.")
    except NotNow as reason:
        messages.warning(request, str(reason))
    return redirect("checks:money-back", person.reference, pk)


@person_page(READERS)
def answer(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Say what one thinks of it: the person, who helps them, or staff who took it down."""
    found = _found(request, person, pk)
    return one_form(
        request, person, AnswerForm(request.POST or None),
        heading="Answer about this money", button="Send the answer",
        do=lambda given: actions.answer(
            proposal=found, choice=given["choice"], words=given["words"], **stamp(request)
        ),
        done="Thank you. We have the answer.", to=("checks:money-back", pk),
        intro=presenters.what_is_asked(found),
    )  # fmt: skip


@person_page(FINANCE)
def go_ahead(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Set down how a sum is paid back, once agreed or once the time to reply is over."""
    found = _found(request, person, pk)
    form = GoAheadForm(request.POST or None, on=timezone.localdate())
    return one_form(
        request, person, form, heading="Set down how it is paid back", button="Save",
        do=lambda given: repaying.go_ahead(proposal=found, **given, **stamp(request)),
        done="Saved. The person can see each part.", to=("checks:money-back", pk),
        intro=("Small parts are kinder than one large sum. Ask what they can manage.",),
    )  # fmt: skip


@person_page(FINANCE)
@require_POST
def repaid(request: HttpRequest, person: Person, pk: int, part: int) -> HttpResponseBase:
    """Note that one part came back."""
    found = _found(request, person, pk)
    repayment = get_object_or_404(found.repayments, pk=part)
    try:
        repaying.note_repaid(repayment=repayment, on=timezone.localdate(), **stamp(request))
        messages.success(request, "Noted.")
    except (NotNow, ValidationError) as reason:
        messages.warning(request, str(reason))
    return redirect("checks:money-back", person.reference, pk)


@person_page(DECIDERS)
def let_go(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Let go whatever has not been paid back yet, with the reason."""
    found = _found(request, person, pk)
    return one_form(
        request, person, LetGoForm(request.POST or None), heading="Let the rest go",
        button="Let the rest go",
        do=lambda given: repaying.let_go(proposal=found, why=given["why"], **stamp(request)),
        done="The rest need not be paid back.", to=("checks:money-back", pk),
    )  # fmt: skip
