"""Each person's bank balance beside what the books say is held, and all that lies in between."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum
from django.utils.timezone import localtime

from wherewithal.ledger.entries import Kind
from wherewithal.money import pounds
from wherewithal.web.books.models import Entry
from wherewithal.web.config.year.proofs.entries import Row, begun, of_the_year
from wherewithal.web.config.year.proofs.proof import Proof
from wherewithal.web.config.year.town import Key, Year, at
from wherewithal.web.payments.models import BankAnswer, Payment, Run
from wherewithal.web.people.models import Person
from wherewithal.web.statements.models import Line
from wherewithal.web.statements.querysets import balance_on, last_statement_day

WAY, OWN, BACK, OPEN = (
    "Sent and not in the statement yet, less what came with it for charges of days past",
    "Own part still to be paid in",
    "Settled to be paid back, and still in the account",
    "Lines that nobody has said anything about yet",
)
NAMES = (WAY, OWN, BACK, OPEN)


@dataclass(frozen=True, slots=True)
class Held:
    """One account on the last day its bank told of: by the bank, by the books, and between."""

    bank: int
    books: int
    between: dict[str, int]
    difference: str


def prove(year: Year) -> Proof:
    """Hold every account of which a statement was sent to the books."""
    people = Person.objects.in_bulk({key[0] for key in year.accounts})
    entries: dict[str, list[Row]] = defaultdict(list)
    for row in of_the_year():
        for kind, of in {row.source, row.target}:
            if kind == Kind.HELD:
                entries[of].append(row)
    found: list[Held] = []
    untold = 0
    for key in sorted(year.accounts):
        day = last_statement_day(people[key[0]], key[1])
        if day is None or year.accounts[key].told_to is None:
            untold += 1
        else:
            own = entries[f"{people[key[0]].reference}/{key[1]}"]
            found.append(_account(year, people[key[0]], key, day, own))
    between = {name: sum(each.between[name] for each in found) for name in NAMES}
    return Proof(
        "What people hold",
        f"{len(found)} accounts were held to the bank’s own balance on the last day of their"
        f" last statement. Of {untold} more no statement has come yet.",
        (
            ("By the banks", sum(each.bank for each in found)),
            ("By the books", sum(each.books for each in found)),
            *((f"Between: {name}", pence) for name, pence in between.items()),
        ),
        next((each.difference for each in found if each.difference), ""),
    )


def _account(year: Year, person: Person, key: Key, day: date, entries: list[Row]) -> Held:
    name = f"{person.reference}/{key[1]}"
    bank = balance_on(person, key[1], day) or 0
    start = _at_the_start(name)
    booked = [row for row in entries if row.day <= day]
    books = start + sum(_effect(row, name) for row in booked)
    lines = Line.objects.filter(person=person, holding=key[1], on__lte=day)
    this_year = lines.filter(on__gte=year.first, sure=True)
    between = {
        WAY: _sum(this_year.filter(meaning="payment"))
        - _approved(booked, name)
        - _brought(year, person, key[1]),
        OWN: _sum(this_year.filter(meaning="contribution")) - _of(booked, name, Kind.CONTRIBUTION),
        BACK: _sum(this_year.filter(meaning="repaid")) - _of(booked, name, Kind.RECOVERY),
        OPEN: _sum(lines.filter(sure=False)),
    }
    told = _difference(year, person, key, day, bank, books, between)
    return Held(bank, books, between, told or _wrong_line(this_year, booked, name))


def _difference(
    year: Year, person: Person, key: Key, day: date, bank: int, books: int, between: dict[str, int]
) -> str:
    whose = f"The {key[1]} account of {person.reference} on {day}"
    account = year.accounts[key]
    truly = account.opening + sum(move.pence for move in account.moves if move.on <= day)
    if bank != truly:
        return f"{whose}: the statements come to {pounds(bank)}, and its bank has {pounds(truly)}."
    left = bank - books - sum(between.values())
    if left:
        return f"{whose}: {pounds(left)} between bank and books is not explained."
    expected = _on_its_way(year, person, key[1], day)
    if between[WAY] != expected:
        return (
            f"{whose}: {pounds(between[WAY])} seems to be on its way, where the payments say"
            f" {pounds(expected)}."
        )
    return ""


def _at_the_start(name: str) -> int:
    until = Entry.objects.filter(journal_id__lte=begun())
    came = until.filter(target__kind=Kind.HELD, target__of=name).aggregate(sum=Sum("pence"))["sum"]
    went = until.filter(source__kind=Kind.HELD, source__of=name).aggregate(sum=Sum("pence"))["sum"]
    return int(came or 0) - int(went or 0)


def _brought(year: Year, person: Person, holding: str) -> int:
    """Return what was on its way when the year began: the books held it from the first day."""
    sent = Payment.objects.filter(
        person=person, holding=holding, cancelled=False, run__released_at__lt=at(year.first, 0),
        run__pay_on__gte=year.first,
    )  # fmt: skip
    early = [move for move in year.accounts[person.pk, holding].moves
             if move.on == year.first and move.truth == "payment"]  # fmt: skip
    return _net(sent) + sum(
        move.pence for move in early if not sent.filter(net=move.pence).exists()
    )


def _on_its_way(year: Year, person: Person, holding: str, day: date) -> int:
    """Return what must lie between, by the payments themselves: below zero is still to arrive."""
    own = Payment.objects.filter(person=person, holding=holding, cancelled=False, invoice=None)
    own = own.filter(run__approved_at__gte=at(year.first, 0)).select_related("run")
    expected = 0
    for payment in own.filter(run__status__in=Run.DECIDED):
        if payment.run.approved_at is None or localtime(payment.run.approved_at).date() > day:
            continue
        back = BankAnswer.objects.filter(payment=payment, state__in=Payment.CAME_BACK).first()
        came_back = back is not None and localtime(back.recorded_at).date() <= day
        arrived = payment.state == Payment.State.CONFIRMED and payment.run.pay_on <= day
        expected -= 0 if came_back else payment.net - payment.recharged
        expected += payment.net if arrived else 0
    brought = Payment.objects.filter(
        person=person, holding=holding, cancelled=False, run__released_at__lt=at(year.first, 0),
        run__pay_on__gt=day, run__approved_at__lt=at(year.first, 0),
    )  # fmt: skip
    return expected - _net(brought)


def _effect(row: Row, name: str) -> int:
    mine = (Kind.HELD, name)
    return row.pence * ((row.target == mine) - (row.source == mine))


def _approved(rows: Iterable[Row], name: str) -> int:
    return _of(rows, name, Kind.PAYABLE)


def _of(rows: Iterable[Row], name: str, kind: Kind) -> int:
    """Return what came into an account from accounts of a kind, less what went back to them."""
    return sum(_effect(row, name) for row in rows if kind in {row.source[0], row.target[0]})


def _wrong_line(lines: QuerySet[Line], booked: Iterable[Row], name: str) -> str:
    """Say which line of a statement is not in the books as it was told."""
    effects: dict[str, int] = defaultdict(int)
    for row in booked:
        if row.document.startswith("line:"):
            effects[row.document] += _effect(row, name)
    kept = lines.exclude(meaning__in=["payment", "contribution", "repaid"])
    for line in kept.filter(in_books=True):
        if effects[f"line:{line.pk}"] != line.pence:
            return (
                f"Line {line.pk} of {name} on {line.on} is {pounds(line.pence)}, and the books"
                f" have {pounds(effects[f'line:{line.pk}'])} of it."
            )
    return ""


def _sum(lines: QuerySet[Line]) -> int:
    return int(lines.aggregate(sum=Sum("pence"))["sum"] or 0)


def _net(payments: QuerySet[Payment]) -> int:
    return int(payments.aggregate(sum=Sum("net"))["sum"] or 0)
