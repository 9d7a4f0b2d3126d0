"""Pages on which an assessment is answered: any order, one thing a page, saved as it is given."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from wherewithal.scheme import Question, Scheme
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import CARE, OWN
from wherewithal.web.assessments import actions, forms, letters
from wherewithal.web.assessments.models import Answer, Assessment
from wherewithal.web.assessments.presenters import answering as presenters
from wherewithal.web.assessments.querysets import carers_of, decision_of, figure_of
from wherewithal.web.assessments.views.shared import (
    ask_for_copy,
    kindly,
    newest_or_404,
    read_or_404,
    show,
)
from wherewithal.web.assessments.wording import usual_way
from wherewithal.web.people.letters import letter_to, served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.people.voice import voice_for
from wherewithal.web.policy.schemes import scheme_of

REMEMBERED = "how_answers_are_given"
COUNCIL = ("council_name", "council_phone", "council_email")


@person_page(OWN | CARE)
def tasks(request: HttpRequest, person: Person) -> HttpResponse:
    """List everything there is to answer, in any order, and what is done."""
    user = signed_in(request)
    every = list(Assessment.objects.whole_of(person))
    if not every:
        return show(request, "begin", person)
    assessment, *earlier = every
    scheme, said = scheme_of(assessment.scheme), assessment.answers.by_question()
    return show(
        request, "tasks", person, assessment=assessment,
        decision=decision_of(assessment), budget=figure_of(assessment),
        progress=presenters.progress(scheme, said),
        first=presenters.own_tasks(person, assessment, voice_for(person, user)),
        parts=presenters.tasks(person, scheme, said),
        carers=presenters.carer_tasks(person, carers_of(person), user),
        missing=len(presenters.still_open(scheme, said)),
        earlier=presenters.earlier_ones(person, earlier),
    )  # fmt: skip


@person_page(OWN | CARE)
@require_POST
def start(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Begin an assessment with the scheme that is in force today."""
    user = signed_in(request)
    with kindly(request):
        actions.start_assessment(person=person, on=timezone.localdate(), by=user, at=timezone.now())
    return redirect("assessments:tasks", person.reference)


