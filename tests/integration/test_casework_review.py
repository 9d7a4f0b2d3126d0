"""A review is written down, moves the next day, and never lowers anything."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.integration.conftest import NOW

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.casework.actions import record_review
from wherewithal.web.people.models import Person


@pytest.fixture
def live(make_person: Callable[..., Person]) -> Person:
    return make_person(stage="live", review_due=timezone.localdate() - timedelta(days=3))


def given(day: date, **changes: str) -> dict[str, str]:
    whole = {
        "words": "The mornings work. Sundays are long.", "changed": "no",
        "next_due_day": str(day.day), "next_due_month": str(day.month),
        "next_due_year": str(day.year),
    }  # fmt: skip
    return whole | changes


def test_a_review_leaves_the_list_of_what_is_due(
    live: Person, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    client, address = signed_in(practitioner), f"/people/{live.reference}/review/"
    assert address in client.get("/staff/").text
    later = timezone.localdate() + timedelta(days=300)
    page = client.post(address, given(later), follow=True).text
    assert "The review is saved." in page
    live.refresh_from_db()
    assert live.review_due == later
    assert address not in client.get("/staff/").text
    assert "Sundays are long" in AuditRow.objects.get(verb="review.recorded").summary


def test_changed_needs_lead_to_a_new_assessment_not_to_a_lower_budget(
    live: Person, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    later = timezone.localdate() + timedelta(days=60)
    answer = signed_in(practitioner).post(
        f"/people/{live.reference}/review/", given(later, changed="yes"), follow=True
    )
    assert "begin a new assessment" in answer.text


@pytest.mark.parametrize("days", [0, -1, 366])
def test_the_next_day_is_to_come_and_within_a_year(
    days: int, live: Person, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    day = timezone.localdate() + timedelta(days=days)
    page = signed_in(practitioner).post(f"/people/{live.reference}/review/", given(day)).text
    assert "There is a problem" in page
    assert "Sundays are long" in page
    assert not AuditRow.objects.filter(verb="review.recorded").exists()


def test_without_support_in_place_there_is_nothing_to_review(
    person: Person, practitioner: User
) -> None:
    with pytest.raises(NotNow, match="nothing to review"):
        record_review(
            person=person, words="-", changed=False, next_due=date(2027, 1, 1), by=practitioner,
            at=NOW,
        )  # fmt: skip
