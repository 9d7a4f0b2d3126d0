"""What the ombudsman found elsewhere about paying and asking back, and why it can't happen here.

Each journey is named for one published decision of the Local Government and Social Care Ombudsman.
What PostgreSQL itself refuses is shown in ``tests/integration``: test_checks_money_back (nothing
goes back before the person was told and could answer, or where they could not know),
test_budgets_pauses (no freeze without a plan for tomorrow), test_books_posting (no entry is ever
changed) and test_money_spending (an answer once given is kept).
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.functional.looking import Visit
from tests.functional.money_steps import (
    allow_a_direct_payment,
    everything,
    in_days,
    read_letter,
    ready_to_agree,
    today,
    whose,
    write_day,
)
from tests.functional.test_the_whole_road import work_out_the_charge

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]

PAYEE, WHY, RULE = (
    "Toffee Lane Cinema",
    "It paid for a film club, which the plan does not name.",
    "Plan, part 2: swimming with a helper",
)


def sign_off_from_today(visit: Visiting, ref: str) -> None:
    """Let the person agree to their plan, charge them, and let a manager sign it off."""
    practitioner, manager = visit("practitioner", scripts=False), visit("manager", scripts=False)
    practitioner.open(f"/people/{ref}/plan/agree/").choose("Yes").press("Save")
    work_out_the_charge(visit("finance", scripts=False), ref)
    practitioner.open(f"/people/{ref}/budget/send/")
    write_day(practitioner, "starts", today())
    practitioner.press("Send for sign-off")
    manager.open(f"/people/{ref}/budget/decide/").choose("Sign it off")
    manager.press("Record the decision")


def hold_the_first_part_as_a_direct_payment(visit: Visit, ref: str) -> None:
    allow_a_direct_payment(visit, ref)
    visit.page.locator("main select").first.select_option("direct-payment")
    visit.press("Save how the money is held").sees("The agreement has not been signed yet")


def open_an_account(finance: Visit, ref: str) -> None:
    finance.open(f"/people/{ref}/money/account/").choose("Direct payment")
    finance.write("Name on the account", "Somebody Made Up").write("Sort code", "00-00-31")
    finance.write("Account number", "31926827").press("Save").sees("ending 6827")


def try_to_pay(finance: Visit, ref: str) -> Visit:
    """Try the quickest way there is, a single payment at once: there is nothing to press."""
    finance.open(f"/payments/at-once/{ref}/").sees("can’t be paid yet")
    expect(finance.page.get_by_role("button", name="Prepare the payment")).to_have_count(0)
    return finance


def try_to_ask_back(finance: Visit, ref: str, *, said: str = "I thought I could.") -> Visit:
    """Propose that one sum, spent today, is asked back."""
    finance.open(f"/people/{ref}/checks/money-back/spending/")
    finance.write("What did they say about it?", said)
    write_day(finance, "on_1", today())
    for label, text in (
        ("who was paid", PAYEE),
        ("how much", "12.50"),
        ("why it is asked back", WHY),
        ("the line of the plan or agreement", RULE),
    ):
        finance.write(f"Item 1: {label}", text)
    return finance.press("Propose")


def test_18_012_204_no_money_moves_before_the_plan_is_given_and_the_agreement_signed(
    visit: Visiting,
) -> None:
    """There a direct payment began before a plan was issued, and money was then asked back.

    Here it is neither paid nor asked back until the person has the plan and signed the agreement.
    """
    practitioner, finance = visit("practitioner", scripts=False), visit("finance", scripts=False)
    ref = ready_to_agree(practitioner)
    sign_off_from_today(visit, ref)
    practitioner.open(f"/people/{ref}/budget/holding/agreement/")
    practitioner.sees("There is no direct payment to agree to yet.")
    practitioner.open(f"/people/{ref}/budget/holding/")
    expect(practitioner.page.locator("option[value=direct-payment]")).to_have_count(0)
    hold_the_first_part_as_a_direct_payment(practitioner, ref)
    open_an_account(finance, ref)

    try_to_pay(finance, ref).sees("The personal budget statement has not been given yet.")
    try_to_ask_back(finance, ref).sees("could not know what the money was for")
    practitioner.open(f"/people/{ref}/budget/").press("The statement was given today")
    try_to_pay(finance, ref).sees("The direct payment agreement is not signed yet.")
    try_to_ask_back(finance, ref).sees("nothing had been agreed. It cannot be asked back.")
    late = visit("finance").open("/payments/late/")
    row = late.page.get_by_role("row").filter(has_text="agreement is not signed yet")
    expect(row.locator(f"a[href*='{ref}']").first).to_be_visible()

    practitioner.open(f"/people/{ref}/budget/holding/agreement/")
    practitioner.write("Full name of the person who signed", "As signed")
    practitioner.choose("I have read these terms and agree to them").press("Sign the agreement")
    late.open("/payments/late/")
    expect(row).to_have_count(0)
    expect(late.page.locator("tr", has=late.page.locator(f"a[href*='{ref}']"))).to_contain_text(
        "No run holds it yet."
    )


def close_what_was_asked_before(visit: Visiting, ref: str) -> None:
    """Leave any sum that is talked about already: one is talked about at a time."""
    officer = visit("finance-2", scripts=False).open(f"/people/{ref}/checks/")
    found = re.findall(rf"/people/{ref}/checks/money-back/\d+/", officer.page.content())
    for address in sorted(set(found)):
        officer.open(f"{address}decide/").choose("Leave it")
        officer.write("Why?", "It is left.").press("Save the decision")


def next_payment(own: Visit, ref: str) -> str:
    """Return what the person's page says of the next payment."""
    own.open(f"/people/{ref}/money/")
    found = re.search(r"£[\d,.]+ by \d+ \w+ \d{4}", everything(own))
    assert found, everything(own)
    return found[0]


