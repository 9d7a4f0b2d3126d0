"""What a line of an account was: the council's payment, the person's own money, a known payee.

Each match says why, in words for the person. One that is not sure is a suggestion: somebody is
asked. What the person said of a payee comes before what holds for everybody, and a payment that
the council itself sent before both. The order of the lines changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wherewithal.monitoring.payee_names import folded, holds, is_cash, is_fee, is_name_of, payee_key

EARLY, LATE = 2, 7
"""Days before and after its pay day on which the council's own payment may stand."""
WEEKS_AT_ONCE = (1, 2, 4)
"""How many weeks of support people usually pay for at once."""


class Meaning(StrEnum):
    """What a line was."""

    UNMATCHED = "unmatched"
    PAYMENT = "payment"
    CONTRIBUTION = "contribution"
    SPENT = "spent"
    REFUND = "refund"
    REPAID = "repaid"
    TRANSFER = "transfer"
    FEE = "fee"
    OTHER = "other"


MEANT = {
    Meaning.UNMATCHED: "not known",
    Meaning.PAYMENT: "paid in by the council",
    Meaning.CONTRIBUTION: "paid in by you",
    Meaning.SPENT: "spent on support",
    Meaning.REFUND: "money given back",
    Meaning.REPAID: "paid back to the council",
    Meaning.TRANSFER: "moved between accounts",
    Meaning.FEE: "a bank charge or interest",
    Meaning.OTHER: "something else",
}
"""What each meaning is called in mid-sentence."""
OF_A_LINE = frozenset({Meaning.SPENT, Meaning.REFUND})
"""Meanings that name a line of the budget."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One line as the bank wrote it; pence above zero came in."""

    id: int
    on: date
    pence: int
    payee: str = ""
    text: str = ""
    kind: str = ""

    @property
    def key(self) -> str:
        """The payee, folded."""
        return payee_key(self.payee, self.text)


@dataclass(frozen=True, slots=True)
class Sent:
    """A payment of the council: the day it arrives, its pence and its reference."""

    on: date
    pence: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a payee was the last time somebody said; ``own``: said of this very account.

    ``words`` finds the line of a budget that does not have ``budget_line``: what it is called.
    """

    id: int
    payee: str
    incoming: bool
    meaning: Meaning
    budget_line: int | None = None
    words: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the budget: what it is, who provides it, its weekly pence."""

    id: int
    what: str
    provider: str = ""
    weekly: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that is known of an account before its lines are looked at."""

    rules: tuple[Rule, ...] = ()
    parts: tuple[Part, ...] = ()
    sent: tuple[Sent, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    council: str = ""
    _decided: dict[tuple[str, bool], "Match | None"] = field(
        default_factory=dict, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True)
class Match:
    """What a line is taken to be, how surely, and why."""

    meaning: Meaning
    budget_line: int | None = None
    sure: bool = False
    why: str = ""
    rule: int | None = None


def match(lines: Sequence[Seen], known: Known) -> dict[int, Match]:
    """Say what each line was, by its id."""
    ours = payments_among(lines, known.sent)
    return {line.id: ours.get(line.id) or by_payee(line, known) for line in lines}


def payments_among(lines: Iterable[Seen], sent: Collection[Sent]) -> dict[int, Match]:
    """Find the council's own payments among the lines: the same pence, about the same day.

    Each payment is one line at most, and the nearest that bears its reference is taken first.
    """
    why = "The council sent this sum about that day."
    return {line.id: Match(Meaning.PAYMENT, None, True, why) for _, line in _claims(lines, sent)}


def unclaimed(lines: Iterable[Seen], sent: Collection[Sent]) -> list[Sent]:
    """Return the council's payments that none of the lines is."""
    left = Counter(sent)
    left.subtract(each for each, _ in _claims(lines, sent))
    return sorted(left.elements(), key=lambda each: (each.on, each.pence, each.reference))


def by_payee(line: Seen, known: Known) -> Match:
    """Say what a line was from who paid or was paid, and where that says nothing, from its sum."""
    return by_known_payee(line.key, line.pence > 0, known) or by_words(line, known.parts)


def by_known_payee(key: str, incoming: bool, known: Known) -> Match | None:
    """Say what lines of a folded payee are, where that is known; it is worked out once."""
    place = (key, incoming)
    if place not in known._decided:
        known._decided[place] = _by_payee(key, incoming, known)
    return known._decided[place]


def _by_payee(key: str, incoming: bool, known: Known) -> Match | None:
    rules = sorted(
        (rule for rule in known.rules if (rule.payee, rule.incoming) == (key, incoming)),
        key=lambda rule: (not rule.own, -rule.id),
    )
    for rule in rules:
        if found := _by_rule(rule, known.parts):
            return found
    return _by_name(key, incoming, known)


