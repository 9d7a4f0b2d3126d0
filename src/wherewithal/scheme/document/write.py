"""Write a scheme as the YAML document that states it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from wherewithal.scheme.document import POINTS, read_scheme
from wherewithal.scheme.document.emit import Bare, Comments, Pairs, Part, emit
from wherewithal.scheme.document.write_steps import conditions, decimal, names, step_pairs
from wherewithal.scheme.mistakes import Path, SchemeMistakes
from wherewithal.scheme.parts import ByHand, Option, Price, Question, Source
from wherewithal.scheme.scheme import Scheme
from wherewithal.scheme.steps import AfterHelp, Choice, Cost, Number, Step

TIMED = ("time", "kept", "cost")
"""How the codes of the steps end that stand behind ``adds:`` with minutes."""


def write_scheme(scheme: Scheme, *, comments: Mapping[Path, str] | Comments | None = None) -> str:
    """Write a scheme as YAML; reading the text gives an equal scheme.

    ``comments`` maps places to what is said about them, as ``("prices", "day", "hourly")`` or
    ``("steps", "points", "amounts", "some")`` do; short ones stand beside the place, longer ones
    above it. The steps behind ``adds:`` may be named as steps.

    Raises:
        ValueError: no document states this scheme: a number has too many digits, a text holds
            a line break, or the steps stand in an order that no document gives (see
            :func:`settled`).
    """
    if comments is None or isinstance(comments, Comments):
        said = comments or Comments()
    else:
        said = Comments(beside=comments)
    text = emit(document_of(scheme), _placed(said, scheme))
    try:
        same = read_scheme(text, name=scheme.code).hash == scheme.hash
    except SchemeMistakes as mistakes:
        raise ValueError(f"No document states the scheme {scheme.code}. {mistakes}") from None
    if not same:
        raise ValueError(
            f"No document states the scheme {scheme.code} just as it is. Put its steps and lines "
            "in the order of its questions with `settled`, and take line breaks out of its texts."
        )
    return text


def settled(scheme: Scheme) -> Scheme:
    """Return a scheme that gives the same figures, ordered and labelled as documents have it.

    Steps that a question makes come first, in the order of the questions, and a number is called
    what its question asks. Lines follow their questions.
    """
    found = {step.code: step for step in scheme.steps}
    made = [code for question in scheme.questions for code in _made(scheme, question)]
    first: list[Step] = []
    asked = {question.code: question.ask for question in scheme.questions}
    for code in made:
        step = found[code]
        label = asked[code] if isinstance(step, Number) else step.label
        first.append(Number(code, label, step.unit) if isinstance(step, Number) else step)
    rest = [step for step in scheme.steps if step.code not in made]
    place = {code: number for number, code in enumerate(asked)}
    short = {q.code for q in scheme.questions if adds(scheme, q)}
    lines = sorted(
        scheme.lines,
        key=lambda line: (place.get(line.question, len(place)), line.code not in short),
    )
    return Scheme(
        scheme.code, scheme.version, scheme.title, scheme.summary, scheme.currency, scheme.per,
        scheme.rounding, scheme.source, scheme.sources, scheme.sections, scheme.prices,
        scheme.questions, (*first, *rest), tuple(lines), scheme.by_hand,
    )  # fmt: skip


def document_of(scheme: Scheme) -> Pairs:
    """Return what the document of a scheme holds, in its order."""
    made = {code for question in scheme.questions for code in _made(scheme, question)}
    short = {q.code for q in scheme.questions if adds(scheme, q)}
    money: Pairs = (
        ("currency", Bare(scheme.currency)),
        ("per", Bare(scheme.per)),
        ("rounding", Bare(scheme.rounding)),
    )
    lines = [line for line in scheme.lines if line.code not in short]
    parts: list[tuple[str, Part]] = [
        ("scheme", Bare(scheme.code)),
        ("version", scheme.version),
        ("title", scheme.title),
        ("summary", scheme.summary),
        ("money", money),
        ("source", Bare(scheme.source.code)),
        ("sources", tuple((each.code, _source(each)) for each in scheme.sources)),
        ("sections", tuple((s.code, _told(title=s.title, intro=s.intro)) for s in scheme.sections)),
        ("prices", _prices(scheme.prices)),
        ("questions", tuple((each.code, _question(scheme, each)) for each in scheme.questions)),
        ("steps", tuple((s.code, step_pairs(s)) for s in scheme.steps if s.code not in made)),
        ("lines", tuple((each.code, _line(each.label, each.of, each.question)) for each in lines)),
        ("costed-by-hand", [_by_hand(rule) for rule in scheme.by_hand]),
    ]
    needed = ("version", "title", "sources", "sections", "questions")
    return tuple((key, part) for key, part in parts if part or key in needed)


def _told(**texts: str) -> Pairs:
    """Return the texts that say something, and the first, which is always there."""
    first = next(iter(texts))
    return tuple((key, text) for key, text in texts.items() if text or key == first)


def _source(source: Source) -> Pairs:
    return (
        ("text", source.text),
        ("date", Bare(source.date.isoformat())),
        ("status", Bare(source.status)),
        *((("reason", source.reason),) if source.reason else ()),
    )


def _line(label: str, of: str, question: str) -> Pairs:
    asked: Pairs = (("question", Bare(question)),) if question else ()
    return (("label", label), ("of", Bare(of)), *asked)


def _prices(prices: Sequence[Price]) -> Pairs:
    """Return the prices; neighbours that differ only in the time of day stand as one."""
    groups: list[list[Price]] = []
    for price in prices:
        if groups and _timed(price) and _timed(price) == _timed(groups[-1][0]):
            groups[-1].append(price)
        else:
            groups.append([price])
    return tuple(entry for group in groups for entry in _price(group))


def _timed(price: Price) -> tuple[str, str, str] | None:
    """Return the code, label and source that times of day have in common."""
    stem, dot, time = price.code.partition(".")
    if not dot or not price.label.endswith(f", {time}"):
        return None
    return stem, price.label.removesuffix(f", {time}"), price.source


def _price(group: Sequence[Price]) -> Pairs:
    first = group[0]
    common = _timed(first) if len(group) > 1 else None
    rates = tuple((price.code.partition(".")[2], decimal(price.hourly, 2)) for price in group)
    code, label, source = common or (first.code, first.label, first.source)
    hourly: Part = rates if common else decimal(first.hourly, 2)
    return ((code, (("label", label), ("hourly", hourly), ("source", Bare(source)))),)


def _question(scheme: Scheme, question: Question) -> Pairs:
    pairs: list[tuple[str, Part]] = [("section", Bare(question.section)), ("ask", question.ask)]
    pairs += [("hint", question.hint)] if question.hint else []
    pairs += [("needs", names(question.needs))] if question.needs else []
    pairs += [("kind", Bare(question.kind))] if question.kind != "one" else []
    if question.kind == "number":
        numbers = [s for s in scheme.steps if isinstance(s, Number) and s.code == question.code]
        unit = numbers[0].unit if numbers else ""
        pairs += [
            ("from", Bare(str(question.least))),
            ("to", Bare(str(question.most))),
            ("unit", unit),
        ]
    pairs += [] if question.rising else [("order", Bare("none"))]
    pairs += [("family-can-help", Bare("yes"))] if question.helpable else []
    pairs += [("may-not-apply", Bare("yes"))] if question.may_not_apply else []
    pairs += [("says", question.says)] if question.says else []
    key, amounts, added = _added(scheme, question)
    pairs += [("adds", added)] if added else []
    options = tuple((each.code, _option(each, key, amounts)) for each in question.options)
    return (*pairs, *((("options", options),) if options else ()))


def _added(scheme: Scheme, question: Question) -> tuple[str, Mapping[str, Fraction], Pairs]:
    """Return the key and the amounts that options have beside them, and what ``adds:`` says."""
    if short := adds(scheme, question):
        time, cost = short
        unit: Pairs = (("unit", f"minutes a {scheme.per}"), ("price", Bare(cost.price)))
        return "minutes", time.amounts, (*unit, ("source", Bare(time.source)))
    if points := adds_points(scheme, question):
        return POINTS, points.amounts, (("unit", Bare(POINTS)), ("source", Bare(points.source)))
    return "", {}, ()


def _option(option: Option, key: str, amounts: Mapping[str, Fraction]) -> Pairs:
    amount: Pairs = ((key, decimal(amounts[option.code])),) if option.code in amounts else ()
    return (*amount, *_told(label=option.label, hint=option.hint, says=option.says))


def _reads(step: Step, question: Question) -> bool:
    return isinstance(step, Number) and step.code == question.code


def adds(scheme: Scheme, question: Question) -> tuple[Choice, Cost] | None:
    """Return the time and the cost that ``adds:`` can say in short, where the steps are just so."""
    found = {step.code: step for step in scheme.steps}
    code, ask = question.code, question.ask
    time, cost = found.get(f"{code}.time"), found.get(f"{code}.cost")
    last = f"{code}.kept" if question.helpable else f"{code}.time"
    if not isinstance(time, Choice) or not isinstance(cost, Cost):
        return None
    options = [option.code for option in question.options]
    just = (
        (time.label, time.question, time.unit) == (ask, code, "minutes")
        and list(time.amounts) == options
        and (cost.label, cost.of) == (ask, last)
        and (not question.helpable or found.get(last) == AfterHelp(last, ask, f"{code}.time", code))
        and any((line.code, line.label, line.of, line.question) == (code, ask, cost.code, code)
                for line in scheme.lines)
    )  # fmt: skip
    return (time, cost) if just else None


def adds_points(scheme: Scheme, question: Question) -> Choice | None:
    """Return the step that ``adds: {unit: points}`` can say in short, where it is just so."""
    code = f"{question.code}.points"
    step = next((each for each in scheme.steps if each.code == code), None)
    if not isinstance(step, Choice) or adds(scheme, question):
        return None
    options = [option.code for option in question.options]
    named = (step.label, step.question, step.unit) == (question.ask, question.code, POINTS)
    return step if named and list(step.amounts) == options else None


def _made(scheme: Scheme, question: Question) -> list[str]:
    """Return the codes of the steps that a question's own part of the document makes."""
    made = [step.code for step in scheme.steps if _reads(step, question)]
    if adds(scheme, question):
        kept = [f"{question.code}.kept"] if question.helpable else []
        made += [f"{question.code}.time", *kept, f"{question.code}.cost"]
    elif points := adds_points(scheme, question):
        made.append(points.code)
    return made


