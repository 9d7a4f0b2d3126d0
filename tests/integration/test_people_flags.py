"""Staff see how someone needs to be talked and written to on every page about them."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.integration.conftest import TODAY

from wherewithal.web.accounts.models import User
from wherewithal.web.people.models import Person

PAGES = ("", "timeline/", "about/", "assessment/", "plan/", "budget/", "budget/what-you-pay/")


@pytest.fixture
def signer(person: Person) -> Person:
    """Someone who signs, and is rung through a relay."""
    person.communication_format, person.contact_method = "BSL", "relay"
    person.communication_help, person.communication_asked_on = ["bsl-interpreter"], TODAY
    person.save()
    return person


@pytest.mark.parametrize("page", PAGES)
def test_what_to_remember_stands_on_every_page_staff_open(
    signer: Person, practitioner: User, signed_in: Callable[[User], Client], page: str
) -> None:
    text = signed_in(practitioner).get(f"/people/{signer.reference}/{page}").content.decode()
    for words in ("British Sign Language (BSL)", "Reach by: Relay UK", "Language interpreter"):
        assert words in text


def test_staff_are_told_where_nobody_has_asked_yet(
    person: Person, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    text = signed_in(practitioner).get(f"/people/{person.reference}/timeline/").content.decode()
    assert "Ask how they need us to talk and write to them" in text
