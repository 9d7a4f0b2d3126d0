"""Statements read into an account: once, whole, and joined to what was read before."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own
from django.db import IntegrityError, ProgrammingError, transaction
from tests.integration.conftest import NOW
from tests.integration.direct_payment_fixtures import HOLDING, budget

from wherewithal.banking.statements.layout import Layout
from wherewithal.banking.statements.statement import StatementError
from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books import querysets as books
from wherewithal.web.books.actions import close_month
from wherewithal.web.books.models import Entry
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.people.models import Person
from wherewithal.web.statements import actions, querysets
from wherewithal.web.statements.columns import needs_columns, saved_layout
from wherewithal.web.statements.importing import (
    Imported,
    OtherAccount,
    _same_account,
    import_statement,
)
from wherewithal.web.statements.joining import DoesNotJoin
from wherewithal.web.statements.models import Line, Meaning, PayeeRule, SentForm, Statement
from wherewithal.web.statements.reconciling import reconciled

__all__ = ["budget"]
FORM = UUID("12345678-1234-4234-8234-123456789abc")
HEAD = "Date,Description,Amount,Balance\n"
FIRST = """\
16/11/2026,AMBLEFORD COUNCIL SUPPORT,400.00,400.00
17/11/2026,J SMITH,-110.00,290.00
18/11/2026,CAFE,-2.50,287.50
18/11/2026,CAFE,-2.50,285.00
19/11/2026,HARBOUR DAY CENTRE LTD,-45.00,240.00
"""
SECOND = """\
20/11/2026,J SMITH,-110.00,130.00
23/11/2026,MISS A MARLOWBRIDGE,20.00,150.00
"""


@pytest.fixture
def read(person: Person, budget: Budget, finance: User) -> Callable[..., Imported]:
    """Read lines as a CSV file of a bank whose columns are known: ``read(FIRST)``."""
    layout = Layout("saved", "Harbour Bank", "Date", payee=("Description",), amount="Amount",
                    balance="Balance")  # fmt: skip
    actions.keep_columns(layout=layout, heading="harbour", by=finance, at=NOW)

    def reading(lines: str, name: str = "november.csv", **options: Any) -> Imported:
        data = BytesIO((HEAD + lines).encode())
        return import_statement(
            person=person, holding=HOLDING, data=data, name=name, by=finance, at=NOW, **options
        )

    return reading


def held(person: Person) -> int:
    """Return what the books say is held, beside what no statement can show."""
    return books.balance(Account(Kind.HELD, f"{person.reference}/{HOLDING}"), date(2026, 12, 31))


def test_a_file_is_read_matched_and_written_into_the_books(
    read: Callable[..., Imported], person: Person, budget: Budget
) -> None:
    found = read(FIRST)
    assert (found.new, found.known) == (5, 0)
    day_centre = BudgetLine.objects.get(what="Day centre")
    assert querysets.spent_by_line(person) == {day_centre.pk: 4_500}
    assert querysets.balance_on(person, HOLDING, date(2026, 11, 17)) == 29_000
    assert querysets.balance_on(person, HOLDING, date(2026, 11, 25)) is None
    assert querysets.last_statement_day(person, HOLDING) == date(2026, 11, 19)
    assert held(person) == -4_500
    assert querysets.unmatched(person).count() == 4


def test_two_equal_purchases_are_two_and_the_same_one_in_two_files_is_one(
    read: Callable[..., Imported], person: Person
) -> None:
    read(FIRST)
    again = read(FIRST + SECOND, name="november again.csv")
    assert (again.new, again.known) == (2, 5)
    assert Line.objects.filter(person=person, payee="CAFE").count() == 2
    assert querysets.balance_on(person, HOLDING, date(2026, 11, 23)) == 15_000


def test_the_same_file_again_adds_nothing(read: Callable[..., Imported]) -> None:
    read(FIRST)
    again = read(FIRST)
    assert again.again
    assert Statement.objects.count() == 1


def test_files_may_come_in_any_order(read: Callable[..., Imported], person: Person) -> None:
    read(SECOND)
    read(FIRST)
    assert querysets.balance_on(person, HOLDING, date(2026, 11, 23)) == 15_000
    assert querysets.paid_in(person) == (0, 2_000)


def test_missing_days_are_named_and_nothing_is_kept(
    read: Callable[..., Imported], person: Person
) -> None:
    read(FIRST)
    later = "27/11/2026,J SMITH,-110.00,20.00\n"
    with pytest.raises(DoesNotJoin) as problem:
        read(later)
    for words in ("19 November 2026 with £240.00", "27 November 2026 with £130.00",
                  "begins on 20 November 2026"):  # fmt: skip
        assert words in str(problem.value)
    assert Line.objects.count() == 5
    assert read(later, apart_because="The bank lost two weeks.").new == 1
    assert querysets.balance_on(person, HOLDING, date(2026, 11, 27)) == 2_000


@pytest.mark.parametrize(("number", "same"), [
    ("00-10-55 10000550", True), ("00105510000550", True), ("GB29NWBK00105510000550", True),
    ("10000550", True), ("10000551", False), ("00-10-56 10000550", False), ("card 0550", False),
])  # fmt: skip
def test_each_form_of_file_writes_the_number_of_one_account_in_its_own_way(
    number: str, same: bool
) -> None:
    assert _same_account("001055/10000550", number) is same
    assert _same_account(number, "001055/10000550") is same


def test_a_file_that_names_no_opening_balance_is_told_with_the_one_it_comes_to(
    read: Callable[..., Imported], person: Person, finance: User
) -> None:
    read(FIRST)
    ofx = b"""OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP<BANKTRANLIST>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261120<TRNAMT>-2.00<FITID>1<NAME>NEWSAGENT</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>916.88<DTASOF>20261120</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""
    with pytest.raises(DoesNotJoin, match=r"begins on 20 November 2026 with £918\.88"):
        import_statement(
            person=person, holding=HOLDING, data=BytesIO(ofx), name="a.ofx", by=finance, at=NOW
        )


