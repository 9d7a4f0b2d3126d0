"""The eligibility decision: what the assessment suggests, and the decision as it is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from wherewithal.careact.eligibility import EligibilityFacts, all_considered, decide_adult
from wherewithal.careact.outcomes import ADULT_OUTCOMES, CRITERIA_BY_CODE, WELLBEING_AREAS
from wherewithal.scheme import Scheme
from wherewithal.web.assessments.models import Answer, EligibilityDecision
from wherewithal.web.assessments.presenters.answering import answer_words
from wherewithal.web.govuk.look import begin
from wherewithal.web.people.voice import Voice

NOTHING_ASKED = "Nothing was asked about this."
HEADINGS = {
    True: ("You have eligible needs", "{name} has eligible needs"),
    False: ("You do not have eligible needs now", "{name} does not have eligible needs now"),
}
MAY_NOT_APPLY = frozenset({"A8", "A10"})


@dataclass(frozen=True, slots=True)
class OutcomeFound:
    """One of the ten outcomes and why the person is unable, or that they manage."""

    label: str
    found: str
    unable: bool


@dataclass(frozen=True, slots=True)
class DecisionRead:
    """A decision as a page and a letter say it."""

    eligible: bool
    heading: str
    reasons: tuple[str, ...]
    outcomes: tuple[OutcomeFound, ...]
    wellbeing: tuple[str, ...]
    cause_words: str
    impact_words: str
    advice: str
    what_follows: tuple[str, ...]


def suggestions(scheme: Scheme, said: Mapping[str, Answer]) -> dict[str, str]:
    """Return, by outcome, what the answers say about it. Nothing about what carers do is in it."""
    found: dict[str, list[str]] = {outcome.code: [] for outcome in ADULT_OUTCOMES}
    for question in scheme.questions:
        answer = said.get(question.code)
        for outcome in question.needs:
            if answer and outcome in found:
                found[outcome].append(f"{question.ask} “{answer_words(question, answer)}”")
    return {
        code: f"From the assessment: {' '.join(lines)}" if lines else NOTHING_ASKED
        for code, lines in found.items()
    }


def other_answers(scheme: Scheme, said: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """Return the answers that belong to no single outcome, such as memory, mood and bad days."""
    return [
        (question.ask, answer_words(question, said[question.code]))
        for question in scheme.questions
        if not question.needs and question.code in said
    ]


def in_own_words(scheme: Scheme, said: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """Return what was said in someone's own words, each with its question."""
    return [
        (question.ask, said[question.code].words)
        for question in scheme.questions
        if question.code in said and said[question.code].words
    ]


def decision_read(decision: EligibilityDecision, voice: Voice) -> DecisionRead:
    """Return a stored decision as it is read; its reasons are the ones stored that day."""
    areas = {area.key: area.label for area in WELLBEING_AREAS}
    facts = EligibilityFacts(
        cause=decision.cause,
        unable=all_considered({code: frozenset(why) for code, why in decision.unable.items()}),
        impact=decision.impact,
    )
    return DecisionRead(
        eligible=decision.eligible,
        heading=voice.say(*HEADINGS[decision.eligible]),
        reasons=tuple(decision.reasons.splitlines()),
        outcomes=tuple(_outcome(o.code, o.label, decision.unable) for o in ADULT_OUTCOMES),
        wellbeing=tuple(begin(areas.get(key, key)) for key in decision.wellbeing),
        cause_words=decision.cause_words,
        impact_words=decision.impact_words,
        advice=decision.advice,
        what_follows=tuple(reason.for_person for reason in decide_adult(facts).what_follows),
    )


def _outcome(code: str, label: str, unable: Mapping[str, list[str]]) -> OutcomeFound:
    whys = [CRITERIA_BY_CODE[each].for_person for each in unable.get(code, [])]
    managed = "you manage this"
    if code in MAY_NOT_APPLY:
        managed += ", or it does not apply to you"
    found = " and ".join(whys) if whys else managed
    return OutcomeFound(begin(label), begin(found), bool(whys))
