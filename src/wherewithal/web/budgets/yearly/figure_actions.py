"""Writes about yearly figures and rules: what an officer read, where and when."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.charging.parameters import declared, year_of
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.charges.models import ConfirmedFigure
from wherewithal.web.budgets.yearly.figures import RULE
from wherewithal.web.budgets.yearly.year_figures import rules_from_memory


@transaction.atomic
def confirm_figure(
    *, year_starts: date, name: str, value: int | None, source: str, seen_on: date, by: User,
    at: datetime,
) -> ConfirmedFigure:  # fmt: skip
    """Keep what an officer read: a figure of a year in pence, or (no value) that a rule is so.

    A figure that differs from what we had corrects it. The same figure confirmed by somebody else
    is a second pair of eyes.

    Raises:
        ValidationError: there is no such figure or rule, or something needed is missing.
    """
    label = _label(name)
    if year_starts != year_of(year_starts)[1].start:
        raise ValidationError({"seen_on": "A charging year begins on 6 April."})
    if (value is None) is not name.startswith(RULE):
        raise ValidationError({"value": f"Enter what {label} is"})
    if not source.strip():
        raise ValidationError({"source": "Enter where you read it"})
    if seen_on > localtime(at).date():
        raise ValidationError({"seen_on": "The day you read it can’t be in the future"})
    made = ConfirmedFigure.objects.create(
        year_starts=year_starts, name=name, value=value, source=source.strip(), seen_on=seen_on,
        at=at, by=by,
    )  # fmt: skip
    what = label if value is None else f"{label}: {pounds(value)}"
    record(
        by=by, at=at, verb="figure.confirmed", name=name, value=value, source=made.source,
        year=year_of(year_starts)[0],
        summary=f"Confirmed for {year_of(year_starts)[0]}: {what}. Read in: {made.source}.",
    )  # fmt: skip
    return made


def _label(name: str) -> str:
    known = {each: about["label"] for each, about in declared().items()} | rules_from_memory()
    if name not in known:
        raise ValidationError(f"There is no figure or rule called {name}.")
    return str(known[name])
