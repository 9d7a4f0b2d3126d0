"""The scheme that is measured, and made-up people who answer it."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from wherewithal.scheme import Scheme, read_scheme
from wherewithal.scheme.steps import Choice, Curve, Limit

Column = np.ndarray
SHARES = np.array([0, 0, 0, 25, 50, 75, 100], np.uint8)


@cache
def scheme() -> Scheme:
    """Return the scheme that is measured."""
    text = Path(__file__).with_name("scheme.yaml").read_text(encoding="utf-8")
    return read_scheme(text, name="bench/scheme.yaml")


def helped() -> list[str]:
    """Return the codes of the questions that give points."""
    return [question.code for question in scheme().questions if question.helpable]


def population(people: int, *, seed: int = 1) -> dict[str, Column]:
    """Make people up: about two in five have a carer, who is willing and able."""
    chance = np.random.default_rng(seed)
    columns = {
        question.code: chance.integers(0, len(question.options), people, dtype=np.uint8)
        for question in scheme().questions
    }
    for code in helped():
        shares = chance.choice(SHARES, people)
        shares[chance.random(people) < 0.3] = 0
        columns[f"{code}.help"] = shares
    willing = np.ones(people, np.int8)
    return columns | {"carer_willing": willing, "carer_able": willing.copy()}


def numbers() -> dict[str, Any]:
    """Return the numbers of the scheme, for those that write it again in their own way."""
    by_code = {step.code: step for step in scheme().steps}
    curve, limit = by_code["curve"], by_code["within"]
    assert isinstance(curve, Curve)  # noqa: S101
    assert isinstance(limit, Limit)  # noqa: S101
    assert limit.least is not None  # noqa: S101
    assert limit.most is not None  # noqa: S101
    return {
        "points": {code: [int(each) for each in _amounts(f"{code}-points")] for code in helped()},
        "knots": [(float(x), float(y)) for x, y in curve.knots],
        "area": _amounts("here"),
        "least": float(limit.least),
        "most": float(limit.most),
    }


def _amounts(code: str) -> list[float]:
    step = next(step for step in scheme().steps if step.code == code)
    assert isinstance(step, Choice)  # noqa: S101
    return [float(amount) for amount in step.amounts.values()]
