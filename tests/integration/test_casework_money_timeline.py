"""The timeline that finance reads of a person tells of the money, and of nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.integration.conftest import NOW

from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.casework.querysets import timeline_of
from wherewithal.web.people.models import Person


@pytest.mark.parametrize(
    "verb", ["payments.paused", "settlement.made", "own-bill.made", "invoice.approved",
             "statement.read", "line.told", "payment-run.prepared"]
)  # fmt: skip
def test_finance_reads_what_was_done_about_the_money_and_nothing_else(
    verb: str, person: Person, finance: User, signed_in: Callable[[User], Client]
) -> None:
    record(by=finance, at=NOW, verb=verb, person=person.reference, summary="Money was moved.")
    record(by=finance, at=NOW, verb="plan.words-written", person=person.reference, summary="Mine.")
    assert [row.summary for row in timeline_of(person, finance)] == ["Money was moved."]
    page = signed_in(finance).get(f"/people/{person.reference}/timeline/").content.decode()
    assert "Money was moved." in page
    assert "Mine." not in page
