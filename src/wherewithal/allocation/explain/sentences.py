"""The plain sentences of an explanation, made from the scheme's own words and the numbers."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from wherewithal.allocation.answers import Answer, Missing, Share
from wherewithal.money import half_up, pounds
from wherewithal.scheme import Question

NOT_COUNTED = (
    "Nothing was taken away for help from family, because we count it only where the people who"
    " help have told us that they want to, and can."
)
"""The same words whatever a carer said, or was never asked: what carers say is private."""
NONE_OF_THESE = "None of these"


def number(value: int | Fraction) -> str:
    """Write an exact number: ``1,200``, ``12.5``; what has no end in decimals as a fraction."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    places = decimals(value.denominator)
    if places is None:
        return str(value)
    top = 10**places
    whole, rest = divmod(abs(value.numerator) * (top // value.denominator), top)
    return f"{'-' if value < 0 else ''}{whole}.{str(rest).zfill(places)}"


@lru_cache(maxsize=4096)
def decimals(denominator: int) -> int | None:
    """Return how many decimals parts of this size need, ``None`` where no number of them does."""
    rest, places = denominator, [0, 0]
    for which, prime in enumerate((2, 5)):
        while rest % prime == 0:
            rest //= prime
            places[which] += 1
    return max(places) if rest == 1 else None


def duration(minutes: int | Fraction) -> str:
    """Write minutes as people say them: ``45 minutes``, ``1 hour``, ``3 hours 30 minutes``."""
    about = "" if minutes == int(minutes) else "about "
    hours, rest = divmod(half_up(minutes), 60)
    parts = [
        f"{count} {name}{'' if count == 1 else 's'}"
        for count, name in ((hours, "hour"), (rest, "minute"))
        if count
    ]
    return about + (" ".join(parts) or "no time")


@lru_cache(maxsize=8192)
def share_of(percent: Share, of: str = "this") -> str:
    """Write a share of something in words where there are plain ones."""
    words = {25: "a quarter", 50: "half", 75: "three quarters", 100: "all"}
    plain = words.get(int(percent) if percent == int(percent) else -1, f"{number(percent)}%")
    return f"{plain} of {of}"


def joined(parts: Sequence[str]) -> str:
    """Join words as people say them: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def answer_label(question: Question, answer: Answer) -> str:
    """Write an answer as the form that it was given on does."""
    if isinstance(answer, Missing):
        return "Does not apply"
    if isinstance(answer, frozenset):
        ticked = [option.label for option in question.options if option.code in answer]
        return joined(ticked) if ticked else NONE_OF_THESE
    return question.option(answer).label if isinstance(answer, str) else str(answer)


def told(question: Question, answer: Answer) -> str:
    """Write what the person told us, as a sentence."""
    if isinstance(answer, Missing):
        return f"You told us “{question.ask}” does not apply to you."
    if isinstance(answer, int):
        says = question.says.replace("{}", str(answer))
        return f"You told us {says}." if says else f"Your answer to “{question.ask}” is {answer}."
    if isinstance(answer, frozenset):
        return _told_several(question, answer)
    option = question.option(answer)
    if option.says:
        return f"You told us {option.says}."
    return f"Your answer to “{question.ask}” is “{option.label}”."


def _told_several(question: Question, ticked: frozenset[str]) -> str:
    mine = [option for option in question.options if option.code in ticked]
    if not mine:
        return f"Your answer to “{question.ask}” is “{NONE_OF_THESE}”."
    if all(option.says for option in mine):
        return f"You told us {joined([option.says for option in mine])}."
    labels = joined([f"“{option.label}”" for option in mine])
    return f"Your answer to “{question.ask}” is {labels}."


def added(minutes: int | Fraction | None, pence: int, symbol: str, per: str) -> str:
    """Write what an answer adds."""
    if not pence:
        return "That adds nothing."
    money = pounds(pence, symbol=symbol)
    if minutes:
        return f"That adds {duration(minutes)} a {per}: {money}."
    return f"That adds {money} a {per}."


def help_sentence(
    parts: Sequence[str],
    counts: bool,
    minutes: int | Fraction | None,
    pence: int,
    symbol: str,
) -> str:
    """Write what family help took away, or why it took nothing away.

    ``parts`` say how much of what family does: ``half of this``.
    """
    if not parts:
        return ""
    if not counts:
        return f" {NOT_COUNTED}"
    begin = f" Your carer is willing and able to do {joined(parts)}, so "
    if not pence:
        return f"{begin}there is nothing to take away."
    money = pounds(pence, symbol=symbol)
    if minutes:
        return f"{begin}{duration(minutes)} is taken away: {money}."
    return f"{begin}{money} is taken away."


def total_sentence(total: int, without_help: int, symbol: str, per: str) -> str:
    """Write the figure, and beside it the figure without family help where they differ."""
    text = f"The figure is {pounds(total, symbol=symbol)} a {per}. It can go up or down."
    if total != without_help:
        full = pounds(without_help, symbol=symbol)
        text += f" Without the help your family gives it would be {full} a {per}."
    return text
