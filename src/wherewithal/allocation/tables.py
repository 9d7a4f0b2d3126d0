"""Evaluate Arrow tables, data frames of any kind, and files larger than memory.

Anything with the Arrow PyCapsule interface (``__arrow_c_stream__``: pyarrow, pandas, polars,
DuckDB) can come in. A question's column holds option codes as text (``often``, ``a;b``, ``n/a``,
``declined``, ``unknown``, blank), dictionaries of these, or whole numbers as
:func:`wherewithal.allocation.columns_of` makes them; null is not answered. ``<question>.help`` is
in whole percent; ``carer_willing`` and ``carer_able`` are yes or no, true or false, or 1 or 0.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from wherewithal.allocation.answers import (
    SAID_WORDS,
    AnswerMistake,
    check_share,
    code_of,
    read_answer,
)
from wherewithal.allocation.evaluate import STATUSES, evaluate, figures_of
from wherewithal.allocation.evaluate.columns import CARER
from wherewithal.allocation.evaluate.tape import Column
from wherewithal.allocation.figures_csv import PoundsFile, missing_in
from wherewithal.allocation.whole_files import written_whole
from wherewithal.scheme import Question, Scheme

BATCH = 131_072
"""Rows of a file that are held at a time."""
Read = Callable[[str], int]
Write = Callable[[Mapping[str, Column], Any], None]
"""Writes a batch of figures, beside the columns of answers that they were worked out from."""


class FileMistake(ValueError):  # a mistake to mend, in the words of the house
    """A file that can't be read or used; says which, where, and what to do."""


