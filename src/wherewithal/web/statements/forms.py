"""What people choose and type about what they spent."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms as django_forms

from wherewithal.banking.statements.guess import DATE_FORMATS
from wherewithal.web.govuk import forms
from wherewithal.web.statements.columns import Sheet

LARGEST = 60 * 1024 * 1024
FORMS_OF_DATES = {
    "dd/mm/yyyy": "31/12/2026", "yyyy-mm-dd": "2026-12-31", "dd/mm/yy": "31/12/26",
    "dd mmm yyyy": "31 Dec 2026", "dd-mmm-yyyy": "31-Dec-2026", "dd mmm yy": "31 Dec 26",
    "dd-mmm-yy": "31-Dec-26", "dd-mm-yyyy": "31-12-2026", "dd.mm.yyyy": "31.12.2026",
    "yyyy/mm/dd": "2026/12/31", "yyyymmdd": "20261231", "yymmdd": "261231",
    "mm/dd/yyyy": "12/31/2026",
}  # fmt: skip


class HoldingForm(forms.Form):
    """The start of every form about one of somebody's accounts; asked only where there are two."""

    holding = forms.RadioField("Which money is this?", [], missing="Choose which money this is")

    def __init__(self, *args: Any, holdings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holding"].choices = holdings  # type: ignore[attr-defined]  # a choice field
        if len(holdings) == 1:
            self.fields["holding"].required = False
            self.fields["holding"].initial = holdings[0][0]
        self.holdings = holdings

    def clean_holding(self) -> str:
        """Return the one there is, where nobody was asked."""
        return str(self.cleaned_data["holding"] or self.holdings[0][0])


class SendForm(HoldingForm):
    """A statement as a file."""

    file = django_forms.FileField(
        label="The file from the bank",
        help_text="CSV, OFX, MT940 or camt.053. Your bank’s website or app calls it “export” or"
        " “download”.",
        error_messages={
            "required": "Choose the file from the bank",
            "empty": "The file is empty. Download it again",
        },
    )
    apart_because = forms.WordsField(
        "Why are some days missing?",
        rows=2,
        required=False,
        hint="Only where the lines in between can’t be had. This is kept.",
    )

    def clean_file(self) -> Any:
        """Refuse a file that is far larger than any statement."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise django_forms.ValidationError("The file is too large. Choose fewer days.")
        return file


class MeaningForm(forms.Form):
    """What one line was."""

    meaning = forms.RadioField("What was this?", [], missing="Choose what this was")
    all_like_it = forms.ConfirmField("Others like it", statement="", required=False)

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], others: int = 0, name: str = "",
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["meaning"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not name:
            del self.fields["all_like_it"]
            return
        more = f"the other {others} from “{name}”" if others > 1 else f"the other from “{name}”"
        told = f"Do the same for {more}, and from now on" if others else (
            f"Do the same for “{name}” from now on"
        )  # fmt: skip
        self.fields["all_like_it"].statement = told  # type: ignore[attr-defined]  # a confirm field
        self.fields["all_like_it"].initial = True


class TypedForm(HoldingForm):
    """One sum, typed in. The number of the form says whether it was sent before."""

    once = django_forms.UUIDField(required=False, initial=uuid4, widget=django_forms.HiddenInput)
    on = forms.GovDateField("Which day?", called="the day")
    payee = forms.TextField(
        "Who was paid?", max_length=100, missing="Enter who was paid", hint="Such as Jo Smith."
    )
    pence = forms.PoundsField("How much?", least=1, missing="Enter how much it was")
    meaning = forms.RadioField("What was it for?", [], missing="Choose what it was for")

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meaning"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.today = today

    def clean_on(self) -> date:
        """Refuse a day to come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise django_forms.ValidationError("The day must be today or earlier")
        return on


class PhotoForm(HoldingForm):
    """A photograph or PDF."""

    file = django_forms.FileField(
        label="Your photo or PDF",
        help_text="JPG, PNG, WebP or PDF, up to 10 MB. On a phone you can take the photo now.",
        error_messages={
            "required": "Choose a photo or a PDF",
            "empty": "The file is empty. Choose another one",
        },
    )
    what = forms.TextField(
        "What does it show?", required=False, max_length=200, hint="Such as: receipt, November."
    )


class CardsForm(forms.Form):
    """A card company's list."""

    file = django_forms.FileField(
        label="The card company’s list",
        help_text="CSV, with a column for the account or card.",
        error_messages={"required": "Choose the list", "empty": "The file is empty"},
    )


class TakeBackForm(forms.Form):
    """Why a file is taken back."""

    reason = forms.WordsField(
        "Why should this file not be here?", rows=2, missing="Say why the file should not be here"
    )


class ColumnsForm(forms.Form):
    """Which column of a new bank's file is what."""

    bank = forms.TextField(
        "Which bank is it from?", max_length=80, missing="Enter the name of the bank",
        hint="Next time, files like this one are read at once.",
    )  # fmt: skip
    date = forms.SelectField("The day", [], missing="Choose the column with the day")
    date_format = forms.SelectField(
        "How the last day of 2026 would be written there",
        [(form, FORMS_OF_DATES.get(form, form)) for form in DATE_FORMATS],
        missing="Choose how days are written",
    )
    payee = forms.SelectField("Who was paid, or who paid", [], missing="Choose the column with who")
    text = forms.SelectField(
        "More words about it", [], required=False, empty="There is no such column"
    )
    money = forms.RadioField(
        "How is money out written?",
        [
            ("one", "In the same column as money in, with a minus: −12.00"),
            ("plus", "In the same column as money in; money in has the minus"),
            ("two", "In a column of its own"),
        ],
        missing="Choose how money out is written",
    )
    amount = forms.SelectField("The amount", [], required=False, empty="There is no such column")
    paid_out = forms.SelectField("Money out", [], required=False, empty="There is no such column")
    paid_in = forms.SelectField("Money in", [], required=False, empty="There is no such column")
    balance = forms.SelectField(
        "What is left after each line", [], required=False, empty="There is no such column"
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("date", "payee", "text", "amount", "paid_out", "paid_in", "balance"):
            field = self.fields[name]
            first = field.choices[0]  # type: ignore[attr-defined]  # a choice field
            field.choices = [first, *sheet.choices]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask for the columns that go with how money is written."""
        data = super().clean() or self.cleaned_data
        wanted = ("paid_out", "paid_in") if data.get("money") == "two" else ("amount",)
        for name in wanted:
            if not data.get(name) and name in self.fields:
                label = str(self.fields[name].label).lower()
                self.add_error(name, f"Choose the column for {label}")
        return data
