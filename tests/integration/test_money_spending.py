"""“May I use it for …?”: asked in one's own words, answered with reasons, told to all the same."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone
from tests.integration.conftest import NOW

from wherewithal.dates import add_working_days
from wherewithal.web.accounts.models import AuditRow, Team, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.money import actions, querysets
from wherewithal.web.money.giving_away import gives_away
from wherewithal.web.money.models import Precedent, Question
from wherewithal.web.payments.calendar import bank_holidays
from wherewithal.web.people.models import Person

BY = date(2026, 11, 9)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def own(person: Person, signed_in: Callable[[User], Client]) -> Client:
    assert person.user is not None
    return signed_in(person.user)


@pytest.fixture
def question(person: Person) -> Question:
    assert person.user is not None
    return actions.ask(
        by=person.user, at=NOW, person=person, words="Can Bea take me swimming?", answer_by=BY
    )


@pytest.fixture
def answered(question: Question, practitioner: User) -> Question:
    return actions.answer(
        by=practitioner, at=LATER, question=question, verdict="yes-if",
        condition="Someone helps you in the water.", reasons="It keeps you well.", rule="Your plan",
    )  # fmt: skip


@pytest.fixture
def told(answered: Question, practitioner: User, finance: User) -> Precedent:
    proposed = actions.propose_precedent(
        by=practitioner, at=LATER, question=answered, asked="May I go swimming with someone?",
        reasons="Swimming keeps people well, so it is support.",
    )  # fmt: skip
    return actions.read_precedent(by=finance, at=LATER, precedent=proposed, publish=True)


def guide(person: Person, rest: str = "") -> str:
    return f"/people/{person.reference}/money/spending/{rest}"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def test_the_guide_answers_in_the_words_people_use(own: Client, person: Person) -> None:
    page = shown(own, guide(person, "?q=a+taxi+to+choir"))
    assert "Yes, if getting there is part of your plan" in page
    assert "The guide does not say" in shown(own, guide(person, "?q=xyzzy"))
    everything = shown(own, guide(person))
    assert "Betting and the lottery" in everything
    assert "no law says it" in everything


def test_somebody_asks_hears_by_when_and_reads_the_answer_with_its_reasons(
    own: Client, person: Person, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    assert own.post(guide(person, "ask/"), {"words": "A bus to my sister?"}).status_code == 302
    asked = Question.objects.get()
    due = add_working_days(timezone.localdate(), 5, bank_holidays())
    assert asked.answer_by == due
    assert f"will hear by {due:%-d %B %Y}" in shown(own, guide(person))
    staff = signed_in(practitioner)
    assert "A bus to my sister?" in shown(staff, "/questions/")
    assert "1 question about spending" in shown(staff, "/staff/")
    page = f"/questions/{asked.pk}/"
    assert "What the guide says" in shown(staff, page)
    typed = {"verdict": "yes-if", "reasons": "She is part of your plan."}
    assert "Write what has to be so" in staff.post(page, typed).content.decode()
    assert staff.post(page, typed | {"condition": "The bus pass will not do."}).status_code == 302
    read = shown(own, guide(person))
    for words in ("Yes, if", "The bus pass will not do.", "She is part of your plan."):
        assert words in read
    assert AuditRow.objects.filter(verb__startswith="spending.").count() == 2


def test_nobody_answers_what_they_wrote_down_themselves(person: Person, practitioner: User) -> None:
    mine = actions.ask(by=practitioner, at=NOW, person=person, words="A taxi?", answer_by=BY)
    with pytest.raises(NotNow, match="somebody else answers it"):
        actions.answer(by=practitioner, at=NOW, question=mine, verdict="yes", reasons="Yes.")


def test_an_answer_needs_reasons_and_is_given_once(question: Question, practitioner: User) -> None:
    with pytest.raises(ValueError, match="Write why"):
        actions.answer(by=practitioner, at=NOW, question=question, verdict="no", reasons=" ")
    actions.answer(by=practitioner, at=NOW, question=question, verdict="no", reasons="Not a need.")
    with pytest.raises(NotNow, match="The question is answered"):
        actions.answer(by=practitioner, at=NOW, question=question, verdict="yes", reasons="Oh.")


def test_an_answer_once_given_is_kept_by_the_database(answered: Question) -> None:
    for change in ({"reasons": "Another"}, {"verdict": "no"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Question.objects.filter(pk=answered.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        answered.delete()


def test_a_question_can_be_taken_back_until_it_is_answered(
    own: Client, person: Person, question: Question, practitioner: User
) -> None:
    assert own.post(guide(person, f"{question.pk}/take-back/")).status_code == 302
    assert list(querysets.to_answer(practitioner)) == []
    assert list(querysets.questions_of(person)) == []
    with pytest.raises(NotNow):
        actions.take_back(by=practitioner, at=NOW, question=question)


GIVES_AWAY = [
    ("May Ada go swimming?", ["Ada"]),
    ("Can Bea’s car be used?", ["Bea’s"]),
    ("Ring 01632 960 123", ["01632 960 123"]),
    ("I live at ZZ99 1AA in Ambleford", ["ZZ99 1AA", "Ambleford"]),
    ("About WW900001", ["WW900001"]),
    ("mail me: a@b.example", ["a@b.example"]),
    ("May someone of 75 go swimming for £12.50?", []),
]


@pytest.mark.parametrize(("text", "found"), GIVES_AWAY)
def test_words_that_show_who_asked_are_found(person: Person, text: str, found: list[str]) -> None:
    assert set(found) <= set(gives_away(person, text))
    assert bool(gives_away(person, text)) is bool(found)


def test_an_answer_for_everybody_shows_nobody_and_has_a_second_reader(
    answered: Question, practitioner: User, finance: User
) -> None:
    with pytest.raises(ValueError, match="Take out “Bea”: it shows who asked"):
        actions.propose_precedent(
            by=practitioner,
            at=LATER,
            question=answered,
            asked="Can Bea go swimming?",
            reasons="Yes",
        )
    proposed = actions.propose_precedent(
        by=practitioner,
        at=LATER,
        question=answered,
        asked="May I swim?",
        reasons="It keeps you well",
    )
    assert list(querysets.published()) == []
    with pytest.raises(NotNow, match="somebody else reads it"):
        actions.read_precedent(by=practitioner, at=LATER, precedent=proposed, publish=True)
    with pytest.raises(ValueError, match="Write why"):
        actions.read_precedent(by=finance, at=LATER, precedent=proposed, publish=False)
    actions.read_precedent(by=finance, at=LATER, precedent=proposed, publish=True)
    assert [each.ask for each in querysets.published()] == ["May I swim?"]


def test_others_hear_the_same_without_learning_who_asked(
    told: Precedent, make_person: Callable[..., Person], make_user: Callable[..., User],
    signed_in: Callable[[User], Client], person: Person,
) -> None:  # fmt: skip
    other = make_person(given_name="Cy", family_name="Other", user=make_user(Role.PERSON, "Cy"))
    assert other.user is not None
    page = shown(signed_in(other.user), guide(other, "?q=a+swim"))
    assert "May I go swimming with someone?" in page
    assert "Someone helps you in the water." in page
    for secret in (person.reference, person.family_name, "Bea"):
        assert secret not in page


def test_answers_are_found_by_any_word_in_any_form(told: Precedent) -> None:
    assert [each.pk for each in querysets.published("I like to swim on Mondays")] == [told.pk]
    assert list(querysets.published("fireworks")) == []


def test_an_answer_that_is_no_longer_so_is_withdrawn_with_a_reason(
    told: Precedent, finance: User, signed_in: Callable[[User], Client]
) -> None:
    client, page = signed_in(finance), f"/questions/told/{told.pk}/"
    assert "Enter why it is no longer so" in client.post(page, {"note": ""}).content.decode()
    assert client.post(page, {"note": "The pool closed."}).status_code == 302
    assert list(querysets.published()) == []
    assert AuditRow.objects.get(verb="precedent.withdrawn").detail["note"] == "The pool closed."


def test_the_pages_of_a_second_reader(
    answered: Question, practitioner: User, manager: User, signed_in: Callable[[User], Client]
) -> None:
    first, second = signed_in(practitioner), signed_in(manager)
    place = f"/questions/{answered.pk}/for-everybody/"
    assert "Bea" in shown(first, place)
    typed = {"asked": "Can Bea swim?", "reasons": "It keeps people well."}
    assert "it shows who asked" in first.post(place, typed).content.decode()
    assert first.post(place, typed | {"asked": "May I swim?"}).status_code == 302
    page = f"/questions/told/{Precedent.objects.get().pk}/"
    own = first.post(page, {"publish": "yes"}).content.decode()
    assert "somebody else reads it" in own
    assert "Write why it is not published" in second.post(page, {"publish": "no"}).content.decode()
    assert second.post(page, {"publish": "yes"}).status_code == 302
    assert "May I swim?" in shown(second, "/questions/")


def test_questions_about_people_elsewhere_are_not_seen(
    question: Question, make_user: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    elsewhere = Team.objects.create(name="A team elsewhere")
    other = make_user(Role.PRACTITIONER, team=elsewhere)
    assert list(querysets.to_answer(other)) == []
    assert signed_in(other).get(f"/questions/{question.pk}/").status_code == 404
