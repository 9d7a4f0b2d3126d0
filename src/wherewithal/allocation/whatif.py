"""What would change a figure: each other answer that could have been given, and what it would move.

This is there so that a wrong answer is noticed and put right, not so that answers are picked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from wherewithal.allocation.answers import Answer, Answers, Missing, columns_of, write_answer
from wherewithal.allocation.evaluate import NO_FIGURE, evaluate
from wherewithal.allocation.explain.sentences import answer_label
from wherewithal.money import pounds
from wherewithal.scheme import Question, Scheme

MOST_NUMBERS = 10
"""Where a question allows more numbers than this, only one less and one more are tried."""
HELP = "family help"
NEAR = 1


@dataclass(frozen=True, slots=True)
class Alternative:
    """One answer given otherwise, all else as it is.

    ``total`` is the figure it would give, in pence; ``moves`` is how far that is from the figure
    now. Both are ``None`` where no figure would be given and the support would be costed by hand.
    ``away`` is how many answers further up the form (-1, -2 …) or down it (1, 2 …) it stands; it
    is 0 where the answers have no order. ``kind`` is ``help`` where not an answer is changed but
    whether family help counts.
    """

    kind: Literal["answer", "help"]
    question: str
    ask: str
    now: str
    answer: str
    label: str
    away: int
    total: int | None
    moves: int | None

    @property
    def near(self) -> bool:
        """Say whether it stands right beside the answer given, or among answers of no order."""
        return abs(self.away) <= NEAR


@dataclass(frozen=True, slots=True)
class _Try:
    kind: Literal["answer", "help"]
    question: Question | None
    answer: str
    label: str
    away: int
    person: Answers


def what_if(scheme: Scheme, answers: Answers) -> tuple[Alternative, ...]:
    """Return what each other answer would give, in the order of the questionnaire.

    All of them are worked out at once, with :func:`wherewithal.allocation.evaluate`. Where family
    help is recorded, the last one is the figure with that help counted, or not, the other way
    round. Of a number with many values, one less and one more are tried; of a question where
    several can be ticked, each tick on or off. There are none where there is no figure.

    Raises:
        AnswerMistake: an answer is not one the scheme allows, or a share of help is not whole.
    """
    tries = [*_answers(scheme, answers), *_help(answers)]
    people = [answers, *(each.person for each in tries)]
    found = evaluate(scheme, columns_of(scheme, people), figures=("total",))
    totals = [None if pence == NO_FIGURE else int(pence) for pence in found["total"]]
    now = totals[0]
    if now is None:
        return ()
    return tuple(
        _alternative(each, answers, now, total)
        for each, total in zip(tries, totals[1:], strict=True)
    )


def nearest(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """Keep the other answers that stand right beside the one given, and move the figure.

    This is what people are shown: enough to notice a slip, without a parade of the worst.
    """
    return tuple(
        each for each in alternatives if each.kind == "answer" and each.near and each.moves != 0
    )


def in_a_sentence(alternative: Alternative, symbol: str, per: str) -> str:
    """Write one alternative: ``“No” would make it £4.00 a week less.``"""
    said = f"“{alternative.label}” would"
    if alternative.moves is None:
        return f"{said} mean that we work it out by hand with you."
    if not alternative.moves:
        return f"{said} not change it."
    money = pounds(abs(alternative.moves), symbol=symbol)
    return f"{said} make it {money} a {per} {'more' if alternative.moves > 0 else 'less'}."


def _alternative(tried: _Try, answers: Answers, now: int, total: int | None) -> Alternative:
    question = tried.question
    code, ask, said = HELP, "Does help from family and friends count?", ""
    if question is None:
        said = "Counted" if _counts(answers) else "Not counted"
    else:
        code, ask = question.code, question.ask
        said = answer_label(question, answers.values[question.code])
    moves = None if total is None else total - now
    return Alternative(
        tried.kind, code, ask, said, tried.answer, tried.label, tried.away, total, moves
    )


def _answers(scheme: Scheme, answers: Answers) -> Iterator[_Try]:
    for question in scheme.questions:
        given = answers.values.get(question.code, Missing.NOT_ANSWERED)
        for other, away in _others(question, given):
            values = MappingProxyType({**answers.values, question.code: other})
            text, label = write_answer(question, other), answer_label(question, other)
            person = replace(answers, values=values)
            yield _Try("answer", question, text, label, away, person)


def _help(answers: Answers) -> Iterator[_Try]:
    """Turn family help off where it counts, and on where it is recorded but does not count."""
    if not any(answers.help.values()):
        return
    counts = _counts(answers)
    label = "Not counted" if counts else "Counted"
    other = replace(answers, carer_willing=not counts, carer_able=not counts)
    yield _Try("help", None, label.lower(), label, 0, other)


def _counts(answers: Answers) -> bool:
    return answers.carer_willing is True and answers.carer_able is True


def _others(question: Question, given: Answer) -> Iterator[tuple[Answer, int]]:
    if isinstance(given, Missing) and given is not Missing.NOT_APPLICABLE:
        return
    if isinstance(given, frozenset):
        for option in question.options:
            ticked = option.code in given
            yield given ^ {option.code}, -1 if ticked else 1
    else:
        yield from _single(question, given)
    if question.may_not_apply and given is not Missing.NOT_APPLICABLE:
        yield Missing.NOT_APPLICABLE, 0


def _single(question: Question, given: Answer) -> Iterator[tuple[Answer, int]]:
    """Yield the other options or numbers; from “does not apply” all are as near as one another."""
    choices = _choices(question, given)
    place = None if isinstance(given, Missing) else choices.index(given)
    for number, other in enumerate(choices):
        if number != place:
            ordered = place is not None and (question.rising or question.kind == "number")
            yield other, number - (place or 0) if ordered else 0


def _choices(question: Question, given: Answer) -> list[Answer]:
    if question.kind == "several":
        return [frozenset(), *(frozenset({option.code}) for option in question.options)]
    if question.kind == "one":
        return [option.code for option in question.options]
    least, most = question.least, question.most
    if most - least >= MOST_NUMBERS:
        middle = given if isinstance(given, int) and not isinstance(given, Missing) else least
        least, most = max(least, middle - 1), min(most, middle + 1)
    return list(range(least, most + 1))


def by_question(alternatives: Sequence[Alternative]) -> Mapping[str, tuple[Alternative, ...]]:
    """Put alternatives together by their question, in the order they come."""
    found: dict[str, list[Alternative]] = {}
    for each in alternatives:
        found.setdefault(each.question, []).append(each)
    return MappingProxyType({code: tuple(several) for code, several in found.items()})