def test_days_read_before_that_say_something_else_are_refused(
    read: Callable[..., Imported],
) -> None:
    read(FIRST)
    with pytest.raises(DoesNotJoin, match="do not agree"):
        read("19/11/2026,HARBOUR,-45.00,240.00\n20/11/2026,J SMITH,-110.00,130.00\n")
    assert Line.objects.count() == 5


def test_a_bad_file_is_refused_whole_with_line_column_and_mend(
    read: Callable[..., Imported],
) -> None:
    with pytest.raises(StatementError) as problem:
        read(FIRST + "20/11/2026,J SMITH,lots,130.00\n")
    said = str(problem.value)
    assert "november.csv" in said
    assert "line 7" in said
    assert "Amount" in said
    assert Line.objects.count() == Statement.objects.count() == 0


def test_a_day_that_is_still_to_come_is_refused_with_its_line(
    read: Callable[..., Imported],
) -> None:
    with pytest.raises(StatementError, match="the wrong way round") as problem:
        read(FIRST, today=date(2026, 11, 18))
    assert "Line 6: “19 November 2026”: This day is still to come." in str(problem.value)
    assert Line.objects.count() == Statement.objects.count() == 0
    assert read(FIRST, today=date(2026, 11, 19)).new == 5


def test_somebody_s_other_account_is_refused(person: Person, budget: Budget, finance: User) -> None:
    rows = (
        "Post Date,Account Number,Account Name,Type,Amount,Customer Reference,"
        "Transaction Detail,Balance\n"
        "16/11/2026,112233-99999999 GBP,ADA,DEB,-2.50,,CAFE,10.00\n"
    )
    with pytest.raises(OtherAccount, match=r"ending 9999.*ending 5678"):
        import_statement(
            person=person, holding=HOLDING, data=BytesIO(rows.encode()), name="own.csv",
            by=finance, at=NOW,
        )  # fmt: skip
    assert Line.objects.count() == 0


def test_our_own_payments_are_recognised_once(
    read: Callable[..., Imported], person: Person, budget: Budget, finance: User
) -> None:
    run = Run.objects.create(
        period=DateRange(date(2026, 11, 16), date(2026, 12, 14)), pay_on=date(2026, 11, 16),
        prepared_at=NOW,
    )  # fmt: skip
    Payment.objects.create(
        run=run, budget=budget, person=person, holding=HOLDING, period=run.period, gross=40_000,
        net=40_000, account_name="Ada", sort_code="000011", account_number="12345678",
        reference=f"SUPPORT {person.reference}",
    )  # fmt: skip
    Run.objects.filter(pk=run.pk).update(status="approved", approved_by=finance, approved_at=NOW)
    read(FIRST)
    assert querysets.paid_in(person).council == 40_000
    read("20/11/2026,AMBLEFORD COUNCIL,400.00,640.00\n")
    assert querysets.paid_in(person).council == 40_000
    assert querysets.unmatched(person).filter(pence=40_000).count() == 1


