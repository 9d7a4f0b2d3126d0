"""A scheme written as a document or a workbook, and read again, is the same scheme."""

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, schemes

from wherewithal.scheme import PACKAGED, Scheme, packaged, read_scheme
from wherewithal.scheme.document.emit import Comments
from wherewithal.scheme.document.write import settled, write_scheme
from wherewithal.scheme.parts import ASKED
from wherewithal.scheme.steps import KINDS, NAMES
from wherewithal.scheme.workbook import from_workbook, read_workbook, to_workbook

MODEST = hypothesis_settings(QUICK, max_examples=60)
stated = st.one_of(schemes(), st.sampled_from(PACKAGED).map(packaged)).map(settled)
lines = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)
said = st.lists(lines, min_size=1, max_size=3).map("\n".join)
spots = st.sampled_from(
    [("scheme",), ("money",), ("prices",), ("questions", "q0"), ("questions", "q0", "ask"),
     ("questions", "q0", "section"), ("lines", "l0"), ()]
)  # fmt: skip


@MODEST
@given(stated)
def test_a_scheme_written_and_read_again_is_the_same(scheme: Scheme) -> None:
    assert read_scheme(write_scheme(scheme), name="again").hash == scheme.hash


@hypothesis_settings(QUICK, max_examples=10)
@given(st.sampled_from(PACKAGED).map(packaged))
def test_a_scheme_put_in_a_workbook_and_read_again_is_the_same(scheme: Scheme) -> None:
    assert from_workbook(to_workbook(scheme), "again.xlsx").hash == scheme.hash


@MODEST
@given(
    schemes().map(settled),
    st.dictionaries(spots, said, max_size=3),
    st.dictionaries(spots.filter(bool), lines, max_size=3),
)
def test_comments_come_back_from_a_workbook(
    scheme: Scheme, above: dict[tuple[str, ...], str], beside: dict[tuple[str, ...], str]
) -> None:
    comments = Comments(above, beside)
    same, kept = read_workbook(to_workbook(scheme, comments=comments), "again.xlsx")
    assert same.hash == scheme.hash
    assert kept == comments
    assert read_scheme(write_scheme(same, comments=kept), name="again").hash == scheme.hash


@MODEST
@given(schemes())
def test_a_scheme_put_in_order_holds_the_same_steps(scheme: Scheme) -> None:
    again = settled(scheme)
    assert {step.code for step in again.steps} == {step.code for step in scheme.steps}
    assert settled(again).hash == again.hash


def test_every_kind_of_step_and_question_makes_the_round_trip() -> None:
    steps: set[str] = set()
    asked: set[str] = set()

    @hypothesis_settings(QUICK, max_examples=200, database=None)
    @given(schemes().map(settled))
    def look(scheme: Scheme) -> None:
        steps.update(NAMES[type(step)] for step in scheme.steps)
        asked.update(question.kind for question in scheme.questions)
        assert read_workbook(to_workbook(scheme), "again.xlsx")[0] == scheme

    look()
    assert steps == {*KINDS}
    assert asked == {*ASKED}
