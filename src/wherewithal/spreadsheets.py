"""What a spreadsheet would make of the text in a file."""

import re

_RUNS_AS_FORMULA = re.compile(r"^\s*[=+\-@\t\r\n]")


def safe_cell(text: str) -> str:
    """Return text that no spreadsheet will run: an apostrophe goes before ``= + - @`` and tabs."""
    return f"'{text}" if _RUNS_AS_FORMULA.match(text) else text
