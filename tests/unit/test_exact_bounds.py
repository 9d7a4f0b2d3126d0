"""What is accepted fits whole numbers exactly, right up to the edge; what does not is refused."""

from fractions import Fraction

import pytest

from wherewithal.allocation import Answers, columns_of, evaluate, explain
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import Scheme, SchemeMistakes, read_scheme

TEXT = """
scheme: edge
version: "1"
title: At the edge
money: {{currency: GBP, per: week, rounding: half-up}}
source: here
sources:
  here: {{text: Made up, date: 2026-04-01, status: unverified, reason: it is a test}}
sections:
  all: {{title: Everything}}
questions:
  score: {{section: all, ask: How much, kind: number, from: 0, to: {most}, unit: money}}
steps:
  weighted: {{kind: sum, of: {{score: {weight}}}, source: here}}
lines:
  paid: {{label: Paid, of: weighted}}
"""


def edge(most: int, weight: str) -> Scheme:
    return read_scheme(TEXT.format(most=most, weight=weight), name="edge")


@pytest.mark.parametrize(
    ("most", "weight"),
    [(10**9, "0.0001"), (10**15, "1"), (10**12, "9.999"), (3_000_000_000, "0.00000001")],
)
def test_the_largest_answer_an_accepted_scheme_allows_is_exact(most: int, weight: str) -> None:
    scheme = edge(most, weight)
    crowd = [Answers({"score": score}) for score in (0, 1, most // 3, most - 1, most)]
    found = evaluate(scheme, columns_of(scheme, crowd))["total"].tolist()
    assert found == [explain(scheme, person).total for person in crowd]
    assert found[-1] == ROUNDINGS["half-up"](Fraction(weight) * most * 100)


@pytest.mark.parametrize(("most", "weight"), [(10**17, "1"), (10**12, "9.99999999"), (10**18, "5")])
def test_a_scheme_whose_numbers_could_outgrow_the_columns_is_refused(
    most: int, weight: str
) -> None:
    with pytest.raises(SchemeMistakes, match="too large"):
        edge(most, weight)


ROUNDED = """
scheme: rounded
version: "1"
title: Rounded
money: {{currency: GBP, per: week, rounding: half-up}}
source: here
sources:
  here: {{text: Made up, date: 2026-04-01, status: unverified, reason: it is a test}}
sections:
  all: {{title: Everything}}
questions:
  n: {{section: all, ask: How much, kind: number, from: 0, to: 120, unit: money, order: none}}
steps:
  part: {{kind: sum, of: {{n: {part}}}, plus: {less}, source: here}}
  whole: {{kind: round, of: part, to: 1, rounding: {rounding}}}
  raised: {{kind: sum, of: [whole], plus: 100, source: here}}
lines:
  paid: {{label: Paid, of: raised}}
"""


@pytest.mark.parametrize("rounding", sorted(ROUNDINGS))
@pytest.mark.parametrize("divisor", [1, 2, 3, 4, 10])
def test_columns_are_rounded_as_single_numbers_are(rounding: str, divisor: int) -> None:
    one, less = Fraction(1, divisor), Fraction(-60, divisor)
    text = ROUNDED.format(part=one, less=less, rounding=rounding)
    scheme = read_scheme(text, name="rounded")
    numbers = range(121)
    columns = columns_of(scheme, [Answers({"n": n}) for n in numbers])
    found = evaluate(scheme, columns, figures=("step.whole",))["step.whole"].tolist()
    assert found == [ROUNDINGS[rounding](n * one + less) for n in numbers]
