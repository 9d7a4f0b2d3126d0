"""Eligibility and the first figure: reasons in words, every pound told, nothing guessed."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError
from django.test import Client
from pypdf import PdfReader
from tests.integration.conftest import NOW, TODAY

from wherewithal.allocation import explain
from wherewithal.money import pounds
from wherewithal.scheme import packaged
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.assessments import actions
from wherewithal.web.assessments.models import Assessment, EligibilityDecision, IndicativeBudget
from wherewithal.web.assessments.querysets import (
    answers_for_engine,
    carers_of,
    what_carers_say,
)
from wherewithal.web.people.actions import record_willingness
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

SCHEME = packaged("standard-adult")
FORM = {
    "cause": "yes", "cause_words": "A stroke.", "unable_A2": ["U1", "U2"], "unable_A4": "U4",
    "looked": "yes", "comes_and_goes": "no", "impact": "yes", "wellbeing": ["dignity", "health"],
    "impact_words": "She has stopped going out.",
}  # fmt: skip
FINDINGS = actions.Findings(
    cause=True, impact=True, impact_words="She has stopped going out.",
    unable={"A2": frozenset({"U1"}), "A4": frozenset({"U4"})},
)  # fmt: skip
COPY = actions.Copy(given_on=TODAY, how="printed")


@pytest.fixture
def assessment(person: Person, practitioner: User, scheme_version: SchemeVersion) -> Assessment:
    """A finished assessment: some need everywhere, half of the washing done by the daughter."""
    made = actions.start_assessment(person=person, on=TODAY, by=practitioner, at=NOW)
    for question in SCHEME.questions:
        applies = not question.may_not_apply
        said = actions.Said(
            state="answered" if applies else "not-applicable", how="together",
            value=question.options[1].code if applies else "",
            help_percent=50 if question.code == "wash" else 0,
            words="The shower scares me" if question.code == "wash" else "",
        )  # fmt: skip
        actions.give_answer(assessment=made, question=question, said=said, by=practitioner, at=NOW)
    actions.finish_assessment(assessment=made, copy=COPY, by=practitioner, at=NOW)
    made.refresh_from_db()
    return made


@pytest.fixture
def eligible(assessment: Assessment, practitioner: User) -> Assessment:
    actions.decide_eligibility(assessment=assessment, findings=FINDINGS, by=practitioner, at=NOW)
    return Assessment.objects.get(pk=assessment.pk)


@pytest.fixture
def budget(eligible: Assessment, practitioner: User) -> IndicativeBudget:
    return actions.work_out_budget(assessment=eligible, by=practitioner, at=NOW)


@pytest.fixture
def own(person: Person, signed_in: Callable[[User], Client]) -> Client:
    assert person.user is not None
    return signed_in(person.user)


@pytest.fixture
def staff(practitioner: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(practitioner)


def address(person: Person, tail: str = "") -> str:
    return f"/people/{person.reference}/assessment/{tail}"


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text() for page in pages)


def test_the_answers_are_put_before_the_practitioner_but_nothing_is_ticked(
    staff: Client, person: Person, assessment: Assessment
) -> None:
    page = staff.get(address(person, "eligibility/decide/")).text
    assert "From the assessment: Do you need help to keep clean? “Yes, on some days”" in page
    assert "Nothing was asked about this." not in page
    assert "checked" not in page
    assert "The shower scares me" in page


def test_the_decision_never_shows_what_carers_do(
    staff: Client, person: Person, assessment: Assessment
) -> None:
    page = staff.get(address(person, "eligibility/decide/")).text
    assert "About half of it" not in page
    assert "amily or friends do" not in page


def test_a_practitioner_sees_what_it_decides_before_anything_is_saved(
    staff: Client, person: Person, assessment: Assessment
) -> None:
    page = staff.post(address(person, "eligibility/decide/"), FORM | {"do": "preview"}).text
    assert "There are eligible needs." in page
    assert "She has stopped going out." in page
    assert not EligibilityDecision.objects.exists()


def test_a_decision_is_stored_with_its_reasons_and_read_by_the_person(
    staff: Client, own: Client, person: Person, assessment: Assessment
) -> None:
    assert "We are deciding" in own.get(address(person, "eligibility/")).text
    staff.post(address(person, "eligibility/decide/"), FORM | {"do": "save"})
    decision = EligibilityDecision.objects.get()
    person.refresh_from_db()
    assert (decision.eligible, person.stage) == (True, "indicative")
    assert decision.unable == {"A2": ["U1", "U2"], "A4": ["U4"]}
    assert "We did not count help from family or friends" in decision.reasons
    page = own.get(address(person, "eligibility/")).text
    assert "You have eligible needs" in page
    assert "She has stopped going out." in page
    letter = text_of(own.get(address(person, "eligibility/decision.pdf")).content)
    assert "You have eligible needs" in letter
    assert "She has stopped going out." in letter
    assert AuditRow.objects.filter(verb="eligibility.decided", detail__eligible=True).exists()


def test_not_eligible_needs_advice_and_goes_no_further(
    staff: Client, person: Person, assessment: Assessment, practitioner: User
) -> None:
    one_only = {key: value for key, value in FORM.items() if key != "unable_A4"}
    page = staff.post(address(person, "eligibility/decide/"), one_only).text
    assert "Write advice on what could help now" in page
    assert "She has stopped going out." in page
    staff.post(
        address(person, "eligibility/decide/"), one_only | {"advice": "A stroke club meets."}
    )
    person.refresh_from_db()
    assert person.stage == "not-eligible"
    assert "A stroke club meets." in staff.get(address(person, "eligibility/")).text
    with pytest.raises(NotNow, match="eligible"):
        actions.work_out_budget(assessment=assessment, by=practitioner, at=NOW)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cause": "no", "cause_words": ""}, "Say what the needs come from"),
        ({"comes_and_goes": "yes"}, "Say which days, weeks or months"),
        ({"wellbeing": []}, "Choose at least one part of wellbeing"),
        ({"looked": ""}, "Tick the box once you have looked at all ten"),
    ],
)
def test_each_answer_asks_for_the_words_it_needs(
    change: dict[str, Any], message: str, staff: Client, person: Person, assessment: Assessment
) -> None:
    page = staff.post(address(person, "eligibility/decide/"), FORM | change).text
    assert message in page
    assert not EligibilityDecision.objects.exists()


def test_a_decision_waits_for_a_finished_assessment_and_is_made_once(
    eligible: Assessment, practitioner: User
) -> None:
    with pytest.raises(NotNow, match="already"):
        actions.decide_eligibility(assessment=eligible, findings=FINDINGS, by=practitioner, at=NOW)
    with pytest.raises(NotNow, match="decided"):
        actions.reopen_assessment(assessment=eligible, reason="More", by=practitioner, at=NOW)


def test_no_without_advice_is_refused_by_the_action_too(
    assessment: Assessment, practitioner: User
) -> None:
    no = actions.Findings(cause=False, impact=True, unable={})
    with pytest.raises(ValidationError, match="what could help now"):
        actions.decide_eligibility(assessment=assessment, findings=no, by=practitioner, at=NOW)


def test_the_decision_is_on_record_as_given_in_writing(
    staff: Client, person: Person, eligible: Assessment
) -> None:
    assert "not been given in writing yet" in staff.get(address(person, "eligibility/")).text
    day = {"given_on_day": "2", "given_on_month": "11", "given_on_year": "2026"}
    staff.post(address(person, "eligibility/copy/"), {"how": "large print"} | day)
    assert (
        "in writing on 2 November 2026 (large print)"
        in staff.get(address(person, "eligibility/")).text
    )


def test_every_amount_on_the_page_is_there_and_they_add_up_to_the_figure(
    own: Client, staff: Client, person: Person, eligible: Assessment
) -> None:
    staff.post(address(person, "indicative/work-out/"))
    budget = IndicativeBudget.objects.get()
    said = eligible.answers.by_question()
    answers = answers_for_engine(eligible, said, what_carers_say(carers_of(person)))
    explanation = explain(SCHEME, answers)
    assert (budget.weekly, budget.scheme_hash) == (explanation.total, SCHEME.hash)
    assert budget.weekly_without_help == explanation.total_without_help
    page = own.get(address(person, "indicative/")).text
    working = page[page.index("How it was worked out") : page.index("Help from family and friends")]
    amounts = re.findall(r'__amount">.*?([+−]?)£([\d,]+)\.(\d\d)</p>', working)
    pence = [
        int(whole.replace(",", "") + part) * (-1 if sign == "−" else 1)
        for sign, whole, part in amounts
    ]
    *changes, total = [
        p for p, line in zip(pence, amounts, strict=True) if line[0] or p == budget.weekly
    ]
    assert sum(changes) == total == budget.weekly
    for line in explanation.lines:
        if line.pence_without_help:
            assert f"+{pounds(line.pence_without_help)}" in working
        assert line.sentence.split(".")[0] in page
    assert pounds((budget.weekly or 0) * 52) in page
    assert pounds(explanation.total_without_help or 0) in page
    assert "It can go up or down." in page


def test_the_letter_says_the_same_figure_in_both_sizes(
    own: Client, person: Person, budget: IndicativeBudget
) -> None:
    for size in ("", "?size=large"):
        letter = own.get(address(person, "indicative/budget.pdf") + size)
        words = text_of(letter.content)
        assert pounds(budget.weekly or 0) in words
        assert pounds(budget.weekly_without_help or 0) in words
        assert "Ombudsman" in words


@pytest.mark.parametrize("answer", ["no", "unknown"])
@pytest.mark.parametrize("which", ["willing", "able"])
def test_without_a_yes_to_both_nothing_is_taken_away(
    which: str, answer: str, own: Client, staff: Client, person: Person, eligible: Assessment,
    practitioner: User,
) -> None:  # fmt: skip
    carer = person.supporters.get()
    says = {"willing": "yes", "able": "yes"} | {which: answer}
    record_willingness(supporter=carer, by=practitioner, at=NOW, **says)
    budget = actions.work_out_budget(assessment=eligible, by=practitioner, at=NOW)
    assert budget.weekly == budget.weekly_without_help
    assert not budget.help_counted
    page = staff.get(address(person, "indicative/")).text
    assert "No help from family or friends was taken away, because we count it only" in page
    assert "willing" not in own.get(address(person, "indicative/")).text


def test_what_a_carer_says_later_never_edits_the_figure_but_staff_see_it_beside(
    own: Client, staff: Client, person: Person, budget: IndicativeBudget, practitioner: User
) -> None:
    assert budget.help_counted
    assert (budget.weekly or 0) < (budget.weekly_without_help or 0)
    carer = person.supporters.get()
    record_willingness(supporter=carer, willing="no", able="yes", by=practitioner, at=NOW)
    changed = f"the figure would be {pounds(budget.weekly_without_help or 0)} a week"
    assert changed not in own.get(address(person, "indicative/")).text
    page = staff.get(address(person, "indicative/")).text
    assert changed in page
    assert f">{pounds(budget.weekly or 0)}" in page
    budget.weekly = 1
    with pytest.raises(ProgrammingError, match="Cannot update"):
        budget.save()


def test_a_missing_answer_gives_no_figure_and_is_named(
    staff: Client, own: Client, person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    made = actions.start_assessment(person=person, on=TODAY, by=practitioner, at=NOW)
    for question in SCHEME.questions[1:]:
        actions.give_answer(
            assessment=made, question=question, by=practitioner, at=NOW,
            said=actions.Said(state="answered", how="told", value=question.options[0].code),
        )  # fmt: skip
    assert (
        f'{address(person, "question/wash/")}">Do you need help to keep clean?'
        in own.get(address(person, "indicative/")).text
    )
    actions.give_answer(
        assessment=made, question=SCHEME.questions[0], by=practitioner, at=NOW,
        said=actions.Said(state="declined", how="told"),
    )  # fmt: skip
    actions.finish_assessment(assessment=made, copy=COPY, by=practitioner, at=NOW)
    actions.decide_eligibility(assessment=made, findings=FINDINGS, by=practitioner, at=NOW)
    page = staff.post(address(person, "indicative/work-out/"), follow=True).text
    assert "1 answer is missing" in page
    assert not IndicativeBudget.objects.exists()
    staff.post(address(person, "indicative/work-out/"), {"without_figure": "yes"})
    budget = IndicativeBudget.objects.get()
    assert (budget.weekly, budget.outcome) == (None, "incomplete")
    page = own.get(address(person, "indicative/")).text
    assert "add up what the support you need really costs" in page
    assert own.get(address(person, "indicative/budget.pdf")).content.startswith(b"%PDF")


def test_sharing_the_figure_lets_planning_begin(
    staff: Client, own: Client, person: Person, budget: IndicativeBudget, practitioner: User
) -> None:
    assert own.get(address(person, "indicative/shared/")).status_code == 403
    assert own.post(address(person, "indicative/work-out/")).status_code == 403
    day = {"given_on_day": "2", "given_on_month": "11", "given_on_year": "2026"}
    staff.post(address(person, "indicative/shared/"), {"how": "printed"} | day)
    person.refresh_from_db()
    assert person.stage == "planning"
    assert "Shared with Ada on 2 November 2026" in staff.get(address(person, "indicative/")).text
    with pytest.raises(NotNow, match="kept as it is"):
        actions.work_out_budget(assessment=budget.assessment, by=practitioner, at=NOW)


@pytest.mark.parametrize("tail", ["", "eligibility/", "eligibility/copy/", "indicative/", "check/"])
def test_every_page_after_the_answers_stays_under_twelve_queries(
    tail: str, staff: Client, person: Person, budget: IndicativeBudget,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    with django_assert_max_num_queries(11):
        assert staff.get(address(person, tail)).status_code == 200


def test_what_was_decided_before_stays_readable_beside_a_new_assessment(
    staff: Client, own: Client, person: Person, budget: IndicativeBudget
) -> None:
    assert own.post(address(person, "start/"), follow=True).status_code == 200
    page = own.get(address(person)).text
    assert "First figure of the assessment begun on 2 November 2026" in page
    before = f"?of={budget.assessment_id}"
    assert pounds(budget.weekly or 0) in own.get(address(person, "indicative/") + before).text
    assert "You have eligible needs" in own.get(address(person, "eligibility/") + before).text
    letter = own.get(address(person, "indicative/budget.pdf") + before)
    assert pounds(budget.weekly or 0) in text_of(letter.content)
    assert own.get(address(person, "indicative/?of=999999")).status_code == 404
    assert staff.get(address(person, "check/?of=nonsense")).status_code == 200
