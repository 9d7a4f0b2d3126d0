"""Names of columns that are safe in every dialect: told apart by more than capitals, and short."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from wherewithal.scheme import Scheme

LONGEST = 63
"""PostgreSQL cuts longer names off, and then two can be one."""
KEPT = 50

COUNTS = {"not_answered": -1, "not_applicable": -2, "declined": -3, "unknown": -4}
"""Columns that count the answers that are none, and how each is held."""
HEAD = ("id", "status", "total", "total_without_help", *COUNTS)


def safe_names(wanted: Iterable[str]) -> dict[str, str]:
    """Give each name the one it has in a query.

    Nearly always that is the name itself. One that is longer than 63 characters, or differs from
    another by capitals only, is cut to 50 and given the first 8 digits of its SHA-256.
    """
    names = tuple(wanted)
    alike = Counter(name.lower() for name in names)
    return {
        name: name if len(name) <= LONGEST and alike[name.lower()] == 1 else _marked(name)
        for name in names
    }


def _marked(name: str) -> str:
    return f"{name[:KEPT]}~{sha256(name.encode()).hexdigest()[:8]}"


def line_names(scheme: Scheme) -> list[str]:
    """Return the columns of a scheme's lines, as they would be called if all names were safe."""
    codes = [f"line.{line.code}" for line in scheme.lines]
    return [name for code in codes for name in (code, f"{code}.without_help")]


def output_names(scheme: Scheme) -> tuple[str, ...]:
    """Return the columns of a scheme's query, in order."""
    wanted = [*HEAD, *line_names(scheme)]
    return tuple(safe_names(wanted)[name] for name in wanted)
