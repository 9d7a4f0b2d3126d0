"""Why a figure moved, told from the standard scheme: each change by name, each in pence."""

from dataclasses import replace
from fractions import Fraction

import pytest

from wherewithal.allocation import Answers, Missing
from wherewithal.allocation.changes import changes
from wherewithal.scheme import Scheme, packaged, packaged_text, read_scheme

SCHEME = packaged("standard-adult")
SAID = {question.code: question.options[1].code for question in SCHEME.questions}
Parts = list[tuple[str, str, int]]


DAILY = '{{minutes: {}, label: "Yes, every day",\n         says: "you need help to keep clean every'
WORDS = {
    "day_price": ("hourly: 24.10, source: home-care", "hourly: {}, source: home-care"),
    "wash_daily": (DAILY.format(210), DAILY),
    "rounding": ("rounding: half-up", "rounding: {}"),
}
"""Words of the standard scheme's document, and how they are written with another value."""


def rewritten(**values: str) -> Scheme:
    """Return the standard scheme with other values in it."""
    text = packaged_text("standard-adult")
    for name, value in values.items():
        old, new = WORDS[name]
        assert text.count(old) == 1, name
        text = text.replace(old, new.format(value))
    return read_scheme(text, name="rewritten")


def parts(before: tuple[Scheme, Answers], after: tuple[Scheme, Answers]) -> Parts:
    notice = changes(before, after)
    assert sum(change.pence for change in notice.parts) == notice.moved
    return [(change.kind, change.code, change.pence) for change in notice.parts]


def test_an_answer_is_named_with_what_it_was_and_what_it_is() -> None:
    then, now = Answers(SAID), Answers(SAID | {"wash": "every-day"})
    notice = changes((SCHEME, then), (SCHEME, now))
    assert notice.sentence == (
        "Your figure was £569.20 a week. It is now £629.45. That is £60.25 more."
    )
    (change,) = notice.parts
    assert (change.kind, change.code, change.pence) == ("answer", "wash", 6025)
    assert change.sentence == (
        "Your answer to “Do you need help to keep clean?” was “Yes, on some days”. It is now “Yes,"
        " every day”."
    )


def test_answers_come_in_the_order_of_the_questionnaire() -> None:
    now = Answers(SAID | {"meals": "every-meal", "wash": "every-day", "dress": "no-help"})
    assert parts((SCHEME, Answers(SAID)), (SCHEME, now)) == [
        ("answer", "wash", 6025),
        ("answer", "dress", -1406),
        ("answer", "meals", 8435),
    ]


HELP = [
    # help before, does it count; help now, does it count; pence; what is said
    (0, True, 50, True, -1205, "Family or friends now do half of this."),
    (50, True, 25, True, 603, "Family or friends did half of this. They now do a quarter of this."),
    (50, True, 0, True, 1205, "Family or friends no longer do any of this."),
    (50, True, 50, False, 1205, "Help from family or friends no longer counts here. We count it"
     " only where the people who help have told us that they want to, and can."),
    (50, False, 50, True, -1205, "Family or friends do half of this, and that now counts. We count"
     " it only where the people who help have told us that they want to, and can."),
]  # fmt: skip


@pytest.mark.parametrize(("share", "counts", "new", "counts_now", "pence", "words"), HELP)
def test_family_help_is_named_without_what_a_carer_said(
    share: int, counts: bool, new: int, counts_now: bool, pence: int, words: str
) -> None:
    then = Answers(SAID, {"wash": share}, counts, True)
    now = Answers(SAID, {"wash": new}, counts_now, True)
    (change,) = changes((SCHEME, then), (SCHEME, now)).parts
    assert (change.kind, change.code, change.pence) == ("help", "wash", pence)
    assert change.sentence == f"“Do you need help to keep clean?” {words}"


def test_help_that_counts_neither_before_nor_now_is_no_reason() -> None:
    then, now = Answers(SAID, {"wash": 50}), Answers(SAID, {"wash": 75}, False, True)
    assert parts((SCHEME, then), (SCHEME, now)) == []


def test_a_price_is_named_with_what_an_hour_cost_and_costs() -> None:
    dearer = rewritten(day_price="25.10")
    notice = changes((SCHEME, Answers(SAID)), (dearer, Answers(SAID)))
    (change,) = notice.parts
    assert (change.kind, change.code, change.before, change.after) == (
        "price", "day", "£24.10", "£25.10",
    )  # fmt: skip
    assert change.sentence == (
        "“Support in the day” cost £24.10 an hour. It now costs £25.10 an hour."
    )


