"""Bank statements of some people's accounts: known, waiting to be looked at, or not there yet.

What each line was is said by the product's own matching; nothing of it is made up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own
from django.db import connection
from django.db.models import Q

from wherewithal.dates import ONE_DAY, Period
from wherewithal.ledger.entries import Entry
from wherewithal.ledger.spending import entries_of
from wherewithal.monitoring.matching import Match, Seen, match
from wherewithal.monitoring.payee_names import payee_key
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import post
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.config.loading.staff import Staff
from wherewithal.web.payments.models import Payment
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local
from wherewithal.web.statements.known import account_of, sent_to
from wherewithal.web.statements.models import Line, PayeeRule, Statement
from wherewithal.web.statements.posting import as_seen

DIRECT = "direct-payment"
IN_A_HUNDRED, MOST = 12, 25
NOBODY_FOUND = timedelta(weeks=5)
"""Until so long ago, nobody could be found for the example person's first part."""
PAYS_ON = 3  # Thursday
HELPERS = ("J SMITH", "SAM OKORO", "P NOWAK", "CHRIS LAMB", "DEE PATEL", "R FENNER")
NOBODY_YET = "As needed"
OTHERS = (("AMBLEFORD STORES", 640), ("LINK CASH HIGH ST", 2_000), ("CORNER CAFE", 385))


@dataclass(slots=True)
class _Account:
    """One account while its lines are made: what is in it, and the lines so far."""

    person: Person
    balance: int = 0
    rows: list[tuple[date, int, str, str, int]] = field(default_factory=list)

    def move(self, on: date, pence: int, payee: str, text: str = "") -> None:
        """Add a line, unless there is not enough for it."""
        if self.balance + pence >= 0 and pence:
            self.balance += pence
            self.rows.append((on, pence, payee, text or payee, self.balance))

    def keep(self, days: Period) -> int:
        """Keep the lines of some days; return what was there before them."""
        before = [row for row in self.rows if row[0] < days.start]
        self.rows = [row for row in self.rows if row[0] in days]
        opening = before[-1][4] if before else 0
        self.balance = self.rows[-1][4] if self.rows else opening
        return opening


def first_statement(crew: Staff, upto: date, on: date, example: Person) -> None:
    """Give the example person a statement up to a day; what came since then follows later."""
    _sent([example], crew, on, example, Period(date.min, upto + ONE_DAY))


def statements_sent(
    crew: Staff, on: date, example: Person | None, *, since: date = date.min
) -> None:
    """Give some people with direct payments the statements they would have sent.

    The example person's has the days after ``since``.
    """
    _sent(_chosen(example), crew, on, example, Period(since + ONE_DAY, None))


def _sent(
    chosen: list[Person], crew: Staff, on: date, example: Person | None, days: Period
) -> None:
    with connection.cursor() as cursor:  # the books write a journal after its entries
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    payments = _payments(chosen, on)
    by = User.objects.get(pk=crew.preparer)
    parts = _parts(chosen)
    council = str(local("council_name")["council_name"]).upper()
    entries: list[Entry] = []
    for person in chosen:
        own = [payment for payment in payments if payment.person_id == person.pk]
        if own and parts.get(person.pk):
            fresh = days if person == example else None
            entries += _one(person, own, parts[person.pk], council, by, on, fresh=fresh)
    if entries:
        post(entries, by=by, at=_moment(on), summary="What was in statements so far")


def _chosen(example: Person | None) -> list[Person]:
    paid = Person.objects.filter(payments__holding=DIRECT, payments__net__gt=0).distinct()
    some = [each for each in paid.order_by("pk") if _draw(each, "sends") < IN_A_HUNDRED][:MOST]
    return [example, *(each for each in some if each != example)] if example else some


def _payments(people: list[Person], on: date) -> list[Payment]:
    found = Payment.objects.filter(person__in=people, holding=DIRECT, run__pay_on__lt=on)
    return list(found.select_related("run", "person", "budget").order_by("run__pay_on", "id"))


def _parts(people: list[Person]) -> dict[int, list[BudgetLine]]:
    found: dict[int, list[BudgetLine]] = {}
    lines = BudgetLine.objects.filter(
        Q(budget__status="signed-off"), budget__person__in=people, holding=DIRECT
    )
    for line in lines.select_related("budget").order_by("budget", "position", "id"):
        found.setdefault(line.budget.person_id, []).append(line)
    return found


