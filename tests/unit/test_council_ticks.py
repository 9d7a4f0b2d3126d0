"""The made-up council can answer a scheme that lets people tick all that apply."""

import numpy as np

from wherewithal.allocation.answers import read_answer
from wherewithal.council.answers import _options
from wherewithal.scheme import Option, Question


def test_more_need_ticks_more_and_the_least_ticks_none() -> None:
    options = tuple(Option(code, code) for code in ("a", "b", "c"))
    question = Question("ill", "all", "Which?", kind="several", options=options)
    found = list(_options(question, np.array([0.0, 0.3, 0.6, 0.99, 1.0])))
    assert found == ["none", "a", "a;b", "a;b;c", "a;b;c"]
    assert all(isinstance(read_answer(question, text), frozenset) for text in found)
