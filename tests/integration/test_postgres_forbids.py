"""What must never happen is refused by PostgreSQL itself, whoever asks."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.integration.conftest import NOW

from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.policy.models import SchemeVersion


@pytest.fixture
def audit_row(practitioner: User) -> AuditRow:
    record(
        by=practitioner, at=NOW, verb="person.added", summary="Ada was added.", person="WW900001"
    )
    return AuditRow.objects.get()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: AuditRow.objects.update(summary="Nothing happened."),
        lambda: AuditRow.objects.all().delete(),
        lambda: connection.cursor().execute("TRUNCATE accounts_auditrow CASCADE"),
        lambda: connection.cursor().execute("DELETE FROM accounts_auditrow"),
    ],
    ids=["edit", "delete", "truncate", "delete by hand"],
)
def test_an_audit_row_stays_as_it_was_written(
    attempt: Callable[[], object], audit_row: AuditRow
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt()
    assert AuditRow.objects.get().summary == "Ada was added."


@pytest.mark.parametrize(
    "change",
    [
        {"document": "another"},
        {"hash": "0" * 64},
        {"version": "2"},
        {"published_on": date(2027, 1, 1)},
    ],
    ids=["document", "hash", "version", "date"],
)
def test_a_published_scheme_never_changes(
    change: dict[str, object], scheme_version: SchemeVersion
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        SchemeVersion.objects.filter(id=scheme_version.id).update(**change)


def test_a_published_scheme_is_kept(scheme_version: SchemeVersion) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        SchemeVersion.objects.all().delete()


def test_a_published_scheme_can_be_withdrawn(scheme_version: SchemeVersion) -> None:
    assert SchemeVersion.objects.filter(id=scheme_version.id).update(status="withdrawn") == 1


def test_nobody_approves_their_own_scheme(manager: User) -> None:
    with pytest.raises(DatabaseError, match="approved_by_someone_else"), transaction.atomic():
        SchemeVersion.objects.create(
            code="own", version="1", title="Own", document="", hash="",
            drafted_by=manager, approved_by=manager,
        )  # fmt: skip
