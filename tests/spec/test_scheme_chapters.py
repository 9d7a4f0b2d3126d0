"""Every chapter of the scheme language: answers in, value out, hours by price, in both readings."""

from fractions import Fraction

import pytest
from tests.spec.scheme_chapters import CHAPTERS, Chapter, answers_of, scheme_of

from wherewithal.allocation import columns_of, evaluate, explain
from wherewithal.scheme.parts import ASKED
from wherewithal.scheme.steps import KINDS

BY_TITLE = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.title)


@BY_TITLE
def test_a_chapter_s_answers_come_to_what_it_says(chapter: Chapter) -> None:
    scheme = scheme_of(chapter)
    crowd = [answers_of(chapter, row) for row, _ in chapter.rows]
    told = [explain(scheme, person) for person in crowd]
    assert [each.step(chapter.step).value for each in told] == [
        Fraction(value) for _, value in chapter.rows
    ]
    assert {each.step(chapter.step).kind for each in told} <= {chapter.kind, "sum"}
    found = evaluate(scheme, columns_of(scheme, crowd))["total"].tolist()
    assert found == [each.total for each in told]


@pytest.mark.parametrize("chapter", [c for c in CHAPTERS if c.by_price], ids=lambda c: c.title)
def test_a_chapter_s_hours_are_told_by_price_where_they_can_be(chapter: Chapter) -> None:
    for (row, _), expected in zip(chapter.rows, chapter.by_price, strict=True):
        told = explain(scheme_of(chapter), answers_of(chapter, row))
        found = [(h.code, str(h.minutes), Fraction(h.pence, 100)) for h in told.hours]
        triples = zip(expected[::3], expected[1::3], expected[2::3], strict=True)
        assert found == [(code, minutes, Fraction(paid)) for code, minutes, paid in triples]
        if len(expected) == 3:
            assert told.lines[0].price == expected[0]
            assert str(told.lines[0].minutes) == expected[1]


def test_every_kind_of_step_and_of_question_has_a_chapter() -> None:
    assert {chapter.kind for chapter in CHAPTERS} == set(KINDS)
    asked = {q.kind for chapter in CHAPTERS for q in scheme_of(chapter).questions}
    assert asked == set(ASKED)


def test_no_two_chapters_have_one_title() -> None:
    assert len({chapter.title for chapter in CHAPTERS}) == len(CHAPTERS)
