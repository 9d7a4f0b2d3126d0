"""What people read about their money can be read at age eleven."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.integration.test_money_employer import sam  # noqa: F401  a fixture
from tests.integration.test_money_page import recent  # noqa: F401  a fixture
from tests.integration.test_payments_runs import make_budget  # noqa: F401  a fixture
from tests.repo.test_plain_words import GRADE, Shown, grade

from wherewithal.careact.spending import things
from wherewithal.web.accounts.models import User
from wherewithal.web.money.models import Assistant
from wherewithal.web.people.models import Person
from wherewithal.web.statements.models import Statement

PAGES = ("", "employer/", "employer/assistants/", "employer/in-place/", "spending/",
         "spending/?q=a+taxi", "spending/ask/")  # fmt: skip


@pytest.mark.parametrize("rest", PAGES)
def test_a_page_about_money_can_be_read_at_age_eleven(
    person: Person, recent: Statement, sam: Assistant, rest: str,  # noqa: F811
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    assert person.user is not None
    answer = signed_in(person.user).get(f"/people/{person.reference}/money/{rest}")
    shown = Shown()
    shown.feed(answer.content.decode())
    assert grade(shown.blocks) <= GRADE


def test_each_entry_of_the_guide_can_be_read_at_age_eleven() -> None:
    hard = {thing.code: grade([thing.what, thing.why]) for thing in things()}
    assert {code: found for code, found in hard.items() if found > GRADE + 1} == {}
