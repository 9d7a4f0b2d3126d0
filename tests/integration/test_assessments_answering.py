"""The assessment: any order, saved at once, who said what, and nothing ever lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.integration.conftest import NOW, TODAY

from wherewithal.scheme import packaged
from wherewithal.web.accounts.models import AuditRow, Team, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.assessments import actions
from wherewithal.web.assessments.models import Answer, Assessment
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

SCHEME = packaged("standard-adult")
WASH = SCHEME.question("wash")
FIRST_OF_NOVEMBER = {"given_on_day": "1", "given_on_month": "11", "given_on_year": "2026"}


def said(value: str = "every-day", **changes: Any) -> actions.Said:
    return actions.Said(**({"state": "answered", "how": "together", "value": value} | changes))


@pytest.fixture
def assessment(person: Person, practitioner: User, scheme_version: SchemeVersion) -> Assessment:
    return actions.start_assessment(person=person, on=TODAY, by=practitioner, at=NOW)


@pytest.fixture
def own(person: Person, signed_in: Callable[[User], Client]) -> Client:
    """The browser of the person themself."""
    assert person.user is not None
    return signed_in(person.user)


@pytest.fixture
def staff(practitioner: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(practitioner)


def address(person: Person, tail: str = "") -> str:
    return f"/people/{person.reference}/assessment/{tail}"


def test_a_person_starts_their_own_assessment_with_the_scheme_in_force(
    own: Client, person: Person, scheme_version: SchemeVersion
) -> None:
    assert "Start the assessment" in own.get(address(person)).text
    page = own.post(address(person, "start/"), follow=True)
    assessment = Assessment.objects.get(person=person)
    person.refresh_from_db()
    assert "0 of 21 answered" in page.text
    assert all(section.title in page.text for section in SCHEME.sections)
    assert (assessment.scheme, person.stage) == (scheme_version, "assessment")
    assert AuditRow.objects.get().verb == "assessment.started"


def test_an_answer_is_saved_at_once_and_leads_to_the_next_question(
    own: Client, person: Person, assessment: Assessment
) -> None:
    page = own.post(
        address(person, "question/wash/"),
        {"value": "every-day", "help": "50", "words": "The bath frightens me.", "how": "together"},
    )
    answer = assessment.answers.get()
    assert page.headers["Location"] == address(person, "question/dress/")
    assert (answer.value, answer.help_percent, answer.words) == (
        "every-day",
        50,
        "The bath frightens me.",
    )
    assert (answer.how, answer.given_by) == ("together", person.user)
    assert "1 of 21 answered" in own.get(address(person)).text


def test_how_someone_answers_is_remembered_for_the_next_question(
    staff: Client, person: Person, assessment: Assessment
) -> None:
    first = staff.post(address(person, "question/wash/"), {"value": "no-help"})
    assert "Choose who is answering" in first.text
    staff.post(address(person, "question/wash/"), {"value": "no-help", "how": "told"})
    following = staff.get(address(person, "question/dress/"))
    assert "Who is answering: Ada told a practitioner" in following.text


def test_nothing_typed_is_lost_when_an_answer_is_missing(
    own: Client, person: Person, assessment: Assessment
) -> None:
    page = own.post(address(person, "question/wash/"), {"words": "On bad days I stay in bed."})
    assert "<title>Error: " in page.text
    assert "On bad days I stay in bed." in page.text
    assert not Answer.objects.exists()


def test_a_need_that_family_may_help_with_asks_how_much_they_do(
    own: Client, person: Person, assessment: Assessment
) -> None:
    page = own.post(address(person, "question/wash/"), {"value": "every-day", "how": "self"})
    assert "Choose how much family or friends do" in page.text
    own.post(address(person, "question/wash/"), {"value": "no-help", "how": "self"})
    assert assessment.answers.get().help_percent == 0


@pytest.mark.parametrize(
    ("pressed", "question", "shown"),
    [
        ("skipped", "wash", "Skipped"),
        ("declined", "wash", "Rather not say"),
        ("unknown", "wash", "Not known"),
        ("not-applicable", "work", "Does not apply"),
    ],
)
def test_there_are_quiet_ways_not_to_answer_and_words_are_kept(
    pressed: str, question: str, shown: str, own: Client, person: Person, assessment: Assessment
) -> None:
    own.post(address(person, f"question/{question}/"), {"do": pressed, "words": "Ask me later"})
    answer = assessment.answers.get()
    assert (answer.state, answer.value, answer.words) == (pressed, "", "Ask me later")
    assert shown in own.get(address(person)).text


def test_skipping_a_question_that_is_answered_keeps_the_answer(
    own: Client, person: Person, assessment: Assessment, practitioner: User
) -> None:
    actions.give_answer(assessment=assessment, question=WASH, said=said(), by=practitioner, at=NOW)
    own.post(address(person, "question/wash/"), {"do": "skipped"})
    assert assessment.answers.current().get().value == "every-day"


def test_a_changed_answer_keeps_the_one_before_and_the_same_one_writes_nothing(
    own: Client, person: Person, assessment: Assessment, practitioner: User
) -> None:
    give: dict[str, Any] = {
        "assessment": assessment,
        "question": WASH,
        "by": practitioner,
        "at": NOW,
    }
    actions.give_answer(said=said(words="I can’t get into the bath"), **give)
    assert actions.give_answer(said=said(words="I can’t get into the bath"), **give) is None
    actions.give_answer(said=said("more-than-once"), **give)
    rows = list(assessment.answers.order_by("id"))
    assert [(row.value, row.replaced_at) for row in rows] == [
        ("every-day", NOW), ("more-than-once", None),
    ]  # fmt: skip
    page = own.get(address(person, "question/wash/")).text
    assert "You said before: <strong>Yes, more than once every day</strong>" in page
    assert "I can’t get into the bath" in page
    assert list(AuditRow.objects.order_by("id").values_list("verb", flat=True)) == [
        "assessment.started", "answer.given", "answer.changed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [said("no-such-thing"), said(state="not-applicable", value=""), said(help_percent=101)],
)
def test_what_the_scheme_does_not_allow_is_refused(
    wrong: actions.Said, assessment: Assessment, practitioner: User
) -> None:
    with pytest.raises(ValidationError):
        actions.give_answer(
            assessment=assessment, question=WASH, said=wrong, by=practitioner, at=NOW
        )
    assert not Answer.objects.exists()


def test_answers_are_read_back_with_words_and_who_said_them_and_as_pdf(
    own: Client, person: Person, assessment: Assessment, practitioner: User
) -> None:
    own.post(address(person, "about-me/"), {"about_me": "I was a tram driver."})
    words = said(words="My “left” hand <shakes>", help_percent=25)
    actions.give_answer(assessment=assessment, question=WASH, said=words, by=practitioner, at=NOW)
    page = own.get(address(person, "check/")).text
    for verb in ("Answer", "Change"):
        assert f'{verb}<span class="govuk-visually-hidden">: ' in page
    assert "I was a tram driver." in page
    assert "My “left” hand &lt;shakes&gt;" in page
    assert "Written down by Pat Thistlewick on 2 November 2026, talked through together" in page
    assert "a little of it" in page
    letter = own.get(address(person, "record.pdf"))
    assert letter.content.startswith(b"%PDF")
    assert letter.headers["Content-Type"] == "application/pdf"


def test_signs_without_a_font_give_a_letter_in_plain_text(
    own: Client, person: Person, assessment: Assessment
) -> None:
    own.post(address(person, "about-me/"), {"about_me": "আমি আমার কুকুরকে ভালোবাসি"})
    letter = own.get(address(person, "record.pdf"))
    assert letter.headers["Content-Type"].startswith("text/plain")
    assert "আমি আমার কুকুরকে ভালোবাসি" in letter.text


def test_a_little_picture_stays_on_the_page_and_costs_nobody_the_letter(
    own: Client, person: Person, assessment: Assessment
) -> None:
    own.post(address(person, "about-me/"), {"about_me": "I love my dog 🐕"})
    assert "I love my dog 🐕" in own.get(address(person, "check/")).text
    assert own.get(address(person, "record.pdf")).headers["Content-Type"] == "application/pdf"


def test_staff_say_how_a_copy_was_given_and_a_person_need_not(
    staff: Client, person: Person, assessment: Assessment, practitioner: User
) -> None:
    first = staff.get(address(person, "finish/")).text
    assert "Answer at least one question first" in first
    assert "can still be finished" not in first
    assert "Nothing is answered yet" in staff.post(
        address(person, "finish/"),
        {"ready": "yes", "how": "printed"} | FIRST_OF_NOVEMBER,
        follow=True,
    ).text  # fmt: skip
    actions.give_answer(assessment=assessment, question=WASH, said=said(), by=practitioner, at=NOW)
    assert "20 questions have no answer" in staff.get(address(person, "finish/")).text
    refused = staff.post(address(person, "finish/"), {"ready": "yes"})
    assert "Choose how the copy was given" in refused.text
    actions.finish_assessment(assessment=assessment, copy=None, by=practitioner, at=NOW)
    person.refresh_from_db()
    assert person.stage == "eligibility"
    assert "No copy has been recorded yet" in staff.get(address(person)).text


def test_a_finished_assessment_takes_no_answers_until_it_is_opened_again_with_a_reason(
    staff: Client, own: Client, person: Person, assessment: Assessment, practitioner: User
) -> None:
    give: dict[str, Any] = {
        "assessment": assessment,
        "question": WASH,
        "by": practitioner,
        "at": NOW,
    }
    actions.give_answer(said=said(), **give)
    actions.finish_assessment(assessment=assessment, copy=None, by=practitioner, at=NOW)
    with pytest.raises(NotNow, match="finished"):
        actions.give_answer(said=said("no-help"), **give)
    assert own.get(address(person, "question/wash/")).headers["Location"].endswith("check/")
    assert own.get(address(person, "reopen/")).status_code == 403
    assert "<title>Error: " in staff.post(address(person, "reopen/"), {"reason": ""}).text
    staff.post(address(person, "reopen/"), {"reason": "Ada remembered more."})
    assessment.refresh_from_db()
    assert (assessment.status, assessment.completed_at) == ("open", None)
    assert AuditRow.objects.filter(summary__contains="Ada remembered more.").exists()


def test_nobody_else_reads_or_answers(
    person: Person, assessment: Assessment, finance: User, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    helper = person.supporters.get()
    assert helper.user is not None
    assert signed_in(helper.user).get(address(person, "question/wash/")).status_code == 200
    helper.may_see = False
    helper.save()
    elsewhere = make_user(Role.PRACTITIONER, team=Team.objects.create(name="Hill team"))
    for tail in ("", "question/wash/", "check/", "record.pdf", "indicative/"):
        assert signed_in(helper.user).get(address(person, tail)).status_code == 404
        assert signed_in(elsewhere).get(address(person, tail)).status_code == 404
        assert signed_in(finance).get(address(person, tail)).status_code == 403
        assert signed_in(make_user(Role.ANALYST)).get(address(person, tail)).status_code == 403


def test_what_a_carer_says_is_read_by_the_carer_and_staff_alone(
    own: Client,
    staff: Client,
    person: Person,
    assessment: Assessment,
    signed_in: Callable[[User], Client],
) -> None:
    carer = person.supporters.get()
    assert carer.user is not None
    carer.willing = "no"
    carer.save()
    for reader, reads in ((own, False), (staff, True), (signed_in(carer.user), True)):
        for tail in ("", "check/"):
            page = reader.get(address(person, tail)).text
            assert carer.name in page
            assert ("Does not want to keep helping; is able to." in page) is reads
    assert f"supporters/{carer.pk}/help/?next={address(person)}" in staff.get(address(person)).text
    assert f"supporters/{carer.pk}/help/" not in own.get(address(person)).text


def test_one_assessment_at_a_time_and_none_for_a_carer_here(
    assessment: Assessment, person: Person, make_person: Callable[..., Person], practitioner: User
) -> None:
    with pytest.raises(NotNow, match="already under way"):
        actions.start_assessment(person=person, on=TODAY, by=practitioner, at=NOW)
    carer = make_person(kind="carer")
    with pytest.raises(NotNow, match="ring us"):
        actions.start_assessment(person=carer, on=TODAY, by=practitioner, at=NOW)


@pytest.mark.parametrize(
    "tail", ["", "question/dress/", "check/", "finish/", "about-me/", "indicative/"]
)
def test_every_page_stays_under_twelve_queries(
    tail: str, own: Client, person: Person, assessment: Assessment, practitioner: User,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    for question in SCHEME.questions[:15]:
        actions.give_answer(
            assessment=assessment, question=question, said=said(question.options[1].code),
            by=practitioner, at=NOW,
        )  # fmt: skip
    with django_assert_max_num_queries(11):
        assert own.get(address(person, tail)).status_code == 200
