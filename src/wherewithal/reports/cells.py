"""How cells are written: in full in tables, briefly on charts, plainly in files."""

from dataclasses import replace
from fractions import Fraction
from math import isnan

from wherewithal.money import half_up, pounds
from wherewithal.reports.report import Cell, Column

TOO_FEW = "too few"
NOT_SHOWN = "not shown"
"""What stands in a cell that is hidden because it would give another one away."""
NO_NUMBER = "–"
MINUS = "−"
MILLION = 1_000_000


def in_full(cell: Cell, column: Column) -> str:
    """Write a cell for a reader."""
    if cell is None:
        return TOO_FEW
    if isinstance(cell, str):
        return cell
    if isnan(cell):
        return NO_NUMBER
    match column.kind:
        case "pence":
            text = _pounds(cell, column)
        case "percent":
            text = f"{cell:,.{column.digits or 0}f}%"
        case "number":
            text = f"{cell:,.{column.digits or 0}f}"
        case "text":
            return f"{cell:g}" if isinstance(cell, float) else str(cell)
    return _signed(text, plus=column.signed and cell > 0)


def _pounds(pence: float, column: Column) -> str:
    if column.digits == 0:
        whole = half_up(Fraction(round(pence), 100)) * 100
        return pounds(whole, symbol=column.symbol).removesuffix(".00")
    return pounds(round(pence), symbol=column.symbol)


def _signed(text: str, *, plus: bool) -> str:
    """Write a true minus; and no sign at all before nothing."""
    bare = text.lstrip("-" + MINUS)
    if not any(digit in "123456789" for digit in bare):
        return bare
    if bare != text:
        return MINUS + bare
    return f"+{bare}" if plus else bare


def in_brief(value: float, column: Column) -> str:
    """Write a number on a chart, where there is little room: ``£1.2m``, ``£12,300``, ``48%``."""
    if column.kind != "pence":
        return in_full(value, column)
    size = abs(value) / 100
    if size >= MILLION:
        text = f"{column.symbol}{size / MILLION:,.1f}m"
    elif size >= 10 or size == int(size):
        text = f"{column.symbol}{size:,.0f}"
    else:
        text = f"{column.symbol}{size:,.2f}"
    return _signed(f"-{text}" if value < 0 else text, plus=column.signed and value > 0)


def on_grid(value: float, column: Column) -> str:
    """Write a round number that a chart's grid stands at: no digits where there is none to say."""
    if column.kind != "pence" and value == int(value):
        column = replace(column, digits=0)
    return in_brief(value, column)


def plainly(cell: Cell, column: Column) -> str | int | float:
    """Return a cell for another program: pounds for pence, and words where there is no number."""
    if cell is None:
        return TOO_FEW
    if isinstance(cell, str):
        return cell
    if isnan(cell):
        return ""
    if column.kind == "pence":
        return round(cell) / 100
    return cell if isinstance(cell, float) else int(cell)


def heading(column: Column) -> str:
    """Write a column's name with its unit, for files in which cells carry none."""
    unit = {"pence": f" ({column.symbol})", "percent": " (%)"}.get(column.kind, "")
    return column.name + unit
