"""Writes about what people pay the council for the support that it arranges."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Max, OuterRef, Q, Subquery, Sum
from django.utils.timezone import localtime

from wherewithal.banking.bills_csv import BillsError
from wherewithal.banking.bills_csv import Receipt as PaidIn
from wherewithal.dates import Period, long_date
from wherewithal.ledger.entries import REVERSED, Account, Entry, Kind
from wherewithal.ledger.repaying import says_paid_back
from wherewithal.ledger.schedule import BudgetPiece, came_to, span
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import audit_row, record_many
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.actions import post
from wherewithal.web.budgets.charges.fees import Fees, fee_pieces, fees_of
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pieces import pieces_of, rules, with_facts
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local
from wherewithal.web.providers.models import OwnBill, OwnChange, Receipt

MANAGED = "council-managed"
COUNCIL = Account(Kind.FUNDING, "council")
ONE_BILLING_AT_A_TIME = 20_260_402  # any fixed number, another than that for preparing runs
PaidBack = Callable[[Person, date, int, User, datetime], int]
PAID_BACK: list[PaidBack] = []
"""What knows of sums to be paid back, further along the road: it notes what came, in pence."""


@transaction.atomic
def bill_people(*, until: date, by: User, at: datetime) -> list[OwnBill]:
    """Bill everyone for their contribution to what the council arranged up to ``until``.

    Every bill is what all days so far come to today less what was billed for them, so that a
    pause, or a charge that changed, is put right by the next. Nobody is billed below zero: what is
    too much waits and comes off later bills. Of two officers who bill at once, the second finds
    everybody billed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_BILLING_AT_A_TIME])
    due_on = localtime(at).date() + timedelta(days=int(local("own_bill_days")["own_bill_days"]))
    changed, rows = changed_sums(), []
    made = [
        OwnBill(
            person=each.budget.person, budget=each.budget,
            period=DateRange(each.days.start, each.days.end), pence=each.pence, fee=each.fee,
            posted=each.pence - changed.get(each.budget.pk, 0), sentence=each.sentence,
            due_on=due_on, made_at=at, made_by=by,
        )
        for each in owed(until)
    ]  # fmt: skip
    OwnBill.objects.bulk_create(made)
    for bill in made:
        told = f"{bill.person.name} was billed {pounds(bill.pence)}, to pay by {long_date(due_on)}."
        rows.append(_row(bill.person, by, at, "own-bill.made", told))
    record_many(rows)
    if entries := [entry for bill in made for entry in _charged(bill, localtime(at).date())]:
        told = f"Contributions billed: {pounds(sum(bill.pence for bill in made))}."
        post(entries, by=by, at=at, summary=told)
    return made


@transaction.atomic
def receive(*, person: Person, on: date, pence: int, text: str, by: User, at: datetime) -> Receipt:
    """Keep money that a person paid in.

    Raises:
        NotNow: the same money was kept before.
    """
    made = _kept(person, on, pence, text, by, at)
    _written([made], by, at)
    return made


@transaction.atomic
def receive_file(*, lines: Sequence[PaidIn], by: User, at: datetime) -> list[Receipt]:
    """Keep every line of a file of money paid in, or none; the books get them as one journal.

    Raises:
        BillsError: a line names nobody who is here, or money that was kept before.
    """
    references = {line.reference for line in lines}
    people = {each.reference: each for each in Person.objects.filter(reference__in=references)}
    made = []
    for line in lines:
        person = people.get(line.reference)
        if person is None:
            raise BillsError(
                f"Line {line.line}, column 'Reference': nobody has {line.reference!r}. Look it up."
            )
        try:
            made.append(_kept(person, line.on, line.pence, line.text, by, at))
        except NotNow as before:
            raise BillsError(f"Line {line.line}: {before} Nothing was taken in.") from None
    _written(made, by, at)
    return made


def _kept(person: Person, on: date, pence: int, text: str, by: User, at: datetime) -> Receipt:
    try:
        with transaction.atomic():
            back = _paid_back(person, on, pence, by, at) if says_paid_back(text) else 0
            return Receipt.objects.create(
                person=person, on=on, pence=pence, paid_back=back, text=text[:120], at=at, by=by
            )
    except IntegrityError:
        raise NotNow(
            f"{pounds(pence)} of {long_date(on)} was kept before. If it came twice on that day,"
            " say so in the text."
        ) from None


def _paid_back(person: Person, on: date, pence: int, by: User, at: datetime) -> int:
    """Return how much of a sum pays back what was agreed; whoever knows of that has noted it."""
    left = pence
    for takes in PAID_BACK:
        left -= takes(person, on, left, by, at)
    return pence - left


def _written(made: Sequence[Receipt], by: User, at: datetime) -> None:
    """Tell the record and the books of money that was kept."""
    if not made:
        return
    told = [
        f"{each.person.name} paid {pounds(each.pence)} in on {long_date(each.on)}." for each in made
    ]
    record_many(
        _row(each.person, by, at, "own-bill.paid-in", words)
        for each, words in zip(made, told, strict=True)
    )
    many = f"Paid in by {len(made)} people: {pounds(sum(each.pence for each in made))}."
    if not (entries := [_paid_in(each) for each in made if each.for_support]):
        return
    post(entries, by=by, at=at, summary=told[0] if len(made) == 1 else many)


