"""What a practitioner writes down after looking together at how things are going."""

from datetime import date, timedelta
from typing import Any

from wherewithal.web.govuk import forms

LONGEST = timedelta(days=365)  # guidance and direct payment rules: at least once a year


class ReviewForm(forms.Form):
    """What was said, whether life has changed, and when to look again."""

    words = forms.WordsField(
        "What did you find out together?",
        hint="What works, what does not, what they want to change. Use their words if you can.",
        missing="Write down what you found out together",
        rows=6,
        limit=4000,
    )
    changed = forms.YesNoField(
        "Have their needs changed, so that the plan no longer fits?",
        missing="Say whether their needs have changed",
    )
    next_due = forms.GovDateField(
        "When will you look again?",
        hint="Within a year. Sooner where things are new or unsettled.",
        called="the day of the next review",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["next_due"]
        field.earliest = today + timedelta(days=1)  # type: ignore[attr-defined]  # our date field
        field.latest = today + LONGEST  # type: ignore[attr-defined]  # our date field
