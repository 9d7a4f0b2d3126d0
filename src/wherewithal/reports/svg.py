"""Pictures as SVG text. Widths are shares of the page, so that words never shrink with it."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

LETTERS_A_LINE = 38
LINE_HEIGHT = 20


def tag(name: str, inside: str = "", **attributes: object) -> str:
    """Return an element; ``inside`` is SVG already, attributes are escaped, ``_`` becomes ``-``."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def words(text: str, x: float, y: float, *, dx: float = 0, look: str = "", end: str = "") -> str:
    """Return text at a share of the width and a height in pixels; ``end`` is its anchor."""
    attributes: dict[str, object] = {"x": f"{x:g}%", "y": f"{y:g}"}
    if dx:
        attributes["dx"] = f"{dx:g}"
    if look:
        attributes["class"] = look
    if end:
        attributes["text_anchor"] = end
    return tag("text", escape(text), **attributes)


def label_lines(text: str) -> list[str]:
    """Break a label into lines that fit on a telephone."""
    return wrap(text, LETTERS_A_LINE) or [""]


def label(lines: Sequence[str], y: float) -> str:
    """Return the lines of a label, the first with its baseline at ``y``."""
    return "".join(
        words(line, 0, y + place * LINE_HEIGHT, look="label") for place, line in enumerate(lines)
    )


def upright(x: float, top: float, bottom: float, look: str) -> str:
    """Return an upright line at a share of the width."""
    return tag("line", x1=f"{x:g}%", x2=f"{x:g}%", y1=f"{top:g}", y2=f"{bottom:g}", class_=look)


def level(left: float, right: float, y: float, look: str) -> str:
    """Return a level line between two shares of the width."""
    return tag("line", x1=f"{left:g}%", x2=f"{right:g}%", y1=f"{y:g}", y2=f"{y:g}", class_=look)


def under(x: float, y: float, text: str) -> str:
    """Return a word about a place, kept within the picture at either side."""
    room = 2 + 0.9 * len(text)
    end = "start" if x < room else "end" if x > 100 - room else "middle"
    return words(text, x, y, look="tick", end=end)
