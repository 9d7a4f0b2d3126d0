"""The task list, one question's page, and the answers as they are read back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from wherewithal.allocation.answers import read_answer
from wherewithal.allocation.explain.sentences import answer_label
from wherewithal.dates import long_date
from wherewithal.scheme import Question, Scheme
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import CARE
from wherewithal.web.assessments.models import Answer, Assessment
from wherewithal.web.assessments.querysets import decision_of, figure_of
from wherewithal.web.assessments.wording import HOW_WORDS, STATE_WORDS, help_words
from wherewithal.web.people.models import Person, Supporter
from wherewithal.web.people.voice import Voice

_STATUS = {
    "answered": ("Answered", ""),
    "skipped": ("Skipped", "yellow"),
    "not-applicable": ("Does not apply", ""),
    "declined": ("Rather not say", "grey"),
    "unknown": ("Not known", "grey"),
}
_TO_DO = ("To\u00a0do", "blue")  # kept on one line in a narrow list


@dataclass(frozen=True, slots=True)
class ReadBack:
    """One answer as it is read back: what was asked, what was said, by whom and how."""

    ask: str
    code: str
    answer: str
    helped: str
    words: str
    who: str
    open: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the questionnaire with its answers or tasks."""

    title: str
    intro: str
    items: Sequence[Any]


def progress(scheme: Scheme, said: Mapping[str, Answer]) -> str:
    """Say how far someone is: "7 of 20 answered, 2 skipped for now"."""
    states = [said[q.code].state for q in scheme.questions if q.code in said]
    answered = sum(state in {"answered", "not-applicable"} for state in states)
    parts = [f"{answered} of {len(scheme.questions)} answered"]
    for state, words in (
        ("skipped", "skipped for now"),
        ("declined", "rather not say"),
        ("unknown", "not known"),
    ):
        if count := states.count(state):
            parts.append(f"{count} {words}")
    return ", ".join(parts)


def tasks(person: Person, scheme: Scheme, said: Mapping[str, Answer]) -> list[Part]:
    """Return every question as a task, under the scheme's own sections."""
    return [
        Part(section.title, section.intro, [_task(person, question, said) for question in asked])
        for section, asked in _by_section(scheme)
    ]


