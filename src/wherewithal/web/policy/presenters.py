"""Schemes as the pages show them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wherewithal.dates import long_date
from wherewithal.money import half_up, pounds
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.policy.models import SchemeVersion
from wherewithal.web.policy.schemes import scheme_of

COLOURS = {"draft": "grey", "approved": "blue", "published": "green", "withdrawn": "red"}
TOLD = (
    "scheme.drafted", "scheme.approved", "scheme.published", "scheme.withdrawn", "study.asked",
    "study.approved",
)  # fmt: skip
Status = SchemeVersion.Status


def rows_of(versions: Iterable[SchemeVersion], on: date) -> list[dict[str, Any]]:
    """Return a row for each version, saying which one is in force today."""
    made, seen = [], set[str]()
    for version in versions:
        since = version.published_on
        live = version.status == Status.PUBLISHED and since is not None and since <= on
        in_force = live and version.code not in seen
        seen |= {version.code} if live else set()
        made.append(
            {
                "version": version,
                "status": _status(version, on, in_force=in_force),
                "colour": COLOURS[version.status],
                "in_force": in_force,
            }
        )
    return made


def _status(version: SchemeVersion, on: date, *, in_force: bool) -> str:
    if in_force:
        return "In force"
    if version.status == Status.PUBLISHED and version.published_on is not None:
        return "Published, not begun" if version.published_on > on else "Followed by a newer one"
    return version.get_status_display()


def scheme_facts(version: SchemeVersion, on: date) -> list[dict[str, str]]:
    """Return what a version is, as rows of a summary list."""
    scheme = scheme_of(version)
    unchecked = [source.text for source in scheme.sources if not source.verified]
    prices = [
        f"{price.label}: {pounds(half_up(price.hourly * 100), symbol=scheme.symbol)} an hour"
        for price in scheme.prices
    ]
    rows = [
        ("Name", version.title),
        ("Code and version", f"{version.code}, version {version.version}"),
        ("Used from", long_date(version.published_on) if version.published_on else "Not published"),
        ("Drafted by", str(version.drafted_by or "It came with the product")),
        (
            "Approved by",
            str(version.approved_by or "Nobody yet")
            if version.status in {Status.DRAFT, Status.APPROVED} or version.approved_by
            else "It came with the product",
        ),
        ("Questions", f"{len(scheme.questions)}, in {len(scheme.sections)} parts"),
        ("Prices", "; ".join(prices) or "None: the sums give money by themselves"),
        ("Sources not checked yet", "; ".join(unchecked) or "None: all were checked"),
        ("Mark (hash)", version.hash),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def moves(version: SchemeVersion, by: User, *, writes: bool, decides: bool) -> frozenset[str]:
    """Return the states that this person may move a version to.

    Anyone here may approve what another drafted; who writes may withdraw, who decides may publish.
    """
    mine = set() if version.drafted_by_id == by.pk else {Status.APPROVED}
    mine |= {Status.WITHDRAWN} if writes else set()
    mine |= {Status.PUBLISHED} if decides else set()
    return frozenset(str(to) for to in version.TRANSITIONS[Status(version.status)] if to in mine)


def history(version: SchemeVersion) -> list[dict[str, Any]]:
    """Return what was done with a version, newest first, for a timeline."""
    rows = AuditRow.objects.filter(
        person_reference="", verb__in=TOLD, detail__scheme=version.pk
    ).select_related("by")
    return [
        {"title": row.summary, "by": str(row.by or ""), "at": row.at}
        for row in rows.order_by("-at")
    ]
