"""``wherewithal allocate``: work out figures for a file of answers, or explain one of them."""

import argparse
import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wherewithal.allocation import (
    Answer,
    AnswerMistake,
    Answers,
    Explanation,
    Share,
    explain,
)
from wherewithal.allocation.answers import SAID_WORDS, check_share, read_answer
from wherewithal.allocation.casefile import CasesMistake, Text, read_text
from wherewithal.allocation.evaluate.columns import CARER
from wherewithal.allocation.figures_csv import write_explained
from wherewithal.allocation.tables import FileMistake, evaluate_file
from wherewithal.allocation.whatif import by_question, in_a_sentence, nearest, what_if
from wherewithal.allocation.whole_files import straight
from wherewithal.cli import Mistake, Subcommands
from wherewithal.cli.outputs import look_at, write_all
from wherewithal.cli.scheme import load
from wherewithal.money import pounds
from wherewithal.scheme import Question, Scheme

AGREED: Mapping[int, bool | None] = {1: True, 0: False, -1: None}


@dataclass(frozen=True, slots=True)
class Row:
    """One person's row of the file; ``number`` counts as a spreadsheet does, the header being 1."""

    number: int
    person: str
    cells: Mapping[str, str]


def register(subparsers: Subcommands) -> None:
    """Add ``allocate``."""
    allocate = subparsers.add_parser("allocate", help="work out figures for a file of answers")
    allocate.add_argument("scheme", metavar="SCHEME", help="the name of a scheme, or a YAML file")
    allocate.add_argument("answers", metavar="ANSWERS", type=Path, help="a CSV or Parquet file")
    allocate.add_argument("--explain", metavar="ID", help="print one person's figure with reasons")
    allocate.add_argument("--json", action="store_true", help="print it in the JSON form")
    allocate.add_argument(
        "--out", metavar="FILE", type=Path, help="write the figures to a CSV or Parquet file"
    )
    allocate.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print or write everybody's figure, or explain one person's."""
    _look_at(arguments)
    scheme = load(arguments.scheme)
    if arguments.out is not None and ".parquet" in (arguments.answers.suffix, arguments.out.suffix):
        return _stream(scheme, arguments.answers, arguments.out)
    rows = read_rows(arguments.answers, scheme)
    if arguments.explain is not None:
        found = [row for row in rows if row.person == arguments.explain]
        if not found:
            raise Mistake(f"Nobody in {arguments.answers} has the id {arguments.explain!r}.")
        answers = answers_in(scheme, found[0])
        told = explain(scheme, answers)
        words = [in_words(scheme, told), *what_would_change(scheme, answers)]
        as_json = json.dumps(told.to_json(), ensure_ascii=False, indent=2)
        print(as_json if arguments.json else "\n".join(words))
        return 0
    if arguments.json:
        raise Mistake("--json goes with --explain ID: it prints one person's figure.")
    figures = [(row.person, explain(scheme, answers_in(scheme, row))) for row in rows]
    if arguments.out is None:
        write_explained(sys.stdout, scheme, figures)
    else:
        file = io.StringIO(newline="")
        write_explained(file, scheme, figures)
        write_all({arguments.out: file.getvalue().encode})
        print(f"Wrote {len(figures)} figures to {arguments.out}.")
    return 0


def _look_at(arguments: argparse.Namespace) -> None:
    """Refuse what can't be done before the work begins."""
    out: Path | None = arguments.out
    look_at([out], read=[arguments.scheme, arguments.answers])
    if out is not None and arguments.explain is not None:
        raise Mistake("--out goes without --explain ID: it writes everybody's figures.")
    if out is not None and not straight(out) and out.suffix not in (".csv", ".parquet"):
        raise Mistake(f"{out} is neither .csv nor .parquet. Name it so.")


def _stream(scheme: Scheme, answers: Path, out: Path) -> int:
    """Work out a large file batch by batch, for Parquet on either side."""
    try:
        count = evaluate_file(scheme, answers, out, threads=2, progress=sys.stderr.isatty())
    except (FileMistake, ImportError) as mistake:
        raise Mistake(str(mistake)) from None
    print(f"Wrote {count} figures to {out}.")
    return 0


def read_rows(path: Path, scheme: Scheme) -> list[Row]:
    """Read the rows of a CSV or Parquet file whose columns fit the scheme.

    Raises:
        Mistake: the file can't be read, lacks a column, has one twice, or has two of one id.
    """
    try:
        return read_text(path, lambda text: _rows(text, scheme))
    except CasesMistake as mistake:
        raise Mistake(str(mistake)) from None


