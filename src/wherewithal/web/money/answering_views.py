"""For staff: questions about spending that wait, and answers that are told to everybody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from wherewithal.careact.spending import VERDICTS, look_up
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import STAFF
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.money import actions, querysets
from wherewithal.web.money.forms import AnswerForm, PrecedentForm, ReadForm, WithdrawForm
from wherewithal.web.money.giving_away import gives_away
from wherewithal.web.money.models import Precedent, Question
from wherewithal.web.people.models import Person
from wherewithal.web.people.presenters import identity


@page(STAFF)
def waiting(request: HttpRequest) -> HttpResponse:
    """Show the questions that wait, the soonest due first, and the answers to be read."""
    user = signed_in(request)
    return render(request, "money/waiting.jinja", {
        "questions": list(querysets.to_answer(user)[:100]),
        "to_read": list(querysets.to_read(user)[:50]),
        "told": querysets.published(),
        "today": timezone.localdate(),
    })  # fmt: skip


@page(STAFF)
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer a question with reasons; beside it stands what the guide and others were told."""
    question = _question(request, pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            actions.answer(
                by=signed_in(request), at=timezone.now(), question=question, **form.cleaned_data
            )
        except NotNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{question.person.name} can read the answer now.")
            return redirect("spending:precedent", question.pk)
    return render(request, "money/answer.jinja", {
        "form": form,
        "question": question,
        "person": question.person,
        "identity": identity(question.person, timezone.localdate()),
        "lines": querysets.lines_of_plan(question.person),
        "found": look_up(question.words)[:5],
        "told": querysets.published(question.words),
        "verdicts": VERDICTS,
        "today": timezone.localdate(),
    })  # fmt: skip


@page(STAFF)
def precedent(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tell an answer again for everybody, or leave it between the two."""
    question = _question(request, pk)
    known = {"asked": question.words, "reasons": question.reasons, "condition": question.condition}
    form = PrecedentForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            actions.propose_precedent(
                by=signed_in(request), at=timezone.now(), question=question, **form.cleaned_data
            )
        except (NotNow, ValueError) as refused:
            form.add_error("asked", str(refused))
        else:
            messages.success(request, "Thank you. Somebody else reads it before it is published.")
            return redirect("spending:waiting")
    text = " ".join((question.words, question.reasons, question.condition))
    return render(request, "money/precedent.jinja", {
        "form": form, "question": question, "shows": gives_away(question.person, text),
        "done": Precedent.objects.filter(source=question).exists(),
    })  # fmt: skip


@page(STAFF)
def read(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Read a proposed answer as its second reader, or end one that is no longer so."""
    found = get_object_or_404(Precedent.objects.select_related("proposed_by", "read_by"), pk=pk)
    ended = found.status == Precedent.Status.PUBLISHED
    form: Any = WithdrawForm(request.POST or None) if ended else ReadForm(request.POST or None)
    if form.is_valid():
        by, at = signed_in(request), timezone.now()
        try:
            if ended:
                actions.withdraw_precedent(by=by, at=at, precedent=found, **form.cleaned_data)
            else:
                actions.read_precedent(by=by, at=at, precedent=found, **form.cleaned_data)
        except (NotNow, ValueError) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "That is saved.")
            return redirect("spending:waiting")
    context = {
        "form": form,
        "precedent": found,
        "ended": ended,
        "back": reverse("spending:waiting"),
    }
    return render(request, "money/read.jinja", context)


def _question(request: HttpRequest, pk: int) -> Question:
    people = Person.objects.visible_to(signed_in(request))
    found = Question.objects.select_related("person__practitioner", "budget_line", "asked_by")
    return get_object_or_404(found, pk=pk, person__in=people)
