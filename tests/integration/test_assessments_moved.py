"""Two assessments: the second figure says why it moved, and what the answers beside would do."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.integration.conftest import NOW, TODAY

from wherewithal.scheme import Question, Scheme, packaged, packaged_text, read_scheme
from wherewithal.web.accounts.models import User
from wherewithal.web.assessments import actions
from wherewithal.web.assessments.models import Assessment, IndicativeBudget
from wherewithal.web.people.actions import record_willingness
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

SCHEME = packaged("standard-adult")
COPY = actions.Copy(given_on=TODAY, how="printed")
FINDINGS = actions.Findings(
    cause=True, impact=True, impact_words="She has stopped going out.",
    unable={"A2": frozenset({"U1"}), "A4": frozenset({"U4"})},
)  # fmt: skip
LATER = NOW + timedelta(days=200)


def said(question: Question, place: int, share: int) -> actions.Said:
    applies = not question.may_not_apply
    return actions.Said(
        state="answered" if applies else "not-applicable", how="together",
        value=question.options[place].code if applies else "",
        help_percent=share if question.code == "wash" else 0,
    )  # fmt: skip


@pytest.fixture
def assess(person: Person, practitioner: User) -> Callable[..., IndicativeBudget]:
    """Assess from the first question to the figure; every answer is the one in ``place``."""

    def made(at: datetime = NOW, place: int = 1, share: int = 0, **others: int) -> IndicativeBudget:
        by = practitioner
        begun = actions.start_assessment(person=person, on=TODAY, by=by, at=at)
        for question in SCHEME.questions:
            answer = said(question, others.get(question.code, place), share)
            actions.give_answer(assessment=begun, question=question, said=answer, by=by, at=at)
        actions.finish_assessment(assessment=begun, copy=COPY, by=by, at=at)
        actions.decide_eligibility(assessment=begun, findings=FINDINGS, by=by, at=at)
        return actions.work_out_budget(assessment=begun, by=by, at=at)

    return made


@pytest.fixture
def own(person: Person, signed_in: Callable[[User], Client]) -> Client:
    assert person.user is not None
    return signed_in(person.user)


@pytest.fixture
def staff(practitioner: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(practitioner)


def page_of(client: Client, person: Person) -> str:
    return client.get(f"/people/{person.reference}/assessment/indicative/").text


def letter_of(client: Client, person: Person) -> str:
    pdf = client.get(f"/people/{person.reference}/assessment/indicative/budget.pdf").content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


def moved_part(page: str) -> str:
    return page[page.index("figure moved</h2>") : page.index("How it was worked out")]


def amounts(part: str) -> list[int]:
    found = re.findall(r'__amount">.*?([+−]?)£([\d,]+)\.(\d\d)</p>', part)
    return [
        int(whole.replace(",", "") + pence) * (-1 if sign == "−" else 1)
        for sign, whole, pence in found
    ]


TWICE_A_DAY = (
    '{{minutes: {}, label: "Yes, more than once every day",\n         says: "you need help to keep'
)


def repriced() -> Scheme:
    """Publish a second version of the standard scheme: a new price, fewer minutes to wash."""
    text = packaged_text("standard-adult").replace('version: "1"', 'version: "2"')
    text = text.replace("hourly: 24.10, source: home-care", "hourly: 25.00, source: home-care")
    text = text.replace(TWICE_A_DAY.format(420), TWICE_A_DAY.format(400))
    scheme = read_scheme(text, name="version 2")
    SchemeVersion.objects.create(
        code="standard-adult", version="2", title=scheme.title, document=text, hash=scheme.hash,
        status="published", published_on=TODAY.replace(day=1),
        unaudited_because="It came with the product.",
    )  # fmt: skip
    return scheme


def test_a_first_figure_has_not_moved(
    own: Client, person: Person, scheme_version: SchemeVersion, assess: Callable[..., Any]
) -> None:
    assess()
    assert "figure moved" not in page_of(own, person)
    assert "figure moved" not in letter_of(own, person)


def test_a_second_figure_leads_from_the_first_to_itself_on_page_and_letter(
    own: Client, staff: Client, person: Person, scheme_version: SchemeVersion,
    assess: Callable[..., IndicativeBudget],
) -> None:  # fmt: skip
    first = assess()
    second = assess(at=LATER, wash=3, dress=0, share=25)
    part = moved_part(page_of(own, person))
    begin, *between, end = amounts(part)
    assert (begin, end) == (first.weekly, second.weekly)
    assert begin + sum(between) == end
    assert "Why your figure moved" in page_of(own, person)
    assert "It is now “Yes, more than once every day”." in part
    assert "Family or friends now do a quarter of this." in part
    assert "A price changed" not in part
    letter = letter_of(own, person)
    assert "Why your figure moved" in letter
    assert "An answer changed. Your answer to “Do you need help to keep clean?”" in letter
    assert "Why this figure moved" in page_of(staff, person)


def test_a_new_scheme_names_its_prices_and_rules(
    own: Client, person: Person, scheme_version: SchemeVersion,
    assess: Callable[..., IndicativeBudget],
) -> None:  # fmt: skip
    first = assess(wash=3)
    hash_now = repriced().hash
    second = assess(at=LATER, wash=3)
    assert (first.scheme_hash, second.scheme_hash) == (SCHEME.hash, hash_now)
    part = moved_part(page_of(own, person))
    begin, *between, end = amounts(part)
    assert (begin, begin + sum(between), end) == (first.weekly, second.weekly, second.weekly)
    assert "“Support in the day” cost £24.10 an hour. It now costs £25.00 an hour." in part
    assert "stood for 7 hours a week. It now stands for 6 hours 40 minutes a week." in part


def test_a_large_fall_asks_for_a_person(
    own: Client, staff: Client, person: Person, scheme_version: SchemeVersion,
    assess: Callable[..., Any],
) -> None:  # fmt: skip
    assess(place=1)
    assess(at=LATER, place=0, wash=2)
    assert "This is a large fall. Ask us to go through it with you" in page_of(own, person)
    assert "This is a large fall. Go through it with Ada" in page_of(staff, person)
    assert "Ask us to go through it with you" in letter_of(own, person)


def test_a_rise_or_a_small_fall_is_no_large_fall(
    own: Client, person: Person, scheme_version: SchemeVersion, assess: Callable[..., Any]
) -> None:
    assess()
    assess(at=LATER, dress=0)
    assert "figure moved" in page_of(own, person)
    assert "large fall" not in page_of(own, person)


def test_what_a_carer_said_stays_private_when_help_no_longer_counts(
    own: Client, person: Person, scheme_version: SchemeVersion, practitioner: User,
    assess: Callable[..., Any],
) -> None:  # fmt: skip
    assess(share=50)
    carer = person.supporters.get()
    record_willingness(supporter=carer, willing="no", able="yes", by=practitioner, at=LATER)
    assess(at=LATER, share=50)
    page = page_of(own, person)
    assert "Help from family or friends no longer counts here." in moved_part(page)
    assert "willing" not in page
    assert "Bea" not in moved_part(page)


def test_an_answer_that_is_not_right_can_be_put_right(
    own: Client, person: Person, scheme_version: SchemeVersion, assess: Callable[..., Any]
) -> None:
    assess()
    page = page_of(own, person)
    beside = page[page.index("What would change this figure") : page.index("If you think this")]
    assert "If an answer is not right, tell us." in beside
    assert "“Yes, every day” would make it £60.25 a week more." in beside
    assert "more than once every day" not in beside


def test_an_earlier_figure_looked_at_again_is_compared_with_the_one_before_it(
    own: Client, person: Person, scheme_version: SchemeVersion, assess: Callable[..., Any]
) -> None:
    first = assess()
    assess(at=LATER, wash=3)
    address = f"/people/{person.reference}/assessment/indicative/?of={first.assessment_id}"
    assert "figure moved" not in own.get(address).text


def test_the_page_with_a_notice_takes_few_queries(
    staff: Client, person: Person, scheme_version: SchemeVersion, assess: Callable[..., Any],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    assess()
    assess(at=LATER, wash=3)
    assert Assessment.objects.count() == 2
    with django_assert_max_num_queries(14):
        page_of(staff, person)
