"""The figures a charge counts with, and who confirmed them: packaged ones, then officers' own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from wherewithal.charging.parameters import Figure, Parameters, declared, parameters_on, year_of
from wherewithal.charging.steps import Step, Unverified
from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.budgets.charges.models import ConfirmedFigure

RULE = "rule:"


@dataclass(frozen=True, slots=True)
class Book:
    """Everything officers have confirmed: figures by year, and rules from a year on."""

    figures: tuple[Figure, ...] = ()
    rules: Mapping[str, date] = field(default_factory=dict)

    def parameters(self, day: date) -> Parameters:
        """Return the figures of a day; what a year lacks is carried forward and flagged.

        Raises:
            ParametersError: there are no figures for the day.
        """
        return parameters_on(day, allow_carried_forward=True, confirmed=self.figures)

    def still_open(self, found: Iterable[Unverified], day: date) -> tuple[Unverified, ...]:
        """Keep what nobody has confirmed for a day."""
        return tuple(each for each in found if self.rules.get(RULE + each.name, date.max) > day)


def book() -> Book:
    """Read what was confirmed (one query)."""
    rows = ConfirmedFigure.objects.select_related("by").order_by("id")
    by_figure: dict[tuple[date, str], list[ConfirmedFigure]] = {}
    for row in rows:
        by_figure.setdefault((row.year_starts, row.name), []).append(row)
    rules: dict[str, date] = {}
    for start, name in by_figure:
        if name.startswith(RULE):
            rules[name] = min(start, rules.get(name, start))
    return Book(
        tuple(_figure(start, name, each) for (start, name), each in by_figure.items()
              if name in declared()),
        rules,
    )  # fmt: skip


def book_of(pinned: Mapping[str, Any]) -> Book:
    """Return what a kept charge was worked out with, so that it never changes afterwards."""
    start = date.fromisoformat(pinned["start"])
    figures = tuple(
        Figure(
            name=name, label=declared()[name]["label"], unit=declared()[name]["unit"], start=start,
            **kept,
        )
        for name, kept in pinned["figures"].items()
    )  # fmt: skip
    return Book(figures, {RULE + name: start for name in pinned.get("rules", ())})


def pin(steps: Iterable[Step], open_now: Iterable[Unverified], on: date) -> dict[str, Any]:
    """Return the figures and confirmed rules that a sum used, as they are kept with it."""
    steps = tuple(steps)
    still = {each.name for each in open_now}
    figures = {figure.name: figure for step in steps for figure in step.figures}
    return {
        "start": year_of(on)[1].start.isoformat(),
        "figures": {
            name: {
                "value": each.value, "source": each.source, "verified": each.verified,
                "carried_from": each.carried_from, "confirmed": each.confirmed,
            }
            for name, each in figures.items()
        },
        "rules": [step.key for step in steps if not step.verified and step.key not in still],
    }  # fmt: skip


def why_blocked(found: Iterable[Unverified]) -> str:
    """Say why a charge can't be kept: figures nobody confirmed. Empty in a trial, which warns."""
    names = [each.label for each in found if each.name in declared()]
    if settings.TRIAL or not names:
        return ""
    return (
        f"Nobody has confirmed these figures: {'; '.join(names)}. Nobody is charged by a figure "
        "that was not confirmed. A finance officer can confirm them under Charges, Figures."
    )


def who_confirmed(steps: Iterable[Step]) -> list[str]:
    """Return a sentence for each figure of a sum that an officer confirmed."""
    figures = {figure.name: figure for step in steps for figure in step.figures}
    return [
        f"{each.label[:1].upper()}{each.label[1:]}: {pounds(each.value)}. {each.confirmed}"
        for each in figures.values()
        if each.confirmed
    ]


def told_by(rows: Sequence[ConfirmedFigure]) -> str:
    """Say who read the newest value, where and when, and who else found the same."""
    newest = rows[-1]
    same = [row for row in rows if row.value == newest.value]
    first = same[0]
    told = f"{first.by} read it in {first.source} on {long_date(first.seen_on)}."
    others = [row for row in same if row.by_id != first.by_id]
    if not others:
        return f"{told} Nobody else has checked it yet."
    second = others[0]
    return f"{told} {second.by} found the same on {long_date(second.seen_on)}."


def _figure(start: date, name: str, rows: Sequence[ConfirmedFigure]) -> Figure:
    newest = rows[-1]
    about = declared()[name]
    return Figure(
        name=name, label=about["label"], value=newest.value or 0, unit=about["unit"], start=start,
        source=newest.source, verified=True, confirmed=told_by(rows),
    )  # fmt: skip
