"""A query whose SQL is kept reads the same rows as when it is asked anew."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db.models import F
from tests.integration.test_payments_runs import approve, make_budget, payable, prepare  # noqa: F401

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.budgets.reading import loaded, loaded_of
from wherewithal.web.people.models import Person
from wherewithal.web.people.written_once import PERSON, columns_of, rows_of

FROM = date(1, 1, 1)


def test_only_the_person_asked_about_is_read(make_person: Callable[..., Person]) -> None:
    first, second = make_person(), make_person()
    read = rows_of(lambda: Person.objects.filter(pk=PERSON), PERSON)
    assert [read(first.pk), read(second.pk), read(0)] == [[first], [second], []]


def test_what_is_added_to_a_row_comes_with_it(payable: Budget) -> None:  # noqa: F811
    read = rows_of(
        lambda: BudgetLine.objects.filter(budget__person=PERSON)
        .only("what").annotate(starts=F("budget__period__startswith")),
        PERSON,
    )  # fmt: skip
    rows: list[Any] = read(payable.person_id)
    assert {(row.what, row.starts) for row in rows} == {
        (line.what, payable.period.lower) for line in payable.lines.all()
    }
    assert "weekly" in rows[0].get_deferred_fields()


def test_several_values_go_where_their_marks_stand(make_person: Callable[..., Person]) -> None:
    person = make_person()
    read = columns_of(
        lambda: Person.objects.filter(pk=PERSON, date_of_birth__gte=FROM).values_list("reference"),
        PERSON, FROM,
    )  # fmt: skip
    born = person.date_of_birth
    assert read(person.pk, born) == [(person.reference,)]
    assert read(person.pk, date(born.year + 1, 1, 1)) == []
    with pytest.raises(ValueError, match="shorter"):
        read(person.pk)


def test_budgets_of_one_person_are_those_that_are_read_for_many(
    payable: Budget, finance: User, make_user: Callable[..., User],  # noqa: F811
    django_assert_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    approve(prepare(finance), make_user(Role.FINANCE))
    many = loaded(Budget.objects.decided().filter(person=payable.person), ())
    with django_assert_num_queries(2):
        one = loaded_of(payable.person, ())
        assert one == many
        assert one[0].person is payable.person
        assert list(one[0].lines.all()) == list(many[0].lines.all())
        assert not one[0].pauses.all()
