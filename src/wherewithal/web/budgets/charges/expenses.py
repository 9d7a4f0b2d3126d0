"""Reads of the costs because of disability that people asked us to let them keep."""

from collections.abc import Iterable, Mapping
from typing import Any

from wherewithal.charging.facts import weekly
from wherewithal.charging.rules import kinds
from wherewithal.charging.steps import written
from wherewithal.money import pounds
from wherewithal.web.budgets.charges.models import ExpenseClaim
from wherewithal.web.budgets.charges.rows import OFTEN
from wherewithal.web.people.models import Person

Status = ExpenseClaim.Status
DECIDED = {Status.ALLOWED, Status.PART, Status.REFUSED}
COLOURS = {
    Status.WAITING: "blue", Status.ALLOWED: "green", Status.PART: "yellow",
    Status.REFUSED: "red", Status.WITHDRAWN: "grey",
}  # fmt: skip
HOW_OFTEN = dict(OFTEN)


def waiting_claims(person: Person) -> list[ExpenseClaim]:
    """Return what still waits for a decision, oldest first."""
    return list(ExpenseClaim.objects.filter(person=person, status=Status.WAITING).order_by("id"))


def rows_from_claims(person: Person, kept: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the costs of the last charge, and every request decided since, as rows."""
    rows = list(kept)
    known = {row.get("claim") for row in rows}
    decided = ExpenseClaim.objects.filter(person=person, status__in=DECIDED).order_by("id")
    return rows + [_row(claim) for claim in decided if claim.pk not in known]


def shown(claims: Iterable[ExpenseClaim]) -> list[dict[str, Any]]:
    """Return requests as pages show them."""
    return [
        {
            "claim": claim,
            "kind": kinds("expenses")[claim.kind].label,
            "cost": f"{pounds(claim.pence)} {HOW_OFTEN[claim.every]}",
            "a_week": written(weekly(claim.pence, claim.every) / claim.sharers),
            "allowed": f"{pounds(claim.allowed_pence)} {HOW_OFTEN[claim.every]}"
            if claim.allowed_pence
            else "",
            "status": claim.get_status_display(),
            "colour": COLOURS[Status(claim.status)],
        }
        for claim in claims
    ]


def _row(claim: ExpenseClaim) -> dict[str, Any]:
    row: dict[str, Any] = {
        "what": claim.what, "amount": claim.pence, "every": claim.every,
        "why_not": claim.reasons if claim.status != Status.ALLOWED else "",
        "allowed": claim.status != Status.REFUSED, "sharers": claim.sharers, "claim": claim.pk,
    }  # fmt: skip
    return row | ({"allow": claim.allowed_pence} if claim.status == Status.PART else {})
