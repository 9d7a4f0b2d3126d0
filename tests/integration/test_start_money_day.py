"""What waits today is found for whom it waits, and every link of the page opens for its reader."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.integration.conftest import TODAY

from wherewithal.web.accounts.models import Team, User
from wherewithal.web.accounts.roles import CARE, Role
from wherewithal.web.checks.due import reviews_due
from wherewithal.web.config.loading import make_and_load
from wherewithal.web.payments.models import Payee
from wherewithal.web.people.models import Person
from wherewithal.web.start.money_day import waiting_for

LINKS = re.compile(r'<a class="govuk-link[^"]*" href="(/[^"]*)"')


@pytest.fixture
def council(db: None) -> None:
    make_and_load(people=300, seed=5, on=TODAY)


@pytest.mark.parametrize("name", ["trial-finance", "trial-manager", "trial-practitioner"])
def test_every_link_opens_for_whoever_sees_it(name: str, council: None) -> None:
    client = Client()
    client.force_login(User.objects.get(username=name))
    page = client.get(reverse("start:money")).content.decode()
    links = set(LINKS.findall(page))
    assert len(links) >= 4
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize("role", [Role.PERSON, Role.ANALYST, Role.ADMINISTRATOR])
def test_it_is_for_staff_alone(
    role: Role, make_user: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(make_user(role)).get(reverse("start:money")).status_code == 403


def test_nobody_counts_people_of_another_team(
    council: None, make_user: Callable[..., User]
) -> None:
    elsewhere = Team.objects.create(name="A team elsewhere")
    for role in CARE:
        reader = make_user(role, team=elsewhere)
        groups = waiting_for(reader, timezone.localdate())
        counts = {each.what: each.count for group in groups for each in group}
        counts.pop("Answers to read before everybody sees them")
        assert set(counts.values()) == {0}, (role, counts)


def test_finance_counts_everybody(council: None, finance: User) -> None:
    groups = waiting_for(finance, timezone.localdate())
    counts = {each.what: each.count for group in groups for each in group}
    assert counts["Statements with something to look at"] > 0
    assert counts["Money that could be late"] >= 0


def test_reviews_that_the_law_sets_wait_once_they_are_late(council: None, finance: User) -> None:
    on = timezone.localdate()
    late = [each for each in reviews_due(Person.objects.visible_to(finance), on) if each.late]
    people, _ = waiting_for(finance, on)
    counts = {each.what: each.count for each in people}
    assert counts["Reviews of direct payments that are late"] == len(late) > 0


def test_an_account_in_doubt_waits_after_the_person_was_told(council: None, finance: User) -> None:
    payee = Payee.objects.filter(ended_at=None).first()
    assert payee is not None
    Payee.objects.filter(pk=payee.pk).update(doubt="it is closed.")
    people, _ = waiting_for(finance, timezone.localdate())
    counts = {each.what: each.count for each in people}
    assert counts["Accounts of people to check"] == 1
    assert counts["Money that the bank sent back"] == 0


def test_more_people_ask_no_more_of_the_database(council: None, finance: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        waiting_for(finance, TODAY)
    assert len(asked) < 80
