"""What providers bill for what the council arranges, and what people pay towards it themselves."""

from datetime import date, timedelta
from functools import partial

from wherewithal.banking.bills_csv import read_bills, read_receipts
from wherewithal.council.bank import LOOSE, OWN_KINDS
from wherewithal.dates import Period, add_working_days
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.config.year.diary import CHECK, READ
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.payments.calendar import pay_periods
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.providers.actions import (
    add_provider,
    approve,
    ask,
    dispute,
    enter_file,
    match,
    refuse,
)
from wherewithal.web.providers.models import Invoice, OwnBill, Provider
from wherewithal.web.providers.own_bills import bill_people, receive_file
from wherewithal.web.providers.plans import lines_for
from wherewithal.web.providers.querysets import waiting

NOBODY = frozenset({*LOOSE, *OWN_KINDS, ""})
MORE, MUCH_MORE = 0.06, 0.012
"""Of all bills, those a little above what the plan says, and those far above it."""
NEVER_PAYS, PAYS_LATER = 0.06, 0.1


def begin(year: Year) -> None:
    """Add the providers, and put down when each four weeks are billed."""
    for place, name in enumerate(sorted({line.provider for line in _lines(year.first)})):
        add_provider(
            name=name, kind="agency", email="", account_name=name[:18], sort_code="009999",
            account_number=str(70_000_000 + place), by=year.crew.finance, at=at(year.first),
        )  # fmt: skip
    periods = pay_periods(year.first, 2 + year.period.days // 28)
    bill_people(until=periods[0].start, by=year.crew.finance, at=at(year.first, 6))
    for period in periods:
        end = period.end or period.start
        if year.first < end <= year.last - timedelta(days=5):
            year.diary.note(year.working(end, 2), partial(_bill, year, period), turn=READ)


def _lines(day: date) -> list[BudgetLine]:
    """Return the lines that a provider delivers for the council on a day."""
    found = BudgetLine.objects.filter(
        holding=PlanLine.Holding.COUNCIL_MANAGED, budget__status__in=["signed-off", "ended"],
        budget__period__contains=day, budget__statement_on__isnull=False,
    ).exclude(provider__in=NOBODY)  # fmt: skip
    return list(found.select_related("budget__person").order_by("provider", "budget_id", "id"))


def _bill(year: Year, period: Period, day: date) -> None:
    """Read the month's bills, pay at once what fits the plan, and ask about the rest."""
    rows = ["Provider,Invoice,Reference,From,To,Hours,Amount,What"]
    known = set(Provider.objects.values_list("name", flat=True))
    last = (period.end or period.start) - timedelta(days=1)
    for line in _lines(period.start):
        whole = line.budget.period
        begun = whole.lower <= period.start and (whole.upper is None or whole.upper > last)
        if line.provider in known and begun:
            pence = _billed(year, line, period)
            who = line.budget.person.reference
            number = f"{period.start:%y%m%d}-{who}-{line.position}"
            rows.append(f"{line.provider},{number},{who},{period.start:%d/%m/%Y},{last:%d/%m/%Y},,"
                        f"{pence / 100:.2f},{line.what}")  # fmt: skip
    if len(rows) > 1:
        content = "\n".join(rows).encode()
        enter_file(bills=read_bills(content), by=year.crew.finance, at=at(day))
    year.diary.note(add_working_days(day, 2, year.holidays), partial(_decide, year), turn=CHECK)
    bill_people(until=last + timedelta(days=1), by=year.crew.finance, at=at(day, 15))
    on = add_working_days(day, 9, year.holidays)
    year.diary.note(on, partial(_receive, year, day), turn=READ)


def _billed(year: Year, line: BudgetLine, period: Period) -> int:
    four_weeks = line.weekly * period.days // 7
    drawn = year.chance.of("billed", line.budget.person.reference, line.position, period.start)
    if drawn < MUCH_MORE:
        return four_weeks * 3 // 2
    return four_weeks * 103 // 100 if drawn < MUCH_MORE + MORE else four_weeks


def _decide(year: Year, day: date) -> None:
    """Match, approve what fits, ask about and dispute what does not: the rest is paid meanwhile."""
    unknown = Invoice.objects.filter(status=Invoice.Status.RECEIVED).select_related("person")
    for bill in unknown.order_by("id"):
        days = Period(bill.period.lower, bill.period.upper)
        lines = [line for line in lines_for(bill.person_id, days) if line.what == bill.what]
        if len(lines) == 1:
            match(invoice=bill, line=lines[0], by=year.crew.finance, at=at(day, 9))
    listed = [each for each in waiting() if each.compared is not None]
    within = [
        each.invoice.pk
        for each in listed
        if each.compared and each.compared.within and each.invoice.status == Invoice.Status.MATCHED
    ]
    approve(invoices=within, by=year.crew.second, at=at(day))
    for each in listed:
        if each.invoice.pk not in within:
            _outside(year, each.invoice, day)


def _outside(year: Year, bill: Invoice, day: date) -> None:
    by = year.crew.second
    match bill.status:
        case Invoice.Status.MATCHED:
            ask(invoice=bill, question="This is more than the plan says. Why?", by=by, at=at(day))
        case Invoice.Status.ASKED if year.chance.of("answered", bill.number) < 0.4:
            approve(
                invoices=[bill.pk], by=by, at=at(day), reason="They came more often. It was agreed."
            )
        case Invoice.Status.ASKED:
            part = bill.pence * 2 // 3
            dispute(invoice=bill, undisputed=part, by=by, at=at(day),
                    reason="Nobody knows of these visits.")  # fmt: skip
            year.seen["bills disputed"] += 1
        case _:
            refuse(invoice=bill, reason="The visits did not take place.", by=by, at=at(day))


def _receive(year: Year, billed: date, day: date) -> None:
    """Read what people paid in for a month's bills; some pay later, and some cannot."""
    rows = ["Reference,Date,Amount,Text"]
    for bill in (
        OwnBill.objects.filter(made_at__date=billed).select_related("person").order_by("id")
    ):
        who = bill.person.reference
        drawn = year.chance.of("own bill", who)
        paid_on = day - timedelta(days=1)
        if drawn >= NEVER_PAYS:
            rows.append(f"{who},{paid_on:%d/%m/%Y},{bill.pence / 100:.2f},BILL {bill.period.lower}")
    if len(rows) > 1:
        receive_file(
            lines=read_receipts("\n".join(rows).encode()), by=year.crew.finance, at=at(day)
        )
