"""Another look at a decision: one page to ask, one to read, one for somebody else to answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.checks.actions import again as actions
from wherewithal.web.checks.decisions import decisions_about
from wherewithal.web.checks.forms import AskAgainForm, DecideAgainForm
from wherewithal.web.checks.letters import again_letter
from wherewithal.web.checks.models import LookAgain
from wherewithal.web.checks.views.shared import DECIDERS, READERS, one_form, stamp
from wherewithal.web.payments.calendar import bank_holidays
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show


def _found(person: Person, pk: int, reader: User) -> LookAgain:
    seen = LookAgain.objects.read_by(reader)
    asked = seen.select_related("person", "first_decided_by", "decided_by")
    return get_object_or_404(asked, person=person, pk=pk)


@person_page(READERS)
def ask(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Ask for another look at a decision; staff may write down what somebody asked for."""
    decided = decisions_about(person, timezone.localdate())
    labels = dict(LookAgain.Of.choices)
    form = AskAgainForm(
        request.POST or None, choices=[(of, labels[LookAgain.Of(of)]) for of in decided],
        initial={"of": request.GET.get("of", "")},
    )  # fmt: skip

    def do(given: dict[str, Any]) -> None:
        actions.ask_again(
            person=person, decided=decided[given["of"]], why=given["why"],
            holidays=bank_holidays(), **stamp(request),
        )  # fmt: skip

    if not decided:
        return show(request, "checks/nothing_decided.jinja", person)
    return one_form(
        request, person, form, heading="Ask us to look again", button="Send", do=do,
        done="Thank you. Somebody else will look at it, and write to you with reasons.",
        intro=("Somebody who did not make the decision looks at it. Your support goes on while"
               " they do. Asking can never make things worse for you.",
               "You can ask someone to help you. If you would rather complain, or are not happy"
               " with our answer, you can go to the Local Government and Social Care Ombudsman."
               " That is free."),
    )  # fmt: skip


@person_page(READERS)
@require_safe
def again(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Show what was asked, by when it is answered, and the answer."""
    user = signed_in(request)
    found = _found(person, pk, user)
    own = {found.first_decided_by_id, found.asked_by_id}
    return show(
        request, "checks/again.jinja", person, found=found, reader_is_own=user.role in OWN,
        waiting=found.status in {"asked", "acknowledged"},
        may_decide=user.role in DECIDERS and user.pk not in own,
        must_pass_on=user.role in DECIDERS and user.pk in own,
    )  # fmt: skip


@person_page(DECIDERS)
@require_POST
def acknowledge(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Note that the person was told that we have it."""
    try:
        found = _found(person, pk, signed_in(request))
        actions.acknowledge(asked=found, on=timezone.localdate(), **stamp(request))
        messages.success(request, "Noted: they were told today.")
    except NotNow as reason:
        messages.warning(request, str(reason))
    return redirect("checks:again", person.reference, pk)


@person_page(DECIDERS)
def decide(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Answer, with reasons; never by who decided first."""
    found = _found(person, pk, signed_in(request))
    return one_form(
        request, person, DecideAgainForm(request.POST or None), heading="Look again",
        button="Save the answer",
        do=lambda given: actions.decide_again(asked=found, **given, **stamp(request)),
        done="Saved. Send the letter. Where the decision changes, change it on its own page now.",
        to=("checks:again", pk),
        intro=(f"What stands: {found.told}", f"What was said: “{found.why}”"),
    )  # fmt: skip


@person_page(READERS)
@require_POST
def withdraw(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Take back that one asked."""
    try:
        actions.withdraw(asked=_found(person, pk, signed_in(request)), **stamp(request))
        messages.success(request, "Taken back. You can ask again whenever you like.")
    except NotNow as reason:
        messages.warning(request, str(reason))
    return redirect("checks:again", person.reference, pk)


@person_page(READERS)
@require_safe
def letter(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Give the letter that answers."""
    found = get_object_or_404(
        LookAgain.objects.read_by(signed_in(request)), person=person, pk=pk, status="decided"
    )
    return served(again_letter(found, timezone.localdate()), "looked-again")
