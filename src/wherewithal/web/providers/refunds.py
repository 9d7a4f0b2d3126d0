"""Bills that came to too much and are found after the budget ended: put right, and given back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, IntegerField, OuterRef, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from wherewithal.dates import Period, long_date
from wherewithal.ledger.entries import REVERSED, Account, Entry, Kind
from wherewithal.ledger.movements import refund_promised
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.actions import post
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.charges.fees import fees_of
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pieces import pieces_of, rules, with_facts
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local
from wherewithal.web.providers.models import OwnBill, OwnChange, Refund
from wherewithal.web.providers.own_bills import COUNCIL, MANAGED, own_part

FAR_OFF = date(9999, 1, 1)
POSTED = Coalesce("posted", "pence", output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class TooMuch:
    """What a person was billed too much for a budget that has ended, in pence.

    ``in_books`` is that part of it that the books still hold against the person.
    """

    budget: Budget
    over: int
    in_books: int


def too_much(person: Person | None = None) -> list[TooMuch]:
    """Return whom no later bill will put right, as their budget has ended and none follows it."""
    goes_on = Budget.objects.filter(person=OuterRef("person"), status=Budget.Status.SIGNED_OFF)
    own = {} if person is None else {"person": person}
    billed = OwnBill.objects.filter(budget=OuterRef("pk"))
    ended = Budget.objects.filter(
        Exists(billed), ~Exists(goes_on), status=Budget.Status.ENDED, **own
    )
    began = date.fromisoformat(str(local("payments_began")["payments_began"]))
    found = [_of(budget, began) for budget in with_facts(ended.order_by("pk"))]
    return [each for each in found if each.over > 0]


@transaction.atomic
def refund(*, person: Person, reason: str, by: User, at: datetime) -> list[Refund]:
    """Take back what was billed too much, and give back what of it the person had paid.

    Raises:
        NotNow: nothing was billed too much, or a budget goes on whose next bill puts it right.
        ValidationError: the reason is missing.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Enter why. The person reads it."})
    list(Budget.objects.select_for_update().filter(person=person))
    found = too_much(person)
    if not found:
        raise NotNow("Nothing is to be given back. While a budget goes on, the next bill does it.")
    return [_give_back(each, reason.strip(), by, at) for each in found]


def _give_back(found: TooMuch, reason: str, by: User, at: datetime) -> Refund:
    person, on = found.budget.person, localtime(at).date()
    own = Account(Kind.CONTRIBUTION, person.reference)
    credit = balance(own, FAR_OFF) + found.in_books
    made = Refund.objects.create(
        budget=found.budget, over=found.over, taken_back=found.in_books,
        pence=max(0, min(found.over, credit)), reason=reason, at=at, by=by,
    )  # fmt: skip
    document, told = f"refund:{made.pk}", sentence(made)
    entries = []
    if found.in_books > 0:
        entries.append(
            Entry(on, COUNCIL, own, found.in_books, REVERSED, told, document, person.reference)
        )
    if made.pence:
        back = Account(Kind.FUNDING, "person")
        entries.append(
            Entry(on, own, back, made.pence, "contribution-refunded", told, document,
                  person.reference)
        )  # fmt: skip
        entries.append(refund_promised(person.reference, made.pence, on, document=document))
    record(
        by=by, at=at, verb="own-bill.refunded", person=person.reference, refund=made.pk,
        summary=f"{told} Why: {reason}",
    )  # fmt: skip
    if entries:
        post(entries, by=by, at=at, summary=f"Bills of {person.reference} were put right.")
    return made


def sentence(made: Refund) -> str:
    """Say a refund to the person, for their page and their letter."""
    told = f"Your bills came to {pounds(made.over)} too much."
    if made.pence < made.over:
        rest = pounds(made.over - made.pence)
        told += f" You had not paid {rest} of it, so you no longer owe that."
    return f"{told} We give you back {pounds(made.pence)}." if made.pence else told


def how_it_is_paid(made: Refund) -> str:
    """Say when what is given back is paid, or that the next run pays it."""
    if not made.pence:
        return ""
    stands = made.payments.filter(cancelled=False).exclude(state__in=["returned", "recalled"])
    payment = stands.select_related("run").order_by("-id").first()
    if payment is None or payment.run.released_at is None:
        return "It goes to your own account with the next payment run."
    return f"It goes to your own account on {long_date(payment.run.pay_on)}."


def _of(budget: Budget, began: date) -> TooMuch:
    bills = OwnBill.objects.filter(budget=budget)
    billed = bills.aggregate(asked=Sum("pence"), posted=Sum(POSTED))
    changed = OwnChange.objects.filter(budget=budget).aggregate(sum=Sum("pence"))["sum"] or 0
    back = Refund.objects.filter(budget=budget).aggregate(
        over=Coalesce(Sum("over"), 0), taken_back=Coalesce(Sum("taken_back"), 0)
    )
    pieces = pieces_of(budget, MANAGED, rules(budget.pauses.all(), MANAGED))
    first, ends = max(budget.period.lower, began), budget.period.upper
    within = bool(pieces) and first < ends
    owed = sum(own_part(pieces, budget, fees_of([budget]), Period(first, ends))) if within else 0
    return TooMuch(
        budget, billed["asked"] - back["over"] - owed,
        billed["posted"] + changed - back["taken_back"] - owed,
    )  # fmt: skip
