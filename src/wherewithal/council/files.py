"""The made-up council as files: one CSV a table and ``council.json``, the same to the byte."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.council import Council
from wherewithal.council.people import Table


def write(council: Council, folder: Path) -> list[Path]:
    """Write every table into ``folder``, made if it is not there; return the paths written.

    UTF-8, lines ended by a line feed, dates as ISO 8601, money in pence, ``true`` and ``false``,
    and nothing at all for what is not known.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [write_table(folder, name, table) for name, table in council.tables.items()]
    return [*written, write_manifest(folder, council)]


def write_table(folder: Path, name: str, table: Table) -> Path:
    """Write one table as ``name.csv``."""
    path = folder / f"{name}.csv"
    path.write_bytes(csv_bytes(table))
    return path


def write_manifest(folder: Path, council: Council) -> Path:
    """Write ``council.json``: the seed, the day, the injustices and the number of rows."""
    path = folder / "council.json"
    text = json.dumps(council.manifest(), indent=2, ensure_ascii=False) + "\n"
    path.write_bytes(text.encode())
    return path


def csv_bytes(table: Table) -> bytes:
    """Return a table as the bytes of a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*(_cells(column) for column in table.values()), strict=True))
    return text.getvalue().encode()


def _cells(column: NDArray[Any]) -> list[Any]:
    if column.dtype == np.bool_:
        return list(np.where(column, "true", "false"))
    if np.issubdtype(column.dtype, np.datetime64):
        return list(np.where(np.isnat(column), "", np.datetime_as_string(column, unit="D")))
    if np.issubdtype(column.dtype, np.floating):
        return [f"{number:.4f}" for number in column]
    return list(column.tolist())
