"""Measure need by another scheme than the one audited: by one that has not learnt from plans."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from wherewithal.allocation.casefile import Text, read_text
from wherewithal.allocation.cases import Cases, cases_in
from wherewithal.allocation.evaluate.columns import CARER
from wherewithal.scheme import Question, Scheme

Column = np.ndarray
FITTED = "fitted"
"""The code of the source that fitted amounts name, and how the version of a fitted scheme ends."""


class YardstickMistake(ValueError):  # a mistake to mend, in the words of the house
    """The cases or the scheme do not fit the yardstick; says why, and what to do."""


def was_fitted(scheme: Scheme) -> bool:
    """Say whether a scheme bears the mark of having been fitted to plans or past spend."""
    if re.search(rf"-{FITTED}(-|$)", scheme.version):
        return True
    return any(source.code == FITTED for source in (scheme.source, *scheme.sources))


def own_columns(scheme: Scheme, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns that a scheme reads, of cases that hold those of two."""
    names = {question.code for question in scheme.questions}
    names |= {f"{question.code}.help" for question in scheme.questions if question.helpable}
    return {name: column for name, column in columns.items() if name in names | set(CARER)}


def check_yardstick(scheme: Scheme, yardstick: Scheme, held: Mapping[str, object]) -> None:
    """Look whether a yardstick can be used beside a scheme, on cases that hold these columns.

    Raises:
        YardstickMistake: it asks what the cases do not hold, or has other answers to a question.
    """
    lacking = [question.code for question in yardstick.questions if question.code not in held]
    if lacking:
        raise YardstickMistake(
            f"The yardstick {yardstick.code!r} asks what the cases do not hold:"
            f" {', '.join(lacking)}. Add these columns, or choose a yardstick whose questions are"
            " in the cases."
        )
    own = {question.code: _answers(question) for question in scheme.questions}
    for question in yardstick.questions:
        if own.get(question.code, _answers(question)) != _answers(question):
            raise YardstickMistake(
                f"The question {question.code!r} has other answers in the yardstick"
                f" {yardstick.code!r} than in the scheme {scheme.code!r}. Choose a yardstick that"
                " asks it alike."
            )


def _answers(question: Question) -> tuple[object, ...]:
    codes = tuple(option.code for option in question.options)
    return question.kind, codes, question.may_not_apply, question.least, question.most


def read_cases_of_both(scheme: Scheme, yardstick: Scheme, path: Path) -> Cases:
    """Read cases of a scheme, with the columns that the yardstick asks for beside its own.

    Raises:
        YardstickMistake: the file or the scheme does not fit the yardstick.
        CasesMistake: the file can't be read or used.
    """

    def read(text: Text) -> Cases:
        own = cases_in(scheme, text, beside=(yardstick,))
        check_yardstick(scheme, yardstick, text.columns)
        other = cases_in(yardstick, text, beside=(scheme,), money=False)
        return replace(own, columns={**other.columns, **own.columns})

    return read_text(path, read)
