"""The figures that charging and the made-up council count with, and where each comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from scripts.manual.markdown import cell, page, plain, table

from wherewithal.careact.sources import sources
from wherewithal.charging import parameters, rules
from wherewithal.council.figures import figures
from wherewithal.council.needs import Injustices
from wherewithal.dates import long_date
from wherewithal.money import pounds

KINDS = {
    "income": "Income",
    "capital": "Savings and other capital",
    "housing": "Housing costs that are taken off income",
    "expenses": "Extra costs because of disability, as they are asked about",
    "free": "What is never charged for",
}
INJUSTICES = {
    "older": "What people aged 65 and over get, for like need",
    "carer": "What people who have a carer get, for like need",
}


def charging_figures() -> str:
    """Write the figures of every year, and every kind of income, capital, cost and free service."""
    intro = (
        "What the financial assessment counts with, year by year. A tax year runs from 6 April to "
        "5 April.\n\n**Verified** means that we read the figure in the source named. Where it says "
        "**no**, confirm the figure against the charging circular of that year before you charge "
        "anyone by it. A figure that a year lacks was not found; it is missing rather than "
        "guessed, and the assessment refuses to run without it."
    )
    years = reversed(parameters._years())
    kinds = [f"## {title}\n\n{_kinds(section)}" for section, title in KINDS.items()]
    return page("Charging figures", intro, *map(_year, years), *kinds)


def _year(year: parameters.Parameters) -> str:
    rows = [
        (figure.label, pounds(figure.value), figure.unit.replace("pence", "").strip() or "in all",
         figure.source, figure.verified)
        for figure in year.figures.values()
    ]  # fmt: skip
    found = table(["figure", "amount", "per", "source", "verified"], rows, right=[1])
    labels = parameters._document()["figures"]
    missing = [f"- {labels[name]['label']}" for name in year.missing]
    lacks = ["Missing, so nobody can be charged by this year yet:", "\n".join(missing)]
    ends = (
        f" up to and including {long_date(_day_before(year.period.end))}" if year.period.end else ""
    )
    start = f"From {long_date(year.period.start)}{ends}."
    return "\n\n".join([f"## {year.year}", start, found, *(lacks if missing else [])])


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _kinds(section: str) -> str:
    rows = [
        (f"`{kind.id}`", kind.label, _treated(section, kind), kind.source, kind.verified)
        for kind in rules.kinds(section).values()
    ]
    return table(["name in code", "what it is", "how it is treated", "source", "verified"], rows)


def _treated(section: str, kind: rules.Kind) -> str:
    if section == "housing":
        return "taken off, where the council allows it" if kind.local else "taken off"
    if section == "expenses":
        example = kind.example[:1].lower() + kind.example[1:]
        return f"kept, where it is reasonable. For example: {example}"
    if section == "free":
        if kind.weeks_up_to:
            return f"free for up to {kind.weeks_up_to} weeks"
        return f"free where it costs up to {pounds(kind.cost_up_to)}" if kind.cost_up_to else "free"
    if kind.treatment == "partly":
        limit = f"{pounds(kind.limit_pence)} a week" if kind.limit_pence else plain(kind.limit)
        return f"not counted up to {limit}; counted above it"
    if kind.treatment in {"counted", "taken-off"}:
        return "counted" if kind.treatment == "counted" else "taken off what counts"
    return f"not counted for {kind.weeks} weeks" if kind.weeks else "not counted"


def law_sources() -> str:
    """Write the provisions that the Care Act rules rest on, and which of them were read."""
    intro = (
        "Each rule in `wherewithal.careact` names one of these, and so does each sentence a person "
        "is told. **Verified** means that the provision, or a public source that sets it out, was "
        "read when the rule was written. Where it says **no**, compare the rule with "
        "legislation.gov.uk or the guidance before relying on it. The sources of the charging "
        "rules are on [charging figures](charging-figures.md)."
    )
    rows = [
        (each.title, each.where, f"`{each.id}`", each.verified, each.note)
        for each in sources().values()
    ]
    found = table(["law or guidance", "where", "in code", "verified", "note"], rows)
    return page("Sources in law", intro, found)


def made_up_council() -> str:
    """Write what the made-up council is made from."""
    intro = (
        "The made-up council follows what England publishes about the people its councils support. "
        "Nobody in it is real. **Verified** means that we read the published figure; **no** marks "
        "an assumption or a split of our own."
    )
    fair = Injustices()
    wrongs = table(
        ["option", "what it changes", "default"],
        [
            (f"`--{each.name}`", INJUSTICES[each.name], getattr(fair, each.name))
            for each in fields(fair)
        ],
        right=[2],
    )
    built_in = (
        "## Injustices built in\n\nThese are known to go wrong in real councils. They are built in "
        "so that an audit has something true to find. A factor of 1 is fair; 0.80 is a fifth "
        f"less.\n\n{wrongs}"
    )
    return page("The made-up council", intro, built_in, *map(_figure, figures().values()))


def _figure(figure: Any) -> str:
    about = table(
        ["unit", "year", "source", "verified"],
        [(figure.unit, figure.year, figure.source, figure.verified)],
    )
    shown = (
        table(["of what", "value"], _flat(figure.value), right=[1])
        if isinstance(figure.value, Mapping)
        else f"**{_written(figure.value)}**"
    )
    return f"## {plain(figure.name).capitalize()}\n\n{about}\n\n{shown}\n\n{cell(figure.note)}"


def _flat(values: Mapping[Any, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        label = f"{before}{name}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{label}: ")
        else:
            yield label, _written(value)


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return f"{value:,}" if isinstance(value, int) else str(value)
