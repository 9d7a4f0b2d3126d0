"""What a query is written for, and what its columns are called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from wherewithal.allocation.sql.dialects import Dialect, column
from wherewithal.allocation.sql.names import HEAD, line_names, safe_names
from wherewithal.scheme import Question, Scheme
from wherewithal.scheme.graph import Reach, in_order, reaches
from wherewithal.scheme.steps import AfterHelp, Step, inputs

CARER = ("carer_willing", "carer_able")


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A scheme, and the table and dialect its query is written for."""

    scheme: Scheme
    dialect: Dialect
    table: exp.Table
    places: bool
    family: bool
    names: dict[str, str]
    steps: tuple[Step, ...]
    reach: dict[str, Reach]
    helped: frozenset[str]

    def col(self, name: str) -> exp.Column:
        """Name one of the query's own columns."""
        return column(self.names[name])

    def helpable(self) -> Iterable[Question]:
        """Return the questions whose family help the table holds."""
        return [each for each in self.scheme.questions if self.family and each.helpable]

    def cells(self) -> tuple[str, ...]:
        """Return the columns that are read from the table, besides the id."""
        asked = [question.code for question in self.scheme.questions]
        helps = [f"{question.code}.help" for question in self.helpable()]
        return (*asked, *helps, *(CARER if self.family else ()))


def page_of(scheme: Scheme, dialect: Dialect, table: exp.Table, places: bool, family: bool) -> Page:
    """Lay out a query."""
    steps = in_order(scheme.steps, [line.of for line in scheme.lines])
    questions = {question.code: question for question in scheme.questions}
    hourly = {price.code: price.hourly for price in scheme.prices}
    helped = _helped(steps) if family else frozenset()
    names = safe_names([*HEAD, *line_names(scheme)]) | safe_names(_own_names(scheme, steps))
    known = reaches(steps, questions, hourly)
    return Page(scheme, dialect, table, places, family, names, steps, known, helped)


def _own_names(scheme: Scheme, steps: Sequence[Step]) -> Iterable[str]:
    for question in scheme.questions:
        for start in ("said", "ticked", "answer"):
            yield f"{start}.{question.code}"
        for start in ("said", "help", "share"):
            yield f"{start}.{question.code}.help"
    for name in CARER:
        yield from (f"said.{name}", f"answer.{name}")
    for step in steps:
        yield from (f"step.{step.code}", f"step.{step.code}.without_help")
    for line in line_names(scheme):
        yield f"pence.{line}"
    yield from ("wrong", "fewest", "figured", "pence", "pence.without_help")


def _helped(steps: Sequence[Step]) -> frozenset[str]:
    """Return the steps that family help changes: it, and all that rests on it."""
    found: set[str] = set()
    for step in steps:
        if isinstance(step, AfterHelp) or found.intersection(inputs(step)):
            found.add(step.code)
    return frozenset(found)
