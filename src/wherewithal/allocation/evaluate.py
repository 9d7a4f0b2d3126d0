"""Evaluate a scheme for many people at once: the same pence as :func:`explain`, to the penny."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from wherewithal.allocation.answers import AnswerMistake, Missing
from wherewithal.allocation.plan import Plan, plans
from wherewithal.allocation.vector import MISSING_CODES, Column, divide, given, work_out_columns
from wherewithal.scheme import ByHand, Question, Scheme

STATUSES = ("figure", "incomplete", "cost-it-bottom-up")
"""What the numbers in the column ``status`` stand for."""

NO_FIGURE = -(10**12)
"""Stands where there is no figure; so far from any budget that a sum over it can't be missed."""

BLOCK = 32_768
PERCENTAGES = 101
LARGEST_TABLE = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """How one line is worked out: read from tables where there are few enough combinations."""

    plan: Plan
    helped: str
    full: Column | None
    left: Column | None


def evaluate(scheme: Scheme, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Work out everybody's figure.

    ``columns`` are as :func:`wherewithal.allocation.columns_of` makes them: one integer array for
    each question (the place of the option, the bits of the ticked options, the number, or a
    :class:`Missing`), and optionally
    ``<question>.help`` (whole percent) with ``carer_willing`` and ``carer_able`` (1, 0, -1).

    Returns ``status`` (see :data:`STATUSES`), ``total`` and ``total_without_help`` in pence, and
    ``line.<code>`` and ``line.<code>.without_help`` for each line. Where there is no figure the
    totals are :data:`NO_FIGURE`, and so are the lines of the incomplete.

    Raises:
        AnswerMistake: a column is missing or holds something the scheme does not allow; the row
            (from 0), the column and the value are named.
    """
    count = _checked(scheme, columns)
    programs = compiled(scheme)
    helped = _any_help(scheme, columns)
    out = _buffers(programs, count, helped=helped)
    for start in range(0, count, BLOCK):
        rows = slice(start, min(start + BLOCK, count))
        block = {name: column[rows] for name, column in columns.items()}
        _fill(scheme, programs, block, {name: column[rows] for name, column in out.items()}, helped)
    if not helped:
        out["total_without_help"] = out["total"]
        for program in programs:
            code = program.plan.line.code
            out[f"line.{code}.without_help"] = out[f"line.{code}"]
    return out


def _buffers(programs: tuple[Program, ...], count: int, *, helped: bool) -> dict[str, Column]:
    out: dict[str, Column] = {"status": np.zeros(count, np.int8)}
    out["total"] = np.empty(count, np.int64)
    names = [f"line.{program.plan.line.code}" for program in programs]
    if helped:
        out["total_without_help"] = np.empty(count, np.int64)
        names += [f"{name}.without_help" for name in names]
    out.update({name: np.empty(count, np.int64) for name in names})
    return out


def _any_help(scheme: Scheme, columns: Mapping[str, Column]) -> bool:
    names = [f"{question.code}.help" for question in scheme.questions if question.helpable]
    agreed = [columns.get(name) for name in ("carer_willing", "carer_able")]
    if any(column is None or not (column == 1).any() for column in agreed):
        return False
    return any(name in columns and bool(columns[name].any()) for name in names)


def _fill(
    scheme: Scheme,
    programs: tuple[Program, ...],
    block: Mapping[str, Column],
    out: Mapping[str, Column],
    helped: bool,
) -> None:
    shares = _shares(scheme, block) if helped else {}
    total = out["total"]
    full = out["total_without_help"] if helped else total
    total[:] = 0
    full[:] = 0
    for program in programs:
        name = f"line.{program.plan.line.code}"
        paid_full = _pence(program, block, {})
        if helped:
            out[f"{name}.without_help"][:] = paid_full
            full += paid_full
            out[name][:] = paid = _pence(program, block, shares)
            total += paid
        else:
            out[name][:] = paid_full
            total += paid_full
    by_hand = _by_hand(scheme, block, full)
    incomplete = _incomplete(scheme, block)
    if by_hand is not None:
        out["status"][by_hand] = 2
    if incomplete is not None:
        out["status"][incomplete] = 1
        for name, column in out.items():
            if name.startswith("line."):
                column[incomplete] = NO_FIGURE
    for name in {"total", "total_without_help"} & out.keys():
        out[name][out["status"] != 0] = NO_FIGURE


def _shares(scheme: Scheme, block: Mapping[str, Column]) -> dict[str, Column]:
    agreed = (block["carer_willing"] == 1) & (block["carer_able"] == 1)
    names = [question.code for question in scheme.questions if question.helpable]
    return {
        code: block[f"{code}.help"] * agreed.astype(np.int64)
        for code in names
        if f"{code}.help" in block
    }


@lru_cache(maxsize=64)
def compiled(scheme: Scheme) -> tuple[Program, ...]:
    """Prepare a scheme's lines: a table for those that rest on few combinations of answers."""
    return tuple(_compile(plan) for plan in plans(scheme))


def _compile(plan: Plan) -> Program:
    questions = [plan.scheme.question(code) for code in plan.questions]
    helpable = [question.code for question in questions if question.helpable]
    sizes = [_places(question) for question in questions]
    size = int(np.prod([float(each) for each in sizes]))
    unfit = any(question.kind == "number" for question in questions) or len(helpable) > 1
    if unfit or size * (PERCENTAGES if helpable else 1) > LARGEST_TABLE:
        return Program(plan, "", None, None)
    grid = np.unravel_index(np.arange(size), sizes)
    codes = {q.code: axis - MISSING_CODES for q, axis in zip(questions, grid, strict=True)}
    full = _worked(plan, codes, {})
    if not helpable:
        return Program(plan, "", full, full)
    wide = {code: np.repeat(column, PERCENTAGES) for code, column in codes.items()}
    shares = {helpable[0]: np.tile(np.arange(PERCENTAGES), size)}
    return Program(plan, helpable[0], full, _worked(plan, wide, shares))


def _places(question: Question) -> int:
    """Return how many different answers a table has to hold for a question with options."""
    several = question.kind == "several"
    return MISSING_CODES + (2 ** len(question.options) if several else len(question.options))


def _pence(program: Program, block: Mapping[str, Column], shares: Mapping[str, Column]) -> Column:
    plan = program.plan
    if program.full is None or program.left is None:
        return _worked(plan, block, shares)
    place = None
    for code in plan.questions:
        size = _places(plan.scheme.question(code))
        own = block[code].astype(np.intp) + MISSING_CODES
        place = own if place is None else place * size + own
    assert place is not None  # noqa: S101  # every line rests on a question
    share = shares.get(program.helped)
    if share is None:
        full: Column = program.full[place]
        return full
    left: Column = program.left[place * PERCENTAGES + share]
    return left


def _worked(plan: Plan, codes: Mapping[str, Column], shares: Mapping[str, Column]) -> Column:
    values, scale = work_out_columns(plan.scheme, plan.steps, codes, shares)[plan.line.of]
    hundred = Fraction(100, scale)
    pence: Column = divide(values * hundred.numerator, hundred.denominator, plan.scheme.rounding)
    return pence


def _incomplete(scheme: Scheme, block: Mapping[str, Column]) -> Column | None:
    found: Column | None = None
    for question in scheme.questions:
        codes = block[question.code]
        if codes.min() < 0:
            missing = (codes < 0) & (codes != Missing.NOT_APPLICABLE)
            found = missing if found is None else found | missing
    return found


def _by_hand(scheme: Scheme, block: Mapping[str, Column], full: Column) -> Column | None:
    found: Column | None = None
    for rule in scheme.by_hand:
        met = _meets(scheme, rule, block, full)
        found = met if found is None else found | met
    return found


def _meets(scheme: Scheme, rule: ByHand, block: Mapping[str, Column], full: Column) -> Column:
    met = np.ones(len(full), bool)
    if rule.total_above is not None:
        met &= full > int(rule.total_above * 100 // 1)
    for condition in rule.when:
        codes = block[condition.question]
        met &= given(scheme.question(condition.question), condition, codes) > 0
    return met


def _checked(scheme: Scheme, columns: Mapping[str, Column]) -> int:
    """Look through every column once, and return how many rows there are."""
    known = {"carer_willing", "carer_able"}
    for question in scheme.questions:
        if question.code not in columns:
            raise AnswerMistake(
                f"column {question.code}", None, f"a column of {question.allowed()}"
            )
        known |= {question.code, f"{question.code}.help"}
    for name, column in columns.items():
        if name not in known:
            raise AnswerMistake(f"column {name}", name, f"a question of the scheme {scheme.code}")
        if column.dtype.kind not in "iu":
            raise AnswerMistake(f"column {name}", str(column.dtype), "whole numbers")
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1:
        raise AnswerMistake("columns", sorted(lengths), "columns of one length")
    count = lengths.pop()
    if count:
        for question in scheme.questions:
            _in_range(question, columns[question.code])
            _help_in_range(question, columns.get(f"{question.code}.help"))
        for name in {"carer_willing", "carer_able"} & columns.keys():
            _between(name, columns[name], -1, 1, "1 (yes), 0 (no) or -1 (not asked)")
    return count


def _in_range(question: Question, column: Column) -> None:
    choice = question.kind != "number"
    most = _places(question) - MISSING_CODES - 1 if choice else question.most
    allowed = f"0 to {most} for {question.allowed()}" if choice else question.allowed()
    _between(question.code, column, Missing.UNKNOWN.value, most, allowed)
    if column.min() < 0 and not question.may_not_apply:
        _none(question.code, column, column == Missing.NOT_APPLICABLE, allowed)
    if not choice and question.least > 0 and column.min() < question.least:
        _none(question.code, column, (column >= 0) & (column < question.least), allowed)


def _help_in_range(question: Question, column: Column | None) -> None:
    if column is not None:
        most = 100 if question.helpable else 0
        _between(f"{question.code}.help", column, 0, most, f"0 to {most} percent")


def _between(name: str, column: Column, least: int, most: int, allowed: str) -> None:
    if column.min() < least or column.max() > most:
        _none(name, column, (column < least) | (column > most), allowed)


def _none(name: str, column: Column, wrong: Column, allowed: str) -> None:
    if wrong.any():
        row = int(wrong.argmax())
        raise AnswerMistake(f"row {row}, column {name}", int(column[row]), allowed)
