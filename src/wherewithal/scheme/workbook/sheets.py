"""The sheets of a scheme's workbook: their columns, what may stand there, and what it means.

A column has the name that the document gives the same thing, with spaces for hyphens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wherewithal.money import ROUNDINGS
from wherewithal.scheme.parts import ASKED, PERIODS, STATUSES, SYMBOLS
from wherewithal.scheme.steps import KINDS

README = "Read me"
YES = ("yes",)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column. ``choices`` are the words that may stand in it; ``listed`` is where codes stand.

    ``input`` marks the numbers that a council sets. A workbook may lack a ``later`` column: it was
    saved before there was one.
    """

    name: str
    tells: str
    width: int = 16
    choices: tuple[str, ...] = ()
    listed: str = ""
    input: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a row without anything under ``key`` belongs to nothing."""

    name: str
    key: str
    tells: str
    headings: tuple[Heading, ...]
    spare: int = 50


CODE = Heading("code", "A short name of your own: letters, digits and hyphens.", 20)
SOURCE = Heading("source", "Where the number comes from: a code of the sheet Sources.", 16,
                 listed="Sources")  # fmt: skip
OF = "The step whose value is taken."

ABOUT: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "scheme": ("The code of the scheme. Keep it when you make a new version.", ()),
        "version": ("Raise this each time you change something.", ()),
        "title": ("What people call the scheme.", ()),
        "summary": ("In plain words, how the figure is worked out.", ()),
        "currency": ("The money it pays in.", tuple(sorted(SYMBOLS))),
        "per": ("The time that a figure is for.", PERIODS),
        "rounding": ("How each line is rounded to the penny.", tuple(sorted(ROUNDINGS))),
        "source": ("Where the scheme as a whole comes from: a code of the sheet Sources.", ()),
    }
)
"""The rows of the sheet About."""
MONEY = ("currency", "per", "rounding")

SHEETS = (
    Sheet("About", "what", "What the scheme is.", (
        Heading("what", "Leave this column as it is.", 14),
        Heading("value", "Write here.", 80),
        Heading("meaning", "What the row is for. Nothing reads it.", 60),
    ), 0),
    Sheet("Sources", "code", "Where the numbers come from. Every number names one of these.", (
        CODE,
        Heading("text", "What it is called, so that others can find it.", 60),
        Heading("date", "The day the numbers hold from, like 2026-04-06.", 13),
        Heading("status", "Has somebody compared the numbers with it?", 13, STATUSES),
        Heading("reason", "Why numbers are used that nobody has compared.", 60),
    )),
    Sheet("Sections", "code", "The parts of the questionnaire, in the order people meet them.", (
        CODE, Heading("title", "What people read above it.", 40),
        Heading("intro", "A sentence below the title.", 80),
    )),
    Sheet("Prices", "code", "What an hour of each sort of support costs.", (
        CODE, Heading("label", "What it is called.", 40),
        Heading("hourly", "Pounds (or your currency) an hour.", 12, input=True), SOURCE,
    )),
    Sheet("Questions", "code", "What is asked. The answers stand on the sheet Options.", (
        CODE, Heading("section", "A code of the sheet Sections.", 14, listed="Sections"),
        Heading("ask", "The question as people read it.", 36),
        Heading("hint", "A sentence below it that helps to answer.", 44),
        Heading("needs", "Outcomes of the Care Act it is about, like A2, A5.", 10),
        Heading("kind", "one answer, several that apply, or a number. Blank means one.", 10, ASKED),
        Heading("from", "For a number: the least.", 8),
        Heading("to", "For a number: the most.", 8),
        Heading("unit", "For a number: what is counted, like years.", 10),
        Heading("order", "none if no answer means more need than another.", 10, ("rising", "none")),
        Heading("family can help", "yes if we ask what family does of this.", 10, YES),
        Heading("may not apply", "yes if the question may not apply to somebody.", 10, YES),
        Heading("says", "For a number: ends the sentence “You told us …”.", 20),
        Heading("adds unit", "minutes a week (or a month, a year: the time that a figure is for), "
                "or points, where the sheet Options has them.", 16,
                (*(f"minutes a {per}" for per in PERIODS), "points")),
        Heading("adds price", "The price of those minutes.", 14, listed="Prices"),
        Heading("adds source", "Where those minutes or points come from.", 14, listed="Sources"),
    ), 100),
    Sheet("Options", "question", "The answers to choose from, and what each one adds. "
          "Least need first, unless the question says order none.", (
        Heading("question", "A code of the sheet Questions.", 20, listed="Questions"), CODE,
        Heading("label", "The answer as people read it.", 46),
        Heading("minutes", "Minutes that the answer adds at the price of the question.", 10,
                input=True),
        Heading("points", "Points that the answer adds. Steps say what points come to.", 10,
                input=True, later=True),
        Heading("hint", "A sentence below it.", 24),
        Heading("says", "Ends the sentence “You told us …”.", 46),
    ), 200),
    Sheet("Steps", "code", "How the answers become money, where minutes a week are not enough.", (
        CODE, Heading("kind", "What the step does.", 11, tuple(k for k in KINDS if k != "number")),
        Heading("label", "What it is called in the reasons.", 44),
        Heading("question", "The question it looks at.", 16, listed="Questions"),
        Heading("of", f"{OF} For a sum, product, highest or lowest: several, with commas.", 26),
        Heading("price", "For a cost: the price of the minutes.", 14, listed="Prices"),
        Heading("plus", "For a sum: a number that is always added.", 11, input=True),
        Heading("counted", "For after-help: how much of the family's share is taken away, 0 to 1.",
                10, input=True),
        Heading("least", "For a limit: not under this.", 10, input=True),
        Heading("most", "For a limit: not over this.", 10, input=True),
        Heading("to", "For a round: to a multiple of this, like 0.01.", 10, input=True),
        Heading("rounding", "For a round: which way.", 11, tuple(sorted(ROUNDINGS))),
        Heading("reason", "For a limit: why.", 40),
        Heading("unit", "What the number counts, like points.", 16), SOURCE,
    ), 100),
    Sheet("Parts", "step", "What some steps are made of, one row for each part: the weights of a "
          "sum, the steps a pick chooses from, the answers that are counted.", (
        Heading("step", "A code of the sheet Steps.", 22, listed="Steps"),
        Heading("part", "Sum: the step. Pick: the answer. Count: the question.", 22),
        Heading("value", "Sum: its weight. Pick: the step. Count: the answers, or at least 85.", 22,
                input=True),
    ), 100),
    Sheet("Bands & curves", "step", "Tables that a step looks up, from the lowest row up.", (
        Heading("step", "A code of the sheet Steps.", 22, listed="Steps"),
        Heading("from", "Bands: from here on. Curve: at this value. After-help: from this "
                "percentage of family help on.", 12, input=True),
        Heading("below", "Bands only: up to here, not included. Blank means no end.", 12,
                input=True),
        Heading("amount", "The amount. After-help: the share still to be funded, 0 to 1.", 12,
                input=True),
    ), 100),
    Sheet("Lines", "code", "What is paid, besides the questions that add minutes a week.", (
        CODE, Heading("label", "What the line is called.", 44),
        Heading("of", "The step that is paid.", 20, listed="Steps"),
        Heading("question", "The question it stands beside.", 20, listed="Questions"),
    )),
    Sheet("Costed by hand", "rule", "When a person works the cost out, because a figure would be a "
          "guess. Rows with one number are one rule: all of it must hold.", (
        Heading("rule", "1, 2, 3 and so on.", 7),
        Heading("because", "The reason, as people read it. On the first row of the rule.", 70),
        Heading("question", "The question that is looked at.", 18, listed="Questions"),
        Heading("answers", "Any of these answers, with commas.", 26),
        Heading("at least", "For a number: this much or more.", 10, input=True),
        Heading("total above", "Or: the total is above this.", 12, input=True), SOURCE,
    )),
    Sheet("Notes", "note", "Comments from the scheme's file. They change nothing.", (
        Heading("place", "What the note is about, from the outside in.", 50),
        Heading("where", "above it or beside it.", 10, ("above", "beside")),
        Heading("note", "What it says.", 100),
    )),
)  # fmt: skip
"""Every sheet that is read, in the order they stand in the workbook."""

BY_NAME: Mapping[str, Sheet] = MappingProxyType({sheet.name: sheet for sheet in SHEETS})
LISTED_STEPS = ("sum", "product", "highest", "lowest")
"""Kinds whose ``of`` names several steps."""
TABLES: Mapping[str, str] = MappingProxyType(
    {"bands": "bands", "curve": "knots", "after-help": "still-funded"}
)
"""Where a kind keeps the table that stands on the sheet Bands & curves."""
EMPTY = '""'
"""How a text that is there but says nothing is written."""
BETWEEN = " > "
"""What stands between the names of a place on the sheet Notes."""


def amount_headings(count: int) -> tuple[Heading, ...]:
    """Return the pairs of columns for further amounts of an option: which step, and how much."""
    pairs = []
    for number in range(1, count + 1):
        pairs += [
            Heading(f"step {number}", "A choice step that looks at this question.", 20,
                    listed="Steps"),
            Heading(f"amount {number}", "What this answer gives in that step.", 12, input=True),
        ]  # fmt: skip
    return tuple(pairs)