def test_19_018_919_money_is_asked_back_item_by_item_and_nothing_is_taken_meanwhile(
    visit: Visiting,
) -> None:
    """There money was asked back without saying what had been misspent.

    Here a letter lists day, payee, why and rule, and says by when to answer. Until then, and where
    the person does not agree, nothing is taken.
    """
    own, finance = visit("person", phone=True), visit("finance", scripts=False)
    second = visit("finance-2", scripts=False)
    ref = whose(own)
    close_what_was_asked_before(visit, ref)
    usual = next_payment(own, ref)

    finance.open(f"/people/{ref}/checks/money-back/spending/").press("Propose")
    finance.sees("Enter item 1: why it is asked back", "Enter what they said. Ask them first")
    try_to_ask_back(finance, ref).sees("Nothing is decided, and nothing is taken.")
    own.open(f"/people/{ref}/checks/")
    own.go_by(own.page.locator("a[href*='money-back/']"))
    place = own.sees("nothing is asked for", PAYEE, WHY, RULE, "£12.50").page.url

    second.open(f"{place}decide/").choose("Ask for it, or for part of it").write("Why?", "")
    second.press("Save the decision").sees("Enter your reasons. The person reads them")
    second.write("Why?", "The plan pays for swimming.").press("Save the decision")
    second.open(place).press("The letter went out today")
    letter = read_letter(own, f"{place}letter.pdf")
    for words in (
        PAYEE,
        WHY,
        RULE,
        "£12.50",
        f"{today():%-d %B %Y}",
        "The plan pays for swimming.",
    ):
        assert words in letter, letter
    assert re.search(r"tell us what you think by \d+ \w+ \d{4}\. We take nothing before", letter)

    not_yet(finance, place, "There is time to reply")
    own.open(place).press("Say what you think").choose("I do not agree")
    own.press("Send the answer").sees("Tell us why. A few words are enough")
    own.write("Anything you want us to know", "The pool was shut.").press("Send the answer")
    not_yet(finance, place, "not agree")
    assert next_payment(own, ref) == usual
    second.open(f"{place}decide/").sees("I thought I could.").choose("Leave it")
    second.write("Why?", "The pool was shut, so this was a fair swap.").press("Save the decision")
    own.open(place).sees("This is closed.", "so this was a fair swap")


def not_yet(finance: Visit, place: str, why: str) -> None:
    """Try to set down how it is paid back, and be told why not."""
    finance.open(f"{place}go-ahead/")
    write_day(finance, "first_due", in_days(7))
    finance.choose("No", within="Does the person take their own share out of the account?")
    finance.press("Save").sees(why)


