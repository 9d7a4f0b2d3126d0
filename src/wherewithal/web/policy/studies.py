"""Writes of studies: asked for, begun, finished, failed, stopped, approved.

Whoever asks gets an answer at once. A job in the background does the work, and is put in line in
the same transaction as the study, so that neither is there without the other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.policy.models import SchemeVersion, Study

Kind, Status = Study.Kind, Study.Status
JOB = "insight.run_study"
"""The job's name. It stands at the end of the road, where people are known; this, before it."""
QUEUE = "studies"
MOST_UNDER_WAY = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What a study found, ready to be kept: ``first`` sentences, facts, files, people's marks."""

    first: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    report: str
    workbook: bytes
    tables: bytes
    fitted: str = ""
    falls: tuple[dict[str, Any], ...] = ()


@transaction.atomic
def ask_study(
    *,
    by: User,
    at: datetime,
    kind: Study.Kind,
    version: SchemeVersion,
    beside: SchemeVersion | None = None,
    options: dict[str, Any] | None = None,
) -> Study:
    """Ask for a study of a version as it stands now, and put the job in line.

    Raises:
        NotNow: this person has many under way already.
    """
    asked = Study.objects.filter(asked_by=by, status__in=[Status.WAITING, Status.RUNNING])
    if asked.count() >= MOST_UNDER_WAY:
        raise NotNow(
            f"You have {MOST_UNDER_WAY} studies under way. Wait for one of them, or stop one."
        )
    study = Study.objects.create(
        kind=kind, scheme=version, document=version.document, scheme_hash=version.hash,
        beside=beside, options=options or {}, asked_by=by, asked_at=at,
    )  # fmt: skip
    _put_in_line(study)
    _note(study, by, at, "study.asked", "was asked for")
    return study


@transaction.atomic
def begin_study(*, at: datetime, study: int) -> Study:
    """Say that the work on a study begins; also anew, where a computer went away halfway.

    Raises:
        NotNow: it was stopped, or is finished already.
    """
    found = _locked(study)
    if found.status == Status.RUNNING:
        check_move(Study.TRANSITIONS, found.status, Status.WAITING, str(found))
        found.status = Status.WAITING
    check_move(Study.TRANSITIONS, found.status, Status.RUNNING, str(found))
    found.status, found.progress, found.doing, found.error = Status.RUNNING, 0, "Beginning", ""
    found.save(update_fields=["status", "progress", "doing", "error"])
    _note(found, None, at, "study.begun", "was begun")
    return found


def tell_progress(*, study: Study, percent: int, doing: str) -> bool:
    """Say how far the work is; ``False`` where somebody has stopped it meanwhile.

    It writes no audit row: this is no decision, and the next moment writes over it.
    """
    running = Study.objects.filter(pk=study.pk, status=Status.RUNNING)
    return bool(running.update(progress=percent, doing=doing[:200]))


@transaction.atomic
def finish_study(*, at: datetime, study: Study, found: Found) -> Study:
    """Keep what was found. After this it never changes.

    Raises:
        NotNow: it was stopped meanwhile.
    """
    study = _locked(study.pk)
    check_move(Study.TRANSITIONS, study.status, Status.DONE, str(study))
    study.status, study.progress, study.doing, study.finished_at = Status.DONE, 100, "", at
    study.found = {"first": list(found.first), "facts": [list(fact) for fact in found.facts]}
    study.report, study.workbook, study.tables = found.report, found.workbook, found.tables
    study.fitted, study.falls = found.fitted, list(found.falls)
    study.save()
    _note(study, None, at, "study.finished", "was finished")
    return study


@transaction.atomic
def fail_study(*, at: datetime, study: int, why: str) -> None:
    """Keep why a study could not be done, unless it was stopped."""
    found = _locked(study)
    if found.status not in {Status.WAITING, Status.RUNNING}:
        return
    found.status, found.error, found.doing = Status.FAILED, why, ""
    found.save(update_fields=["status", "error", "doing"])
    _note(found, None, at, "study.failed", "could not be done", why=why)


@transaction.atomic
def stop_study(*, by: User, at: datetime, study: Study) -> None:
    """Stop a study that nobody needs any more.

    Raises:
        NotNow: it is over already.
    """
    study = _locked(study.pk)
    check_move(Study.TRANSITIONS, study.status, Status.STOPPED, str(study))
    study.status, study.doing = Status.STOPPED, ""
    study.save(update_fields=["status", "doing"])
    _note(study, by, at, "study.stopped", "was stopped")


@transaction.atomic
def try_again(*, by: User, at: datetime, study: Study) -> None:
    """Put a study that failed in line once more.

    Raises:
        NotNow: it did not fail.
    """
    study = _locked(study.pk)
    check_move(Study.TRANSITIONS, study.status, Status.WAITING, str(study))
    study.status, study.progress, study.error = Status.WAITING, 0, ""
    study.save(update_fields=["status", "progress", "error"])
    _put_in_line(study)
    _note(study, by, at, "study.tried-again", "was put in line again")


@transaction.atomic
def approve_report(*, by: User, at: datetime, study: Study, note: str) -> Study:
    """Approve an equality report: somebody read it, and says why the scheme may be used.

    Raises:
        NotNow: it is no finished equality report; or who approves asked for it, drafted the
            scheme, or gives no reason.
    """
    study = _locked(study.pk)
    if study.kind != Kind.AUDIT:
        raise NotNow("Only an equality report is approved. Make one of this version first.")
    check_move(Study.TRANSITIONS, study.status, Status.APPROVED, str(study))
    if by.pk == study.asked_by_id:
        raise NotNow("You asked for this report, so someone else must approve it.")
    if by.pk == study.scheme.drafted_by_id:
        raise NotNow("You drafted this version, so someone else must approve its report.")
    if not note.strip():
        raise NotNow("Say why the scheme may be used, with what the report found in mind.")
    study.status, study.approved_by, study.approved_at = Status.APPROVED, by, at
    study.approved_note = note.strip()
    study.save(update_fields=["status", "approved_by", "approved_at", "approved_note"])
    _note(study, by, at, "study.approved", f"was approved: {study.approved_note}")
    return study


def _put_in_line(study: Study) -> None:
    app.configure_task(JOB, queue=QUEUE, lock=f"study-{study.pk}").defer(study=study.pk)


def _locked(study: int) -> Study:
    return Study.objects.select_related("scheme").select_for_update(of=("self",)).get(pk=study)


def _note(study: Study, by: User | None, at: datetime, verb: str, what: str, **more: str) -> None:
    record(
        by=by, at=at, verb=verb, summary=f"{study} {what}.".replace("..", "."), study=study.pk,
        scheme=study.scheme_id, hash=study.scheme_hash, **more,
    )  # fmt: skip
