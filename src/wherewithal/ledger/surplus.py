"""What is over in somebody's account, and whose it is.

A balance is not a surplus. A reserve stays, money set aside for a known bill stays, and so does
money paid in advance for days that are still to come. Of what is then over, the person's own share
comes first: as much of it as they paid in. Only the rest can be asked for, and never by itself:
these figures are a proposal for somebody to decide on. Where the NHS paid a part of what came in,
the same part of what comes back is the NHS's.

Keeping a reserve, and paying the person's share back first, are local practice in England (for
example St Helens keeps eight weeks, and Gateshead pays the person's share first); the eight weeks
are a setting.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from wherewithal.dates import long_date
from wherewithal.money import half_up, pounds, share, up

NHS_PART = "The NHS’s part of that"
"""The title of the line that says how much of it goes back to the NHS."""


class EarmarkKind(StrEnum):
    """What money in an account can be set aside for."""

    HOLIDAY_PAY = "holiday-pay"
    REDUNDANCY = "redundancy"
    TAX = "tax"
    INSURANCE = "insurance"
    PLANNED = "planned"
    INVOICES = "invoices"

    @property
    def label(self) -> str:
        """Return what it is called on pages and letters."""
        return _LABELS[self]


_LABELS = {
    EarmarkKind.HOLIDAY_PAY: "holiday pay that has built up",
    EarmarkKind.REDUNDANCY: "redundancy pay",
    EarmarkKind.TAX: "tax, National Insurance and pension that are due",
    EarmarkKind.INSURANCE: "insurance",
    EarmarkKind.PLANNED: "respite or a one-off cost in the plan",
    EarmarkKind.INVOICES: "bills that are not paid yet",
}


@dataclass(frozen=True, slots=True)
class Earmark:
    """A sum in pence that stays in the account, what for, and why it is so much.

    Raises:
        ValueError: the sum is not above £0.00, or nobody said why.
    """

    kind: EarmarkKind
    pence: int
    why: str

    def __post_init__(self) -> None:
        if self.pence <= 0:
            raise ValueError(
                f"{pounds(self.pence)} cannot be set aside for {self.kind.label}."
                " Enter more than £0.00, or leave it out."
            )
        if not self.why.strip():
            raise ValueError(f"Write why {pounds(self.pence)} is set aside for {self.kind.label}.")

    @property
    def sentence(self) -> str:
        """Say what is set aside, and why."""
        why = self.why.strip().rstrip(".")
        return f"{pounds(self.pence)} stays for {self.kind.label}. Why: {why}."


@dataclass(frozen=True, slots=True)
class SurplusFacts:
    """An account on one day; all sums in pence.

    ``weekly_gross`` is the budget a week before any contribution. ``advance`` was paid for days
    after ``on``. ``council_paid_in`` and ``own_paid_in`` are what each has put into the account;
    ``nhs_paid_in`` is that part of what the council paid out which the NHS bore.

    Raises:
        ValueError: a sum other than the balance is below £0.00, or the NHS bore more than was
            paid; the message names it.
    """

    on: date
    balance: int
    weekly_gross: int
    reserve_weeks: int
    earmarks: tuple[Earmark, ...] = ()
    advance: int = 0
    council_paid_in: int = 0
    own_paid_in: int = 0
    nhs_paid_in: int = 0

    def __post_init__(self) -> None:
        amounts = {
            "money the NHS paid in": self.nhs_paid_in,
            "weekly budget": self.weekly_gross,
            "money paid in advance": self.advance,
            "money the council paid in": self.council_paid_in,
            "money the person paid in": self.own_paid_in,
        }
        for name, pence in amounts.items():
            if pence < 0:
                raise ValueError(f"The {name} is {pounds(pence)}. Give £0.00 or more.")
        if self.nhs_paid_in > self.council_paid_in:
            raise ValueError(
                f"The NHS paid {pounds(self.nhs_paid_in)} of {pounds(self.council_paid_in)}."
                " It can't have paid more than came in."
            )
        if self.reserve_weeks < 0:
            raise ValueError(
                f"A reserve of {self.reserve_weeks} weeks can't be kept. Use 0 or more."
            )


@dataclass(frozen=True, slots=True)
class SurplusStep:
    """One line of the working: its name, a sentence, and pence (below zero: taken off)."""

    title: str
    sentence: str
    pence: int


@dataclass(frozen=True, slots=True)
class Surplus:
    """What is over, the person's share of it, and what the council could ask for; in pence."""

    facts: SurplusFacts
    reserve: int
    earmarked: int
    over: int
    person_share: int
    reclaim: int
    steps: tuple[SurplusStep, ...]

    @property
    def nhs_share(self) -> int:
        """Return how much of what the council could ask for is the NHS's, in pence."""
        return nhs_part(
            self.reclaim, nhs=self.facts.nhs_paid_in, paid_in=self.facts.council_paid_in
        )

    @property
    def short_of_reserve(self) -> int:
        """Return how much the account lacks of what should stay in it, in pence."""
        stays = self.reserve + self.earmarked + self.facts.advance
        return max(0, stays - self.facts.balance)


