"""Several people posting at the same moment: one journal after the other, and none is lost."""

from collections.abc import Iterator
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from tests.integration.conftest import NOW, TODAY
from tests.integration.emptying import empty_all_tables

from wherewithal.ledger.entries import Account, Entry, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import close_month, post
from wherewithal.web.books.models import Journal
from wherewithal.web.books.querysets import balance, first_open_day, prove

AT_ONCE, EACH = 4, 5
COUNCIL, SENT = Account(Kind.FUNDING, "council"), Account(Kind.SENT, "1")


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep what is written, so that other connections see it; empty the tables afterwards."""
    with django_db_blocker.unblock():
        yield
        empty_all_tables()


def entry(on: date) -> Entry:
    return Entry(on, COUNCIL, SENT, 1, "payment-confirmed", "The bank confirmed it.")


def test_journals_posted_at_once_follow_one_another_without_a_gap(db: None) -> None:
    together = Barrier(AT_ONCE)

    def run(number: int) -> None:
        together.wait()
        try:
            for _ in range(EACH):
                post([entry(TODAY)], by=None, at=NOW, summary=f"By thread {number}.")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = list(Journal.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, AT_ONCE * EACH + 1))
    assert balance(SENT, TODAY) == AT_ONCE * EACH
    assert prove(TODAY).holds


def test_a_posting_that_is_given_up_leaves_no_gap(db: None) -> None:
    with transaction.atomic():
        post([entry(TODAY)], by=None, at=NOW, summary="Given up.")
        transaction.set_rollback(True)
    assert post([entry(TODAY)], by=None, at=NOW, summary="The first.").number == 1
    assert prove(TODAY).holds


def test_what_waits_for_a_month_to_close_finds_it_closed(db: None) -> None:
    october = date(2026, 10, 31)
    written: list[Journal] = []

    def late() -> None:
        written.append(post([entry(october)], by=None, at=NOW, summary="Late."))
        connection.close()

    closer = User.objects.create_user("fern", role="finance")
    thread = Thread(target=late)
    with transaction.atomic():
        close_month(last_day=october, by=closer, at=NOW)
        thread.start()
        thread.join(timeout=0.3)
        assert thread.is_alive()
    thread.join()
    assert written[0].entries.get().on == first_open_day() == date(2026, 11, 1)