@dataclass(frozen=True, slots=True)
class Owed:
    """What a person owes for some days: pence for support, pence for arranging it, and why."""

    budget: Budget
    days: Period
    support: int
    fee: int
    sentence: str

    @property
    def pence(self) -> int:
        """All that the bill asks for."""
        return self.support + self.fee


def own_part(
    pieces: Sequence[BudgetPiece], budget: Budget, fees: Fees, days: Period
) -> tuple[int, int]:
    """Return what days that the council arranges come to for the person: support, and the fee."""
    arranging = fee_pieces(budget, pieces, fees)
    return came_to(pieces, days)[1], came_to(arranging, days)[1]


def owed(until: date) -> Iterable[Owed]:
    """Yield who would be billed what for which days up to ``until``, and how it is worked out.

    For somebody who has died nobody is billed until a manager has ended the budget: no day after
    their last is theirs to pay.
    """
    began = date.fromisoformat(str(local("payments_began")["payments_began"]))
    billed = {
        row["budget"]: (row["last"], row["sum"] - row["fees"], row["fees"])
        for row in OwnBill.objects.order_by()
        .values("budget")
        .annotate(last=Max(F("period__endswith")), sum=Sum("pence"), fees=Sum("fee"))
    }
    budgets = Budget.objects.filter(
        status__in=["signed-off", "ended"], period__startswith__lt=until,
        lines__holding=MANAGED, statement_on__isnull=False,
    ).exclude(status="signed-off", person__date_of_death__isnull=False).distinct()  # fmt: skip
    going = list(with_facts(budgets.order_by("pk")))
    fees = fees_of(going)
    for budget in going:
        pieces = pieces_of(budget, MANAGED, rules(budget.pauses.all(), MANAGED))
        last, so_far, fee_so_far = billed.get(budget.pk, (None, 0, 0))
        first = max(budget.period.lower, began)
        ends = min(until, budget.period.upper or until)
        if not pieces or ends <= max(first, last or first):
            continue
        owed, fee = own_part(pieces, budget, fees, Period(first, ends))
        support, arranging = owed - so_far, fee - fee_so_far
        if support + arranging > 0:
            days = Period(max(first, last or first), ends)
            yield Owed(budget, days, support, arranging, _told(pieces, days, support))


def _told(pieces: Iterable[BudgetPiece], days: Period, pence: int) -> str:
    """Say what is billed for, and what earlier days change about it."""
    _, fresh = came_to(pieces, days)
    told = f"For {span(days)} you pay {pounds(fresh)} towards your support."
    if pence < fresh:
        return f"{told} {pounds(fresh - pence)} comes off, as you paid too much before."
    if pence > fresh:
        return f"{told} {pounds(pence - fresh)} more is for earlier days, as what you pay changed."
    return told


def changed_sums() -> dict[int, int]:
    """Return, by budget, what changed charges have posted that no bill has taken in yet (pence).

    Every bill takes in all that was posted before it, so only newer changes count.
    """
    newest = (
        OwnBill.objects.filter(budget=OuterRef("budget")).order_by("-made_at").values("made_at")
    )
    rows = (
        OwnChange.objects.annotate(billed=Subquery(newest[:1]))
        .filter(Q(billed__isnull=True) | Q(at__gt=F("billed")))
        .order_by()
        .values_list("budget")
    )
    return dict(rows.annotate(sum=Sum("pence")))


def _charged(bill: OwnBill, on: date) -> list[Entry]:
    """Return what a bill puts into the books: less, or back, where a change was there before it."""
    days = span(Period(bill.period.lower, bill.period.upper))
    own = Account(Kind.CONTRIBUTION, bill.person.reference)
    parts = (
        ((bill.posted or 0) - bill.fee, "contribution-charged",
         f"What you pay for {days}: {pounds(bill.support)}."),
        (bill.fee, "arrangement-charged", bill.fee_told),
    )  # fmt: skip
    return [
        Entry(
            on=on, source=own if pence > 0 else COUNCIL, target=COUNCIL if pence > 0 else own,
            pence=abs(pence), what=what if pence > 0 else REVERSED,
            person=bill.person.reference, document=f"own-bill:{bill.pk}", sentence=sentence,
        )
        for pence, what, sentence in parts
        if pence
    ]  # fmt: skip


def _paid_in(receipt: Receipt) -> Entry:
    return Entry(
        on=receipt.on, source=Account(Kind.FUNDING, "person"),
        target=Account(Kind.CONTRIBUTION, receipt.person.reference), pence=receipt.for_support,
        what="contribution-paid-in", person=receipt.person.reference,
        document=f"receipt:{receipt.pk}", sentence=f"You paid in {pounds(receipt.for_support)}.",
    )  # fmt: skip


def _row(person: Person, by: User, at: datetime, verb: str, summary: str) -> AuditRow:
    return audit_row(by=by, at=at, verb=verb, summary=summary, person=person.reference)
