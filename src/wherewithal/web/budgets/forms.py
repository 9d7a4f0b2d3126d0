"""Forms of sign-off and holding; the charge has its own in ``charge_forms``."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wherewithal.careact.direct_payments import SCHEDULE_1
from wherewithal.careact.paying_relatives import RELATIONSHIPS
from wherewithal.web.budgets.models import BudgetLine, Decision
from wherewithal.web.govuk.forms import (
    CheckboxesField,
    ConfirmField,
    Form,
    GovDateField,
    PoundsField,
    RadioField,
    SelectField,
    TextField,
    WordsField,
    YesNoField,
)
from wherewithal.web.plans.forms import MOST_FOR_A_LINE
from wherewithal.web.plans.models import PlanLine

AUTHORISED_BY = (
    ("mca", "They have a welfare power of attorney, or are a deputy"),
    (
        "agreed_with_mca_person",
        "The attorney or deputy, and the council, agree that they are suitable",
    ),
    ("council", "Nobody has that power; the council finds them suitable"),
    ("appointee", "They look after benefits only (appointee)"),
)


class ProposeForm(Form):
    """From which day the support is to be paid for."""

    starts = GovDateField(
        "From which day should the budget run?", called="the day the budget starts",
        hint="For example: 7 12 2026",
    )  # fmt: skip


class DecisionForm(Form):
    """What is decided, the sum of each line, and why."""

    kind = RadioField("What do you decide?", Decision.Kind.choices, called="what you decide")
    reasons = WordsField(
        "Your reasons", required=False, rows=4,
        hint="The person reads them. You must give them if you change a sum, if it is less than the"
        " budget before it, if you send the plan back, or record what the panel decided.",
    )  # fmt: skip
    end_earlier = ConfirmField(
        "The budget that is running now",
        required=False,
        statement="End it the day before this one starts",
    )

    def __init__(
        self, *args: Any, lines: Iterable[BudgetLine], panel: bool, earlier: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            choice for choice in Decision.Kind.choices if not (panel and choice[0] == "to-panel")
        ]
        labels = {"sign-off": "Sign it off", "to-panel": "Send it to the panel",
                  "return": "Send it back to be changed"}  # fmt: skip
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a choice field
            (key, labels[key]) for key, _ in kinds
        ]
        if not earlier:
            del self.fields["end_earlier"]
        self.line_fields = []
        for line in lines:
            if line.weekly:
                name = f"line-{line.pk}"
                self.fields[name] = PoundsField(
                    line.what, suffix="a week", initial=line.weekly, most=MOST_FOR_A_LINE
                )
                self.line_fields.append(name)

    @property
    def line_boxes(self) -> list[Any]:
        """The boxes for the sums of the lines."""
        return [self[name] for name in self.line_fields]

    @property
    def weekly(self) -> dict[int, int]:
        """Pence a week by line."""
        return {int(name[5:]): self.cleaned_data[name] for name in self.line_fields}

    def clean(self) -> dict[str, Any]:
        """Ask for reasons where the plan goes back."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Decision.Kind.RETURN and not cleaned.get("reasons"):
            self.add_error("reasons", "Enter your reasons. The person reads them.")
        return cleaned


