"""The result of explaining one person's figure: totals, lines, hours and the tree of steps."""

from fractions import Fraction
from typing import Any, Literal, NamedTuple

from wherewithal.allocation.answers import Missing, Share

Value = int | Fraction
Outcome = Literal["figure", "incomplete", "cost-it-bottom-up"]

new = tuple.__new__
"""Makes a named tuple without naming its fields, at half the time."""
FORMAT = 1
"""The version of the JSON form."""


class Step(NamedTuple):
    """One step of the sum; ``children`` are the codes of the steps it read, which stand before it.

    ``inputs`` pairs names with what went in; ``value_without_help`` differs only where family help
    was taken away.
    """

    code: str
    kind: str
    label: str
    inputs: tuple[tuple[str, str], ...]
    rule: str
    source: str
    value: Value
    value_without_help: Value
    unit: str
    sentence: str
    children: tuple[str, ...]


class AnswerLine(NamedTuple):
    """What one answer added, what family help took away, and what is left; pence add up exactly.

    ``price`` is empty where a line is paid at several prices or at none. Where hours can't be told
    exactly, as past a cap, the minutes are 0.
    """

    code: str
    question: str
    ask: str
    answer: str
    answer_label: str
    price: str
    minutes_without_help: Value
    pence_without_help: int
    help_share: Share
    minutes_taken_away: Value
    pence_taken_away: int
    minutes: Value
    pence: int
    sentence: str


class PriceHours(NamedTuple):
    """How much support of one price the figure stands for; the pence are those of its lines.

    A price has no row where a line rests on it whose hours can't be told exactly.
    """

    code: str
    label: str
    minutes: Value
    hourly: Fraction
    pence: int
    minutes_without_help: Value
    pence_without_help: int


class Explanation(NamedTuple):
    """One person's figure with all its reasons.

    ``total`` is ``None`` unless the outcome is ``figure``. With ``cost-it-bottom-up`` the lines are
    still there, as a start for costing by hand, and ``because`` says why no figure is given; with
    ``incomplete`` there are none, and ``missing`` lists what is needed.
    """

    scheme: str
    version: str
    scheme_hash: str
    symbol: str
    per: str
    outcome: Outcome
    total: int | None
    total_without_help: int | None
    missing: tuple[tuple[str, Missing], ...]
    because: tuple[str, ...]
    lines: tuple[AnswerLine, ...]
    hours: tuple[PriceHours, ...]
    steps: tuple[Step, ...]
    sentence: str

    @property
    def help_taken_away(self) -> int | None:
        """Return the pence that family help took away, ``None`` where there is no figure."""
        if self.total is None or self.total_without_help is None:
            return None
        return self.total_without_help - self.total

    def step(self, code: str) -> Step:
        """Return the step of this code.

        Raises:
            KeyError: there is none.
        """
        return {step.code: step for step in self.steps}[code]

    def to_json(self) -> dict[str, Any]:
        """Return the versioned JSON form: pence as numbers, other exact values as text."""
        return {
            "explanation": FORMAT,
            "scheme": self.scheme,
            "version": self.version,
            "scheme_hash": self.scheme_hash,
            "currency": self.symbol,
            "per": self.per,
            "outcome": self.outcome,
            "total": self.total,
            "total_without_help": self.total_without_help,
            "help_taken_away": self.help_taken_away,
            "missing": [{"question": code, "why": why.name.lower()} for code, why in self.missing],
            "because": list(self.because),
            "sentence": self.sentence,
            "lines": [_row(line) for line in self.lines],
            "hours": [_row(hours) for hours in self.hours],
            "steps": [_row(step) for step in self.steps],
        }


def _row(row: AnswerLine | PriceHours | Step) -> dict[str, Any]:
    return {name: _plain(name, value) for name, value in row._asdict().items()}


def _plain(name: str, value: object) -> object:
    if isinstance(value, tuple):
        return [list(each) if isinstance(each, tuple) else each for each in value]
    if isinstance(value, Fraction) or (isinstance(value, int) and not name.startswith("pence")):
        return str(value)
    return value
