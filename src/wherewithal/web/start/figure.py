"""A scheme in words: what each answer adds, at what price, by which rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wherewithal.allocation.explain.working import one_of
from wherewithal.money import ROUNDINGS, pounds
from wherewithal.scheme import Price, Question, Scheme, Source
from wherewithal.scheme import steps as kinds

ROUNDED: Mapping[str, str] = {
    "half-up": "to the nearest penny. Half a penny goes up",
    "half-even": "to the nearest penny. Half a penny goes to the even penny",
    "down": "down to a whole penny",
    "up": "up to a whole penny",
}


@dataclass(frozen=True, slots=True)
class Adds:
    """One answer and what it adds: time or another amount, and money where that alone gives it."""

    label: str
    hint: str
    amount: str
    money: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its answers; ``price`` is the label of the price its time is paid at."""

    code: str
    ask: str
    hint: str
    answers: tuple[Adds, ...]
    price: str
    number: str
    family_can_help: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the questionnaire."""

    code: str
    title: str
    intro: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Priced:
    """A price with where it comes from."""

    label: str
    hourly: str
    source: str
    since: date
    verified: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything that the page about the figure shows of a scheme."""

    title: str
    version: str
    hash: str
    summary: str
    per: str
    rounding: str
    source: Source
    sources: tuple[Source, ...]
    parts: tuple[Part, ...]
    prices: tuple[Priced, ...]
    sums: tuple[str, ...]
    family: str
    by_hand: tuple[str, ...]


def explained(scheme: Scheme) -> Explained:
    """Put a scheme into words, leaving nothing of its arithmetic out."""
    return Explained(
        scheme.title,
        scheme.version,
        scheme.hash,
        scheme.summary,
        scheme.per,
        ROUNDED[scheme.rounding],
        scheme.source,
        scheme.sources,
        tuple(_parts(scheme)),
        tuple(_priced(scheme, price) for price in scheme.prices),
        tuple(_sums(scheme)),
        _family(scheme),
        tuple(_by_hand(scheme)),
    )


def time_in_words(minutes: Fraction) -> str:
    """Write minutes as people say them: ``210`` is ``3 hours 30 minutes``."""
    hours, rest = divmod(minutes, 60)
    spoken = [(int(hours), "hour")] if hours else []
    words = [f"{number:,} {unit}{'' if number == 1 else 's'}" for number, unit in spoken]
    if rest:
        words.append(f"{_number(rest)} minute{'' if rest == 1 else 's'}")
    return " ".join(words) or "no time"


def _parts(scheme: Scheme) -> Iterator[Part]:
    for section in scheme.sections:
        asked = tuple(_asked(scheme, q) for q in scheme.questions if q.section == section.code)
        yield Part(section.code, section.title, section.intro, asked)


def _asked(scheme: Scheme, question: Question) -> Asked:
    choices = [
        step
        for step in scheme.steps
        if isinstance(step, kinds.Choice) and step.question == question.code
    ]
    costs = [_cost_of(scheme, choice) for choice in choices]
    number = f"Any whole number from {question.least} to {question.most}"
    return Asked(
        question.code,
        question.ask,
        question.hint,
        tuple(
            Adds(
                option.label,
                option.hint,
                _amounts(choices, option.code),
                _money(scheme, choices, costs, option.code),
            )
            for option in question.options
        ),
        next((cost.label for cost in costs if cost is not None), ""),
        number if question.kind == "number" else "",
        question.helpable,
    )


def _cost_of(scheme: Scheme, step: kinds.Step) -> Price | None:
    """Follow a step to the price it alone is multiplied by, past family help; ``None`` if none."""
    for later in scheme.steps:
        if kinds.inputs(later) == (step.code,):
            if isinstance(later, kinds.Cost):
                return scheme.price(later.price)
            if isinstance(later, kinds.AfterHelp):
                return _cost_of(scheme, later)
    return None


def _amounts(choices: list[kinds.Choice], option: str) -> str:
    texts = [_amount(choice.amounts[option], choice.unit) for choice in choices]
    return "; ".join(texts) or "Nothing by itself"


def _amount(amount: Fraction, unit: str) -> str:
    if unit == "minutes":
        return time_in_words(amount).capitalize()
    if unit.startswith("minutes "):
        return f"{time_in_words(amount)} {unit.removeprefix('minutes ')}".capitalize()
    return f"{_number(amount)} {unit}"


def _money(
    scheme: Scheme, choices: list[kinds.Choice], costs: list[Price | None], option: str
) -> str:
    rounded = ROUNDINGS[scheme.rounding]
    sums = [
        rounded(choice.amounts[option] / 60 * cost.hourly * 100)
        for choice, cost in zip(choices, costs, strict=True)
        if cost is not None
    ]
    return pounds(sum(sums), symbol=scheme.symbol) if sums else ""


