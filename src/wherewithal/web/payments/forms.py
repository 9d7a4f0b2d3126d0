"""What finance types to prepare, check, cancel and record, and to say where money goes."""

from datetime import date
from typing import Any

from django import forms as django_forms

from wherewithal.banking.answers import reasons
from wherewithal.dates import Period, long_date
from wherewithal.ledger.schedule import span
from wherewithal.web.govuk import forms
from wherewithal.web.payments.answers import Said
from wherewithal.web.payments.calendar import (
    pay_periods,
    shorter_periods,
    usual_pay_day,
    why_not_a_pay_day,
)
from wherewithal.web.payments.models import Payee, Payment, Run


class PrepareForm(forms.Form):
    """Who is paid, which days to pay for, and the day the money arrives."""

    kind = forms.RadioField(
        "What does it pay?",
        [
            (Run.Kind.REGULAR.value, "Everything that is due"),
            (Run.Kind.ONE_OFFS.value, "Start-up costs alone, which can’t wait"),
        ],
        missing="Choose what the run pays",
        initial=Run.Kind.REGULAR.value,
    )

    period = forms.RadioField(
        "Which days is this run for?", [], missing="Choose which days to pay for"
    )
    pay_on = forms.GovDateField("The day the money arrives", called="the day the money arrives")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.periods = {period.start.isoformat(): period for period in pay_periods(today)}
        choices = [(key, span(period)) for key, period in self.periods.items()]
        for weeks, periods in shorter_periods(today).items():
            often = "week" if weeks == 1 else f"{weeks} weeks"
            for period in periods:
                key = f"{period.start.isoformat()}.{weeks}"
                self.periods[key] = period
                choices.append((key, f"{span(period)}, for those paid every {often}"))
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


class EmergencyForm(forms.Form):
    """How much somebody needs at once, and why."""

    holding = forms.RadioField(
        "Which money is it?",
        [],
        missing="Choose which money this is",
        hint="What is owed is beside it.",
    )
    pence = forms.PoundsField("How much?", least=1, missing="Enter how much to pay")
    reason = forms.WordsField(
        "Why can it not wait for the next run?",
        rows=3,
        limit=500,
        missing="Say why it can’t wait",
        hint="The person reads this.",
    )

    def __init__(self, *args: Any, holdings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holding"].choices = holdings  # type: ignore[attr-defined]  # a choice field
        if len(holdings) == 1:
            self.fields["holding"].initial = holdings[0][0]


class AnswerFileForm(forms.Form):
    """A file in which the bank says what became of payments."""

    kind = forms.RadioField(
        "What kind of file is it?",
        [("pain002", "ISO 20022 (pain.002, XML)"), ("returns", "Payments that came back (CSV)")],
        missing="Choose what kind of file it is",
    )
    file = django_forms.FileField(
        label="The file",
        error_messages={"required": "Choose the file", "empty": "The file is empty"},
    )


class CameBackForm(forms.Form):
    """What the bank did with one payment, and why."""

    state = forms.RadioField(
        "What happened?",
        [
            ("returned", "The bank sent it back"),
            ("recalled", "We called it back"),
        ],
        missing="Choose what happened",
    )
    code = forms.SelectField("Why?", [], missing="Choose why")
    words = forms.WordsField(
        "In your own words",
        rows=2,
        limit=300,
        required=False,
        hint="If you leave this empty, the person reads the reason you chose.",
    )
    on = forms.GovDateField("On which day?", called="the day it came back")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today
        choices = [("", "")] + [
            (code, f"{each.words[0].upper()}{each.words[1:]} ({code})")
            for code, each in reasons().items()
        ]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            self.add_error("on", "Enter today or a day before it")
        return day

    def said(self) -> Said:
        """Return what is said of the payment."""
        reason = reasons()[self.cleaned_data["code"]]
        state = Payment.State(self.cleaned_data["state"])
        return Said(
            state, self.cleaned_data["on"], reason.code, self.cleaned_data["words"] or reason.words,
            account_in_doubt=reason.account and state == Payment.State.RETURNED,
        )  # fmt: skip


class TrustForm(forms.Form):
    """How somebody knows that an account is right after all."""

    reason = forms.WordsField(
        "How do you know the account is right?", rows=3, missing="Say how you know"
    )


class CancelForm(forms.Form):
    """Why a run is given up."""

    reason = forms.WordsField(
        "Why is this run not wanted?", rows=3, missing="Say why the run is not wanted"
    )


WHOSE = [(kind.value, kind.label) for kind in Payee.Kind if kind != Payee.Kind.PROVIDER]
USUAL = {
    "isf": Payee.Kind.ISF_HOLDER, "trust": Payee.Kind.TRUST, "third-party": Payee.Kind.MANAGED,
}  # fmt: skip
"""Whose account the money of a way of holding goes to, where nobody says otherwise."""


class AccountForm(forms.Form):
    """Where the money of one way of holding goes."""

    holding = forms.RadioField(
        "Which money goes to this account?", [], missing="Choose which money this is"
    )
    kind = forms.RadioField(
        "Whose account is it?", WHOSE, required=False, called="whose account it is",
        hint="Leave it empty for what is usual: a direct payment goes to the person, a fund to its"
        " holder, a trust to the trust, a third party to a managed account.",
    )  # fmt: skip
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

    def clean(self) -> dict[str, Any]:
        """Take whose account is usual, and refuse the person's own for what others hold."""
        cleaned = super().clean() or self.cleaned_data
        usual = USUAL.get(cleaned.get("holding", ""), Payee.Kind.PERSON)
        cleaned["kind"] = cleaned.get("kind") or usual.value
        if cleaned["kind"] == Payee.Kind.PERSON and usual != Payee.Kind.PERSON:
            self.add_error("kind", "Somebody else holds this money. Choose who")
        return cleaned