def surplus(facts: SurplusFacts) -> Surplus:
    """Work out what is over: balance less reserve, less set aside, less paid in advance.

    The person's share is in proportion to what they paid in, rounded up to the penny, so that an
    odd penny is theirs. While nobody knows who paid in what, all of it counts as theirs.
    """
    reserve = facts.weekly_gross * facts.reserve_weeks
    earmarked = sum(earmark.pence for earmark in facts.earmarks)
    over = max(0, facts.balance - reserve - earmarked - facts.advance)
    paid_in = facts.council_paid_in + facts.own_paid_in
    own = up(share(facts.own_paid_in, paid_in, of=over)) if paid_in else over
    reclaim = max(0, over - own)
    steps = (*_what_stays(facts, reserve), _what_is_over(over), *_whose(facts, over, own, reclaim))
    found = Surplus(facts, reserve, earmarked, over, own, reclaim, steps)
    return replace(found, steps=(*steps, *_nhs(found)))


def nhs_part(pence: int, *, nhs: int, paid_in: int) -> int:
    """Return how much of a sum is the NHS's, which bore ``nhs`` of ``paid_in`` pence."""
    return half_up(share(nhs, paid_in, of=pence)) if paid_in else 0


def _what_stays(facts: SurplusFacts, reserve: int) -> list[SurplusStep]:
    """Return the balance, and each thing that stays."""
    day = long_date(facts.on)
    weeks = "1 week" if facts.reserve_weeks == 1 else f"{facts.reserve_weeks} weeks"
    steps = [
        SurplusStep(
            "In the account",
            f"On {day} the account held {pounds(facts.balance)}.",
            facts.balance,
        ),
        SurplusStep(
            "A reserve, in case something goes wrong",
            f"{weeks} of your budget always stay: {facts.reserve_weeks} times"
            f" {pounds(facts.weekly_gross)} is {pounds(reserve)}.",
            -reserve,
        ),
    ]
    steps += [
        SurplusStep(_begin(earmark.kind.label), earmark.sentence, -earmark.pence)
        for earmark in facts.earmarks
    ]
    if facts.advance:
        told = f"{pounds(facts.advance)} was paid ahead, for days after {day}. It is for them."
        steps.append(SurplusStep("Paid ahead, for days to come", told, -facts.advance))
    return steps


def _what_is_over(over: int) -> SurplusStep:
    if not over:
        return SurplusStep("What is over", "Nothing is over. Nothing can be asked for.", 0)
    return SurplusStep("What is over", f"That leaves {pounds(over)}.", over)


def _whose(facts: SurplusFacts, over: int, own: int, reclaim: int) -> list[SurplusStep]:
    """Return whose the surplus is: the person's share first."""
    if not over:
        return []
    if facts.council_paid_in + facts.own_paid_in == 0:
        told = "We do not know yet who paid in what. Until we do, all of it counts as yours."
    elif not facts.own_paid_in:
        told = f"All of the money in this account came from {_who(facts)}, so no part is yours."
    else:
        told = (
            f"You paid in {pounds(facts.own_paid_in)} and {_who(facts)}"
            f" {pounds(facts.council_paid_in)}. So {pounds(own)} of what is over is your own money."
            " It stays yours."
        )
    asked = (
        f"The council could ask for {pounds(reclaim)}. Somebody has to decide that first."
        if reclaim
        else "The council asks for nothing."
    )
    return [
        SurplusStep("Your own share", told, -own),
        SurplusStep("What the council could ask for", asked, reclaim),
    ]


def _who(facts: SurplusFacts) -> str:
    return "the council and the NHS" if facts.nhs_paid_in else "the council"


def _nhs(found: Surplus) -> list[SurplusStep]:
    """Return what of it goes back to the NHS, where the NHS bore a part of what was paid in."""
    if not found.nhs_share:
        return []
    told = (
        f"The NHS bore {pounds(found.facts.nhs_paid_in)} of the"
        f" {pounds(found.facts.council_paid_in)} that we paid in. So {pounds(found.nhs_share)} of"
        f" what comes back goes to the NHS, and {pounds(found.reclaim - found.nhs_share)} to the"
        " council. You pay no more for that."
    )
    return [SurplusStep(NHS_PART, told, found.nhs_share)]


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]
