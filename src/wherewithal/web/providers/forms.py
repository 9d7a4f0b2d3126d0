"""What finance types about providers, their bills, and what people pay in."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from wherewithal.money import pounds
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.govuk.forms import (
    Form,
    GovDateField,
    NumberField,
    PoundsField,
    RadioField,
    SelectField,
    TextField,
    WordsField,
)
from wherewithal.web.people.models import Person
from wherewithal.web.providers.models import Provider

LARGEST = 20 * 1024 * 1024
DECISIONS = (
    ("approve", "Pay it"),
    ("ask", "Ask the provider first"),
    ("dispute", "Dispute it, or a part of it"),
    ("refuse", "Do not pay it"),
)


class AccountForm(Form):
    """The account a provider is paid into."""

    account_name = TextField("Name on the account", max_length=40,
                             missing="Enter the name on the account")  # fmt: skip
    sort_code = TextField("Sort code", width=10, max_length=12, missing="Enter the sort code",
                          hint="6 digits, like 12-34-56.")  # fmt: skip
    account_number = TextField("Account number", width=10, max_length=12,
                               missing="Enter the account number", hint="8 digits.")  # fmt: skip


class ProviderForm(AccountForm):
    """A provider with its account."""

    name = TextField(
        "Name of the provider", max_length=120, missing="Enter the provider’s name",
        hint="As it stands in support plans, so that bills find their line.",
    )  # fmt: skip
    kind = RadioField("What are they?", Provider.Kind.choices, missing="Choose what they are")
    email = TextField("Email for payment notes", required=False, max_length=120)

    field_order = ("name", "kind", "email", "account_name", "sort_code", "account_number")

    def clean_email(self) -> str:
        """Refuse what is no address."""
        email = str(self.cleaned_data["email"])
        if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
            raise ValidationError("Enter an email address like pay@example.org")
        return email


class TrustForm(Form):
    """How somebody knows that an account is right after all."""

    reason = WordsField(
        "How do you know the account is right?", rows=3, limit=500, missing="Say how you know"
    )


class BillForm(Form):
    """One bill, typed from paper."""

    provider = SelectField("Provider", [], missing="Choose the provider")
    number = TextField("Number of the bill", max_length=40, width=20,
                       missing="Enter the number of the bill")  # fmt: skip
    reference = TextField("Whose support is it for?", width=20, max_length=12,
                          missing="Enter the person’s reference",
                          hint="Their reference, like WW000123.")  # fmt: skip
    first_day = GovDateField("First day", called="the first day")
    last_day = GovDateField("Last day", called="the last day")
    units = NumberField("Hours, sessions or days billed", decimals=2, required=False, most=9999,
                        least=0, hint="Leave it empty if the bill does not say.")  # fmt: skip
    pence = PoundsField("Sum", least=1, called="the sum")
    what = TextField("What it says it is for", required=False, max_length=200)

    def __init__(self, *args: Any, providers: Iterable[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "Choose one"), *((str(each.pk), each.name) for each in providers)
        ]  # fmt: skip

    def clean_reference(self) -> Person:
        """Find the person."""
        reference = str(self.cleaned_data["reference"]).strip().upper()
        person = Person.objects.filter(reference=reference).first()
        if person is None:
            raise ValidationError(f"Nobody has the reference {reference}. Look it up.")
        return person

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round, and hours of nought."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day can’t be before the first")
        if given.get("units") == 0:
            given["units"] = None
        return given


class FileForm(Form):
    """A CSV file."""

    file = django_forms.FileField(
        label="The file (CSV)",
        error_messages={
            "required": "Choose the file",
            "empty": "The file is empty. Save it again as CSV",
        },
    )

    def clean_file(self) -> bytes:
        """Read the file, if it is not far too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError("The file is too large. Split it into smaller ones.")
        content: bytes = file.read()
        return content


class MatchForm(Form):
    """Which line of a budget a bill is for."""

    line = RadioField("Which line is it for?", [], missing="Choose which line it is for")

    def __init__(self, *args: Any, lines: Sequence[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(line.pk), f"{line.what}, {pounds(line.weekly)} a week") for line in lines
        ]


class DecideForm(Form):
    """What is decided about a bill, and why."""

    decision = RadioField("What do you decide?", [], missing="Choose what you decide")
    undisputed = PoundsField(
        "The part that nobody disputes", required=False,
        hint="Only where you dispute a part: this much is paid now.",
    )  # fmt: skip
    reason = WordsField("Why, or what you ask", required=False, rows=3,
                        hint="The person and the provider can read it.")  # fmt: skip

    def __init__(self, *args: Any, allowed: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [  # type: ignore[attr-defined]  # a choice field
            choice for choice in DECISIONS if choice[0] in set(allowed)
        ]
        if "dispute" not in allowed:
            del self.fields["undisputed"]


class OwnBillsForm(Form):
    """Up to which day people are billed."""

    last_day = GovDateField("Bill people up to which day?", called="the last day",
                            hint="Usually the last day of a payment period.")  # fmt: skip


class ReceiptForm(Form):
    """Money that a person paid in."""

    on = GovDateField("The day it came", called="the day it came")
    pence = PoundsField("Sum", least=1, called="the sum")
    text = TextField(
        "What the bank says", required=False, max_length=120,
        hint="Write “paid back” where it pays back a sum that was agreed.",
    )  # fmt: skip


class RefundForm(Form):
    """Why money is given back."""

    reason = WordsField("Why were the bills too high?", rows=3, limit=1000,
                        missing="Enter why the bills were too high",
                        hint="The person reads this.")  # fmt: skip
