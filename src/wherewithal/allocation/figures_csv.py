"""Figures as a CSV file, in pounds: the same file from explanations and from columns."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, TextIO

import numpy as np

from wherewithal.allocation.answers import Missing
from wherewithal.allocation.casefile import as_text
from wherewithal.allocation.evaluate.tape import Column
from wherewithal.allocation.explanation import Explanation
from wherewithal.scheme import Scheme

HEAD = ("id", "outcome", "total", "total_without_help", "help_taken_away", "missing")
PENCE_DIGITS = 19


def header(scheme: Scheme) -> list[str]:
    """Return the names of the columns: what is said of everybody, then each line."""
    return [*HEAD, *(line.code for line in scheme.lines)]


def write_explained(
    file: TextIO, scheme: Scheme, figures: Iterable[tuple[str, Explanation]]
) -> None:
    """Write one row a person, amounts in whole currency units with two decimals.

    Where there is no figure no line has an amount: a line of its own would be taken for one.
    """
    lines = [line.code for line in scheme.lines]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header(scheme))
    for person, told in figures:
        missing = _said(dict(told.missing))
        amounts = [told.total, told.total_without_help, told.help_taken_away]
        paid = {} if told.total is None else {line.code: line.pence for line in told.lines}
        cells = [*map(_amount, amounts), missing, *(_amount(paid.get(code)) for code in lines)]
        writer.writerow([person, told.outcome, *cells])


def _amount(pence: int | None) -> str:
    return "" if pence is None else f"{pence // 100}.{pence % 100:02d}"


def _said(missing: Mapping[str, Missing]) -> str:
    return " ".join(f"{code}:{why.name.lower()}" for code, why in missing.items())


def missing_in(scheme: Scheme, columns: Mapping[str, Column], count: int) -> list[str]:
    """Return, for each person, which answers are missing and why."""
    found: dict[int, dict[str, Missing]] = {}
    for question in scheme.questions:
        codes = columns[question.code]
        gaps = np.flatnonzero((codes < 0) & (codes != Missing.NOT_APPLICABLE))
        for row in gaps.tolist():
            found.setdefault(row, {})[question.code] = Missing(int(codes[row]))
    said = [""] * count
    for row, missing in found.items():
        said[row] = _said(missing)
    return said


class PoundsFile:
    """Writes batches of figures to a CSV file, just as :func:`write_explained` does."""

    def __init__(self, path: Path, scheme: Scheme) -> None:
        self._lines = [f"line.{line.code}" for line in scheme.lines]
        self._file: IO[bytes] = path.open("wb")
        self._file.write(_rows([header(scheme)]))

    def write(self, batch: Any, missing: Sequence[str]) -> None:
        """Write a record batch of pence, with what is missing for each of its people."""
        import pyarrow as pa
        from pyarrow import csv as arrow

        figures = {name: batch.column(name) for name in batch.schema.names}
        taken = pa.compute.subtract(figures["total_without_help"], figures["total"])
        amounts = [figures["total"], figures["total_without_help"], taken]
        people = pa.array([as_text(each) for each in figures["id"].to_pylist()])
        first = [people, figures["outcome"].cast(pa.string()), *map(_pounds, amounts)]
        columns = [*first, pa.array(missing), *(_pounds(figures[name]) for name in self._lines)]
        table = pa.record_batch(columns, [str(place) for place in range(len(columns))])
        plain = arrow.WriteOptions(include_header=False, quoting_style="none")
        part = io.BytesIO()
        try:
            arrow.write_csv(table, part, plain)
            self._file.write(part.getvalue())
        except pa.ArrowInvalid:  # somebody's id holds a comma or a quotation mark
            cells = [["" if c is None else str(c) for c in each.to_pylist()] for each in columns]
            self._file.write(_rows(zip(*cells, strict=True)))

    def close(self) -> None:
        """End the file."""
        self._file.close()


def _pounds(pence: Any) -> Any:
    """Return pence as decimals of pounds, without a division: the same digits, two of them after
    the point."""
    import pyarrow as pa

    whole = pence.cast(pa.decimal128(PENCE_DIGITS, 0))
    kind = pa.decimal128(PENCE_DIGITS, 2)
    return pa.Array.from_buffers(kind, len(whole), whole.buffers(), whole.null_count, whole.offset)


def _rows(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
