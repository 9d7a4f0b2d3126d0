"""My money on one page: in, out, put by, left; page, letter and file say the same."""

import csv
import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange
from tests.integration.conftest import NOW
from tests.integration.planned import words_in
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    NOVEMBER,
    PAY_DAY,
    approve,
    make_budget,
    payable,
    prepare,
    release,
)

from wherewithal.dates import Period, long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.models import Budget, Pause
from wherewithal.web.money import actions
from wherewithal.web.money.exports import to_csv
from wherewithal.web.money.known import know, what_there_is
from wherewithal.web.money.picture import Picture, budget_year, month_of, picture_of
from wherewithal.web.money.presenters import figures_of, money_of, standing
from wherewithal.web.money.to_come import NOT_YOU, to_come
from wherewithal.web.money.waiting_for import pauses_now
from wherewithal.web.payments import actions as payment_actions
from wherewithal.web.payments.actions import set_payee
from wherewithal.web.payments.models import Payment
from wherewithal.web.payments.remittance import lines_of
from wherewithal.web.people.models import Person
from wherewithal.web.providers.models import OwnBill
from wherewithal.web.providers.own_bills import receive
from wherewithal.web.statements.models import Line, Statement

HOLDING = "direct-payment"
DAY = date(2026, 11, 25)
LINES = [  # day of November | pence | who | meaning | sure
    (16, 132_900, "AMBLEFORD COUNCIL", "payment", True),
    (17, 33_100, "A MARLOWBRIDGE", "contribution", True),
    (18, -11_000, "J SMITH", "spent", True),
    (19, -4_500, "J SMITH", "spent", True),
    (20, 500, "J SMITH", "refund", True),
    (20, -250, "THE BANK", "fee", True),
    (21, -1_999, "=CMD()|SHOP", "unmatched", False),
    (22, -2_000, "MY OTHER ACCOUNT", "transfer", True),
]


@pytest.fixture
def own(person: Person, signed_in: Callable[[User], Client]) -> Client:
    assert person.user is not None
    return signed_in(person.user)


@pytest.fixture
def told(person: Person, payable: Budget) -> Statement:  # noqa: F811
    """A statement from 16 to 22 November with every kind of line."""
    return tell(person, payable, date(2026, 11, 1))


def tell(person: Person, budget: Budget, month: date) -> Statement:
    line = budget.lines.get()
    statement = Statement.objects.create(
        person=person, holding=HOLDING, source="csv", digest="a", opening=10_000, read_at=NOW,
        period=DateRange(month.replace(day=16), month.replace(day=23)),
    )  # fmt: skip
    for day, pence, who, meaning, sure in LINES:
        Line.objects.create(
            statement=statement, person=person, holding=HOLDING, on=month.replace(day=day),
            pence=pence, payee=who, meaning=meaning, sure=sure,
            budget_line=line if meaning in {"spent", "refund"} else None,
        )  # fmt: skip
    return statement


def plain(html: str) -> str:
    """Return what is seen of a cell: no marks, and no words for screen readers alone."""
    seen = re.sub(r"<span class=\"govuk-visually-hidden\">.*?</span>|<[^>]+>", "", html)
    return " ".join(seen.split())


def page(person: Person, rest: str = "") -> str:
    return f"/people/{person.reference}/money/{rest}"


def of(payment: Payment) -> str:
    return f"/people/{payment.person.reference}/payments/{payment.pk}/"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(answer.content.decode()).split())


def sums(picture: Picture, when: str = "month") -> dict[str, int]:
    span = picture.month if when == "month" else picture.year
    return {each.label: each.pence for each in span.sums}


def test_every_line_counts_towards_one_figure(person: Person, told: Statement) -> None:
    picture = picture_of(person, on=DAY)
    assert sums(picture) == {
        "Paid in by the council": 132_900, "Paid in by me": 33_100, "Help": 15_000,
        "Bank charges": 250, "Other money out": 2_000, "Money out, not known yet": 1_999,
    }  # fmt: skip
    assert sums(picture, "year") == sums(picture)
    moved = sum(line.pence for line in Line.objects.all())
    assert picture.month.total("in") - picture.month.total("out") == moved


