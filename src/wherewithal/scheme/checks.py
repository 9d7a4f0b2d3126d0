"""Everything that is looked at before a scheme may be used: names and parts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wherewithal.money import ROUNDINGS
from wherewithal.scheme.alone import write
from wherewithal.scheme.arithmetic import arithmetic
from wherewithal.scheme.graph import CycleError, in_order
from wherewithal.scheme.mistakes import Mistake, Path
from wherewithal.scheme.parts import (
    MOST_TICKED,
    NONE_TICKED,
    OUTCOMES,
    PERIODS,
    STATUSES,
    SYMBOLS,
    Condition,
    Question,
)
from wherewithal.scheme.steps import (
    AfterHelp,
    Choice,
    Cost,
    Count,
    Number,
    Pick,
    Round,
    Step,
    Sum,
    asks,
    inputs,
)

if TYPE_CHECKING:
    from wherewithal.scheme.scheme import Scheme

CODE = re.compile(r"^[A-Za-z][A-Za-z0-9-]*(\.[a-z0-9-]+)?$")
UNFIT = "Start a code with a letter and use only letters, digits and hyphens."
UNREAD = "Nothing reads this, so it can't change the figure. Use it or take it away."
MISSING = ("declined", "unknown")
RESERVED = ("id", "carer_willing", "carer_able")


def mistakes_in(scheme: "Scheme") -> list[Mistake]:
    """Return every mistake in a scheme; the arithmetic is looked at once all the names hold."""
    found = [*_names(scheme), *_settings(scheme), *_questions(scheme)]
    if any(mistake.path[-1:] == ("again",) for mistake in found):
        return found
    if found := [*found, *_references(scheme)]:
        return found
    try:
        ordered = in_order(scheme.steps, [step.code for step in scheme.steps])
    except CycleError as cycle:
        mend = f"These steps wait for each other ({cycle}). Let one of them read something else."
        return [
            Mistake(0, cycle.codes[0], f"step {cycle.codes[0]}", mend, ("steps", cycle.codes[0]))
        ]
    return [*_unused(scheme), *arithmetic(scheme, ordered)]


def _named(kind: str, path: str, codes: Sequence[str], start: Path = ()) -> Iterator[Mistake]:
    seen: set[str] = set()
    for code in codes:
        where = f"{'question ' + start[-1] + ', ' if start else ''}{kind} {code}"
        if code in seen:
            mend = f"Another {kind} has this code. Give each {kind} a code of its own."
            yield Mistake(0, code, where, mend, (*start, path, code, "again"))
        elif not CODE.match(code) or code in RESERVED:
            yield Mistake(0, code, where, UNFIT, (*start, path, code))
        seen.add(code)


def _names(scheme: "Scheme") -> Iterator[Mistake]:
    if scheme.code and not CODE.match(scheme.code):
        yield Mistake(0, scheme.code, "scheme", UNFIT, ("scheme",))
    yield from _named("source", "sources", [each.code for each in scheme.sources])
    yield from _named("section", "sections", [each.code for each in scheme.sections])
    yield from _named("price", "prices", [each.code for each in scheme.prices])
    yield from _named("question", "questions", [each.code for each in scheme.questions])
    steps = [step.code for step in scheme.steps if not isinstance(step, Number)]
    yield from _named("step", "steps", steps)
    yield from _named("line", "lines", [each.code for each in scheme.lines])
    for question in scheme.questions:
        options = [option.code for option in question.options]
        yield from _named("option", "options", options, ("questions", question.code))


def _one_of(value: str, allowed: Iterable[str], where: str, path: Path) -> Iterator[Mistake]:
    names = sorted(allowed)
    if value not in names:
        mend = (
            f"Write one of: {', '.join(names)}." if names else "None is declared. Declare it first."
        )
        yield Mistake(0, value, where, mend, path)


def _settings(scheme: "Scheme") -> Iterator[Mistake]:
    yield from _one_of(scheme.currency, SYMBOLS, "currency", ("money", "currency"))
    yield from _one_of(scheme.per, PERIODS, "per", ("money", "per"))
    yield from _one_of(scheme.rounding, ROUNDINGS, "rounding", ("money", "rounding"))
    for source in scheme.sources:
        where = f"source {source.code}, status"
        yield from _one_of(source.status, STATUSES, where, ("sources", source.code, "status"))
    for price in scheme.prices:
        if price.hourly < 0:
            mend = "A price can't be below 0."
            path = ("prices", price.code, "hourly")
            yield Mistake(0, write(price.hourly), f"price {price.code}", mend, path)
    if not scheme.lines:
        yield Mistake(0, "", "lines", "Pay something: add a line, or minutes to a question.")


def _questions(scheme: "Scheme") -> Iterator[Mistake]:
    sections = [section.code for section in scheme.sections]
    for question in scheme.questions:
        where, path = f"question {question.code}", ("questions", question.code)
        yield from _one_of(question.section, sections, f"{where}, section", (*path, "section"))
        for need in question.needs:
            yield from _one_of(need, OUTCOMES, f"{where}, needs", (*path, "needs"))
        yield from _range(question, where, path)


def _range(question: Question, where: str, path: Path) -> Iterator[Mistake]:
    if question.kind == "number":
        if not 0 <= question.least < question.most:
            mend = "Let `from` be 0 or more and less than `to`."
            value = f"{question.least} to {question.most}"
            yield Mistake(0, value, where, mend, (*path, "from"))
        if question.may_not_apply:
            mend = "Only a question with options may not apply. Take `may-not-apply` away."
            yield Mistake(0, "may-not-apply", where, mend, (*path, "may-not-apply"))
    elif len(question.options) < 2:
        mend = "Give at least two options to choose from."
        yield Mistake(0, str(len(question.options)), f"{where}, options", mend, (*path, "options"))
    for option in question.options:
        if option.code in MISSING:
            mend = "In files this word says that there is no answer. Give the option another code."
            place = (*path, "options", option.code)
            yield Mistake(0, option.code, f"{where}, option {option.code}", mend, place)
    if question.kind == "several":
        yield from _ticked(question, where, path)


def _ticked(question: Question, where: str, path: Path) -> Iterator[Mistake]:
    if len(question.options) > MOST_TICKED:
        mend = f"At most {MOST_TICKED} options can be ticked at one question. Ask it in two."
        yield Mistake(0, str(len(question.options)), f"{where}, options", mend, (*path, "options"))
    if any(option.code == NONE_TICKED for option in question.options):
        mend = (
            "“None of these” can always be said where several options can be ticked. "
            "Take this option away."
        )
        place = (*path, "options", NONE_TICKED)
        yield Mistake(0, NONE_TICKED, f"{where}, option {NONE_TICKED}", mend, place)


def _references(scheme: "Scheme") -> Iterator[Mistake]:
    for step in scheme.steps:
        yield from _step_references(scheme, step)
    steps = [step.code for step in scheme.steps]
    choices = {question.code: question for question in scheme.questions}
    for line in scheme.lines:
        yield from _one_of(line.of, steps, f"line {line.code}, of", ("lines", line.code, "of"))
        if line.question:
            path = ("lines", line.code, "question")
            yield from _one_of(line.question, choices, f"line {line.code}, question", path)
    for number, rule in enumerate(scheme.by_hand, start=1):
        for condition in rule.when:
            where = f"costed by hand, rule {number}"
            path = ("costed-by-hand", str(number), condition.question)
            yield from _one_of(condition.question, choices, where, path)
            if question := choices.get(condition.question):
                yield from _condition(question, condition, where, path)
    yield from _source_references(scheme)


def _condition(
    question: Question, condition: Condition, where: str, path: Path
) -> Iterator[Mistake]:
    at_least = condition.at_least
    for option in condition.options:
        yield from _one_of(option, [each.code for each in question.options], where, path)
    if at_least is not None and not (
        question.kind == "number" and question.least <= at_least <= question.most
    ):
        mend = f"Nobody can answer this. Write {question.allowed()}."
        yield Mistake(0, str(at_least), where, mend, path)


def _source_references(scheme: "Scheme") -> Iterator[Mistake]:
    codes = [source.code for source in scheme.sources]
    for price in scheme.prices:
        path = ("prices", price.code, "source")
        yield from _one_of(price.source, codes, f"price {price.code}, source", path)
    for number, rule in enumerate(scheme.by_hand, start=1):
        if rule.total_above is not None:
            where = f"costed by hand, rule {number}, source"
            yield from _one_of(rule.source, codes, where, ("costed-by-hand", str(number)))


def _step_references(scheme: "Scheme", step: Step) -> Iterator[Mistake]:
    where, path = f"step {step.code}", ("steps", step.code)
    codes = [each.code for each in scheme.steps]
    for code in inputs(step):
        yield from _one_of(code, codes, f"{where}, of", (*path, "of", code))
    questions = {question.code: question for question in scheme.questions}
    if isinstance(step, Choice | AfterHelp | Pick):
        yield from _one_of(step.question, questions, f"{where}, question", (*path, "question"))
    if isinstance(step, Choice) and (question := questions.get(step.question)):
        yield from _amounts(step.amounts, "amounts", step, question)
    if isinstance(step, Pick) and (question := questions.get(step.question)):
        yield from _picked(step, question)
    if isinstance(step, Count):
        yield from _counted(step, questions)
    if isinstance(step, Number) and questions[step.code].kind != "number":
        mend = "Only a question of kind `number` can be read as a number. Use a choice step."
        yield Mistake(0, step.code, where, mend, path)
    if isinstance(step, Cost):
        prices = [price.code for price in scheme.prices]
        yield from _one_of(step.price, prices, f"{where}, price", (*path, "price"))
    if isinstance(step, Round):
        yield from _one_of(step.rounding, ROUNDINGS, f"{where}, rounding", (*path, "rounding"))
    plain = _without_numbers(step)
    source = getattr(step, "source", None)
    if source is not None and not (plain and not source):
        sources = [each.code for each in scheme.sources]
        yield from _one_of(source, sources, f"{where}, source", (*path, "source"))


def _without_numbers(step: Step) -> bool:
    """Say whether a step holds no number of its own that would need a source."""
    match step:
        case Sum():
            return not step.plus and all(term.times == 1 for term in step.terms)
        case AfterHelp():
            return step.counted == 1 and not step.still_funded
        case Count():
            return all(condition.at_least is None for condition in step.of)
        case _:
            return False


def _amounts(
    given: Mapping[str, object], key: str, step: Step, question: Question
) -> Iterator[Mistake]:
    options = [option.code for option in question.options]
    path = ("steps", step.code, key)
    what = "an amount" if key == "amounts" else "a step"
    for code in given:
        yield from _one_of(code, options, f"step {step.code}, {key}", (*path, code))
    for code in options:
        if code not in given:
            mend = f"Give {what} for the option {code} of question {question.code}."
            yield Mistake(0, code, f"step {step.code}, {key}", mend, path)


def _picked(step: Pick, question: Question) -> Iterator[Mistake]:
    where, path = f"step {step.code}, question", ("steps", step.code, "question")
    if question.kind != "one":
        mend = "Groups are told apart by a question with one answer. Pick by another question."
        yield Mistake(0, question.code, where, mend, path)
        return
    if question.rising:
        mend = (
            "A pick is for groups, not for more or less need. "
            "Write `order: none` on that question, or use a choice step."
        )
        yield Mistake(0, question.code, where, mend, path)
    yield from _amounts(step.of, "of", step, question)


def _counted(step: Count, questions: Mapping[str, Question]) -> Iterator[Mistake]:
    where, path = f"step {step.code}, of", ("steps", step.code, "of")
    if not step.of:
        mend = "Name the answers to count: {falls: [often, always]}."
        yield Mistake(0, step.code, where, mend, path)
    seen: set[str] = set()
    for condition in step.of:
        code = condition.question
        yield from _one_of(code, questions, where, (*path, code))
        if code in seen:
            mend = "This question is counted twice. Name all its answers in one list."
            yield Mistake(0, code, where, mend, (*path, code))
        seen.add(code)
        if code in questions:
            yield from _condition(questions[code], condition, f"{where}, {code}", (*path, code))
            yield from _named_once(condition, f"{where}, {code}", (*path, code))


def _named_once(condition: Condition, where: str, path: Path) -> Iterator[Mistake]:
    if not condition.options and condition.at_least is None:
        mend = "Name at least one answer: [often, always], or {at-least: 85} for a number."
        yield Mistake(0, condition.question, where, mend, path)
    for option in dict.fromkeys(condition.options):
        if condition.options.count(option) > 1:
            yield Mistake(0, option, where, "This answer is named twice. Name it once.", path)


def _unused(scheme: "Scheme") -> Iterator[Mistake]:
    live = in_order(scheme.steps, [line.of for line in scheme.lines])
    codes = {step.code for step in live}
    asked = {code for step in live for code in asks(step)} | {
        condition.question for rule in scheme.by_hand for condition in rule.when
    }
    helped = {step.question for step in live if isinstance(step, AfterHelp)}
    for step in scheme.steps:
        if step.code not in codes and not isinstance(step, Number):
            yield Mistake(0, step.code, f"step {step.code}", UNREAD, ("steps", step.code))
    for question in scheme.questions:
        path = ("questions", question.code)
        if question.code not in asked | codes:
            yield Mistake(0, question.code, f"question {question.code}", UNREAD, path)
        elif question.helpable and question.code not in helped:
            mend = "Family help is asked for but no step takes it away. Add an after-help step."
            yield Mistake(0, question.code, f"question {question.code}", mend, path)
    prices = {step.price for step in live if isinstance(step, Cost)}
    sections = {question.section for question in scheme.questions}
    sources = {getattr(step, "source", "") for step in live} | {scheme.source.code}
    sources |= {price.source for price in scheme.prices} | {rule.source for rule in scheme.by_hand}
    for kind, items, used in (
        ("price", scheme.prices, prices),
        ("section", scheme.sections, sections),
        ("source", scheme.sources, sources),
    ):
        for item in items:
            if item.code not in used:
                yield Mistake(0, item.code, f"{kind} {item.code}", UNREAD, (f"{kind}s", item.code))
