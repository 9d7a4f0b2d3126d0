"""No scheme is published without an equality report on it that somebody else approved."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.integration.conftest import NOW, TODAY

from wherewithal.scheme import packaged_text, read_scheme
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.policy import actions, studies
from wherewithal.web.policy.models import SchemeVersion, Study

SECOND = packaged_text("standard-adult").replace('version: "1"', 'version: "2"')
NOTHING = studies.Found(("Nobody.",), (), "<p>Nobody</p>", b"", b"")
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def ash(make_user: Callable[..., User]) -> User:
    return make_user(Role.ANALYST, "Ash")


@pytest.fixture
def ivy(make_user: Callable[..., User]) -> User:
    return make_user(Role.ADMINISTRATOR, "Ivy")


@pytest.fixture
def approved(ash: User, ivy: User, scheme_version: object) -> SchemeVersion:
    """A version that was drafted and approved, and has no equality report."""
    version = actions.draft_scheme(by=ash, at=NOW, document=SECOND)
    return actions.approve_scheme(by=ivy, at=NOW, version=version)


@pytest.fixture
def finished(approved: SchemeVersion, ash: User) -> Study:
    return report_on(approved, ash)


def report_on(version: SchemeVersion, by: User, kind: Any = Study.Kind.AUDIT) -> Study:
    study = studies.ask_study(by=by, at=NOW, kind=kind, version=version)
    studies.begin_study(at=NOW, study=study.pk)
    return studies.finish_study(at=LATER, study=study, found=NOTHING)


def publish(version: SchemeVersion, by: User) -> SchemeVersion:
    return actions.publish_scheme(by=by, at=LATER, version=version, on=TODAY, today=TODAY)


def test_without_a_report_it_is_not_published(approved: SchemeVersion, ivy: User) -> None:
    with pytest.raises(NotNow, match=r"No equality report on .* has been approved"):
        publish(approved, ivy)


def test_a_report_that_nobody_approved_is_not_enough(finished: Study, ivy: User) -> None:
    with pytest.raises(NotNow, match="No equality report"):
        publish(finished.scheme, ivy)


def test_with_an_approved_report_it_is_published(finished: Study, ivy: User) -> None:
    studies.approve_report(by=ivy, at=LATER, study=finished, note="The gaps are in the plans.")
    assert publish(finished.scheme, ivy).status == "published"
    told = AuditRow.objects.get(verb="study.approved")
    assert "The gaps are in the plans." in told.summary
    assert told.by == ivy


def test_a_report_on_another_document_is_not_enough(
    approved: SchemeVersion, scheme_version: SchemeVersion, ash: User, ivy: User
) -> None:
    other = report_on(scheme_version, ash)
    studies.approve_report(by=ivy, at=LATER, study=other, note="Read.")
    with pytest.raises(NotNow, match="No equality report"):
        publish(approved, ivy)


def test_who_asked_for_a_report_does_not_approve_it(finished: Study, ash: User) -> None:
    with pytest.raises(NotNow, match="You asked for this report"):
        studies.approve_report(by=ash, at=LATER, study=finished, note="Fine.")


def test_who_drafted_the_scheme_does_not_approve_its_report(
    approved: SchemeVersion, ash: User, ivy: User
) -> None:
    study = report_on(approved, ivy)
    with pytest.raises(NotNow, match="You drafted this version"):
        studies.approve_report(by=ash, at=LATER, study=study, note="Fine.")


def test_a_report_is_approved_with_a_reason(finished: Study, ivy: User) -> None:
    with pytest.raises(NotNow, match="Say why"):
        studies.approve_report(by=ivy, at=LATER, study=finished, note="  ")


def test_only_an_equality_report_is_approved(approved: SchemeVersion, ash: User, ivy: User) -> None:
    compared = report_on(approved, ash, Study.Kind.SIMULATE)
    with pytest.raises(NotNow, match="Only an equality report"):
        studies.approve_report(by=ivy, at=LATER, study=compared, note="Fine.")


@pytest.mark.parametrize(
    "attempt",
    [
        lambda v, s, u: SchemeVersion.objects.filter(pk=v.pk).update(
            status="published", published_on=TODAY
        ),
        lambda v, s, u: SchemeVersion.objects.create(
            code="x", version="1", title="X", document="x", hash="x", status="published",
            published_on=TODAY,
        ),
        lambda v, s, u: SchemeVersion.objects.create(
            code="x", version="1", title="X", document="x", hash="x", status="published",
            published_on=TODAY, drafted_by=u, unaudited_because="We were in a hurry.",
        ),
        lambda v, s, u: SchemeVersion.objects.filter(pk=v.pk).update(unaudited_because="Hurry."),
        lambda v, s, u: Study.objects.filter(pk=s.pk).update(
            status="approved", approved_by=s.asked_by, approved_at=NOW, approved_note="Fine."
        ),
        lambda v, s, u: Study.objects.filter(pk=s.pk).update(
            status="approved", approved_by=u, approved_at=NOW, approved_note=""
        ),
        lambda v, s, u: Study.objects.filter(pk=s.pk).update(report="<p>Nobody at all</p>"),
        lambda v, s, u: Study.objects.filter(pk=s.pk).update(found={}),
        lambda v, s, u: Study.objects.filter(pk=s.pk).update(document="another"),
        lambda v, s, u: Study.objects.filter(pk=s.pk).update(scheme_hash="0" * 64),
        lambda v, s, u: Study.objects.filter(pk=s.pk).update(kind="simulate"),
    ],
    ids=[
        "publish without", "add without", "add with an excuse of one's own", "add an excuse later",
        "approve one's own", "approve without a reason", "edit the report", "edit what was found",
        "another document", "another hash", "another kind",
    ],
)  # fmt: skip
def test_postgresql_holds_to_it_whoever_asks(
    attempt: Callable[..., object], finished: Study, ivy: User
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt(finished.scheme, finished, ivy)


def test_a_document_changed_after_its_report_is_not_published(finished: Study, ivy: User) -> None:
    studies.approve_report(by=ivy, at=LATER, study=finished, note="Read.")
    SchemeVersion.objects.filter(pk=finished.scheme_id).update(document=SECOND + "\n# more\n")
    with pytest.raises(DatabaseError, match="equality report"), transaction.atomic():
        SchemeVersion.objects.filter(pk=finished.scheme_id).update(
            status="published", published_on=TODAY
        )


def test_an_approved_report_is_never_touched_again(finished: Study, ivy: User) -> None:
    studies.approve_report(by=ivy, at=LATER, study=finished, note="Read.")
    for attempt in (Study.objects.all().delete, lambda: Study.objects.update(approved_note="No")):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_report_by_the_drafter_counts_for_nothing_even_in_the_database(
    approved: SchemeVersion, ash: User, ivy: User
) -> None:
    study = report_on(approved, ivy)
    Study.objects.filter(pk=study.pk).update(
        status="approved", approved_by=ash, approved_at=NOW, approved_note="My own scheme is fine."
    )
    with pytest.raises(DatabaseError, match="equality report"), transaction.atomic():
        SchemeVersion.objects.filter(pk=approved.pk).update(status="published", published_on=TODAY)


def test_what_came_with_the_product_says_that_it_has_no_report(
    scheme_version: SchemeVersion, ash: User, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(ash).get(f"/policy/schemes/{scheme_version.pk}/").content.decode()
    assert scheme_version.unaudited_because in page


def test_a_study_and_its_job_are_put_in_line_together(approved: SchemeVersion, ash: User) -> None:
    study = studies.ask_study(by=ash, at=NOW, kind=Study.Kind.CHECK, version=approved)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args, status FROM procrastinate_jobs")
        rows = cursor.fetchall()
    assert [(name, status) for name, _, status in rows] == [(studies.JOB, "todo")]
    assert str(study.pk) in str(rows[0][1])


def test_nobody_fills_the_line_for_everybody(approved: SchemeVersion, ash: User) -> None:
    for _ in range(studies.MOST_UNDER_WAY):
        studies.ask_study(by=ash, at=NOW, kind=Study.Kind.CHECK, version=approved)
    with pytest.raises(NotNow, match="Wait for one of them"):
        studies.ask_study(by=ash, at=NOW, kind=Study.Kind.CHECK, version=approved)


def test_a_study_that_was_stopped_keeps_nothing(approved: SchemeVersion, ash: User) -> None:
    study = studies.ask_study(by=ash, at=NOW, kind=Study.Kind.CHECK, version=approved)
    begun = studies.begin_study(at=NOW, study=study.pk)
    assert studies.tell_progress(study=begun, percent=10, doing="Reading")
    studies.stop_study(by=ash, at=LATER, study=study)
    assert not studies.tell_progress(study=begun, percent=20, doing="Reading on")
    with pytest.raises(NotNow, match="is stopped"):
        studies.finish_study(at=LATER, study=begun, found=NOTHING)


def test_a_study_whose_worker_was_lost_begins_anew(approved: SchemeVersion, ash: User) -> None:
    study = studies.ask_study(by=ash, at=NOW, kind=Study.Kind.CHECK, version=approved)
    begun = studies.begin_study(at=NOW, study=study.pk)
    studies.tell_progress(study=begun, percent=60, doing="Counting")
    again = studies.begin_study(at=LATER, study=study.pk)
    assert (again.status, again.progress) == ("running", 0)


def test_what_failed_can_be_tried_again(approved: SchemeVersion, ash: User) -> None:
    study = studies.ask_study(by=ash, at=NOW, kind=Study.Kind.CHECK, version=approved)
    studies.fail_study(at=NOW, study=study.pk, why="Nobody has been assessed.")
    study.refresh_from_db()
    assert (study.status, study.error) == ("failed", "Nobody has been assessed.")
    studies.try_again(by=ash, at=LATER, study=study)
    study.refresh_from_db()
    assert (study.status, study.error) == ("waiting", "")
    assert list(
        AuditRow.objects.filter(verb__startswith="study.").order_by("id").values_list("verb")
    ) == [("study.asked",), ("study.failed",), ("study.tried-again",)]


def test_the_documents_hash_is_the_schemes_own(approved: SchemeVersion) -> None:
    assert read_scheme(SECOND, name="2").hash == approved.hash
