"""Florida's iBudget algorithm 5b: weighted scores, added up and squared, are dollars a year."""

import pytest

from wherewithal.allocation import Answers, columns_of, evaluate, explain
from wherewithal.scheme import packaged

FLORIDA = packaged("florida-ibudget-5b")
SCORES = [question.code for question in FLORIDA.questions if question.code.startswith("Q")]


def person(setting: str, age: int, scores: dict[str, int], rest: int = 0) -> Answers:
    return Answers({"setting": setting, "age": age, **dict.fromkeys(SCORES, rest), **scores})


FAMILY_HOME = {"Q14": 1, "Q15": 1, "Q16": 2, "Q18": 3, "Q20": 2, "Q21": 2, "Q23": 3}
SUPPORTED = {"Q16": 1, "Q18": 1, "Q20": 2, "Q21": 2, "Q23": 3, "Q25": 1, "Q28": 1, "Q36": 2}
VECTORS = [
    # setting, age, answers above the rest, the rest, score before squaring, cents a year
    ("FH", 18, {}, 0, "27.5720", 76022),
    ("FH", 25, {}, 0, "75.4193", 568807),
    ("FH", 45, FAMILY_HOME, 0, "137.9784", 1903804),
    ("ILSL", 35, SUPPORTED, 0, "180.7002", 3265256),
    ("RH1", 50, {}, 2, "234.0224", 5476648),
    ("RH4", 40, {}, 4, "477.3501", 22786312),
]


@pytest.mark.parametrize(("setting", "age", "scores", "rest", "score", "cents"), VECTORS)
def test_the_weighted_scores_are_squared(
    setting: str, age: int, scores: dict[str, int], rest: int, score: str, cents: int
) -> None:
    told = explain(FLORIDA, person(setting, age, scores, rest))
    assert f"{float(told.step('score').value):.4f}" == score
    assert told.total == cents


def test_a_column_of_people_gets_the_same_cents() -> None:
    crowd = [person(setting, age, scores, rest) for setting, age, scores, rest, _, _ in VECTORS]
    found = evaluate(FLORIDA, columns_of(FLORIDA, crowd))["total"]
    assert found.tolist() == [cents for *_, cents in VECTORS]


@pytest.mark.parametrize(
    ("age", "weight"), [(20, 0), (21, 478473), (30, 478473), (31, 489634), (120, 489634)]
)
def test_the_age_group_begins_on_the_birthday(age: int, weight: int) -> None:
    told = explain(FLORIDA, person("FH", age, {}))
    assert told.step("age-group").value * 10_000 == weight


def test_it_is_paid_in_dollars_a_year() -> None:
    told = explain(FLORIDA, person("FH", 18, {}))
    assert told.sentence == "The figure is $760.22 a year. It can go up or down."
