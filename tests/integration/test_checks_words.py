"""What people read about their account can be read at age eleven, and accuses nobody."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.integration.conftest import NOW, TODAY
from tests.integration.in_use import (
    DIRECT,
    account_for,
    budget_in_use,
    paid_in_runs,
    statement_of,
)
from tests.repo.test_plain_words import GRADE, Shown, grade

from wherewithal.monitoring.rules import rules
from wherewithal.monitoring.tiers import Limits, Tier, means
from wherewithal.web.accounts.models import User
from wherewithal.web.checks.actions.flags import look_by_rules
from wherewithal.web.checks.limits import settings_now
from wherewithal.web.checks.models import Flag
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

ACCUSING = ("fraud", "misuse", "suspicious", "red flag", "investigat", "offence")


@pytest.fixture
def person_with_talks(person: Person, scheme_version: SchemeVersion, finance: User) -> Person:
    paid_in_runs(budget_in_use(person, scheme_version), finance)
    account_for(person)
    statement_of(
        person,
        (date(2026, 6, 1), -50_000, "CASH MACHINE", "unmatched"),
        (date(2026, 6, 3), -4_000, "PADDY POWER", "unmatched"),
        opening=3_000_000,
    )
    look_by_rules(person=person, holding=DIRECT, on=TODAY, settings=settings_now(), at=NOW)
    assert Flag.objects.count() > 3
    return person


def pages(person: Person) -> list[str]:
    start = f"/people/{person.reference}/checks/"
    talks = [f"{start}talk/{pk}/" for pk in Flag.objects.values_list("pk", flat=True)]
    return [start, f"{start}again/", *talks]


def test_the_person_s_pages_can_be_read_at_age_eleven_and_accuse_nobody(
    person_with_talks: Person, signed_in: Callable[[User], Client]
) -> None:
    assert person_with_talks.user is not None
    client = signed_in(person_with_talks.user)
    for address in pages(person_with_talks):
        shown = Shown()
        shown.feed(client.get(address).content.decode())
        assert grade(shown.blocks) <= GRADE, address
        said = " ".join(shown.blocks).lower()
        assert [word for word in ACCUSING if word in said] == [], address


def test_what_each_rule_and_tier_says_can_be_read_at_age_eleven() -> None:
    told = [sentence for rule in rules().values() for sentence in (rule.title, rule.matters)]
    assert grade(told) <= GRADE
    for tier in Tier:
        assert grade(list(means(tier, Limits()))) <= GRADE
