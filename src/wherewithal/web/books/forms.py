"""What finance types to look things up in the books, and to set codes."""

from typing import Any

from wherewithal.ledger.entries import KINDS, LABELS
from wherewithal.web.govuk import forms


class FindForm(forms.Form):
    """An account, by whose or which it is."""

    q = forms.TextField(
        "Find an account",
        hint="A person's reference, a run, a budget line or a provider's number.",
        required=False,
        max_length=60,
    )


class DaysForm(forms.Form):
    """The days of a statement."""

    start = forms.GovDateField("From", called="the first day")
    end = forms.GovDateField("To", called="the last day")

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round."""
        data = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", "Enter a last day that is not before the first")
        return data


class CodeForm(forms.Form):
    """Where movements of accounts go in the general ledger."""

    kind = forms.SelectField(
        "Kind of account", [(str(kind), label) for kind, label in KINDS.items()]
    )
    of = forms.TextField(
        "One account only",
        hint="Leave empty for all of them. Council, nhs, person and other are money’s sources.",
        required=False,
        max_length=60,
    )
    what = forms.SelectField(
        "One reason only", list(LABELS.items()), empty="All reasons", required=False
    )
    nominal = forms.TextField("Nominal code", max_length=20)
    cost_centre = forms.TextField("Cost centre", required=False, max_length=20)
