"""How an account is looked at: read on a phone, and a decision looked at again by someone else."""

import re
from collections.abc import Callable

import pytest
from tests.functional.looking import Visit

pytestmark = pytest.mark.browser


def test_a_person_asks_on_their_phone_and_somebody_else_looks_again(
    visit: Callable[..., Visit],
) -> None:
    own = visit("person", phone=True, scripts=False)
    own.follow("How closely we look, and what we ask for")
    own.sees("What we do not ask for", "What comes next")
    own.follow("Ask us to look again").sees("Somebody who did not make the decision")
    own.choose("My personal budget").write("What seems wrong?", "Nobody counted the nights.")
    own.press("Send").sees("Somebody else will look at it")
    own.follow(re.compile("My personal budget,")).sees(
        "Nobody counted the nights.", "Support goes on"
    )
    place = own.page.url

    officer = visit("finance-2")
    officer.open(place).press("They were told today that we have it")
    officer.press("Answer").choose("Part of the decision changes")
    officer.write("Why?", "The nights count from now on.").press("Save the answer")
    officer.sees("The nights count from now on.")

    own.open(place).sees("The nights count from now on.", "Part of the decision changes")


def test_a_day_begins_with_how_people_are(visit: Callable[..., Visit]) -> None:
    officer = visit("finance")
    officer.follow("Accounts").sees("Looked at in the last 12 months", "How people are comes first")
    officer.follow("Reviews of direct payments that are due").sees("within six months")
