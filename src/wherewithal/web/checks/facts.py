"""What is known of one person's account on a day, as the pure rules take it."""

from datetime import date, timedelta

from django.db.models import Count, Min
from django.utils.timezone import localtime

from wherewithal.dates import ONE_DAY, Period
from wherewithal.ledger.schedule import came_to
from wherewithal.monitoring.account import Account, Away, Contribution, Helper, Movement
from wherewithal.web.budgets.models import Budget, BudgetLine, Pause
from wherewithal.web.budgets.pauses.actions import as_period, stays_of
from wherewithal.web.budgets.pieces import with_facts
from wherewithal.web.checks.beforehand import Beforehand, beforehand
from wherewithal.web.checks.relatives import may_be_paid
from wherewithal.web.payments.models import Payee, Payment
from wherewithal.web.payments.shares import shares_of
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.statements import querysets as statements
from wherewithal.web.statements.models import Line

DIRECT = PlanLine.Holding.DIRECT_PAYMENT
SORTS = {
    "payment": "payment", "contribution": "contribution", "spent": "spent", "refund": "refund",
    "repaid": "repaid", "transfer": "transfer", "fee": "fee",
}  # fmt: skip
LOOKED_BACK = timedelta(days=365)
ASSISTANT = ("personal assistant", "pa ", "pa:")


def account_of(
    person: Person, holding: str, *, on: date, missed: tuple[date, ...] = (),
    known: Beforehand | None = None,
) -> Account | None:  # fmt: skip
    """Return what is known of an account, or None where there is no budget held that way.

    Lines of the last year count. ``missed`` are days on which statements were due; ``known`` is
    what was read beforehand.
    """
    known = known or beforehand([person.pk], on)
    key = person.pk, holding
    budget = known.budgets.get(person.pk)
    lines = [line for line in budget.lines.all() if line.holding == holding] if budget else []
    if budget is None or not lines:
        return None
    seen_to = known.seen_to.get(key)
    opened = max(on - LOOKED_BACK, _first_day(person, holding) or on) if seen_to else on
    rows = _rows(person, holding, opened, on) if seen_to else []
    payees = known.payees.get(key, [])
    managed_by, manages = _managed(payees, holding, known)
    return Account(
        on=on, opened_on=opened, seen_to=seen_to or opened,
        movements=tuple(_movement(row) for row in rows),
        weekly_gross=sum(line.weekly for line in lines),
        balance=statements.balance_on(person, holding, seen_to) if seen_to else None,
        next_payment=known.next_payment,
        contributions=_contributions(person, holding, opened) if seen_to else (),
        helpers=_helpers(person, lines, rows, known),
        holders=_holders(person, payees),
        away=_away(person, on) if person.pk in known.paused else (),
        died_on=person.date_of_death, missed_returns=missed,
        account_changed_on=_changes(payees), manager=managed_by, manages=manages,
        care_home_days=care_home_days(person, on) if person.pk in known.paused else 0,
    )  # fmt: skip


def budget_of(person: Person, on: date) -> Budget | None:
    """Return the budget in force on a day, or the newest before it."""
    found = Budget.objects.decided().filter(person=person, period__startswith__lte=on)
    return found.prefetch_related("lines").order_by("-period", "-id").first()


def holdings_of(person: Person, on: date) -> list[str]:
    """Return the ways in which money is held in an account for a person just now."""
    budget = budget_of(person, on)
    held = {line.holding for line in budget.lines.all()} if budget else set()
    return sorted(held - {PlanLine.Holding.COUNCIL_MANAGED})


def first_payment(person: Person, holding: str = DIRECT) -> date | None:
    """Return the day on which money first arrived, held in this way."""
    paid = Payment.objects.decided().filter(person=person, holding=holding)
    day: date | None = paid.aggregate(day=Min("run__pay_on"))["day"]
    return day


def care_home_days(person: Person, on: date) -> int:
    """Return the longest run of care home days that the regulation adds up."""
    stays = stays_of(person, on)
    return stays.decision.longest_days if stays is not None else 0


def _rows(person: Person, holding: str, since: date, on: date) -> list[Line]:
    period = Period(since, on + ONE_DAY)
    return list(statements.lines_of(person, period).filter(holding=holding))


