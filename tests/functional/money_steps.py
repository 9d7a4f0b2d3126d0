"""Steps that several journeys about money share: find somebody, fill in a day, read a letter."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.functional.looking import Visit

NOT_YET = "Say whether the person agrees"
"""How a plan that is complete but for the person's word tells what is still missing."""


def today() -> date:
    """Return the day on which the made-up council lives: it is always today."""
    return date.today()  # noqa: DTZ011  the demo runs on this machine, by its clock


def in_days(number: int) -> date:
    """Return the day so many days from today; before today where the number is below nought."""
    return today() + timedelta(days=number)


def whose(visit: Visit) -> str:
    """Return the reference of the person whose own front page this is."""
    found = re.search(r"/people/(WW\d+)/", visit.page.content())
    assert found, visit.page.url
    return found[1]


def write_day(visit: Visit, name: str, day: date) -> None:
    """Write a day into the three boxes of a field, by the field's name."""
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        visit.page.locator(f"[name={name}_{part}]").fill(str(number))


def read_letter(visit: Visit, address: str) -> str:
    """Return the words of a letter, in one line."""
    answer = visit.page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf", address
    pages = PdfReader(BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def everything(visit: Visit) -> str:
    """Return the words of the page, in one line."""
    return " ".join(visit.page.locator("main").inner_text().split())


def at_stage(staff: Visit, stage: str) -> list[str]:
    """Return the references of those at a stage of the road, as the staff home lists them."""
    staff.open(f"/staff/?stage={stage}")
    return re.findall(r"/people/(WW\d+)/", staff.page.locator("table").last.inner_html())


def ready_to_agree(staff: Visit) -> str:
    """Return somebody whose plan only waits for them to say whether it feels right."""
    for ref in at_stage(staff, "planning"):
        page = staff.page.request.get(f"/people/{ref}/plan/").text()
        missing = page.partition("What is still missing")[2]
        if NOT_YET in missing.partition("</li>")[0]:
            return ref
    return pytest.fail("The made-up council has nobody whose plan waits only for their word.")


def allow_a_direct_payment(visit: Visit, ref: str) -> None:
    """Decide that the person may have a direct payment, which they look after with help."""
    visit.open(f"/people/{ref}/budget/holding/direct-payment/")
    answer_the_conditions(visit)
    visit.choose("No", within="Will it pay a partner, a relative, a friend or a lodger?")
    visit.press("Decide and keep the reasons").sees("Agreed to")


def answer_the_conditions(visit: Visit) -> None:
    """Answer everything about a direct payment but who is paid: all of it in its favour."""
    visit.choose(
        "Yes", within="Can the person decide for themselves to ask for this direct payment?"
    )
    visit.choose("No", within="Has the person chosen someone else to receive the money?")
    visit.choose("The person, with help")
    visit.choose("Yes", within="Is a direct payment a good way to meet these needs?")
    visit.choose("None of these")