def test_what_the_person_says_is_learnt_and_the_books_follow(
    read: Callable[..., Imported], person: Person
) -> None:
    read(FIRST)
    line = Line.objects.get(payee="J SMITH")
    helper, centre = BudgetLine.objects.order_by("position", "id")
    user = person.user
    assert user is not None
    actions.say_what(
        line=line, meaning="spent", budget_line=centre, by=user, at=NOW, all_like_it=True
    )
    assert held(person) == -15_500
    actions.say_what(
        line=line, meaning="spent", budget_line=helper, by=user, at=NOW, all_like_it=True
    )
    assert held(person) == -15_500
    assert querysets.spent_by_line(person) == {helper.pk: 11_000, centre.pk: 4_500}
    assert books.balance(Account(Kind.LINE, str(centre.pk)), date(2026, 12, 31)) == 4_500
    read(SECOND)
    later = Line.objects.get(payee="J SMITH", on=date(2026, 11, 20))
    assert (later.sure, later.budget_line) == (True, helper)
    assert later.why == "“J SMITH” was “Personal assistant” last time."


def test_all_lines_of_a_payee_can_be_said_at_once_but_not_over_what_somebody_said(
    read: Callable[..., Imported], person: Person, finance: User
) -> None:
    read(FIRST)
    first, second = Line.objects.filter(payee="CAFE")
    actions.say_what(line=first, meaning="other", budget_line=None, by=finance, at=NOW)
    assert not PayeeRule.objects.exists()
    changed = actions.say_what(
        line=second, meaning="fee", budget_line=None, by=finance, at=NOW, all_like_it=True
    )
    assert [line.pk for line in changed] == [second.pk]
    first.refresh_from_db()
    assert first.meaning == Meaning.OTHER


def test_a_sum_typed_in_gives_way_to_the_line_of_the_bank(
    read: Callable[..., Imported], person: Person
) -> None:
    helper = BudgetLine.objects.get(what="Personal assistant")
    user = person.user
    assert user is not None
    actions.type_in(
        person=person, holding=HOLDING, on=date(2026, 11, 16), pence=-11_000, payee="Jo",
        budget_line=helper, meaning="spent", by=user, at=NOW,
    )  # fmt: skip
    assert held(person) == -11_000
    read(FIRST)
    line = Line.objects.get(pence=-11_000)
    assert (line.payee, line.budget_line, line.sure) == ("J SMITH", helper, True)
    assert held(person) == -15_500
    typed = actions.type_in(
        person=person, holding=HOLDING, on=date(2026, 11, 18), pence=-4_500, payee="Centre",
        budget_line=helper, meaning="spent", by=user, at=NOW,
    )  # fmt: skip
    assert typed.payee == "HARBOUR DAY CENTRE LTD"
    assert held(person) == -15_500


def test_a_form_sent_again_after_the_banks_line_has_come_keeps_nothing_more(
    read: Callable[..., Imported], person: Person, finance: User
) -> None:
    def send() -> Line:
        return actions.type_in(
            person=person, holding=HOLDING, on=date(2026, 11, 17), pence=-11_000, payee="Jo",
            budget_line=None, meaning="other", by=finance, at=NOW, form=FORM,
        )  # fmt: skip

    send()
    read(FIRST)
    again = send()
    assert again.payee == "J SMITH"
    assert Line.objects.filter(pence=-11_000).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        SentForm.objects.create(token=SentForm.objects.get().token, line=again)


def test_a_file_can_be_taken_back_with_a_reason(
    read: Callable[..., Imported], person: Person, finance: User
) -> None:
    found = read(FIRST)
    actions.take_back(statement=found.statement, reason="It was a neighbour’s.", by=finance, at=NOW)
    assert Line.objects.count() == Statement.objects.count() == 0
    assert held(person) == 0


def test_lines_of_two_files_come_back_when_one_is_taken_back_and_the_other_sent_again(
    read: Callable[..., Imported], person: Person, finance: User
) -> None:
    first = read(FIRST)
    both = read(FIRST + SECOND, name="both.csv")
    again = actions.take_back(statement=first.statement, reason="Old.", by=finance, at=NOW)
    assert again == [both.statement]
    found = read(FIRST + SECOND, name="both.csv")
    assert (found.again, found.new, found.known) == (False, 5, 2)
    assert querysets.balance_on(person, HOLDING, date(2026, 11, 23)) == 15_000
    assert held(person) == -4_500


def test_a_file_is_taken_back_once_however_often_the_button_is_pressed(
    read: Callable[..., Imported], person: Person, finance: User
) -> None:
    found = read(FIRST).statement
    twin = Statement.objects.get(pk=found.pk)
    actions.take_back(statement=found, reason="Wrong.", by=finance, at=NOW)
    with pytest.raises(NotNow, match="taken back before"):
        actions.take_back(statement=twin, reason="Wrong.", by=finance, at=NOW)


