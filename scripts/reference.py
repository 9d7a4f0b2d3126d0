"""Write docs/reference/ from the code, or say which of its pages are stale (``--check``)."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"


def pages() -> dict[str, Callable[[], str]]:
    """Return what writes each page. Django is set up as a trial first, where nobody has done so."""
    os.environ.setdefault("WHEREWITHAL_MODE", "trial")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.web.config.settings")
    sys.path[:0] = [str(ROOT)]
    import django

    django.setup()
    from scripts.manual import commands, figures, forms, product, schemes

    return {
        "commands.md": commands.commands,
        "scheme-language.md": schemes.scheme_language,
        "standard-scheme.md": schemes.standard_scheme,
        "explanation-form.md": forms.explanation_form,
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
        found = stale(written, FOLDER)
        for sentence in found:
            print(sentence, file=sys.stderr)
        if found:
            print("Run `make docs`, look at what changed, and commit it.", file=sys.stderr)
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"Wrote {len(written)} pages to {FOLDER.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
