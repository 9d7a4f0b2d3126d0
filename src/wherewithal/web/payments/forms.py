"""What finance types to prepare, cancel, and say where money goes."""

from datetime import date
from typing import Any

from wherewithal.dates import Period, long_date
from wherewithal.ledger.schedule import span
from wherewithal.web.govuk import forms
from wherewithal.web.payments.calendar import pay_periods, usual_pay_day, why_not_a_pay_day


class PrepareForm(forms.Form):
    """Which days to pay for, and the day the money arrives."""

    period = forms.RadioField(
        "Which days is this run for?", [], missing="Choose which days to pay for"
    )
    pay_on = forms.GovDateField("The day the money arrives", called="the day the money arrives")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.periods = {period.start.isoformat(): period for period in pay_periods(today)}
        choices = [(key, span(period)) for key, period in self.periods.items()]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]  # a choice field
        following = list(self.periods.values())[1]
        self.fields["pay_on"].initial = usual_pay_day(following, on=today)
        self.fields["period"].initial = following.start.isoformat()
        self.fields["pay_on"].help_text = (
            f"A working day. For {span(following)} it is usually"
            f" {long_date(usual_pay_day(following, on=today))}."
        )

    def clean_pay_on(self) -> date:
        """Refuse a day on which Bacs brings no money."""
        day: date = self.cleaned_data["pay_on"]
        if why := why_not_a_pay_day(day, on=self.today):
            self.add_error("pay_on", why)
        return day

    def chosen(self) -> Period:
        """Return the pay period chosen."""
        return self.periods[self.cleaned_data["period"]]


class CheckForm(forms.Form):
    """What was looked into before a run goes on."""

    note = forms.WordsField(
        "What did you look into?",
        rows=4,
        required=False,
        hint="Where a check found somebody, say what you found out.",
    )


class CancelForm(forms.Form):
    """Why a run is given up."""

    reason = forms.WordsField(
        "Why is this run not wanted?", rows=3, missing="Say why the run is not wanted"
    )


class AccountForm(forms.Form):
    """Where the money of one way of holding goes."""

    holding = forms.RadioField(
        "Which money goes to this account?", [], missing="Choose which money this is"
    )
    account_name = forms.TextField(
        "Name on the account",
        max_length=40,
        missing="Enter the name on the account",
        hint="As the bank writes it.",
    )
    sort_code = forms.TextField(
        "Sort code",
        width=10,
        max_length=12,
        missing="Enter the sort code",
        hint="6 digits, like 12-34-56.",
    )
    account_number = forms.TextField(
        "Account number",
        width=10,
        max_length=12,
        missing="Enter the account number",
        hint="8 digits. If it has fewer, put zeros in front.",
    )

    def __init__(self, *args: Any, holdings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holding"].choices = holdings  # type: ignore[attr-defined]  # a choice field
        if len(holdings) == 1:
            self.fields["holding"].initial = holdings[0][0]