def _one(
    person: Person, payments: list[Payment], parts: list[BudgetLine], council: str, by: User,
    on: date, *, fresh: Period | None,
) -> Iterable[Entry]:  # fmt: skip
    """Keep one statement and what its lines were; return the entries of those that are sure.

    One that is ``fresh`` has these days alone, and nobody has looked at any of it yet.
    """
    account = _moved(person, payments, parts, council, on, fresh=fresh is not None)
    opening = account.keep(fresh) if fresh else 0
    if not account.rows:  # nothing has arrived yet
        return ()
    if fresh is None and _draw(person, "knows") < 70:
        _learn(person, parts, by, payments[0].run.pay_on)
    first, last = account.rows[0][0], account.rows[-1][0]
    statement = Statement.objects.create(
        person=person, holding=DIRECT, source="csv", file_name="statement.csv", account="",
        digest=sha256(f"statement of {person.reference} from {first}".encode()).hexdigest(),
        opening=opening, closing=account.balance, count=len(account.rows),
        read_at=_moment(min(on, last + ONE_DAY) if fresh else on),
        period=DateRange(first, last + ONE_DAY),
        read_by=person.user,
    )  # fmt: skip
    lines = list(_lines(statement, account, on))
    Line.objects.bulk_create(lines)
    return entries_of(as_seen(line) for line in lines if line.in_books)


def _moved(
    person: Person, payments: list[Payment], parts: list[BudgetLine], council: str, on: date, *,
    fresh: bool,
) -> _Account:  # fmt: skip
    """Make up what went in and out, week by week."""
    account = _Account(person)
    day = payments[0].run.pay_on
    pays_in = fresh or _draw(person, "pays in") < 85
    while day <= on:
        for payment in payments:
            if payment.run.pay_on == day:
                account.move(day, payment.net, council, payment.reference)
                if pays_in:
                    account.move(day, payment.contribution, person.name.upper())
        if day.weekday() == PAYS_ON:
            found = not fresh or day > on - NOBODY_FOUND
            _week(account, parts, day, first=0 if found else 1)
        day += ONE_DAY
    if fresh:
        for payee, pence in OTHERS:
            account.move(on, -pence, payee)
    return account


def _week(account: _Account, parts: list[BudgetLine], day: date, *, first: int) -> None:
    for place, part in enumerate(parts[first:], start=first):
        payee = _paid_for(account.person, part, place).upper()
        kept = 80 + _draw(account.person, f"{part.pk} {day}") % 21
        if _draw(account.person, f"away {part.pk} {day}") < 92:
            account.move(day, -(part.weekly * kept // 100), payee, f"{payee} {day:%d%b}".upper())
    which = _draw(account.person, f"other {day}")
    if which < 3 * len(OTHERS):
        account.move(day, -OTHERS[which % len(OTHERS)][1], OTHERS[which % len(OTHERS)][0])


def _learn(person: Person, parts: list[BudgetLine], by: User, on: date) -> None:
    said = person.user or by
    PayeeRule.objects.bulk_create(
        PayeeRule(
            person=person, payee=payee_key(_paid_for(person, part, place)), meaning="spent",
            budget_line=part, learnt_at=_moment(on), learnt_by=said,
        )
        for place, part in enumerate(parts)
        if _paid_for(person, part, place) != part.provider
    )  # fmt: skip


def _lines(statement: Statement, account: _Account, on: date) -> Iterator[Line]:
    """Yield the lines with what the product's matching says of each."""
    known = account_of(account.person, DIRECT).known_on(on)
    sent = tuple(sent_to(account.person, DIRECT))
    seen = [
        Seen(place, day, pence, payee, text)
        for place, (day, pence, payee, text, _) in enumerate(account.rows, start=2)
    ]
    found = match(seen, type(known)(known.rules, known.parts, sent, known.names, known.council))
    twins: dict[tuple[object, ...], int] = {}
    for line, row in zip(seen, account.rows, strict=True):
        same = (line.on, line.pence, line.payee, line.text)
        twins[same] = twins.get(same, 0) + 1
        yield _line(statement, line, row[4], found[line.id], twins[same])


def _line(statement: Statement, seen: Seen, balance: int, found: Match, twin: int) -> Line:
    return Line(
        statement=statement, person=statement.person, holding=DIRECT, on=seen.on,
        pence=seen.pence, payee=seen.payee, text=seen.text, balance=balance, place=seen.id,
        twin=twin, key=seen.key, meaning=found.meaning.value, budget_line_id=found.budget_line,
        sure=found.sure, why=found.why, rule_id=found.rule, in_books=found.sure,
    )  # fmt: skip


def _paid_for(person: Person, part: BudgetLine, place: int) -> str:
    """Return who is paid for a part of the budget: its provider, or somebody they found."""
    found = place == 0 and _draw(person, "found somebody") < 50
    if part.provider and part.provider != NOBODY_YET and not found:
        return part.provider
    return HELPERS[(_draw(person, "helper") + place) % len(HELPERS)]


def _draw(person: Person, what: str) -> int:
    """Return a number from 0 to 99 that is always the same for one person and matter."""
    return int(sha256(f"{person.reference} {what}".encode()).hexdigest(), 16) % 100


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)
