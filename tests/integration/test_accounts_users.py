"""An administrator looks after who signs in, and can't lock themselves out."""

from collections.abc import Callable

import pytest
from django.test import Client

from wherewithal.web.accounts.models import AuditRow, Team, User
from wherewithal.web.accounts.roles import Role

NEW = {
    "first_name": "Robin", "last_name": "Quillfeather", "email": "", "phone": "",
    "role": "finance", "team": "", "username": "robin.quill", "password": "six quiet herons",
}  # fmt: skip


@pytest.fixture
def admin(make_user: Callable[..., User]) -> User:
    return make_user(Role.ADMINISTRATOR, "Alex")


@pytest.fixture
def browser(admin: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(admin)


def test_someone_new_can_be_added_and_must_change_the_password(browser: Client) -> None:
    assert browser.post("/users/new/", NEW).status_code == 302
    added = User.objects.get(username="robin.quill")
    assert added.role == Role.FINANCE
    assert added.password_is_temporary
    assert added.check_password("six quiet herons")
    row = AuditRow.objects.get(verb="user.added")
    assert row.summary == "Robin Quillfeather can now sign in as Finance officer."
    assert "herons" not in str(row.detail)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"username": "r!"}, "Use 3 or more small letters"),
        ({"first_name": ""}, "Enter first name"),
        ({"email": "robin"}, "Enter an email address like name@example.org"),
        ({"password": "short"}, "Use at least 12 letters"),
        ({"role": "practitioner"}, "Choose the team that this person works in"),
        ({"role": "wizard"}, "Choose role"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(
    browser: Client, change: dict[str, str], message: str
) -> None:
    page = browser.post("/users/new/", NEW | change).content.decode()
    assert message in page
    assert 'value="Quillfeather"' in page
    assert not User.objects.filter(last_name="Quillfeather").exists()


def test_a_user_name_is_one_persons_whatever_its_capitals(browser: Client) -> None:
    browser.post("/users/new/", NEW)
    page = browser.post("/users/new/", NEW | {"username": "Robin.Quill"}).content.decode()
    assert "Somebody already signs in as robin.quill" in page


def test_role_team_and_being_shut_can_be_changed(
    browser: Client, make_user: Callable[..., User], team: Team
) -> None:
    user = make_user(Role.FINANCE, "Fern")
    data = {"first_name": "Fern", "last_name": "Moss", "role": "manager", "team": str(team.pk),
            "is_active": "no"}  # fmt: skip
    assert browser.post(f"/users/{user.pk}/", data).status_code == 302
    user.refresh_from_db()
    assert (user.role, user.team, user.is_active) == (Role.MANAGER, team, False)
    assert AuditRow.objects.get(verb="user.changed").detail["before"]["role"] == "finance"


@pytest.mark.parametrize("change", [{"role": "finance"}, {"is_active": "no"}])
def test_nobody_takes_away_their_own_way_in(
    browser: Client, admin: User, change: dict[str, str]
) -> None:
    data = {"first_name": "Alex", "last_name": "T", "role": "administrator", "is_active": "yes"}
    page = browser.post(f"/users/{admin.pk}/", data | change).content.decode()
    assert "You can’t take away your own way in" in page
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == (Role.ADMINISTRATOR, True)


def test_a_temporary_password_can_be_set(browser: Client, make_user: Callable[..., User]) -> None:
    user = make_user(Role.FINANCE)
    browser.post(f"/users/{user.pk}/password/", {"password": "nine kind otters"})
    user.refresh_from_db()
    assert user.check_password("nine kind otters")
    assert user.password_is_temporary


def test_the_list_is_searched_by_words_and_by_role(
    browser: Client, make_user: Callable[..., User]
) -> None:
    make_user(Role.FINANCE, "Fern")
    make_user(Role.ANALYST, "Ash")
    page = browser.get("/users/?q=fern thistle").content.decode()
    assert "Thistlewick, Fern" in page
    assert "Thistlewick, Ash" not in page
    page = browser.get("/users/?role=analyst").content.decode()
    assert "Thistlewick, Ash" in page
    assert "Thistlewick, Fern" not in page
    assert "Nobody matches" in browser.get("/users/?q=zzz").content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_look_after_sign_ins(
    make_user: Callable[..., User], signed_in: Callable[[User], Client], role: Role
) -> None:
    user = make_user(role)
    client = signed_in(user)
    for address in ("/users/", "/users/new/", f"/users/{user.pk}/", f"/users/{user.pk}/password/"):
        assert client.get(address).status_code == 403


def test_a_page_that_is_refused_is_no_news_for_whoever_runs_the_service(
    browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert browser.get("/payments/").status_code == 403
    assert browser.get("/no-such-page/").status_code == 404
    assert not caplog.records
