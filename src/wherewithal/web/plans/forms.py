"""Forms of the support plan."""

from collections.abc import Sequence
from typing import Any

from wherewithal.careact.outcomes import ADULT_OUTCOMES
from wherewithal.careact.outcomes import Outcome as CareActOutcome
from wherewithal.money import pounds
from wherewithal.web.govuk.forms import (
    CheckboxesField,
    Form,
    NumberField,
    PoundsField,
    RadioField,
    SelectField,
    TextField,
    WordsField,
    YesNoField,
)
from wherewithal.web.plans.models import PlanLine, SupportPlan

MOST_FOR_A_LINE = 99_999_999  # pence: more is a slip, and a plan's lines must still add up
HOLDING_MEANINGS = {
    PlanLine.Holding.DIRECT_PAYMENT: "The money comes to an account for it, and you buy the "
    "support. You can have help to look after it.",
    PlanLine.Holding.COUNCIL_MANAGED: "The council buys the support for you. You still say how "
    "you want it done.",
    PlanLine.Holding.ISF: "A provider holds the money for you and must spend it the way you say. "
    "It first says what it takes for that: its fee is a line of the plan of its own.",
    PlanLine.Holding.THIRD_PARTY: "Someone else holds the money and pays the bills. You decide.",
    PlanLine.Holding.TRUST: "A small group of people you trust holds the money for you by law.",
}


class AboutForm(Form):
    """What matters most, in the person's words."""

    about = WordsField(
        "What matters most?", heading=True, rows=8, required=False,
        hint="Use the person’s own words: people, places, routines, what a good day is like.",
    )  # fmt: skip


class WhoForm(Form):
    """Who leads the plan, and who took part."""

    led_by = RadioField("Who is leading this plan?", SupportPlan.Led.choices, required=False)
    involved = WordsField(
        "Who else took part?", required=False, rows=4,
        hint="Names are enough. If someone who helps did not take part, say why.",
    )  # fmt: skip


class OutcomeForm(Form):
    """One thing the person wants from life."""

    words = WordsField(
        "What should life be like?", rows=3, limit=600, called="what life should be like",
        hint="In the person’s own words. For example: I want to see my sister every week.",
    )  # fmt: skip


class LineForm(Form):
    """One piece of support: what, who, how often, at what price, for which need."""

    what = TextField(
        "What is it?",
        missing="Enter what the support is",
        hint="For example: help with washing and dressing.",
        max_length=200,
    )
    provider = TextField(
        "Who will give this support?",
        required=False,
        max_length=120,
        called="who gives this support",
        hint="Leave it empty if you do not know yet.",
    )
    outcome = SelectField(
        "What does it help with?", (), required=False, empty="No single thing in the plan"
    )
    needs = CheckboxesField(
        "Which needs does it meet?", (), small=True, hint="Tick all that fit.",
        missing="Choose at least one need that this support meets",
    )  # fmt: skip
    quantity = NumberField(
        "How many?", decimals=2, least=0, called="how many", hint="For example: 7 or 1.5"
    )
    unit = SelectField("How many of what?", PlanLine.Unit.choices, called="what is counted")
    every = RadioField("How often?", PlanLine.Every.choices, called="how often")
    unit_price = PoundsField("Price of one", called="the price of one", most=MOST_FOR_A_LINE)
    holding = RadioField(
        "How should the money for this be held?", PlanLine.Holding.choices,
        hints={key.value: text for key, text in HOLDING_MEANINGS.items()},
        hint="You can choose differently for each kind of support, and change your mind later.",
        called="how the money is held",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        outcomes: Sequence[tuple[str, str]],
        needs: Sequence[CareActOutcome],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "No single thing in the plan"), *outcomes,
        ]  # fmt: skip
        shown = needs or ADULT_OUTCOMES
        self.fields["needs"].choices = [  # type: ignore[attr-defined]  # a choice field
            (need.code, need.label[:1].upper() + need.label[1:]) for need in shown
        ]

    def clean_quantity(self) -> Any:
        """Refuse nothing at all."""
        quantity = self.cleaned_data["quantity"]
        if quantity is not None and quantity <= 0:
            self.add_error("quantity", "How many must be more than 0")
        return quantity

    def clean(self) -> dict[str, Any]:
        """Keep what is bought once apart from what comes again and again."""
        cleaned = super().clean() or self.cleaned_data
        once = PlanLine.Unit.ONCE.value
        if cleaned.get("unit") == once and cleaned.get("every") not in {once, None}:
            self.add_error("every", "Choose “once only” for something that is bought one time")
        number, price = cleaned.get("quantity"), cleaned.get("unit_price")
        if number and price and number * price > MOST_FOR_A_LINE:
            most = pounds(MOST_FOR_A_LINE)
            self.add_error("quantity", f"So many at this price come to more than {most}")
        return cleaned


class RiskForm(Form):
    """A risk the person chooses to take."""

    what = WordsField("What is the risk?", rows=3, called="what the risk is")
    why = WordsField("Why is it worth it?", rows=3, called="why it is worth it")
    safer = WordsField("What would make it safer?", rows=3, required=False)


class ContingencyForm(Form):
    """What happens when something goes wrong."""

    contingency = WordsField(
        "What happens if something goes wrong?",
        heading=True,
        rows=6,
        required=False,
        hint="For example: if a helper is ill, if the bus does not come, if a night is bad."
        " Who to ring first?",
    )


class AdviceForm(Form):
    """Advice that belongs in every plan."""

    advice = WordsField(
        "What could make needs less?", rows=4, required=False,
        hint="For example: equipment, exercises, changes at home, a class or a group.",
    )  # fmt: skip
    advice_preventing = WordsField(
        "What could stop new needs, or put them off?", rows=4, required=False,
        hint="For example: a falls check, an eye test, a break for someone who helps.",
    )  # fmt: skip


class AboveForm(Form):
    """Why the plan costs more than the first figure."""

    why_above = WordsField(
        "Why does the plan cost more than the first figure?", heading=True, rows=6, required=False,
        hint="A plan may cost more. The person who signs it off reads your reasons.",
    )  # fmt: skip


class NeedsForm(Form):
    """Why the council will not meet a need that no support in the plan covers."""

    def __init__(self, *args: Any, needs: Sequence[CareActOutcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need in needs:
            self.fields[need.code] = WordsField(
                f"Why will the council not meet “{need.label}”?", rows=3, required=False,
                hint="For example: someone is willing and able to help. Leave it empty if support "
                "for it still has to be added.",
            )  # fmt: skip


class AgreeForm(Form):
    """Whether the person agrees with the plan."""

    agrees = YesNoField("Does the person agree with this plan?")
    steps_to_agree = WordsField(
        "If not, what has been done to agree?", required=False, rows=4,
        hint="Say what was talked about and what would help.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask what was done where the person does not agree."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("agrees") is False and not cleaned.get("steps_to_agree"):
            self.add_error("steps_to_agree", "Enter what has been done to agree")
        return cleaned
