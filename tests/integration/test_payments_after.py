"""After a run is released: what the bank says, what is owed again, and who is told."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    approve,
    make_budget,
    payable,
    prepare,
    release,
)

from wherewithal.banking.answers import AnswerError
from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.models import Journal
from wherewithal.web.books.querysets import balance, prove
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions, answers
from wherewithal.web.payments.models import AnswerFile, BankAnswer, Payee, Payment, Run

ARRIVES = datetime(2026, 11, 13, 16, tzinfo=UTC)
DECEMBER = Period(date(2026, 12, 14), date(2027, 1, 11))
CLOSED = answers.Said(Payment.State.RETURNED, date(2026, 11, 16), "AC04", "it is closed", True)
HEADINGS = b"Payment,Sort code,Account number,Amount,Reference,Date,Reason code\r\n"


@pytest.fixture
def sent(payable: Budget, finance: User, make_user: Callable[..., User]) -> Run:  # noqa: F811
    return release(prepare(finance), make_user(Role.FINANCE))


def held(run: Run, kind: Kind) -> int:
    person = run.payments.select_related("person").get().person.reference
    of = {Kind.HELD: f"{person}/direct-payment", Kind.SENT: str(run.pk), Kind.FUNDING: "council"}
    return balance(Account(kind, of.get(kind, person)), date(2030, 1, 1))


def books(run: Run) -> dict[str, int]:
    """Return what the books hold for the one payment of a run."""
    assert prove(date(2030, 1, 1)).holds
    kinds = (Kind.PAYABLE, Kind.SENT, Kind.HELD, Kind.CONTRIBUTION, Kind.FUNDING)
    return {kind.value: held(run, kind) for kind in kinds}


def pain002(payment: Payment, status: str, reason: str = "", pence: str = "1329.00") -> bytes:
    return (
        '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">'
        "<CstmrPmtStsRpt><GrpHdr><CreDtTm>2026-11-13T09:00:00</CreDtTm></GrpHdr>"
        "<OrgnlPmtInfAndSts><TxInfAndSts>\n"
        f"<OrgnlEndToEndId>WW-PAY-{payment.pk}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>"
        f'<OrgnlTxRef><Amt><InstdAmt Ccy="GBP">{pence}</InstdAmt></Amt></OrgnlTxRef>'
        "</TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()


def read(content: bytes, by: User, kind: str = "pain002") -> AnswerFile:
    return answers.read_answers(name="bank.xml", kind=kind, content=content, by=by, at=ARRIVES)


def test_each_step_of_a_payment_stands_in_the_books(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    run = release(prepare(finance), make_user(Role.FINANCE))
    promised = {"payable": 0, "sent": -132_900, "held": 166_000, "contribution": -33_100}
    assert books(run) == promised | {"funding": 0}
    actions.confirm_run(run_id=run.pk, by=finance, at=ARRIVES)
    assert books(run) == promised | {"sent": 0, "funding": -132_900}
    assert run.payments.get().state == "confirmed"


def test_nobody_is_told_to_send_a_file_that_the_bank_has_paid(
    sent: Run, finance: User, signed_in: Callable[[User], Client]
) -> None:
    place = f"/payments/{sent.pk}/"
    assert "Send one of them to the bank, once." in signed_in(finance).get(place).content.decode()
    actions.confirm_run(run_id=sent.pk, by=finance, at=ARRIVES)
    page = signed_in(finance).get(place).content.decode()
    assert "Send nothing again." in page
    assert "Send one of them" not in page
    row = AuditRow.objects.filter(verb="payment-run.confirmed").get()
    assert row.summary == f"Payment run {sent.pk} was confirmed: 1 payment arrived."


def test_an_approved_run_that_is_cancelled_is_taken_back_in_the_books(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    run = approve(prepare(finance), make_user(Role.FINANCE))
    actions.cancel_run(run_id=run.pk, reason="The wrong day.\nSorry.", by=finance, at=ARRIVES)
    assert set(books(run).values()) == {0}
    assert prepare(finance).count == 1


def test_the_files_are_the_same_bytes_for_ever_and_the_database_keeps_them_so(sent: Run) -> None:
    files = list(sent.files.all())
    assert {each.kind for each in files} == {"standard18", "bureau", "pain001", "payments"}
    with pytest.raises(DatabaseError), transaction.atomic():
        sent.files.update(content=b"another account")
    with pytest.raises(DatabaseError), transaction.atomic():
        files[0].delete()


def test_a_run_is_not_confirmed_before_its_money_can_have_arrived(sent: Run, finance: User) -> None:
    with pytest.raises(NotNow, match="13 November 2026"):
        actions.confirm_run(run_id=sent.pk, by=finance, at=datetime(2026, 11, 12, tzinfo=UTC))


@pytest.mark.parametrize("confirmed_before", [False, True])
def test_money_that_comes_back_is_owed_again_and_the_account_is_not_used_until_it_is_right(
    confirmed_before: bool, sent: Run, finance: User, make_user: Callable[..., User]
) -> None:
    if confirmed_before:
        actions.confirm_run(run_id=sent.pk, by=finance, at=ARRIVES)
    payment = sent.payments.get()
    answers.record_answer(payment_id=payment.pk, said=CLOSED, by=finance, at=ARRIVES)
    assert set(books(sent).values()) == {0}
    assert AuditRow.objects.get(verb="payment.returned").person_reference
    sent.refresh_from_db()
    assert sent.status == "confirmed"
    with pytest.raises(NotNow, match="it is closed"):
        prepare(finance)
    payee = Payee.objects.get(ended_at__isnull=True)
    answers.trust_account(payee_id=payee.pk, reason="The bank said so.", by=finance, at=ARRIVES)
    again = prepare(finance)
    assert (again.count, again.total) == (1, 132_900)


def test_money_that_came_back_behind_a_later_payment_is_made_up(
    sent: Run, finance: User, make_user: Callable[..., User]
) -> None:
    later = prepare(finance, DECEMBER)
    said = answers.Said(Payment.State.RECALLED, date(2026, 11, 16), "ASKED", "we asked for it back")
    answers.record_answer(payment_id=sent.payments.get().pk, said=said, by=finance, at=ARRIVES)
    january = Period(date(2027, 1, 11), date(2027, 2, 8))
    payment = prepare(finance, january).payments.get()
    assert (payment.adjustment, payment.net) == (132_900, 265_800)
    assert later.total == 132_900


def test_a_file_of_the_bank_settles_payments_and_the_same_file_again_changes_nothing(
    sent: Run, finance: User
) -> None:
    content = pain002(sent.payments.get(), "ACSC")
    first = read(content, finance)
    before = (books(sent), BankAnswer.objects.count(), AuditRow.objects.count())
    assert read(content, finance) == first
    assert read(content + b"\n", finance).count == 0  # another file that says the same
    assert (books(sent), BankAnswer.objects.count()) == before[:2]
    sent.refresh_from_db()
    assert (sent.status, sent.payments.get().state) == ("confirmed", "confirmed")


def test_a_refused_payment_comes_back_with_its_reason_in_words(sent: Run, finance: User) -> None:
    read(pain002(sent.payments.get(), "RJCT", "AC01"), finance)
    answer = BankAnswer.objects.get()
    assert (answer.state, answer.words) == ("returned", "the account number is not right")
    assert Payee.objects.get(ended_at__isnull=True).doubt == "the account number is not right."


def test_the_record_of_a_file_counts_in_plain_words(sent: Run, finance: User) -> None:
    read(pain002(sent.payments.get(), "ACSC"), finance)
    assert Journal.objects.filter(summary="bank.xml: 1 payment arrived.").exists()


def test_a_payment_that_came_back_says_which_payment_paid_it_again(
    sent: Run, finance: User, make_user: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    payment = sent.payments.get()
    answers.record_answer(payment_id=payment.pk, said=CLOSED, by=finance, at=ARRIVES)
    place = f"/people/{payment.person.reference}/payments/{payment.pk}/"
    assert "We will pay it again." in signed_in(finance).get(place).content.decode()
    payee = Payee.objects.get(ended_at__isnull=True)
    answers.trust_account(payee_id=payee.pk, reason="The bank said so.", by=finance, at=ARRIVES)
    later = actions.prepare_run(
        period=DECEMBER, pay_on=date(2026, 12, 14), by=finance, at=ARRIVES
    )  # fmt: skip
    assert "We will pay it again." in signed_in(finance).get(place).content.decode()
    approve(later, make_user(Role.FINANCE))
    page = signed_in(finance).get(place).content.decode()
    assert "on 14 December 2026" in page
    assert "will pay it again" not in page
    again = later.payments.filter(period__overlap=payment.period).get()
    assert f"/people/{payment.person.reference}/payments/{again.pk}/" in page


def test_what_is_still_on_its_way_settles_nothing(sent: Run, finance: User) -> None:
    assert read(pain002(sent.payments.get(), "ACSP"), finance).count == 0
    assert sent.payments.get().state == "sent"


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        (lambda text: text.replace(b"WW-PAY-", b"WW-PAY-9"), "no payment sent from here"),
        (lambda text: text.replace(b"1329.00", b"1329.01"), "Ask the bank which is right"),
        (lambda text: text.replace(b"ACSC", b"ABCD"), "Ask the bank what it means"),
        (lambda text: text[:-20], "not XML"),
        (lambda text: text.replace(b"CstmrPmtStsRpt", b"Other"), "pain.002"),
    ],
)
def test_a_file_with_a_mistake_is_refused_whole_with_its_line(
    change: Callable[[bytes], bytes], mend: str, sent: Run, finance: User
) -> None:
    with pytest.raises(AnswerError, match=r"Line \d") as refused:
        read(change(pain002(sent.payments.get(), "ACSC")), finance)
    assert mend in str(refused.value)
    assert not AnswerFile.objects.exists()
    assert sent.payments.get().state == "sent"


def test_a_returns_file_finds_a_payment_by_account_amount_and_reference(
    sent: Run, finance: User
) -> None:
    payment = sent.payments.get()
    line = f",00-00-11,12345678,1329.00,{payment.reference},16/11/2026,B\r\n".encode()
    assert read(HEADINGS + line, finance, "returns").count == 1
    assert BankAnswer.objects.get().words == "the account is closed"
    wrong = HEADINGS + line.replace(b"1329.00", b"1.00")
    with pytest.raises(AnswerError, match="Line 2: no payment sent from here fits"):
        read(wrong, finance, "returns")


def test_of_equal_payments_the_one_came_back_that_had_arrived_last_by_that_day(
    sent: Run, finance: User, make_user: Callable[..., User]
) -> None:
    at, other = datetime(2026, 12, 2, 9, tzinfo=UTC), make_user(Role.FINANCE)
    later = actions.prepare_run(period=DECEMBER, pay_on=date(2026, 12, 14), by=finance, at=at)
    actions.check_run(run_id=later.pk, note="Rang and asked.", by=other, at=at)
    actions.approve_run(run_id=later.pk, by=other, at=at, holidays=frozenset())
    actions.release_run(run_id=later.pk, by=other, at=at, holidays=frozenset())
    first, second = sent.payments.get(), later.payments.get()
    assert (first.net, first.reference) == (second.net, second.reference)
    line = f",00-00-11,12345678,1329.00,{first.reference},%s,B\r\n"
    with pytest.raises(AnswerError, match="Line 2: 2 payments fit"):
        read(HEADINGS + (line % "01/11/2026").encode(), finance, "returns")
    assert read(HEADINGS + (line % "18/11/2026").encode(), finance, "returns").count == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("returned", "sent")


def test_officers_read_a_file_tell_the_person_and_the_person_reads_why(
    sent: Run, finance: User, signed_in: Callable[[User], Client]
) -> None:
    client, payment = signed_in(finance), sent.payments.select_related("person__user").get()
    file = SimpleUploadedFile("returned.xml", pain002(payment, "RJCT", "AC04"))
    page = client.post("/payments/came-back/", {"kind": "pain002", "file": file}, follow=True).text
    assert "The account is closed" in page
    assert "People to tell" in page
    answer = BankAnswer.objects.get()
    letter = client.get(f"/payments/came-back/{answer.pk}/letter/")
    assert letter["Content-Type"] == "application/pdf"
    client.post(f"/payments/came-back/{answer.pk}/told/")
    assert "Everybody has been told" in client.get("/payments/came-back/").text
    assert payment.person.user is not None
    own = signed_in(payment.person.user)
    mine = own.get(f"/people/{payment.person.reference}/payments/{payment.pk}/").text
    assert "did not reach the account" in mine
    assert own.get("/payments/came-back/").status_code == 403


def test_an_officer_records_by_hand_that_a_payment_was_called_back(
    sent: Run, finance: User, signed_in: Callable[[User], Client]
) -> None:
    client, payment = signed_in(finance), sent.payments.get()
    address = f"/payments/came-back/{payment.pk}/"
    page = client.get(address).text
    assert "A payment that came back" in page
    assert f"WW-PAY-{payment.pk}" in page
    typed = {
        "state": "recalled", "code": "ASKED", "words": "", "on_day": "2", "on_month": "11",
        "on_year": "2026",
    }  # fmt: skip
    assert client.post(address, typed).status_code == 302, client.post(address, typed).text
    assert BankAnswer.objects.get().words == "the council asked the bank for it back"


def test_a_letter_and_a_page_say_how_a_payment_was_worked_out(
    sent: Run, signed_in: Callable[[User], Client]
) -> None:
    payment = sent.payments.select_related("person__user").get()
    assert payment.person.user is not None
    own = signed_in(payment.person.user)
    page = own.get(f"/people/{payment.person.reference}/payments/{payment.pk}/").text
    for words in ("£1,660.00", "£331.00", "£1,329.00", "You pay this part yourself"):
        assert words in page
    letter = own.get(f"/people/{payment.person.reference}/payments/{payment.pk}/letter/")
    assert letter["Content-Type"] == "application/pdf"
