"""Somebody has died: it is written down once, kindly, and everything that goes by itself stops."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    make_budget,
    payable,
    prepare,
)

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.actions import end_budget
from wherewithal.web.budgets.models import Budget
from wherewithal.web.casework.querysets import own_people
from wherewithal.web.people.models import Person
from wherewithal.web.providers.own_bills import bill_people

WHO = "Her sister Joan told us, and sees to her affairs."


@pytest.fixture
def staff(practitioner: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(practitioner)


def place(person: Person) -> str:
    return f"/people/{person.reference}/about/died/"


def say(client: Client, person: Person, day: date, because: str = WHO) -> str:
    given = {
        "on_day": day.day, "on_month": day.month, "on_year": day.year, "because": because,
    }  # fmt: skip
    return client.post(place(person), given, follow=True).content.decode()


def test_a_death_is_written_down_with_who_told_us(staff: Client, person: Person) -> None:
    day = timezone.localdate() - timedelta(days=3)
    page = say(staff, person, day)
    assert "That is saved. We are sorry." in page
    person.refresh_from_db()
    assert person.date_of_death == day
    row = AuditRow.objects.get(verb="person.died")
    assert WHO in row.summary
    assert "Died on" in page


def test_the_day_and_who_told_us_are_asked_for(staff: Client, person: Person) -> None:
    page = staff.post(place(person), {"because": ""}).content.decode()
    assert "Enter the day" in page
    assert "Enter who told us, and whom we talk to now" in page
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "There is a problem" in say(staff, person, tomorrow)
    person.refresh_from_db()
    assert person.date_of_death is None


def test_nothing_is_due_for_them_any_more(
    staff: Client, practitioner: User, person: Person
) -> None:
    assert person.reference in {each.reference for each in own_people(practitioner)}
    say(staff, person, timezone.localdate())
    assert person.reference not in {each.reference for each in own_people(practitioner)}


def test_a_mistake_is_put_right_with_how_we_know(staff: Client, person: Person) -> None:
    say(staff, person, timezone.localdate())
    page = staff.post(f"{place(person)}mistake/", {"because": "She rang us."}, follow=True)
    assert "That is put right. Say sorry to Ada Marlowbridge." in page.content.decode()
    person.refresh_from_db()
    assert person.date_of_death is None
    assert "She rang us." in AuditRow.objects.get(verb="person.lives").summary


def test_the_person_and_those_who_help_do_not_write_it_down(
    person: Person, signed_in: Callable[[User], Client]
) -> None:
    assert person.user is not None
    assert signed_in(person.user).get(place(person)).status_code == 403


def test_no_run_pays_a_budget_that_still_runs(
    payable: Budget,  # noqa: F811
    finance: User,
    signed_in: Callable[[User], Client],
) -> None:
    say(signed_in(finance), payable.person, payable.period.lower)
    with pytest.raises(NotNow, match="A manager ends the budget first, with its last day"):
        prepare(finance)


def test_nobody_is_billed_for_days_after_the_last(
    make_budget: Callable[..., Budget],  # noqa: F811
    person: Person,
    finance: User,
    manager: User,
) -> None:
    budget = make_budget(person, ("council-managed", 41_500), contribution=8_275)
    last = budget.period.lower + timedelta(days=6)
    Person.objects.filter(pk=person.pk).update(date_of_death=last)
    until, at = last + timedelta(days=22), NOW + timedelta(days=60)
    assert bill_people(until=until, by=finance, at=at) == []
    end_budget(budget=budget, last_day=last, reasons="They died.", by=manager, at=at)
    (bill,) = bill_people(until=until, by=finance, at=at)
    assert (bill.pence, bill.period.upper) == (8_275, last + timedelta(days=1))


def test_the_page_that_ends_a_budget_speaks_of_the_death_and_not_to_the_dead(
    payable: Budget, make_user: Callable[..., User],  # noqa: F811
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    person = payable.person
    ends = signed_in(make_user(Role.MANAGER)), f"/people/{person.reference}/budget/end/"
    assert "The person reads this." in ends[0].get(ends[1]).content.decode()
    Person.objects.filter(pk=person.pk).update(date_of_death=date(2026, 11, 10))
    page = ends[0].get(ends[1]).content.decode()
    assert "died on 10 November 2026" in page
    assert "Whoever sees to their affairs may read this." in page
    assert "The person reads this." not in page
    assert "make a new plan instead" not in page
