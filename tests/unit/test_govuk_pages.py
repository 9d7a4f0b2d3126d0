"""The layout and the parts, through the style guide that shows all of them."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import engines
from jinja2 import UndefinedError

from wherewithal.web.govuk import environment, styleguide

STATIC = Path(environment.__file__).parent / "static" / "govuk"


def render(name: str, **context: Any) -> str:
    template = engines["jinja2"].env.get_template(name)  # type: ignore[attr-defined]  # ours is Jinja2
    return str(template.render(csrf_input="", **context))


def guide(*, errors: bool = False, **context: Any) -> str:
    return render("govuk/styleguide.jinja", **styleguide.context(errors=errors), **context)


@pytest.mark.parametrize("errors", [False, True])
def test_nothing_on_a_page_breaks_the_content_security_policy(errors: bool) -> None:
    page = guide(errors=errors)
    assert not re.search(r"\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


@pytest.mark.parametrize("errors", [False, True])
def test_every_id_is_used_once_and_everything_pointed_at_exists(errors: bool) -> None:
    page = guide(errors=errors)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    pointed = re.findall(r'\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"', page)
    assert {one for each in pointed for one in each.split()} <= set(ids)


def test_every_error_links_to_its_box() -> None:
    page = guide(errors=True)
    summary = page[page.index("There is a problem") : page.index("</h1>")]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert len(links) == 10
    assert set(links) <= set(re.findall(r'\sid="([^"]+)"', page))


def test_the_title_says_when_something_is_wrong() -> None:
    assert "<title>Style guide – Wherewithal</title>" in guide()
    assert "<title>Error: Style guide – Wherewithal</title>" in guide(errors=True)


def test_a_table_without_rows_is_one_sentence_under_its_caption() -> None:
    parts = engines["jinja2"].env.get_template("govuk/parts.jinja").module  # type: ignore[attr-defined]  # ours is Jinja2
    told = parts.table("Bills to look at", ["Bill", "Sum"], [], empty="No bill needs a look.")
    assert "<table" not in told
    assert "No bill needs a look." in told
    assert "Bills to look at" in told
    assert "<table" in parts.table("Bills to look at", ["Bill", "Sum"], [["12", "£3.00"]])


def test_a_made_up_council_says_so_on_every_page() -> None:
    assert "Nobody here is real" in guide(demo=True)
    assert "Nobody here is real" not in guide(demo=False)


def test_a_misspelt_name_stops_the_page() -> None:
    env = engines["jinja2"].env  # type: ignore[attr-defined]  # ours is Jinja2
    with pytest.raises(UndefinedError):
        env.from_string("{{ nmae }}").render()


def test_nothing_that_only_services_on_gov_uk_may_wear_is_shipped() -> None:
    shipped = "".join(path.read_text() for path in STATIC.glob("*.css"))
    assert not re.search(r"GDS Transport|crest|govuk-logo", shipped)
    assert "//# sourceMappingURL" not in (STATIC / "govuk-frontend.min.js").read_text()


def test_every_file_that_a_style_sheet_names_is_shipped() -> None:
    for sheet in STATIC.glob("*.css"):
        for address in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text()):
            assert (sheet.parent / address).is_file(), f"{sheet.name} names {address}"


def test_dates_and_sums_are_written_as_people_say_them() -> None:
    noon = datetime(2026, 4, 6, 13, 5, tzinfo=UTC)
    assert environment.day(date(2026, 4, 6)) == "6 April 2026"
    assert environment.day(None) == ""
    assert environment.short_day(noon) == "6 Apr 2026"
    assert environment.day_time(noon) == "6 April 2026 at 2:05pm"
    assert environment.moment(date(2026, 4, 6)) == "6 April 2026"
    assert environment.weekly(31_240) == "£312.40 a week"
    assert environment.yearly(1_624_480) == "£16,244.80 a year"
    assert [environment.change(pence) for pence in (1200, 0, -350)] == [
        "+£12.00",
        "£0.00",
        "−£3.50",
    ]
    assert environment.count(1, "answer") == "1 answer"
    assert environment.count(2000, "person", "people") == "2,000 people"


def test_pages_left_out_between_others_are_no_link() -> None:
    parts = engines["jinja2"].env.get_template("govuk/parts.jinja").module  # type: ignore[attr-defined]  # ours is Jinja2
    told = parts.pagination(Paginator(range(100), 5).get_page(10))
    assert told.count("govuk-pagination__item--ellipsis") == 2
    assert "page=…" not in told
    assert 'href="?page=11"' in told