def _movement(row: Line) -> Movement:
    return Movement(
        on=row.on, pence=row.pence, payee=row.payee or row.text, text=row.text,
        sort=SORTS.get(row.meaning, "other"), balance=row.balance,
    )  # fmt: skip


def _first_day(person: Person, holding: str) -> date | None:
    first = statements.statements_of(person, holding).first()
    return first.first_day if first else None


def _contributions(person: Person, holding: str, since: date) -> tuple[Contribution, ...]:
    """Return what the person was to put in for the days of each payment, as they stand today.

    A payment was worked out before it: a week in hospital since then asks nothing of anybody.
    """
    paid = list(
        Payment.objects.decided()
        .filter(
            person=person, holding=holding, period__startswith__gte=since, gross__gt=0,
            invoice__isnull=True,
        )
        .order_by("period")
    )  # fmt: skip
    budgets = with_facts(Budget.objects.filter(pk__in={each.budget_id for each in paid}))
    pieces = {
        share.budget.pk: share.pieces
        for budget in (budgets if any(each.contribution for each in paid) else ())
        for share in shares_of(budget, {})
        if share.holding == holding
    }
    return tuple(
        Contribution(
            each.period.upper - ONE_DAY,
            came_to(pieces.get(each.budget_id, ()), Period(each.period.lower, each.period.upper))[
                1
            ],
        )
        for each in paid
    )


def _helpers(
    person: Person, lines: list[BudgetLine], rows: list[Line], known: Beforehand
) -> tuple[Helper, ...]:
    """Return who is known by name and may be paid: supporters, assistants, providers."""
    decided = known.decided_payees.get(person.pk, [])
    found = [
        Helper(each.name, each.relationship, allowed=may_be_paid(each, decided))
        for each in known.supporters.get(person.pk, ())
    ]
    for line in lines:
        if line.provider:
            individual = f"{line.what} ".casefold().startswith(ASSISTANT)
            found.append(Helper(line.provider, line.what, individual=individual))
    homes = _other_homes(person, rows)
    keys = {row.payee: homes.get(row.key, 0) for row in rows}
    return tuple(
        Helper(each.name, each.relationship, each.allowed, each.individual, _homes(each, keys))
        for each in found
    )


def _homes(helper: Helper, keys: dict[str, int]) -> int:
    name = helper.name.casefold()
    return max((count for payee, count in keys.items() if payee.casefold() == name), default=0)


def _other_homes(person: Person, rows: list[Line]) -> dict[str, int]:
    """Count, by payee, the other addresses whose people paid the same one."""
    keys = {row.key for row in rows if row.key and row.pence < 0}
    if not keys:
        return {}
    counted = (
        Line.objects.filter(key__in=keys, pence__lt=0)
        .exclude(person__address_line=person.address_line, person__postcode=person.postcode)
        .values("key")
        .annotate(homes=Count("person_id", distinct=True))
        .order_by()
    )
    return {row["key"]: row["homes"] for row in counted}


def _holders(person: Person, payees: list[Payee]) -> tuple[str, ...]:
    names = {payee.account_name for payee in payees if payee.ended_at is None}
    return tuple(sorted(names | {person.name, f"{person.given_name} {person.family_name}"}))


def _changes(payees: list[Payee]) -> tuple[date, ...]:
    return tuple(localtime(payee.added_at).date() for payee in payees[1:])


def _managed(payees: list[Payee], holding: str, known: Beforehand) -> tuple[str, int]:
    """Return whose account receives the direct payment, and how many people's it receives."""
    current = next((payee for payee in payees if payee.ended_at is None), None)
    if current is None or holding != DIRECT:
        return "", 1
    account = current.sort_code, current.account_number
    return current.account_name, known.shared[holding, account]


def _away(person: Person, on: date) -> tuple[Away, ...]:
    words = {"hospital": "hospital", "care-home": "care home", "away": "away from home"}
    pauses = Pause.objects.filter(
        budget__person=person, kind__in=words, period__endswith__gt=on - LOOKED_BACK
    ) | Pause.objects.filter(budget__person=person, kind__in=words, period__upper_inf=True)
    days = ((pause, as_period(pause)) for pause in pauses)
    return tuple(Away(period, words[pause.kind]) for pause, period in days if period is not None)