def test_the_same_days_in_another_form_are_not_counted_twice_where_no_balance_tells(
    person: Person, budget: Budget, finance: User
) -> None:
    def read_plain(heading: str, lines: str) -> Imported:
        layout = Layout(heading, heading, "Date", payee=(heading,), amount="Amount")
        data = BytesIO(f"Date,{heading},Amount\n{lines}".encode())
        return import_statement(
            person=person, holding=HOLDING, data=data, name=f"{heading}.csv", by=finance, at=NOW,
            layout=layout,
        )  # fmt: skip

    read_plain("Details", "17/11/2026,CARD 99 J SMITH,-110.00\n19/11/2026,DD HARBOUR,-45.00\n")
    with pytest.raises(DoesNotJoin, match="each sum would count twice"):
        read_plain("Name", "17/11/2026,J Smith,-110.00\n19/11/2026,Harbour,-45.00\n")
    assert read_plain("Name", "19/11/2026,Cafe,-45.00\n20/11/2026,Cafe,-3.00\n").new == 2


def test_only_the_council_says_that_its_payment_was_something_else(
    read: Callable[..., Imported], person: Person, finance: User
) -> None:
    read(FIRST)
    Line.objects.filter(pence=40_000).update(meaning="payment", sure=True, in_books=True)
    line, user = Line.objects.get(pence=40_000), person.user
    assert user is not None
    mine: dict[str, Any] = {"meaning": "contribution", "budget_line": None, "at": NOW}
    with pytest.raises(NotNow, match="the council paid this in"):
        actions.say_what(line=line, by=user, **mine)
    typed = actions.type_in(
        person=person, holding=HOLDING, on=line.on, pence=40_000, payee="Me", by=user, **mine
    )
    assert typed.pk != line.pk
    actions.say_what(line=line, by=finance, **mine)
    line.refresh_from_db()
    assert line.meaning == Meaning.CONTRIBUTION


def test_the_columns_one_person_chose_are_not_used_for_others_but_the_councils_are(
    person: Person, budget: Budget, finance: User, make_user: Callable[..., User]
) -> None:
    user, other = person.user, make_user(Role.PERSON)
    assert user is not None
    wrong = Layout("saved", "Harbour Bank", "Date", payee=("Description",), amount="Amount",
                   balance="Balance", out_is="plus")  # fmt: skip
    data = BytesIO((HEAD + FIRST).encode())
    actions.keep_columns(layout=wrong, heading="harbour", by=user, at=NOW)
    assert not needs_columns(data, user)
    assert needs_columns(data, other)
    right = Layout("saved", "Harbour Bank", "Date", payee=("Description",), amount="Amount",
                   balance="Balance")  # fmt: skip
    actions.keep_columns(layout=right, heading="harbour", by=finance, at=NOW)
    actions.keep_columns(layout=wrong, heading="harbour", by=other, at=NOW)
    found = saved_layout(data, other)
    assert found is not None
    assert found.out_is == ""


def test_a_name_with_odd_signs_in_it_reaches_the_books_in_plain_words(
    read: Callable[..., Imported], person: Person, finance: User
) -> None:
    read("16/11/2026,CA\x01FE\x7f \x85NOOK,-2.50,100.00\n")
    actions.say_what(line=Line.objects.get(), meaning="other", budget_line=None, by=finance, at=NOW)
    assert held(person) == -250


@pytest.mark.parametrize("change", [{"pence": -1}, {"payee": "Somebody"}, {"on": date(2026, 1, 1)}])
def test_postgres_keeps_what_the_bank_said(
    read: Callable[..., Imported], change: dict[str, Any]
) -> None:
    read(FIRST)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Line.objects.update(**change)


def test_postgres_wants_a_budget_line_for_money_spent(read: Callable[..., Imported]) -> None:
    read(FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(payee="CAFE").update(meaning="spent", sure=True)


def test_lines_of_a_closed_month_leave_nothing_unexplained(
    read: Callable[..., Imported], person: Person, finance: User
) -> None:
    read(FIRST)
    before = reconciled(person, HOLDING)
    assert before is not None
    assert before.unexplained == 0
    month_over = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
    close_month(last_day=date(2026, 11, 30), by=finance, at=month_over)
    read(FIRST + SECOND, name="november again.csv")
    assert Entry.objects.filter(about__isnull=False).exists()
    after = reconciled(person, HOLDING)
    assert after is not None
    assert (after.bank, after.unexplained) == (15_000, 0)
