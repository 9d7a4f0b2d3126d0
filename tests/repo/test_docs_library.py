"""The reference of the library is the code's: its names, its signatures, its docstrings."""

import ast
from importlib import import_module

import pytest
from scripts.manual import library

ERRORS = """One line of :func:`some.name`, with ``code``.

More of it.

from here import there

Raises:
    ValueError: it is wrong; says what
        to do.
    KeyError: it is not there.
"""


@pytest.mark.parametrize("module", library.MODULES)
def test_every_public_name_of_a_module_is_described(module: str) -> None:
    found = {each.name: each for each in library.public(module)}
    assert set(found) >= set(getattr(import_module(module), "__all__", ()))
    assert all(each.says for each in found.values())


def test_a_name_that_says_nothing_of_itself_is_named() -> None:
    with pytest.raises(LookupError, match=r"test_docs_library\.MARK says nothing"):
        library.definition("tests.repo.test_docs_library", "MARK")
    with pytest.raises(LookupError, match=r"nobody is defined nowhere"):
        library.definition("tests.repo.test_docs_library", "nobody")


MARK = "scripts.manual.library.MARK"


def test_what_a_value_holds_is_described_once() -> None:
    page = library.library()
    for name in ("Accuracy", "Amount", "Estimate", "Gap", "Shortfall", "Swap"):
        assert page.count(f"\n### `{name}`\n") == 1, name
    assert "### `Fraction`" not in page


def test_a_docstring_becomes_markdown() -> None:
    assert library.markdown(ERRORS) == (
        "One line of `some.name`, with `code`.\n\nMore of it.\n\n"
        "```python\nfrom here import there\n```\n\n"
        "Raises:\n\n- `ValueError`: it is wrong; says what to do.\n- `KeyError`: it is not there."
    )


def test_a_signature_has_fields_and_properties_and_nothing_private() -> None:
    (node,) = ast.parse(
        "class Sum(Base):\n"
        "    pence: int = 0\n"
        "    @property\n"
        "    def pounds(self) -> str:\n        return ''\n"
        "    def _hidden(self): ...\n"
    ).body
    assert isinstance(node, ast.ClassDef)
    assert library.signature(node).split("\n") == [
        "class Sum(Base):",
        "    pence: int = 0",
        "    @property",
        "    def pounds(self) -> str: ...",
    ]