def own_tasks(person: Person, assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """Return the task that stands before the questions."""
    done = bool(assessment.about_me)
    return [
        {
            "title": f"What to know first about {voice.they}",
            "href": reverse("assessments:about-me", args=[person.reference]),
            "status": "Written" if done else _TO_DO[0],
            "colour": "" if done else "blue",
        }
    ]


def carer_tasks(person: Person, carers: Sequence[Supporter], user: User) -> list[dict[str, str]]:
    """Return a task for each carer: have they been asked whether they are willing and able?

    What they said is between them and the practitioner: nobody else reads it here.
    """
    tasks = []
    for carer in carers:
        asked = "unknown" not in {carer.willing, carer.able}
        task = {
            "title": f"{carer.name} ({carer.relationship})",
            "hint": "",
            "status": "Asked" if asked else "Not asked yet",
            "colour": "" if asked else "blue",
        }
        if user.role in CARE or carer.user_id == user.pk:
            task["hint"] = says(carer)
            willing = reverse("people:willing", args=[person.reference, carer.pk])
            task["href"] = f"{willing}?next={_address(person, 'tasks')}"
        tasks.append(task)
    return tasks


def earlier_ones(person: Person, earlier: Iterable[Assessment]) -> list[tuple[str, str, str]]:
    """Return links to what was said, decided and worked out before: (text, what about, address)."""
    links = []
    for assessment in earlier:
        day, of = long_date(localtime(assessment.started_at)), f"?of={assessment.pk}"
        pages = [("Answers", "check")]
        pages += [("Decision", "eligibility")] if decision_of(assessment) else []
        pages += [("First figure", "indicative")] if figure_of(assessment) else []
        links += [
            (text, f"of the assessment begun on {day}", _address(person, name) + of)
            for text, name in pages
        ]
    return links


def says(carer: Supporter) -> str:
    """Say in a line what a carer has answered."""
    want = {"yes": "Wants to keep helping", "no": "Does not want to keep helping"}
    able = {"yes": "is able to", "no": "is not able to"}
    parts = [
        want.get(carer.willing, "Not asked whether they want to"),
        able.get(carer.able, "not asked whether they are able to"),
    ]
    return "; ".join(parts) + "."


def read_back(scheme: Scheme, said: Mapping[str, Answer]) -> list[Part]:
    """Return all questions with what was said, under the scheme's sections."""
    return [
        Part(section.title, section.intro, [_read_one(q, said.get(q.code)) for q in asked])
        for section, asked in _by_section(scheme)
    ]


def still_open(scheme: Scheme, said: Mapping[str, Answer]) -> list[Question]:
    """Return the questions without which no figure can be given, in order."""
    enough = {"answered", "not-applicable"}
    return [q for q in scheme.questions if q.code not in said or said[q.code].state not in enough]


def next_question(scheme: Scheme, said: Mapping[str, Answer], after: str) -> Question | None:
    """Return the next question nobody has looked at, going round once; skipped ones wait."""
    codes = [question.code for question in scheme.questions]
    place = codes.index(after) + 1 if after in codes else 0
    in_turn = (*scheme.questions[place:], *scheme.questions[:place])
    return next((q for q in in_turn if q.code not in said and q.code != after), None)


def answer_words(question: Question, answer: Answer) -> str:
    """Write what was answered."""
    if answer.state != Answer.State.ANSWERED:
        return STATE_WORDS[answer.state]
    if question.kind == "number":
        return answer.value
    if question.kind == "several":
        return answer_label(question, read_answer(question, answer.value))
    labels = {option.code: option.label for option in question.options}
    return labels.get(answer.value, answer.value)


def who_said(answer: Answer) -> str:
    """Write who gave an answer, how and when."""
    name = str(answer.given_by) if answer.given_by else "someone no longer here"
    how = HOW_WORDS[Answer.How(answer.how)]
    return f"Written down by {name} on {long_date(localtime(answer.given_at))}, {how}"


def said_before(question: Question, history: Iterable[Answer]) -> list[ReadBack]:
    """Return every answer ever given to a question, the newest first."""
    return [_read_one(question, answer) for answer in history]


def other_ways(question: Question, voice: Voice) -> list[tuple[str, str]]:
    """Return the quiet choices under a question: (state, words)."""
    ways = [
        ("skipped", "Skip for now"),
        ("declined", voice.say("I would rather not say", "{name} would rather not say")),
        ("unknown", voice.say("I don’t know", "Not known")),
    ]
    if question.may_not_apply:
        ways.append(("not-applicable", voice.say("This does not apply to me", "Does not apply")))
    return ways


def _address(person: Person, name: str) -> str:
    return reverse(f"assessments:{name}", args=[person.reference])


def _task(person: Person, question: Question, said: Mapping[str, Answer]) -> dict[str, str]:
    answer = said.get(question.code)
    status, colour = _STATUS[answer.state] if answer else _TO_DO
    href = reverse("assessments:question", args=[person.reference, question.code])
    return {"title": question.ask, "href": href, "status": status, "colour": colour}


def _read_one(question: Question, answer: Answer | None) -> ReadBack:
    if answer is None:
        return ReadBack(question.ask, question.code, "Not answered yet", "", "", "", open=True)
    helped = ""
    if answer.help_percent:
        helped = f"Family or friends do: {help_words(answer.help_percent).lower()}"
    return ReadBack(
        question.ask, question.code, answer_words(question, answer), helped, answer.words,
        who_said(answer), open=answer.state == Answer.State.SKIPPED,
    )  # fmt: skip


def _by_section(scheme: Scheme) -> list[tuple[Any, list[Question]]]:
    return [
        (section, asked)
        for section in scheme.sections
        if (asked := [q for q in scheme.questions if q.section == section.code])
    ]
