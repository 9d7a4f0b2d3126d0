"""Writes of this application: a scheme's way from draft to published, and local settings."""

from datetime import date, datetime

from django.db import transaction

from wherewithal.dates import long_date
from wherewithal.scheme import read_scheme
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.policy.models import SchemeVersion, Setting, Study
from wherewithal.web.policy.settings import BY_KEY, forget_council, shown

Status = SchemeVersion.Status
OURS = "standard-adult"
"""The scheme that pages and letters work by."""


@transaction.atomic
def draft_scheme(*, by: User, at: datetime, document: str) -> SchemeVersion:
    """Keep a new version as a draft.

    Raises:
        SchemeMistakes: the document is not sound; every mistake is named.
        NotNow: that version of that scheme is there already, or pages can't work by it.
    """
    scheme = read_scheme(document, name="Your document")
    if scheme.code == OURS and scheme.per != "week":
        raise NotNow(
            f"Pages and letters tell what a week costs, and this scheme works by the {scheme.per}."
            " Write `per: week`, or give the scheme another code to keep it beside ours."
        )
    if SchemeVersion.objects.filter(code=scheme.code, version=scheme.version).exists():
        raise NotNow(
            f"{scheme.code} version {scheme.version} is here already, and a version never changes."
            " Write the next number on the line that begins “version:”, and send it again."
        )
    version = SchemeVersion.objects.create(
        code=scheme.code, version=scheme.version, title=scheme.title, document=document,
        hash=scheme.hash, drafted_by=by,
    )  # fmt: skip
    _note(version, by, at, "scheme.drafted", "was drafted")
    return version


@transaction.atomic
def approve_scheme(*, by: User, at: datetime, version: SchemeVersion) -> SchemeVersion:
    """Approve a draft that someone else made.

    Raises:
        NotNow: it is no draft, or this is the one who drafted it.
    """
    version = _locked(version)
    check_move(version.TRANSITIONS, version.status, Status.APPROVED, str(version))
    if version.drafted_by_id == by.pk:
        raise NotNow("You drafted this version, so someone else must approve it.")
    version.status, version.approved_by = Status.APPROVED, by
    version.save(update_fields=["status", "approved_by"])
    _note(version, by, at, "scheme.approved", "was approved")
    return version


@transaction.atomic
def publish_scheme(
    *, by: User, at: datetime, version: SchemeVersion, on: date, today: date
) -> SchemeVersion:
    """Publish an approved version from a day on. After this it never changes.

    Raises:
        NotNow: it is not approved, no equality report on it is approved, the day has gone by, or a
            later version is already set.
    """
    version = _locked(version)
    check_move(version.TRANSITIONS, version.status, Status.PUBLISHED, str(version))
    if not Study.objects.equality_reports(version).exists():
        raise NotNow(
            f"No equality report on {version} has been approved. Ask for one, and have someone"
            " else read and approve it. Then this version can be published."
        )
    if on < today:
        raise NotNow(
            f"{long_date(on)} has gone by. A scheme can start today or later, so that no figure"
            " that someone was given changes behind their back."
        )
    same = SchemeVersion.objects.filter(code=version.code, status=Status.PUBLISHED)
    if later := same.filter(published_on__gte=on).first():
        raise NotNow(
            f"{later} starts on {long_date(later.published_on or on)}. Choose a day after that."
        )
    version.status, version.published_on = Status.PUBLISHED, on
    version.save(update_fields=["status", "published_on"])
    _note(version, by, at, "scheme.published", f"was published from {long_date(on)}")
    return version


@transaction.atomic
def withdraw_scheme(
    *, by: User, at: datetime, version: SchemeVersion, why: str, today: date
) -> SchemeVersion:
    """Take a version out of use, with a reason. It stays readable.

    Raises:
        NotNow: it is withdrawn already, or without it no scheme would be in force.
    """
    version = _locked(version)
    check_move(version.TRANSITIONS, version.status, Status.WITHDRAWN, str(version))
    if version.status == Status.PUBLISHED and _only_one(version, today):
        raise NotNow(
            f"Without {version} no figure could be worked out today. Publish another version first."
        )
    version.status = Status.WITHDRAWN
    version.save(update_fields=["status"])
    _note(version, by, at, "scheme.withdrawn", f"was withdrawn: {why}")
    return version


@transaction.atomic
def change_setting(
    *, by: User, at: datetime, key: str, value: int | str | bool, equality: str = ""
) -> None:
    """Change one local setting; the default again where it equals that.

    ``equality`` is who could lose by it, and what else was thought of: kept with the change.
    """
    choice = BY_KEY[key]
    before = Setting.objects.filter(key=key).values_list("value", flat=True).first()
    was = choice.default if before is None else before
    if value == choice.default:
        Setting.objects.filter(key=key).delete()
    else:
        Setting.objects.update_or_create(key=key, defaults={"value": value})
    transaction.on_commit(forget_council)
    record(
        by=by, at=at, verb="setting.changed", key=key, before=was, after=value,
        summary=f"{choice.label}: {shown(choice, was)} became {shown(choice, value)}.",
        **({"equality": equality} if equality else {}),
    )  # fmt: skip


def _locked(version: SchemeVersion) -> SchemeVersion:
    return SchemeVersion.objects.select_for_update().get(pk=version.pk)


def _only_one(version: SchemeVersion, today: date) -> bool:
    others = SchemeVersion.objects.filter(code=version.code, status=Status.PUBLISHED)
    return not others.exclude(pk=version.pk).filter(published_on__lte=today).exists()


def _note(version: SchemeVersion, by: User, at: datetime, verb: str, what: str) -> None:
    record(
        by=by, at=at, verb=verb, summary=f"{version} {what}.", code=version.code,
        version=version.version, hash=version.hash, scheme=version.pk,
    )  # fmt: skip
