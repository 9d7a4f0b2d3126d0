"""What the interface answers with. Money is whole pence; periods are half-open; days are ISO."""

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Field, Schema

Item = TypeVar("Item")
PENCE = "Whole pence."


class Page(Schema, Generic[Item]):
    """Some of what was asked for, in the order of its numbers."""

    items: list[Item]
    after: int | None = Field(
        description="Ask again with this to read on; null where there is no more."
    )


class Line(Schema):
    """One line of a personal budget."""

    id: int
    what: str
    holding: str = Field(description="How its money is held, such as direct_payment.")
    weekly: int = Field(description="Pence a week.")
    one_off: int = Field(description="Pence paid once.")


class BudgetOut(Schema):
    """A personal budget in force."""

    id: int
    person: str = Field(description="The person’s reference. Names are not given.")
    first_day: date
    end: date | None = Field(description="The day after its last; null while it goes on.")
    cost: int = Field(description="Pence a week.")
    contribution: int = Field(description="Pence a week that the person pays on the day asked.")
    council_pays: int = Field(
        description="Pence a week: cost less contribution, and less what the NHS and others pay."
    )
    nhs_pays: int = Field(description="Pence a week that the NHS pays on the day asked.")
    others_pay: int = Field(description="Pence a week that another body pays on the day asked.")
    lines: list[Line]


class PaymentOut(Schema):
    """One payment. How it was worked out is not given: its words may hold private reasons."""

    id: int
    run: int
    person: str
    holding: str
    first_day: date
    end: date = Field(description="The day after the last day paid for.")
    gross: int = Field(description=PENCE)
    contribution: int = Field(description="Pence taken off.")
    adjustment: int = Field(description="Pence more or less for days paid before.")
    net: int = Field(description="Pence sent.")
    state: str


class RunOut(Schema):
    """One payment run."""

    id: int
    kind: str
    status: str = Field(
        description="prepared, checked, approved, released, confirmed or cancelled."
    )
    pay_on: date = Field(description="The day the money arrives.")
    count: int = Field(description="How many payments.")
    total: int = Field(description=PENCE)


class EntryOut(Schema):
    """One movement in the books, from one account to another.

    Its sentence is not given: its words may hold private reasons.
    """

    id: int
    journal: int
    on: date
    source: str = Field(description="The account it leaves, as kind:of.")
    target: str = Field(description="The account it goes to, as kind:of.")
    pence: int
    what: str
    document: str
    person: str


class BalanceOut(Schema):
    """The balance of one kind of account: what came in less what went out."""

    kind: str
    balance: int = Field(description=PENCE)


class BooksOut(Schema):
    """The books on a day, which always add up to nothing."""

    on: date
    balances: list[BalanceOut]
    sum: int = Field(description="Nought, or something is badly wrong.")
    journal: int | None = Field(description="The newest journal.")
    head: str = Field(description="Its seal, which covers every journal before it.")


class FigureOut(Schema):
    """A group, how many people are in it, and their mean weekly cost."""

    label: str
    number: int | None = Field(description="Null where it is hidden, because few people are in it.")
    mean: int | None = Field(description="Pence a week; null where there is none or it is hidden.")


class FiguresOut(Schema):
    """Counts and means on a day. Small numbers are hidden, and what would give them away."""

    on: date
    smallest: int = Field(description="Groups of fewer people are hidden.")
    by_stage: list[FigureOut]
    by_age: list[FigureOut]
    by_holding: list[FigureOut]
    cost_by_age: list[FigureOut]
    cost_by_carer: list[FigureOut]


class KeyOut(Schema):
    """What a key opens."""

    name: str
    reads: str
    last_day: date
    now: datetime
