"""The figures and rules of a charging year as finance reads them, and on whose word they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wherewithal.charging.parameters import (
    Figure,
    ParametersError,
    declared,
    parameters_on,
    year_of,
)
from wherewithal.charging.rules import cite, kinds
from wherewithal.money import pounds
from wherewithal.web.budgets.charges.models import ConfirmedFigure
from wherewithal.web.budgets.yearly.figures import RULE, book, told_by

SECTIONS = {
    "income": "Income", "capital": "Savings", "housing": "Home", "free": "Never charged for",
}  # fmt: skip
OTHER_RULES = {
    "assessed": ("The charge is rounded down", "rounding"),
    "free": ("A council may choose not to charge", "act-14"),
    "light": ("A short money check", "light-touch"),
    "partner": ("A look at both partners’ money", "partner"),
    "guarantee:premium-disability-single": ("No disability premium at pension age: single",
                                            "pension-premium"),
    "guarantee:premium-disability-couple": ("No disability premium at pension age: couple",
                                            "pension-premium"),
    "guarantee:premium-enhanced-disability-single": (
        "No enhanced disability premium at pension age: single", "pension-premium"),
    "guarantee:premium-enhanced-disability-couple": (
        "No enhanced disability premium at pension age: couple", "pension-premium"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One figure or rule of a year: its value as read, where from, and who stands for it."""

    name: str
    label: str
    value: str
    source: str
    state: str
    colour: str
    told: str = ""


def rules_from_memory() -> dict[str, str]:
    """Return every rule that was written from memory, by the name it is confirmed under."""
    found = {
        f"{RULE}{section}:{rule.id}": f"{title}: {rule.label}, {_treated(section, rule.treatment)}"
        for section, title in SECTIONS.items()
        for rule in kinds(section).values()
        if not rule.verified
    }
    return found | {RULE + key: label for key, (label, _) in OTHER_RULES.items()}


def figure_rows(starts: date) -> list[Row]:
    """Return every figure there can be, as it stands for the year that begins on a day."""
    confirmed = _confirmed(starts)
    figures = _figures(starts)
    return [
        _figure_row(name, str(about["label"]), figures.get(name), confirmed.get(name, []))
        for name, about in declared().items()
    ]


def rule_rows(starts: date) -> list[Row]:
    """Return every rule that was written from memory, and whether somebody has confirmed it."""
    earlier = ConfirmedFigure.objects.filter(year_starts__lte=starts, name__startswith=RULE)
    rows: dict[str, list[ConfirmedFigure]] = {}
    for each in earlier.select_related("by").order_by("id"):
        rows.setdefault(each.name, []).append(each)
    return [
        Row(
            name, label, "", _rule_source(name),
            "Confirmed" if name in rows else "From memory", "green" if name in rows else "yellow",
            told_by(rows[name]) if name in rows else "",
        )
        for name, label in rules_from_memory().items()
    ]  # fmt: skip


def to_do(starts: date) -> int:
    """Return how many needed figures of a year still have to be confirmed."""
    needed = {name for name, about in declared().items() if about["needed"]}
    open_states = {"Not confirmed", "Carried forward", "Missing"}
    return sum(row.name in needed and row.state in open_states for row in figure_rows(starts))


def figure_now(starts: date, name: str) -> Figure | None:
    """Return a figure as it stands for a year, also where it is carried forward."""
    return _figures(starts).get(name)


def _figures(starts: date) -> Mapping[str, Figure]:
    known = book().figures
    try:
        return parameters_on(starts, allow_carried_forward=True, confirmed=known).figures
    except ParametersError:  # nobody has opened this year yet: show last year's as a start
        before = date(starts.year - 1, 4, 6)
        name = year_of(before)[0]
        try:
            last = parameters_on(before, allow_carried_forward=True, confirmed=known).figures
        except ParametersError:
            return {}
        return {
            key: Figure(
                each.name, each.label, each.value, each.unit, starts, each.source, False,
                each.carried_from or name,
            )
            for key, each in last.items()
        }  # fmt: skip


def _confirmed(starts: date) -> dict[str, list[ConfirmedFigure]]:
    found: dict[str, list[ConfirmedFigure]] = {}
    rows = ConfirmedFigure.objects.filter(year_starts=starts).select_related("by").order_by("id")
    for row in rows:
        found.setdefault(row.name, []).append(row)
    return found


def _figure_row(name: str, label: str, figure: Figure | None, rows: list[ConfirmedFigure]) -> Row:
    label = label[:1].upper() + label[1:]
    if figure is None:
        return Row(name, label, "", "", "Missing", "red")
    value = pounds(figure.value)
    if rows:
        return Row(name, label, value, figure.source, "Confirmed", "green", told_by(rows))
    if figure.carried_from:
        told = f"It is the figure of {figure.carried_from}."
        return Row(name, label, value, figure.source, "Carried forward", "red", told)
    if figure.verified:
        return Row(name, label, value, figure.source, "Read in its source", "green")
    return Row(name, label, value, figure.source, "Not confirmed", "yellow")


def _treated(section: str, treatment: str) -> str:
    if section == "free":
        return "never charged for"
    return {
        "counted": "counted",
        "disregarded": "not counted",
        "partly": "counted in part",
        "taken-off": "taken off what counts",
    }[treatment]


def _rule_source(name: str) -> str:
    key = name.removeprefix(RULE)
    if key in OTHER_RULES:
        return cite(OTHER_RULES[key][1])
    section, _, kind_id = key.partition(":")
    return kinds(section)[kind_id].source
