"""Write docs/reference/ from the code, and run the notebooks of docs/tutorial/.

With ``--check`` nothing is written: stale pages are named. What the cells of a notebook print is
not checked then, because it takes running them: a test does that.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
NOTEBOOKS = (ROOT / "docs" / "tutorial" / "fit-and-audit-a-scheme.md",)


def pages() -> dict[str, Callable[[], str]]:
    """Return what writes each page. Django is set up as a trial first, where nobody has done so."""
    os.environ.setdefault("WHEREWITHAL_MODE", "trial")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.web.config.settings")
    sys.path[:0] = [str(ROOT)]
    import django

    django.setup()
    from scripts.manual import commands, figures, forms, interface, library, product, schemes

    return {
        "commands.md": commands.commands,
        "scheme-language.md": schemes.scheme_language,
        "standard-scheme.md": schemes.standard_scheme,
        "explanation-form.md": forms.explanation_form,
        "library.md": library.library,
        "interface.md": interface.interface,
        "charging-figures.md": figures.charging_figures,
        "sources-in-law.md": figures.law_sources,
        "made-up-council.md": figures.made_up_council,
        "settings.md": product.settings,
        "addresses.md": product.addresses,
        "tables.md": product.tables,
    }


def stale(written: Mapping[str, str], folder: Path) -> list[str]:
    """Say which pages in a folder are missing, out of date, or no longer written by anything."""
    found = []
    for name, text in written.items():
        path = folder / name
        if not path.exists():
            found.append(f"{path} is missing.")
        elif path.read_text(encoding="utf-8") != text:
            found.append(f"{path} is stale: the code says something else now.")
    extra = sorted(path for path in folder.glob("*.md") if path.name not in written)
    return found + [f"{path} is written by nothing. Delete it." for path in extra]


def stale_notebooks(pages: Iterable[Path]) -> list[str]:
    """Say which notebooks do not hold what the pages they are made from hold."""
    from scripts.manual.notebook import as_notebook

    found = []
    for page in pages:
        path, text = page.with_suffix(".ipynb"), as_notebook(page.read_text(encoding="utf-8"))
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            found.append(f"{path} is stale: {page.name} says something else now.")
    return found


def write_notebooks(pages: Iterable[Path]) -> None:
    """Run each page's cells, write what they print under them, and write the notebook beside it."""
    from scripts.manual.notebook import as_notebook, refreshed

    for page in pages:
        text = refreshed(page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")
        page.with_suffix(".ipynb").write_text(as_notebook(text), encoding="utf-8")


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where stale")
    check = parser.parse_args().check
    try:
        written = {name: write() for name, write in pages().items()}
    except LookupError as silent:
        print(silent, file=sys.stderr)
        return 1
    if check:
        found = [*stale(written, FOLDER), *stale_notebooks(NOTEBOOKS)]
        for sentence in found:
            print(sentence, file=sys.stderr)
        if found:
            print("Run `make docs`, look at what changed, and commit it.", file=sys.stderr)
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    write_notebooks(NOTEBOOKS)
    print(f"Wrote {len(written)} pages to {FOLDER.relative_to(ROOT)}, and ran the notebooks.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