@person_page(OWN | CARE)
def about_me(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Ask what we should know first."""
    assessment = newest_or_404(person)
    voice = voice_for(person, signed_in(request))
    form = forms.AboutMeForm(
        voice, data=request.POST or None, initial={"about_me": assessment.about_me}
    )
    if request.method == "POST" and form.is_valid():
        with kindly(request):
            actions.write_about_me(
                assessment=assessment, words=form.cleaned_data["about_me"],
                by=signed_in(request), at=timezone.now(),
            )  # fmt: skip
        return redirect("assessments:tasks", person.reference)
    return show(request, "about_me", person, form=form, assessment=assessment)


@person_page(OWN | CARE)
def question(request: HttpRequest, person: Person, code: str) -> HttpResponseBase:
    """Ask one question, as the scheme declares it, and save the answer at once."""
    user, assessment = signed_in(request), newest_or_404(person)
    scheme = scheme_of(assessment.scheme)
    asked = _asked(scheme, code)
    if assessment.status != Assessment.Status.OPEN:
        return redirect("assessments:check", person.reference)
    history = list(assessment.answers.ever_given_to(code))
    before = history[0] if history and history[0].replaced_at is None else None
    voice = voice_for(person, user)
    pressed = request.POST.get("do", "")
    state = pressed if pressed in forms.WITHOUT_VALUE else Answer.State.ANSWERED
    way = request.session.get(REMEMBERED) or usual_way(user)
    form = forms.QuestionForm(
        asked, voice, before=before, state=state, data=request.POST or None,
        initial=forms.told_before(asked, before, way),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = _kept(form.said(way or Answer.How.TOLD), before)
        if form.cleaned_data["how"]:
            request.session[REMEMBERED] = said.how
        with kindly(request):
            actions.give_answer(
                assessment=assessment, question=asked, said=said, by=user, at=timezone.now()
            )
        return _onward(person, assessment, scheme, code, pressed)
    number = scheme.questions.index(asked) + 1
    section = next(each for each in scheme.sections if each.code == asked.section)
    return show(
        request, "question", person, form=form, asked=asked, section=section.title, number=number,
        altogether=len(scheme.questions), other_ways=presenters.other_ways(asked, voice),
        history=presenters.said_before(asked, history), stands=before is not None,
        how_is_known=bool(form["how"].value()) and not form.errors,
    )  # fmt: skip


@person_page(OWN | CARE)
def check(request: HttpRequest, person: Person) -> HttpResponse:
    """Read all answers back: on the page, and printed from it on paper."""
    assessment = read_or_404(request, person)
    scheme, said = scheme_of(assessment.scheme), assessment.answers.by_question()
    return show(
        request, "check", person, assessment=assessment, parts=presenters.read_back(scheme, said),
        carers=presenters.carer_tasks(person, carers_of(person), signed_in(request)),
        progress=presenters.progress(scheme, said), decision=decision_of(assessment),
        may_change=assessment.status == Assessment.Status.OPEN,
    )  # fmt: skip


@person_page(OWN | CARE)
def record_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the answers as a letter to keep."""
    assessment = read_or_404(request, person)
    scheme, said = scheme_of(assessment.scheme), assessment.answers.by_question()
    blocks = letters.record_blocks(assessment.about_me, presenters.read_back(scheme, said))
    letter = letter_to(
        person, title="What you told us", on=timezone.localdate(), blocks=blocks,
        size=request.GET.get("size", ""),
    )  # fmt: skip
    return served(letter, "assessment")


@person_page(OWN | CARE)
def finish(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Finish the assessment; staff say how the person was given a copy."""
    assessment, user = newest_or_404(person), signed_in(request)
    if assessment.status != Assessment.Status.OPEN:
        return redirect("assessments:tasks", person.reference)
    voice = voice_for(person, user)
    form = forms.FinishForm(voice, today=timezone.localdate(), data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = voice.say("Thank you. Your assessment is finished.", "The assessment is finished.")
        with kindly(request, done):
            actions.finish_assessment(
                assessment=assessment, copy=form.copy(), by=user, at=timezone.now()
            )
        return redirect("assessments:tasks", person.reference)
    scheme, said = scheme_of(assessment.scheme), assessment.answers.by_question()
    return show(
        request, "finish", person, form=form, missing=presenters.still_open(scheme, said),
        nothing_said=all(each.state == Answer.State.SKIPPED for each in said.values()),
        progress=presenters.progress(scheme, said),
    )  # fmt: skip


@person_page(CARE)
def reopen(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Open a finished assessment again, with a reason, before a decision."""
    assessment = newest_or_404(person)
    form = forms.ReopenForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        with kindly(request, "The assessment is open again."):
            actions.reopen_assessment(
                assessment=assessment, reason=form.cleaned_data["reason"],
                by=signed_in(request), at=timezone.now(),
            )  # fmt: skip
        return redirect("assessments:tasks", person.reference)
    return show(request, "reopen", person, form=form)


@person_page(CARE)
def copy(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Keep how and when the person was given a copy of the assessment."""
    assessment = newest_or_404(person)
    name = voice_for(person, signed_in(request)).name
    return ask_for_copy(
        request, person, partial(actions.record_copy, of=assessment),
        title="A copy of the assessment", back="assessments:tasks",
        question=f"How was {name} given a copy of the assessment?", done="The copy is on record.",
    )  # fmt: skip


def _asked(scheme: Scheme, code: str) -> Question:
    try:
        return scheme.question(code)
    except KeyError:
        raise Http404 from None


def _kept(said: actions.Said, before: Answer | None) -> actions.Said:
    """Let "skip" pass over an answer that stands, keeping it together with any new words."""
    if said.state != Answer.State.SKIPPED or before is None:
        return said
    return actions.Said(before.state, before.how, before.value, before.help_percent, said.words)


def _onward(
    person: Person, assessment: Assessment, scheme: Scheme, code: str, pressed: str
) -> HttpResponseBase:
    following = presenters.next_question(scheme, assessment.answers.by_question(), code)
    if pressed == "list" or following is None:
        return redirect("assessments:tasks", person.reference)
    return redirect("assessments:question", person.reference, following.code)
