"""The few things that DuckDB, PostgreSQL and Spark do not write, or do not mean, alike.

Whole numbers are divided towards zero by all three, arrays are counted from 1 by two and from 0 by
one, and a plan that is rewritten on the way can turn the one into the other without a word. So each
of these is written out for each dialect here, and held to the same numbers by tests.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from sqlglot import exp

Dialect = Literal["duckdb", "postgres", "spark"]
Expression: TypeAlias = "exp.Expr"
FEW = 8
"""With more bands or pieces than this, PostgreSQL looks a value up in an array."""


def column(name: str) -> exp.Column:
    """Name a column, quoted."""
    return exp.column(exp.to_identifier(name, quoted=True))


def whole(value: int) -> Expression:
    """Write a whole number."""
    return exp.Neg(this=exp.Literal.number(-value)) if value < 0 else exp.Literal.number(value)


def words(value: str) -> Expression:
    """Write a text."""
    return exp.Literal.string(value)


def call(name: str, *arguments: Expression) -> Expression:
    """Call a function by exactly this name, with exactly these arguments."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def held_as(value: Expression, kind: str) -> Expression:
    """Hold a value as another type."""
    return exp.Cast(this=value, to=exp.DataType.build(kind))


def wrap(value: Expression) -> Expression:
    """Put what is more than one thing into brackets."""
    return exp.Paren(this=value) if isinstance(value, exp.Binary | exp.Neg) else value


def times(value: Expression, factor: int) -> Expression:
    """Multiply by a whole number."""
    return value if factor == 1 else exp.Mul(this=wrap(value), expression=wrap(whole(factor)))


def added(terms: Iterable[Expression]) -> Expression:
    """Add terms up, from the left."""
    first, *more = [each if isinstance(each, exp.Mul) else wrap(each) for each in terms]
    total: Expression = first
    for term in more:
        total = exp.Add(this=total, expression=term)
    return total


def plus(value: Expression, more: int) -> Expression:
    """Add a whole number."""
    if more < 0:
        return exp.Sub(this=value, expression=whole(-more))
    return value if more == 0 else added([value, whole(more)])


def when(
    *branches: tuple[Expression, Expression], otherwise: "Expression | None" = None
) -> exp.Case:
    """Take the value of the first condition that holds; NULL where none does."""
    case = exp.Case()
    for condition, value in branches:
        case = case.when(condition, value, copy=False)
    return case if otherwise is None else case.else_(otherwise, copy=False)


def by_value(value: Expression, results: Iterable[tuple[Expression, Expression]]) -> exp.Case:
    """Take the result beside what the value is; NULL where it is none of them."""
    case = exp.Case(this=value)
    for each, result in results:
        case = case.when(each, result, copy=False)
    return case


def compared(kind: type[exp.Binary], value: Expression, other: "Expression | int") -> Expression:
    """Compare a value, as in ``compared(exp.GTE, age, 85)``."""
    other = whole(other) if isinstance(other, int) else other
    return kind(this=wrap(value), expression=wrap(other))


def between(value: Expression, least: int, most: int) -> Expression:
    """Say whether a value lies from ``least`` to ``most``, both included."""
    return exp.Between(this=wrap(value), low=whole(least), high=whole(most))


def one_of(value: Expression, numbers: Iterable[int]) -> Expression:
    """Say whether a value is one of some whole numbers."""
    return exp.In(this=wrap(value), expressions=[whole(each) for each in numbers])


def towards_zero(dialect: Dialect, value: Expression, divisor: int) -> Expression:
    """Divide a whole number by a positive one, cutting off what is over, on either side of 0."""
    if dialect == "postgres":
        return exp.Div(this=wrap(value), expression=whole(divisor), typed=True, safe=False)
    return exp.IntDiv(this=wrap(value), expression=whole(divisor))


def floored(dialect: Dialect, value: Expression, divisor: int, *, negative: bool) -> Expression:
    """Divide by a positive whole number and round down; ``negative``: the value can be below 0."""
    if divisor == 1:
        return value
    cut = towards_zero(dialect, value, divisor)
    if not negative:
        return cut
    over = exp.Mod(this=wrap(value.copy()), expression=whole(divisor))
    below = when((compared(exp.LT, over, 0), whole(1)), otherwise=whole(0))
    return exp.Sub(this=cut, expression=below)


def divided(
    dialect: Dialect, value: Expression, divisor: int, rounding: str, *, negative: bool
) -> Expression:
    """Divide by a positive whole number and round by name, as :mod:`wherewithal.money` does."""
    if divisor == 1:
        return value
    match rounding:
        case "down":
            return floored(dialect, value, divisor, negative=negative)
        case "up":
            return floored(dialect, plus(value, divisor - 1), divisor, negative=negative)
        case "half-up" | "half-even":
            doubled = plus(times(value, 2), divisor)
            near = floored(dialect, doubled, 2 * divisor, negative=negative)
            return near if rounding == "half-up" else _even(near, doubled, divisor)
        case _:
            raise ValueError(f"There is no rounding called {rounding!r}.")


