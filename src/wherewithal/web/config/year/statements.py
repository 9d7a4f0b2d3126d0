"""Statements that people send: files in the forms of banks, read, and each line looked at."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial
from io import BytesIO

from wherewithal.council.bank import BankAccount, Move
from wherewithal.council.bank_files import statement_file
from wherewithal.council.year import quarters
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.config.year.accounts import items_by_account, live_until
from wherewithal.web.config.year.checking import look_at
from wherewithal.web.config.year.diary import READ
from wherewithal.web.config.year.town import Key, Year, at
from wherewithal.web.people.models import Person
from wherewithal.web.statements.actions import say_what
from wherewithal.web.statements.importing import import_statement
from wherewithal.web.statements.joining import DoesNotJoin
from wherewithal.web.statements.models import Line, Meaning, Statement

LEFT_OPEN, CORRECTED = 0.12, 0.08
"""Of cash nobody said what for, and of accounts in which somebody first said something else."""
BEFORE_END = 18


def begin(year: Year) -> None:
    """Put down when each quarter's statements are sent."""
    days = quarters(year.period, before_end=BEFORE_END)
    for place, upto in enumerate(days):
        for key in sorted(year.accounts):
            _plan(year, key, upto, place, len(days))
        deed = partial(_new_accounts, year, upto, place, len(days))
        year.diary.note(upto, deed, turn=READ)


def _new_accounts(year: Year, upto: date, place: int, of: int, day: date) -> None:
    """Put down the statements of accounts that were opened in the year."""
    for key, account in sorted(year.accounts.items()):
        if account.opened > year.first:
            _plan(year, key, upto, place, of)


def _plan(year: Year, key: Key, upto: date, place: int, of: int) -> None:
    account = year.accounts[key]
    late = account.habits.statement_late and 0 < place < of - 1
    if not late:
        sent = year.working(upto + timedelta(days=2 + year.chance.below(12, "sent", *key, place)))
        deed = partial(_send, year, key, upto, place)
        year.diary.note(min(sent, year.last), deed, turn=READ)


def _send(year: Year, key: Key, upto: date, place: int, day: date) -> None:
    """Live until the last day it tells of, send the file, and say what its lines were."""
    account = live_until(year, key, items_by_account([key[0]]).get(key, ()), upto)
    person = Person.objects.get(pk=key[0])
    form = account.habits.form
    form = "lloyds" if form == "ofx" and account.told_to is None else form
    forgot = account.habits.statement_late and account.told_to is not None
    middle = upto - timedelta(days=91)
    if forgot and account.told_to is not None and account.told_to < middle:
        _refused(year, person, key[1], account, middle, upto, form, day)
        _read(year, person, key[1], account, middle, form, day)
    if _read(year, person, key[1], account, upto, form, day):
        look_at(year, person, key[1], account, day)


def _file(
    account: BankAccount, after: date | None, upto: date, form: str
) -> tuple[str, bytes] | None:
    """Return a statement of the days after one up to another, if anything moved."""
    since = after or date.min
    moves = [move for move in account.moves if since < move.on <= upto]
    opening = account.opening + sum(move.pence for move in account.moves if move.on <= since)
    return statement_file(account, moves, opening, form) if moves else None


def _refused(
    year: Year, person: Person, holding: str, account: BankAccount, after: date, upto: date,
    form: str, day: date,
) -> None:  # fmt: skip
    """Send the newest days first: the file is refused, and names the days that are missing."""
    found = _file(account, after, upto, form)
    if found is None:
        return
    try:
        import_statement(
            person=person, holding=holding, data=BytesIO(found[1]), name=found[0],
            by=year.crew.finance, at=at(day, 9),
        )  # fmt: skip
    except DoesNotJoin:
        year.seen["statements refused because days were missing"] += 1


def _read(
    year: Year, person: Person, holding: str, account: BankAccount, upto: date, form: str, day: date
) -> bool:
    found = _file(account, account.told_to, upto, form)
    if found is None:
        return False
    read = import_statement(
        person=person, holding=holding, data=BytesIO(found[1]), name=found[0],
        by=year.crew.finance, at=at(day, 10),
    )  # fmt: skip
    after, account.told_to = account.told_to, upto
    year.seen[f"statements read: {form}"] += 1
    _say(year, account, read.statement, after or date.min, upto, day)
    return True


def _say(
    year: Year, account: BankAccount, statement: Statement, after: date, upto: date, day: date
) -> None:
    """Say what each line was that nobody could know; one line of a payee speaks for the others."""
    truth: dict[tuple[date, int], list[Move]] = defaultdict(list)
    for move in account.moves:
        if after < move.on <= upto:
            truth[move.on, move.pence].append(move)
    spoken: set[tuple[str, int]] = set()
    for line in Line.objects.filter(statement=statement, sure=False).order_by("on", "id"):
        moves = truth.get((line.on, line.pence))
        if not moves:
            continue
        move = moves.pop(0)
        if (line.key, move.line or 0) in spoken:
            continue
        alone = move.truth == "cash"
        if alone and year.chance.of("left open", line.person_id, line.on) < LEFT_OPEN:
            continue
        if not alone:
            spoken.add((line.key, move.line or 0))
        _told(year, line, move, day, all_like_it=not alone)


def _told(year: Year, line: Line, move: Move, day: date, *, all_like_it: bool) -> None:
    meaning = Meaning.SPENT if move.truth == "cash" else Meaning(move.truth)
    part = BudgetLine.objects.get(pk=move.line) if move.line else None
    if part and all_like_it and year.chance.of("mistaken", line.person_id) < CORRECTED:
        other = part.budget.lines.filter(holding=part.holding).exclude(pk=part.pk).first()
        if other is not None:
            say_what(line=line, meaning=meaning, budget_line=other, by=year.crew.practitioner,
                     at=at(day, 11))  # fmt: skip
            year.seen["lines put right"] += 1
    say_what(line=line, meaning=meaning, budget_line=part, by=year.crew.finance, at=at(day, 12),
             all_like_it=all_like_it)  # fmt: skip
