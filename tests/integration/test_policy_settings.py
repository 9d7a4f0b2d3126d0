"""Every local setting can be read and changed, by its unit, with the change kept."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.policy.choices import Choice
from wherewithal.web.policy.models import Setting
from wherewithal.web.policy.settings import CHOICES, local, shown


@pytest.fixture
def admin(make_user: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(make_user(Role.ADMINISTRATOR))


def test_the_list_shows_every_setting_with_its_reason(admin: Client) -> None:
    page = admin.get("/policy/settings/").content.decode()
    for choice in CHOICES:
        assert f'href="/policy/settings/{choice.key}/"' in page
    assert "£1,000.00 a week" in page
    assert "6 April 2026" in page


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.key)
def test_every_setting_has_a_page_that_shows_how_it_came(admin: Client, choice: Choice) -> None:
    page = admin.get(f"/policy/settings/{choice.key}/").content.decode()
    assert f"As it came: {shown(choice, choice.default)}." in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("council_name", {"value": "Seaholm Council"}, "Seaholm Council"),
        ("manager_limit_weekly", {"value": "1,250.50"}, 125_050),
        ("charge_percentage", {"value": "90", "equality": "Nobody: all keep more."}, 90),
        ("payment_weeks", {"value": "2"}, 2),
        ("bacs_sort_code", {"value": "001122"}, "001122"),
        (
            "payment_anchor",
            {"value_day": "13", "value_month": "4", "value_year": "2026"},
            "2026-04-13",
        ),
    ],
)
def test_a_setting_is_kept_as_its_unit_says(
    admin: Client, key: str, typed: dict[str, str], kept: object
) -> None:
    assert admin.post(f"/policy/settings/{key}/", typed).status_code == 302
    assert local(key) == {key: kept}
    row = AuditRow.objects.get(verb="setting.changed")
    assert row.detail["after"] == kept
    assert " became " in row.summary


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("manager_limit_weekly", {"value": "a lot"}, "must be an amount of money"),
        ("manager_limit_weekly", {"value": "-3"}, "must be £0.00 or more"),
        ("charge_percentage", {"value": "101"}, "must be 100 or less"),
        ("payment_weeks", {"value": "0"}, "must be 1 or more"),
        ("bacs_sort_code", {"value": "12345"}, "must be 6 digits, like 123456"),
        ("bacs_name", {"value": "É" * 3}, "must be 18 plain letters"),
        ("bacs_name", {"value": "A" * 19}, "must be 18 plain letters"),
        ("council_email", {"value": "us"}, "Enter an email address like"),
        (
            "payment_anchor",
            {"value_day": "14", "value_month": "4", "value_year": "2026"},
            "must be a Monday",
        ),
        ("council_name", {"value": ""}, "Enter name of the council"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_what_to_do(
    admin: Client, key: str, typed: dict[str, str], message: str
) -> None:
    page = admin.post(f"/policy/settings/{key}/", typed).content.decode()
    assert message in page
    assert "Error: " in page
    assert not Setting.objects.exists()


def test_the_default_again_is_no_setting_of_its_own(admin: Client) -> None:
    admin.post("/policy/settings/payment_weeks/", {"value": "2"})
    admin.post("/policy/settings/payment_weeks/", {"value": "4"})
    assert not Setting.objects.exists()
    assert local("payment_weeks") == {"payment_weeks": 4}


def test_a_setting_that_is_none_is_not_found(admin: Client) -> None:
    assert admin.get("/policy/settings/no_such_thing/").status_code == 404


def test_a_changed_council_name_is_at_the_top_of_every_page(admin: Client, client: Client) -> None:
    admin.post("/policy/settings/council_name/", {"value": "Seaholm Council"})
    assert "Seaholm Council" in client.get("/").content.decode()


def test_the_process_that_changed_the_council_name_shows_it_at_once(
    admin: Client, client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    assert "Ambleford Council" in client.get("/").text
    with django_capture_on_commit_callbacks(execute=True):
        admin.post("/policy/settings/council_name/", {"value": "Seaholm Council"})
    assert "Seaholm Council" in client.get("/").text


def test_any_other_process_shows_a_new_council_name_within_ten_seconds(
    admin: Client, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/")
    Setting.objects.create(key="council_name", value="Seaholm Council")  # by someone elsewhere
    assert "Ambleford Council" in client.get("/").text
    later = time.time() + 10
    monkeypatch.setattr(time, "time", lambda: later)
    assert "Seaholm Council" in client.get("/").text


def test_what_decides_anything_is_never_kept(admin: Client) -> None:
    for limit in (5_000, 7_000):
        Setting.objects.update_or_create(key="manager_limit_weekly", defaults={"value": limit})
        assert local("manager_limit_weekly") == {"manager_limit_weekly": limit}
