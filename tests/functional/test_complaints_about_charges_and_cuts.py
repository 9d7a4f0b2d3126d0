"""What the ombudsman found elsewhere about charges, reviews and cuts, and why it can't happen here.

Each journey is named for one published decision of the Local Government and Social Care Ombudsman.
What PostgreSQL itself refuses is shown in ``tests/integration``: test_budgets_charge_changes (a
change of charge is never edited or deleted), test_budgets_earlier_charges (too little is never
asked for by itself), test_checks_talks (the share two periods behind) and
test_checks_look_again (the first review within six months, each next one within twelve).
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import expect
from tests.functional.looking import Visit
from tests.functional.money_steps import (
    answer_the_conditions,
    at_stage,
    everything,
    in_days,
    read_letter,
    today,
    whose,
    write_day,
)
from tests.functional.test_the_whole_road import CHECKED

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
RISE = 20


def pay_their_partner(visit: Visit, ref: str) -> Visit:
    """Check the conditions of a direct payment that would pay a partner at home for care."""
    visit.open(f"/people/{ref}/budget/holding/direct-payment/")
    answer_the_conditions(visit)
    visit.choose("Yes", within="Will it pay a partner, a relative, a friend or a lodger?")
    visit.page.get_by_label("Who is that to the person?").select_option("spouse")
    visit.choose("Yes", within="Do they live in the same home?")
    visit.page.get_by_label("What would they be paid for?").select_option("care")
    return visit


def test_22_001_239_paying_family_is_decided_by_one_question_with_reasons(visit: Visiting) -> None:
    """There, as in 18 012 204, family carers were paid in one place and refused in another.

    Here everybody is asked the same: is it necessary? Either answer needs its reason, and the
    person reads it.
    """
    own, practitioner = visit("person", phone=True), visit("practitioner", scripts=False)
    necessary = "Does the council find it necessary to pay them?"
    answers = (
        (whose(own), "Yes", "No agency comes at night, and only her husband knows the hoist",
         "The council decided that it is necessary to pay them to help. Why: "),
        (at_stage(practitioner, "setting-up")[0], "No", "Two agencies have places at these hours",
         "The council decided that it is not necessary to pay them. Why: "),
    )  # fmt: skip
    for ref, answer, why, told in answers:
        pay_their_partner(practitioner, ref).choose(answer, within=necessary)
        practitioner.press("Decide and keep the reasons")
        practitioner.sees("Enter why it is, or is not, necessary")
        practitioner.write("Why, or why not?", why).press("Decide and keep the reasons")
        practitioner.open(f"/people/{ref}/budget/holding/").sees(
            f"{told}{why}.", "A direct payment cannot normally pay your"
        )
    ref, _, why, told = answers[0]
    own.open(f"/people/{ref}/budget/holding/").sees("Agreed to", f"{told}{why}.")


def test_24_021_093_a_review_of_the_direct_payment_has_a_day_and_stands_on_the_list(
    visit: Visiting,
) -> None:
    """There nobody looked at a direct payment for years, and a debt of £5,000 had grown.

    Here the person reads by when it must be looked at, and what is due stands on the worklist
    until it was held.
    """
    own, officer = visit("person", phone=True, scripts=False), visit("finance", scripts=False)
    ref = whose(own)
    place = f"/people/{ref}/checks/"
    own.open(place)
    must = r"We must look (again )?at how the direct payment is working by \d+ \w+ "
    assert re.search(must, everything(own)), everything(own)
    officer.open(f"{place}review/call/").choose(
        "Managing the direct payment may have become too hard."
    )
    officer.write("What happened?", "The bank letters pile up.").press("Call for a review")
    row = officer.page.get_by_role("row").filter(has_text="may have become too hard")
    officer.open("/money/").follow("Accounts to look at")
    officer.sees("Reviews of direct payments that are due")
    officer.open("/checks/reviews/").sees("within six months")
    expect(row.filter(has_text=ref)).to_be_visible()
    officer.open(f"{place}review/").write(
        "What did you find?", "Her niece opens them with her now."
    )
    officer.press("Save the review").sees("What happens now?")
    officer.page.get_by_role("group", name="What happens now?").get_by_role("radio").first.check()
    officer.press("Save the review")
    officer.open("/checks/reviews/")
    expect(row.filter(has_text=ref)).to_have_count(0)
    own.open(place).sees("Her niece opens them with her now.")
    assert re.search(f"{must}{today().year + 1}", everything(own)), everything(own)


def paid_for_months_and_charged(finance: Visit) -> Iterator[str]:
    """Yield those whose direct payment was lowered by their own share for three months or more."""
    finance.open("/payments/").follow(re.compile(r"^Run \d+"))
    page = finance.page.content()
    begun = re.compile(r"From (\d+ \w+ \d{4})")
    for row in re.findall(r"<tr.*?</tr>", page, flags=re.DOTALL):
        ref = re.search(r"/people/(WW\d+)/", row)
        if ref and "Direct payment" in row and "Your contribution of" in row:
            budget = finance.page.request.get(f"/people/{ref[1]}/budget/").text()
            spent = finance.page.request.get(f"/people/{ref[1]}/spending/").text()
            first = begun.search(budget)
            years = {str(today().year - back) for back in range(1, 9)}
            if first and first[1].split()[-1] in years and "to look at" not in spent:
                yield ref[1]


def test_24_021_093_a_share_that_is_two_periods_behind_opens_a_talk_and_not_a_debt(
    visit: Visiting,
) -> None:
    """There a share that was not paid in ran up unseen, and was then asked for in one sum.

    Here two pay periods without it open a talk: whether they can pay it, and what their disability
    costs. Nothing is stopped, and nothing is asked for.
    """
    finance = visit("finance", scripts=False)
    ref = next(paid_for_months_and_charged(finance))
    days = [in_days(-100), in_days(-50), in_days(-1)]
    rows = [
        f"{day:%d/%m/%Y},BP,JO SMITH,27.50,,{500 - 27.5 * place:.2f}"
        for place, day in enumerate(days, start=1)
    ]
    header = "Date,Type,Description,Paid out,Paid in,Balance"
    finance.open(f"/people/{ref}/spending/send/").page.get_by_label(
        "The file from the bank"
    ).set_input_files(
        {
            "name": "autumn.csv",
            "mimeType": "text/csv",
            "buffer": "\n".join([header, *rows]).encode(),
        }
    )
    finance.press("Send the file").sees("We read 3 new lines.")
    finance.page.set_default_navigation_timeout(60_000)
    finance.open("/checks/").press("Look at every account now").sees("worth a talk")
    finance.open(f"/people/{ref}/checks/").follow("The weekly share is behind")
    finance.sees(
        "We can see £0.00 of it.",
        "The charge may be too high, or the cost of disability not counted.",
        "Ask whether they can afford it.",
    )
    finance.open(f"/people/{ref}/pauses/").sees("Nothing was ever paused.")
    assert "asked back" not in everything(finance.open(f"/people/{ref}/checks/"))


def test_24_021_093_no_charge_is_finished_without_asking_about_the_home_and_disability(
    visit: Visiting,
) -> None:
    """There rent and what a disability costs were never asked about, so the charge was too high.

    Here the sum is not worked out until both were asked, and the person can name a cost themselves.
    """
    own, officer = visit("person-2", phone=True), visit("practitioner", scripts=False)
    ref = whose(own)
    own.open(f"/people/{ref}/budget/what-you-pay/costs/")
    officer.open(f"/people/{ref}/budget/what-you-pay/work-out/")
    officer.choose("A full money check").choose("One adult")
    officer.choose("No", within="Has the person reached State Pension age?")
    officer.press("Work it out").sees(
        "Ask about rent, Council Tax and other costs of the home",
        "Ask about extra costs because of disability",
    )
    officer.choose("I asked. There are none to take off.").press("Work it out")
    officer.sees("Ask about extra costs because of disability")
    assert "Nothing is saved yet" not in everything(officer)
    officer.choose("I asked, and named examples. There are none.").press("Work it out")
    officer.sees("Nothing is saved yet")


def raise_the_charge(finance: Visit, ref: str) -> None:
    """Find that more comes in than was known these two weeks, and keep the new charge."""
    begun = re.search(r"From (\d+ \w+ \d{4})", everything(finance.open(f"/people/{ref}/budget/")))
    assert begun
    first = datetime.strptime(begun[1], "%d %B %Y").date()  # noqa: DTZ007  a day, with no hour
    finance.open(f"/people/{ref}/budget/what-you-pay/work-out/")
    write_day(finance, "starts", max(first, in_days(-14)))
    line = finance.page.get_by_role("group", name="Income: line 1").get_by_label("How much")
    line.fill(f"{float(line.input_value()) + RISE:.2f}")
    finance.choose("Yes", within="Does the support include care at night?")
    finance.press("Work it out").sees("Nothing is saved yet")
    if finance.page.get_by_label(CHECKED).count():
        finance.choose(CHECKED)
    finance.press("Save the charge").sees("How much you pay")


def test_24_021_093_too_small_a_charge_is_never_asked_for_by_itself(visit: Visiting) -> None:
    """There years of a charge that should have been higher came as one bill.

    Here the difference is worked out and shown. It is asked for only after the person was told,
    by an officer's decision with reasons; until then nothing changes.
    """
    own, finance = visit("person", phone=True), visit("finance", scripts=False)
    ref = whose(own)
    raise_the_charge(finance, ref)
    begin = f"/people/{ref}/budget/what-you-pay/begin/"
    finance.open(begin).sees("This is not asked for by itself: you tell them first, then decide.")
    finance.press("Let it begin").sees("Enter what is new")
    finance.write("What is new?", "The pension went up in spring.").press("Let it begin")
    place = finance.sees("too little until").page.url
    finance.choose("Ask for the difference").write("Your reasons", "It is owed.")
    finance.press("Keep this decision").sees("Tell the person first.")

    own.open(place).sees("The pension went up in spring.", "too little until")
    own.open(f"/people/{ref}/money/")
    assert "charge" not in everything(own).partition("In and out")[0]
    finance.open(place).press("Tell the person: date the letter today")
    assert "The pension went up in spring." in read_letter(own, f"{place.rstrip('/')}.pdf")
    finance.choose("Ask for nothing for days past").press("Keep this decision")
    finance.sees("Enter your reasons")
    finance.write("Your reasons", "We knew of it and did not look.").press("Keep this decision")
    own.open(place).sees("We knew of it and did not look.")


def pence(text: str) -> int:
    return int(text.replace("£", "").replace(",", "").replace(".", ""))


def test_23_020_813_every_part_of_the_budget_is_shown_with_its_price_and_its_sum(
    visit: Visiting,
) -> None:
    """There somebody was told one figure, and never what it was made of.

    Here each part says how much of it, at what price, and what that comes to a week; the parts add
    up to the whole; the letter says the same.
    """
    own = visit("person", phone=True, scripts=False)
    ref = whose(own)
    own.open(f"/people/{ref}/budget/")
    table = own.page.locator("table").first
    rows = table.locator("tbody tr").all()
    whole = pence(table.locator("tfoot, tbody tr:last-child").last.inner_text().split("£")[-1])
    parts = []
    for row in rows:
        words = " ".join(row.inner_text().split())
        if " at £" in words:
            assert re.search(r": [\d.]+ \w+ every \w+ at £[\d,.]+ an? ", words), words
            parts.append(pence(words.split("£")[-1]))
    assert len(parts) > 1
    assert sum(parts) == whole
    letter = read_letter(own, f"/people/{ref}/budget/personal-budget.pdf")
    for amount in (*parts, whole):
        assert f"£{amount / 100:,.2f}" in letter


def let_them_sign_in(visit: Visiting, ref: str) -> Visit:
    """Give somebody a way to sign in, and sign in as them on a phone."""
    practitioner = visit("practitioner", scripts=False)
    practitioner.open(f"/people/{ref}/about/sign-in/").press("Let them sign in")
    name, password = practitioner.page.locator("main dd").all_inner_texts()[:2]
    own = visit(phone=True).open("/sign-in/")
    own.write("User name", name.strip()).write("Password", password.strip()).press("Sign in")
    own.write("New password", "a lamp on the sill").press("Set my password")
    return own


def test_19_018_919_a_smaller_budget_says_why_to_the_person(visit: Visiting) -> None:
    """There a budget was cut, and nobody said why.

    Here whoever lowers a part of a plan must write a reason, and so must whoever pauses payments;
    the person reads it beside the new sum, and can ask for another look.
    """
    manager, practitioner = visit("manager", scripts=False), visit("practitioner", scripts=False)
    ref = re.findall(r"/people/(WW\d+)/", manager.open("/sign-off/").page.content())[-1]
    manager.open(f"/people/{ref}/budget/decide/").choose("Sign it off")
    box = manager.page.locator("[name^=line-]").first
    less = f"{float(box.input_value()) - 1:.2f}"
    box.fill(less)
    manager.press("Record the decision").sees("Enter your reasons. The figure differs")
    why = "The lift at the pool works again, so a helper for the stairs is not needed."
    manager.page.get_by_label("Your reasons").fill(why)
    manager.press("Record the decision")
    own = let_them_sign_in(visit, ref)
    own.open(f"/people/{ref}/budget/").sees(f"£{less}", why, "ask us to look again")

    practitioner.open(f"/people/{ref}/pauses/add/").press("Pause").sees(
        "Enter the reason. The person reads it."
    )
