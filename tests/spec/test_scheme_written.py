"""How a scheme is written as a document: short where it can be, with its comments."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from wherewithal.scheme import Scheme, SchemeMistakes, packaged, packaged_text, read_scheme
from wherewithal.scheme.document.comments import read_comments
from wherewithal.scheme.document.emit import scalar
from wherewithal.scheme.document.write import settled, write_scheme
from wherewithal.scheme.document.write_steps import decimal
from wherewithal.scheme.workbook import from_workbook, to_workbook

SMALL = (Path(__file__).parents[1] / "unit" / "sound_scheme.yaml").read_text(encoding="utf-8")
STANDARD = packaged("standard-adult")


def small(old: str = "", new: str = "") -> Scheme:
    assert old in SMALL
    return read_scheme(SMALL.replace(old, new) if old else SMALL, name="small")


def test_minutes_a_week_stand_beside_each_answer() -> None:
    text = write_scheme(small())
    assert "    adds: {unit: minutes a week, price: day, source: made-up}\n" in text
    assert "      lots: {minutes: 210, label: Every day}\n" in text
    assert "wash.time" not in text


def test_steps_that_are_not_just_so_are_written_out() -> None:
    scheme = small()
    steps = tuple(
        replace(each, label="Time to wash") if each.code == "wash.time" else each
        for each in scheme.steps
    )
    text = write_scheme(settled(replace(scheme, steps=steps)))
    assert "adds:" not in text
    assert "    amounts: {no-help: 0, some: 60, lots: 210}\n" in text


def test_prices_by_time_of_day_stand_as_one() -> None:
    late = "  late:\n    kind: cost\n    of: wash.kept\n    price: day.evening\n\n"
    text = SMALL.replace("hourly: 20.50", "hourly: {day: 20.50, evening: 22}")
    text = text.replace("      price: day\n", "      price: day.day\n")
    text = text.replace("lines:\n", f"{late}lines:\n  late: {{label: Late, of: late}}\n")
    written = write_scheme(read_scheme(text, name="timed"))
    assert "hourly: {day: 20.50, evening: 22}" in written


@pytest.mark.parametrize(
    ("number", "written"),
    [("60", "60"), ("0.5", "0.5"), ("-35.8220", "-35.822"), ("0.000000000000001", None),
     ("123456789012345678901.5", None), ("1/7", None), ("-22/30", "-11/15"), ("3/6", "0.5")],
)  # fmt: skip
def test_a_number_is_written_with_all_its_digits(number: str, written: str | None) -> None:
    assert decimal(Fraction(number)) == (written or number)


def test_a_number_without_end_is_written_as_a_fraction_and_read_again() -> None:
    """A seventh of what a week holds, in a document and in a workbook, to the last digit."""
    seventh = small("whole: 0.5", "whole: 1/7")
    assert seventh.steps[-1].terms[1].times == Fraction(1, 7)  # type: ignore[union-attr]  # a sum
    assert "of: {banded: 1, whole: 1/7}" in write_scheme(seventh)
    assert read_scheme(write_scheme(seventh), name="again").hash == seventh.hash
    assert from_workbook(to_workbook(seventh), "again.xlsx").hash == seventh.hash
    assert small("whole: 0.5", "whole: 7/14").hash == small().hash


@pytest.mark.parametrize("number", ["1/0", "1/-7", "1.5/7", "1/2/3", "/7", "1/1234567890"])
def test_what_is_no_fraction_is_refused(number: str) -> None:
    with pytest.raises(SchemeMistakes, match=r"Write a number in digits, like 12, 0\.4954 or 1/7"):
        small("whole: 0.5", f"whole: {number}")


def test_an_order_that_no_document_gives_is_refused_and_can_be_settled() -> None:
    scheme = small()
    turned = replace(scheme, steps=scheme.steps[::-1])
    with pytest.raises(ValueError, match="Put its steps and lines in the order of its questions"):
        write_scheme(turned)
    again = settled(turned)
    assert read_scheme(write_scheme(again), name="again").hash == again.hash


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Every day", "Every day"),
        ("No", '"No"'),
        ("Yes: on some days", '"Yes: on some days"'),
        ("12", '"12"'),
        ("a \\ and a “quote”", '"a \\\\ and a “quote”"'),
        ("", '""'),
    ],
)
def test_a_text_is_quoted_where_it_could_be_taken_for_something_else(
    text: str, written: str
) -> None:
    assert scalar(text) == written


def test_a_comment_stands_beside_its_number() -> None:
    place = ("steps", "setting", "amounts", "own")
    text = write_scheme(small(), comments={place: "between 1.5 and 2.5"})
    assert "    amounts:\n      own: 2  # between 1.5 and 2.5\n      shared: 1\n" in text


def test_a_comment_on_minutes_may_name_the_step_behind_them() -> None:
    place = ("steps", "wash.time", "amounts", "some")
    text = write_scheme(small(), comments={place: "between 50 and 70"})
    assert "        minutes: 60  # between 50 and 70\n" in text


POINTED = ("    family-can-help: yes\n    adds:\n      unit: minutes a week\n      price: day\n",
           "    adds:\n      unit: points\n")  # fmt: skip


def pointed() -> Scheme:
    """The small scheme with points in place of minutes, and a step that says what they come to."""
    text = SMALL.replace(*POINTED)
    text = text.replace("minutes: ", "points: ").replace(
        "lines:", "  worth: {kind: sum, of: {wash.points: 0.5}, unit: money, source: made-up}\n\n"
        "lines:\n  worth: {label: Money for washing, of: worth, question: wash}"
    )  # fmt: skip
    text = re.sub(r"prices:.*?\n\n", "", text, flags=re.DOTALL)
    return read_scheme(text, name="pointed")


def test_points_stand_beside_each_answer_and_nothing_is_paid_for_them_by_themselves() -> None:
    scheme = pointed()
    assert [step.code for step in scheme.steps[:2]] == ["wash.points", "score"]
    assert [line.code for line in scheme.lines] == ["worth", "points"]
    text = write_scheme(scheme, comments={("steps", "wash.points", "amounts", "some"): "few"})
    assert "    adds: {unit: points, source: made-up}\n" in text
    assert "        points: 60  # few\n" in text
    assert read_scheme(text, name="again").hash == scheme.hash


def test_points_have_no_price_of_their_own() -> None:
    text = SMALL.replace("unit: minutes a week", "unit: points").replace("minutes: ", "points: ")
    with pytest.raises(SchemeMistakes, match=r"question wash, adds, price: .*has no `price`"):
        read_scheme(text, name="priced")


def test_a_number_used_twice_can_have_a_name_and_is_written_out() -> None:
    """A name and what it stands for are YAML's own: ``&name`` and ``*name``."""
    named = small("amount: 10}", "amount: &ten 10}").hash
    text = SMALL.replace("amount: 10}", "amount: &ten 10}").replace("[10, 25]", "[*ten, 25]")
    assert named == small().hash
    assert read_scheme(text, name="named").hash == small().hash
    assert "*ten" not in write_scheme(read_scheme(text, name="named"))


def test_a_comment_on_nothing_that_is_there_stands_around_it() -> None:
    text = write_scheme(small(), comments={("prices", "day", "yearly"): "not yet"})
    assert "# not yet" in text


def test_the_packaged_documents_keep_every_comment() -> None:
    comments = read_comments(packaged_text("standard-adult"))
    text = write_scheme(STANDARD, comments=comments)
    assert read_comments(text) == comments
    assert comments.above["steps",] == (
        "Bad days: how much more help on a bad day, times how often such days come."
    )
    assert comments.beside == {("money",): "each line, to the nearest penny"}


def test_a_sign_inside_a_text_begins_no_comment() -> None:
    text = SMALL.replace("title: A small scheme", 'title: "A # small scheme"  # really')
    comments = read_comments(text.replace("reason: It is", "reason: >-\n      It\n      # is"))
    assert comments.above == {}
    assert comments.beside == {("title",): "really"}
