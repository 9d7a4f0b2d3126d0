"""What a person, or whoever helps them, writes down about the assistants they employ."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.money.models import Assistant, Employer, PayRate, PaySlip
from wherewithal.web.people.models import Person


@transaction.atomic
def save_place(*, by: User, at: datetime, person: Person, fields: dict[str, Any]) -> Employer:
    """Write down what is in place: insurance, PAYE, a pension, a payroll service."""
    before = Employer.objects.filter(person=person).values(*fields).first() or {}
    stamp = {"changed_at": at, "changed_by": by}
    employer, _ = Employer.objects.update_or_create(person=person, defaults={**fields, **stamp})
    record(
        by=by, at=at, verb="employer.changed", person=person.reference,
        before=_plain(before), after=_plain(fields),
        summary=f"What {person.name} has in place as an employer was written down.",
    )  # fmt: skip
    return employer


@transaction.atomic
def add_assistant(*, by: User, at: datetime, person: Person, fields: dict[str, Any]) -> Assistant:
    """Add a personal assistant, named as the person names them."""
    assistant = Assistant.objects.create(person=person, added_at=at, added_by=by, **fields)
    record(
        by=by, at=at, verb="employer.assistant-added", person=person.reference,
        assistant=assistant.pk, summary=f"{assistant.name} was added as a personal assistant.",
    )  # fmt: skip
    return assistant


@transaction.atomic
def change_assistant(
    *, by: User, at: datetime, assistant: Assistant, fields: dict[str, Any]
) -> Assistant:
    """Change facts about an assistant, such as the last day."""
    before = {name: getattr(assistant, name) for name in fields}
    for name, value in fields.items():
        setattr(assistant, name, value)
    assistant.save(update_fields=list(fields))
    changed = sorted(name for name in fields if before[name] != fields[name])
    record(
        by=by, at=at, verb="employer.assistant-changed", person=assistant.person.reference,
        assistant=assistant.pk, changed=changed, before=_plain(before), after=_plain(fields),
        summary=f"What is written down about {assistant.name}, a personal assistant, changed.",
    )  # fmt: skip
    return assistant


@transaction.atomic
def save_rate(
    *, by: User, at: datetime, assistant: Assistant, kind: str, starts: date, fields: dict[str, Any]
) -> PayRate:
    """Say what one kind of hour is paid from a day on; again for the same day mends it."""
    rate, _ = PayRate.objects.update_or_create(
        assistant=assistant, kind=kind, starts=starts, defaults=fields
    )
    record(
        by=by, at=at, verb="employer.pay-changed", person=assistant.person.reference,
        assistant=assistant.pk, kind=kind, starts=starts.isoformat(), fields=_plain(fields),
        summary=(
            f"{assistant.name} is paid {pounds(rate.pence)} an hour"
            f" ({rate.get_kind_display().lower()}) from {starts:%-d %B %Y}."
        ),
    )  # fmt: skip
    return rate


@transaction.atomic
def remove_rate(*, by: User, at: datetime, rate: PayRate) -> None:
    """Take away a rate that was written down by mistake."""
    assistant = rate.assistant
    record(
        by=by, at=at, verb="employer.pay-removed", person=assistant.person.reference,
        assistant=assistant.pk, kind=rate.kind, starts=rate.starts.isoformat(), pence=rate.pence,
        hours=str(rate.hours),
        summary=f"A rate of pay of {assistant.name} was taken away: it was a mistake.",
    )  # fmt: skip
    rate.delete()


@transaction.atomic
def save_payslip(
    *, by: User, at: datetime, assistant: Assistant, month: date, fields: dict[str, Any]
) -> PaySlip:
    """Write down what the payslips of a month came to; again for the same month mends it."""
    slip, _ = PaySlip.objects.update_or_create(assistant=assistant, month=month, defaults=fields)
    record(
        by=by, at=at, verb="employer.payslip-saved", person=assistant.person.reference,
        assistant=assistant.pk, month=month.isoformat(), fields=_plain(fields),
        summary=f"The payslip of {assistant.name} for {month:%B %Y} was written down.",
    )  # fmt: skip
    return slip


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Return values as JSON holds them."""
    return {
        name: value if isinstance(value, bool | int | str | None) else str(value)
        for name, value in fields.items()
    }
