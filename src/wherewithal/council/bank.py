"""Bank accounts of made-up people: wages, agencies, shops, cash and charges, week after week."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from wherewithal.council.year import Chance, Habits

ASSISTANTS = (
    "Sunny Okonjo", "Robin Treadwell", "Marnie Applegarth", "Dilip Anand", "Jo Whistler",
    "Tamsin Penhale", "Ekua Mensah", "Gwen Arkwright", "Pavel Novotny", "Iris Fairbrother",
    "Kit Longbottom", "Amina Yusuf", "Bertie Oakes", "Lena Marsh", "Oscar Quill", "Nell Tideway",
)  # fmt: skip
SHOPS = ("Hedgerow Grocers", "Ambleford Buses", "Corner Pharmacy", "Two Wheels Taxis")
ODD_SHOPS = ("Lucky Clover Bingo", "Harbour Lights Off Licence")
OWN_KINDS = ("A personal assistant they chose",)
LOOSE = ("As needed", "As the carer chooses")


@dataclass(frozen=True, slots=True)
class Item:
    """What an account is for: a line of the budget, who provides it, and pence a week."""

    line: int
    what: str
    provider: str
    weekly: int


@dataclass(frozen=True, slots=True)
class Move:
    """One movement of an account: pence above zero came in. ``truth`` is what it really was."""

    on: date
    pence: int
    payee: str
    text: str
    kind: str
    truth: str
    line: int | None = None


@dataclass(slots=True)
class BankAccount:
    """An account as its bank keeps it. Nothing here is known to the council but by a statement."""

    sort_code: str
    number: str
    owner: str
    opening: int
    opened: date
    habits: Habits
    moves: list[Move] = field(default_factory=list)
    lived_to: date | None = None
    told_to: date | None = None

    @property
    def balance(self) -> int:
        """What is in it when everything so far has happened."""
        return self.opening + sum(move.pence for move in self.moves)

    def add(self, move: Move) -> None:
        """Let a movement happen."""
        self.moves.append(move)


def week_of(
    chance: Chance, name: str, monday: date, items: tuple[Item, ...], habits: Habits
) -> Iterator[Move]:
    """Yield what goes out of an account in one week, as it is meant; wages first."""
    week = monday.isocalendar().week
    for item in items:
        pence = item.weekly * habits.spends // 100
        if item.provider in OWN_KINDS:
            yield from _wages(chance, name, monday, item, pence, cash=habits.cash)
        elif item.provider in LOOSE:
            yield from _shops(chance, name, monday, item, pence)
        elif week % 4 == chance.below(4, "agency week", name, item.line):
            on = monday + timedelta(days=2)
            payee = item.provider.upper()
            yield Move(on, -4 * pence, payee, f"INV {week:02}{item.line % 997}", "DD", "spent",
                       item.line)  # fmt: skip
    if habits.form == "card" and week % 4 == 0:
        yield Move(monday + timedelta(days=4), -150, "Account fee", "CHARGE", "CHG", "fee")


def _wages(
    chance: Chance, name: str, monday: date, item: Item, pence: int, *, cash: bool
) -> Iterator[Move]:
    friday = monday + timedelta(days=4)
    whom = ASSISTANTS[chance.below(len(ASSISTANTS), "assistant", name)]
    tax = pence * 8 // 100 if pence > 20_000 else 0
    if cash and chance.of("cash week", name, monday) < 0.3:
        drawn = min(pence - tax, 6_000 + 2_000 * chance.below(3, "drawn", name, monday))
        if drawn > 0:
            pence -= drawn
            yield Move(friday, -drawn, "Cash", "CASH MACHINE HIGH STREET", "ATM", "cash", item.line)
    if pence - tax > 0:
        yield Move(friday, -(pence - tax), whom, "WAGES", "FPO", "spent", item.line)
    if tax and monday.isocalendar().week % 4 == 0:
        yield Move(friday, -4 * tax, "HMRC Cumbernauld", "PAYE", "FPO", "spent", item.line)


def _shops(chance: Chance, name: str, monday: date, item: Item, pence: int) -> Iterator[Move]:
    times = 2 if pence > 2_000 else 1
    if pence // times < 50:
        return
    for turn in range(times):
        on = monday + timedelta(days=chance.below(7, "shop day", name, monday, turn))
        odd = chance.of("odd", name, monday, turn) < 0.004
        shops = ODD_SHOPS if odd else SHOPS
        shop = shops[chance.below(len(shops), "shop", name, monday, turn)]
        part = 35 + chance.below(30, "shop sum", name, monday)
        asked = pence if times == 1 else pence * (part if turn == 0 else 100 - part) // 100
        yield Move(on, -asked, shop, "CARD", "DEB", "spent", item.line)
