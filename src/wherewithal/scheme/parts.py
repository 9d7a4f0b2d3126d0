"""The parts of a scheme that are not arithmetic: sources, sections, prices, questions, lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

OUTCOMES: Mapping[str, str] = {
    "A1": "eating and drinking well",
    "A2": "keeping clean",
    "A3": "managing toilet needs",
    "A4": "being suitably dressed",
    "A5": "using the home safely",
    "A6": "keeping the home fit to live in",
    "A7": "family and other personal relationships",
    "A8": "work, training, education and volunteering",
    "A9": "using local facilities and services",
    "A10": "caring for a child",
}
"""The ten outcomes of SI 2015/313 regulation 2, with labels of our own."""

SYMBOLS: Mapping[str, str] = {"GBP": "£", "USD": "$", "EUR": "€"}
PERIODS = ("week", "month", "year")
STATUSES = ("verified", "unverified")
ASKED = ("one", "several", "number")
"""How a question is answered: one option, all that apply of several, or a whole number."""
MOST_TICKED = 40
"""A column holds the ticked options of one answer as the bits of one whole number."""
NONE_TICKED = "none"
"""How the answer “none of these” is written where several options can be ticked."""
LATER: Mapping[str, bool] = {"later": True}
"""Marks a field that schemes could do without at first: it plays no part in a hash when unused."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where numbers come from, the date they hold from, and whether anybody has checked them."""

    code: str
    text: str
    date: date
    status: str
    reason: str = ""

    @property
    def verified(self) -> bool:
        """Say whether the numbers were checked against the source."""
        return self.status == "verified"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the questionnaire that a person recognises."""

    code: str
    title: str
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What an hour of one sort of support costs, in pounds."""

    code: str
    label: str
    hourly: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose; ``says`` completes the sentence “You told us …”."""

    code: str
    label: str
    hint: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked, in one of the ways :data:`ASKED`.

    ``rising``: options stand in order of need, the least need first; where several can be ticked,
    each tick is more need.
    """

    code: str
    section: str
    ask: str
    hint: str = ""
    needs: tuple[str, ...] = ()
    kind: str = "one"
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int = 0
    helpable: bool = False
    rising: bool = True
    may_not_apply: bool = False
    says: str = ""

    def option(self, code: str) -> Option:
        """Return the option with this code.

        Raises:
            KeyError: there is none.
        """
        for option in self.options:
            if option.code == code:
                return option
        raise KeyError(code)

    def allowed(self) -> str:
        """Write the answers that can be given, for a message."""
        if self.kind == "number":
            return f"a whole number from {self.least} to {self.most}"
        codes = [option.code for option in self.options]
        if self.kind == "several":
            return f"{NONE_TICKED}, or any of {', '.join(codes)} (write {';'.join(codes[:2])})"
        return ", ".join(codes)


@dataclass(frozen=True, slots=True)
class Line:
    """A step that is paid out, rounded to the penny here; the total is the sum of the lines."""

    code: str
    label: str
    of: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One question's answers: any of ``options``, or a number of at least ``at_least``.

    Where several options can be ticked, it is met when any of ``options`` is.
    """

    question: str
    options: tuple[str, ...] = ()
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class ByHand:
    """When a figure would be a guess: all conditions met, or more than ``total_above`` in all."""

    because: str
    when: tuple[Condition, ...] = ()
    total_above: Fraction | None = None
    source: str = ""
