"""An allocation scheme: questions, what each answer adds, and prices, as one checked value."""

from functools import lru_cache
from importlib import resources

from wherewithal.scheme.document import read_scheme
from wherewithal.scheme.mistakes import Mistake, SchemeMistakes
from wherewithal.scheme.parts import (
    OUTCOMES,
    ByHand,
    Condition,
    Line,
    Option,
    Price,
    Question,
    Section,
    Source,
)
from wherewithal.scheme.scheme import Scheme

__all__ = [
    "OUTCOMES",
    "PACKAGED",
    "ByHand",
    "Condition",
    "Line",
    "Mistake",
    "Option",
    "Price",
    "Question",
    "Scheme",
    "SchemeMistakes",
    "Section",
    "Source",
    "packaged",
    "packaged_text",
    "read_scheme",
]

PACKAGED = ("standard-adult", "florida-ibudget-5b")
"""The schemes that come with the package."""


def packaged_text(code: str) -> str:
    """Return the document of a scheme that comes with the package.

    Raises:
        KeyError: no scheme of that code comes with it.
    """
    if code not in PACKAGED:
        raise KeyError(code)
    name = f"{code.replace('-', '_')}.yaml"
    folder = resources.files("wherewithal.scheme") / "library"
    return (folder / name).read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def packaged(code: str) -> Scheme:
    """Return a scheme that comes with the package.

    Raises:
        KeyError: no scheme of that code comes with it.
    """
    return read_scheme(packaged_text(code), name=code)
