"""What is done by itself each day: once, tried again when it goes wrong, never half."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.integration.conftest import NOW, TODAY

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.insight import duties, tasks
from wherewithal.web.insight.duties import DUTIES, LOST_AFTER, TRIES, Declared, do, do_duties
from wherewithal.web.insight.models import Duty


def counting(said: str = "Done.") -> tuple[Declared, list[date]]:
    """Return a duty that counts how often it is done."""
    seen: list[date] = []

    def work(on: date, at: datetime) -> str:
        seen.append(on)
        return said

    return Declared("counting", "Count", "To see.", work), seen


def failing() -> Declared:
    def work(on: date, at: datetime) -> str:
        AuditRow.objects.create(at=at, verb="half.done", summary="Half of it.")
        raise NotNow("The books do not prove.")

    return Declared("failing", "Fail", "To see.", work)


@pytest.mark.django_db
def test_each_duty_is_done_once_a_day() -> None:
    done = do_duties(TODAY, NOW)
    assert [row.name for row in done] == [duty.name for duty in DUTIES]
    assert {row.state for row in done} == {"done"}
    assert all(row.said for row in done)
    assert do_duties(TODAY, NOW) == []
    assert len(do_duties(TODAY + timedelta(days=1), NOW + timedelta(days=1))) == len(DUTIES)


@pytest.mark.django_db
def test_a_duty_that_fails_leaves_nothing_behind_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    duty, seen = counting()
    monkeypatch.setattr(duties, "DUTIES", (failing(), duty))
    failed, done = do_duties(TODAY, NOW)
    assert (failed.state, failed.said) == ("failed", "The books do not prove.")
    assert done.state == "done"
    assert seen == [TODAY]
    assert not AuditRow.objects.filter(verb="half.done").exists()


@pytest.mark.django_db
def test_a_failed_duty_is_tried_again_but_not_for_ever() -> None:
    tried = [do(failing(), on=TODAY, at=NOW + timedelta(hours=n)) for n in range(TRIES + 2)]
    assert [row is not None for row in tried] == [True] * TRIES + [False] * 2
    asked = do(failing(), on=TODAY, at=NOW + timedelta(days=1), again=True)
    assert asked is not None
    assert asked.tries == TRIES + 1


@pytest.mark.django_db
def test_a_duty_under_way_is_left_alone_until_its_worker_counts_as_lost() -> None:
    duty, seen = counting()
    Duty.objects.create(name="counting", day=TODAY, begun_at=NOW)
    assert do(duty, on=TODAY, at=NOW + timedelta(minutes=1), again=True) is None
    assert seen == []
    assert do(duty, on=TODAY, at=NOW + LOST_AFTER) is not None
    assert seen == [TODAY]


@pytest.mark.django_db
def test_the_worker_does_them_by_the_hour() -> None:
    context: Any = SimpleNamespace()
    tasks.do_the_duties(context, timestamp=0)
    assert Duty.objects.filter(day=timezone.localdate(), state="done").count() == len(DUTIES)


def test_finance_sees_what_ran_and_does_one_again(
    finance: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(finance)
    page = client.get(reverse("insight:duties")).content.decode()
    assert "Not yet today" in page
    assert "No worker is awake" in page
    assert all(duty.label in page for duty in DUTIES)
    client.post(reverse("insight:again", args=["books"]))
    page = client.get(reverse("insight:duties")).content.decode()
    assert "The books prove" in page
    assert AuditRow.objects.filter(verb="duty.asked", by=finance).count() == 1
    assert client.post(reverse("insight:again", args=["nothing"])).status_code == 404


def test_a_job_that_went_wrong_is_put_in_line_again(
    make_user: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))
    key = app.configure_task("policy.study", queue="studies").defer(study=1)
    ProcrastinateJob.objects.filter(pk=key)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [key])
    assert f"Job {key}" in client.get(reverse("insight:duties")).content.decode()
    client.post(reverse("insight:retry", args=[key]))
    assert ProcrastinateJob.objects.get(pk=key).status == "todo"
    told = client.post(reverse("insight:retry", args=[key]), follow=True).content.decode()
    assert "no longer among those" in told
