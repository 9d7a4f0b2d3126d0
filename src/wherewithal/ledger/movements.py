"""What a payment does in the books, step by step: approved, sent, arrived, come back.

Every step names the payment it rests on (``payment:12``), so that a step which is taken back is
known by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from wherewithal.ledger.entries import REVERSED, Account, Entry, Kind
from wherewithal.ledger.funding import COUNCIL, NHS, OTHER, legs
from wherewithal.money import pounds

NAMES: Mapping[Account, str] = MappingProxyType(
    {COUNCIL: "the council", NHS: "the NHS", OTHER: "another body"}
)
PAYS: Mapping[Account, str] = MappingProxyType(
    {
        COUNCIL: "Reached the account",
        NHS: "Reached the account, paid by the NHS",
        OTHER: "Reached the account, paid by another body",
    }
)
"""How the books say that money arrived, by who paid it."""


@dataclass(frozen=True, slots=True)
class Payable:
    """One payment of a run, as the books need it; pence.

    ``person`` is a reference, ``days`` the days it is for in words. ``recharged`` is that part of
    ``net`` which a changed charge for earlier days has already put into the books; ``corrected``
    what the person is to put in, more or less, for days paid before. ``provider`` is set where
    the payment is for an invoice: then there is nothing held and no contribution. What is
    ``given_back`` was promised when it was decided, and goes to an account of the person's own.
    """

    number: int
    run: int
    person: str
    holding: str
    days: str
    net: int
    contribution: int = 0
    recharged: int = 0
    corrected: int = 0
    provider: str = ""
    given_back: bool = False

    @property
    def document(self) -> str:
        """What every entry of this payment rests on."""
        return f"payment:{self.number}"

    @property
    def held(self) -> Account:
        """Where the money is once it has arrived."""
        return Account(Kind.HELD, f"{self.person}/{self.holding}")

    @property
    def payable(self) -> Account:
        """What is approved and still to be sent."""
        return given_back_to(self.person) if self.given_back else Account(Kind.PAYABLE, self.person)

    @property
    def owed_to(self) -> Account:
        """Who is owed: the person, or the provider of an invoice."""
        return Account(Kind.PROVIDER, self.provider) if self.provider else self.payable

    @property
    def on_its_way(self) -> Account:
        """Where the money is while the bank carries it."""
        return Account(Kind.SENT, str(self.run))


def given_back_to(person: str) -> Account:
    """Return where it stands that somebody is to be given money back, to an account of their own.

    It is apart from what is paid into their budget's account.
    """
    return Account(Kind.PAYABLE, f"{person}/given-back")


def refund_promised(person: str, pence: int, on: date, *, document: str) -> Entry:
    """Return that the council still has money that it gives back, until a payment brings it."""
    told = f"{pounds(pence)} is to be paid into your own account."
    return Entry(
        on, given_back_to(person), COUNCIL, pence, "refund-promised", told, document, person
    )


def approved(paid: Payable, on: date) -> tuple[Entry, ...]:
    """Return what is promised: the council's part and, with it, the person's own."""
    return _promised(paid, on, 1, "To be paid", "Yours to put in")


def taken_back(paid: Payable, on: date, why: str) -> tuple[Entry, ...]:
    """Return the opposite of what was promised, for a payment that is not made after all."""
    return _promised(paid, on, -1, f"Not paid: {why}", f"Not yours to put in: {why}")


def sent(paid: Payable, on: date) -> tuple[Entry, ...]:
    """Return that the money has left for the bank."""
    what = "invoice-paid" if paid.provider else "payment-sent"
    return _move(paid, on, paid.on_its_way, paid.owed_to, paid.net, what, "Sent")


def confirmed(
    paid: Payable, on: date, parts: Mapping[Account, int] = MappingProxyType({})
) -> tuple[Entry, ...]:
    """Return that the bank has taken the money from those who fund it.

    ``parts`` are the pence that others than the council pay of it. Where one of them gets money
    back because it had paid too much before, the council pays this sum and the rest is put right.
    """
    shared = legs(paid.net, parts)
    plain = all(pence > 0 for _, pence in shared)
    for_now = shared if plain else [(COUNCIL, paid.net)]
    return (
        *(
            entry
            for account, pence in for_now
            for entry in _move(
                paid, on, account, paid.on_its_way, pence, "payment-confirmed", PAYS[account]
            )
        ),
        *(() if plain else put_right(paid.person, parts, on, document=paid.document)),
    )


def put_right(
    person: str, parts: Mapping[Account, int], on: date, *, document: str
) -> tuple[Entry, ...]:
    """Return what others pay that the council had paid; below zero, what they get back."""
    made = []
    for account, pence in parts.items():
        source, target = (account, COUNCIL) if pence > 0 else (COUNCIL, account)
        who, before = (NAMES[each] for each in (source, target))
        told = f"{who[0].upper()}{who[1:]} pays {pounds(abs(pence))} that {before} had paid."
        if pence:
            made.append(
                Entry(on, source, target, abs(pence), "funding-put-right", told, document, person)
            )
    return tuple(made)


def came_back(
    paid: Payable, on: date, *, arrived: bool, why: str, funding: Account = COUNCIL
) -> tuple[Entry, ...]:
    """Return that the bank gave the money back, and that its days are owed again.

    ``arrived`` says whether it had been confirmed. What was promised with it is taken back too:
    the run that pays the days again promises it anew.
    """
    what = "invoice-returned" if paid.provider else "payment-returned"
    back_to = funding if arrived else paid.on_its_way
    told = f"Came back from the bank ({why})"
    return (
        *_move(paid, on, paid.owed_to, back_to, paid.net, what, told),
        *taken_back(paid, on, "it came back, so these days are owed again"),
    )


def _promised(paid: Payable, on: date, times: int, told: str, told_own: str) -> tuple[Entry, ...]:
    if paid.provider or paid.given_back:
        return ()
    own = Account(Kind.CONTRIBUTION, paid.person)
    fresh, part = times * (paid.net - paid.recharged), times * paid.contribution
    return (
        *_move(paid, on, paid.payable, paid.held, fresh, "payment-approved", told),
        *_move(paid, on, own, paid.held, part, "contribution-due", told_own),
        *own_put_right(
            paid.held, times * paid.corrected, on, document=paid.document,
            what="contribution-corrected" if times > 0 else REVERSED,
        ),
    )  # fmt: skip


def own_put_right(
    held: Account, pence: int, on: date, *, document: str, what: str
) -> tuple[Entry, ...]:
    """Return what somebody is to put in for days paid before; below zero, what they are not."""
    if pence == 0:
        return ()
    person = held.of.partition("/")[0]
    own = Account(Kind.CONTRIBUTION, person)
    source, target = (own, held) if pence > 0 else (held, own)
    told = "Yours to put in" if pence > 0 else "Not yours to put in after all"
    sentence = f"{told}, for days that were paid before: {pounds(abs(pence))}."
    return (Entry(on, source, target, abs(pence), what, sentence, document, person),)


def recharge_settled(held: Account, pence: int, on: date, *, document: str) -> tuple[Entry, ...]:
    """Return that a changed charge, or a sum taken off, waits for no payment: there is none left.

    ``pence`` is what the books still owe the person for it, below zero what the person owes.
    """
    if pence == 0:
        return ()
    person = held.of.partition("/")[0]
    payable = Account(Kind.PAYABLE, person)
    source, target = (payable, held) if pence < 0 else (held, payable)
    sentence = f"Counted in the last sum, as no more payments follow: {pounds(abs(pence))}."
    return (Entry(on, source, target, abs(pence), "charge-settled", sentence, document, person),)


def _move(
    paid: Payable, on: date, source: Account, target: Account, pence: int, what: str, told: str
) -> tuple[Entry, ...]:
    """Return one entry; the other way round where the sum is below nought; none for nothing."""
    if pence == 0:
        return ()
    sentence = f"{told}, for {paid.days}: {pounds(abs(pence))}."
    if pence < 0:
        source, target, what = target, source, REVERSED
    return (
        Entry(on, source, target, abs(pence), what, sentence, paid.document, paid.person),
    )  # fmt: skip
