"""Writes about costs because of disability: asked for, decided with reasons, taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import check_move
from wherewithal.web.budgets.charges.models import ExpenseClaim
from wherewithal.web.people.models import Person

Status = ExpenseClaim.Status


@transaction.atomic
def ask_for_expense(
    *, person: Person, values: Mapping[str, Any], by: User, at: datetime
) -> ExpenseClaim:
    """Keep a cost that someone asks us to allow; it waits for a decision.

    ``values``: ``kind``, ``what``, ``pence``, ``every``, ``sharers``, ``why``, ``evidence``.
    """
    claim = ExpenseClaim.objects.create(person=person, asked_by=by, asked_at=at, **values)
    _noted(claim, by, at, "expense.asked", f"Asked us to allow a cost: {claim.what}.")
    return claim


@transaction.atomic
def decide_expense(
    *, claim: ExpenseClaim, status: str, reasons: str, by: User, at: datetime,
    allowed_pence: int | None = None,
) -> ExpenseClaim:  # fmt: skip
    """Allow a cost, all or part of it, or refuse it: less than all needs reasons.

    Raises:
        NotNow: it was decided or taken back already.
        ValidationError: reasons, or the part that is allowed, are missing.
    """
    claim = ExpenseClaim.objects.select_for_update().select_related("person").get(pk=claim.pk)
    check_move(ExpenseClaim.TRANSITIONS, claim.status, status, "This request")
    if status in {Status.PART, Status.REFUSED} and not reasons.strip():
        raise ValidationError({"reasons": "Enter your reasons. The person reads them."})
    if status == Status.PART and not 0 < (allowed_pence or 0) < claim.pence:
        most = pounds(claim.pence - 1)
        raise ValidationError({"allowed_pence": f"Enter what is allowed, up to {most}"})
    claim.status, claim.reasons = status, reasons.strip()
    claim.allowed_pence = {
        Status.ALLOWED: claim.pence, Status.PART: allowed_pence, Status.REFUSED: 0,
    }[Status(status)]  # fmt: skip
    claim.decided_at, claim.decided_by = at, by
    claim.save()
    told = f"A cost was decided: {claim.what}. {claim.get_status_display()}."
    _noted(claim, by, at, "expense.decided", f"{told} {claim.reasons}".strip(), status=status)
    return claim


@transaction.atomic
def withdraw_expense(*, claim: ExpenseClaim, by: User, at: datetime) -> None:
    """Take a request back before it is decided.

    Raises:
        NotNow: it was decided or taken back already.
    """
    claim = ExpenseClaim.objects.select_for_update().select_related("person").get(pk=claim.pk)
    check_move(ExpenseClaim.TRANSITIONS, claim.status, Status.WITHDRAWN, "This request")
    claim.status, claim.decided_at, claim.decided_by = Status.WITHDRAWN, at, by
    claim.save()
    _noted(claim, by, at, "expense.withdrawn", f"Took a request back: {claim.what}.")


def _noted(claim: ExpenseClaim, by: User, at: datetime, verb: str, told: str, **more: Any) -> None:
    record(
        by=by, at=at, verb=verb, summary=told, person=claim.person.reference, claim=claim.pk,
        **more,
    )  # fmt: skip
