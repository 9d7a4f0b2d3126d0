"""Forms of the financial assessment: one for the circumstances, and rows of sums."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.forms.utils import ErrorDict

from wherewithal.charging.facts import PREMIUMS
from wherewithal.charging.rules import kinds
from wherewithal.web.govuk.forms import (
    CheckboxesField,
    ConfirmField,
    Form,
    GovDateField,
    NumberField,
    PoundsField,
    RadioField,
    SelectField,
    TextField,
    WordsField,
    YesNoField,
)

OFTEN = (
    ("week", "a week"), ("two-weeks", "every two weeks"), ("four-weeks", "every four weeks"),
    ("month", "a month"), ("quarter", "every three months"), ("year", "a year"),
)  # fmt: skip
LIGHT_GROUNDS = {
    "over-limit": "Savings are clearly above the limit, and the person does not want a full check",
    "small-charge": "The charge is small and can clearly be paid",
    "no-ability": "Benefits show that the person cannot pay",
}
MOST_ROWS = 40
MOST_INCOME = 50_000_000  # pence: 40 rows of it still add up to a sum that can be kept


def _labels(section: str) -> list[tuple[str, str]]:
    return [(key, kind.label[:1].upper() + kind.label[1:]) for key, kind in kinds(section).items()]


class QuietForm(Form):
    """A form that can show what was typed before it says what to mend."""

    def quieten(self) -> None:
        """Show no errors this time: the person is still typing."""
        self._errors = ErrorDict()


class ChargeForm(QuietForm):
    """Which check this is, and the person's circumstances."""

    starts = GovDateField("From which day does this count?", called="the day it counts from")
    kind = RadioField(
        "Which check is this?",
        [
            ("full", "A full money check"),
            ("light", "A short money check"),
            ("none", "Nothing to charge for"),
        ],
        hints={
            "light": "Only if the person agrees, and what you saw shows it is enough.",
            "none": "All of the support is of a kind that is never charged for.",
        },
        called="which check this is",
    )
    ground = SelectField(
        "Why is a short check enough?", list(LIGHT_GROUNDS.items()), required=False
    )
    consent = YesNoField("Does the person agree to a short check?", required=False)
    evidence = WordsField("What did you see that shows it?", required=False, rows=3)
    never = SelectField("Which kind of support is it?", (), required=False)
    household = RadioField(
        "Who is in the household?",
        [
            ("single", "One adult"),
            ("lone-parent", "One adult with children"),
            ("couple", "A couple"),
        ],
        called="who is in the household",
        hint="Only the person’s own money counts, never a partner’s.",
    )
    pension_age = YesNoField("Has the person reached State Pension age?")
    partner_pension_age = YesNoField("Has their partner reached it?", required=False)
    children = NumberField("How many children do they support?", required=False, initial=0, most=20)
    premiums = CheckboxesField(
        "Which additions do they get, or would they?",
        [(key, key.replace("-", " ").capitalize() + " premium") for key in sorted(PREMIUMS)],
        required=False, small=True, hint="They raise what the person keeps.",
    )  # fmt: skip
    confirmed = ConfirmField(
        "Figures nobody has confirmed", required=False,
        statement="I have checked these figures against the official ones for this year",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["never"].choices = [("", "Choose one"), *_labels("free")]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask what each kind of check needs."""
        cleaned = super().clean() or self.cleaned_data
        asked = {
            "light": {"ground": "Choose why a short check is enough",
                      "consent": "Choose whether the person agrees to a short check",
                      "evidence": "Enter what you saw that shows a short check is enough"},
            "none": {"never": "Choose which kind of support it is"},
        }  # fmt: skip
        for name, message in asked.get(cleaned.get("kind", ""), {}).items():
            if cleaned.get(name) in (None, ""):
                self.add_error(name, message)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the circumstances as they are kept."""
        given = self.cleaned_data
        found: dict[str, Any] = {
            "kind": given["kind"],
            "household": given["household"],
            "pension_age": given["pension_age"],
            "partner_pension_age": bool(given["partner_pension_age"]),
            "children": given["children"] or 0,
            "premiums": sorted(given["premiums"]),
        }
        if given["kind"] == "light":
            found["light"] = {name: given[name] for name in ("ground", "consent", "evidence")}
        if given["kind"] == "none":
            found["none"] = {"kind": given["never"]}
        return found


class Row(QuietForm):
    """One row of sums; a row left as it was shown is no row."""

    def fact(self) -> dict[str, Any]:
        """Return the row as it is kept."""
        return dict(self.cleaned_data)


class IncomeRow(Row):
    """Money that comes in."""

    kind = SelectField("What", _labels("income"), called="what this income is")
    amount = PoundsField("How much", called="how much this income is", most=MOST_INCOME)
    every = SelectField("How often", OFTEN, empty="", initial="week")


class CapitalRow(Row):
    """Savings or something owned."""

    kind = SelectField("What", _labels("capital"), called="what these savings are")
    amount = PoundsField("All of it", called="how much there is")
    owners = NumberField(
        "How many own it", least=1, most=20, initial=1, width=3, called="how many own it"
    )
    since = GovDateField(
        "From when it is not counted",
        required=False,
        called="the day from which it is not counted",
        hint="Only for back payments, injury payments, or property and business being sold.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask from when, for what is left out for a time only."""
        cleaned = super().clean() or self.cleaned_data
        rule = kinds("capital").get(cleaned.get("kind", ""))
        if rule and rule.weeks and not cleaned.get("since") and "since" not in self.errors:
            self.add_error("since", f"Enter the day from which {rule.label} is not counted")
        return cleaned

    def fact(self) -> dict[str, Any]:
        """Return the row as it is kept, its day as text."""
        since = self.cleaned_data["since"]
        return self.cleaned_data | {"since": since.isoformat() if since else None}


class HousingRow(Row):
    """What the home costs."""

    kind = SelectField("What", _labels("housing"), called="what this cost is")
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
    decision = SelectField(
        "Decision", [("yes", "Allowed"), ("no", "Not allowed")], empty="", initial="yes"
    )
    why_not = TextField("If not, why", required=False, called="why this cost is not allowed")

    def clean(self) -> dict[str, Any]:
        """Ask why a cost is refused."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "no" and not cleaned.get("why_not"):
            self.add_error("why_not", "Enter why this cost is not allowed. The person reads it.")
        return cleaned

    def fact(self) -> dict[str, Any]:
        """Return the row as it is kept."""
        names = ("what", "amount", "every", "why_not")
        kept = {name: self.cleaned_data[name] for name in names}
        return kept | {"allowed": self.cleaned_data["decision"] == "yes"}


class FreeRow(Row):
    """Support inside the plan that is never charged for."""

    kind = SelectField("What", _labels("free"), called="what is free")
    weekly = PoundsField("Cost a week", called="what it costs a week")
    weeks = NumberField(
        "Weeks it has run", required=False, width=3, called="how many weeks it has run"
    )

    def fact(self) -> dict[str, Any]:
        """Return the row as it is kept."""
        return self.cleaned_data | {"weeks": self.cleaned_data["weeks"] or 0}


ROWS: Mapping[str, tuple[type[Row], str, str]] = {
    "income": (
        IncomeRow,
        "Income",
        "Everything that comes in, before anything is taken off. We sort out what counts.",
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
        return self.form_class(
            self.data, prefix=f"{self.section}-{number}", initial=initial, empty_permitted=True
        )


def _initial(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a kept row back into what its boxes show."""
    shown = dict(kept)
    if "allowed" in shown:
        shown["decision"] = "yes" if shown.pop("allowed") else "no"
    if shown.get("since"):
        shown["since"] = date.fromisoformat(shown["since"])
    return shown
