"""A notebook in the documentation prints what its page says, and its file holds the same."""

import json
from pathlib import Path

import pytest
from scripts import reference
from scripts.manual import notebook

PAGE = """# A page

<!-- notebook: all of it -->

Two are one and one.

```python
two = 1 + 1
print(two)
```

```text
3
```

```python
again = two
```

That is all.
"""


@pytest.mark.parametrize("page", reference.NOTEBOOKS, ids=lambda page: page.stem)
def test_every_cell_of_a_notebook_prints_what_its_page_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [cell.shown for cell in notebook.ran(text)] == [
        cell.shown for cell in notebook.cells(text)
    ], "Run `make docs`, look at what changed, and commit it."


def test_every_notebook_holds_what_its_page_holds() -> None:
    assert reference.stale_notebooks(reference.NOTEBOOKS) == []


def test_a_notebook_that_says_something_else_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    stale = [f"{tmp_path}/page.ipynb is stale: page.md says something else now."]
    assert reference.stale_notebooks([page]) == stale
    page.with_suffix(".ipynb").write_text(notebook.as_notebook(PAGE), encoding="utf-8")
    assert reference.stale_notebooks([page]) == []
    page.write_text(PAGE.replace("print(two)", "print(two, two)"), encoding="utf-8")
    assert reference.stale_notebooks([page]) == stale


def test_what_a_cell_prints_is_written_anew() -> None:
    made = notebook.refreshed(PAGE)
    assert made == PAGE.replace("3\n", "2\n")
    assert notebook.refreshed(made) == made


def test_a_cell_that_fails_is_named() -> None:
    with pytest.raises(RuntimeError, match=r"'again = two' failed: NameError"):
        notebook.ran(PAGE.replace("two = 1 + 1\nprint(two)", "print(2)"))


def test_a_notebook_has_the_page_s_cells_in_their_order() -> None:
    made = json.loads(notebook.as_notebook(notebook.refreshed(PAGE)))
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    kinds = [(cell["cell_type"], "".join(cell["source"])) for cell in made["cells"]]
    assert kinds == [
        ("markdown", "# A page\n\nTwo are one and one."),
        ("code", "two = 1 + 1\nprint(two)"),
        ("code", "again = two"),
        ("markdown", "That is all."),
    ]
    code = [cell for cell in made["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == [1, 2]
    printed = [{"output_type": "stream", "name": "stdout", "text": ["2\n"]}]
    assert [cell["outputs"] for cell in code] == [printed, []]
    assert len({cell["id"] for cell in made["cells"]}) == len(kinds)
