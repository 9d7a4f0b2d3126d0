"""Read the steps of a scheme's document, one kind at a time."""

from collections.abc import Callable, Mapping
from fractions import Fraction

import yaml

from wherewithal.scheme.document.conditions import read_conditions
from wherewithal.scheme.document.marked import Block
from wherewithal.scheme.steps import (
    KINDS,
    AfterHelp,
    Band,
    Bands,
    Choice,
    Cost,
    Count,
    Curve,
    Highest,
    Limit,
    Lowest,
    Pick,
    Product,
    Round,
    Square,
    Step,
    Sum,
    Term,
)

MADE = Fraction(0)
SCALING = ("scale", "scale-to-total", "coefficient", "supply", "fit-to-budget", "ration")


def read_step(code: str, block: Block) -> Step | None:
    """Read one step; ``None`` where its kind is unknown, which is noted."""
    kind = block.text("kind")
    make = READERS.get(kind)
    if make is None:
        if kind in SCALING:
            mend = (
                "One person's figure can't be scaled to fit a supply or a total. "
                "Totals belong to calibration and simulation. Take this step away."
            )
        else:
            mend = f"Write one of: {', '.join(sorted(READERS))}."
        if kind:
            block.add(("kind",), kind, mend)
        return None
    step = make(code, block.text("label", code), block)
    block.close()
    return step


def _choice(code: str, label: str, block: Block) -> Step:
    amounts = block.inside("amounts")
    read = {key: amounts.read_number(node, (key,)) for key, node in amounts.pairs}
    return Choice(
        code, label, block.text("question"), read, block.text("unit"), block.text("source")
    )


def _count(code: str, label: str, block: Block) -> Step:
    of = read_conditions(block.inside("of"))
    numbers = any(condition.at_least is not None for condition in of)
    source = block.text("source", None if numbers else "")
    return Count(code, label, of, block.text("unit"), source)


def _pick(code: str, label: str, block: Block) -> Step:
    inner = block.inside("of")
    of = {option: inner.text(option) for option, _ in inner.pairs}
    return Pick(code, label, block.text("question"), of)


def _sum(code: str, label: str, block: Block) -> Step:
    terms = _terms(block)
    plus = block.number("plus")
    weighted = plus is not None or any(term.times != 1 for term in terms)
    source = block.text("source", None if weighted else "")
    return Sum(code, label, terms, plus or Fraction(0), block.text("unit", ""), source)


def _terms(block: Block) -> tuple[Term, ...]:
    node = block.get("of")
    if isinstance(node, yaml.MappingNode):
        inner = block.inside("of")
        return tuple(Term(key, inner.read_number(node, (key,))) for key, node in inner.pairs)
    block.asked.pop()
    return tuple(Term(name) for name in block.names("of"))


def _square(code: str, label: str, block: Block) -> Step:
    return Square(code, label, block.text("of"), block.text("unit"))


def _product(code: str, label: str, block: Block) -> Step:
    return Product(code, label, block.names("of"), block.text("unit"))


def _highest(code: str, label: str, block: Block) -> Step:
    return Highest(code, label, block.names("of"))


def _lowest(code: str, label: str, block: Block) -> Step:
    return Lowest(code, label, block.names("of"))


def _after_help(code: str, label: str, block: Block) -> Step:
    counted = block.number("counted")
    share = Fraction(1) if counted is None else counted
    rows = _pairs(block, "still-funded", "a row", "[help in percent, share still funded]")
    source = block.text("source", None if rows or share != 1 else "")
    return AfterHelp(code, label, block.text("of"), block.text("question"), share, rows, source)


def _cost(code: str, label: str, block: Block) -> Step:
    return Cost(code, label, block.text("of"), block.text("price"))


def _limit(code: str, label: str, block: Block) -> Step:
    least, most = block.number("least"), block.number("most")
    reason, source = block.text("reason"), block.text("source")
    return Limit(code, label, block.text("of"), least, most, reason, source)


def _bands(code: str, label: str, block: Block) -> Step:
    bands = []
    for inner in block.listed("bands", f"step {code}, band"):
        bands.append(Band(inner.needed("from"), inner.number("below"), inner.needed("amount")))
        inner.close()
    if not bands:
        block.add((), "bands", "Write at least one band: {from: 0, below: 10, amount: 5}.")
        bands = [Band(MADE, None, MADE)]
    return Bands(
        code, label, block.text("of"), tuple(bands), block.text("unit"), block.text("source")
    )


def _curve(code: str, label: str, block: Block) -> Step:
    knots = _pairs(block, "knots", "a knot", "[value, amount]")
    of, unit, source = block.text("of"), block.text("unit"), block.text("source")
    return Curve(code, label, of, knots, unit, source)


def _pairs(block: Block, key: str, called: str, form: str) -> tuple[tuple[Fraction, Fraction], ...]:
    """Read a list of pairs of numbers."""
    pairs = []
    for number, node in enumerate(block.items(block.get(key), key), start=1):
        block.marks.lines[(*block.path, key, str(number))] = node.start_mark.line + 1
        pair = node.value if isinstance(node, yaml.SequenceNode) else []
        if len(pair) != 2:
            block.add((key, str(number)), called, f"Write {called} as {form}.")
            continue
        first, second = (block.read_number(each, (key, str(number))) for each in pair)
        pairs.append((first, second))
    return tuple(pairs)


def _round(code: str, label: str, block: Block) -> Step:
    return Round(code, label, block.text("of"), block.needed("to"), block.text("rounding"))


READERS: Mapping[str, Callable[[str, str, Block], Step]] = {
    "choice": _choice,
    "count": _count,
    "pick": _pick,
    "sum": _sum,
    "square": _square,
    "product": _product,
    "highest": _highest,
    "lowest": _lowest,
    "after-help": _after_help,
    "cost": _cost,
    "limit": _limit,
    "bands": _bands,
    "curve": _curve,
    "round": _round,
}
assert {*READERS, "number"} == {*KINDS}  # noqa: S101  # a kind nobody can write is a slip of ours
