"""Markdown as the reference writes it: tables, fenced text, sentences."""

from collections.abc import Iterable, Sequence
from fractions import Fraction


def table(
    head: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()
) -> str:
    """Write a table; ``right`` are the columns, from 0, that are right-aligned."""
    rules = ["---:" if number in right else "---" for number in range(len(head))]
    lines = [head, rules, *([cell(each) for each in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: object) -> str:
    """Write one cell: on one line, with nothing in it that could end the cell."""
    if value is True or value is False:
        return "yes" if value else "**no**"
    return " ".join(str(value).split()).replace("|", "\\|")


def fenced(text: str, language: str = "") -> str:
    """Write text as it stands."""
    return f"```{language}\n{text.strip()}\n```"


def number(value: object) -> str:
    """Write an exact number with the digits it needs."""
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return f"{value.numerator:,}"
        text = f"{float(value):.6f}".rstrip("0")
        return text if Fraction(text) == value else str(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def page(title: str, *blocks: str) -> str:
    """Write a whole page, with the line that says it was generated."""
    note = "<!-- Written by `make docs` from the code. Change the code, then run `make docs`. -->"
    return "\n\n".join([f"# {title}", note, *(block for block in blocks if block)]) + "\n"


def plain(name: str) -> str:
    """Turn a name in code into words: ``one_open_assessment_each``."""
    return name.replace("_", " ").replace("-", " ")
