"""Writes of a new year's charges: worked out, letters made, applied from their day, or given up."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.charging.parameters import ParametersError, year_of
from wherewithal.charging.uprating import compared
from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import audit_row, record, record_many
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.budgets.charges.actions import refuse_short_notice
from wherewithal.web.budgets.charges.models import Uprating, UpratingLine
from wherewithal.web.budgets.charges.working_out import work_out
from wherewithal.web.budgets.models import Budget, ChargeChange, FinancialAssessment
from wherewithal.web.budgets.yearly.figures import Book, book, pin, why_blocked
from wherewithal.web.budgets.yearly.uprating import budgets_on, lines_for, new_year

Status = Uprating.Status
BATCH = 1_000


@transaction.atomic
def work_out_uprating(
    *, starts: date, assumed: Mapping[str, Any], by: User, at: datetime
) -> Uprating:
    """Work everybody's new charge out, and change nobody's.

    ``assumed`` gives, by kind of income and for ``housing`` and ``expenses``: ``percent`` (text),
    ``rates`` (pairs of pence a week) and ``source``.

    Raises:
        NotNow: there are no figures for the new year yet.
        ValidationError: an assumption makes no sense; the message says which and why.
    """
    try:
        year = new_year(starts, assumed)
        year.known.parameters(starts)
    except ParametersError as missing:
        raise NotNow(str(missing)) from missing
    except ValueError as mistake:
        raise ValidationError(str(mistake)) from mistake
    made = Uprating.objects.create(
        starts=starts, year=year_of(starts)[0], assumed=dict(assumed), made_at=at, made_by=by
    )
    lines = list(lines_for(made, budgets_on(starts), year))
    UpratingLine.objects.bulk_create(lines, batch_size=BATCH)
    told = f"New charges from {long_date(starts)} were worked out for {len(lines)} budgets."
    record(by=by, at=at, verb="uprating.worked-out", summary=told, uprating=made.pk)
    return made


@transaction.atomic
def tell_uprating(*, uprating: Uprating, by: User, at: datetime) -> Uprating:
    """Date the letters today: each person can read theirs from now on.

    Raises:
        NotNow: the letters are made, or the first day leaves less notice than the council gives,
            or another run for that day was told.
    """
    run = Uprating.objects.select_for_update().get(pk=uprating.pk)
    check_move(Uprating.TRANSITIONS, run.status, Status.TOLD, "This run")
    today = localtime(at).date()
    refuse_short_notice(today, run.starts)
    others = Uprating.objects.filter(starts=run.starts, status__in=[Status.TOLD, Status.APPLIED])
    if others.exists():
        raise NotNow("People were told other charges from this day. Give that run up first.")
    run.status, run.notice_on, run.told_by = Status.TOLD, today, by
    run.save(update_fields=["status", "notice_on", "told_by"])
    lines = run.lines.filter(after__isnull=False).select_related("person")
    record_many(
        audit_row(
            by=by, at=at, verb="charge.told", person=line.person.reference, uprating=run.pk,
            summary=f"Told what they pay from {long_date(run.starts)}. "
            + compared(line.before, line.after or 0),
        )
        for line in lines
    )  # fmt: skip
    told = f"The letters about charges from {long_date(run.starts)} were made."
    record(by=by, at=at, verb="uprating.told", summary=told, uprating=run.pk)
    return run


@transaction.atomic
def apply_uprating(*, uprating: Uprating, by: User, at: datetime) -> Uprating:
    """Let the new charges begin on their day, as they were told.

    Someone whose budget or charge was changed since is left to a human, and so is everyone whose
    line says why.

    Raises:
        NotNow: the letters are not made, or a figure it counts with was confirmed by nobody.
    """
    run = Uprating.objects.select_for_update().get(pk=uprating.pk)
    check_move(Uprating.TRANSITIONS, run.status, Status.APPLIED, "This run")
    if run.notice_on is None:
        raise NotNow("Make the letters first.")
    known = book()
    lines = list(
        run.lines.filter(after__isnull=False).select_related("person", "budget").order_by("pk")
    )
    moved = _moved_since(run, lines)
    for line in lines:
        if line.budget_id in moved:
            line.why = "The budget or its charge was changed after this was worked out"
    going = [line for line in lines if not line.why]
    _give_new_charges(run, going, known, by, at)
    UpratingLine.objects.bulk_update(lines, ["why", "change"], batch_size=BATCH)
    run.status, run.applied_at, run.applied_by = Status.APPLIED, at, by
    run.save(update_fields=["status", "applied_at", "applied_by"])
    told = f"New charges begin on {long_date(run.starts)} for {len(going)} people."
    record(by=by, at=at, verb="uprating.applied", summary=told, uprating=run.pk)
    return run


@transaction.atomic
def drop_uprating(*, uprating: Uprating, why: str, by: User, at: datetime) -> Uprating:
    """Give a run up before it is applied, with a reason.

    Raises:
        NotNow: it was applied or given up already.
        ValidationError: the reason is missing.
    """
    if not why.strip():
        raise ValidationError({"why": "Enter why this run is given up"})
    run = Uprating.objects.select_for_update().get(pk=uprating.pk)
    check_move(Uprating.TRANSITIONS, run.status, Status.DROPPED, "This run")
    run.status, run.why_dropped = Status.DROPPED, why.strip()
    run.save(update_fields=["status", "why_dropped"])
    told = f"Charges from {long_date(run.starts)} were given up. Why: {run.why_dropped}"
    record(by=by, at=at, verb="uprating.dropped", summary=told, uprating=run.pk)
    return run


def _moved_since(run: Uprating, lines: list[UpratingLine]) -> set[int]:
    """Return the budgets that ended, or whose charge changed, after the run was worked out."""
    budgets = [line.budget_id for line in lines]
    still = Budget.objects.filter(
        pk__in=budgets, status=Budget.Status.SIGNED_OFF, period__contains=run.starts
    )
    changed = ChargeChange.objects.filter(budget__in=budgets, made_at__gt=run.made_at)
    gone = set(budgets) - set(still.values_list("pk", flat=True))
    return gone | set(changed.values_list("budget", flat=True))


def _give_new_charges(
    run: Uprating, lines: list[UpratingLine], known: Book, by: User, at: datetime
) -> None:
    charges = [_assessment(run, line, known, by, at) for line in lines]
    FinancialAssessment.objects.bulk_create(charges, batch_size=BATCH)
    reason = f"It is a new charging year: {run.year}. Benefits and the figures in law have changed."
    changes = [
        ChargeChange(
            budget=line.budget, charge=charge, from_day=run.starts, contribution=line.after or 0,
            before=line.before, reason=reason, notice_on=run.notice_on or localtime(at).date(),
            made_at=at, made_by=by,
        )
        for line, charge in zip(lines, charges, strict=True)
    ]  # fmt: skip
    ChargeChange.objects.bulk_create(changes, batch_size=BATCH)
    for line, change in zip(lines, changes, strict=True):
        line.change = change
    record_many(
        audit_row(
            by=by, at=at, verb="charge.changed", person=line.person.reference, uprating=run.pk,
            before=line.before, contribution=line.after,
            summary=f"What {line.person.name} pays changes from {long_date(run.starts)}: "
            f"{pounds(line.before)} a week until then, {pounds(line.after or 0)} after.",
        )
        for line in lines
    )  # fmt: skip


def _assessment(
    run: Uprating, line: UpratingLine, known: Book, by: User, at: datetime
) -> FinancialAssessment:
    """Return the new year's charge of one person, worked out again and held to what was told."""
    found = work_out(
        line.facts, born=line.person.date_of_birth, starts=run.starts, cost=line.budget.cost,
        confirmed=known,
    )  # fmt: skip
    if blocked := why_blocked(found.unverified):
        raise NotNow(blocked)
    if found.contribution != line.after:
        raise NotNow(
            f"A figure changed since the letters: {line.person.name} was told "
            f"{pounds(line.after or 0)} and it would now be {pounds(found.contribution)}. Give "
            "this run up and work it out again."
        )
    return FinancialAssessment(
        person=line.person, kind=line.facts["kind"], starts=run.starts,
        facts=line.facts | {"pinned": pin(found.steps, found.unverified, run.starts)},
        parameters_year=found.year, assessed_weekly=found.assessed, made_at=at, made_by=by,
        unverified=[f"{item.label} ({item.why})" for item in found.unverified],
        copy_given_on=run.notice_on,
    )  # fmt: skip
