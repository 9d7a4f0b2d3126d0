"""Answers to a scheme's questions that hang together: more need, later options, by reason."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.draws import Draws
from wherewithal.council.figures import packaged_data
from wherewithal.council.needs import Needs
from wherewithal.council.people import Flags, Folk, Table
from wherewithal.scheme import Question

_NEED_WEIGHT, _SPREAD = 0.95, 0.75
_ANSWERED_SHARE = 0.6
_DOES_APPLY = 0.12
_HELP_STEP = 10
NOT_APPLICABLE = "not_applicable"


@cache
def leanings() -> Any:
    """Return how each reason for support leans in each question."""
    return packaged_data("leanings")


def answers_table(draws: Draws, folk: Folk, needs: Needs, questions: Sequence[Question]) -> Table:
    """Make ``answers`` of every adult who has been asked, in the order of the questions.

    From eligibility on every question is answered; in an assessment under way about six in ten
    are; before it none, and carers (who are asked other questions) none. The option is a code of
    the question's, a number where it asks for one, or ``not_applicable``.
    """
    asked = folk.adult & (folk.stage != "contact")
    under_way = folk.stage == "assessment"
    progress = draws.uniform("answer progress") * 2 * _ANSWERED_SHARE
    rows: list[Table] = []
    for place, question in enumerate(questions):
        reached = ~under_way | (place / len(questions) < progress)
        rows.append(_one_question(draws, folk, needs, question, asked & reached))
    columns = {name: np.concatenate([row[name] for row in rows]) for name in rows[0]}
    order = np.argsort(columns["person_id"], kind="stable")
    return {name: column[order] for name, column in columns.items()}


def _one_question(draws: Draws, folk: Folk, needs: Needs, question: Question, who: Flags) -> Table:
    score = _NEED_WEIGHT * needs.logit + _leanings(folk, needs, question)
    score = score + _SPREAD * draws.normal(f"answer {question.code}")
    place = 1 / (1 + np.exp(-score)) if question.rising else draws.uniform(f"place {question.code}")
    options, help_percent = _options(question, place), _help(draws, folk, question)
    if question.may_not_apply:
        applies = draws.yes(f"applies {question.code}", _DOES_APPLY)
        options[~applies], help_percent[~applies] = NOT_APPLICABLE, 0
    return {
        "person_id": np.arange(1, draws.people + 1)[who],
        "question": np.full(int(who.sum()), question.code, dtype=object),
        "option": options[who],
        "help_percent": help_percent[who],
    }


def _options(question: Question, place: NDArray[np.float64]) -> NDArray[Any]:
    """Turn places from 0 to 1 into option codes, or into numbers where a number is asked for."""
    if question.kind == "number":
        span = question.most - question.least + 1
        numbers = question.least + np.minimum(np.floor(place**2 * span), span - 1)
        return numbers.astype(np.int64).astype(str).astype(object)
    codes = np.array([option.code for option in question.options], dtype=object)
    return codes[np.minimum(np.floor(place * codes.size).astype(np.int64), codes.size - 1)]


def _leanings(folk: Folk, needs: Needs, question: Question) -> NDArray[np.float64]:
    """Add up what the reason for support says about this question, and need that comes and goes."""
    tables = leanings()
    code = question.code.lower()
    matched = [tables["by_outcome"].get(need, {}) for need in question.needs]
    words = [table for word, table in tables["by_word"].items() if word in code]
    total = np.zeros(folk.adult.size)
    for table in words or matched:
        for profile, leaning in table.items():
            total[folk.profile == profile] += leaning / len(words or matched)
    if any(word in code for word in tables["fluctuating"]["words"]):
        leaning = tables["fluctuating"]["leaning"]
        total += np.where(needs.fluctuating, leaning, -leaning)
    return total


def _help(draws: Draws, folk: Folk, question: Question) -> NDArray[np.int64]:
    """Draw the percentage of this need that family meets, in tens: more from a carer at home."""
    if not question.helpable:
        return np.zeros(draws.people, dtype=np.int64)
    most = np.where(folk.carer_lives_with, 0.8, 0.45)
    helps = draws.yes(f"helps {question.code}", most)
    share = draws.uniform(f"help {question.code}") * most * 100 / _HELP_STEP
    tens = (1 + np.floor(share)).astype(np.int64) * _HELP_STEP
    return np.where(folk.has_carer & helps, tens, 0)
