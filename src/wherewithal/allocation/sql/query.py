"""The query as a whole: a chain of named parts, each of which reads only the one before it."""

from collections.abc import Iterable
from functools import reduce

from sqlglot import exp

from wherewithal.allocation.sql import said, worked
from wherewithal.allocation.sql.dialects import (
    Expression,
    added,
    column,
    compared,
    held_as,
    when,
    words,
)
from wherewithal.allocation.sql.names import COUNTS, line_names
from wherewithal.allocation.sql.page import CARER, Page
from wherewithal.scheme import ByHand

MISTAKE, INCOMPLETE, BY_HAND, FIGURE = "mistake", "incomplete", "cost-it-bottom-up", "figure"


def figures_query(page: Page) -> str:
    """Write the query that gives everybody's figure."""
    parts = [*reading_parts(page), ("looked_over", _more(page, said.looked_over(page), "given"))]
    known = worked.Knowledge()
    for columns in worked.worked_steps(page, known):
        before = parts[-1][0]
        parts.append((f"steps_{len(parts) - 2}", _more(page, columns, before)))
    parts.append(("paid", _more(page, _paid(page, known), parts[-1][0])))
    parts.append(("added_up", _more(page, _added_up(page), "paid")))
    parts.append(("judged", _more(page, _judged(page), "added_up")))
    return _write(page, parts, _result(page))


def _write(page: Page, parts: Iterable[tuple[str, exp.Query]], last: exp.Select) -> str:
    query = reduce(lambda whole, part: whole.with_(part[0], as_=part[1], copy=False), parts, last)
    head = [
        f"{page.scheme.title}, version {page.scheme.version}, for {page.dialect}.",
        f"Scheme hash: {page.scheme.hash}",
    ]
    comment = "".join(f"-- {' '.join(line.split())}\n" for line in head)
    return f"{comment}{query.sql(page.dialect, pretty=True, identify=True)}\n"


def reading_parts(page: Page) -> list[tuple[str, exp.Query]]:
    """Return the first parts of a query: the cells of the table, and the answers in them."""
    cells = exp.select("*").from_(page.table)
    cells.set("expressions", [column("id"), *_named(page, said.cells(page))])
    parts: list[tuple[str, exp.Query]] = [("cells", _fenced(page, cells))]
    if ticked := list(said.ticked(page)):
        parts.append(("ticks", _more(page, ticked, "cells")))
    parts.append(("given", _more(page, said.answers(page), parts[-1][0])))
    return parts


def _named(
    page: Page, columns: said.Columns | Iterable[tuple[str, Expression, str]]
) -> list[Expression]:
    found: list[Expression] = []
    for name, value, note in columns:
        alias = exp.alias_(value, page.names[name], quoted=True)
        if note:
            alias.add_comments([" ".join(note.replace("/*", "/").replace("*/", "/").split())])
        found.append(alias)
    return found


def _more(page: Page, columns: Iterable[tuple[str, Expression, str]], before: str) -> exp.Select:
    """Add columns to a part of the chain."""
    part = exp.select("*").from_(exp.to_table(before))
    part.set("expressions", [exp.Star(), *_named(page, columns)])
    return _fenced(page, part)


def _fenced(page: Page, part: exp.Select) -> exp.Select:
    """Keep PostgreSQL from writing each step out anew wherever it is read."""
    return part.offset(0, copy=False) if page.dialect == "postgres" else part


def _paid(page: Page, known: worked.Knowledge) -> said.Columns:
    after, before = worked.paid(page, known.left), worked.paid(page, known.full)
    for line, own, other in zip(page.scheme.lines, after, before, strict=True):
        name, pence, note = own
        yield f"pence.{name}", pence, note
        if line.of in page.helped:
            yield f"pence.{name}.without_help", other[1], f"{note}, without help"


def _pence(page: Page, name: str) -> exp.Column:
    """Name the pence of a line; one that help does not touch has only one column."""
    line = next(line for line in page.scheme.lines if name.startswith(f"line.{line.code}"))
    return page.col(f"pence.{name}" if line.of in page.helped else f"pence.line.{line.code}")


def _added_up(page: Page) -> said.Columns:
    names = line_names(page.scheme)
    yield "pence", added(_pence(page, name) for name in names[0::2]), "all lines"
    yield "pence.without_help", added(_pence(page, name) for name in names[1::2]), "all lines"
    missing = [compared(exp.EQ, page.col(name), 0) for name in COUNTS if name != "not_applicable"]
    yield "figured", exp.and_(exp.Not(this=page.col("wrong")), *missing), "nothing is missing"


