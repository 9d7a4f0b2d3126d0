"""The indicative budget with all its reasons, from the explanation's own tree."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from wherewithal.allocation import AnswerLine, Explanation
from wherewithal.allocation.explain.sentences import duration
from wherewithal.dates import long_date
from wherewithal.money import half_up, pounds
from wherewithal.scheme import Scheme
from wherewithal.web.assessments.models import IndicativeBudget
from wherewithal.web.govuk.look import begin

WEEKS_IN_A_YEAR = 52
UP_OR_DOWN = "This is a first figure. It can go up or down."
UNTIL_THE_PLAN = (
    "It is there to plan with. The real budget is what it costs to meet the needs in the support"
    " plan."
)
NO_HELP = "No help from family or friends was taken away, because"


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One row of the working: ``kind`` is added, taken, subtotal, total or note."""

    kind: str
    title: str
    text: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """What one sort of support costs an hour, how much of it the figure buys, and where from."""

    label: str
    hours: str
    hourly: str
    weekly: str
    source: str


@dataclass(frozen=True, slots=True)
class FigureRead:
    """A figure as page, print and letter say it."""

    weekly: int
    yearly: int
    without_help: int
    taken_away: int
    sentence: str
    about_help: str
    lines: tuple[ReasonLine, ...]
    adds_nothing: tuple[str, ...]
    rates: tuple[Rate, ...]
    bars: tuple[dict[str, object], ...]
    rates_total: int
    scheme: str
    differs: str = ""


def figure_read(
    budget: IndicativeBudget, explanation: Explanation, scheme: Scheme
) -> FigureRead | None:
    """Return the figure with its reasons, or ``None`` where there is no figure."""
    if budget.weekly is None or explanation.total is None or explanation.total_without_help is None:
        return None
    full = explanation.total_without_help
    return FigureRead(
        weekly=budget.weekly,
        yearly=budget.weekly * WEEKS_IN_A_YEAR,
        without_help=full,
        taken_away=full - explanation.total,
        sentence=explanation.sentence,
        about_help=about_help(budget, explanation),
        lines=_working(explanation),
        adds_nothing=tuple(
            line.sentence for line in explanation.lines if not line.pence_without_help
        ),
        rates=tuple(_rates(explanation, scheme)),
        bars=tuple(_bars(explanation, scheme)),
        rates_total=explanation.total,
        scheme=f"{scheme.title}, version {scheme.version}",
        differs=_differs(budget, explanation),
    )


def about_help(budget: IndicativeBudget, explanation: Explanation) -> str:
    """Say whether help from family and friends was counted, and why; never what a carer said."""
    if explanation.help_taken_away or any(line.help_share for line in explanation.lines):
        return (
            "Help from family and friends was taken away, because the people who give it have told"
            " us that they want to, and are able to. They can change their mind at any time."
        )
    if budget.carer_willing and budget.carer_able:
        return f"{NO_HELP} nobody told us that they do any of this."
    return f"{NO_HELP} we count it only where those who help told us that they want to, and can."


def changed_since(budget: IndicativeBudget | None, now: Explanation) -> str:
    """Say, to staff, what the figure would be with what carers say now, where that differs."""
    if budget is None or budget.weekly is None or now.total in {None, budget.weekly}:
        return ""
    said = (
        f"What carers say has changed. With it the figure would be {pounds(now.total or 0)} a week."
    )
    if (now.total or 0) > budget.weekly:
        return f"{said} The plan may cost that: give this as the reason in it."
    return f"{said} This figure stays. Plan with help only for as long as they want to give it."


def challenge(council: Mapping[str, int | str | bool]) -> tuple[str, ...]:
    """Return what someone can do who thinks the figure is wrong, one step after the other."""
    name, phone, email = (council[f"council_{key}"] for key in ("name", "phone", "email"))
    return (
        f"Ring us on {phone}, or write to {email}. Say what you think is wrong. Someone can help"
        " you do this.",
        "Ask us to look again. Someone who had no part in it will work through it with you.",
        f"If you are still not happy, complain to {name}. We must answer you in writing.",
        "After that, the Local Government and Social Care Ombudsman can look at it. It is free.",
    )


def _working(explanation: Explanation) -> tuple[ReasonLine, ...]:
    adding = [line for line in explanation.lines if line.pence_without_help]
    lines = [
        ReasonLine("added", line.ask, line.sentence, f"+{pounds(line.pence_without_help)}")
        for line in adding
    ]
    total, full = explanation.total or 0, explanation.total_without_help or 0
    helped = [line for line in adding if line.pence_taken_away]
    if helped:
        lines.append(ReasonLine("subtotal", "All of this together", "", pounds(full)))
        lines += [_taken(line) for line in helped]
    lines.append(ReasonLine("total", "The first figure, a week", "", pounds(total)))
    return tuple(lines)


def _taken(line: AnswerLine) -> ReasonLine:
    time = f"{begin(duration(line.minutes_taken_away))} a week. " if line.minutes_taken_away else ""
    text = f"{time}What stays in the figure: {pounds(line.pence)}."
    title = f"Family or friends help with: {line.ask}"
    return ReasonLine("taken", title, text, pounds(-line.pence_taken_away))


def _rates(explanation: Explanation, scheme: Scheme) -> list[Rate]:
    sources = {source.code: source for source in scheme.sources}
    rows = []
    for row in explanation.hours:
        source = sources.get(scheme.price(row.code).source, scheme.source)
        mark = "" if source.verified else " Not checked yet."
        rows.append(
            Rate(
                row.label, duration(row.minutes) if row.minutes else "none", _hourly(row.hourly),
                pounds(row.pence), f"{source.text}, {long_date(source.date)}.{mark}",
            )
        )  # fmt: skip
    return rows


def _hourly(rate: Fraction) -> str:
    return pounds(half_up(rate * 100))


def _bars(explanation: Explanation, scheme: Scheme) -> list[dict[str, object]]:
    section_of = {question.code: question.section for question in scheme.questions}
    rows = []
    for section in scheme.sections:
        mine = [x for x in explanation.lines if section_of.get(x.question) == section.code]
        if any(line.pence_without_help for line in mine):
            rows.append({"label": section.title, "pence": sum(line.pence for line in mine)})
    rest = sum(line.pence for line in explanation.lines if line.question not in section_of)
    return [*rows, {"label": "Other", "pence": rest}] if rest else rows


def _differs(budget: IndicativeBudget, explanation: Explanation) -> str:
    if explanation.total == budget.weekly:
        return ""
    return (
        f"The figure on record is {pounds(budget.weekly or 0)}. Working through the answers again"
        f" gives {pounds(explanation.total or 0)}. Ask us to look into the difference."
    )
