"""The policy room: an analyst drafts and finds out, somebody else reads, approves and publishes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from tests.functional.conftest import LOG
from tests.functional.looking import Visit

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
PRICE = "hourly: 24.10, source: home-care"
BOX = "Or paste the document here"
A_MINUTE = 60_000


def finished(v: Visit) -> Visit:
    """Wait for the study on this page as a reader does who lets the page keep itself fresh."""
    if v.page.get_by_role("link", name="keep this page fresh by itself").count():
        v.follow("keep this page fresh by itself")
    heading = v.page.get_by_role("heading", name="What was found")
    expect(heading).to_be_visible(timeout=A_MINUTE)
    return v.check()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_new_price_from_draft_to_published(visit: Visiting, scripts: bool) -> None:
    v = visit("analyst", scripts=scripts)
    v.follow("Policy room").sees("In force today", "Standard scheme for adults, version 1")
    v.press("Draft a new version")
    document = v.page.get_by_label(BOX, exact=True).input_value()
    version = document.split('version: "')[1].split('"')[0]
    v.write(BOX, document.replace("half-up", "sideways")).press("Read it").sees("sideways")
    v.write(BOX, document.replace(PRICE, "hourly: 25.00, source: home-care")).press("Read it")
    v.sees("is kept as a draft", "What differs from version 1", "25.00", "Largest step")

    v.follow("Compare it with another version").choose("by more than 10%").press("Start")
    finished(v).sees("rises for", "Managers see by reference")
    v.follow(f"Back to Standard scheme for adults {version}").follow("Make an equality report")
    v.choose("200 samples, for a first look").press("Start")
    finished(v).sees("You asked for this report, so someone else must approve it")
    number = v.page.url.split("?")[0].rstrip("/").split("/")[-1]
    whole = v.page.request.get(f"/policy/studies/{number}/report/")  # sealed: no script looks in
    assert "sandbox" in whole.headers["content-security-policy"]
    assert "Who is short-changed" in whole.text()
    with v.page.expect_download() as given:
        v.page.goto(f"/policy/studies/{number}/")
        v.page.get_by_role("link", name="Download it as a workbook").click()
    assert given.value.path().read_bytes()[:2] == b"PK"

    other = visit("administrator", phone=True, scripts=scripts)
    other.open("/policy/").follow(f"Standard scheme for adults, version {version}")
    other.press("Approve this version").sees("once an equality report on it is approved")
    other.follow(f"Equality report, number {number}").press("Approve this report")
    other.sees("There is a problem", "Say why this scheme may be used")
    other.choose("I have read the whole report, and what it found")
    other.write(
        "Why may this scheme be used, with what the report found in mind?",
        "The gaps stand in plans, not in the scheme. We train for them from January.",
    )
    other.press("Approve this report").sees("We train for them from January.")
    day = date.today() + timedelta(days=30 + int(version))  # noqa: DTZ011  far from other journeys
    for part, number_ in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        other.write(part, str(number_))
    other.press("Publish it from that day").sees("is published", "Published")


def test_what_works_in_the_background_says_nothing_beside_the_demo(visit: Visiting) -> None:
    visit("analyst").sees("Policy room")
    assert "Everybody here is made up." in LOG.read_text()
    assert "worker" not in LOG.read_text()


def test_a_manager_sees_whom_of_the_team_to_look_at_and_an_analyst_does_not(
    visit: Visiting,
) -> None:
    v = visit("manager")
    v.follow("Policy room").press("Draft a new version")
    document = v.page.get_by_label(BOX, exact=True).input_value()
    v.write(BOX, document.replace(PRICE, "hourly: 12.00, source: home-care")).press("Read it")
    v.follow("Compare it with another version").press("Start")
    finished(v).sees("falls by more than 20% for")
    place = v.page.url
    v.follow("See the people of your team whose figure would fall by a lot").sees("WW")
    reference = v.page.locator("td a, th a").first.inner_text()
    analyst = visit("analyst")
    analyst.open(place.split("?")[0])
    assert reference not in analyst.page.content()
