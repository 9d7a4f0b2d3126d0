"""Forms for costs because of disability: the person's request, and the decision about it."""

from typing import Any

from wherewithal.charging.rules import kinds
from wherewithal.web.budgets.charges.models import ExpenseClaim
from wherewithal.web.budgets.charges.rows import OFTEN, labels_of
from wherewithal.web.govuk.forms import (
    Form,
    NumberField,
    PoundsField,
    RadioField,
    SelectField,
    TextField,
    WordsField,
)

MOST_FOR_A_COST = 5_000_000  # pence

Status = ExpenseClaim.Status


class AskForm(Form):
    """One cost: what it is, what it comes to, and why it is because of disability."""

    kind = RadioField(
        "What kind of cost is it?", labels_of("expenses"), small=True, called="what kind it is",
        hints={key: kind.example for key, kind in kinds("expenses").items()},
    )  # fmt: skip
    what = TextField("What do you pay for?", hint="For example: powder for extra washing.",
                     called="what you pay for")  # fmt: skip
    pence = PoundsField("How much is it?", called="how much it is", least=1, most=MOST_FOR_A_COST,
                        hint="Your best guess is fine.")  # fmt: skip
    every = SelectField("How often do you pay it?", OFTEN, empty="", initial="week")
    sharers = NumberField(
        "How many adults share this cost?", least=1, most=20, initial=1, width=3,
        called="how many adults share it", hint="Count yourself. If only you have it, enter 1.",
    )  # fmt: skip
    why = WordsField(
        "Why do you have this cost because of your disability?", rows=4, limit=1000,
        called="why you have this cost", hint="A sentence is enough.",
    )  # fmt: skip
    evidence = WordsField(
        "What could show it?", rows=2, limit=500, required=False,
        hint="You do not have to fill this in. A bill, a receipt, a letter from a nurse.",
    )  # fmt: skip


class DecideForm(Form):
    """Allowed, allowed in part, or not, with reasons."""

    status = RadioField(
        "What do you decide?",
        [
            (Status.ALLOWED, "Allow all of it"),
            (Status.PART, "Allow a part of it"),
            (Status.REFUSED, "Do not allow it"),
        ],
        called="what you decide",
    )
    allowed_pence = PoundsField("The part you allow", required=False, called="the part you allow",
                                most=MOST_FOR_A_COST)  # fmt: skip
    reasons = WordsField(
        "Your reasons", rows=4, limit=2000, required=False,
        hint="The person reads them. Say what it is about this cost, not about a rule. It need not"
        " be in the support plan, and a fixed sum is never a reason to refuse more.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for reasons wherever less than all is allowed."""
        given = super().clean() or self.cleaned_data
        cut = given.get("status") in {Status.PART, Status.REFUSED}
        if cut and not given.get("reasons"):
            self.add_error("reasons", "Enter your reasons. The person reads them")
        unsaid = not given.get("allowed_pence") and "allowed_pence" not in self.errors
        if given.get("status") == Status.PART and unsaid:
            self.add_error("allowed_pence", "Enter the part you allow")
        return given
