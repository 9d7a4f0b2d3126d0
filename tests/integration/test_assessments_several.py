"""A published scheme may ask for all that apply: asked, kept, read back, worked out, sent."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader
from tests.integration.conftest import NOW, TODAY

from wherewithal.allocation import Missing, explain
from wherewithal.scheme import Scheme, read_scheme
from wherewithal.web.accounts.models import User
from wherewithal.web.assessments import actions, forms
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.assessments.presenters import answering
from wherewithal.web.assessments.querysets import answers_for_engine
from wherewithal.web.people.models import Person
from wherewithal.web.people.voice import voice_for
from wherewithal.web.policy.models import SchemeVersion

DOCUMENT = """
scheme: standard-adult
version: "7"
title: A small scheme that lets people tick
money: {currency: GBP, per: week, rounding: half-up}
source: here
sources:
  here: {text: Made up, date: 2026-04-01, status: unverified, reason: it is a test}
sections:
  body: {title: Your body}
prices:
  day: {label: Support in the day, hourly: 24.00, source: here}
questions:
  ill:
    section: body
    ask: Which of these do you need help with?
    kind: several
    family-can-help: yes
    adds: {unit: minutes a week, price: day, source: here}
    options:
      pills: {label: Taking pills, minutes: 30, says: you need help to take pills}
      skin: {label: Looking after your skin, minutes: 60, says: you need help with your skin}
      food: {label: A feeding tube, minutes: 90, says: you need help with a feeding tube}
