"""Our components against the markup that GOV.UK Frontend itself ships as fixtures."""

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from wherewithal.web.govuk.components import COMPONENTS, component

FIXTURES = Path(__file__).parent / "govuk_fixtures"
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle"}

# Fixtures that the Jinja macros do not match, by what they lack and why that is harmless here.
GAPS: dict[tuple[str, str], tuple[str, ...]] = {
    ("button", "no span around a start button's markup; we give start buttons text only"): (
        "start link with html",
    ),
    ("character-count", "no `countType`; we count characters, which is what it does without"): (
        "with maxwords",
        "with count type 'length'",
        "with count type 'characters'",
        "with count type 'characters' and value",
        "with count type 'characters' and error message",
        "with count type 'characters' and threshold",
        "with count type 'words'",
        "with count type 'words' and value",
        "with count type 'words' and error message",
        "with count type 'words' and threshold",
    ),
    ("date-input", "no `translations`, `day`, `month` or `year`; we spell out every item"): (
        "with translations",
        "day and month",
        "month and year",
    ),
    ("date-input", "no `values`; we give each item its value"): (
        "with values",
        "with values and name prefix",
        "with values, name prefix and custom names",
        "with field value",
        "with field value and items",
        "with field value and item value",
        "with field value, item value and values",
        "with field value overriding values",
    ),
    ("date-input", "the error class is not put on boxes; we put it on the ones at fault"): (
        "with errors only",
        "with errors only (using classes)",
        "with errors only (using items)",
        "with error message and hint",
        "with error message and hint (using items)",
        "with error message and described by",
        "with error on day input",
        "with error on day input (using items)",
        "with error on month input",
        "with error on month input (using items)",
        "with error on year input",
        "with error on year input (using items)",
        "with error on single field",
        "with error on single field by omission",
        "with error on single field using classes",
        "with error on single item",
        "with error on single item by omission",
    ),
    ("date-input", "boxes get no width of their own; we give each item its width"): (
        "custom pattern",
        "custom inputmode",
        "with nested name",
        "with id on items",
        "suffixed id",
        "with item value",
        "items with classes",
        "items without classes",
    ),
    ("panel", "no interruption panel; we use only the confirmation one"): (
        "interruption",
        "interruption-with-content-with-long-line-length",
        "interruption-with-headings-content-and-lists",
        "interruption with custom classes",
        "interruption, with actions classes and attributes",
        "interruption, submit action",
        "interruption, button link",
        "interruption, no actions",
        "interruption, no actions items",
    ),
    ("service-navigation", "no inline slot; we put nothing beside the navigation"): (
        "with right-aligned language navigation",
        "with `inline` end slot",
    ),
}
KNOWN_GAPS = {(name, one): why for (name, why), fixtures in GAPS.items() for one in fixtures}


class Reader(HTMLParser):
    """Reads markup into a list in which only what a browser would see differs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, sorted((name, _value(name, value)) for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.seen.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self.seen.append(text)


def _value(name: str, value: str | None) -> str:
    words = (value or "").split()
    return " ".join(sorted(words) if name == "class" else words)


def read(markup: str) -> list[Any]:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader.seen


@cache
def fixtures(name: str) -> dict[str, Any]:
    return {one["name"]: one for one in json.loads((FIXTURES / f"{name}.json").read_text())}


EVERY = [(name, fixture) for name in COMPONENTS for fixture in fixtures(name)]


@pytest.mark.parametrize(("name", "fixture"), EVERY, ids=lambda part: part)
def test_a_component_renders_as_govuk_frontend_does(name: str, fixture: str) -> None:
    one = fixtures(name)[fixture]
    same = read(component(name, one["options"])) == read(one["html"])
    gap = KNOWN_GAPS.get((name, fixture))
    if gap:
        assert not same, f"{name}: {fixture!r} now matches; remove it from KNOWN_GAPS ({gap})"
    else:
        assert same, f"{name}: {fixture!r} no longer matches GOV.UK Frontend's own markup"


def test_every_known_gap_names_a_fixture_and_a_reason() -> None:
    assert all(gap in EVERY and reason for gap, reason in KNOWN_GAPS.items())