def _by_hand(rule: ByHand) -> Pairs:
    pairs: list[tuple[str, Part]] = [("because", rule.because)]
    if rule.when:
        pairs.append(("when", conditions(rule.when)))
    if rule.total_above is not None:
        pairs.append(("total-above", decimal(rule.total_above)))
    if rule.source:
        pairs.append(("source", Bare(rule.source)))
    return tuple(pairs)


def _placed(said: Comments, scheme: Scheme) -> Comments:
    """Let comments on the steps behind ``adds:`` speak about the question they come from."""
    short = [each.code for each in scheme.questions if adds(scheme, each)]
    points = [each.code for each in scheme.questions if adds_points(scheme, each)]

    def moved(path: Path) -> Path:
        return of_question(path, short, points)

    return Comments(
        {moved(path): text for path, text in said.above.items()},
        {moved(path): text for path, text in said.beside.items()},
    )


def of_question(path: Path, short: Sequence[str], points: Sequence[str]) -> Path:
    """Return where a step or line behind ``adds:`` is stated; other paths as they are.

    ``short`` are the questions that can add minutes, and ``points`` those that can add points.
    """
    if len(path) < 2 or path[0] not in ("steps", "lines"):
        return path
    code, _, end = path[1].rpartition(".")
    if path[0] == "lines" and path[1] in short:
        return ("questions", path[1], *path[2:3])
    behind = code in (points if end == POINTS else short) and end in (*TIMED, POINTS)
    if path[0] == "lines" or not behind:
        return path
    if path[2:3] == ("amounts",) and len(path) > 3:
        key = POINTS if end == POINTS else "minutes"
        return ("questions", code, "options", path[3], key)
    if path[2:3] in (("source",), ("price",)):
        return ("questions", code, "adds", path[2])
    return ("questions", code)
