"""People's accounts as they stood on the first day, and as life goes on in them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from wherewithal.council.bank import BankAccount, Item, Move, week_of
from wherewithal.council.year import habits
from wherewithal.dates import ONE_DAY, Period
from wherewithal.ledger.entries import Account, Entry, Kind
from wherewithal.web.books import querysets as books
from wherewithal.web.books.actions import post
from wherewithal.web.budgets.models import BudgetLine, Pause
from wherewithal.web.budgets.pauses.actions import as_period
from wherewithal.web.config.year.town import Key, Year, at
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.payments.querysets import current_payees
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.statements import querysets as statements
from wherewithal.web.statements.models import Line

OTHER = Account(Kind.FUNDING, "other")
DOCUMENT = "brought-forward"
STAYS = frozenset({"hospital", "care-home", "away"})


def begin(year: Year) -> None:
    """Open an account for everybody who is paid, and bring what is in it into the books."""
    lines = items_by_account()
    people = Person.objects.in_bulk({person for person, _ in lines})
    for key in sorted(lines):
        if key in current_payees_of(year):
            account = open_account(year, people[key[0]], key[1], lines[key], opened=year.first)
            weekly = sum(item.weekly for item in lines[key])
            saves = account.habits.spends < 100
            weeks = (9 if saves else 1) + year.chance.below(4 if saves else 3, "weeks", *key)
            account.opening = weekly * weeks + year.chance.below(5_000, "odd pence", *key)
            _as_told_before(account, people[key[0]], key[1])
    entries = list(_as_on_the_first_day(year, people))
    if entries:
        post(entries, by=year.crew.finance, at=at(year.first, 8),
             summary="What stood in people's accounts when the year began")  # fmt: skip


def current_payees_of(year: Year) -> set[Key]:
    """Return who is paid, and how, once the papers are in place."""
    return set(current_payees())


def open_account(
    year: Year, person: Person, holding: str, items: tuple[Item, ...], *, opened: date
) -> BankAccount:
    """Let a person have an account at their bank, with habits of their own."""
    key = (person.pk, holding)
    payee = current_payees()[key]
    name = f"{person.reference}/{holding}"
    own = habits(year.chance, name, payments=year.period.days // 28, standing_order=True)
    account = BankAccount(payee.sort_code, payee.account_number, person.name, 0, opened, own)
    year.accounts[key] = account
    return account


def items_by_account(people: list[int] | None = None) -> dict[Key, tuple[Item, ...]]:
    """Return what each account is for, by person and way of holding."""
    lines = BudgetLine.objects.filter(budget__status__in=["signed-off", "ended"])
    lines = lines.exclude(holding=PlanLine.Holding.COUNCIL_MANAGED)
    if people is not None:
        lines = lines.filter(budget__person__in=people)
    found: dict[Key, list[Item]] = defaultdict(list)
    for line in lines.select_related("budget").order_by("budget_id", "position"):
        found[line.budget.person_id, line.holding].append(
            Item(line.pk, line.what, line.provider, line.weekly)
        )
    return {key: tuple(items) for key, items in found.items()}


def live_until(year: Year, key: Key, items: tuple[Item, ...], day: date) -> BankAccount:
    """Let life go on in an account up to a day: what there is money for is paid."""
    account = year.accounts[key]
    begun = account.lived_to + ONE_DAY if account.lived_to else account.opened
    ended = _ended(key[0])
    stays = list(_stays(key[0]))
    monday = begun - timedelta(days=begun.weekday())
    name = f"{key[0]}/{key[1]}"
    while monday <= day:
        left = _balance_before(account, max(monday, begun))
        came = sorted(
            (move for move in account.moves if monday <= move.on < monday + timedelta(days=7)),
            key=lambda move: move.on,
        )
        for move in sorted(
            week_of(year.chance, name, monday, items, account.habits), key=lambda move: move.on
        ):
            here = left + sum(each.pence for each in came if begun <= each.on <= move.on)
            away = any(move.on in stay for stay in stays)
            if begun <= move.on <= day and move.on < ended and not away and here + move.pence > 0:
                account.add(move)
                came.append(move)
        monday += timedelta(days=7)
    account.lived_to = day
    return account


def pay_in(year: Year, payment: Payment, on: date, *, own_part: bool = True) -> None:
    """Let a payment of the council arrive, and later the person's own part where it is due."""
    key = (payment.person_id, payment.holding)
    if payment.holding == PlanLine.Holding.COUNCIL_MANAGED:
        return  # a provider's bill
    account = year.accounts.get(key)
    if account is None:
        items = items_by_account([payment.person_id])[key]
        account = open_account(year, payment.person, payment.holding, items, opened=on)
    if payment.net:
        account.add(Move(on, payment.net, "Ambleford Council", payment.reference, "BAC", "payment"))
    number = sum(move.truth == "payment" for move in account.moves) - 1
    own = payment.contribution if own_part else 0
    if own and account.habits.pays_in(number):
        later = on + timedelta(days=1 + year.chance.below(4, "own part", *key, number))
        account.add(Move(later, own, account.owner, "MY SHARE", "SO", "contribution"))
    elif own:
        year.seen["own parts not paid in"] += 1


