"""An administrator makes and renames teams, so that practitioners have one to work in."""

from collections.abc import Callable

import pytest
from django.test import Client

from wherewithal.web.accounts.models import AuditRow, Team, User
from wherewithal.web.accounts.roles import Role


@pytest.fixture
def browser(make_user: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(make_user(Role.ADMINISTRATOR, "Alex"))


def test_a_team_is_added_and_can_be_chosen_for_someone_new(browser: Client) -> None:
    Team.objects.all().delete()
    assert "There is no team yet" in browser.get("/teams/").content.decode()
    sent = browser.post("/teams/new/", {"name": "Orchard team", "phone": "01632 960222"})
    assert sent.status_code == 302
    assert "01632 960222" in browser.get("/teams/").content.decode()
    assert "Orchard team" in browser.get("/users/new/").content.decode()
    assert AuditRow.objects.get(verb="team.added").summary == "The team Orchard team was added."


def test_a_team_gets_another_name_and_number_and_keeps_its_people(
    browser: Client, team: Team, practitioner: User
) -> None:
    assert "Harbour team" in browser.get(f"/teams/{team.pk}/").content.decode()
    browser.post(f"/teams/{team.pk}/", {"name": "Quay team", "phone": ""})
    practitioner.refresh_from_db()
    assert str(practitioner.team) == "Quay team"
    row = AuditRow.objects.get(verb="team.changed")
    assert row.detail["before"] == {"name": "Harbour team", "phone": "01632 960111"}


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "Enter name of the team"), ("harbour TEAM", "There is a team called harbour TEAM")],
)
def test_a_team_needs_a_name_of_its_own(
    browser: Client, team: Team, name: str, message: str
) -> None:
    page = browser.post("/teams/new/", {"name": name, "phone": "01632 960333"}).content.decode()
    assert message in page
    assert 'value="01632 960333"' in page
    assert Team.objects.count() == 1


def test_a_team_can_keep_its_own_name(browser: Client, team: Team) -> None:
    assert browser.post(f"/teams/{team.pk}/", {"name": team.name, "phone": "1"}).status_code == 302


def test_the_way_to_teams_is_in_the_bar_of_administrators_alone(
    browser: Client, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    assert 'href="/teams/"' in browser.get("/users/").content.decode()
    assert 'href="/teams/"' not in signed_in(practitioner).get("/staff/").content.decode()
