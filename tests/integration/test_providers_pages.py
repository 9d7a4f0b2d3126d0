"""Bills travel over the pages: entered, matched, decided; the person reads what was billed."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.integration.test_payments_runs import make_budget  # noqa: F401  a fixture
from tests.integration.test_providers_bills import (  # noqa: F401  fixtures
    HEADINGS,
    bill,
    managed,
    provider,
)

from wherewithal.money import pounds
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import Budget
from wherewithal.web.people.models import Person
from wherewithal.web.providers.models import Invoice, OwnBill, Provider, Receipt


@pytest.fixture
def browser(finance: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(finance)


def a_day(name: str, day: int, month: int, year: int = 2026) -> dict[str, str]:
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(year)}


def test_a_provider_is_added_and_paid_elsewhere(browser: Client, db: None) -> None:
    sent = {
        "name": "Lantern Support", "kind": "isf", "email": "", "account_name": "Lantern",
        "sort_code": "00-00-33", "account_number": "12345678",
    }  # fmt: skip
    assert browser.post("/bills/providers/add/", sent).status_code == 302
    made = Provider.objects.get()
    assert "is here already" in browser.post("/bills/providers/add/", sent).text
    moved = {"account_name": "Lantern", "sort_code": "000044", "account_number": "87654321"}
    at = f"/bills/providers/{made.pk}/account/"
    assert "sort code" in browser.post(at, moved | {"sort_code": "1"}).text
    assert browser.post(at, moved).status_code == 302
    assert "ending 4321" in browser.get("/bills/providers/").text
    assert made.accounts.count() == 2


def test_where_there_is_no_provider_a_bill_leads_to_adding_one(browser: Client) -> None:
    page = browser.get("/bills/enter/").text
    assert "There is no provider to choose yet" in page
    assert 'href="/bills/providers/add/"' in page


def test_a_typed_bill_is_approved_with_all_that_are_as_planned(
    browser: Client, provider: Provider, person: Person, managed: Budget  # noqa: F811
) -> None:  # fmt: skip
    sent = {
        "provider": str(provider.pk), "number": "A1", "reference": person.reference,
        "units": "28", "pence": "560", "what": "",
    } | a_day("first_day", 16, 11) | a_day("last_day", 13, 12)  # fmt: skip
    assert "There is no provider to choose yet" not in browser.get("/bills/enter/").text
    assert "has the reference" in browser.post("/bills/enter/", sent | {"reference": "X"}).text
    assert browser.post("/bills/enter/", sent).status_code == 302
    made = Invoice.objects.get()
    assert "already sent bill" in browser.post("/bills/enter/", sent).text
    assert "Approve all of these" in browser.get("/bills/").text
    assert browser.post("/bills/approve/", {"bill": [str(made.pk), "x"]}).status_code == 302
    assert Invoice.objects.get().status == "approved"
    assert "To be paid" in browser.get(f"/bills/{made.pk}/").text


def test_a_bill_beyond_the_plan_is_decided_with_reasons(
    browser: Client, provider: Provider, person: Person, managed: Budget, finance: User  # noqa: F811
) -> None:  # fmt: skip
    made = bill(provider, person, finance, pence=70_000)
    browser.post("/bills/approve/", {"bill": [str(made.pk)]})
    at = f"/bills/{made.pk}/"
    assert "£140.00 more than the plan" in browser.get(at).text
    assert "Enter why bill A1 is paid" in browser.post(at, {"decision": "approve"}).text
    assert browser.post(at, {"decision": "ask", "reason": "Which days?"}).status_code == 302
    split = {"decision": "dispute", "undisputed": "560", "reason": "No extra hours."}
    assert browser.post(at, split).status_code == 302
    rest = Invoice.objects.get(part=2)
    refused = browser.post(f"/bills/{rest.pk}/", {"decision": "refuse", "reason": "So agreed."})
    assert refused.status_code == 302
    assert {each.status for each in Invoice.objects.all()} == {"approved", "refused"}


def test_a_bill_without_a_line_is_matched_by_hand(
    browser: Client, provider: Provider, person: Person, finance: User,  # noqa: F811
    make_budget: Callable[..., Budget],  # noqa: F811
) -> None:  # fmt: skip
    budget = make_budget(person, ("council-managed", 14_000), ("council-managed", 5_000))
    made = bill(provider, person, finance)
    assert "not clear which line" in browser.get("/bills/").text
    Invoice.objects.update(units=10)
    page = browser.get(f"/bills/{made.pk}/").text
    assert "for 10 hours, sessions or days" in page
    assert "The part that nobody disputes" not in page
    line = budget.lines.earliest("pk")
    assert browser.post(f"/bills/{made.pk}/line/", {"line": str(line.pk)}).status_code == 302
    assert Invoice.objects.get().line == line


def test_a_file_of_bills_is_taken_in_or_its_bad_line_named(
    browser: Client, provider: Provider, person: Person, managed: Budget  # noqa: F811
) -> None:  # fmt: skip
    line = f"Harbour Home Care,B1,{person.reference},16/11/2026,13/12/2026,28,560.00,Care\n"
    bad = SimpleUploadedFile("b.csv", (HEADINGS + line.replace("560.00", "many")).encode())
    assert "Line 2, column &#39;Amount&#39;" in browser.post("/bills/file/", {"file": bad}).text
    good = SimpleUploadedFile("b.csv", (HEADINGS + line).encode())
    assert browser.post("/bills/file/", {"file": good}).status_code == 302
    assert Invoice.objects.get().status == "matched"


def test_whom_a_day_bills_is_shown_first_and_then_all_letters(
    browser: Client,
    managed: Budget,  # noqa: F811
) -> None:
    shown = browser.post("/bills/people/", a_day("last_day", 13, 12)).content.decode()
    assert "Nothing is billed yet." in shown
    assert re.search(r'<button[^>]*value="2026-12-13"[^>]*name="bill"', shown)
    longer = a_day("last_day", 20, 12) | {"bill": "2026-12-13"}  # changed before the press
    assert "Nothing is billed yet." in browser.post("/bills/people/", longer).content.decode()
    assert not OwnBill.objects.exists()
    billed = browser.post(
        "/bills/people/", a_day("last_day", 13, 12) | {"bill": "2026-12-13"}, follow=True
    )
    own = OwnBill.objects.get()
    page = billed.content.decode()
    assert f"1 person, {pounds(own.pence)} altogether, to pay by" in page
    assert f"/people/{own.person.reference}/billed/{own.pk}.pdf" in page
    letters = browser.get(f"/bills/people/{own.pk}/letters/1/")
    with ZipFile(BytesIO(letters.content)) as kept:
        assert kept.namelist() == [f"what-to-pay-{own.person.reference}.pdf"]
    assert browser.get(f"/bills/people/{own.pk}/letters/2/").status_code == 404
    assert browser.get(f"/bills/people/{own.pk + 1}/").status_code == 404
    assert "Bills sent" in browser.get("/bills/people/").content.decode()
    again = browser.post("/bills/people/", a_day("last_day", 13, 12) | {"bill": "2026-12-13"})
    assert "Nobody owes anything for days up to then" in again.content.decode()


def test_people_are_billed_pay_and_read_it_all(
    browser: Client, provider: Provider, person: Person, managed: Budget, finance: User,  # noqa: F811
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    assert person.user is not None
    bill(provider, person, finance)
    bill_people = a_day("last_day", 13, 12) | {"bill": "2026-12-13"}
    assert browser.post("/bills/people/", bill_people).status_code == 302
    own = OwnBill.objects.get()
    at = f"/people/{person.reference}/billed/"
    came = {"pence": "50", "text": "faster payment"} | a_day("on", 20, 11)
    assert browser.post(f"{at}paid-in/", came).status_code == 302
    assert "was kept before" in browser.post(f"{at}paid-in/", came).text
    content = f"Reference,Date,Amount,Text\n{person.reference},21/11/2026,20.00,bank\n"
    sent = SimpleUploadedFile("r.csv", content.encode())
    assert browser.post("/bills/people/file/", {"file": sent}).status_code == 302
    assert Receipt.objects.count() == 2
    page = signed_in(person.user).get(at).text
    assert "Still to pay: <strong>£50.00</strong>" in page
    assert page.index("Still to pay") < page.index("What providers billed")
    assert "planned:" not in page  # it is as planned
    assert "Harbour Home Care" in page
    letter = signed_in(person.user).get(f"{at}{own.pk}.pdf")
    assert (letter.status_code, letter["Content-Type"]) == (200, "application/pdf")
