"""Signing in and out: kind, slow to be guessed at, and by one click only on trial."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role

PASSWORD = "three calm lanterns"


@pytest.fixture
def pat(make_user: Callable[..., User]) -> User:
    user = make_user(Role.ANALYST, "Pat")
    user.username = "pat"
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> str:
    response = client.post("/sign-in/", {"username": "pat", "password": password, **more})
    return response["Location"] if response.status_code == 302 else response.content.decode()


def test_the_right_password_lets_someone_in(client: Client, pat: User) -> None:
    assert sign_in(client) == "/home/"
    assert client.session["_auth_user_id"] == str(pat.pk)
    assert AuditRow.objects.get(verb="sign-in.made").by == pat


def test_someone_comes_back_to_the_page_they_came_for(client: Client, pat: User) -> None:
    assert sign_in(client, next="/figures/") == "/figures/"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_nobody_is_sent_to_another_site(client: Client, pat: User, elsewhere: str) -> None:
    assert sign_in(client, next=elsewhere) == "/home/"


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(client: Client, pat: User) -> None:
    page = sign_in(client, "wrong")
    assert "The user name and password do not match" in page
    assert "Error: Sign in" in page
    assert 'value="pat"' in page
    assert "wrong" not in page


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(
    client: Client, pat: User
) -> None:
    known = sign_in(client, "wrong")
    response = client.post("/sign-in/", {"username": "nobody", "password": "wrong"})
    assert "The user name and password do not match" in response.content.decode()
    assert "do not match" in known


def test_after_five_failures_even_the_right_password_waits(client: Client, pat: User) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    assert "There were too many tries" in sign_in(client)
    assert "_auth_user_id" not in client.session


def test_the_wait_is_fifteen_minutes_and_for_that_name_alone(client: Client, pat: User) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    at = timezone.now()
    failed = AuditRow.objects.failed_sign_ins
    assert failed("PAT ", at) == 5
    assert failed("pat", at + timedelta(minutes=16)) == 0
    assert failed("someone-else", at) == 0


def test_what_was_typed_as_a_name_is_not_kept(client: Client, db: None) -> None:
    client.post("/sign-in/", {"username": "my secret password", "password": "x"})
    row = AuditRow.objects.get(verb="sign-in.failed")
    assert "secret" not in f"{row.summary} {row.detail}"


def test_a_shut_account_does_not_open(client: Client, pat: User) -> None:
    User.objects.filter(pk=pat.pk).update(is_active=False)
    assert "do not match" in sign_in(client)


def test_signing_out_takes_a_button_not_a_link(client: Client, pat: User) -> None:
    client.force_login(pat)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_a_temporary_password_is_changed_before_anything_else(client: Client, pat: User) -> None:
    User.objects.filter(pk=pat.pk).update(password_is_temporary=True)
    assert sign_in(client) == "/my-password/"
    client.post("/my-password/", {"password": "a boat in the bay"})
    pat.refresh_from_db()
    assert not pat.password_is_temporary
    assert pat.check_password("a boat in the bay")
    assert client.get("/figures/").status_code == 200  # still signed in


@pytest.mark.parametrize(
    ("weak", "message"),
    [
        ("short", "Use at least 12"),
        ("qwertyuiop123", "Choose a password that fewer people use"),
        ("", "Enter new password"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(
    client: Client, pat: User, weak: str, message: str
) -> None:
    client.force_login(pat)
    assert message in client.post("/my-password/", {"password": weak}).content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_on_trial_one_click_signs_in_as_each_role(
    client: Client, make_user: Callable[..., User], role: Role
) -> None:
    first = make_user(role)
    assert client.post(f"/try/{role}/")["Location"] == "/home/"
    assert client.session["_auth_user_id"] == str(first.pk)


def test_the_account_made_for_trying_comes_first(
    client: Client, make_user: Callable[..., User]
) -> None:
    make_user(Role.FINANCE)
    example = make_user(Role.FINANCE)
    User.objects.filter(pk=example.pk).update(username="trial-finance")
    client.get("/try/finance/")  # a link as the demo prints it
    assert client.session["_auth_user_id"] == str(example.pk)


@pytest.mark.parametrize(
    "where",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    ],
)
def test_one_click_answers_this_machine_alone(
    client: Client, make_user: Callable[..., User], where: dict[str, str]
) -> None:
    make_user(Role.PERSON)
    assert client.post("/try/person/", **where).status_code == 404  # type: ignore[arg-type]  # WSGI names
    assert "_auth_user_id" not in client.session


def test_one_click_refuses_when_the_trial_is_over(
    client: Client, make_user: Callable[..., User], settings: object
) -> None:
    make_user(Role.PERSON)
    settings.TRIAL = False  # type: ignore[attr-defined]  # pytest-django's settings
    assert client.post("/try/person/").status_code == 404
    assert "Try it as" not in client.get("/").content.decode()


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH", "HOME", "PYTHONPATH"}
    clean = {name: value for name, value in os.environ.items() if name in kept}
    clean |= {"DJANGO_SETTINGS_MODULE": "wherewithal.web.config.settings"} | environment
    return subprocess.run(
        [sys.executable, "-c", code], env=clean, capture_output=True, text=True, check=False
    )


PRODUCTION = {
    "WHEREWITHAL_MODE": "production",
    "WHEREWITHAL_HOSTS": "care.example.org",
    "WHEREWITHAL_SECRET_KEY": "a key that is only used in this test",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
}
RESOLVE = """
import django; django.setup()
from django.urls import resolve, reverse, NoReverseMatch, Resolver404
from wherewithal.web.accounts.trial import allowed
from django.test import RequestFactory
assert reverse("accounts:sign-in") == "/sign-in/"
try:
    reverse("trial:sign-in", args=["person"])
except NoReverseMatch:
    print("no name")
try:
    resolve("/try/person/")
except Resolver404:
    print("no address")
print("refused" if not allowed(RequestFactory().get("/try/person/")) else "open")
"""


def test_in_production_one_click_sign_in_does_not_exist() -> None:
    result = run(RESOLVE, **PRODUCTION)
    assert result.stdout.split("\n")[:3] == ["no name", "no address", "refused"], result.stderr


def test_production_is_what_starts_where_no_mode_is_given() -> None:
    without = {name: value for name, value in PRODUCTION.items() if name != "WHEREWITHAL_MODE"}
    assert run(RESOLVE, **without).stdout.startswith("no name\nno address\nrefused")


@pytest.mark.parametrize("name", ["WHEREWITHAL_HOSTS", "WHEREWITHAL_SECRET_KEY"])
def test_a_trial_refuses_to_start_beside_a_production_setting(name: str) -> None:
    result = run(
        "import django; django.setup()",
        WHEREWITHAL_MODE="trial",
        DATABASE_URL=PRODUCTION["DATABASE_URL"],
        **{name: PRODUCTION[name]},
    )
    assert result.returncode != 0
    assert f"{name} belongs to production" in result.stderr
