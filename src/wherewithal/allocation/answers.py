"""One person's answers, and the same answers of many people as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from wherewithal.scheme import Condition, Question, Scheme
from wherewithal.scheme.parts import NONE_TICKED

DIGITS = 19
"""Longer numbers are no answer to anything, and would only slow reading down."""


class Missing(IntEnum):
    """Four ways in which there is no answer. They are never taken for one another, or for 0.

    The numbers stand for them in columns.
    """

    NOT_ANSWERED = -1
    NOT_APPLICABLE = -2
    DECLINED = -3
    UNKNOWN = -4


Answer = str | int | frozenset[str] | Missing
"""The code of an option, a whole number, the codes of all ticked options, or none of these."""
MISSING_WORDS: Mapping[str, Missing] = MappingProxyType(
    {
        "": Missing.NOT_ANSWERED,
        "n/a": Missing.NOT_APPLICABLE,
        "declined": Missing.DECLINED,
        "unknown": Missing.UNKNOWN,
    }
)
"""How missing answers are written in files."""
SAID_WORDS: Mapping[str, int] = MappingProxyType(
    {"yes": 1, "true": 1, "1": 1, "no": 0, "false": 0, "0": 0, "": -1}
)
"""How a carer's yes or no is written in files, and the number for it in columns; -1: not asked."""
BETWEEN = ";"
"""Stands between the options that were ticked, in files and wherever an answer is text."""
Share = int | Fraction
"""A share of a need in percent, 0 to 100."""


class AnswerMistake(ValueError):  # a mistake to mend, in the words of the house
    """An answer that the scheme does not allow; says which, and what is allowed."""

    def __init__(self, place: str, value: object, allowed: str) -> None:
        self.place, self.value, self.allowed = place, value, allowed
        super().__init__(f"{place}: {value!r} can't be used. Allowed: {allowed}.")


@dataclass(frozen=True, slots=True)
class Answers:
    """What one person answered.

    ``help`` is the share, in percent, of a question's need that family meets. It counts only where
    the carer is recorded as both willing and able; ``None`` means that nobody has asked.
    """

    values: Mapping[str, Answer]
    help: Mapping[str, Share] = field(default_factory=lambda: MappingProxyType({}))
    carer_willing: bool | None = None
    carer_able: bool | None = None


def check_answer(question: Question, value: Answer) -> Answer:
    """Return an answer that this question allows.

    Raises:
        AnswerMistake: it is not allowed.
    """
    if isinstance(value, Missing):
        if value is Missing.NOT_APPLICABLE and not question.may_not_apply:
            raise AnswerMistake(question.code, "not applicable", question.allowed())
        return value
    if question.kind == "number":
        if type(value) is int and question.least <= value <= question.most:
            return value
    elif question.kind == "several":
        if isinstance(value, frozenset) and value <= {option.code for option in question.options}:
            return value
    elif isinstance(value, str) and any(value == option.code for option in question.options):
        return value
    raise AnswerMistake(question.code, value, question.allowed())


def read_answer(question: Question, text: str) -> Answer:
    """Read an answer as files write it: ``often``, ``12``, ``a;b``, ``none``, ``n/a``, blank …

    Raises:
        AnswerMistake: it is not one the question allows.
    """
    text = text.strip()
    if text.lower() in MISSING_WORDS:
        return check_answer(question, MISSING_WORDS[text.lower()])
    if question.kind == "number" and text.isascii() and text.isdigit() and len(text) < DIGITS:
        return check_answer(question, int(text))
    if question.kind == "several":
        ticked = [] if text.lower() == NONE_TICKED else text.split(BETWEEN)
        codes = [code.strip() for code in ticked]
        if len(set(codes)) == len(codes) and set(codes) <= {o.code for o in question.options}:
            return frozenset(codes)
        raise AnswerMistake(question.code, text, question.allowed())
    return check_answer(question, text)


def write_answer(question: Question, answer: Answer) -> str:
    """Write an answer as :func:`read_answer` reads it; ticked options in their own order."""
    if isinstance(answer, Missing):
        return next(word for word, missing in MISSING_WORDS.items() if missing is answer)
    if isinstance(answer, frozenset):
        ticked = [option.code for option in question.options if option.code in answer]
        return BETWEEN.join(ticked) or NONE_TICKED
    return str(answer)


def given(condition: Condition, answer: Answer) -> int:
    """Return how many of the answers that a condition names were given; missing ones are none."""
    if isinstance(answer, Missing):
        return 0
    if isinstance(answer, frozenset):
        return len(answer.intersection(condition.options))
    if isinstance(answer, int):
        return int(condition.at_least is not None and answer >= condition.at_least)
    return int(answer in condition.options)


def check_share(question: Question, share: Share) -> Share:
    """Return a share of family help that can be recorded on this question.

    Raises:
        AnswerMistake: it is not between 0 and 100, or family help is not asked for here.
    """
    place = f"{question.code}, family help"
    if not question.helpable and share != 0:
        raise AnswerMistake(place, share, "nothing: family help is not asked for here")
    if type(share) not in (int, Fraction) or not 0 <= share <= 100:
        raise AnswerMistake(place, share, "a share from 0 to 100 percent")
    return share


def columns_of(scheme: Scheme, people: Sequence[Answers]) -> dict[str, np.ndarray]:
    """Return people's answers as columns for :func:`evaluate`.

    A choice is the place of its option, counted from 0; a number is itself; where several options
    can be ticked, bit ``i`` (worth ``2**i``) stands for the option in place ``i``; a missing answer
    is the number of its :class:`Missing`. ``<question>.help`` is a whole percentage, and
    ``carer_willing`` and ``carer_able`` are 1 (yes), 0 (no) or -1 (not asked).

    Raises:
        AnswerMistake: an answer is not one the scheme allows, or a share is not whole.
    """
    columns: dict[str, np.ndarray] = {}
    for question in scheme.questions:
        small = question.kind == "one" and len(question.options) < 128
        places = _places(question)
        codes = np.empty(len(people), np.int8 if small else np.int64)
        for row, person in enumerate(people):
            value = check_answer(question, person.values.get(question.code, Missing.NOT_ANSWERED))
            codes[row] = _code(value, places)
        columns[question.code] = codes
        if question.helpable:
            shares = [check_share(question, each.help.get(question.code, 0)) for each in people]
            columns[f"{question.code}.help"] = _whole(shares, question.code)
    for name in ("carer_willing", "carer_able"):
        said = [getattr(person, name) for person in people]
        columns[name] = np.array([-1 if each is None else int(each) for each in said], np.int8)
    return columns


def code_of(question: Question, answer: Answer) -> int:
    """Return the number that stands for an answer in columns (see :func:`columns_of`).

    Raises:
        AnswerMistake: it is not one the question allows.
    """
    return _code(check_answer(question, answer), _places(question))


def _places(question: Question) -> dict[str, int]:
    return {option.code: place for place, option in enumerate(question.options)}


def _code(value: Answer, places: Mapping[str, int]) -> int:
    if isinstance(value, frozenset):
        return sum(1 << places[code] for code in value)
    return places[value] if isinstance(value, str) else value


def _whole(shares: Sequence[Share], code: str) -> np.ndarray:
    for share in shares:
        if share != int(share):
            raise AnswerMistake(f"{code}, family help", str(share), "a whole percentage in columns")
    return np.array([int(share) for share in shares], np.uint8)
