"""A page of the worklist stands in the order of the whole, and reads only the names it needs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q
from tests.integration.conftest import NOW

from wherewithal.web.accounts.models import User
from wherewithal.web.checks.due import LOOK, WELFARE, Reason, Row, accounts_of, among, named
from wherewithal.web.people.models import Person

EARLY, LATER = date(2026, 10, 1), date(2026, 11, 1)


def row(person: Person, rank: int, by: date) -> Row:
    return Row(person.pk, (Reason(person.pk, rank, "Look at the account", "look", by),))


def test_who_is_as_urgent_as_another_stands_by_family_name(
    make_person: Callable[..., Person], django_assert_num_queries: Callable[..., Any]
) -> None:
    people = {name: make_person(family_name=name) for name in ("Quill", "Amber", "Moss", "Birch")}
    rows = [
        row(people["Moss"], WELFARE, LATER), row(people["Quill"], LOOK, EARLY),
        row(people["Birch"], LOOK, EARLY), row(people["Amber"], LOOK, LATER),
    ]  # fmt: skip
    whole = ["Moss", "Birch", "Quill", "Amber"]
    assert [person.family_name for person, _ in named(rows, 0, 4)] == whole
    for first, last in ((0, 1), (0, 2), (1, 2), (2, 4), (3, 4)):
        with django_assert_num_queries(2):
            found = named(rows, first, last)
        assert [person.family_name for person, _ in found] == whole[first:last]
        assert all(person.pk == found_row.person for person, found_row in found)
    assert named(rows, 4, 4) == named([], 0, 0) == []


def test_only_who_may_see_everybody_is_not_asked_about_each(
    finance: User, manager: User, make_person: Callable[..., Person]
) -> None:
    make_person()
    assert among(Person.objects.visible_to(finance)) == Q()
    assert among(Person.objects.visible_to(manager)) != Q()
    assert among(Person.objects.none()) != Q()
    assert among(Person.objects.all()[:1]) != Q()
    assert accounts_of(Person.objects.none(), NOW.date()).keys == set()
