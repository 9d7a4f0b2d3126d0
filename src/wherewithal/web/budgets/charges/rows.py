"""Rows of sums in the financial assessment: income, savings, home, disability costs, free parts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.forms import HiddenInput, IntegerField
from django.forms.utils import ErrorDict

from wherewithal.charging.rules import kinds
from wherewithal.web.govuk.forms import (
    Form,
    GovDateField,
    NumberField,
    PoundsField,
    SelectField,
    TextField,
)

OFTEN = (
    ("week", "a week"), ("two-weeks", "every two weeks"), ("four-weeks", "every four weeks"),
    ("month", "a month"), ("quarter", "every three months"), ("year", "a year"),
)  # fmt: skip
MOST_ROWS = 40
MOST_INCOME = 50_000_000  # pence: 40 rows of it still add up to a sum that can be kept


def labels_of(section: str) -> list[tuple[str, str]]:
    """Return the kinds of a section as choices, each beginning with a capital."""
    return [(key, kind.label[:1].upper() + kind.label[1:]) for key, kind in kinds(section).items()]


class QuietForm(Form):
    """A form that can show what was typed before it says what to mend."""

    def quieten(self) -> None:
        """Show no errors this time: the person is still typing."""
        self._errors = ErrorDict()


class Row(QuietForm):
    """One row of sums; a row left as it was shown is no row."""

    line = ""
    """Which row of the page it is, as its errors say: ``Income, line 2``."""

    def fact(self) -> dict[str, Any]:
        """Return the row as it is kept."""
        return dict(self.cleaned_data)


class IncomeRow(Row):
    """Money that comes in."""

    kind = SelectField("What", labels_of("income"), called="what this income is")
    amount = PoundsField("How much", called="how much this income is", most=MOST_INCOME)
    every = SelectField("How often", OFTEN, empty="", initial="week")


class CapitalRow(Row):
    """Savings or something owned."""

    kind = SelectField("What", labels_of("capital"), called="what these savings are")
    amount = PoundsField("All of it", called="how much there is")
    owners = NumberField(
        "How many own it", least=1, most=20, initial=1, width=3, called="how many own it"
    )
    since = GovDateField(
        "From when it is not counted",
        required=False,
        called="the day from which it is not counted",
        hint="Only for back payments, injury payments, property and business being sold. For money"
        " given away: the day from which it is counted.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask from when, for what is left out for a time only."""
        cleaned = super().clean() or self.cleaned_data
        rule = kinds("capital").get(cleaned.get("kind", ""))
        missing = not cleaned.get("since") and "since" not in self.errors
        if rule and rule.weeks and missing:
            self.add_error("since", f"Enter the day from which {rule.label} is not counted")
        if rule and rule.id == "notional-capital" and missing:
            self.add_error("since", "Enter the day from which money given away is counted")
        return cleaned

    def fact(self) -> dict[str, Any]:
        """Return the row as it is kept, its day as text."""
        since = self.cleaned_data["since"]
        return self.cleaned_data | {"since": since.isoformat() if since else None}


class HousingRow(Row):
    """What the home costs."""

    kind = SelectField("What", labels_of("housing"), called="what this cost is")
    amount = PoundsField("How much", called="how much this cost is")
    every = SelectField("How often", OFTEN, empty="", initial="week")
    help_amount = PoundsField("Paid by benefits", required=False, called="what benefits pay of it")

    def fact(self) -> dict[str, Any]:
        """Return the row as it is kept."""
        return self.cleaned_data | {"help_amount": self.cleaned_data["help_amount"] or 0}


