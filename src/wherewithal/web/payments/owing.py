"""What is owed for every budget by a day: what falls due, and what earlier days come to now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Sum

from wherewithal.dates import ONE_DAY, Period, long_date
from wherewithal.ledger.differences import (
    CARRIED,
    Paid,
    Told,
    Version,
    complete,
    reasons,
    sentence,
)
from wherewithal.ledger.owing import Owing, Payable, owing, unpaid_days
from wherewithal.ledger.schedule import BudgetPiece, span
from wherewithal.money import pounds
from wherewithal.web.accounts.models import AuditRow
from wherewithal.web.budgets.charges.contributions import newest_per_day, pieces
from wherewithal.web.budgets.models import (
    Budget,
    BudgetLine,
    ChargeChange,
    HeldBefore,
    Pause,
    Settlement,
)
from wherewithal.web.budgets.pauses.actions import rule_of, told
from wherewithal.web.budgets.pieces import pieces_of
from wherewithal.web.budgets.reading import loaded
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.payments.own_part import asked_in_books
from wherewithal.web.payments.shares import (
    PAID_OUT,
    Share,
    Usual,
    schedule_of,
    settled_from,
    shares_of,
    usual,
)
from wherewithal.web.payments.taken_off import Held, taken_off, told_since
from wherewithal.web.people.models import Person

if TYPE_CHECKING:
    from wherewithal.ledger.pauses import Pause as Rule

LONG_AGO, AT_LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
FAR_OFF = date(9999, 1, 1)
Event = tuple[datetime, str, str, Pause | ChargeChange | Budget, bool]
"""When something became known, what it is, how it is told, the fact, and whether as planned."""
Key = tuple[int, str]
"""A person, or a budget, and a way of holding."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One sum that is owed for one budget in one way of holding, in pence.

    ``adjustment`` is the part of a difference on days paid before that goes with it; ``parts``
    tells that difference (what, pence, why). ``adjustment_contribution`` is what the person is to
    put in, more or less, for those days: no part of what is paid. Where nothing new falls due,
    gross and contribution are nought and ``period`` are the days that the difference is about.
    """

    budget: Budget
    holding: str
    period: Period
    gross: int
    contribution: int
    adjustment: int
    sentence: str
    parts: tuple[dict[str, Any], ...] = ()
    adjustment_contribution: int = 0

    @property
    def net(self) -> int:
        """Pence to pay, never below zero."""
        return self.gross - self.contribution + self.adjustment


@dataclass(frozen=True, slots=True)
class Facts:
    """All that sums are owed from: budgets with their facts, and what was paid and agreed; pence.

    ``paid`` and ``settled`` go by (budget, holding), ``agreed`` and ``asked`` by (reference,
    holding). ``paid`` is up to which day, what was sent, and what the person was to put in with it;
    ``asked`` is what they were asked for besides.
    """

    budgets: Iterable[Budget]
    paid: Mapping[Key, tuple[date, int, int]]
    settled: Mapping[Key, int]
    agreed: Mapping[Held, int]
    asked: Mapping[Held, int]
    usual: Usual


@dataclass(frozen=True, slots=True)
class Settling:
    """What a person is owed in one way of holding when all has been counted.

    ``pence`` above zero is owed to the person, below zero was paid for days that were not; ``own``
    is what the person is still to put in for paid days, below zero what they need not.
    """

    budget: Budget
    holding: str
    pence: int
    parts: tuple[Told, ...]
    own: int = 0


def owed(until: date, *, before: int, person: Person | None = None) -> list[Owed]:
    """Return what is owed before ``until`` (ten queries, and four more where facts changed).

    Only what runs before the run of this number paid counts as paid. It is for everybody, or for
    one ``person`` alone.
    """
    own = _own(person)
    decided = Budget.objects.filter(_paid_out(), status__in=["signed-off", "ended"], **own)
    standing = _standing().filter(run_id__lt=before, **own)
    facts = Facts(
        loaded(decided.order_by("period", "id")), paid_sums(standing), settled_sums(person),
        taken_off(person), asked_in_books(person), usual(),
    )  # fmt: skip
    return owed_from(facts, until, standing)


def owed_from(facts: Facts, until: date, standing: QuerySet[Payment]) -> list[Owed]:
    """Return what is owed before ``until`` by facts already read (four queries where they changed).

    ``standing`` are the payments that count as paid, for the reasons of a difference.
    """
    accounts, schedule = _accounts(facts), facts.usual.schedule
    found = [
        (shares, owing(
            [share.facts for share in shares], until=until,
            schedule=schedule_of(shares[-1].budget, shares[-1].holding, schedule),
        ))
        for shares in accounts.values()
    ]  # fmt: skip
    changed = [(shares, each.difference) for shares, each in found if each.difference]
    why = _why(changed, standing, facts.agreed)
    return [
        made for shares, each in found for made in _owed(shares, each, why.get(_key(shares[0]), ()))
    ]


def waiting(on: date, *, person: Person | None = None) -> list[Settling]:
    """Return every difference that no payment will settle: nothing more is paid in that way.

    Either all budgets have ended by a day, or those that go on hold their money differently.
    """
    over = Budget.objects.filter(person=OuterRef("person"), status="ended")
    decided = Budget.objects.filter(
        Exists(over), _paid_out(), status__in=["signed-off", "ended"], **_own(person)
    )
    standing = _standing().filter(budget__in=decided.values("pk"))
    facts = Facts(
        loaded(decided.order_by("period", "id")), paid_sums(standing), settled_sums(person),
        taken_off(person), asked_in_books(person), usual(),
    )  # fmt: skip
    found = []
    for shares in _accounts(facts).values():
        pence = sum(share.facts.difference for share in shares)
        if pence and all(_is_over(share.budget, on) for share in shares):
            found.append((shares, pence))
    why = _why(found, standing, facts.agreed, everything=True)
    return [
        Settling(
            shares[-1].budget,
            shares[-1].holding,
            pence,
            why[_key(shares[0])],
            sum(share.facts.own_difference for share in shares),
        )
        for shares, pence in found
    ]


def _is_over(budget: Budget, on: date) -> bool:
    return budget.status == Budget.Status.ENDED and budget.period.upper <= on


def _paid_out() -> Q:
    """Keep the budgets of which some money is, or once was, paid out."""
    lines = BudgetLine.objects.filter(budget=OuterRef("pk"), holding__in=PAID_OUT)
    before = HeldBefore.objects.filter(line__budget=OuterRef("pk"), holding__in=PAID_OUT)
    return Q(Exists(lines)) | Q(Exists(before))


def _own(person: Person | None) -> dict[str, Any]:
    return {} if person is None else {"person": person}


def _standing() -> QuerySet[Payment]:
    return Payment.objects.standing().filter(invoice__isnull=True)


def _key(share: Share) -> Key:
    return share.budget.person_id, share.holding


def paid_sums(standing: QuerySet[Payment]) -> dict[Key, tuple[date, int, int]]:
    """Return up to which day each (budget, holding) is paid, the pence sent, and the own part.

    The own part is what the person was to put in with the payments (one query).
    """
    rows = standing.order_by().values_list("budget_id", "holding")
    own = Sum(F("contribution") + F("adjustment_contribution"))
    found = rows.annotate(until=Max(F("period__endswith")), pence=Sum("net"), own=own)
    return {
        (budget, holding): (until, pence or 0, own or 0)
        for budget, holding, until, pence, own in found
    }


def settled_sums(person: Person | None = None) -> dict[Key, int]:
    """Return the pence that were settled after an end, by (budget, holding) (one query)."""
    own = {} if person is None else {"budget__person": person}
    rows = Settlement.objects.filter(**own).order_by().values_list("budget_id", "holding")
    found = rows.annotate(sum=Sum("pence"))
    return {(budget, holding): pence for budget, holding, pence in found}


def _accounts(facts: Facts) -> dict[Key, list[Share]]:
    """Return the shares of each person's ways of holding, oldest first, with what each was paid.

    What was settled after an end counts as if it had never been paid.
    """
    until = {key: day for key, (day, _, _) in facts.paid.items()}
    accounts: dict[Key, list[Share]] = defaultdict(list)
    for budget in facts.budgets:
        for share in shares_of(budget, until, began=facts.usual.began):
            key = (budget.pk, share.holding)
            _, net, own = facts.paid.get(key, (None, 0, 0))
            net -= facts.settled.get(key, 0)
            accounts[_key(share)].append(replace(share, paid_net=net, paid_own=own))
    _take_off(accounts, facts)
    return accounts


def _take_off(accounts: dict[Key, list[Share]], facts: Facts) -> None:
    """Count what somebody agreed to have taken off, or was asked for, as if it had been paid."""
    for (_, holding), shares in accounts.items():
        last, held = shares[-1], (shares[-1].budget.person.reference, holding)
        agreed, asked = facts.agreed.get(held, 0), facts.asked.get(held, 0)
        if agreed or asked:
            shares[-1] = replace(
                last, paid_net=last.paid_net + agreed, paid_own=last.paid_own + asked
            )


def _owed(shares: Sequence[Share], found: Owing, why: tuple[Told, ...]) -> list[Owed]:
    made = []
    rest, left = why, found.difference
    for place, payable in enumerate(found.payables):
        last = place == len(found.payables) - 1
        parts: tuple[Told, ...] = ()
        if payable.adjustment:  # the first tells every reason, the next what is left of them
            parts, rest = rest or complete((), left, unpaid="", before=why), ()
            left -= payable.adjustment
        if payable.is_paid:
            waits = -found.carried if last else 0
            made.append(_one(shares[payable.place], payable, parts, waits, shares))
    return made


def _one(
    share: Share, payable: Payable, parts: tuple[Told, ...], waits: int, shares: Sequence[Share]
) -> Owed:
    due = payable.due
    difference = sentence(parts, adjustment=payable.adjustment, waits=waits) if (
        payable.adjustment
    ) else ""  # fmt: skip
    return Owed(
        budget=share.budget,
        holding=share.holding,
        period=due.paid_days if due else _days_paid(shares),
        gross=due.gross if due else 0,
        contribution=due.contribution if due else 0,
        adjustment=payable.adjustment,
        sentence=" ".join(text for text in (due.sentence if due else "", difference) if text),
        parts=tuple({"what": each.what, "pence": each.pence, "why": each.why} for each in parts),
        adjustment_contribution=payable.adjustment_contribution,
    )


def _days_paid(shares: Sequence[Share]) -> Period:
    """Return the days, paid before, that a difference alone is about."""
    first = min(share.period.start for share in shares)
    ends = [share.paid_until for share in shares if share.paid_until is not None]
    return Period(min(first, max(ends)), max(ends))


def _why(
    found: Sequence[tuple[Sequence[Share], int]], standing: QuerySet[Payment],
    agreed: Mapping[Held, int], *, everything: bool = False,
) -> dict[Key, tuple[Told, ...]]:  # fmt: skip
    """Return why each difference is there (two queries for all of them, or one)."""
    if not found:
        return {}
    budgets = {share.budget.pk: share.budget for shares, _ in found for share in shares}
    ended = _when_ended(budgets.values())
    paid: dict[tuple[int, str], list[Payment]] = defaultdict(list)
    told_of = standing.filter(budget__in=list(budgets)).select_related("run")
    for payment in told_of.only("budget_id", "holding", "period", "gross", "run__prepared_at"):
        paid[payment.budget_id, payment.holding].append(payment)
    why = {}
    for shares, difference in found:
        newest = max(
            (each.run.prepared_at for share in shares
             for each in paid[share.budget.pk, share.holding]), default=LONG_AGO,
        )  # fmt: skip
        parts = [
            part
            for share in shares
            for part in _of_share(share, paid[share.budget.pk, share.holding], ended,
                                  LONG_AGO if everything else newest)
        ]  # fmt: skip
        unpaid = [
            span(days)
            for share in shares
            for days in _unpaid(share, paid[share.budget.pk, share.holding])
        ]
        held = shares[0].budget.person.reference, shares[0].holding
        if held in agreed:
            since = LONG_AGO if everything else newest
            parts += _agreed_to(held, since)
        before: list[Told] = []
        if not everything and sum(part.pence for part in parts) != difference:
            before = [
                part
                for share in shares
                for part in _of_share(share, paid[share.budget.pk, share.holding], ended, LONG_AGO)
            ] + (_agreed_to(held, LONG_AGO) if held in agreed else [])
        why[_key(shares[0])] = complete(
            parts, difference, unpaid=" and ".join(unpaid), whole=everything,
            before=[part for part in before if part not in parts],
        )  # fmt: skip
    return why


def _agreed_to(held: Held, since: datetime) -> list[Told]:
    return [Told(CARRIED, -pence, text) for pence, text in told_since(held, since)]


def _of_share(
    share: Share, payments: Sequence[Payment], ended: dict[int, datetime], newest: datetime
) -> list[Told]:
    paid = [
        Paid(Period(each.period.lower, each.period.upper), each.run.prepared_at)
        for each in payments
        if each.gross and each.run.kind != Run.Kind.ONE_OFFS
    ]
    return reasons(versions(share, ended.get(share.budget.pk)), paid, after=newest)


def _unpaid(share: Share, payments: Sequence[Payment]) -> list[Period]:
    days = [
        Period(each.period.lower, each.period.upper)
        for each in payments
        if each.gross and each.run.kind != Run.Kind.ONE_OFFS
    ]
    return unpaid_days(share.pieces, days, share.paid_until) if share.paid_until else []


def _when_ended(budgets: Iterable[Budget]) -> dict[int, datetime]:
    """Return when each end was written down, found by the people it was written about."""
    ended = {each.pk: each for each in budgets if each.status == Budget.Status.ENDED}
    if not ended:
        return {}
    people = {each.person.reference for each in ended.values()}
    rows = AuditRow.objects.filter(verb="budget.ended", person_reference__in=people)
    return {
        row.detail["budget"]: row.at
        for row in rows.only("at", "detail").order_by("at")
        if row.detail["budget"] in ended
    }


def versions(share: Share, ended: datetime | None) -> list[Version]:
    """Return what a share pays from each moment that something about it became known.

    An end whose moment nobody kept counts as known last of all.
    """
    budget, own = share.budget, {"", share.holding}
    pauses = [each for each in budget.pauses.all() if each.holding in own]
    events: list[Event] = [
        (each.decided_at, each.kind, told(each, as_planned=True), each, True) for each in pauses
    ]
    events += [
        (each.lifted_at, each.kind, f"{told(each)} {each.lifted_because}", each, False)
        for each in pauses
        if each.lifted_at is not None
    ]
    events += [
        (each.made_at, "charge", _charge_told(each), each, False)
        for each in budget.charge_changes.all()
    ]
    if budget.status == Budget.Status.ENDED and budget.period.upper is not None:
        last = long_date(budget.period.upper - ONE_DAY)
        events.append((ended or AT_LAST, "ended", f"Your budget ended on {last}.", budget, False))
    return _versions(share, sorted(events, key=lambda event: event[0]))


def _versions(share: Share, events: Sequence[Event]) -> list[Version]:
    budget, holding = share.budget, share.holding
    whole = Period(budget.period.lower, budget.period.upper)
    paused: dict[int, Rule | None] = {}
    changes: list[ChargeChange] = []
    open_end = any(isinstance(fact, Budget) for *_, fact, _ in events)

    def pays() -> tuple[BudgetPiece, ...]:
        period = Period(whole.start, FAR_OFF) if open_end else whole
        charges = pieces(period, budget.contribution, newest_per_day(changes))
        rules = [rule for rule in paused.values() if rule is not None]
        found = pieces_of(budget, holding, rules, charges=charges, ends=period.end)
        return tuple(settled_from(share.began, found))

    made = [Version(LONG_AGO, pays())]
    for known, what, why, fact, as_planned in events:
        if isinstance(fact, Pause):
            paused[fact.pk] = rule_of(fact, as_planned=as_planned)
        elif isinstance(fact, ChargeChange):
            changes.append(fact)
        else:
            open_end = False
        made.append(Version(known, pays(), what, why))
    return made


def _charge_told(change: ChargeChange) -> str:
    """Tell a change of charge, as the remittance says it."""
    return (
        f"You pay {pounds(change.contribution)} a week from {long_date(change.from_day)}, "
        f"where it was {pounds(change.before)}. {change.reason}"
    )