def _by_rule(rule: Rule, parts: Sequence[Part]) -> Match | None:
    labels = {part.id: part.what for part in parts}
    budget_line = rule.budget_line
    if rule.meaning in OF_A_LINE and budget_line not in labels:
        fitting = [part for part in parts if holds(folded(part.what), folded(rule.words))]
        budget_line = fitting[0].id if len(fitting) == 1 else None
    if rule.meaning in OF_A_LINE and budget_line not in labels:
        return None
    what = MEANT[rule.meaning] if budget_line is None else labels[budget_line]
    name = rule.payee.upper()
    why = (
        f"“{name}” was “{what}” last time." if rule.own else f"“{name}” is “{what}” for everybody."
    )
    return Match(rule.meaning, budget_line, True, _short(why), rule.id)


def _by_name(key: str, incoming: bool, known: Known) -> Match | None:
    own = any(is_name_of(key, given, family) for given, family in known.names)
    if own and incoming:
        return Match(Meaning.CONTRIBUTION, None, True, "It came from an account in your name.")
    if own:
        return Match(Meaning.TRANSFER, None, False, "It went to an account in your name.")
    if holds(key, payee_key(known.council)):
        if incoming:
            why = "It says it is from the council, but we sent no such sum about that day."
            return Match(Meaning.PAYMENT, None, False, why)
        return Match(Meaning.REPAID, None, False, "It went to the council.")
    named = [part for part in known.parts if holds(key, payee_key(part.provider))]
    if len(named) == 1:
        meaning = Meaning.REFUND if incoming else Meaning.SPENT
        why = f"Your plan names “{named[0].provider}” for “{named[0].what}”."
        return Match(meaning, named[0].id, True, _short(why))
    return None


def by_words(line: Seen, parts: Sequence[Part]) -> Match:
    """Say what a line of a payee that is not known may be, from its words and its sum."""
    words = f"{line.payee} {line.text}"
    if is_fee(line.kind, words):
        return Match(Meaning.FEE, None, True, "The bank calls it a charge or interest.")
    if is_cash(line.kind, words):
        why = "Cash was taken out. Please say what it was for."
        return Match(Meaning.UNMATCHED, None, False, why)
    unknown = Match(Meaning.UNMATCHED, None, False, "We have not seen this name before.")
    if line.pence > 0:
        return unknown
    return _by_title(words, parts) or _by_sum(line.pence, parts) or unknown


def _by_title(words: str, parts: Sequence[Part]) -> Match | None:
    said = [part for part in parts if holds(folded(words), folded(part.what))]
    if len(said) != 1:
        return None
    why = _short(f"The bank’s words say “{said[0].what}”.")
    return Match(Meaning.SPENT, said[0].id, False, why)


def _by_sum(pence: int, parts: Sequence[Part]) -> Match | None:
    fitting = [
        (part, count) for part in parts for count in WEEKS_AT_ONCE if part.weekly * count == -pence
    ]
    if len({part.id for part, _ in fitting}) != 1:
        return None
    part, count = fitting[0]
    why = f"It is as much as {count} {'week' if count == 1 else 'weeks'} of “{part.what}”."
    return Match(Meaning.SPENT, part.id, False, _short(why))


def _claims(lines: Iterable[Seen], sent: Collection[Sent]) -> list[tuple[Sent, Seen]]:
    """Pair payments with lines, each once, those that fit best first."""
    wanted = {each.pence for each in sent}
    arrived: dict[int, list[Seen]] = defaultdict(list)
    for line in lines:
        if line.pence in wanted:
            arrived[line.pence].append(line)
    pairs = [
        (each, line)
        for each in set(sent)
        for line in arrived[each.pence]
        if -EARLY <= (line.on - each.on).days <= LATE
    ]
    left, taken, claims = Counter(sent), set[int](), []
    for each, line in sorted(pairs, key=_order):
        if left[each] and line.id not in taken:
            left[each] -= 1
            taken.add(line.id)
            claims.append((each, line))
    return claims


def _order(pair: tuple[Sent, Seen]) -> tuple[object, ...]:
    """Order pairs by how well they fit, and then so that it never matters who came first."""
    sent, line = pair
    words = folded(f"{line.payee} {line.text}")
    apart = (not holds(words, folded(sent.reference)), abs((line.on - sent.on).days))
    return (*apart, sent.on, sent.reference, line.on, line.payee, line.text, line.kind, line.id)


def _short(why: str) -> str:
    return why if len(why) <= 240 else f"{why[:239]}…"
