"""Each person with everything about them worked out: how far they are, what they need, the figure.

Nothing is made up here that the product could work out itself: figures come from the engine,
eligibility from the Care Act rules, charges from the charging rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from wherewithal.allocation import STATUSES, Missing, evaluate
from wherewithal.allocation.answers import code_of, read_answer
from wherewithal.careact.plan_costs import cost_of
from wherewithal.scheme import Question, Scheme
from wherewithal.scheme.parts import NONE_TICKED
from wherewithal.web.assessments.querysets import what_carers_say
from wherewithal.web.config.loading.money import Charged, charged, year_begins
from wherewithal.web.config.loading.source import (
    AnswerRow,
    EventRow,
    LineRow,
    PersonRow,
    Source,
    SupporterRow,
)
from wherewithal.web.people.models import Stage, Supporter

WITH_A_PLAN = frozenset({Stage.PLANNING, Stage.SIGN_OFF, Stage.SETTING_UP, Stage.LIVE})
WITH_A_BUDGET = frozenset({Stage.SIGN_OFF, Stage.SETTING_UP, Stage.LIVE})
SIGNED_OFF = frozenset({Stage.SETTING_UP, Stage.LIVE})
DECIDED = WITH_A_PLAN | {Stage.NOT_ELIGIBLE, Stage.INDICATIVE}
OUTCOMES_NEEDED = 2
ONE_IN = 4
"""Of those whose needs were assessed, and of those waiting for sign-off, so many are split off."""
BESIDE_TAGS: Mapping[str, tuple[tuple[int, str, str], ...]] = {
    "memory": ((1, "A6", "U1"), (2, "A5", "U3")),
    "start": ((1, "A6", "U1"), (2, "A8", "U4")),
    "decide": ((1, "A6", "U1"), (2, "A9", "U1")),
    "mood": ((1, "A7", "U2"), (2, "A9", "U2")),
    "harm": ((1, "A5", "U3"),),
    "nights": ((1, "A3", "U1"),),
    "alone": ((1, "A5", "U3"),),
    "health": ((2, "A5", "U3"),),
}
"""Question → from which option on it makes which outcome hard, and in which of the four ways."""


class Figure(NamedTuple):
    """What the engine gives: pence a week, ``None`` where it is costed by hand."""

    outcome: str
    weekly: int | None
    without_help: int | None


class Line(NamedTuple):
    """A plan line and its pence a week."""

    row: LineRow
    weekly: int


@dataclass(frozen=True, slots=True)
class Traveller:
    """One person on the road. ``days`` gives the day of each step taken."""

    row: PersonRow
    stage: Stage
    days: Mapping[str, date]
    reviews: tuple[date, ...]
    review_due: date | None
    carers: tuple[SupporterRow, ...]
    answers: tuple[AnswerRow, ...]
    unable: Mapping[str, tuple[str, ...]]
    comes_and_goes: bool
    figure: Figure | None
    lines: tuple[Line, ...]
    charged: Charged | None
    starts: date | None

    @property
    def id(self) -> int:
        """The person's id, and that of their one assessment, plan and budget."""
        return self.row.id

    @property
    def adult(self) -> bool:
        """Whether this is an adult with needs rather than a carer."""
        return self.row.kind == "adult"

    @property
    def cost(self) -> int:
        """Pence a week: what the plan's lines add up to."""
        return sum(line.weekly for line in self.lines)

    @property
    def carers_say(self) -> tuple[bool | None, bool | None]:
        """Whether carers are willing, and able."""
        return _carers_say(tuple((carer.willing, carer.able) for carer in self.carers))


@cache
def _carers_say(said: tuple[tuple[str, str], ...]) -> tuple[bool | None, bool | None]:
    return what_carers_say([Supporter(willing=willing, able=able) for willing, able in said])


def travellers(source: Source) -> list[Traveller]:
    """Work everything out, in the order of the people."""
    answers: dict[int, list[AnswerRow]] = _grouped(source.answers)
    carers = _grouped(row for row in source.supporters if row.is_carer)
    events: dict[int, list[EventRow]] = _grouped(source.events)
    lines: dict[int, list[LineRow]] = _grouped(source.plan_lines)
    finances = {row.person_id: row for row in source.finances}
    started = {row.person_id: row.started_on for row in source.plans}
    figures = _figures(source, answers, carers)
    found = []
    for row in source.people:
        said, mine = tuple(answers[row.id]), tuple(lines[row.id])
        unable = _unable(source.scheme, said)
        stage = _stage(row, unable)
        if stage in WITH_A_PLAN or stage is Stage.INDICATIVE:
            unable = _at_least_two(row, unable, mine)
        costed = tuple(Line(line, _weekly(line)) for line in mine)
        starts = started.get(row.id) or _to_start(source.on, stage)
        found.append(
            Traveller(
                row=row,
                stage=stage,
                days=_days(source, row, stage, events[row.id]),
                reviews=tuple(e.on for e in events[row.id] if e.kind == "review_done"),
                review_due=next((e.on for e in events[row.id] if e.kind == "review_due"), None),
                carers=tuple(carers[row.id]),
                answers=said,
                unable=unable,
                comes_and_goes=_comes_and_goes(said),
                figure=figures.get(row.id),
                lines=costed,
                charged=charged(
                    row,
                    finances.get(row.id),
                    starts=max(starts, year_begins(source.on)),
                    cost=sum(line.weekly for line in costed),
                )
                if starts
                else None,
                starts=starts,
            )
        )
    return found


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.person_id].append(row)
    return groups


