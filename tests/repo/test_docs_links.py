"""Links in the documentation lead somewhere, and its indexes leave nothing out."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(<?([^)\s>]+)>?\)")


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def links(path: Path) -> list[str]:
    return LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8")))


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"(?m)^#+ +(.+)$", FENCE.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("document", PAGES, ids=place)
def test_every_link_of_a_page_leads_somewhere(document: Path) -> None:
    for link in links(document):
        if re.match(r"https?:|mailto:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        assert target.exists(), f"{link} leads nowhere"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{link} has no such heading"


def test_the_index_names_every_page_of_the_documentation() -> None:
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in links(DOCS / "README.md")}
    pages = {page for page in DOCS.rglob("*.md") if page.parent.name != "adr"}
    assert [
        place(page) for page in sorted(pages - {DOCS / "README.md"}) if page not in linked
    ] == []


def test_every_link_and_button_that_a_guide_names_is_on_a_page() -> None:
    web = ROOT / "src" / "wherewithal" / "web"
    shown = [path for ending in ("*.jinja", "*.py") for path in web.rglob(ending)]
    words = "".join(path.read_text(encoding="utf-8") for path in shown)
    for guide in sorted((DOCS / "how-to").glob("*.md")):
        text = guide.read_text(encoding="utf-8")
        named = re.findall(
            r"(?:[Oo]pen|[Pp]ress(?:es)?|under) \*\*([^*]+)\*\*", text, re.IGNORECASE
        )
        assert [
            each for each in named if f'"{each}"' not in words and f">{each}<" not in words
        ] == [], guide.name


def test_the_index_of_decisions_names_each_one_by_its_number() -> None:
    index = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")
    decisions = sorted(page.name for page in (DOCS / "adr").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in decisions] == list(range(1, len(decisions) + 1))
    for name in decisions:
        assert f"| [{int(name[:4])}]({name}) |" in index
        title = (DOCS / "adr" / name).read_text(encoding="utf-8").splitlines()[0]
        assert title.startswith(f"# {int(name[:4])}. ")


def test_the_readme_shows_pictures_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"!\[(\s*)\]", text) == [], (
        "a picture has no words for those who cannot see it"
    )
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text):
        assert (ROOT / picture).exists(), picture