class EndForm(Form):
    """The last day of a budget, and why it ends."""

    last_day = GovDateField(
        "What is the last day?", called="the last day", hint="This day is still paid for."
    )
    reasons = WordsField("Why does the budget end?", rows=3, called="why the budget ends",
                         hint="The person reads this.")  # fmt: skip

    def __init__(
        self, *args: Any, died: bool = False, notice: tuple[int, date] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if died:
            self.fields["reasons"].help_text = "Whoever sees to their affairs may read this."
        elif notice is not None:
            weeks, today = notice
            last = self.fields["last_day"]
            last.initial = today + timedelta(weeks=weeks)
            last.help_text = (
                f"This day is still paid for. Our council gives {weeks} weeks’ notice before a"
                " direct payment ends. Choose a sooner day only if the person asks for it, or it"
                " can’t go on."
            )


class HoldingForm(Form):
    """How each line is held."""

    def __init__(
        self, *args: Any, lines: Iterable[BudgetLine], direct_allowed: bool, today: date,
        notice: int | None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for line in lines:
            choices = [
                choice
                for choice in PlanLine.Holding.choices
                if direct_allowed or choice[0] != "direct-payment" or line.holding == choice[0]
            ]
            self.fields[f"line-{line.pk}"] = SelectField(
                line.what, choices, empty="", initial=line.holding,
                called=f"how “{line.what}” is held",
            )  # fmt: skip
        self.fields["reason"] = WordsField(
            "Why does it change?", rows=3, required=False, called="why it changes",
            hint="The person reads this. If it ends a direct payment, say what happened, what you"
            " talked about, and what goes on instead.",
        )  # fmt: skip
        if notice is not None:
            self.fields["first_day"] = GovDateField(
                "If a direct payment ends: its first day in the new way", earliest=today,
                called="the first day in the new way", initial=today + timedelta(weeks=notice),
                hint=f"Our council gives {notice} weeks’ notice in writing. Choose a sooner day"
                " only if the person asks for it, or it can’t go on. Days that are paid for"
                " already come first.",
            )  # fmt: skip

    @property
    def choices(self) -> dict[int, str]:
        """How each line is to be held, by line."""
        given = self.cleaned_data.items()
        return {int(name[5:]): value for name, value in given if name.startswith("line-")}


class DirectPaymentForm(Form):
    """The facts on which a direct payment is decided."""

    has_capacity_for_this = YesNoField(
        "Can the person decide for themselves to ask for this direct payment?",
        hint="This is about this one decision, today. Everyone is taken to be able to, unless it "
        "is "
        "shown that they are not.",
    )
    manages = RadioField(
        "Who will look after it?",
        [("alone", "The person, alone"), ("help", "The person, with help"),
         ("other", "Someone who may decide for them"), ("no", "Nobody can, even with help")],
        called="who will look after it",
    )  # fmt: skip
    has_nominee = YesNoField(
        "Has the person chosen someone else to receive the money?", required=False
    )
    nominee_agrees = YesNoField("If so, does that person agree?", required=False)
    orders = CheckboxesField(
        "Does any of these apply?",
        [*SCHEDULE_1.items(), ("none", "None of these")],
        exclusive="none",
        small=True,
        called="whether any of these orders applies",
        missing="Choose the orders that apply, or “None of these”",
    )
    appropriate = YesNoField("Is a direct payment a good way to meet these needs?")
    why_not = WordsField(
        "If you said no anywhere, why?", required=False, rows=3,
        hint="About this person. They read it.",
    )  # fmt: skip
    authorised_by = SelectField(
        "By what right do they act?", AUTHORISED_BY, required=False, empty="Does not apply"
    )
    other_mca_person = YesNoField(
        "Does anyone else have legal power to decide about care?", required=False
    )
    mca_person_supports = YesNoField("If so, do they support the request?", required=False)
    best_interests = YesNoField("Will they act in the person’s best interests?", required=False)
    family_or_friend = YesNoField(
        "Are they family or a friend who is involved in the care?", required=False
    )
    pays_someone_known = YesNoField("Will it pay a partner, a relative, a friend or a lodger?")
    relationship = SelectField(
        "Who is that to the person?",
        list(RELATIONSHIPS.items()),
        required=False,
        empty="Does not apply",
    )
    same_household = YesNoField("Do they live in the same home?", required=False)
    purpose = SelectField(
        "What would they be paid for?",
        [("care", "Giving care"), ("administration", "Looking after the money")],
        required=False,
        empty="Does not apply",
    )
    necessary = YesNoField("Does the council find it necessary to pay them?", required=False)
    necessary_reason = WordsField("Why, or why not?", required=False, rows=3)

    def clean(self) -> dict[str, Any]:
        """Ask who would be paid where someone known would be."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("pays_someone_known"):
            asked = {"relationship": "Choose who that is to the person",
                     "same_household": "Choose yes or no: do they live in the same home?",
                     "purpose": "Choose what they would be paid for"}  # fmt: skip
            for name, message in asked.items():
                if cleaned.get(name) in (None, ""):
                    self.add_error(name, message)
            if cleaned.get("necessary") is not None and not cleaned.get("necessary_reason"):
                self.add_error("necessary_reason", "Enter why it is, or is not, necessary")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the answers as they are kept and as the rules take them."""
        given = self.cleaned_data
        why = given["why_not"].strip()
        judged = {"manage": given["manages"] != "no", "appropriate": given["appropriate"],
                  "best_interests": given["best_interests"]}  # fmt: skip
        names = (
            "has_capacity_for_this",
            "appropriate",
            "has_nominee",
            "nominee_agrees",
            "other_mca_person",
            "mca_person_supports",
            "best_interests",
            "family_or_friend",
        )
        return {name: given[name] for name in names} | {
            "manages": given["manages"],
            "can_manage": given["manages"] != "no",
            "authorised_by": given["authorised_by"] or None,
            "orders": [order for order in given["orders"] if order != "none"],
            "why_not": {name: why for name, met in judged.items() if met is False and why},
            "payee": self._payee() if given["pays_someone_known"] else None,
        }

    def _payee(self) -> dict[str, Any]:
        names = ("relationship", "same_household", "purpose", "necessary", "necessary_reason")
        return {name: self.cleaned_data[name] for name in names}


class AgreementForm(Form):
    """A signature under the direct payment agreement."""

    name = TextField("Your full name", max_length=120, autocomplete="name")
    signed_on = GovDateField("When was it signed?", called="the day it was signed")
    agrees = ConfirmField("Agreement", statement="I have read these terms and agree to them",
                          missing="Tick the box to agree, or leave this page")  # fmt: skip

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].latest = on  # type: ignore[attr-defined]  # our date field
        self.fields["signed_on"].initial = on
