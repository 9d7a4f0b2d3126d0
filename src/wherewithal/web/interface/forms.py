"""What an administrator types to make a key."""

from datetime import date, timedelta
from typing import Any

from wherewithal.web.govuk import forms
from wherewithal.web.interface.models import AccessKey

LONGEST = timedelta(days=366)
HINTS = {
    "money": "Budgets, payments, charges and the books, by people’s references. No names.",
    "figures": "Counts and sums. Small numbers are hidden.",
}


class KeyForm(forms.Form):
    """Who a key is for, what it reads, and until when."""

    name = forms.TextField(
        "Which program is it for?", max_length=80, missing="Enter which program the key is for",
        hint="And who answers for it, like “General ledger, finance systems team”.",
    )  # fmt: skip
    reads = forms.RadioField(
        "What may it read?", AccessKey.Reads.choices, hints=HINTS, missing="Choose what it may read"
    )
    last_day = forms.GovDateField("Its last day", called="its last day")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["last_day"].help_text = "At most a year from now. Then make a new one."
        self.fields["last_day"].initial = today + LONGEST

    def clean_last_day(self) -> date:
        """Refuse a day that is past, or more than a year ahead."""
        day: date = self.cleaned_data["last_day"]
        if day < self.today:
            self.add_error("last_day", "Its last day must be today or later")
        elif day > self.today + LONGEST:
            self.add_error("last_day", "Its last day must be within a year")
        return day
