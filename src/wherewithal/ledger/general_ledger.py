"""The file for a council's general ledger: what moved, by nominal code and cost centre.

No person is named in it. What came into an account is a debit of its code and what went out a
credit, so the file adds up to nought as the books do.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from wherewithal.ledger.entries import KINDS, LABELS, Kind
from wherewithal.spreadsheets import safe_cell

COLUMNS = (
    "Date", "Nominal code", "Cost centre", "Debit", "Credit", "Reason", "Movements", "Journals",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """Which code the movements of an account carry; an empty ``of`` or ``what`` means all."""

    kind: Kind
    of: str
    what: str
    nominal: str
    cost_centre: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved on a day in accounts alike, for one reason: pence in, pence out, how often."""

    on: date
    kind: Kind
    of: str
    what: str
    came_in: int
    went_out: int
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, in pence: a debit or a credit."""

    on: date
    nominal: str
    cost_centre: str
    what: str
    debit: int
    credit: int
    count: int


def rule_for(moved: Moved, rules: Iterable[Rule]) -> Rule | None:
    """Return the narrowest rule for a movement: its account first, then its reason."""
    fitting = [
        rule
        for rule in rules
        if rule.kind == moved.kind and rule.of in {"", moved.of} and rule.what in {"", moved.what}
    ]
    return max(fitting, key=lambda rule: (rule.of != "", rule.what != ""), default=None)


def lines(moves: Iterable[Moved], rules: Sequence[Rule]) -> tuple[Line, ...]:
    """Add movements up by day, code and reason; debits and credits apart.

    Raises:
        ValueError: a movement has no code; the message names each kind and reason that lacks one.
    """
    debited: dict[tuple[date, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    credited: dict[tuple[date, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    lacking = set()
    for moved in moves:
        rule = rule_for(moved, rules)
        if rule is None:
            lacking.add(f"{KINDS[moved.kind]} ({LABELS.get(moved.what, moved.what)})")
            continue
        key = (moved.on, rule.nominal, rule.cost_centre, moved.what)
        for side, pence in ((debited, moved.came_in), (credited, moved.went_out)):
            side[key][0] += pence
            side[key][1] += moved.count if pence else 0
    if lacking:
        raise ValueError(
            f"No code is set for: {'; '.join(sorted(lacking))}. Set one for each kind of account."
        )
    both = [Line(*key, pence, 0, count) for key, (pence, count) in debited.items() if pence]
    both += [Line(*key, 0, pence, count) for key, (pence, count) in credited.items() if pence]
    order = sorted(both, key=lambda line: (line.on, line.nominal, line.cost_centre, line.what))
    return tuple(order)


def write(found: Iterable[Line], *, first: int, last: int) -> str:
    """Return the file as CSV, with the numbers of the first and last journal in each line."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for line in found:
        rows.writerow((
            line.on.isoformat(), safe_cell(line.nominal), safe_cell(line.cost_centre),
            _plain(line.debit), _plain(line.credit), LABELS.get(line.what, line.what),
            line.count, f"{first}-{last}",
        ))  # fmt: skip
    return out.getvalue()


def _plain(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}" if pence else ""