def test_22_001_620_late_money_is_seen_while_there_is_still_time(visit: Visiting) -> None:
    """There payments came late again and again, and nobody had noticed before.

    Here whoever is not safe stands on a list with the reason and the last day to act, and the
    person reads on their own page what comes when.
    """
    own, finance = visit("person", phone=True, scripts=False), visit("finance")
    practitioner = visit("practitioner", scripts=False)
    ref = whose(own)
    practitioner.open(f"/people/{ref}/budget/holding/")
    chosen = practitioner.page.locator("main select:has(option[value=council-managed]:checked)")
    name = chosen.last.get_attribute("name")
    part = practitioner.page.locator(f"select[name={name}]")
    part.select_option("third-party")
    practitioner.write("Why does it change?", "A trust will hold it from now on.")
    practitioner.press("Save how the money is held")

    finance.open("/money/").follow("Money that could be late").sees("act")
    row = finance.page.locator("tr", has=finance.page.locator(f"a[href*='{ref}']"))
    expect(row).to_contain_text("There is no account to pay into yet.")
    expect(row).to_contain_text(re.compile(r"Too late for Bacs|Today|\d+ \w{3} \d{4}"))
    expect(row.get_by_role("link", name="Pay at once")).to_be_visible()
    own.open(f"/people/{ref}/money/").sees("Next payment", "If money is late or looks wrong, ring")

    practitioner.open(f"/people/{ref}/budget/holding/")
    part.select_option("council-managed")
    practitioner.write("Why does it change?", "There is no trust after all.")
    practitioner.press("Save how the money is held")
    finance.open("/payments/late/")
    expect(row).to_have_count(0)


def test_22_001_620_payments_stop_only_by_a_manager_with_a_reason_and_a_plan_for_tomorrow(
    visit: Visiting,
) -> None:
    """There an account was frozen, and somebody was left to find out and to cope alone.

    Here only a manager stops payments, says why and who comes tomorrow, and looks again within
    two weeks; the person reads all of it.
    """
    own, manager = visit("person", phone=True), visit("manager", scripts=False)
    ref = whose(own)
    stop = f"/people/{ref}/pauses/stop/"
    for role in ("practitioner", "finance", "administrator"):
        assert visit(role, scripts=False).page.request.get(stop).status == 403
    manager.open(stop).press("Stop the payments").sees(
        "Enter why. The person reads it.",
        "Say who makes sure that the person has support tomorrow, and how",
    )
    why, cover = "Two people drew money out on one day.", "Dot from Copper Kettle Care comes at 9."
    write_day(manager, "first_day", today())
    write_day(manager, "review_on", in_days(20))
    manager.choose("All of the money that is paid out").write("Why are they stopped?", why)
    manager.write("How does the person have support tomorrow?", cover)
    manager.press("Stop the payments").sees("Choose a day to look again")
    write_day(manager, "review_on", in_days(10))
    manager.press("Stop the payments").sees("Your payments are stopped")

    own.open(f"/people/{ref}/money/").sees("Your payments are stopped")
    own.open(f"/people/{ref}/pauses/").sees(why, cover, f"again by {in_days(10):%-d %B %Y}")
    address = own.page.locator("a[href$='letter.pdf']").first.get_attribute("href")
    letter = read_letter(own, str(address))
    assert why in letter
    assert cover in letter
    manager.open("/money/").follow("Payments that are stopped").sees(cover)

    manager.open(str(address).replace("letter.pdf", "start-again/"))
    write_day(manager, "paid_from", today())
    manager.press("Pay").sees("Enter why. The person reads it.")
    manager.write("Why?", "It was you and your sister.").press("Pay")
    own.open(f"/people/{ref}/pauses/").sees("It was you and your sister.", "Over")


def test_22_001_620_the_same_question_gets_the_same_answer_for_everybody(visit: Visiting) -> None:
    """There people who asked what the money may buy were told one thing and then another.

    Here an answer has reasons, a second reader, and is then what everybody reads.
    """
    own, officer = visit("person", phone=True, scripts=False), visit("finance", scripts=False)
    asked, reason = "A pass for the paddle steamer", "Getting out is a part of the plan."
    ref = whose(own)
    own.open(f"/people/{ref}/money/spending/ask/")
    own.write("What would you like to use the money for?", asked).press("Ask").sees(
        "You will hear by"
    )
    officer.open("/questions/").follow(re.compile(asked)).choose("Yes").press(
        "Send the answer"
    ).sees("There is a problem")
    officer.write("Why?", reason).press("Send the answer")
    officer.press("Propose it").sees("Somebody else reads it")
    second = visit("finance-2", scripts=False).open("/questions/")
    second.follow(re.compile(asked)).choose(
        "Yes", within="Publish this answer for everybody?"
    ).press("Save")

    somebody_else = visit("person-2", phone=True)
    other = whose(somebody_else)
    assert other != ref
    told = []
    for reader, reference in ((own, ref), (somebody_else, other)):
        reader.open(f"/people/{reference}/money/spending/?q=paddle+steamer+pass")
        reader.sees("What others were told", asked, reason)
        words = everything(reader)
        told.append(words[words.index("What others were told") :].partition(reason)[0])
    assert told[0] == told[1]
    assert ref not in somebody_else.page.content()
