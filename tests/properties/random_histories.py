"""Made-up histories of money: approved, sent, returned, spent, changed late, taken back."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from wherewithal.ledger.entries import REVERSED, WHATS, Account, Entry, Kind, reversal

FIRST = date(2026, 1, 1)
DAYS = 400
STREAMS = ("council", "nhs", "person", "other")


def history(random: Random, person: str, steps: int) -> list[Entry]:
    """Return one person's entries in the order they were written: days go back and forth."""
    written: list[Entry] = []
    for number in range(steps):
        if written and random.random() < 0.2 and (back := _taken_back(random, written)):
            written.append(back)
        else:
            written.append(_movement(random, person, f"{person}:{number}"))
    return written


def histories(seed: int, people: int, longest: int = 12) -> Iterator[list[Entry]]:
    """Yield the histories of so many made-up people."""
    random = Random(seed)  # noqa: S311  made-up histories are no secret
    for number in range(people):
        yield history(random, f"WW{number:06d}", random.randint(1, longest))


def _movement(random: Random, person: str, document: str) -> Entry:
    what = random.choice(list(WHATS))
    kinds = random.choice(WHATS[what].moves)
    source, target = (_account(random, kind, person) for kind in kinds)
    while source == target:
        target = _account(random, kinds[1], person)
    return Entry(
        _day(random), source, target, random.choice((1, 99, 40_000, random.randint(1, 10**9))),
        what, f"Because of {document}: £’…", document, person,
    )  # fmt: skip


def _account(random: Random, kind: Kind, person: str) -> Account:
    of = {
        Kind.FUNDING: random.choice(STREAMS),
        Kind.HELD: f"{person}/{random.choice(('direct-payment', 'isf', 'trust'))}",
        Kind.LINE: str(random.randint(1, 50)),
        Kind.PROVIDER: str(random.randint(1, 9)),
        Kind.SENT: str(random.randint(1, 9)),
    }
    return Account(kind, of.get(kind, person))


def _taken_back(random: Random, written: list[Entry]) -> Entry | None:
    gone = {entry.document for entry in written if entry.what == REVERSED}
    standing = [entry for entry in written if entry.document not in gone]
    if not standing:
        return None
    taken = random.choice(standing)
    return reversal(taken, on=max(taken.on, _day(random)), sentence="It was an error.")


def _day(random: Random) -> date:
    return FIRST + timedelta(days=random.randrange(DAYS))
