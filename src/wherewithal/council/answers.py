"""Answers to a scheme's questions that hang together: more need, later options, by reason."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.draws import Draws
from wherewithal.council.figures import packaged_data
from wherewithal.council.needs import Needs
from wherewithal.council.people import Flags, Folk, Table
from wherewithal.scheme import Question
from wherewithal.scheme.parts import NONE_TICKED

_NEED_WEIGHT, _SPREAD = 0.61, 0.61
_ANSWERED_SHARE = 0.6
_DOES_APPLY = 0.5
_HELP_STEP = 10
NOT_APPLICABLE = "n/a"  # as in the files that `wherewithal allocate` reads


@cache
def leanings() -> Any:
    """Return how each reason for support leans in each question."""
    return packaged_data("leanings")


def answers_table(draws: Draws, folk: Folk, needs: Needs, questions: Sequence[Question]) -> Table:
    """Make ``answers`` of every adult who has been asked, in the order of the questions.

    From eligibility on every question is answered; in an assessment under way about six in ten
    are; before it none, and carers (who are asked other questions) none. The option is a code of
    the question's, a number where it asks for one, or ``n/a``.
    """
    asked = folk.adult & (folk.stage != "contact")
    under_way = folk.stage == "assessment"
    progress = draws.uniform("answer progress") * 2 * _ANSWERED_SHARE
    chosen = draw_options(draws, folk, needs, questions)
    rows: list[Table] = []
    for place, question in enumerate(questions):
        who = asked & (~under_way | (place / len(questions) < progress))
        rows.append(_rows(draws, folk, question, chosen[question.code], who))
    columns = {name: np.concatenate([row[name] for row in rows]) for name in rows[0]}
    order = np.argsort(columns["person_id"], kind="stable")
    return {name: column[order] for name, column in columns.items()}


def draw_options(
    draws: Draws, folk: Folk, needs: Needs, questions: Sequence[Question]
) -> dict[str, NDArray[Any]]:
    """Draw what each person would answer to each question, whether or not they have been asked."""
    chosen: dict[str, NDArray[Any]] = {}
    for question in questions:
        chosen[question.code] = _chosen(draws, folk, needs, question, chosen)
    _at_least(chosen, questions)
    return chosen


def _at_least(chosen: dict[str, NDArray[Any]], questions: Sequence[Question]) -> None:
    """Give those with no need in two outcomes a little of the commonest two.

    Nobody is supported without: see regulation 2 of SI 2015/313.
    """
    asked = {q.code: q for q in questions if q.needs and q.kind == "one" and q.rising}
    commonest = [asked[code] for code in leanings()["commonest"] if code in asked]
    none = [(chosen[q.code] == q.options[0].code) | (chosen[q.code] == NOT_APPLICABLE)
            for q in asked.values()]  # fmt: skip
    if len(commonest) < 2:
        return
    few = np.sum(~np.array(none), axis=0) < 2
    for question in commonest:
        least, some = (option.code for option in question.options[:2])
        chosen[question.code][few & (chosen[question.code] == least)] = some


def draw_help(
    draws: Draws, folk: Folk, question: Question, options: NDArray[Any]
) -> NDArray[np.int64]:
    """Draw the percentage of a question's need that family meets: none where it does not apply."""
    return np.where(options == NOT_APPLICABLE, 0, _help(draws, folk, question))


def _rows(draws: Draws, folk: Folk, question: Question, options: NDArray[Any], who: Flags) -> Table:
    help_percent = draw_help(draws, folk, question, options)
    return {
        "person_id": np.arange(1, draws.people + 1)[who],
        "question": np.full(int(who.sum()), question.code, dtype=object),
        "option": options[who],
        "help_percent": help_percent[who],
    }


def _chosen(
    draws: Draws, folk: Folk, needs: Needs, question: Question, before: Mapping[str, NDArray[Any]]
) -> NDArray[Any]:
    score = _NEED_WEIGHT * needs.logit + _leanings(folk, needs, question)
    score = score + _SPREAD * draws.normal(f"answer {question.code}")
    place = 1 / (1 + np.exp(-score)) if question.rising else draws.uniform(f"place {question.code}")
    options = _options(question, place)
    if question.may_not_apply:
        options[~_applies(draws, folk, question, before)] = NOT_APPLICABLE
    return options


def _applies(
    draws: Draws, folk: Folk, question: Question, before: Mapping[str, NDArray[Any]]
) -> Flags:
    """Say whom a question is for: by an earlier answer, or else by a share of each group."""
    ruled_out = leanings()["unless"].get(question.code)
    if ruled_out and ruled_out["question"] in before:
        return np.asarray(before[ruled_out["question"]] != ruled_out["option"])
    chance = np.full(draws.people, _DOES_APPLY)
    for group, share in leanings()["applies"].get(question.code, {}).items():
        chance[folk.group == group] = share
    return draws.yes(f"applies {question.code}", chance)


def _options(question: Question, place: NDArray[np.float64]) -> NDArray[Any]:
    """Turn places from 0 to 1 into option codes, numbers, or more and more ticked options."""
    if question.kind == "number":
        span = question.most - question.least + 1
        numbers = question.least + np.minimum(np.floor(place**2 * span), span - 1)
        return numbers.astype(np.int64).astype(str).astype(object)
    codes = np.array([option.code for option in question.options], dtype=object)
    if question.kind == "several":
        ticked = np.floor(place * (codes.size + 1)).astype(np.int64).clip(0, codes.size)
        answers = [";".join(codes[:count]) or NONE_TICKED for count in range(codes.size + 1)]
        return np.asarray(np.array(answers, dtype=object)[ticked])
    return codes[np.minimum(np.floor(place * codes.size).astype(np.int64), codes.size - 1)]


def _leanings(folk: Folk, needs: Needs, question: Question) -> NDArray[np.float64]:
    """Return what the reason for support, and need that comes and goes, say about a question."""
    known = leanings()["by_question"].get(question.code)
    outcomes = [leanings()["by_outcome"].get(need, {}) for need in question.needs]
    tables = [known] if known else outcomes
    total = np.full(folk.adult.size, float(leanings()["everywhere"]))
    for table in tables:
        total += table.get("anyone", 0.0) / len(tables)
        for profile, leaning in table.items():
            total[folk.profile == profile] += leaning / len(tables)
    comes_and_goes = leanings()["fluctuating"].get(question.code, 0.0)
    return np.asarray(total + np.where(needs.fluctuating, comes_and_goes, -comes_and_goes))


def _help(draws: Draws, folk: Folk, question: Question) -> NDArray[np.int64]:
    """Draw the percentage of this need that family meets, in tens: more from a carer at home."""
    if not question.helpable:
        return np.zeros(draws.people, dtype=np.int64)
    most = np.where(folk.carer_lives_with, 0.8, 0.45)
    helps = draws.yes(f"helps {question.code}", most)
    share = draws.uniform(f"help {question.code}") * most * 100 / _HELP_STEP
    tens = (1 + np.floor(share)).astype(np.int64) * _HELP_STEP
    return np.where(folk.has_carer & helps, tens, 0)
