"""Every link that somebody is shown opens for them, on a page with one heading of its own."""

from collections import Counter, deque
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from tests.integration.conftest import NOW, TODAY
from tests.integration.planned import charged, planned

from wherewithal.web.accounts.models import Team, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.charges.models import ExpenseClaim, Uprating
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

LEFT_ALONE = ("/sign-out/", "/try/", "/static/")
OF_EACH = 2
"""How many addresses of one name are opened: the first that are met."""


class Seen(HTMLParser):
    """The links of a page, and how many headings of the first rank it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.headings += tag == "h1"
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]


def follow_everything(client: Client, start: str = "/home/") -> list[str]:
    """Follow every link from a start, a few of each kind; return what was wrong."""
    waiting, met, opened = deque([(start, "")]), {start}, Counter[str]()
    wrong: list[str] = []
    while waiting:
        path, shown_on = waiting.popleft()
        answer = client.get(path, follow=True)
        if answer.status_code >= 400:
            wrong.append(f"{shown_on} shows {path}, which answers {answer.status_code}")
            continue
        if not answer["Content-Type"].startswith("text/html"):
            continue
        seen = Seen(answer.content.decode())
        if seen.headings != 1:
            wrong.append(f"{path} has {seen.headings} headings of the first rank")
        here = answer.request["PATH_INFO"]
        for link in seen.links:
            there = urldefrag(urljoin(here, link)).url
            if not there.startswith("/") or there.startswith(LEFT_ALONE) or there in met:
                continue
            name = resolve(urlsplit(there).path).view_name
            if opened[name] < OF_EACH:
                opened[name] += 1
                met.add(there)
                waiting.append((there, here))
    return wrong


@pytest.fixture
def along_the_road(
    person: Person, scheme_version: SchemeVersion, practitioner: User, finance: User
) -> Person:
    """Someone with a plan, a charge, a cost that waits, and a new year worked out for them."""
    planned(person, scheme_version, practitioner)
    charged(person, practitioner)
    assert person.user is not None
    ExpenseClaim.objects.create(
        person=person, kind="laundry", what="Laundry", pence=500, every="week", why="Two loads.",
        asked_by=person.user, asked_at=NOW,
    )  # fmt: skip
    Uprating.objects.create(starts=TODAY, year="2027/28", assumed={}, made_at=NOW, made_by=finance)
    return person


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SUPPORTER])
def test_no_link_shown_leads_to_a_refusal(
    role: Role, along_the_road: Person, practitioner: User, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    users = {Role.PERSON: along_the_road.user, Role.PRACTITIONER: practitioner}
    assert follow_everything(signed_in(users.get(role) or make_user(role))) == []


def test_no_link_shown_to_a_supporter_leads_to_a_refusal(
    along_the_road: Person, signed_in: Callable[[User], Client]
) -> None:
    helper = along_the_road.supporters.get().user
    assert helper is not None
    assert follow_everything(signed_in(helper)) == []


def test_who_asked_for_which_cost_is_for_those_who_decide(
    along_the_road: Person, practitioner: User, finance: User, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    asked = f"{along_the_road.name}: Laundry"
    for officer in (practitioner, finance):
        assert asked in signed_in(officer).get("/charges/costs/").content.decode()
    elsewhere = make_user(Role.PRACTITIONER, team=Team.objects.create(name="Elsewhere"))
    assert asked not in signed_in(elsewhere).get("/charges/costs/").content.decode()
    keeper = signed_in(make_user(Role.ADMINISTRATOR)).get("/charges/").content.decode()
    assert along_the_road.name not in keeper
    assert "1 cost waits for a decision." in keeper
