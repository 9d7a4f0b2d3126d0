"""The rules of the house, held over every template."""

import ast
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "wherewithal" / "web"
TEMPLATES = sorted(WEB.rglob("jinja2/**/*.jinja"))
EXTENDS = re.compile(r"{%-?\s*extends\s+[\"']([^\"']+)[\"']")
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
PUBLIC = frozenset(
    {"start", "accounts", "assessments", "people", "plans", "budgets", "payments", "money"}
)
NEVER = re.compile(
    r"\b(?:client|customer|service[ -]user|vulnerable|the elderly|suffers? from|care package)s?\b",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""\son[a-z]+\s*=\s*["']""")


def name(path: Path) -> str:
    return "/".join(path.parts[-2:])


def shown(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def origin(path: Path) -> str:
    """Return the template that a chain of `extends` begins with."""
    found = EXTENDS.search(shown(path))
    if not found:
        return name(path)
    by_name = {name(each): each for each in TEMPLATES}
    return origin(by_name[found[1]])


def taken_in() -> set[str]:
    """Return the templates that others include or import: parts, not pages."""
    everything = "".join(map(shown, TEMPLATES))
    return set(re.findall(r"(?:include|import|from)\s+[\"']([^\"']+)[\"']", everything))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_holds_no_script_or_style_of_its_own(path: Path) -> None:
    text = shown(path)
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", text) == []
    assert re.findall(r"<style|\sstyle\s*=", text) == []
    assert ATTRIBUTE.findall(text) == []
    assert "javascript:" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_fetches_nothing_from_elsewhere(path: Path) -> None:
    fetched = r"<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//"
    assert re.findall(fetched, shown(path)) == []


def test_every_page_extends_the_layout() -> None:
    pages = [path for path in TEMPLATES if name(path) not in taken_in() | {"govuk/layout.jinja"}]
    assert [name(path) for path in pages if origin(path) != "govuk/layout.jinja"] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_uses_the_words_of_the_field(path: Path) -> None:
    if path.parent.name in PUBLIC:
        assert NEVER.findall(shown(path)) == []


@pytest.mark.parametrize("app", sorted(PUBLIC))
def test_what_an_application_says_uses_the_words_of_the_field(app: str) -> None:
    found = [
        f"{path.name}: {node.value[:60]!r}"
        for path in (WEB / app).rglob("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if NEVER.search(node.value)
    ]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_form_that_writes_is_protected(path: Path) -> None:
    text = shown(path)
    forms = re.findall(r"<form[^>]*method=[\"']post[\"'][^>]*>.*?</form>", text, re.DOTALL | re.I)
    bare = [form for form in forms if not re.search(r"csrf|form_start|hidden_fields", form)]
    assert bare == []


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 20
