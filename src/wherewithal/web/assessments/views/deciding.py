"""Pages of the eligibility decision and of the indicative budget."""

from fractions import Fraction
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from wherewithal.allocation import Explanation, explain
from wherewithal.allocation.changes import Side, changes
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import CARE, OWN
from wherewithal.web.assessments import actions, forms, letters
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.assessments.presenters import answering, deciding, figure, moved
from wherewithal.web.assessments.querysets import (
    answers_for_engine,
    as_it_was,
    carers_of,
    decision_of,
    figure_of,
    what_carers_say,
)
from wherewithal.web.assessments.views.answering import COUNCIL
from wherewithal.web.assessments.views.shared import (
    ask_for_copy,
    kindly,
    newest_or_404,
    read_or_404,
    show,
)
from wherewithal.web.people.letters import letter_to, served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.people.voice import voice_for, voice_to
from wherewithal.web.policy.schemes import scheme_of
from wherewithal.web.policy.settings import local


@person_page(OWN | CARE)
def eligibility(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the decision and its reasons, or where things stand."""
    assessment = read_or_404(request, person)
    decision = decision_of(assessment)
    voice = voice_for(person, signed_in(request))
    return show(
        request, "eligibility", person, assessment=assessment, decision=decision,
        read=deciding.decision_read(decision, voice) if decision else None,
        steps=figure.challenge(local(*COUNCIL)), budget=figure_of(assessment),
    )  # fmt: skip


@person_page(CARE)
def decide(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Look at the three tests on one page; see what that decides; then decide."""
    assessment = newest_or_404(person)
    if decision_of(assessment) or assessment.status != Assessment.Status.COMPLETED:
        return redirect("assessments:eligibility", person.reference)
    form = forms.EligibilityForm(request.POST or None)
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") != "preview":
            with kindly(request, "The decision is saved. Now give a copy of it."):
                actions.decide_eligibility(
                    assessment=assessment, findings=form.findings(), by=signed_in(request),
                    at=timezone.now(),
                )  # fmt: skip
            return redirect("assessments:eligibility", person.reference)
        preview = form.findings().decided
    scheme, said = scheme_of(assessment.scheme), assessment.answers.by_question()
    return show(
        request, "decide", person, form=form, assessment=assessment, preview=preview,
        suggestions=deciding.suggestions(scheme, said),
        other_answers=deciding.other_answers(scheme, said),
        own_words=deciding.in_own_words(scheme, said),
        missing=len(answering.still_open(scheme, said)),
    )  # fmt: skip


@person_page(OWN | CARE)
def decision_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the decision as a letter."""
    decision = decision_of(read_or_404(request, person))
    if decision is None:
        raise Http404
    council = local(*COUNCIL)
    read = deciding.decision_read(decision, voice_to(person))
    blocks = letters.decision_blocks(decision, read, council)
    letter = letter_to(
        person, title="Our decision about your needs",
        on=timezone.localdate(decision.decided_at), blocks=blocks, size=request.GET.get("size", ""),
    )  # fmt: skip
    return served(letter, "decision")


@person_page(CARE)
def decision_copy(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Keep how and when the person was given the decision in writing."""
    decision = decision_of(newest_or_404(person))
    if decision is None:
        raise Http404
    name = voice_for(person, signed_in(request)).name
    return ask_for_copy(
        request, person, partial(actions.record_copy, of=decision),
        title="A copy of the decision", back="assessments:eligibility",
        question=f"How was {name} given the decision and its reasons?",
        done="The copy is on record.",
    )  # fmt: skip


@person_page(OWN | CARE)
def indicative(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the first figure with all its reasons, or what is missing for it."""
    assessment = read_or_404(request, person)
    decision, budget = decision_of(assessment), figure_of(assessment)
    explanation, now, side = _explained(assessment)
    scheme = side[0]
    missing = [(scheme.question(code), why.name.lower()) for code, why in explanation.missing]
    return show(
        request, "indicative", person, assessment=assessment, decision=decision, budget=budget,
        explanation=explanation, missing=missing, changed=figure.changed_since(budget, now),
        read=figure.figure_read(budget, explanation, scheme) if budget else None,
        steps=figure.challenge(local(*COUNCIL)), up_or_down=figure.UP_OR_DOWN,
        until_the_plan=figure.UNTIL_THE_PLAN, no_figure=letters.NO_FIGURE,
        moved=_moved(assessment, side), beside=moved.beside(*side) if budget else (),
        large_fall=moved.LARGE_FALL,
    )  # fmt: skip


@person_page(CARE)
@require_POST
def work_out(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Work out the first figure, or go on without one where answers will stay missing."""
    assessment = newest_or_404(person)
    with kindly(request):
        actions.work_out_budget(
            assessment=assessment, by=signed_in(request), at=timezone.now(),
            without_figure=request.POST.get("without_figure") == "yes",
        )  # fmt: skip
    return redirect("assessments:indicative", person.reference)


@person_page(OWN | CARE)
def indicative_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the first figure and its reasons as a letter."""
    assessment = read_or_404(request, person)
    budget = figure_of(assessment)
    if budget is None:
        raise Http404
    explanation, _, side = _explained(assessment)
    read = figure.figure_read(budget, explanation, side[0])
    council = local(*COUNCIL)
    letter = letter_to(
        person, title="Your indicative budget",
        on=timezone.localdate(budget.worked_out_at), size=request.GET.get("size", ""),
        blocks=letters.figure_blocks(
            budget, read, explanation.because, council, _moved(assessment, side)
        ),
    )  # fmt: skip
    return served(letter, "indicative-budget")


@person_page(CARE)
def shared(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Keep how and when the figure was shared; planning can begin."""
    budget = figure_of(newest_or_404(person))
    if budget is None:
        raise Http404
    name = voice_for(person, signed_in(request)).name
    return ask_for_copy(
        request, person, partial(actions.share_budget, budget=budget),
        title="Share the first figure", back="assessments:indicative",
        question=f"How was the figure shared with {name}?", done="Shared. Planning can begin.",
    )  # fmt: skip


def _explained(assessment: Assessment) -> tuple[Explanation, Explanation, Side]:
    """Return the working as it was when the figure was made, as it would be now, and its side."""
    said, now = assessment.answers.by_question(), what_carers_say(carers_of(assessment.person))
    scheme, answers = as_it_was(assessment, said, now)
    told = explain(scheme, answers)
    if (answers.carer_willing, answers.carer_able) == now:
        return told, told, (scheme, answers)
    afresh = explain(scheme, answers_for_engine(assessment, said, now))
    return told, afresh, (scheme, answers)


def _moved(assessment: Assessment, after: Side) -> moved.MovedRead | None:
    """Return why the figure moved since an earlier assessment; ``None`` where there is none."""
    before = Assessment.objects.figured_before(assessment)
    if before is None or figure_of(assessment) is None:
        return None
    side = as_it_was(before, before.answers.by_question(), (None, None))
    share = Fraction(int(local("large_fall_percent")["large_fall_percent"]), 100)
    return moved.moved_read(changes(side, after, large_fall=share), before)
