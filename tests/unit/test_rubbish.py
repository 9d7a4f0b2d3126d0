"""The search for rubbish rests while thousands of rows are worked through, and then goes on."""

import gc

import pytest

from wherewithal.web.books.rubbish import no_looking_for_rubbish


def test_the_search_rests_and_goes_on_even_after_a_mistake() -> None:
    assert gc.isenabled()
    with no_looking_for_rubbish():
        assert not gc.isenabled()
        with no_looking_for_rubbish():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="wrong"), no_looking_for_rubbish():
        raise ValueError("wrong")
    assert gc.isenabled()


def test_it_can_stand_over_a_function_that_is_called_again() -> None:
    @no_looking_for_rubbish()
    def resting() -> bool:
        return gc.isenabled()

    assert [resting(), resting(), gc.isenabled()] == [False, False, True]
