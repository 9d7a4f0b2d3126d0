"""Who may know about whom, and how people are found."""

from collections.abc import Callable

import pytest

from wherewithal.web.accounts.models import Team, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.people.models import Person


@pytest.mark.parametrize(
    "typed", ["jose", "José", "JOS", "garcía lan", "lan garcia", "ww900", "999 000 0018", "zz99"]
)
def test_a_person_is_found_by_any_beginning_of_their_words(
    typed: str, make_person: Callable[..., Person], finance: User
) -> None:
    jose = make_person(
        reference="WW900777",
        given_name="José",
        family_name="García-Lantern",
        nhs_number="9990000018",
    )
    make_person(given_name="Someone", family_name="Else", reference="XX1", postcode="YY1 1YY")
    assert list(Person.objects.visible_to(finance).found_by(typed)) == [jose]


@pytest.mark.parametrize("typed", ["", "  ", "!!", "'; DROP", "qq & | !", "zzzzzz"])
def test_odd_words_find_nobody_and_break_nothing(typed: str, person: Person, finance: User) -> None:
    assert not Person.objects.visible_to(finance).found_by(typed).exists()


def test_each_role_sees_only_its_own_people(
    person: Person, make_person: Callable[..., Person], make_user: Callable[..., User]
) -> None:
    elsewhere = Team.objects.create(name="Hill team")
    stranger = make_person(team=elsewhere, practitioner=None)
    helper = person.supporters.get().user
    assert helper is not None
    assert person.user is not None
    seen = {
        user.role: set(Person.objects.visible_to(user))
        for user in [person.user, helper, *(make_user(role) for role in list(Role)[2:])]
    }
    assert seen == {
        Role.PERSON: {person},
        Role.SUPPORTER: {person},
        Role.PRACTITIONER: {person},
        Role.MANAGER: {person},
        Role.FINANCE: {person, stranger},
        Role.ANALYST: set(),
        Role.ADMINISTRATOR: set(),
    }


def test_a_supporter_sees_nobody_who_has_not_agreed(person: Person) -> None:
    helper = person.supporters.get()
    helper.may_see = False
    helper.save()
    assert helper.user is not None
    assert not Person.objects.visible_to(helper.user).exists()