def _as_told_before(account: BankAccount, person: Person, holding: str) -> None:
    """Go on from the last statement, where one was sent before the year."""
    last = statements.last_statement_day(person, holding)
    balance = statements.balance_on(person, holding, last) if last else None
    if last is None or balance is None:
        return
    account.opening = balance
    account.habits = replace(account.habits, form="lloyds")
    for payment in Payment.objects.filter(
        person=person, holding=holding, state="confirmed", run__pay_on=last, net__gt=0
    ):
        if not Line.objects.filter(person=person, on=last, pence=payment.net).exists():
            words = ("Ambleford Council", payment.reference, "BAC", "payment")
            account.add(Move(account.opened, payment.net, *words))


def _as_on_the_first_day(year: Year, people: dict[int, Person]) -> Iterator[Entry]:
    """Yield what brings the books to what is in each account, and their own parts to nought.

    What people spent and paid in before the year is not told: only what it came to.
    """
    held = books.balances(Kind.HELD, year.first)
    coming: dict[Key, int] = defaultdict(int)
    for payment in Payment.objects.filter(run__status=Run.Status.RELEASED):
        coming[payment.person_id, payment.holding] += payment.net
    for key, account in year.accounts.items():
        own = Account(Kind.HELD, f"{people[key[0]].reference}/{key[1]}")
        pence = account.opening + coming[key] - held.get(own, 0)
        pence += sum(move.pence for move in account.moves)
        open_lines = Line.objects.filter(person=key[0], holding=key[1], sure=False)
        pence -= sum(open_lines.values_list("pence", flat=True))
        yield from _brought(year, own, pence, people[key[0]].reference)
    for owed, pence in books.balances(Kind.CONTRIBUTION, year.first).items():
        yield from _brought(year, owed, -pence, owed.of)


def _brought(year: Year, account: Account, pence: int, person: str) -> Iterator[Entry]:
    told = "Before the year: what was spent and paid in until then."
    if pence:
        pair = (OTHER, account) if pence > 0 else (account, OTHER)
        yield Entry(year.first, *pair, abs(pence), DOCUMENT, told, DOCUMENT, person)


def _balance_before(account: BankAccount, day: date) -> int:
    return account.opening + sum(move.pence for move in account.moves if move.on < day)


def _ended(person: int) -> date:
    """Return the day from which nothing is bought any more."""
    died = Person.objects.filter(pk=person).values_list("date_of_death", flat=True).get()
    return died + ONE_DAY if died else date.max


def _stays(person: int) -> Iterator[Period]:
    for pause in Pause.objects.filter(budget__person=person, kind__in=STAYS):
        days = as_period(pause)
        if days is not None:
            yield days
