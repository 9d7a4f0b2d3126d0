"""From the first words to the first payment, as each of the people on the road.

Once with scripts, the supporter on a phone; once without, for somebody just registered. Every
page on the way is held to the accessibility rules and to one heading, unique links and no
sideways scrolling.
"""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.functional.looking import Visit

from wherewithal.banking.standard18 import read_standard18

pytestmark = pytest.mark.browser

CAUSE = "Do the needs come from, or are they linked to, an illness, impairment or disability?"
IMPACT = "Is there, or is there likely to be, a significant impact on wellbeing?"
LOOKED_AT = "I have looked at all ten, on good and bad days. What is not ticked is managed."
CHECKED = "I have checked these figures against the official ones for this year"


def answer_everything(visit: Visit, ref: str) -> None:
    """Answer each question in turn, from the first until the list comes back."""
    visit.open(f"/people/{ref}/assessment/question/wash/")
    for number in range(40):
        if "/question/" not in visit.page.url:
            return
        options = visit.page.locator("main form .govuk-radios").first.get_by_role("radio")
        options.nth(2 if number % 3 == 0 else 1).check()
        if visit.page.get_by_label("None of it").count():
            visit.choose("About half of it" if number == 0 else "None of it")
        if number == 0:
            visit.page.get_by_label(re.compile("own words")).fill("I like a bath, not a shower.")
            told = visit.page.get_by_label(re.compile("told a practitioner"))
            if told.is_visible():
                told.check()
        visit.press("Save and go on")
        problem = visit.page.locator(".govuk-error-summary")
        assert not problem.count(), problem.inner_text()
    pytest.fail("The questions never came to an end.")


def finish_and_decide(visit: Visit, ref: str) -> None:
    """Finish the assessment, decide eligibility and work out the first figure."""
    visit.open(f"/people/{ref}/assessment/check/").sees("I like a bath, not a shower.")
    visit.open(f"/people/{ref}/assessment/finish/")
    visit.page.get_by_label(re.compile("has seen these answers")).check()
    visit.choose("On paper").press("Finish").sees("The assessment is finished")
    visit.open(f"/people/{ref}/assessment/eligibility/decide/")
    visit.choose("Yes", within=CAUSE).write("What are they linked to?", "Arthritis.")
    visit.choose("Needs help", within="Eating and drinking well")
    visit.choose("Needs help", within="Keeping yourself and your clothes clean")
    visit.choose(LOOKED_AT).choose("No", within="Do the needs come and go?")
    visit.choose("Yes", within=IMPACT)
    visit.choose("Having a say over your day-to-day life and your care")
    visit.write(
        "What is the impact, in words the person will know as theirs?",
        "She can no longer bathe and cook when she wants to.",
    )
    visit.press("Save this decision").sees("has eligible needs")
    visit.open(f"/people/{ref}/assessment/indicative/").press("Work out the first figure")
    visit.sees("It can go up or down", "How it was worked out", "If you think this is wrong")


def the_figure_adds_up(visit: Visit, ref: str) -> None:
    """What each answer added, less what family took away, is the figure: also in the letter."""
    visit.open(f"/people/{ref}/assessment/indicative/")
    figure = visit.page.locator(".ww-figure__amount").first.inner_text().split()[0]
    amounts = visit.page.locator(".ww-reasons").first.inner_text()
    signed = re.findall(r"([+−])£([\d,]+\.\d\d)\s*$", amounts, flags=re.MULTILINE)
    total = sum(
        (1 if sign == "+" else -1) * int(text.replace(",", "").replace(".", ""))
        for sign, text in signed
    )
    assert f"£{total / 100:,.2f}" == figure
    letter = visit.page.request.get(f"/people/{ref}/assessment/indicative/budget.pdf")
    assert letter.headers["content-type"] == "application/pdf"
    pages = PdfReader(BytesIO(letter.body())).pages
    assert figure in "".join(page.extract_text() for page in pages)


