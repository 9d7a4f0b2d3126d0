"""One person's answers, taken back out of the columns they went into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes

from wherewithal.allocation import columns_of
from wherewithal.allocation.cases import Cases, CasesMistake, answers_of
from wherewithal.scheme import packaged


@QUICK
@given(st.data())
def test_answers_taken_out_of_cases_are_those_that_went_in(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    crowd = data.draw(st.lists(people(scheme), min_size=1, max_size=4))
    ids = tuple(f"P{place}" for place in range(len(crowd)))
    columns = columns_of(scheme, crowd)
    cases = Cases(ids, columns, None, {})
    taken = [answers_of(scheme, cases, each) for each in ids]
    again = columns_of(scheme, taken)
    assert {name: column.tolist() for name, column in again.items()} == {
        name: column.tolist() for name, column in columns.items()
    }


def test_an_id_that_nobody_has_is_named() -> None:
    cases = Cases((), {}, None, {})
    with pytest.raises(CasesMistake, match="'P7'"):
        answers_of(packaged("standard-adult"), cases, "P7")
