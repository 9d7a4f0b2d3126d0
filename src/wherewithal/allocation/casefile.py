"""The text of a CSV or Parquet file by columns: each different text of a column kept once."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

Read = TypeVar("Read")


class CasesMistake(ValueError):
    """A file that can't be used; the message names what is wrong, where, and the mend."""


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """The different texts of a column, without blanks around them, and each row's place there."""

    values: tuple[str, ...]
    places: np.ndarray
    in_order: bool = False
    """Every row has a text of its own, and the texts stand as the rows do."""


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A file's columns by name. ``rows`` are the rows' numbers in the file, where they skip any."""

    path: Path
    columns: dict[str, TextColumn]
    first: int
    rows: Sequence[int] | None = None

    def row(self, place: int) -> int:
        """Return the number of a row as the reader of the file counts: a CSV's header is 1."""
        return self.first + place if self.rows is None else self.rows[place]

    def ids(self) -> tuple[str, ...]:
        """Return everybody's id.

        Raises:
            CasesMistake: one is blank, or two are the same.
        """
        column = self.columns["id"]
        if len(column.places) == len(column.values) and "" not in column.values:
            if column.in_order:
                return column.values
            return tuple(np.array(column.values, object)[column.places].tolist())
        seen: dict[str, int] = {}
        for place, code in enumerate(column.places.tolist()):
            where = f"{self.path}, row {self.row(place)}, column id"
            person = column.values[code]
            if not person:
                raise CasesMistake(f"{where}: it is blank. Give every row an id.")
            if person in seen:
                twice = f"{person!r} is also the id of row {self.row(seen[person])}"
                raise CasesMistake(f"{where}: {twice}. Give each row its own id.")
            seen[person] = place
        return tuple(seen)


def read_text(path: Path, use: Callable[[Text], Read]) -> Read:
    """Read a ``.csv`` or ``.parquet`` file and return what ``use`` makes of it.

    A CSV file is read by pyarrow where that is installed. Where anything is amiss it is read once
    more row by row, so that a mistake is named by its row whatever else the file holds.

    Raises:
        CasesMistake: it can't be read, or ``use`` can't use it.
    """
    try:
        if path.suffix.lower() == ".parquet":
            return use(_parquet(path))
        quick = _quick(path)
        if quick is not None:
            try:
                return use(quick)
            except CasesMistake:
                pass
        return use(_slow(path))
    except OSError as error:
        why = error.strerror or str(error)
        raise CasesMistake(f"{path} can't be read ({why}). Check the path.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise CasesMistake(
            f"{path} is not a CSV file in UTF-8 ({error}). Save it as CSV UTF-8."
        ) from None


def _quick(path: Path) -> Text | None:
    """Read a CSV file with pyarrow; nothing where that is not installed or does not like it."""
    try:
        import pyarrow as pa
        from pyarrow import csv as arrow
    except ImportError:
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    names = {name.strip() for name in header}
    if len(header) < 2 or "" in names or len(names) != len(header):
        return None
    kinds = dict.fromkeys(header, pa.dictionary(pa.int32(), pa.string()))
    kinds |= {name: pa.string() for name in header if name.strip() == "id"}
    try:
        table = arrow.read_csv(
            path,
            parse_options=arrow.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=arrow.ConvertOptions(column_types=kinds, strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    return Text(path, _from_arrow(table), 2)


def _parquet(path: Path) -> Text:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise CasesMistake(
            f"{path} is a Parquet file, and reading one needs pyarrow. Save it as CSV, or"
            ' install it with: pip install "wherewithal[analysis]"'
        ) from None
    try:
        with parquet.ParquetFile(path) as file:
            _check_names(path, [name.strip() for name in file.schema_arrow.names])
            texts = [f.name for f in file.schema_arrow if pa.types.is_string(f.type)]
        repeated = [name for name in texts if name.strip() != "id"]
        return Text(path, _from_arrow(parquet.read_table(path, read_dictionary=repeated)), 1)
    except pa.ArrowInvalid as error:
        raise CasesMistake(
            f"{path} is not a Parquet file ({error}). Save it again, or as CSV."
        ) from None


def _from_arrow(table: Any) -> dict[str, TextColumn]:
    names = [name.strip() for name in table.column_names]
    return {
        name: (_own_texts(table[place]) if name == "id" else None) or _arrow_column(table[place])
        for place, name in enumerate(names)
    }


def _own_texts(column: Any) -> TextColumn | None:
    """Return a column in which every row has a text of its own; nothing where two are alike."""
    texts = tuple([as_text(value) for value in column.to_pylist()])
    if len(set(texts)) != len(texts):
        return None
    return TextColumn(texts, np.arange(len(texts)), in_order=True)


def _arrow_column(column: Any) -> TextColumn:
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    whole = pa.chunked_array(column.chunks, column.type).unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), pa.array([], pa.string()))
    texts = [as_text(value) for value in whole.dictionary.to_pylist()]
    if not whole.null_count:
        return _merged(texts, _numbers(whole.indices))
    return _merged([*texts, ""], _numbers(whole.indices.fill_null(len(texts))))


def _numbers(indices: Any) -> np.ndarray:
    """Return whole numbers, none missing, straight from memory: pyarrow would load pandas first."""
    kind = np.dtype(str(indices.type))
    memory = indices.buffers()[1]
    if memory is None:
        return np.zeros(0, kind)
    return np.frombuffer(memory, kind, count=len(indices), offset=indices.offset * kind.itemsize)


def as_text(value: object) -> str:
    """Write a value as a CSV file would; a whole number that became a float is whole again."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:.15g}"
    return "" if value is None else str(value).strip()


def _merged(texts: Sequence[str], places: np.ndarray) -> TextColumn:
    """Make texts that differed only in the blanks around them one."""
    new: dict[str, int] = {}
    moved = [new.setdefault(text, len(new)) for text in texts]
    if len(new) == len(texts):
        return TextColumn(tuple(texts), places)
    return TextColumn(tuple(new), np.array(moved, np.int64)[places])


def _slow(path: Path) -> Text:
    """Read a CSV file row by row with Python's own reader."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = [name.strip() for name in next(reader, [])]
        _check_names(path, header)
        known: list[dict[str, int]] = [{} for _ in header]
        places: list[list[int]] = [[] for _ in header]
        rows: list[int] = []
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                wrong = f"{len(cells)} cells under {len(header)} columns"
                raise CasesMistake(f"{path}, row {number}: {wrong}. Give every column one cell.")
            rows.append(number)
            for texts, column, cell in zip(known, places, cells, strict=True):
                column.append(texts.setdefault(cell.strip(), len(texts)))
    for number, (name, texts) in enumerate(zip(header, known, strict=True), start=1):
        if not name and any(texts):
            mend = "Give it one, or delete the column."
            raise CasesMistake(f"{path}: column {number} has no name. {mend}")
    columns = {
        name: TextColumn(tuple(texts), np.array(column, np.int64))
        for name, texts, column in zip(header, known, places, strict=True)
        if name
    }
    return Text(path, columns, 2, rows)


def _check_names(path: Path, names: Sequence[str]) -> None:
    for name in names:
        if name and names.count(name) > 1:
            raise CasesMistake(f"{path}: two columns are called {name!r}. Keep one.")
    for mark, words in (("\t", "tabs"), (";", "semicolons")):
        if len(names) == 1 and mark in names[0]:
            raise CasesMistake(
                f"{path}: its columns are parted by {words}. Save it with commas between them."
            )