def make_the_plan(visit: Visit, ref: str) -> None:
    """Say what matters, add two lines of support, and agree."""
    plan = f"/people/{ref}/plan"
    visit.open(f"{plan}/").press("Start the plan").sees("What is still missing")
    visit.open(f"{plan}/about/").write("What matters most?", "My garden.").press("Save")
    visit.open(f"{plan}/who/").choose("The person with a practitioner")
    visit.write("Who else took part?", "Her daughter.").press("Save")
    visit.open(f"{plan}/outcomes/")
    visit.write("What should life be like?", "I have a bath when I like.").press("Add")
    for what, need, how_many, price, held in (
        ("Personal assistant", "Keeping yourself and your clothes clean", "7", "16.00",
         "Direct payment"),
        ("Help with meals", "Eating and drinking well", "5", "24.10", "Council-managed"),
    ):  # fmt: skip
        visit.open(f"{plan}/support/add/").write("What is it?", what)
        visit.write("Who will give this support?", "Copper Kettle Care").choose(need)
        visit.page.get_by_label("What does it help with?").select_option(index=1)
        visit.write("How many?", how_many)
        visit.page.get_by_label("How many of what?").select_option("hour")
        visit.choose("every week").write("Price of one", price).choose(held)
        visit.press("Save this support")
    visit.sees("£112.00", "£120.50", "£232.50")
    visit.open(f"{plan}/if-something-goes-wrong/")
    visit.write("What happens if something goes wrong?", "Her neighbour comes.").press("Save")
    visit.open(f"{plan}/staying-well/")
    visit.write("What could make needs less?", "Swimming.")
    visit.write("What could stop new needs, or put them off?", "Seeing the physio.").press("Save")
    visit.open(f"{plan}/agree/").choose("Yes").press("Save")


def work_out_the_charge(visit: Visit, ref: str) -> None:
    """Charge someone who has a state pension of £250 a week, in a trial year nobody verified."""
    visit.open(f"/people/{ref}/budget/what-you-pay/work-out/")
    visit.choose("A full money check").choose("One adult")
    visit.choose("Yes", within="Has the person reached State Pension age?")
    income = visit.page.get_by_role("group", name="Income: line 1")
    income.get_by_label("What", exact=True).select_option("state-pension")
    income.get_by_label("How much").fill("250")
    income.get_by_label("How often").select_option("week")
    visit.choose("I asked. There are none to take off.")
    visit.choose("I asked, and named examples. There are none.")
    visit.press("Work it out").sees("Nothing is saved yet", "£8.55")
    visit.choose(CHECKED).press("Save the charge").sees("How much you pay")


def sign_off(practitioner: Visit, manager: Visit, ref: str) -> None:
    """Send the plan, and let a manager sign it off; the practitioner cannot."""
    practitioner.open(f"/people/{ref}/budget/send/").press("Send for sign-off")
    practitioner.open(f"/people/{ref}/budget/decide/").sees("A manager decides about this budget")
    manager.open("/sign-off/").sees(ref)
    manager.open(f"/people/{ref}/budget/decide/").choose("Sign it off")
    manager.press("Record the decision")
    practitioner.open(f"/people/{ref}/budget/").sees("£232.50")
    practitioner.press("The statement was given today")


def hold_as_a_direct_payment(visit: Visit, ref: str) -> None:
    """Check the conditions for this decision, and sign the agreement."""
    visit.open(f"/people/{ref}/budget/holding/direct-payment/")
    visit.choose(
        "Yes", within="Can the person decide for themselves to ask for this direct payment?"
    )
    visit.choose("No", within="Has the person chosen someone else to receive the money?")
    visit.choose("The person, with help")
    visit.choose("Yes", within="Is a direct payment a good way to meet these needs?")
    visit.choose("None of these")
    visit.choose("No", within="Will it pay a partner, a relative, a friend or a lodger?")
    visit.press("Decide and keep the reasons")
    visit.open(f"/people/{ref}/budget/holding/")
    visit.page.get_by_label("Personal assistant").select_option("direct-payment")
    visit.write("Why does it change?", "They want to choose who comes.")
    visit.press("Save how the money is held")
    visit.open(f"/people/{ref}/budget/holding/agreement/")
    visit.write("Full name of the person who signed", "As signed").choose(
        "I have read these terms and agree to them"
    )
    visit.press("Sign the agreement").sees("The agreement is signed")


