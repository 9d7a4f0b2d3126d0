"""What is typed to pause payments, to stop them, to start them again, and to pay them otherwise."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wherewithal.dates import long_date
from wherewithal.web.budgets.models import BudgetLine, Pause
from wherewithal.web.govuk.forms import (
    Form,
    GovDateField,
    NumberField,
    PoundsField,
    RadioField,
    TextField,
    WordsField,
)
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.policy.settings import local

EVERY_WAY = "every"
KINDS = [choice for choice in Pause.Kind.choices if choice[0] != Pause.Kind.FROZEN]
YES, NO = "yes", "no"


class PauseForm(Form):
    """Why, which days, which money, and what goes on being paid."""

    kind = RadioField("Why are payments paused?", KINDS, missing="Choose why payments are paused")
    first_day = GovDateField("First day", called="the first day")
    last_day = GovDateField(
        "Last day, if you know it", called="the last day", required=False,
        hint="Leave it empty if nobody knows yet.",
    )  # fmt: skip
    holding = RadioField("Which money?", [], missing="Choose which money is paused")
    pays = RadioField(
        "What goes on being paid?", Pause.Pays.choices, missing="Choose what goes on being paid"
    )
    weekly = PoundsField(
        "The sum that goes on", suffix="a week", required=False,
        hint="Only where a weekly sum goes on: a personal assistant’s wages, for example.",
    )  # fmt: skip
    goes_on = TextField(
        "What the weekly sum is for", required=False, max_length=120,
        hint="The person reads it. For example: Your PA’s wages",
    )  # fmt: skip
    full_days = NumberField(
        "First days on which everything goes on being paid", required=False, most=365,
        suffix="days",
    )  # fmt: skip
    reason = WordsField("The reason", rows=3, missing="Enter the reason. The person reads it.",
                        hint="The person reads it.")  # fmt: skip

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual_days = int(local("hospital_full_days")["hospital_full_days"])
        self.fields["holding"].choices = ways(lines)  # type: ignore[attr-defined]  # a choice field
        self.fields[
            "full_days"
        ].help_text = (
            f"Leave it empty for what is usual: {self.usual_days} days in hospital, else none."
        )

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the pause takes it."""
        given = dict(self.cleaned_data)
        given["holding"] = "" if given["holding"] == EVERY_WAY else given["holding"]
        given["weekly"] = given["weekly"] or 0
        if given["full_days"] is None:
            hospital = given["kind"] == Pause.Kind.HOSPITAL
            usual = hospital and given["pays"] != Pause.Pays.ALL
            given["full_days"] = self.usual_days if usual else 0
        return given


class FreezeForm(Form):
    """Why payments are stopped, who makes sure of support tomorrow, when it is looked at again."""

    first_day = GovDateField("From which day are payments stopped?", called="the first day")
    holding = RadioField("Which money?", [], missing="Choose which money is stopped")
    reason = WordsField(
        "Why are they stopped?", rows=3, missing="Enter why. The person reads it.",
        hint="Say what was seen, not what you suspect. The person reads it, in a letter too.",
    )  # fmt: skip
    safe_cover = WordsField(
        "How does the person have support tomorrow?", rows=4,
        missing="Say who makes sure that the person has support tomorrow, and how",
        hint="Name who provides it, who arranges it, and whom the person rings if nobody comes.",
    )  # fmt: skip
    review_on = GovDateField(
        "When is this looked at again?", called="the day it is looked at again",
        hint="Within 14 days of the first day.",
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holding"].choices = ways(lines)  # type: ignore[attr-defined]  # a choice field

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the pause takes it."""
        given = dict(self.cleaned_data)
        given["holding"] = "" if given["holding"] == EVERY_WAY else given["holding"]
        return given | {"kind": Pause.Kind.FROZEN, "pays": Pause.Pays.NOTHING, "last_day": None}


class LiftForm(Form):
    """From which day everything is paid again, and why."""

    paid_from = GovDateField("From which day is everything paid again?", called="the day")
    reason = WordsField("Why?", rows=3, missing="Enter why. The person reads it.",
                        hint="For example: You came home.")  # fmt: skip

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_from"].help_text = f"Today is {long_date(on)}."


class ScheduleForm(Form):
    """How often one way of holding is paid, and how far ahead."""

    holding = RadioField("Which money?", [], missing="Choose which money this is about")
    weeks_each = RadioField(
        "How often?", [("1", "Every week"), ("2", "Every two weeks"), ("4", "Every four weeks")],
        missing="Choose how often it is paid",
    )  # fmt: skip
    advance_days = NumberField(
        "Days before a payment period begins that its money is there", most=56, suffix="days",
        called="the days ahead", initial=0, hint="0 pays on the first day.",
    )  # fmt: skip
    reason = WordsField("Why is this better for the person?", rows=2, missing="Enter why")

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holding"].choices = ways(lines)[1:]  # type: ignore[attr-defined]  # a choice field


class OnceForm(Form):
    """The day of each sum that is paid once."""

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            if line.one_off:
                self.fields[f"line-{line.pk}"] = GovDateField(
                    f"{line.what}: the day it is needed", called="the day", initial=line.once_on,
                    required=False, hint="Leave it empty to pay it on the first day.",
                )  # fmt: skip

    @property
    def days(self) -> dict[int, date | None]:
        """The day of each line's sum."""
        return {int(name[5:]): day for name, day in self.cleaned_data.items()}


def ways(lines: Iterable[BudgetLine]) -> list[tuple[str, str]]:
    """Return the ways in which a budget's lines are paid out, after "all of it"."""
    held = {line.holding for line in lines} - {PlanLine.Holding.COUNCIL_MANAGED}
    named = [(str(way), str(way.label)) for way in PlanLine.Holding if way in held]
    return [(EVERY_WAY, "All of the money that is paid out"), *named]