def _priced(scheme: Scheme, price: Price) -> Priced:
    source = next(each for each in scheme.sources if each.code == price.source)
    hourly = pounds(ROUNDINGS["half-up"](price.hourly * 100), symbol=scheme.symbol)
    return Priced(price.label, hourly, source.text, source.date, source.verified, source.reason)


def _sums(scheme: Scheme) -> Iterator[str]:
    """Say every step that joins answers; plain time × price is said once for all on the page."""
    labels = {step.code: f"“{step.label}”" for step in scheme.steps}
    for step in scheme.steps:
        read = [labels[code] for code in kinds.inputs(step)]
        if said := _joined(step, read, scheme):
            yield f"{labels[step.code]} is {said}."


def _joined(step: kinds.Step, read: list[str], scheme: Scheme) -> str:
    match step:
        case kinds.Product():
            return " times ".join(read)
        case kinds.Highest() | kinds.Lowest():
            return one_of(step, read)
        case kinds.Sum():
            terms = [
                name if term.times == 1 else f"{_number(term.times)} × {name}"
                for term, name in zip(step.terms, read, strict=True)
            ]
            return " + ".join([_number(step.plus), *terms] if step.plus else terms)
        case kinds.Square():
            return f"{read[0]} times itself"
        case kinds.Limit():
            ends = (("at least", step.least), ("at most", step.most))
            kept = " and ".join(f"{word} {_number(end)}" for word, end in ends if end is not None)
            return f"{read[0]}, but {kept}: {step.reason}"
        case kinds.Bands():
            rows = [
                f"{_number(band.amount)} from {_number(band.start)}"
                + (f" to under {_number(band.below)}" if band.below is not None else " up")
                for band in step.bands
            ]
            return f"set by the band that {read[0]} is in: {', '.join(rows)}"
        case kinds.Curve():
            knots = [f"{_number(value)} gives {_number(amount)}" for value, amount in step.knots]
            return f"read off straight lines from {read[0]}: {', '.join(knots)}"
        case kinds.Round():
            return f"{read[0]}, to the nearest {_number(step.to)} ({step.rounding})"
        case kinds.Cost() if not _plain(scheme, step):
            return f"{read[0]} times what an hour costs ({scheme.price(step.price).label})"
        case _:
            return _by_answers(step, read, scheme)


def _by_answers(step: kinds.Step, read: list[str], scheme: Scheme) -> str:
    match step:
        case kinds.Count():
            return f"how many of these are true: {'; '.join(_true_of(scheme, step))}"
        case kinds.Pick():
            question = scheme.question(step.question)
            labels = {each.code: f"“{each.label}”" for each in scheme.steps}
            ways = [f"“{o.label}” takes {labels[step.of[o.code]]}" for o in question.options]
            return f"picked by the answer to “{question.ask}”: {', '.join(ways)}"
        case kinds.AfterHelp() if step.still_funded:
            rows = [f"{_number(s * 100)}% from {_number(p)}% help on" for p, s in step.still_funded]
            return f"{read[0]}, of which is still funded: {', '.join(rows)}"
        case _:
            return ""


def _true_of(scheme: Scheme, step: kinds.Count) -> Iterator[str]:
    for condition in step.of:
        question = scheme.question(condition.question)
        labels = [f"“{question.option(code).label}”" for code in condition.options]
        said = " or ".join(labels) or f"{condition.at_least} or more"
        yield f"{said} at “{question.ask}”"


def _plain(scheme: Scheme, cost: kinds.Cost) -> bool:
    """Say whether a cost stands straight on one question's answer."""
    by_code = {step.code: step for step in scheme.steps}
    step: kinds.Step = cost
    while isinstance(step, kinds.Cost | kinds.AfterHelp):
        step = by_code[step.of]
    return isinstance(step, kinds.Choice)


def _family(scheme: Scheme) -> str:
    helped = [step for step in scheme.steps if isinstance(step, kinds.AfterHelp)]
    if any(step.still_funded for step in helped):
        return "What they do lowers the figure, by the shares under “Answers we put together”."
    shares = {step.counted for step in helped}
    if not shares:
        return "Help from family does not change the figure."
    if shares == {Fraction(1)}:
        return "We then take away all of the time that they do."
    if len(shares) == 1:
        return f"We then take away {_number(shares.pop() * 100)} out of every 100 minutes they do."
    ends = sorted(shares)
    low, high = _number(ends[0] * 100), _number(ends[-1] * 100)
    return f"We then take away {low} to {high} out of every 100 minutes they do."


def _by_hand(scheme: Scheme) -> Iterator[str]:
    for rule in scheme.by_hand:
        if rule.total_above is not None:
            above = pounds(ROUNDINGS["half-up"](rule.total_above * 100), symbol=scheme.symbol)
            yield f"The figure comes to more than {above} a {scheme.per}. {rule.because}"
        else:
            yield rule.because


def _number(value: Fraction) -> str:
    """Write a fraction in decimals where they end within six places."""
    text = f"{float(value):,.6f}".rstrip("0").rstrip(".")
    return text or "0"
