"""The public pages: open to anyone, complete, and kind when something goes wrong."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wherewithal.scheme import packaged
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.policy.models import SchemeVersion, Setting
from wherewithal.web.start.views import went_wrong

PUBLIC_PAGES = (
    "/",
    "/what-is-a-personal-budget/",
    "/who-can-have-one/",
    "/ways-to-hold-the-money/",
    "/how-the-figure-is-worked-out/",
    "/how-the-figure-is-worked-out/record/",
    "/accessibility-statement/",
    "/privacy/",
    "/help/",
    "/sign-in/",
)


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_anyone_may_open_every_public_page(
    client: Client, scheme_version: SchemeVersion, address: str
) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = text_of(client, address)
    assert page.count("<h1") == 1
    assert 'href="/help/"' in page
    assert len(queries) < 4


def test_the_page_about_the_figure_shows_every_question_and_every_answer(
    client: Client, scheme_version: SchemeVersion
) -> None:
    page = text_of(client, "/how-the-figure-is-worked-out/")
    scheme = packaged("standard-adult")
    for question in scheme.questions:
        assert question.ask in page
        assert all(option.label in page for option in question.options)
    for source in scheme.sources:
        assert source.text in page
    assert scheme.hash in page
    assert "Not checked yet" in page


def test_an_answer_shows_its_time_and_what_that_costs(
    client: Client, scheme_version: SchemeVersion
) -> None:
    page = text_of(client, "/how-the-figure-is-worked-out/")
    assert "3 hours 30 minutes" in page  # 210 minutes
    assert "£84.35" in page  # 3.5 × £24.10


def test_the_scheme_can_be_downloaded_as_it_was_published(
    client: Client, scheme_version: SchemeVersion
) -> None:
    response = client.get("/how-the-figure-is-worked-out/scheme.yaml")
    assert response.content.decode() == scheme_version.document
    assert response["Content-Disposition"] == 'attachment; filename="standard-adult-1.yaml"'


def test_the_record_is_of_the_scheme_in_force_and_says_what_the_council_has_not_said(
    client: Client, scheme_version: SchemeVersion
) -> None:
    page = text_of(client, "/how-the-figure-is-worked-out/record/")
    assert packaged("standard-adult").hash in page
    assert "In use from 1 April 2026." in page
    assert "The council has not said this yet." in page
    assert page.count("<h3") > 30
    Setting.objects.create(key="record_team", value="Adult care <team>")
    page = text_of(client, "/how-the-figure-is-worked-out/record/")
    assert "Adult care &lt;team&gt;" in page
    form = client.get("/how-the-figure-is-worked-out/record.json").json()
    assert (form["scheme_hash"], form["in_use_from"]) == (scheme_version.hash, "2026-04-01")
    assert "Senior responsible owner" in form["not_said_yet"]
    assert "Team" not in form["not_said_yet"]


def test_before_a_scheme_is_published_there_is_no_record(client: Client, db: None) -> None:
    assert "01632 960100" in text_of(client, "/how-the-figure-is-worked-out/record/")
    assert client.get("/how-the-figure-is-worked-out/record.json").status_code == 404


def test_before_a_scheme_is_published_the_page_says_so_and_offers_a_call(
    client: Client, db: None
) -> None:
    assert "01632 960100" in text_of(client, "/how-the-figure-is-worked-out/")
    text_of(client, "/how-the-figure-is-worked-out/scheme.yaml", 404)


def test_the_council_named_in_the_settings_is_on_the_public_pages(client: Client, db: None) -> None:
    assert "Ambleford Council" in text_of(client, "/accessibility-statement/")


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.PERSON, "casework:mine"),
        (Role.SUPPORTER, "casework:mine"),
        (Role.PRACTITIONER, "casework:home"),
        (Role.MANAGER, "casework:home"),
        (Role.FINANCE, "start:money"),
        (Role.ANALYST, "insight:figures"),
        (Role.ADMINISTRATOR, "policy:settings"),
    ],
)  # fmt: skip
def test_every_role_is_sent_to_where_its_day_begins(
    make_user: Callable[..., User], signed_in: Callable[[User], Client], role: Role, home: str
) -> None:
    response = signed_in(make_user(role)).get("/home/")
    assert response.status_code == 302
    assert response["Location"] == reverse(home)


def test_a_page_that_is_not_there_says_so_kindly(client: Client, db: None) -> None:
    assert "We can’t find that page" in text_of(client, "/no-such-page/", 404)


def test_a_page_for_another_role_says_so_kindly(
    make_user: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    page = text_of(signed_in(make_user(Role.PERSON)), "/policy/settings/", 403)
    assert "You have done nothing wrong" in page


def test_a_form_sent_without_its_token_says_that_what_was_saved_stays_saved(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/sign-in/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "What you saved before is still saved" in response.content.decode()


def test_the_page_for_our_own_faults_asks_the_database_nothing(rf: RequestFactory) -> None:
    page = went_wrong(rf.get("/anything/"))
    assert page.status_code == 500
    assert "our fault, not yours" in page.content.decode()