def _stage(row: PersonRow, unable: Mapping[str, tuple[str, ...]]) -> Stage:
    """Return the stage, splitting what the council does not tell apart."""
    split_off = row.id % ONE_IN == 0
    match row.stage:
        case "contact":
            return Stage.CONTACT
        case "assessment":
            return Stage.ASSESSMENT
        case "eligible" if row.kind == "carer":
            return Stage.PLANNING
        case "eligible" if split_off:
            return Stage.ELIGIBILITY
        case "eligible":
            return Stage.INDICATIVE if len(unable) >= OUTCOMES_NEEDED else Stage.NOT_ELIGIBLE
        case "plan_drafted":
            return Stage.PLANNING
        case "awaiting_sign_off":
            return Stage.SETTING_UP if split_off else Stage.SIGN_OFF
        case _:
            return Stage.LIVE


def _days(source: Source, row: PersonRow, stage: Stage, events: list[EventRow]) -> dict[str, date]:
    days = {event.kind: event.on for event in events if not event.kind.startswith("review")}
    if stage is Stage.SETTING_UP:
        days["budget_signed_off"] = min(source.on, days["plan_agreed"] + timedelta(days=2))
    if stage in {Stage.ELIGIBILITY, Stage.NOT_ELIGIBLE, Stage.INDICATIVE}:
        days.pop("indicative_given", None)
    if stage is Stage.ELIGIBILITY or row.kind == "carer":
        days.pop("eligibility_decided", None)
        days.pop("indicative_given", None) if stage is Stage.ELIGIBILITY else None
    return days


def _to_start(on: date, stage: Stage) -> date | None:
    """Return the Monday after next, on which support that is not there yet is meant to begin."""
    return on + timedelta(days=14 - on.weekday()) if stage in WITH_A_BUDGET else None


def _unable(scheme: Scheme, said: tuple[AnswerRow, ...]) -> dict[str, tuple[str, ...]]:
    """Return the outcomes that the answers show to be hard, each with its ways of being unable."""
    found: dict[str, set[str]] = defaultdict(set)
    for answer in said:
        for outcome, way in _hard(scheme, answer.question, answer.option):
            found[outcome].add(way)
    return {
        code: tuple(sorted(found[code]))
        for code in sorted(found, key=lambda code: int(code.removeprefix("A")))
    }


@cache
def _hard(scheme: Scheme, code: str, option: str) -> tuple[tuple[str, str], ...]:
    question = scheme.question(code)
    codes = [each.code for each in question.options]
    place = codes.index(option) if option in codes else 0
    if question.kind == "several":
        place = int(option not in (NONE_TICKED, "n/a"))
    tagged = tuple((need, "U1") for need in question.needs if place and question.rising)
    return tagged + tuple(
        (need, way) for least, need, way in BESIDE_TAGS.get(code, ()) if place >= least
    )


def _at_least_two(
    row: PersonRow, unable: dict[str, tuple[str, ...]], lines: tuple[LineRow, ...]
) -> dict[str, tuple[str, ...]]:
    """Let what the support is for stand as slow or painful, where answers alone show too little."""
    if row.kind == "carer":
        return {}
    more = [line.need_code for line in lines if line.need_code.startswith("A")] + ["A6", "A9", "A7"]
    for code in more:
        if len(unable) < OUTCOMES_NEEDED and code not in unable:
            unable = {**unable, code: ("U4",) if row.id % 2 else ("U2",)}
    return unable


def _comes_and_goes(said: tuple[AnswerRow, ...]) -> bool:
    return any(row.question == "bad-often" and row.option not in ("never", "n/a") for row in said)


@cache
def _weekly(line: LineRow) -> int:
    return cost_of(Fraction(line.quantity_per_week), line.unit_price_pence, "week").weekly


def _figures(
    source: Source, answers: Mapping[int, list[AnswerRow]], carers: Mapping[int, list[SupporterRow]]
) -> dict[int, Figure]:
    """Evaluate the scheme for everyone who answered all of it."""
    scheme = source.scheme
    complete = [
        row.id for row in source.people if len(answers.get(row.id, ())) == len(scheme.questions)
    ]
    if not complete:
        return {}
    worked = evaluate(scheme, _columns(scheme, complete, answers, carers))
    return {
        person: Figure(STATUSES[status], *((None, None) if status else (total, full)))
        for person, status, total, full in zip(
            complete,
            worked["status"].tolist(),
            worked["total"].tolist(),
            worked["total_without_help"].tolist(),
            strict=True,
        )
    }  # fmt: skip


def _columns(
    scheme: Scheme,
    people: list[int],
    answers: Mapping[int, list[AnswerRow]],
    carers: Mapping[int, list[SupporterRow]],
) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    asked = {question.code: question for question in scheme.questions}
    for question in scheme.questions:
        columns[question.code] = np.full(len(people), Missing.NOT_ANSWERED.value, np.int64)
        if question.helpable:
            columns[f"{question.code}.help"] = np.zeros(len(people), np.int32)
    for place, person in enumerate(people):
        for row in answers[person]:
            columns[row.question][place] = _place(asked[row.question], row.option)
            if row.help_percent:
                columns[f"{row.question}.help"][place] = row.help_percent
    said = [_carers_say(tuple((c.willing, c.able) for c in carers.get(p, ()))) for p in people]
    for turn, name in enumerate(("carer_willing", "carer_able")):
        told = [-1 if each[turn] is None else int(bool(each[turn])) for each in said]
        columns[name] = np.array(told, np.int8)
    return columns


@cache
def _place(question: Question, option: str) -> int:
    return code_of(question, read_answer(question, option))