"""


@pytest.fixture
def small() -> Scheme:
    return read_scheme(DOCUMENT, name="small")


@pytest.fixture
def assessment(person: Person, practitioner: User, small: Scheme) -> Assessment:
    SchemeVersion.objects.create(
        code=small.code, version=small.version, title=small.title, document=DOCUMENT,
        hash=small.hash, status="published", published_on=date(2026, 4, 1),
        unaudited_because="It came with the product.",
    )  # fmt: skip
    return actions.start_assessment(person=person, on=TODAY, by=practitioner, at=NOW)


@pytest.fixture
def own(person: Person, signed_in: Callable[[User], Client], assessment: Assessment) -> Client:
    assert person.user is not None
    return signed_in(person.user)


def address(person: Person, tail: str = "") -> str:
    return f"/people/{person.reference}/assessment/{tail}"


def give(own: Client, person: Person, *ticked: str, **more: str) -> str:
    data = {"value": list(ticked), "how": "self", "help": "0"} | more
    return own.post(address(person, "question/ill/"), data, follow=True).text


def test_all_options_are_boxes_and_none_of_these_stands_alone(own: Client, person: Person) -> None:
    page = own.get(address(person, "question/ill/")).text
    assert page.count('type="checkbox"') == 4
    assert "Choose all that apply." in page
    assert 'data-behaviour="exclusive"' in page
    assert "None of these" in page


def test_what_is_ticked_is_kept_in_the_order_of_the_form(
    own: Client, person: Person, assessment: Assessment
) -> None:
    give(own, person, "food", "pills")
    assert assessment.answers.get().value == "pills;food"
    again = own.get(address(person, "question/ill/")).text
    assert again.count("checked") >= 3  # two boxes, and who is answering


def test_none_of_these_is_an_answer_and_family_need_not_be_asked_about(
    own: Client, person: Person, assessment: Assessment
) -> None:
    give(own, person, "none", help="")
    assert assessment.answers.get().value == "none"
    assert "None of these" in own.get(address(person, "check/")).text


@pytest.mark.parametrize("ticked", [[], ["none", "pills"], ["heart"]])
def test_nothing_ticked_or_what_rules_itself_out_is_asked_again(
    own: Client, person: Person, assessment: Assessment, ticked: list[str]
) -> None:
    page = give(own, person, *ticked)
    assert "There is a problem" in page
    assert not assessment.answers.exists()


@pytest.mark.parametrize("value", ["food;pills", "pills;pills", "heart", "pills;none", "", "n/a"])
def test_only_options_in_their_order_can_be_kept(
    assessment: Assessment, small: Scheme, practitioner: User, value: str
) -> None:
    said = actions.Said("answered", "together", value)
    with pytest.raises(ValidationError, match="can’t be chosen"):
        actions.give_answer(
            assessment=assessment, question=small.question("ill"), said=said, by=practitioner,
            at=NOW,
        )  # fmt: skip


def test_the_answers_are_read_back_and_written_in_the_letter_to_keep(
    own: Client, person: Person, assessment: Assessment, small: Scheme
) -> None:
    give(own, person, "pills", "skin", help="50")
    page = own.get(address(person, "check/")).text
    assert "Taking pills and Looking after your skin" in page
    parts = answering.read_back(small, assessment.answers.by_question())
    assert parts[0].items[0].answer == "Taking pills and Looking after your skin"
    letter = own.get(address(person, "record.pdf"))
    assert letter.status_code == 200


def test_the_engine_gets_the_ticked_options_and_says_so(
    own: Client, person: Person, assessment: Assessment, small: Scheme
) -> None:
    give(own, person, "pills", "food", help="50")
    answers = answers_for_engine(assessment, assessment.answers.by_question(), (True, True))
    assert answers.values == {"ill": frozenset({"pills", "food"})}
    told = explain(small, answers)
    assert (told.total, told.total_without_help) == (2400, 4800)
    assert told.lines[0].sentence.startswith(
        "You told us you need help to take pills and you need help with a feeding tube. "
        "That adds 2 hours a week: £48.00."
    )
    assert told.lines[0].answer_label == "Taking pills and A feeding tube"


def test_skipping_keeps_it_unanswered(
    own: Client, person: Person, assessment: Assessment, small: Scheme
) -> None:
    give(own, person, do="skipped")
    answers = answers_for_engine(assessment, assessment.answers.by_question(), (None, None))
    assert answers.values == {"ill": Missing.NOT_ANSWERED}
    assert explain(small, answers).outcome == "incomplete"


def test_the_public_page_shows_what_each_tick_adds(own: Client) -> None:
    page = own.get("/how-the-figure-is-worked-out/").text
    assert "Looking after your skin" in page
    assert "1 hour" in page


def test_the_form_ticks_what_was_said_before(
    person: Person, practitioner: User, assessment: Assessment, small: Scheme
) -> None:
    question = small.question("ill")
    before = actions.give_answer(
        assessment=assessment, question=question,
        said=actions.Said("answered", "together", "skin;food"), by=practitioner, at=NOW,
    )  # fmt: skip
    initial = forms.told_before(question, before, "together")
    form = forms.QuestionForm(
        question, voice_for(person, practitioner), before=before, state="answered", initial=initial
    )
    assert form["value"].value() == ["skin", "food"]


def test_the_ticks_lead_to_the_figure_the_page_and_the_letter(
    own: Client, person: Person, assessment: Assessment, practitioner: User
) -> None:
    give(own, person, "pills", "food", help="50")
    actions.finish_assessment(assessment=assessment, copy=None, by=practitioner, at=NOW)
    findings = actions.Findings(
        cause=True, impact=True, impact_words="She can no longer go out.",
        unable={"A2": frozenset({"U1"}), "A4": frozenset({"U4"})},
    )  # fmt: skip
    finished = Assessment.objects.get(pk=assessment.pk)
    actions.decide_eligibility(assessment=finished, findings=findings, by=practitioner, at=NOW)
    decided = Assessment.objects.get(pk=assessment.pk)
    budget = actions.work_out_budget(assessment=decided, by=practitioner, at=NOW)
    assert (budget.weekly, budget.weekly_without_help) == (2400, 4800)
    page = own.get(address(person, "indicative/")).text
    assert "You told us you need help to take pills and you need help with a feeding tube." in page
    letter = own.get(address(person, "indicative/budget.pdf"))
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(letter.content)).pages)
    assert "£24.00" in words
    assert "feeding tube" in " ".join(words.split())
