"""The audit record of the made-up council: what was done for each person, and by whom."""

from collections.abc import Iterable, Iterator
from datetime import date

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.config.loading.payments import Paid
from wherewithal.web.config.loading.road import Rows, at
from wherewithal.web.config.loading.staff import Staff
from wherewithal.web.config.loading.travellers import DECIDED, SIGNED_OFF, Traveller
from wherewithal.web.people.models import Stage

AUDIT_COLUMNS = ("at", "by_id", "verb", "summary", "person_reference", "detail")


def history(everyone: Iterable[Traveller], staff: Staff, paid: Paid, after_run: int) -> Rows:
    """Yield the timeline of each person, then that of the payment runs."""
    for p in everyone:
        care = staff.practitioners[p.row.practitioner]
        decider = staff.managers[p.row.team]
        for day, time, verb, told, by_manager in _steps(p):
            by = decider if by_manager else care
            yield at(day, time), by, verb, told, p.row.reference, "{}"
    yield from _first_payments(everyone, staff, paid)
    yield from _runs(staff, paid, after_run)


def _steps(p: Traveller) -> Iterator[tuple[date, str, str, str, bool]]:
    """Yield day, time, verb, sentence, and whether a manager did it."""
    days, name = p.days, p.row.name
    if day := days.get("contact"):
        yield day, "09:00", "contact.made", f"The council first heard about {name}.", False
    if day := days.get("assessment_started"):
        yield day, "09:30", "assessment.started", "The assessment was started.", False
    if day := days.get("assessment_completed"):
        told = f"The assessment was finished. A copy was given on {long_date(day)} (letter)."
        yield day, "16:00", "assessment.finished", told, False
    if (day := days.get("eligibility_decided")) and p.adult:
        found = "no eligible needs now" if p.stage is Stage.NOT_ELIGIBLE else "eligible needs"
        yield (
            day,
            "16:30",
            "eligibility.decided",
            f"Eligibility was decided: there are {found}.",
            False,
        )
    if p.figure and p.stage in DECIDED - {Stage.NOT_ELIGIBLE}:
        yield from _figure(p, days.get("indicative_given"))
    if p.stage in SIGNED_OFF | {Stage.SIGN_OFF} and (day := days.get("plan_agreed")):
        yield day, "14:00", "plan.submitted", "The support plan was sent for sign-off.", False
        told = f"A personal budget of {pounds(p.cost)} a week was put forward."
        yield day, "15:00", "budget.proposed", told, False
    if p.stage in SIGNED_OFF and (day := days.get("budget_signed_off")):
        told = f"The personal budget was signed off: {pounds(p.cost)} a week."
        yield day, "17:00", "budget.signed-off", told, True
    if p.stage is Stage.LIVE:
        day = days["budget_signed_off"]
        yield (
            day,
            "17:20",
            "statement.given",
            f"{name} was given the personal budget statement.",
            False,
        )
    for day in p.reviews:
        yield day, "15:00", "review.done", f"How things are going was reviewed with {name}.", False


def _figure(p: Traveller, shared: date | None) -> Iterator[tuple[date, str, str, str, bool]]:
    weekly = p.figure.weekly if p.figure else None
    told = "" if weekly is None else f": {pounds(weekly)} a week"
    verb = "indicative-budget.worked-out"
    day = shared or p.days["eligibility_decided"]
    yield day, "16:45", verb, f"The indicative budget was worked out{told}.", False
    if shared:
        told = "The indicative budget was shared (talked through)."
        yield shared, "16:50", "indicative-budget.shared", told, False


def _first_payments(everyone: Iterable[Traveller], staff: Staff, paid: Paid) -> Rows:
    """Yield that the first payment on record was approved, for each person who is paid."""
    references = {p.id: p.row.reference for p in everyone}
    told: set[int] = set()
    for run, rows in zip(paid.runs, paid.payments, strict=True):
        for row in rows:
            if row[1] not in told:
                told.add(row[1])
                summary = f"{pounds(row[6])} will be paid on {long_date(run.pay_on)}."
                moment = at(run.approved, "11:00")
                yield moment, staff.approver, "payment.approved", summary, references[row[1]], "{}"


def _runs(staff: Staff, paid: Paid, after: int) -> Rows:
    for number, (run, rows) in enumerate(zip(paid.runs, paid.payments, strict=True), after + 1):
        told = f"{len(rows)} payments, {pounds(sum(row[6] for row in rows))}."
        did: tuple[tuple[date, int, str], ...] = (
            (run.prepared, staff.preparer, "prepared"), (run.approved, staff.approver, "approved"),
        )  # fmt: skip
        for day, by, verb in did:
            summary = f"Payment run {number} was {verb}: {told}"
            yield at(day, "10:00"), by, f"payment-run.{verb}", summary, "", f'{{"run": {number}}}'