def _even(near: Expression, doubled: Expression, divisor: int) -> Expression:
    """Take one off where the value lay in the middle and was rounded up to an odd number."""
    over = exp.Mod(this=wrap(doubled.copy()), expression=whole(2 * divisor))
    odd = exp.Mod(this=wrap(near.copy()), expression=whole(2))
    tie = exp.and_(compared(exp.EQ, over, 0), compared(exp.NEQ, odd, 0))
    return exp.Sub(this=wrap(near), expression=when((tie, whole(1)), otherwise=whole(0)))


def at(
    dialect: Dialect, amounts: Sequence[int], place: Expression, *, early: int = 0
) -> Expression:
    """Take an amount from a list by its place, counted from 0; NULL where there is none.

    ``early``: so many amounts stand before the one that is counted as 0.
    """
    numbers = [whole(each) for each in amounts]
    if dialect == "spark":  # counts from 0
        found = call("GET", call("ARRAY", *numbers), held_as(plus(place, early), "INT"))
    elif dialect == "duckdb":  # counts from 1
        found = call("LIST_EXTRACT", exp.Array(expressions=numbers), plus(place, early + 1))
    else:  # counts from 1
        array = held_as(exp.Array(expressions=numbers), "BIGINT[]")
        found = exp.Bracket(
            this=exp.Paren(this=array),
            expressions=[held_as(plus(place, early + 1), "INT")],
            offset=1,
        )
    return held_as(found, "BIGINT")


def place_of(dialect: Dialect, allowed: Sequence[str], said: Expression) -> Expression:
    """Return the place of a text in a list, counted from 0; NULL where it is not in it."""
    texts = [words(each) for each in allowed]
    if dialect == "spark":
        found = call("ARRAY_POSITION", call("ARRAY", *texts), said)
    elif dialect == "duckdb":
        found = call("LIST_POSITION", exp.Array(expressions=texts), said)
    else:
        array = held_as(exp.Array(expressions=texts), "TEXT[]")
        return plus(call("ARRAY_POSITION", array, said), -1)
    return plus(call("NULLIF", found, whole(0)), -1)


def reached(dialect: Dialect, starts: Sequence[int], value: Expression) -> Expression:
    """Return the place, from 0, of the last start that a value has reached; 0 where of none."""
    if dialect == "postgres" and len(starts) > FEW:
        bounds = held_as(exp.Array(expressions=[whole(each) for each in starts[1:]]), "BIGINT[]")
        return call("WIDTH_BUCKET", value, bounds)
    if len(starts) == 1:
        return whole(0)
    branches = [
        (compared(exp.LT, value.copy(), start), whole(place))
        for place, start in enumerate(starts[1:])
    ]
    return when(*branches, otherwise=whole(len(starts) - 1))


def clipped(value: Expression, least: int | None, most: int | None) -> Expression:
    """Keep a value from ``least`` to ``most``."""
    if least is not None:
        value = call("GREATEST", value, whole(least))
    return value if most is None else call("LEAST", value, whole(most))


def how_many(dialect: Dialect, values: Sequence[Expression], wanted: int) -> Expression:
    """Count how many of the values are this one; no value may be NULL."""
    if dialect == "duckdb":
        return added(held_as(compared(exp.EQ, each, wanted), "INT") for each in values)
    if dialect == "postgres":
        found = call("ARRAY_POSITIONS", exp.Array(expressions=list(values)), whole(wanted))
        return call("CARDINALITY", found)
    rest = call("ARRAY_REMOVE", call("ARRAY", *values), whole(wanted))
    return exp.Sub(this=whole(len(values)), expression=call("SIZE", rest))


def bits(dialect: Dialect, mask: Expression) -> Expression:
    """Count the bits of a whole number that are set."""
    if dialect == "postgres":
        mask = held_as(mask, "BIT(64)")
    return call("BIT_COUNT", mask)


def has_bits(value: Expression, mask: int) -> Expression:
    """Say whether a whole number has any bit of a mask set."""
    both = exp.BitwiseAnd(this=wrap(value), expression=whole(mask))
    return compared(exp.NEQ, both, 0)


def holds_text(dialect: Dialect, text: Expression, part: str) -> Expression:
    """Say whether a text holds another."""
    name = "STRPOS" if dialect == "postgres" else "INSTR"
    return compared(exp.GT, call(name, text, words(part)), 0)


def all_digits(dialect: Dialect, text: Expression) -> Expression:
    """Say whether a text is a whole number that can be held: 1 to 18 digits and nothing else."""
    if dialect == "duckdb":
        return call("REGEXP_FULL_MATCH", text, words("[0-9]{1,18}"))
    digits = words("0123456789")
    rest = call("LTRIM", *((digits, text) if dialect == "spark" else (text, digits)))
    length = between(call("LENGTH", text.copy()), 1, 18)
    return exp.and_(length, compared(exp.EQ, rest, words("")))


def without_ending(dialect: Dialect, text: Expression, ending: str) -> Expression:
    """Take characters away from the end of a text."""
    character = words(ending)
    return call("RTRIM", *((character, text) if dialect == "spark" else (text, character)))
