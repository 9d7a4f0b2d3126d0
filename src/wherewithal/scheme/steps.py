"""The kinds of step a scheme is built from.

A step turns answers, or the values of earlier steps, into one number. There are few kinds and they
compose. There is no kind that looks at anything but this person's answers: a supply coefficient,
or a factor that fits people's figures to a total, cannot be written.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from wherewithal.scheme.parts import LATER, Condition


@dataclass(frozen=True, slots=True)
class Choice:
    """An amount for each option of a question (points, minutes, the factor of a group).

    Where several options can be ticked, the amounts of the ticked ones are added.
    """

    code: str
    label: str
    question: str
    amounts: Mapping[str, Fraction]
    unit: str
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "amounts", MappingProxyType(dict(self.amounts)))


@dataclass(frozen=True, slots=True)
class Number:
    """The number given as the answer to a question; its code is the question's own."""

    code: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the named answers were given; each tick of a several question is one.

    ``source`` says where a number in ``of`` (an ``at_least``) comes from.
    """

    code: str
    label: str
    of: tuple[Condition, ...]
    unit: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """The value of the step named for the answer: one rule for each reference group."""

    code: str
    label: str
    question: str
    of: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "of", MappingProxyType(dict(self.of)))


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a sum: the value of a step, times a weight."""

    of: str
    times: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Sum:
    """A constant plus weighted terms."""

    code: str
    label: str
    terms: tuple[Term, ...]
    plus: Fraction
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Square:
    """The value of a step times itself."""

    code: str
    label: str
    of: str
    unit: str


@dataclass(frozen=True, slots=True)
class Product:
    """Two or more steps multiplied: how one answer changes what another one adds."""

    code: str
    label: str
    of: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Highest:
    """The largest value of two or more steps of one unit."""

    code: str
    label: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lowest:
    """The smallest value of two or more steps of one unit."""

    code: str
    label: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AfterHelp:
    """What is still to be funded of a step once family has met its share of a question's need.

    ``counted`` is how much of the family's share is taken away, from 0 (none) to 1 (all of it).
    ``still_funded`` may say it as a table instead: from a percentage of help on, the share of the
    need (0 to 1) that is still to be funded; its first row is ``(0, 1)``.
    """

    code: str
    label: str
    of: str
    question: str
    counted: Fraction = Fraction(1)
    still_funded: tuple[tuple[Fraction, Fraction], ...] = field(default=(), metadata=LATER)
    source: str = field(default="", metadata=LATER)

    def kept(self, percent: int | Fraction) -> Fraction:
        """Return the share still to be funded where family meets this percentage of the need."""
        if self.still_funded:
            place = bisect_right([start for start, _ in self.still_funded], percent) - 1
            return self.still_funded[place][1]
        return 1 - self.counted * percent / 100


@dataclass(frozen=True, slots=True)
class Cost:
    """Minutes of support times the hourly rate of a price, in pounds."""

    code: str
    label: str
    of: str
    price: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A value kept from going under ``least`` or over ``most``, for a stated reason."""

    code: str
    label: str
    of: str
    least: Fraction | None
    most: Fraction | None
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Band:
    """From ``start`` up to but not including ``below`` (no end where ``None``): one amount."""

    start: Fraction
    below: Fraction | None
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Bands:
    """An amount for the band that a value falls in."""

    code: str
    label: str
    of: str
    bands: tuple[Band, ...]
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight lines between knots ``(value, amount)``."""

    code: str
    label: str
    of: str
    knots: tuple[tuple[Fraction, Fraction], ...]
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Round:
    """A value rounded to a multiple of ``to`` by a named rounding."""

    code: str
    label: str
    of: str
    to: Fraction
    rounding: str


Step = (
    Choice
    | Number
    | Count
    | Pick
    | Sum
    | Square
    | Product
    | Highest
    | Lowest
    | AfterHelp
    | Cost
    | Limit
    | Bands
    | Curve
    | Round
)

KINDS: Mapping[str, type[Step]] = MappingProxyType(
    {
        "choice": Choice,
        "number": Number,
        "count": Count,
        "pick": Pick,
        "sum": Sum,
        "square": Square,
        "product": Product,
        "highest": Highest,
        "lowest": Lowest,
        "after-help": AfterHelp,
        "cost": Cost,
        "limit": Limit,
        "bands": Bands,
        "curve": Curve,
        "round": Round,
    }
)
"""Every kind of step by the name it has in a document."""

NAMES: Mapping[type[Step], str] = MappingProxyType({kind: name for name, kind in KINDS.items()})


def inputs(step: Step) -> tuple[str, ...]:
    """Return the codes of the steps this one reads, in order."""
    match step:
        case Choice() | Number() | Count():
            return ()
        case Pick():
            return tuple(dict.fromkeys(step.of.values()))
        case Sum():
            return tuple(term.of for term in step.terms)
        case Product() | Highest() | Lowest():
            return step.of
        case _:
            return (step.of,)


def asks(step: Step) -> tuple[str, ...]:
    """Return the codes of the questions whose answers (not their family help) this step reads."""
    match step:
        case Choice() | Pick():
            return (step.question,)
        case Number():
            return (step.code,)
        case Count():
            return tuple(condition.question for condition in step.of)
        case _:
            return ()
