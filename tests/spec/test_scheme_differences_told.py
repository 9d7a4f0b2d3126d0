"""What a reader is told of each change between two schemes."""

from pathlib import Path

import pytest
from tests.spec.scheme_chapters import CHAPTERS, text_of

from wherewithal.scheme import read_scheme
from wherewithal.scheme.difference import differences, in_words

SMALL = (Path(__file__).parents[1] / "unit" / "sound_scheme.yaml").read_text(encoding="utf-8")
MADE_UP = "Source: Made up for a test."


@pytest.mark.parametrize(
    ("old", "new", "group", "sentence"),
    [
        ("minutes: 60", "minutes: 75", "Amounts",
         "Answer “Sometimes” to “Do you need help to wash?”: from 60 to 75 minutes (+15). "
         f"{MADE_UP}"),
        ("own: 2", "own: 1.5", "Amounts",
         "Answer “On my own” to “Where do you live?”, setting (setting): from 2 to 1.5 factor "
         f"(−0.5). {MADE_UP}"),
        ("hourly: 20.50", "hourly: 21", "Prices",
         f"Price “Support in the day”: from £20.50 to £21.00 an hour (+£0.50). {MADE_UP}"),
        ("below: 12, amount: 10", "below: 12, amount: 15", "Bands and curves",
         "Step banded, row 2 (from 6, below 12): from £10.00 to £15.00 (+£5.00). "
         f"{MADE_UP}"),
        ("[10, 25]", "[10, 30]", "Bands and curves",
         f"Step curved, row 2 (at 10): from £25.00 to £30.00 (+£5.00). {MADE_UP}"),
        ("most: 18", "most: 17", "Limits", f"Step topped, the most: from 18 to 17 (−1). {MADE_UP}"),
        ("whole: 0.5", "whole: 0.75", "Steps",
         f"Step both, the parts, whole, the weight: from 0.5 to 0.75 (+0.25). {MADE_UP}"),
        ("rounding: down", "rounding: up", "Rounding and money",
         "Step whole, rounding: “down” is now “up”."),
        ("rounding: half-up", "rounding: half-even", "Rounding and money",
         "The scheme, rounding: “half-up” is now “half-even”."),
        ("{at-least: 10}", "{at-least: 9}", "Costed by hand",
         "The rule on “How hard is an ordinary day?” and “Where do you live?”, the answers, score, "
         "the number from which it holds: from 10 to 9 (−1)."),
        ("date: 2026-04-01", "date: 2026-04-06", "Sources",
         "Source made-up, date: “2026-04-01” is now “2026-04-06”."),
        ("label: Sometimes", "label: Now and then", "Words",
         "Answer “Now and then” to “Do you need help to wash?”, label: “Sometimes” is now "
         "“Now and then”."),
        ("ask: Do you need help to wash?", "ask: Do you need help to keep clean?", "Words",
         "Question “Do you need help to keep clean?”, the question: “Do you need help to wash?” is "
         "now “Do you need help to keep clean?”."),
        ("      lots:", "      more: {label: Most days, minutes: 100}\n      lots:",
         "Questions and answers", "Answer “Most days” to “Do you need help to wash?” is new."),
    ],
)  # fmt: skip
def test_each_change_is_told_in_its_group(old: str, new: str, group: str, sentence: str) -> None:
    assert SMALL.count(old) == 1
    before = read_scheme(SMALL, name="before")
    after = read_scheme(SMALL.replace(old, new), name="after")
    assert (group, sentence) in [(each.group, str(each)) for each in differences(before, after)]


def test_the_largest_change_of_a_group_comes_first() -> None:
    after = SMALL.replace("minutes: 60", "minutes: 65").replace("minutes: 210", "minutes: 250")
    told = differences(read_scheme(SMALL, name="a"), read_scheme(after, name="b"))
    assert [each.by for each in told] == [40, 5]


def test_a_question_comes_and_goes_as_one() -> None:
    rest = SMALL[: SMALL.index("  wash:")] + SMALL[SMALL.index("  home:") :]
    rest = rest.replace(SMALL[SMALL.index("prices:") : SMALL.index("questions:")], "")
    whole, less = read_scheme(SMALL, name="a"), read_scheme(rest, name="b")
    assert [str(each) for each in differences(whole, less)] == [
        "Question “Do you need help to wash?” is gone.",
        "Price “Support in the day” is gone.",
    ]
    assert str(differences(less, whole)[0]) == "Question “Do you need help to wash?” is new."


def test_points_beside_an_answer_are_told_as_minutes_are() -> None:
    chapter = next(each for each in CHAPTERS if each.title == "Points beside each answer")
    before, after = (text_of(chapter), text_of(chapter).replace("points: 4,", "points: 5,"))
    schemes = [read_scheme(text, name="scheme") for text in (before, after)]
    assert [str(each) for each in differences(*schemes)] == [
        "Answer “Some help” to “Do you need help to wash?”: from 4 to 5 points (+1). "
        "Source: Made up."
    ]
    other = text_of(chapter).replace("  wash:", "  bathe:").replace("wash.points", "bathe.points")
    moved = differences(schemes[0], read_scheme(other, name="other"))
    assert not [each for each in moved if each.path[:2] == ("steps", "wash.points")]


def test_two_equal_schemes_are_told_to_be_the_same() -> None:
    scheme = read_scheme(SMALL, name="a")
    assert in_words(differences(scheme, scheme)) == "The two schemes are the same."


def test_words_alone_change_no_figure() -> None:
    after = read_scheme(SMALL.replace("label: Sometimes", "label: At times"), name="b")
    told = in_words(differences(read_scheme(SMALL, name="a"), after))
    assert told.splitlines()[:2] == ["Nothing that changes a figure.", "Words"]
