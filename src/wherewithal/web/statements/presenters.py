"""From lines and balances to what people read about what was spent."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from wherewithal.dates import Period
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.payments.querysets import PAID_OUT
from wherewithal.web.people.models import Person
from wherewithal.web.statements.models import Line, Meaning
from wherewithal.web.statements.querysets import lines_of

OUT = (
    (Meaning.FEE, "A bank charge"),
    (Meaning.TRANSFER, "Moved to another account of {their} own"),
    (Meaning.REPAID, "Paid back to the council"),
    (Meaning.OTHER, "Something else"),
    (Meaning.UNMATCHED, "I don’t know yet"),
)
INTO = (
    (Meaning.PAYMENT, "The council paid it in"),
    (Meaning.CONTRIBUTION, "{they} paid it in"),
    (Meaning.FEE, "Interest from the bank"),
    (Meaning.TRANSFER, "Moved from another account of {their} own"),
    (Meaning.OTHER, "Something else"),
    (Meaning.UNMATCHED, "I don’t know yet"),
)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of lines: its first day, how many there are and how many to look at."""

    first: date
    lines: int
    waiting: int

    @property
    def period(self) -> Period:
        """The days of the month."""
        year, month = divmod(self.first.year * 12 + self.first.month, 12)
        return Period(self.first, date(year, month + 1, 1))


def holdings_of(person: Person) -> list[tuple[str, str]]:
    """Return the ways of holding in which this person's money is in an account, with labels."""
    held = set(
        BudgetLine.objects.filter(
            budget__person=person, budget__status__in=["signed-off", "ended"]
        ).values_list("holding", flat=True)
    )
    return [(each.value, each.label) for each in PAID_OUT if each.value in held]


def months_of(person: Person) -> list[Month]:
    """Return the months in which anything moved, newest first."""
    rows = (
        Line.objects.filter(person=person)
        .annotate(month=TruncMonth("on"))
        .values_list("month")
        .annotate(lines=Count("id"), waiting=Count("id", filter=Q(sure=False)))
        .order_by("-month")
    )
    return [Month(*row) for row in rows]


def choices_for(
    person: Person, holding: str, *, incoming: bool, on: date, own: bool
) -> list[tuple[str, str]]:
    """Return what a line can be, the parts of the budget first: value, and words."""
    parts = parts_of(person, holding, on)
    given = "Money back for {what}" if incoming else "{what}"
    named = [(f"line-{part.pk}", given.format(what=part.what)) for part in parts]
    they, their = ("I", "my") if own else (person.name, "their")
    others = INTO if incoming else OUT
    words = [(str(each), text.format(they=they, their=their)) for each, text in others]
    return [*words[:2], *named, *words[2:]] if incoming else [*named, *words]


def parts_of(person: Person, holding: str, on: date) -> list[BudgetLine]:
    """Return the lines of the budget in force on a day, or of the first one before there was."""
    lines = BudgetLine.objects.filter(
        budget__person=person, budget__status__in=["signed-off", "ended"], holding=holding
    ).select_related("budget")
    found = list(lines.order_by("-budget__period", "position", "id"))
    day = max((line.budget.period.lower for line in found if line.budget.period.lower <= on),
              default=min((line.budget.period.lower for line in found), default=on))  # fmt: skip
    return [line for line in found if line.budget.period.lower == day]


def chosen(value: str, *, incoming: bool) -> tuple[str, int | None]:
    """Return the meaning and the budget line that a choice on the page stands for."""
    if value.startswith("line-"):
        return (Meaning.REFUND if incoming else Meaning.SPENT), int(value.removeprefix("line-"))
    return value, None


def choice_of(line: Line) -> str:
    """Return the choice on the page that says what a line is taken to be."""
    if line.budget_line_id and line.meaning in {Meaning.SPENT, Meaning.REFUND}:
        return f"line-{line.budget_line_id}"
    return "" if line.meaning == Meaning.UNMATCHED and not line.told else line.meaning


def what_it_was(line: Line) -> str:
    """Write what a line is taken to be."""
    if line.budget_line is not None:
        return line.budget_line.what
    return Meaning(line.meaning).label


def others_like(line: Line) -> int:
    """Count the other lines of this payee that nobody has spoken of."""
    same_way = {"pence__gt": 0} if line.pence > 0 else {"pence__lt": 0}
    others = Line.objects.filter(
        person=line.person, holding=line.holding, key=line.key, matched_how=Line.How.RULE
    ).filter(**same_way)
    return others.exclude(pk=line.pk).exclude(meaning=Meaning.PAYMENT, sure=True).count()


def next_line(person: Person, after: Line | None = None) -> Line | None:
    """Return the next line to look at: the first after one, else the first of all."""
    waiting = lines_of(person).filter(sure=False, matched_how=Line.How.RULE)
    if after is not None:
        later = waiting.filter(
            Q(on__gt=after.on) | Q(on=after.on, pk__gt=after.pk)
        ).first()  # fmt: skip
        if later is not None:
            return later
    return waiting.exclude(pk=after.pk).first() if after is not None else waiting.first()
