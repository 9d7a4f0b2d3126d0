"""The form of the financial assessment: which check it is, and the person's circumstances."""

from collections.abc import Mapping
from typing import Any

from wherewithal.charging.facts import PREMIUMS
from wherewithal.charging.rules import kinds
from wherewithal.web.budgets.charges.rows import QuietForm, labels_of
from wherewithal.web.govuk.forms import (
    CheckboxesField,
    ConfirmField,
    GovDateField,
    NumberField,
    PoundsField,
    RadioField,
    SelectField,
    WordsField,
    YesNoField,
)

LIGHT_GROUNDS = {
    "over-limit": "Savings are clearly above the limit, and the person does not want a full check",
    "small-charge": "The charge is small and can clearly be paid",
    "no-ability": "Benefits show that the person cannot pay",
}


class ChargeForm(QuietForm):
    """Which check this is, and the person's circumstances."""

    starts = GovDateField("From which day does this count?", called="the day it counts from")
    kind = RadioField(
        "Which check is this?",
        [
            ("full", "A full money check"),
            ("light", "A short money check"),
            ("none", "Nothing to charge for"),
        ],
        hints={
            "light": "Only if the person agrees, and what you saw shows it is enough.",
            "none": "All of the support is of a kind that is never charged for.",
        },
        called="which check this is",
    )
    ground = SelectField(
        "Why is a short check enough?", list(LIGHT_GROUNDS.items()), required=False
    )
    consent = YesNoField("Does the person agree to a short check?", required=False)
    evidence = WordsField("What did you see that shows it?", required=False, rows=3)
    never = SelectField("Which kind of support is it?", (), required=False)
    household = RadioField(
        "Who is in the household?",
        [
            ("single", "One adult"),
            ("lone-parent", "One adult with children"),
            ("couple", "A couple"),
        ],
        called="who is in the household",
        hint="Only the person’s own money counts, never a partner’s.",
    )
    pension_age = YesNoField("Has the person reached State Pension age?")
    partner_pension_age = YesNoField("Has their partner reached it?", required=False)
    children = NumberField("How many children do they support?", required=False, initial=0, most=20)
    premiums = CheckboxesField(
        "Which additions do they get, or would they?",
        [(key, key.replace("-", " ").capitalize() + " premium") for key in sorted(PREMIUMS)],
        required=False, small=True, hint="They raise what the person keeps.",
    )  # fmt: skip
    night_care = YesNoField(
        "Does the support include care at night?", required=False,
        hint="Where it does not, our council may leave out what a benefit pays for that.",
    )  # fmt: skip
    none_housing = ConfirmField(
        "Costs of the home", required=False, statement="I asked. There are none to take off.",
    )  # fmt: skip
    none_expenses = ConfirmField(
        "Extra costs because of disability", required=False,
        statement="I asked, and named examples. There are none.",
    )  # fmt: skip
    none_free = ConfirmField(
        "Parts that sound free", required=False,
        statement="I looked at each of them. The law lets us charge for it.",
    )  # fmt: skip
    deprivation = WordsField(
        "Why do you count money that was given up or given away?", required=False, rows=3,
        hint="Paying less must have been a strong reason, and they must have been able to see"
        " that they would need support. Say what shows it. The person reads this.",
    )  # fmt: skip
    offered_both = YesNoField(
        "Did you offer a couple a look at both of their money?", required=False,
        hint="It can only lower what the person pays. The partner is free to say no.",
    )  # fmt: skip
    partner_income = PoundsField(
        "The partner’s own income that counts", required=False, suffix="a week",
        hint="Only if the partner wants to show it.", called="the partner’s income",
    )  # fmt: skip
    partner_capital = PoundsField(
        "The partner’s own savings", required=False, called="the partner’s savings"
    )
    asked_to_arrange = YesNoField(
        "Does the person pay in full, and ask us to arrange their support?", required=False,
    )  # fmt: skip
    fee_told_on = GovDateField(
        "When were they told what the fee is?", required=False, called="the day they were told"
    )
    fee_agreed_on = GovDateField(
        "When did they agree to it?", required=False, called="the day they agreed"
    )
    confirmed = ConfirmField(
        "Figures nobody has confirmed", required=False,
        statement="I have checked these figures against the official ones for this year",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["never"].choices = [("", "Choose one"), *labels_of("free")]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask what each kind of check needs."""
        cleaned = super().clean() or self.cleaned_data
        asked = {
            "light": {"ground": "Choose why a short check is enough",
                      "consent": "Choose whether the person agrees to a short check",
                      "evidence": "Enter what you saw that shows a short check is enough"},
            "none": {"never": "Choose which kind of support it is"},
        }  # fmt: skip
        for name, message in asked.get(cleaned.get("kind", ""), {}).items():
            if cleaned.get(name) in (None, ""):
                self.add_error(name, message)
        couple = cleaned.get("household") == "couple" and cleaned.get("kind") == "full"
        if couple and cleaned.get("offered_both") is None:
            self.add_error("offered_both", "Choose whether you offered a look at both partners")
        return cleaned

    def ask_what_is_missing(
        self, sums: Mapping[str, list[dict[str, Any]]], sound_free: Mapping[str, str]
    ) -> bool:
        """Ask for what a full check needs to know but has not been told; say if nothing is missing.

        Costs of the home, and of disability, are either listed or were asked about and not there.
        ``sound_free`` are parts of the plan, by what they are, with the free service each sounds
        like: whoever pays in full would pay for them too, so a short check asks as well.
        """
        given = self.cleaned_data
        listed = {row["kind"] for row in sums["free"]}
        left = [what for what, kind in sound_free.items() if kind not in listed]
        if left and given["kind"] != "none" and not given["none_free"]:
            self.add_error(
                "none_free",
                f"Nobody is charged for some things. List “{left[0]}” under the parts that are"
                " never charged for, or tick that you looked",
            )
            return False
        if given["kind"] != "full":
            return True
        income = {row["kind"] for row in sums["income"]}
        given_up = income | {row["kind"] for row in sums["capital"]}
        benefits = {key for key, rule in kinds("income").items() if rule.disability_benefit}
        questions = (
            (not sums["housing"] and not given["none_housing"], "none_housing",
             "Ask about rent, Council Tax and other costs of the home, then list them or tick"),
            (not sums["expenses"] and not given["none_expenses"], "none_expenses",
             "Ask about extra costs because of disability, then list them or tick the box"),
            (bool(income & benefits) and given["night_care"] is None, "night_care",
             "Choose whether the support includes care at night"),
            (bool(given_up & {"notional-income", "notional-capital"}) and not given["deprivation"],
             "deprivation", "Enter why you count money that was given up or given away"),
        )  # fmt: skip
        for missing, name, message in questions:
            if missing:
                self.add_error(name, message)
        return not any(missing for missing, _, _ in questions)

    def facts(self) -> dict[str, Any]:
        """Return the circumstances as they are kept."""
        given = self.cleaned_data
        found: dict[str, Any] = {
            "kind": given["kind"],
            "household": given["household"],
            "pension_age": given["pension_age"],
            "partner_pension_age": bool(given["partner_pension_age"]),
            "children": given["children"] or 0,
            "premiums": sorted(given["premiums"]),
        }
        if given["kind"] == "full":
            found |= self._asked()
        if given["kind"] == "light":
            found["light"] = {name: given[name] for name in ("ground", "consent", "evidence")}
        if given["kind"] == "none":
            found["none"] = {"kind": given["never"]}
        return found

    def _asked(self) -> dict[str, Any]:
        """Return what was asked beside the sums, as it is kept."""
        given = self.cleaned_data
        found: dict[str, Any] = {
            "asked_none": [name for name in ("housing", "expenses") if given[f"none_{name}"]],
            "no_night_care": given["night_care"] is False,
            "offered_both": given["offered_both"],
        }
        if given["deprivation"]:
            found["deprivation"] = given["deprivation"]
        if given["household"] == "couple" and given["partner_income"] is not None:
            found["partner"] = {
                "income": given["partner_income"], "capital": given["partner_capital"] or 0,
            }  # fmt: skip
        if given["asked_to_arrange"]:
            days = {name: given[f"fee_{name}"] for name in ("told_on", "agreed_on")}
            found["arrangement"] = {"asked_us": True} | {
                name: day.isoformat() if day else None for name, day in days.items()
            }
        return found
