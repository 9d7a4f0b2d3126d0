"""People as rows of a table, and what a scheme's query must say of each of them."""

from collections.abc import Callable, Sequence
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes

from wherewithal.allocation import STATUSES, Answer, Answers, Missing, columns_of, explain
from wherewithal.allocation.sql import Answers as Held
from wherewithal.allocation.sql import Dialect, mistakes_sql, result_columns, sql
from wherewithal.scheme import Question, Scheme
from wherewithal.scheme.steps import KINDS, NAMES

Cell = str | int | None
Row = tuple[Cell, ...]
Table = tuple[tuple[str, ...], list[Row]]
Found = tuple[Sequence[str], list[Row]]

COLUMNS = ["id", "column", "value", "allowed"]
"""The columns of the query that lists mistakes."""

SAID = {
    Missing.NOT_ANSWERED: (None, "", " "),
    Missing.NOT_APPLICABLE: ("n/a", "N/A"),
    Missing.DECLINED: ("declined", "Declined "),
    Missing.UNKNOWN: ("unknown", " UNKNOWN"),
}
AGREED = {True: ("yes", "Yes", "true"), False: ("no", "NO ", "false"), None: (None, "")}


def columns(scheme: Scheme) -> tuple[str, ...]:
    asked = [question.code for question in scheme.questions]
    helps = [f"{question.code}.help" for question in scheme.questions if question.helpable]
    return ("id", *asked, *helps, "carer_willing", "carer_able")


def cell(draw: st.DrawFn, question: Question, answer: Answer) -> Cell:
    if isinstance(answer, Missing):
        return draw(st.sampled_from(SAID[answer]))
    if isinstance(answer, frozenset):
        ticked = draw(st.permutations(sorted(answer)))
        return draw(st.sampled_from([";", "; "])).join(ticked) or "none"
    return draw(st.sampled_from([str(answer), f" {answer} "]))


@st.composite
def in_words(draw: st.DrawFn, scheme: Scheme, crowd: Sequence[Answers]) -> Table:
    """Write people as a council's table holds them: a text in each cell."""
    rows: list[Row] = []
    for place, person in enumerate(crowd):
        said = [cell(draw, question, person.values[question.code]) for question in scheme.questions]
        shares = [person.help.get(q.code, 0) for q in scheme.questions if q.helpable]
        helps = [draw(st.sampled_from([str(each), f"{each}%", f"{each} %"])) for each in shares]
        helps = ["" if each == "0" else each for each in helps]
        carer = [draw(st.sampled_from(AGREED[each])) for each in agreed(person)]
        rows.append((f"p{place}", *said, *helps, *carer))
    return columns(scheme), rows


def agreed(person: Answers) -> tuple[bool | None, bool | None]:
    return person.carer_willing, person.carer_able


def in_places(scheme: Scheme, crowd: Sequence[Answers]) -> Table:
    """Write people as the fast reading holds them: a whole number in each cell."""
    held = columns_of(scheme, crowd)
    names = columns(scheme)
    rows: list[Row] = []
    for row in range(len(crowd)):
        numbers = [int(held[name][row]) for name in names[1:]]
        rows.append((f"p{row}", *numbers))
    return names, rows


def told(scheme: Scheme, crowd: Sequence[Answers]) -> list[Row]:
    """Say what every row must be, from the reading that is the law."""
    rows: list[Row] = []
    for place, person in enumerate(crowd):
        each = explain(scheme, person)
        by_code = {line.code: line for line in each.lines}
        found = [by_code.get(line.code) for line in scheme.lines]
        given = [person.values.get(q.code, Missing.NOT_ANSWERED) for q in scheme.questions]
        counts = [sum(answer is missing for answer in given) for missing in Missing]
        lines = [
            pence if each.outcome == "figure" else None
            for line in found
            for pence in (line and line.pence, line and line.pence_without_help)
        ]
        head = (f"p{place}", each.outcome, each.total, each.total_without_help)
        rows.append((*head, *counts, *lines))
    return rows


def hold_alike(scheme: Scheme, names: Sequence[str], found: Sequence[Row], due: list[Row]) -> None:
    """Hold a query's answer to it, row by row, in every column."""
    assert tuple(names) == result_columns(scheme)
    assert sorted(tuple(row) for row in found) == sorted(due)


@cache
def both(scheme: Scheme, dialect: Dialect, answers: Held = "words") -> tuple[str, str]:
    """Write a scheme's two queries, once."""
    return (
        sql(scheme, dialect, answers=answers),
        mistakes_sql(scheme, dialect, answers=answers),
    )


def hold_every_kind(dialect: Dialect, ask: Callable[[Table, str], Found]) -> None:
    """Ask until every kind of step and every outcome was met, each time holding both alike."""
    kinds: set[str] = set()
    statuses: set[object] = set()

    @settings(QUICK, max_examples=400, database=None)
    @given(st.data())
    def look(data: st.DataObject) -> None:
        scheme = data.draw(schemes())
        crowd = data.draw(st.lists(people(scheme), min_size=1, max_size=3))
        met = {NAMES[type(step)] for step in scheme.steps}
        if met <= kinds and statuses == set(STATUSES):
            return
        names, rows = ask(in_places(scheme, crowd), sql(scheme, dialect, answers="places"))
        hold_alike(scheme, names, rows, told(scheme, crowd))
        kinds.update(met)
        statuses.update(row[1] for row in rows)

    look()
    assert kinds == set(KINDS)
    assert statuses == set(STATUSES)