def _judged(page: Page) -> said.Columns:
    branches: list[tuple[Expression, Expression]] = [
        (page.col("wrong"), words(MISTAKE)),
        (exp.Not(this=page.col("figured")), words(INCOMPLETE)),
    ]
    branches += [(_by_hand(page, rule), words(BY_HAND)) for rule in page.scheme.by_hand]
    yield "status", when(*branches, otherwise=words(FIGURE)), "what the numbers stand for"


def _by_hand(page: Page, rule: ByHand) -> Expression:
    conditions = [worked.met(page, condition) for condition in rule.when]
    if rule.total_above is not None:
        most = int(rule.total_above * 100 // 1)
        conditions.append(compared(exp.GT, page.col("pence.without_help"), most))
    return exp.and_(*conditions)


def _result(page: Page) -> exp.Select:
    is_figure = compared(exp.EQ, page.col("status"), words(FIGURE))
    columns: list[tuple[str, Expression, str]] = [
        ("total", when((is_figure, page.col("pence"))), ""),
        ("total_without_help", when((is_figure.copy(), page.col("pence.without_help"))), ""),
    ]
    columns += [
        (name, when((exp.Not(this=page.col("wrong")), page.col(name))), "") for name in COUNTS
    ]
    lines = [
        (name, when((is_figure.copy(), _pence(page, name))), "") for name in line_names(page.scheme)
    ]
    result = exp.select("*").from_(exp.to_table("judged"))
    head = [column("id"), page.col("status"), *_named(page, columns)]
    result.set("expressions", [*head, *_named(page, lines)])
    return result


def mistakes_query(page: Page) -> str:
    """Write the query that lists every cell the scheme does not allow."""
    allowed = _allowed(page)
    asked = zip(page.cells(), said.read_names(page), strict=True)
    at_fault, at_faults = "given", list[tuple[str, exp.Query]]()
    if page.dialect != "spark":  # which keeps nothing, and would look for these rows each time
        any_wrong = exp.select("*").from_(exp.to_table("given")).where(said.wrong(page))
        at_fault, at_faults = "at_fault", [("at_fault", any_wrong)]
    found: list[exp.Query] = [
        _listed(name, page.col(f"said.{name}"), allowed[name])
        .from_(exp.to_table(at_fault))
        .where(exp.Is(this=page.col(read), expression=exp.Null()))
        for name, read in asked
    ]
    parts = [*reading_parts(page), *at_faults, ("people", _people(page))]
    found += [_listed("id", column("id"), rule).from_(exp.to_table("people")).where(where)
              for rule, where in _bad_ids(page)]  # fmt: skip
    every = reduce(_and_more, found[1:], found[0])
    parts.append(("mistakes", every))
    last = exp.select("*").from_(exp.to_table("mistakes"))
    last.set("expressions", [column(name) for name in ("id", "column", "value", "allowed")])
    return _write(page, parts, last.order_by(column("column"), column("id")))


def _and_more(before: exp.Query, more: exp.Query) -> exp.Query:
    return before.union(more, distinct=False, copy=False)


def _people(page: Page) -> exp.Select:
    ids = exp.select(column("id")).from_(exp.to_table("cells")).group_by(column("id"))
    return ids.select(exp.alias_(exp.Count(this=exp.Star()), "rows", quoted=True))


def _bad_ids(page: Page) -> list[tuple[str, Expression]]:
    text = exp.Trim(this=held_as(column("id"), "TEXT"))
    blank = compared(exp.EQ, exp.Coalesce(this=text, expressions=[words("")]), words(""))
    return [
        ("an id in every row", blank),
        ("an id of its own for every row", compared(exp.GT, column("rows"), 1)),
    ]


def _listed(name: str, value: Expression, allowed: str) -> exp.Select:
    columns = {"column": words(name), "value": held_as(value, "TEXT"), "allowed": words(allowed)}
    named = [exp.alias_(each, alias, quoted=True) for alias, each in columns.items()]
    return exp.select(column("id"), *named)


def _allowed(page: Page) -> dict[str, str]:
    found = dict.fromkeys(CARER, "1, 0 or -1 (not asked)" if page.places else "yes, no or blank")
    for question in page.scheme.questions:
        absent = "n/a, " if question.may_not_apply else ""
        found[question.code] = f"{question.allowed()}, blank, {absent}declined or unknown"
        found[f"{question.code}.help"] = "a whole number from 0 to 100, or blank"
        if page.places:
            none = "-1, -2, -3 or -4" if question.may_not_apply else "-1, -3 or -4"
            most = said.most(question)
            least = question.least if question.kind == "number" else 0
            found[question.code] = f"{least} to {most}, or {none} where there is no answer"
    return found