class ExpenseRow(Row):
    """An extra cost because of disability."""

    what = TextField("What, and why it is needed", called="what this cost is for")
    amount = PoundsField("How much", called="how much this cost is")
    every = SelectField("How often", OFTEN, empty="", initial="week")
    sharers = NumberField(
        "Adults who share it", least=1, most=20, initial=1, width=3, required=False,
        called="how many share this cost",
    )  # fmt: skip
    decision = SelectField(
        "Decision",
        [("yes", "Allowed"), ("part", "Allowed in part"), ("no", "Not allowed")],
        empty="",
        initial="yes",
    )
    allow = PoundsField("Allowed, if in part", required=False, called="what is allowed of it")
    why_not = TextField("If not all, why", required=False, called="why this cost is not allowed")
    claim = IntegerField(required=False, widget=HiddenInput())

    def clean(self) -> dict[str, Any]:
        """Ask why a cost is refused or cut, and what is allowed of it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") in {"no", "part"} and not cleaned.get("why_not"):
            self.add_error("why_not", "Enter why this cost is not allowed. The person reads it.")
        allow, amount = cleaned.get("allow"), cleaned.get("amount")
        if cleaned.get("decision") == "part" and allow is None and "allow" not in self.errors:
            self.add_error("allow", "Enter what is allowed of it")
        if allow is not None and amount is not None and allow > amount:
            self.add_error("allow", "What is allowed can’t be more than the cost")
        return cleaned

    def fact(self) -> dict[str, Any]:
        """Return the row as it is kept."""
        given = self.cleaned_data
        kept = {name: given[name] for name in ("what", "amount", "every", "why_not")}
        kept |= {"allowed": given["decision"] != "no", "sharers": given["sharers"] or 1}
        if given["decision"] == "part":
            kept["allow"] = given["allow"]
        return kept | ({"claim": given["claim"]} if given["claim"] else {})


class FreeRow(Row):
    """Support inside the plan that is never charged for."""

    kind = SelectField("What", labels_of("free"), called="what is free")
    weekly = PoundsField("Cost a week", called="what it costs a week")
    weeks = NumberField(
        "Weeks it has run", required=False, width=3, called="how many weeks it has run"
    )
    whole_cost = PoundsField(
        "If paid once, all of it", required=False, called="what it costs in all"
    )

    def fact(self) -> dict[str, Any]:
        """Return the row as it is kept."""
        given = self.cleaned_data
        return given | {"weeks": given["weeks"] or 0, "whole_cost": given["whole_cost"] or 0}


ROWS: Mapping[str, tuple[type[Row], str, str]] = {
    "income": (
        IncomeRow,
        "Income",
        "Everything that comes in, before anything is taken off. We sort out what counts. Put tax"
        " on a pension or benefit in a line of its own: it comes off again.",
    ),
    "capital": (
        CapitalRow,
        "Savings and things owned",
        "The home the person lives in never counts here.",
    ),
    "housing": (
        HousingRow,
        "Costs of the home",
        "What is left after Housing Benefit and the like is kept.",
    ),
    "expenses": (
        ExpenseRow,
        "Extra costs because of disability",
        "Any reasonable extra cost: heating, laundry, special food, a cleaner, travel."
        " It need not be in the plan.",
    ),
    "free": (
        FreeRow,
        "Parts of the support that are never charged for",
        "For example: short-term help to get back on your feet.",
    ),
}


class Rows:
    """The rows of one section: as many as were shown, none lost when more are asked for."""

    def __init__(
        self, section: str, data: Mapping[str, Any] | None, kept: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self.section = section
        self.form_class, self.title, self.hint = ROWS[section]
        self.count_name = f"{section}-rows"
        self.kept = kept
        self.data = data
        self.count = max(2, len(kept) + 1)
        if data is not None:
            typed = str(data.get(self.count_name, ""))
            self.count = min(int(typed), MOST_ROWS) if typed.isdigit() else self.count
        self.forms = [self._row(number) for number in range(self.count)]

    def more(self) -> None:
        """Show two more empty rows under those that are there."""
        more = range(self.count, min(self.count + 2, MOST_ROWS))
        self.forms += [self.form_class(prefix=f"{self.section}-{number}") for number in more]
        self.count += len(more)

    def quiet(self) -> None:
        """Show what was typed without its errors."""
        for form in self.forms:
            form.quieten()

    def is_valid(self) -> bool:
        """Say whether every row that was filled in holds together."""
        return sum(not form.is_valid() for form in self.forms) == 0

    def facts(self) -> list[dict[str, Any]]:
        """Return the rows that were filled in, as they are kept."""
        return [form.fact() for form in self.forms if form.has_changed() and form.cleaned_data]

    def _row(self, number: int) -> Row:
        initial = (
            _initial(self.kept[number]) if number < len(self.kept) and self.data is None else None
        )
        made = self.form_class(
            self.data, prefix=f"{self.section}-{number}", initial=initial, empty_permitted=True
        )
        made.line = f"{self.title}, line {number + 1}"
        return made


def _initial(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a kept row back into what its boxes show."""
    shown = dict(kept)
    if "allowed" in shown:
        part = "part" if "allow" in shown else "yes"
        shown["decision"] = part if shown.pop("allowed") else "no"
    if shown.get("since"):
        shown["since"] = date.fromisoformat(shown["since"])
    return shown