def _rows(text: Text, scheme: Scheme) -> list[Row]:
    spare = _spare(text, scheme)
    columns = [
        (name, column.values, column.places.tolist()) for name, column in text.columns.items()
    ]
    rows = [
        Row(text.row(place), person, {name: values[at[place]] for name, values, at in columns})
        for place, person in enumerate(text.ids())
    ]
    if spare:
        print(f"No part is played by the columns: {', '.join(spare)}.", file=sys.stderr)
    return rows


def _spare(text: Text, scheme: Scheme) -> list[str]:
    """Return the columns that play no part; refuse a file that lacks some or records what it can't.

    Raises:
        CasesMistake: the header does not fit the scheme.
    """
    helped = [f"{question.code}.help" for question in scheme.questions if question.helpable]
    needed = ["id", *(question.code for question in scheme.questions)]
    for name in text.columns:
        if "." in name and name not in {*helped, *needed}:
            raise CasesMistake(
                f"{text.path}, column {name}: family help can't be recorded there. "
                f"Allowed: {', '.join(helped) or 'none in this scheme'}."
            )
    if lacking := [name for name in needed if name not in text.columns]:
        raise CasesMistake(
            f"{text.path} lacks the columns: {', '.join(lacking)}. Leave unknown cells blank."
        )
    return [name for name in text.columns if name not in {*needed, *helped, *CARER}]


def answers_in(scheme: Scheme, row: Row) -> Answers:
    """Return the answers of a row.

    Raises:
        Mistake: a cell holds what the scheme does not allow; names row, column, value.
    """
    values = {q.code: _answer(q, row) for q in scheme.questions}
    shares = {q.code: _share(q, row) for q in scheme.questions if q.helpable}
    willing, able = (_agreed(name, row) for name in CARER)
    return Answers(values, shares, willing, able)


def _refuse(row: Row, column: str, allowed: str) -> Mistake:
    value = row.cells[column]
    return Mistake(
        f"Row {row.number}, column {column}: {value!r} can't be used. Allowed: {allowed}."
    )


def _answer(question: Question, row: Row) -> Answer:
    try:
        return read_answer(question, row.cells[question.code])
    except AnswerMistake as mistake:
        words = "blank, n/a, " if question.may_not_apply else "blank, "
        raise _refuse(
            row, question.code, f"{mistake.allowed}, {words}declined or unknown"
        ) from None


def _share(question: Question, row: Row) -> Share:
    column = f"{question.code}.help"
    text = row.cells.get(column, "").removesuffix("%").strip()
    if not text:
        return 0
    allowed = "a whole number from 0 to 100, or blank"
    if not (text.isascii() and text.isdigit()):
        raise _refuse(row, column, allowed)
    try:
        return check_share(question, int(text))
    except AnswerMistake:
        raise _refuse(row, column, allowed) from None


def _agreed(column: str, row: Row) -> bool | None:
    text = row.cells.get(column, "").lower()
    if text not in SAID_WORDS:
        raise _refuse(row, column, "yes, no or blank (nobody has asked)")
    return AGREED[SAID_WORDS[text]]


def in_words(scheme: Scheme, told: Explanation) -> str:
    """Write one person's figure with all its reasons, as plain text."""
    rows = [scheme.title, "", told.sentence, *told.because[1:]]
    if told.missing:
        rows += ["", "What is missing:"]
        rows += [f"  {scheme.question(c).ask} ({w.name.lower()})" for c, w in told.missing]
    if told.lines:
        rows += ["", "What each answer adds:"]
        rows += [f"  {line.sentence}" for line in told.lines]
        rows += ["", "How it is worked out:"]
        rows += [f"  {step.sentence}" for step in told.steps]
    if told.total is not None:
        money = pounds(told.total, symbol=told.symbol)
        rows += ["", f"Total: {money} a {told.per}. Scheme {told.scheme} {told.version}."]
    return "\n".join([*rows, f"Scheme hash: {told.scheme_hash}"])


def what_would_change(scheme: Scheme, answers: Answers) -> list[str]:
    """Write what the answers beside the ones given would move, so that a wrong one is noticed."""
    asked = by_question(nearest(what_if(scheme, answers)))
    rows = [
        f"  {others[0].ask} “{others[0].now}”. "
        + " ".join(in_a_sentence(other, scheme.symbol, scheme.per) for other in others)
        for others in asked.values()
    ]
    return ["", "What would change it, if an answer is not right:", *rows] if rows else []