def pay(first: Visit, second: Visit, ref: str) -> int:
    """Give the account, and take the run to its files as two officers; return the pence paid."""
    first.open(f"/people/{ref}/money/account/").choose("Direct payment")
    first.write("Name on the account", "Nasreen Pebblemore").write("Sort code", "00-00-31")
    first.write("Account number", "31926819").press("Save").sees("ending 6819")
    first.open("/payments/prepare/").press("Prepare the run").sees("Check the run")
    run = first.page.url
    first.press("Check the run").write("What did you look into?", "Everyone who is new.")
    first.press("The run is checked").sees("someone else needs to approve it")
    second.open(run.split("127.0.0.1")[1].partition("/")[2].join(["/", ""]))
    second.press("Approve the run").sees("The run is approved")
    second.press("Release the run").sees("The run is released")
    text = second.page.request.get(f"{run}files/standard18/").text()
    sent = [each for each in read_standard18(text).credits if ref in each.reference]
    assert sent, first.page.locator("main").inner_text()
    return sum(each.amount for each in sent)


def walk(visit: Callable[..., Visit], teller: Visit, ref: str, *, scripts: bool) -> Visit:
    """Travel the road for one person; ``teller`` answers the questions."""
    practitioner = visit("practitioner", scripts=scripts)
    finance = visit("finance", scripts=scripts)
    answer_everything(teller, ref)
    finish_and_decide(practitioner, ref)
    the_figure_adds_up(practitioner, ref)
    make_the_plan(practitioner, ref)
    work_out_the_charge(finance, ref)
    sign_off(practitioner, visit("manager", scripts=scripts), ref)
    hold_as_a_direct_payment(practitioner, ref)
    paid = pay(finance, visit("finance-2", scripts=scripts), ref)
    practitioner.open(f"/people/{ref}/").sees("Support in place", "comes on")
    practitioner.open(f"/people/{ref}/money/").sees("on its way", "Still to come")
    assert paid > 0
    return practitioner


def test_a_supporter_on_a_phone_and_everyone_after(visit: Callable[..., Visit]) -> None:
    supporter = visit("supporter", phone=True)
    links = supporter.page.locator("main a").all()
    stages = [supporter.page.request.get(link.get_attribute("href") or "").text() for link in links]
    at_the_start = next(
        link for link, page in zip(links, stages, strict=True) if "Tell us about your days" in page
    )
    ref = str(at_the_start.get_attribute("href")).split("/")[2]
    supporter.open(f"/people/{ref}/").press("Tell us about your days")
    supporter.press("Start the assessment")
    walk(visit, supporter, ref, scripts=True)
    supporter.open(f"/people/{ref}/").sees("£232.50")
    supporter.press("See what has been paid").sees("Still to come", "Personal assistant")


def test_someone_new_without_any_scripts(visit: Callable[..., Visit]) -> None:
    practitioner = visit("practitioner", scripts=False)
    practitioner.press("Add someone new")
    practitioner.choose("They may need care and support").write("First name", "Petronella")
    practitioner.write("Last name", "Doorknockerby")
    practitioner.write("Day", "4").write("Month", "3").write("Year", "1950")
    practitioner.press("Register them").sees("Petronella Doorknockerby")
    reference = re.search(r"WW\d{6}", practitioner.page.content())
    assert reference is not None
    ref = reference.group()
    practitioner.open(f"/people/{ref}/assessment/").press("Start the assessment")
    walk(visit, practitioner, ref, scripts=False)
