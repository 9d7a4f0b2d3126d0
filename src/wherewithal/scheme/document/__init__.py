"""Read a scheme from its YAML document, naming every mistake with its line and how to mend it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import yaml
from yaml.reader import ReaderError

from wherewithal.scheme.checks import UNREAD
from wherewithal.scheme.document.conditions import read_conditions
from wherewithal.scheme.document.marked import Block, Marks, compose
from wherewithal.scheme.document.read_steps import MADE, read_step
from wherewithal.scheme.mistakes import Mistake, SchemeMistakes
from wherewithal.scheme.parts import (
    ASKED,
    PERIODS,
    ByHand,
    Line,
    Option,
    Price,
    Question,
    Section,
    Source,
)
from wherewithal.scheme.scheme import Scheme
from wherewithal.scheme.steps import AfterHelp, Choice, Cost, Number, Step

POINTS = "points"
"""What ``adds:`` can count besides minutes, and the key that an option then has them under."""
NOWHERE = Source("", "", date.min, "unverified")


def read_scheme(text: str, *, name: str) -> Scheme:
    """Read a scheme; ``name`` is what messages call the document.

    Raises:
        SchemeMistakes: it is not sound; each mistake has its line, its value and its mend.
    """
    marks = Marks()
    node = _composed(text, name)
    top = Block(marks, node, (), "")
    if not top.pairs:
        mend = "Begin with `scheme:`, a code for it, then its version and title."
        raise SchemeMistakes(name, [Mistake(1, "", "the document", mend)])
    make = _scheme(top)
    try:
        scheme = make()
    except SchemeMistakes as refused:
        found = [replace(each, line=marks.line(each.path)) for each in refused.mistakes]
        raise SchemeMistakes(name, [*marks.mistakes, *_news(found, marks)]) from None
    if marks.mistakes:
        raise SchemeMistakes(name, marks.mistakes)
    return scheme


def _composed(text: str, name: str) -> yaml.Node | None:
    """Parse the text, or say what keeps it from being YAML that holds a scheme."""
    try:
        return compose(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        mend = "This is not YAML. Check indents, colons and quotation marks here and just above."
        mistake = Mistake(line, str(error.problem), "the document", mend)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        mend = "Take out the sign that cannot be shown on this line."
        mistake = Mistake(line, f"sign number {error.character}", "the document", mend)
    except RecursionError:
        mend = "Too much stands inside something else. No part of a scheme goes this deep."
        mistake = Mistake(1, "", "the document", mend)
    raise SchemeMistakes(name, [mistake])


def _news(found: list[Mistake], marks: Marks) -> list[Mistake]:
    """Leave out what only follows from a mistake already named: blanks, and parts not read."""
    codes = {each.path[1].split(".")[0] for each in marks.mistakes if len(each.path) > 1}

    def follows(each: Mistake) -> bool:
        blank = not each.value and bool(marks.mistakes)
        inside = len(each.path) > 1 and each.path[0] in ("steps", "lines")
        about = each.path[1].split(".")[0] if inside else ""
        unread = each.mend == UNREAD and bool(marks.mistakes)
        return blank or unread or about in codes or each.value.split(".")[0] in codes

    return [each for each in found if not follows(each)]


def _scheme(top: Block) -> Callable[[], Scheme]:
    """Read everything, and return what builds (and so checks) the scheme."""
    code, version = top.text("scheme"), top.text("version")
    title, summary = top.text("title"), top.text("summary", "")
    money = top.inside("money")
    currency, per = money.text("currency"), money.text("per")
    rounding = money.text("rounding")
    money.close()
    sources = tuple(_source(code, block) for code, block in top.each("sources", "source"))
    sections = tuple(_section(code, block) for code, block in top.each("sections", "section"))
    listed = [_prices(code, block) for code, block in top.each("prices", "price")]
    prices = tuple(price for timed in listed for price in timed)
    questions, steps, lines = _questions(top, per)
    steps += [s for code, block in top.each("steps", "step") if (s := read_step(code, block))]
    lines += [_line(code, block) for code, block in top.each("lines", "line")]
    place = {question.code: number for number, question in enumerate(questions)}
    lines.sort(key=lambda line: place.get(line.question, len(place)))
    by_hand = tuple(_by_hand(block) for block in top.listed("costed-by-hand", "rule"))
    named = top.text("source")
    source = {each.code: each for each in sources}.get(named)
    if source is None and named:
        listing = ", ".join(each.code for each in sources) or "none is declared yet"
        top.add(("source",), named, f"Write one of: {listing}.")
    top.close()
    return lambda: Scheme(
        code, version, title, summary, currency, per, rounding, source or NOWHERE, sources,
        sections, prices, tuple(questions), tuple(steps), tuple(lines), by_hand,
    )  # fmt: skip


def _source(code: str, block: Block) -> Source:
    text, status, written = block.text("text"), block.text("status"), block.text("date")
    reason = block.text("reason", "")
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = date.min
        if written:
            block.add(("date",), written, "Write a date like 2026-04-06.")
    if status == "unverified" and not reason:
        block.add((), "reason", "Say under `reason:` why unverified numbers are used.")
    block.close()
    return Source(code, text, day, status, reason)


def _section(code: str, block: Block) -> Section:
    section = Section(code, block.text("title"), block.text("intro", ""))
    block.close()
    return section


def _prices(code: str, block: Block) -> list[Price]:
    """Read a price, or one price for each time of day under ``hourly:``."""
    label, source = block.text("label"), block.text("source")
    timed = any(key == "hourly" and isinstance(node, yaml.MappingNode) for key, node in block.pairs)
    if timed:
        times = block.inside("hourly")
        rates = {time: times.needed(time) for time in dict(times.pairs)}
        prices = [
            Price(f"{code}.{time}", f"{label}, {time}", rate, source)
            for time, rate in rates.items()
        ]
        for price, time in zip(prices, rates, strict=True):
            place = ("prices", price.code)
            block.marks.lines[place] = block.marks.line((*block.path, "hourly", time))
            block.marks.lines[(*place, "hourly")] = block.marks.lines[place]
            block.marks.lines[(*place, "source")] = block.marks.line((*block.path, "source"))
    else:
        prices = [Price(code, label, block.needed("hourly"), source)]
    block.close()
    return prices


def _line(code: str, block: Block) -> Line:
    line = Line(code, block.text("label"), block.text("of"), block.text("question", ""))
    block.close()
    return line


def _by_hand(block: Block) -> ByHand:
    slips = len(block.marks.mistakes)
    when = block.inside("when")
    conditions = read_conditions(when)
    above = block.number("total-above")
    if not conditions and above is None and len(block.marks.mistakes) == slips:
        block.add((), "when", "Say `when:` or `total-above:`.")
    rule = ByHand(block.text("because"), conditions, above, block.text("source", ""))
    block.close()
    return rule


def _questions(top: Block, per: str) -> tuple[list[Question], list[Step], list[Line]]:
    questions: list[Question] = []
    steps: list[Step] = []
    lines: list[Line] = []
    for code, block in top.each("questions", "question"):
        question, made = _question(code, block, per)
        questions.append(question)
        steps += made
        if any(isinstance(step, Cost) for step in made):
            lines.append(Line(code, question.ask, made[-1].code, code))
            block.marks.lines[("lines", code)] = block.marks.line(block.path)
        for step in made:
            block.marks.lines.setdefault(("steps", step.code), block.marks.line(block.path))
    return questions, steps, lines


def _question(code: str, block: Block, per: str) -> tuple[Question, list[Step]]:
    kind = block.text("kind", "one")
    if kind not in ASKED:
        block.add(("kind",), kind, f"Write one of: {', '.join(sorted(ASKED))}.")
        kind = "number" if any(key == "from" for key, _ in block.pairs) else "one"
    order = block.text("order", "rising")
    if order not in ("rising", "none"):
        block.add(("order",), order, "Write rising (least need first) or none.")
    adds = block.inside("adds") if any(key == "adds" for key, _ in block.pairs) else None
    unit = adds.text("unit") if adds is not None else ""
    key = "" if adds is None else POINTS if unit == POINTS else "minutes"
    read = [_option(each, inner, key) for each, inner in block.each("options", "option")]
    question = Question(
        code,
        block.text("section"),
        block.text("ask"),
        block.text("hint", ""),
        block.names("needs"),
        kind,
        tuple(option for option, _ in read),
        block.whole("from") if kind == "number" else 0,
        block.whole("to") if kind == "number" else 0,
        block.flag("family-can-help"),
        order == "rising",
        block.flag("may-not-apply"),
        block.text("says", ""),
    )
    made: list[Step] = [Number(code, question.ask, block.text("unit"))] if kind == "number" else []
    if adds is not None:
        amounts = {option.code: amount or MADE for option, amount in read}
        made += (
            _points(question, amounts, adds)
            if unit == POINTS
            else _time(question, amounts, adds, (unit, per))
        )
    block.close()
    return question, made


def _option(code: str, block: Block, key: str) -> tuple[Option, Fraction | None]:
    """Read an option, and what it adds under ``key``, where the question adds anything."""
    option = Option(code, block.text("label"), block.text("hint", ""), block.text("says", ""))
    amount = block.needed(key) if key else None
    block.close()
    return option, amount


def _points(question: Question, amounts: Mapping[str, Fraction], adds: Block) -> list[Step]:
    """Make the one step behind ``adds: {unit: points}``; other steps say what points come to."""
    source = adds.text("source")
    adds.close()
    step = Choice(f"{question.code}.points", question.ask, question.code, amounts, POINTS, source)
    _mark(step, adds, POINTS)
    return [step]


def _mark(step: Choice, adds: Block, key: str) -> None:
    """Say on which lines the numbers of a step behind ``adds:`` stand."""
    lines = adds.marks.lines
    for option in step.amounts:
        place = ("questions", step.question, "options", option, key)
        lines["steps", step.code, "amounts", option] = adds.marks.line(place)
    lines["steps", step.code, "source"] = adds.marks.line((*adds.path, "source"))


def _time(
    question: Question, amounts: Mapping[str, Fraction], adds: Block, units: tuple[str, str]
) -> list[Step]:
    """Make the steps behind ``adds:``: the time of each option, what family does, the cost.

    ``units`` is the unit that is written there, and what the scheme's figure is for.
    """
    price, source = adds.text("price"), adds.text("source")
    unit, per = units
    wanted = f"minutes a {per if per in PERIODS else PERIODS[0]}"
    if unit and unit != wanted:
        adds.add(("unit",), unit, f"Write: {wanted}, or points.")
    adds.close()
    code, label = question.code, question.ask
    time = Choice(f"{code}.time", label, code, amounts, "minutes", source)
    _mark(time, adds, "minutes")
    steps: list[Step] = [time]
    adds.marks.lines["steps", f"{code}.cost", "price"] = adds.marks.line((*adds.path, "price"))
    if question.helpable:
        steps.append(AfterHelp(f"{code}.kept", label, f"{code}.time", code))
    steps.append(Cost(f"{code}.cost", label, steps[-1].code, price))
    return steps
