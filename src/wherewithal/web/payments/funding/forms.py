"""What is typed about who pays for a line."""

from typing import Any

from wherewithal.web.budgets.funding_actions import Agreed
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.govuk.forms import (
    Form,
    GovDateField,
    NumberField,
    PoundsField,
    RadioField,
    TextField,
    WordsField,
)

MOST_PER_CENT = 99


class FundingForm(Form):
    """Who pays from a day, how much, out of which budget of theirs, and why."""

    payer = RadioField("Who pays?", LineFunding.Payer.choices, missing="Choose who pays")
    percent = NumberField(
        "If it is shared: the part of the NHS, as a percentage", least=1, most=MOST_PER_CENT,
        suffix="%", required=False,
    )  # fmt: skip
    weekly = PoundsField(
        "Or the part of the NHS, as a sum", suffix="a week", least=1, required=False
    )
    body = TextField(
        "Who is it, by name?", max_length=120, required=False,
        hint="The integrated care board, or the other body. Not needed for the council.",
    )  # fmt: skip
    pot = RadioField(
        "Which budget of theirs does it come out of?", LineFunding.Pot.choices, required=False,
        hint="So that money for mental health is seen as that, also where budgets are pooled.",
    )  # fmt: skip
    from_day = GovDateField("From which day?", called="the day it counts from")
    agreed_on = GovDateField("When was it agreed with them?", called="the day it was agreed")
    reason = WordsField("Why?", rows=3, limit=1000, missing="Enter why",
                        hint="The person reads this.")  # fmt: skip

    def agreed(self, line: BudgetLine) -> Agreed:
        """Return what was typed; a share only where two share it."""
        given: dict[str, Any] = dict(self.cleaned_data)
        if given["payer"] != LineFunding.Payer.SHARED:
            given |= {"percent": None, "weekly": None}
        if given["payer"] == LineFunding.Payer.COUNCIL:
            given |= {"body": "", "pot": ""}
        return Agreed(line=line, **given)
