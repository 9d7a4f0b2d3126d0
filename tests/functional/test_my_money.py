"""My money on a phone, with scripts and without: what there is, and what it may buy."""

import re
from collections.abc import Callable

import pytest
from tests.functional.looking import Visit

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def own_reference(visit: Visit) -> str:
    found = re.search(r"/people/(WW\d+)/", visit.page.content())
    assert found
    return found[1]


def days(visit: Visit, name: str, day: str, month: str, year: str) -> None:
    for part, text in (("day", day), ("month", month), ("year", year)):
        visit.page.locator(f"[name={name}_{part}]").fill(text)


@SCRIPTS
def test_a_person_opens_each_figure_of_their_money_and_takes_it_home(
    visit: Visiting, scripts: bool
) -> None:
    v = visit("person", phone=True, scripts=scripts)
    ref = own_reference(v)
    v.open(f"/people/{ref}/money/").sees("My money", "In and out", "What may I use it for?")
    amount = v.page.locator("table a").first
    written = amount.inner_text().split()[0]
    v.go_by(amount).sees("Altogether", written)
    letter = v.page.request.get(f"/people/{ref}/money/money.pdf")
    assert letter.headers["content-type"] == "application/pdf"
    file = v.page.request.get(f"/people/{ref}/money/money.csv")
    assert "figure" in file.text()


@SCRIPTS
def test_a_question_about_spending_is_asked_answered_and_told_to_everybody(
    visit: Visiting, scripts: bool
) -> None:
    asked = f"Some tickets for the {'trams' if scripts else 'ferries'}"
    v = visit("person", phone=True, scripts=scripts)
    ref = own_reference(v)
    v.open(f"/people/{ref}/money/").press("Look it up, or ask").sees("Betting and the lottery")
    v.write("May I use it for …?", asked).press("Look it up").press("Ask about this")
    v.press("Ask").sees("You will hear by")
    staff = visit("finance", scripts=scripts)
    staff.follow("Questions about spending")
    staff.follow(re.compile(asked)).choose("Yes, if").press("Send the answer").sees(
        "There is a problem"
    )
    staff.write("If “yes, if”: what has to be so?", "It is on the way to your club.")
    staff.write("Why?", "Getting there is a part of your plan.").press("Send the answer")
    staff.sees("Tell everybody the same").press("Propose it").sees("Somebody else reads it")
    second = visit("finance-2", scripts=scripts)
    second.follow("Questions about spending")
    second.follow(re.compile(asked)).choose(
        "Yes", within="Publish this answer for everybody?"
    ).press("Save")
    v.open(f"/people/{ref}/money/spending/?q=tickets+trams+ferries")
    v.sees("What others were told", asked, "Getting there is a part of your plan.")


@SCRIPTS
def test_an_assistant_is_added_and_the_page_says_what_to_see_to(
    visit: Visiting, scripts: bool
) -> None:
    name = "Sandy" if scripts else "Robin"
    v = visit("person", phone=True, scripts=scripts)
    ref = own_reference(v)
    v.open(f"/people/{ref}/money/").follow("Personal assistants")
    v.open(f"/people/{ref}/money/employer/assistants/").press("Save").sees("There is a problem")
    v.write("What do you call them?", name).choose("Yes", within="Do you employ them?")
    days(v, "born", "1", "5", "1990")
    days(v, "starts", "4", "5", "2026")
    v.choose("Yes", within="Do they work the same hours every week?").press("Save")
    v.sees(f"What {name} is paid").choose("Days")
    v.write("How many of these hours in a usual week?", "12").write("Pay for an hour", "9.00")
    days(v, "starts", "4", "5", "2026")
    v.press("Save").sees(
        "The least the law allows", "What to put by each month", "Employers’ insurance"
    )
    v.open(f"/people/{ref}/money/").sees("Put by", f"{name} has worked for you since 4 May 2026.")