def test_what_is_left_is_the_balance_less_what_is_put_by(
    person: Person, told: Statement, practitioner: User
) -> None:
    before = picture_of(person, on=DAY)
    assert before.balance == 10_000 + sum(pence for _, pence, *_ in LINES)
    assert before.left == before.balance
    sam = actions.add_assistant(
        by=practitioner, at=NOW, person=person,
        fields={"name": "Sam", "born": date(1990, 5, 1), "starts": date(2026, 5, 4)},
    )  # fmt: skip
    actions.save_rate(
        by=practitioner, at=NOW, assistant=sam, kind="day", starts=date(2026, 5, 4),
        fields={"hours": 10, "pence": 13_00},
    )  # fmt: skip
    after = picture_of(person, on=DAY)
    assert after.put_by_total > 0
    assert after.left == before.left - after.put_by_total


def test_what_was_paid_into_an_account_without_statements_shows_beside_one_with_them(
    person: Person, make_budget: Callable[..., Budget], finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    for holding, number in ((HOLDING, "11111111"), ("isf", "22222222")):
        set_payee(
            person=person, holding=holding, account_name="An account", sort_code="000012",
            account_number=number, by=finance, at=NOW,
        )  # fmt: skip
    make_budget(person, (HOLDING, 10_000), ("isf", 20_000))
    approve(prepare(finance), make_user(Role.FINANCE))
    statement = Statement.objects.create(
        person=person, holding=HOLDING, source="csv", digest="a", opening=0, read_at=NOW,
        period=DateRange(PAY_DAY, date(2026, 11, 23)),
    )  # fmt: skip
    Line.objects.create(
        statement=statement, person=person, holding=HOLDING, on=PAY_DAY, pence=40_000,
        payee="AMBLEFORD COUNCIL", meaning="payment", sure=True,
    )  # fmt: skip
    assert sums(picture_of(person, on=DAY)) == {"Paid in by the council": 40_000 + 80_000}


def test_without_a_statement_the_page_says_what_it_knows_and_guesses_nothing(
    person: Person, payable: Budget, finance: User, make_user: Callable[..., User], own: Client  # noqa: F811
) -> None:  # fmt: skip
    approve(prepare(finance), make_user(Role.FINANCE))
    picture = picture_of(person, on=PAY_DAY)
    assert sums(picture) == {"Paid in by the council": 132_900}
    assert (picture.balance, picture.left, standing(picture)) == (None, None, [])
    assert [row.month for row in figures_of(picture)] == ["£1,329.00", "£1,329.00", "Not known"]
    assert sums(picture_of(person, on=PAY_DAY - timedelta(days=1))) == {}
    assert "We have not seen a bank statement yet" in shown(own, page(person))


def test_money_that_came_after_the_last_statement_is_said_beside_it(
    person: Person, payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    approve(prepare(finance), make_user(Role.FINANCE))
    statement = tell(person, payable, date(2026, 10, 1))
    assert statement.last_day == date(2026, 10, 22)
    assert picture_of(person, on=DAY).since == 132_900
    assert picture_of(person, on=PAY_DAY - timedelta(days=1)).since == 0


def test_the_month_shown_is_that_of_the_last_statement_unless_another_is_asked_for(
    person: Person, told: Statement
) -> None:
    assert picture_of(person, on=date(2027, 1, 10)).month.title == "November 2026"
    asked = picture_of(person, on=DAY, month=date(2026, 3, 1))
    assert (asked.month.title, asked.month.sums) == ("March 2026", ())
    assert asked.year.title == "Since 1 April 2025"


@pytest.fixture
def recent(person: Person, make_budget: Callable[..., Budget]) -> Statement:  # noqa: F811
    """The same lines in the month before the one in which the test runs."""
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    budget = make_budget(
        person, (HOLDING, 41_500), period=DateRange(last - timedelta(days=60), None)
    )
    return tell(person, budget, last.replace(day=1))


@pytest.mark.parametrize("month", ["9999-12", "1999-12", "2026-13", "now"])
def test_a_month_that_cannot_be_shown_is_left_aside(
    month: str, person: Person, recent: Statement, own: Client
) -> None:
    assert own.get(page(person), {"month": month}).status_code == 200


def test_page_letter_and_file_say_the_same(person: Person, recent: Statement, own: Client) -> None:
    picture = picture_of(person, on=timezone.localdate())
    figures = [(row.label, row.month, row.year) for row in figures_of(picture)]
    stands = standing(picture)
    assert len(figures) == 8
    html = shown(own, page(person))
    table = html[html.index("What came in and what went out") :]
    rows = [
        [plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table[: table.index("</table>")])
    ]
    assert [tuple(row) for row in rows[1:]] == figures
    letter = words_in(own.get(page(person, "money.pdf")))
    written = letter.replace("by you", "by me")
    for label, month, year in figures:
        assert f"{label} {month} {year}" in written
    lines = list(
        csv.reader(StringIO(own.get(page(person, "money.csv")).content.decode("utf-8-sig")))
    )
    assert [(row[1], row[7], row[8]) for row in lines if row[0] == "figure"] == figures
    assert [(row[1], row[8]) for row in lines if row[0] == "standing"] == stands
    for label, amount in stands:
        assert amount in html, label
        assert amount in letter, label


def test_each_figure_opens_to_the_lines_that_it_is_the_sum_of(
    person: Person, recent: Statement, own: Client
) -> None:
    picture = picture_of(person, on=timezone.localdate())
    for span in (picture.month, picture.year):
        for each in span.sums:
            html = shown(own, page(person, f"lines/{each.code}/{span.when}/"))
            assert pounds(each.pence) in html
            assert all(pounds(row.pence) in html and row.who in html for row in each.rows)
    assert own.get(page(person, "lines/council/2001-13/")).status_code == 404
    assert own.get(page(person, "lines/nothing/year/")).status_code == 404


def test_the_file_holds_every_movement_and_nothing_that_a_spreadsheet_runs(
    person: Person, told: Statement
) -> None:
    rows = list(csv.reader(StringIO(to_csv(picture_of(person, on=DAY)))))
    movements = [row for row in rows if row[0] == "movement"]
    assert len(movements) == len(LINES)
    paid_in, paid_out = ([row[place] for row in movements if row[place]] for place in (5, 6))
    assert sum(int(text.replace(".", "")) for text in paid_in) == 166_000
    assert "'=CMD()|SHOP" in {row[3] for row in rows}
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@\t" and cell]
    assert len(paid_out) == len(LINES) - 2


# what stands in the way | words
REASONS = [
    ({"statement_on": None}, "The personal budget statement has not been given yet."),
    ({"agreement_on": None}, "The direct payment agreement is not signed yet."),
    ({}, NOT_YOU),
]


@pytest.mark.parametrize(("facts", "why"), REASONS)
def test_late_money_is_said_with_why_and_before_it_is_late(
    person: Person, payable: Budget, facts: dict[str, None], why: str  # noqa: F811
) -> None:  # fmt: skip
    Budget.objects.update(**facts)
    assert to_come(person, date(2026, 11, 10)).late == ()
    (going,) = to_come(person, date(2026, 11, 13)).late
    assert going.sentence.endswith("should come by 16 November 2026. It will be late.")
    assert going.why == why
    (late,) = to_come(person, date(2026, 11, 17)).late
    assert "£1,329.00 for 16 Nov to 13 Dec 2026 is late." in late.sentence
    assert "Ring us" in late.next


def test_what_is_released_in_time_is_on_its_way_and_never_late(
    person: Person, payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    release(prepare(finance), make_user(Role.FINANCE))
    ahead = to_come(person, PAY_DAY - timedelta(days=1))
    assert ahead.late == ()
    assert [(each.day, each.pence, each.on_its_way) for each in ahead.coming] == [
        (PAY_DAY, 132_900, True), (date(2026, 12, 14), 132_900, False),
    ]  # fmt: skip


def test_a_run_that_nobody_released_in_time_is_told_as_late(
    person: Person, payable: Budget, finance: User  # noqa: F811
) -> None:  # fmt: skip
    prepare(finance)
    (late,) = to_come(person, PAY_DAY).late
    assert "It should have come by 13 November 2026." in late.sentence


def test_the_page_tells_late_money_first_and_whom_to_ring(
    person: Person, payable: Budget, own: Client, finance: User  # noqa: F811
) -> None:  # fmt: skip
    today = timezone.localdate()
    Budget.objects.update(period=DateRange(today - timedelta(days=3), None))
    html = shown(own, page(person))
    assert "is late." in html or "It will be late." in html
    assert html.index("Late money") < html.index("What may I use it for?")
    assert "01632 960100" in html


def test_what_waits_for_an_answer_stands_on_the_page(
    person: Person, recent: Statement, own: Client, practitioner: User
) -> None:
    today = timezone.localdate()
    actions.ask(by=practitioner, at=timezone.now(), person=person, words="A cat?", answer_by=today)
    html = shown(own, page(person))
    assert "Waiting for me" in html
    assert "1 line of the bank statement to look at" in html
    assert f"“A cat?” you will hear by {long_date(today)}" in html


def test_a_bill_for_support_that_the_council_arranges_waits_until_it_is_paid(
    person: Person, payable: Budget, own: Client, finance: User  # noqa: F811
) -> None:  # fmt: skip
    by = date(2026, 12, 14)
    OwnBill.objects.create(
        person=person, budget=payable, period=DateRange(date(2026, 11, 2), date(2026, 11, 16)),
        pence=10_455, sentence="Two weeks.", due_on=by, made_at=NOW,
    )  # fmt: skip
    bill = "A bill for support that the council arranges: £104.55 to pay by 14 December 2026"
    html = shown(own, page(person))
    assert bill in html
    assert f"/people/{person.reference}/billed/" in html
    receive(person=person, on=by, pence=10_455, text="BILL", by=finance, at=NOW)
    assert bill not in shown(own, page(person))


def test_a_pause_is_told_with_its_reason(
    person: Person, payable: Budget, manager: User, own: Client  # noqa: F811
) -> None:  # fmt: skip
    today = timezone.localdate()
    days = DateRange(today - timedelta(days=2), today + timedelta(days=9))
    Pause.objects.create(
        budget=payable, kind="hospital", period=days, planned=days, pays="nothing",
        reason="Ada is in hospital.", decided_at=NOW, decided_by=manager,
    )  # fmt: skip
    (told,) = pauses_now(know(person).budgets, today)
    assert told.endswith("Ada is in hospital.")
    assert "Ada is in hospital." in shown(own, page(person))
    assert pauses_now(know(person).budgets, today + timedelta(days=30)) == []


def test_a_pay_day_on_which_nothing_comes_is_told_with_its_reason(
    person: Person, payable: Budget, manager: User, own: Client, finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    release(prepare(finance), make_user(Role.FINANCE))
    days = DateRange(date(2026, 11, 16), date(2026, 12, 14))
    Pause.objects.create(
        budget=payable, kind="hospital", period=days, planned=days, pays="nothing",
        reason="Ada is in hospital.", decided_at=NOW + timedelta(days=7), decided_by=manager,
    )  # fmt: skip
    (nothing, after) = to_come(person, date(2026, 11, 20)).coming
    assert (nothing.day, nothing.pence) == (date(2026, 12, 14), 0)
    assert "hospital for 16 Nov to 13 Dec 2026" in nothing.sentence
    assert (after.day, after.pence) == (date(2027, 1, 11), 132_900)
    assert to_come(person, date(2026, 11, 20)).late == ()


def test_each_payment_opens_to_how_it_was_worked_out_and_its_letter(
    person: Person, make_budget: Callable[..., Budget], manager: User, own: Client,  # noqa: F811
    finance: User, make_user: Callable[..., User],
) -> None:  # fmt: skip
    for way in ("direct-payment", "isf"):
        set_payee(
            person=person, holding=way, account_name="Ada", sort_code="00-00-11",
            account_number="12345678", by=finance, at=NOW,
        )  # fmt: skip
    budget = make_budget(person, ("direct-payment", 41_500), ("isf", 1_000))
    approver = make_user(Role.FINANCE)
    release(prepare(finance), approver)
    days = DateRange(date(2026, 11, 16), date(2026, 12, 21))
    Pause.objects.create(
        budget=budget, kind="hospital", period=days, planned=days, pays="nothing",
        holding="direct-payment", reason="Ada is in hospital.",
        decided_at=NOW + timedelta(days=7), decided_by=manager,
    )  # fmt: skip
    later: dict[str, Any] = {"at": NOW + timedelta(days=14)}
    run = payment_actions.prepare_run(
        period=Period(date(2026, 12, 14), date(2027, 1, 11)), pay_on=date(2026, 12, 14),
        by=finance, **later,
    )  # fmt: skip
    payment_actions.check_run(run_id=run.id, note="Asked.", by=approver, **later)
    payment_actions.approve_run(run_id=run.id, by=approver, holidays=frozenset(), **later)
    nothing, first = Payment.objects.filter(holding="direct-payment").order_by("-pk")
    html = shown(own, page(person))
    for payment in (nothing, first):
        assert f'href="{of(payment)}"' in html
    assert "A payment of £1,660.00" in shown(own, of(first))
    html = shown(own, of(nothing))
    assert "Why is below." in html
    assert "You were in hospital for 16 Nov" in html
    assert [line.pence for line in lines_of(nothing)] == [124_500, -166_000, 41_500]
    assert sum(line.pence for line in lines_of(nothing)) == nothing.net == 0


def test_the_year_counts_the_budgets_that_ended_in_it(
    person: Person, payable: Budget, own: Client  # noqa: F811
) -> None:  # fmt: skip
    (line,) = payable.lines.all()
    before = Budget.objects.get(pk=payable.pk)
    before.pk, before.status = None, "ended"
    before.period = DateRange(date(2026, 8, 24), payable.period.lower)
    before.save()
    line.pk, line.budget = None, before
    line.save()
    money = money_of(know(person), on=DAY)
    alone = 33_225 * (date(2027, 4, 1) - payable.period.lower).days // 7
    assert money.year_amount == 12 * 33_225 + alone


def test_the_page_asks_only_for_what_there_is(
    person: Person, recent: Statement, own: Client, manager: User, practitioner: User,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    """Nine for everybody, one for a pause, one for a question, four for a statement: its days,
    its balance, its lines, and those that nobody knows yet."""
    today = timezone.localdate()
    days = DateRange(today - timedelta(days=2), today + timedelta(days=9))
    Pause.objects.create(
        budget=Budget.objects.get(), kind="hospital", period=days, planned=days, pays="all",
        reason="Ada is in hospital.", decided_at=NOW, decided_by=manager,
    )  # fmt: skip
    actions.ask(by=practitioner, at=timezone.now(), person=person, words="A cat?", answer_by=today)
    assert {"pauses", "questions", "statements", "lines", "unsure"} == what_there_is(person)
    own.get(page(person))
    with django_assert_max_num_queries(15):
        html = shown(own, page(person))
    assert "Ada is in hospital." in html
    assert "A cat?" in html


@pytest.mark.parametrize(("day", "month"), [
    (date(2026, 12, 31), (date(2026, 12, 1), date(2027, 1, 1))),
    (date(2027, 2, 1), (date(2027, 2, 1), date(2027, 3, 1))),
])  # fmt: skip
def test_months_and_years_begin_where_they_should(day: date, month: tuple[date, date]) -> None:
    assert (month_of(day).start, month_of(day).end) == month
    assert budget_year(date(2027, 3, 31)).start == date(2026, 4, 1)
    assert budget_year(date(2027, 4, 1)).start == date(2027, 4, 1)


def test_whoever_else_reads_the_money_page_is_told_whose_words_they_are(
    person: Person, told: Statement, own: Client, practitioner: User,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    words = f"in the words that {person.name} reads"
    for rest, whose in (("money/", f"These are the words that {person.name} reads."),
                        ("spending/", words)):  # fmt: skip
        address = f"/people/{person.reference}/{rest}"
        assert whose in signed_in(practitioner).get(address).content.decode()
        assert whose not in own.get(address).content.decode()
