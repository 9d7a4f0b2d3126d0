"""Tell in plain words what a place of a scheme is, and whether a change there moves a figure."""

from dataclasses import dataclass

from wherewithal.scheme.mistakes import Path
from wherewithal.scheme.scheme import Scheme
from wherewithal.scheme.steps import Choice, Limit, Step

GROUPS = (
    "Questions and answers",
    "Amounts",
    "Prices",
    "Bands and curves",
    "Limits",
    "Steps",
    "Rounding and money",
    "Lines",
    "Costed by hand",
    "Sources",
    "Order",
    "Words",
)
"""What a difference can be about, in the order it is told."""

WORDS = frozenset({"label", "ask", "hint", "says", "title", "intro", "because", "text", "reason"})
ABOUT = {
    "ask": "the question",
    "says": "the words that tell the answer",
    "because": "the reason",
    "helpable": "whether family can help",
    "may_not_apply": "whether it may not apply",
    "rising": "whether answers stand in order of need",
    "least": "the least",
    "most": "the most",
    "times": "the weight",
    "plus": "what is always added",
    "to": "what it is rounded to",
    "counted": "the share of family help that is counted",
    "at_least": "the number from which it holds",
    "total_above": "the total above which it holds",
    "of": "what it takes",
    "needs": "the outcome",
    "per": "the time a figure is for",
    "hourly": "an hour",
    "when": "the answers",
    "terms": "the parts",
}
"""How a name of ours is told."""
TABLES = {"bands": "row", "knots": "row", "still_funded": "row"}
QUIET = frozenset({"unit", "source", "section", "needs", "rising", "question"}) | WORDS
"""Names under which no change moves a figure; for a step, its question does."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a place is called, its group and unit, and whether a change there moves a figure."""

    group: str
    what: str
    figure: bool
    unit: str = ""
    symbol: str = ""
    source: str = ""


def tell_place(path: Path, scheme: Scheme) -> Place:
    """Return what a place of a scheme is."""
    match path:
        case ("questions", code, *rest):
            return _question(code, tuple(rest), scheme)
        case ("steps", code, *rest):
            return _step(code, tuple(rest), scheme)
        case ("prices", code, *rest):
            return _price(code, tuple(rest), scheme)
        case ("sources" | "sections" as kind, code, *rest):
            name = f"{'Source' if kind == 'sources' else 'Section'} {code}"
            return Place("Sources" if kind == "sources" else "Words", _of(name, rest), figure=False)
        case ("lines", code, *rest):
            labels = {line.code: line.label for line in scheme.lines}
            quiet = bool(rest) and rest[0] in QUIET
            what = _of(f"Line “{labels.get(code, code)}”", rest)
            return Place("Words" if rest[:1] == ["label"] else "Lines", what, not quiet)
        case ("by_hand", name, *rest):
            return _by_hand(name, tuple(rest), scheme)
        case _:
            return _whole(path)


def _of(name: str, rest: Path | list[str]) -> str:
    """Return the name of a part of something."""
    parts = [ABOUT.get(each, each.replace("_", " ")) for each in rest]
    return ", ".join([name, *parts])


def _whole(path: Path) -> Place:
    if path[0] in ("currency", "per", "rounding"):
        return Place("Rounding and money", _of("The scheme", path), figure=True)
    group = "Sources" if path[0] == "source" else "Words"
    return Place(group, _of("The scheme", path[:1]), figure=False)


def _question(code: str, rest: Path, scheme: Scheme) -> Place:
    question = next((each for each in scheme.questions if each.code == code), None)
    name = f"Question “{question.ask}”" if question else f"Question {code}"
    if rest[:1] == ("options",) and len(rest) > 1:
        labels = {each.code: each.label for each in question.options} if question else {}
        name = f"Answer “{labels.get(rest[1], rest[1])}” to “{question.ask if question else code}”"
        words = bool(rest[2:]) and rest[2] in WORDS
        return Place("Words" if words else GROUPS[0], _of(name, rest[2:]), not rest[2:])
    field = rest[0] if rest else ""
    group = "Words" if field in WORDS else GROUPS[0]
    return Place(group, _of(name, rest[:1]), field not in QUIET)


def _price(code: str, rest: Path, scheme: Scheme) -> Place:
    price = next((each for each in scheme.prices if each.code == code), None)
    name = f"Price “{price.label}”" if price else f"Price {code}"
    if rest[:1] == ("hourly",):
        source = _source(price.source if price else "", scheme)
        return Place("Prices", name, True, "an hour", scheme.symbol, source)
    if rest[:1] == ("source",):
        return Place("Sources", _of(name, rest), figure=False)
    return Place("Words" if rest else "Prices", _of(name, rest), not rest)


def _source(code: str, scheme: Scheme) -> str:
    return next((each.text for each in scheme.sources if each.code == code), code)


def _step(code: str, rest: Path, scheme: Scheme) -> Place:
    step = next((each for each in scheme.steps if each.code == code), None)
    name = f"Step {code}" if step is None or step.label == code else f"Step “{step.label}” ({code})"
    if step is None or not rest:
        return Place("Steps", _of(name, rest), figure=True)
    field = rest[0]
    if field in WORDS:
        return Place("Words", _of(name, rest), figure=False)
    if field in ("source", "unit"):
        return Place("Sources" if field == "source" else "Steps", _of(name, rest), figure=False)
    unit, symbol, source = _counted(step, scheme)
    if isinstance(step, Choice) and field == "amounts" and len(rest) > 1:
        return Place("Amounts", _answer(step, rest[1], scheme), True, unit, symbol, source)
    if field in TABLES:
        group, what = "Bands and curves", _of(name, (TABLES[field], *rest[1:]))
        return Place(group, what.replace("row, ", "row "), True, unit, symbol, source)
    if field in ("rounding", "to"):
        return Place("Rounding and money", _of(name, rest), figure=True)
    group = "Limits" if isinstance(step, Limit) and field in ("least", "most") else "Steps"
    if field in ("least", "most", "plus"):
        return Place(group, _of(name, rest), True, unit, symbol, source)
    return Place(group, _of(name, rest), True, source=source if field == "terms" else "")


def _counted(step: Step, scheme: Scheme) -> tuple[str, str, str]:
    """Return the unit of a step's own numbers, the sign of its money, and their source."""
    unit = str(getattr(step, "unit", ""))
    symbol = scheme.symbol if unit == "money" else ""
    return ("" if symbol else unit), symbol, _source(str(getattr(step, "source", "")), scheme)


def _answer(step: Choice, option: str, scheme: Scheme) -> str:
    question = next((each for each in scheme.questions if each.code == step.question), None)
    if question is None:
        return f"Answer {option} in step {step.code}"
    labels = {each.code: each.label for each in question.options}
    name = f"Answer “{labels.get(option, option)}” to “{question.ask}”"
    return name if step.label == question.ask else f"{name}, {step.label} ({step.code})"


def _by_hand(name: str, rest: Path, scheme: Scheme) -> Place:
    asked = {each.code: each.ask for each in scheme.questions}
    named = name.split(" and ")
    told = " and ".join(f"“{asked[each]}”" if each in asked else each for each in named)
    what = _of(f"The rule on {told}", rest)
    if rest[:1] in (("because",), ("source",)):
        return Place("Words" if rest[0] == "because" else "Sources", what, figure=False)
    symbol = scheme.symbol if rest[:1] == ("total_above",) else ""
    return Place("Costed by hand", what, True, symbol=symbol)