def arrow() -> ModuleType:
    """Return pyarrow.

    Raises:
        ImportError: it is not installed; the message says how to.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        need = 'Tables and Parquet need pyarrow: pip install "wherewithal[analysis]"'
        raise ImportError(need) from error
    return pa  # type: ignore[no-any-return]  # pyarrow has no types of its own


def evaluate_table(
    scheme: Scheme, data: Any, *, figures: Sequence[str] | None = None, threads: int = 1
) -> Any:
    """Work out everybody's figure, and return a ``pyarrow.Table`` of pence in the same order.

    ``outcome`` says what each row has; totals and lines are null where there is no figure. A column
    ``id`` is kept.

    Raises:
        AnswerMistake: a column is missing or holds what the scheme does not allow; the row (from
            0), the column and the value are named.
        ImportError: pyarrow is not installed.
    """
    pa = arrow()
    table = pa.table(data)
    columns = columns_in(scheme, table)
    return pa.Table.from_batches([_figures(scheme, table, columns, figures, threads)])


def evaluate_file(
    scheme: Scheme, answers: Path, out: Path, *, threads: int = 1, progress: bool = False
) -> int:
    """Work out the figures of a ``.csv`` or ``.parquet`` file into another, batch by batch.

    Memory does not grow with the file. Parquet holds the columns of :func:`evaluate_table`, in
    pence; CSV has pounds, with what family help takes away and which answers are missing. Returns
    how many people were worked out.

    Raises:
        FileMistake: a file can't be read or written, or a cell holds what is not allowed; the file,
            row (as a spreadsheet counts, or from 1 in Parquet), column and value are named.
    """
    from tqdm import tqdm

    for path in (answers, out):
        if path.suffix not in (".csv", ".parquet"):
            raise FileMistake(f"{path} is neither .csv nor .parquet. Name it so.")
    if out.resolve() == answers.resolve():
        raise FileMistake(f"{out} is read, and would be overwritten. Write to another file.")
    done, first = 0, 2 if answers.suffix == ".csv" else 1
    with _reading(answers, out), written_whole(out) as part, ExitStack() as stack:
        batches, rows = _batches(scheme, answers)
        write = (_pence if out.suffix == ".parquet" else _pounds)(scheme, part, stack)
        bar = stack.enter_context(tqdm(total=rows, unit=" people", disable=not progress))
        for batch in batches:
            columns, found = _placed(scheme, batch, answers, first + done, threads)
            write(columns, found)
            done += batch.num_rows
            bar.update(batch.num_rows)
        if not done:
            raise FileMistake(f"{answers} holds nobody. Give it a row for each person.")
    return done


def _pence(scheme: Scheme, out: Path, stack: ExitStack) -> Write:
    """Write figures as they are to a Parquet file."""
    from pyarrow import parquet

    writers: list[Any] = []

    def write(columns: Mapping[str, Column], found: Any) -> None:
        if not writers:
            writers.append(stack.enter_context(parquet.ParquetWriter(out, found.schema)))
        writers[0].write(found)

    return write


def _pounds(scheme: Scheme, out: Path, stack: ExitStack) -> Write:
    """Write figures in pounds, and what is missing, to a CSV file."""
    file = PoundsFile(out, scheme)
    stack.callback(file.close)

    def write(columns: Mapping[str, Column], found: Any) -> None:
        file.write(found, missing_in(scheme, columns, found.num_rows))

    return write


@contextmanager
def _reading(answers: Path, out: Path) -> Iterator[None]:
    pa = arrow()
    try:
        yield
    except OSError as error:
        what = error.strerror or str(error)
        raise FileMistake(f"{answers} can't be read, or {out} written ({what}).") from None
    except pa.ArrowInvalid as error:
        raise FileMistake(f"{answers} can't be read: {error}") from None


def _placed(
    scheme: Scheme, batch: Any, path: Path, first: int, threads: int
) -> tuple[dict[str, Column], Any]:
    """Read and work out a batch, and say where in its file a mistake stands."""
    table = arrow().Table.from_batches([batch])
    try:
        columns = columns_in(scheme, table)
        found = _figures(scheme, table, columns, None, threads)
    except AnswerMistake as mistake:
        place = re.sub(r"^row (\d+)", lambda row: f"row {int(row[1]) + first}", mistake.place)
        raise FileMistake(str(AnswerMistake(f"{path}, {place}", mistake.value, mistake.allowed))) \
            from None  # fmt: skip
    return columns, found


def _batches(scheme: Scheme, path: Path) -> tuple[Iterator[Any], int | None]:
    """Return the batches of a file with only the columns that are needed, and its rows."""
    arrow()
    wanted = _names(scheme)
    if path.suffix == ".parquet":
        from pyarrow import parquet

        file = parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20)
        names = [name for name in file.schema_arrow.names if name in wanted]
        if "id" not in names:
            raise FileMistake(f"{path} lacks the column id. Give everybody an id.")
        return file.iter_batches(BATCH, columns=names), file.metadata.num_rows
    from pyarrow import csv

    reading = csv.ReadOptions(block_size=1 << 24)
    text = arrow().string()
    kinds = csv.ConvertOptions(column_types=dict.fromkeys(wanted, text), strings_can_be_null=False)
    return iter(csv.open_csv(path, read_options=reading, convert_options=kinds)), None


def _names(scheme: Scheme) -> list[str]:
    helped = [f"{question.code}.help" for question in scheme.questions if question.helpable]
    return ["id", *(question.code for question in scheme.questions), *helped, *CARER]


def _figures(
    scheme: Scheme,
    table: Any,
    columns: Mapping[str, Column],
    figures: Sequence[str] | None,
    threads: int,
) -> Any:
    pa = arrow()
    wanted = tuple(figures or figures_of(scheme))
    found = evaluate(
        scheme, columns, figures=tuple(dict.fromkeys(["status", *wanted])), threads=threads
    )
    status = found.pop("status")
    outcome = pa.DictionaryArray.from_arrays(pa.array(status), pa.array(STATUSES))
    named: dict[str, Any] = {}
    if "id" in table.column_names:
        named["id"] = table["id"].combine_chunks()
    named["outcome"] = outcome
    for name, column in found.items():
        blank = status == 1 if name.startswith("step.") else status != 0
        named[name] = pa.array(column, mask=blank if blank.any() else None)
    return pa.record_batch(list(named.values()), names=list(named))


def columns_in(scheme: Scheme, data: Any) -> dict[str, Column]:
    """Return the columns of a table as :func:`wherewithal.allocation.evaluate` takes them.

    Raises:
        AnswerMistake: a column is missing or holds what the scheme does not allow.
        ImportError: pyarrow is not installed.
    """
    table = arrow().table(data)
    for name in _names(scheme):
        if table.column_names.count(name) > 1:
            raise AnswerMistake(f"column {name}", "two of them", "one column of each name")
    columns: dict[str, Column] = {}
    for question in scheme.questions:
        if question.code in table.column_names:
            read = _reader(question)
            columns[question.code] = _whole(table[question.code], question.code, read, -1)
    for name in _names(scheme):
        if name.endswith(".help") and name in table.column_names:
            asked = scheme.question(name.removesuffix(".help"))
            columns[name] = _whole(table[name], name, partial(_share, asked), 0)
        elif name in CARER and name in table.column_names:
            columns[name] = _whole(table[name], name, partial(_said, name), -1)
    return columns


def _reader(question: Question) -> Read:
    return lambda text: int(code_of(question, read_answer(question, text)))


def _share(question: Question, text: str) -> int:
    digits = text.strip().removesuffix("%").strip()
    if digits and not (digits.isascii() and digits.isdigit()):
        raise AnswerMistake(question.code, text, "a whole number from 0 to 100, or blank")
    return int(check_share(question, int(digits or 0)))


def _said(name: str, text: str) -> int:
    if text.strip().lower() not in SAID_WORDS:
        raise AnswerMistake(name, text, "yes, no or blank (nobody has asked)")
    return SAID_WORDS[text.strip().lower()]


def _whole(column: Any, name: str, read: Read, blank: int) -> Column:
    """Return a column as whole numbers; each different text is read once."""
    pa = arrow()
    column = column.combine_chunks()
    kind = column.type
    if pa.types.is_integer(kind):
        signed = column.cast(pa.int64()) if column.null_count and blank < 0 else column
        return np.asarray(signed.fill_null(blank) if column.null_count else column)
    if pa.types.is_boolean(kind):
        return np.asarray(column.cast(pa.int8()).fill_null(blank))
    if pa.types.is_null(kind):
        return np.full(len(column), blank, np.int8)
    if not pa.types.is_dictionary(kind):
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            if not pa.types.is_string_view(kind):
                raise AnswerMistake(f"column {name}", str(kind), "text or whole numbers")
            column = column.cast(pa.string())
        column = column.dictionary_encode()
    return _decoded(column, name, read, blank)


def _decoded(column: Any, name: str, read: Read, blank: int) -> Column:
    texts = [text or "" for text in column.dictionary.to_pylist()]
    places = np.asarray(column.indices.fill_null(len(texts)))
    numbers = []
    for place, text in enumerate(texts):
        try:
            numbers.append(read(text))
        except AnswerMistake as mistake:
            rows = np.flatnonzero(places == place)
            if len(rows):
                where = f"row {int(rows[0])}, column {name}"
                raise AnswerMistake(where, text, mistake.allowed) from None
            numbers.append(blank)
    numbers.append(blank)
    small = max(numbers) < 128
    table = np.array(numbers, np.int8 if small else np.int64)
    found: Column = table[places]
    return found
