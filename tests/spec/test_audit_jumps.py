"""The largest jumps are those that can happen: from a figure to a figure, by one answer."""

import numpy as np

from wherewithal.allocation.cases import Cases, Groups
from wherewithal.equity.audit import Audit, Settings, audit
from wherewithal.equity.tables import by_hand, jumps
from wherewithal.scheme import read_scheme

SCHEME = """
scheme: washing
version: "1"
title: Washing
money: {currency: GBP, per: week, rounding: half-up}
source: made-up
sources:
  made-up: {text: Made up for a test, date: 2026-04-01, status: unverified, reason: It is a test}
sections: {body: {title: Your body}}
prices:
  day: {label: Support in the day, hourly: 20, source: made-up}
questions:
  wash:
    section: body
    ask: Do you need help to wash?
    adds: {unit: minutes a week, price: day, source: made-up}
    options:
      no-help: {label: "No", minutes: 0}
      some: {label: Sometimes, minutes: 300}
      always: {label: All day and night, minutes: 6000}
  eat:
    section: body
    ask: Do you need help to eat?
    adds: {unit: minutes a week, price: day, source: made-up}
    options:
      no-help: {label: "No", minutes: 0}
      some: {label: Sometimes, minutes: 150}
"""
BY_ANSWER = """
costed-by-hand:
  - because: Help day and night is planned hour by hour.
    when: {wash: always}
    source: made-up
"""
BY_TOTAL = """
costed-by-hand:
  - because: So large a plan is costed from the bottom up.
    total-above: 120
    source: made-up
"""


def audited(rule: str, *, eating: int) -> Audit:
    """Audit 40 people who need some help to wash; ``eating`` of them need help to eat too."""
    columns = {"wash": np.ones(40, np.int64), "eat": (np.arange(40) < eating).astype(np.int64)}
    groups = {"area": Groups(("north", "south"), np.arange(40) % 2)}
    cases = Cases(tuple(f"P{place}" for place in range(40)), columns, None, groups)
    settings = Settings(bootstraps=100)
    return audit(read_scheme(SCHEME + rule, name="a test"), cases, settings=settings)


def told(found: Audit) -> list[tuple[object, ...]]:
    return [row[:4] for row in jumps(found).rows]


WASH, EAT = "Do you need help to wash?", "Do you need help to eat?"


def test_a_step_whose_answer_is_always_costed_by_hand_is_no_jump() -> None:
    found = audited(BY_ANSWER, eating=0)
    assert told(found) == [(WASH, "No", "Sometimes", 10000), (EAT, "No", "Sometimes", 5000)]
    assert by_hand(found).rows == ((WASH, "Sometimes", "All day and night", 100.0),)


def test_a_step_is_no_jump_for_those_whose_total_it_brings_above_the_limit() -> None:
    found = audited(BY_TOTAL, eating=10)
    # Ten get £150, more than the limit, and are costed by hand: thirty have £100 and would too.
    assert told(found) == [(WASH, "No", "Sometimes", 10000)]
    assert by_hand(found).rows == (
        (EAT, "No", "Sometimes", 100.0),
        (WASH, "Sometimes", "All day and night", 75.0),
        (WASH, "No", "Sometimes", 25.0),
    )


def test_without_costing_by_hand_every_step_is_a_jump() -> None:
    found = audited("", eating=0)
    assert told(found)[0] == (WASH, "Sometimes", "All day and night", 190000)
    assert by_hand(found).rows == ()