def test_a_rule_is_named_by_the_line_and_the_amount_that_changed() -> None:
    shorter = rewritten(wash_daily="180")
    person = Answers(SAID | {"wash": "every-day"})
    (change,) = changes((SCHEME, person), (shorter, person)).parts
    assert (change.kind, change.code, change.pence) == ("rule", "wash", -1205)
    assert change.sentence == (
        "How we work out “Do you need help to keep clean?” has changed. “Yes, every day” stood for"
        " 3 hours 30 minutes a week. It now stands for 3 hours a week."
    )


def test_a_rule_that_does_not_touch_this_person_is_not_named() -> None:
    shorter = rewritten(wash_daily="180")
    assert parts((SCHEME, Answers(SAID)), (shorter, Answers(SAID))) == []


def test_rounding_comes_last() -> None:
    down = rewritten(rounding="down")
    kinds = parts((SCHEME, Answers(SAID)), (down, Answers(SAID)))
    assert [kind for kind, _, _ in kinds] == ["rounding"]


def test_everything_at_once_adds_up_in_the_declared_order() -> None:
    new = rewritten(
        day_price="25.00",
        wash_daily="180",
        rounding="up",
    )
    now = Answers(SAID | {"wash": "every-day"}, {"meals": 50}, True, True)
    found = parts((SCHEME, Answers(SAID)), (new, now))
    assert [(kind, code) for kind, code, _ in found] == [
        ("answer", "wash"), ("help", "meals"), ("price", "day"), ("rule", "wash"),
        ("rounding", "rounding"),
    ]  # fmt: skip


def test_schemes_that_ask_other_things_name_what_is_new_and_what_is_gone() -> None:
    small = read_scheme(ONE_QUESTION, name="one question")
    notice = changes((SCHEME, Answers(SAID)), (small, Answers({"eat": "yes"})))
    kinds = {change.code: change for change in notice.parts}
    assert kinds["eat"].sentence == ("“Do you need help to eat?” is new. Your answer is “Yes”.")
    assert kinds["wash"].sentence == ("“Do you need help to keep clean?” no longer counts.")
    assert sum(change.pence for change in notice.parts) == notice.moved == 2000 - 56920


@pytest.mark.parametrize(("fall", "flagged"), [(Fraction(1, 100), True), (Fraction(1, 10), False)])
def test_a_large_fall_is_for_a_person_to_look_at(fall: Fraction, flagged: bool) -> None:
    now = Answers(SAID | {"wash": "no-help"})
    assert changes((SCHEME, Answers(SAID)), (SCHEME, now), large_fall=fall).large_fall is flagged
    assert not changes((SCHEME, now), (SCHEME, Answers(SAID)), large_fall=fall).large_fall


def test_where_there_is_no_figure_on_one_side_it_says_so() -> None:
    gap = Answers(SAID | {"wash": Missing.UNKNOWN})
    assert changes((SCHEME, gap), (SCHEME, Answers(SAID))).sentence == (
        "There was no figure before, because not every question had an answer."
    )
    assert changes((SCHEME, Answers(SAID)), (SCHEME, gap)).moved is None


def test_a_figure_a_year_is_not_compared_with_a_figure_a_week() -> None:
    yearly = replace(SCHEME, per="year")
    assert changes((SCHEME, Answers(SAID)), (yearly, Answers(SAID))).sentence == (
        "The figure before was in £ a week. It is now in £ a year. The two can't be compared."
    )


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="Give a share from 0 to 1"):
        changes((SCHEME, Answers(SAID)), (SCHEME, Answers(SAID)), large_fall=Fraction(10))


ONE_QUESTION = """
scheme: one-question
version: "1"
title: One question
summary: One question and one price.
money: {currency: GBP, per: week, rounding: half-up}
source: here
sources:
  here: {text: Made up for a test, date: 2026-04-01, status: unverified, reason: It is a test}
sections:
  all: {title: All}
prices:
  day: {label: Support in the day, hourly: 20, source: here}
questions:
  eat:
    section: all
    ask: "Do you need help to eat?"
    adds: {unit: minutes a week, price: day, source: here}
    options:
      "no": {minutes: 0, label: "No"}
      "yes": {minutes: 60, label: "Yes"}
"""
