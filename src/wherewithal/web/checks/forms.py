"""What is typed about accounts: talks, looks, sums to ask back, answers, another look."""

from datetime import date
from typing import Any

from wherewithal.careact.direct_payment_reviews import EVENTS
from wherewithal.ledger.surplus import Earmark, EarmarkKind, SurplusFacts
from wherewithal.monitoring.tiers import Tier
from wherewithal.web.checks.actions.surplus import Item
from wherewithal.web.checks.models import ArrangementReview, Flag, LookAgain, SurplusProposal
from wherewithal.web.govuk import forms

ITEMS = 4


class WorryForm(forms.Form):
    """What somebody said or saw."""

    words = forms.WordsField(
        "What was said or seen?", rows=4, missing="Enter what was said or seen, in plain words",
        hint="Write it as you would say it to them. The person can read it.",
    )  # fmt: skip


class TalkForm(forms.Form):
    """What was said about a matter, and what became of it."""

    words = forms.WordsField(
        "What was said?", rows=4, missing="Enter what was said. The person can read it",
        hint="Their own words are best. The person can read this.",
    )  # fmt: skip
    became = forms.RadioField(
        "What comes of it?",
        [
            ("talked", "We talked. It is not settled yet"),
            ("settled", "It is settled"),
            ("referred", "Someone may not be safe: it is passed on to safeguarding"),
        ],
        hints={"referred": "The person may be the one who is harmed. Ring safeguarding today."},
        missing="Choose what comes of it",
    )
    not_kept = forms.ConfirmField(
        "The agreement", statement="It was decided that something in the agreement was not kept",
        required=False, hint="Only where that was talked through, and the person was told.",
    )  # fmt: skip

    def __init__(self, *args: Any, flag: Flag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = {str(status) for status in Flag.TRANSITIONS[Flag.Status(flag.status)]}
        field = self.fields["became"]
        choices = [pair for pair in field.choices if pair[0] in after | {flag.status}]  # type: ignore[attr-defined]  # a choice field
        field.choices = choices  # type: ignore[attr-defined]  # a choice field


class LookForm(forms.Form):
    """What was found when an account was looked at with the person."""

    held_on = forms.GovDateField("When did you look?", called="the day you looked")
    words = forms.WordsField(
        "What did you find?", rows=4, missing="Enter what you found. The person can read it",
        hint="Also what goes well. The person can read this.",
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].latest = on  # type: ignore[attr-defined]  # our date field
        self.fields["held_on"].initial = on


class TierForm(forms.Form):
    """How closely to look, and why."""

    tier = forms.RadioField(
        "How closely do we look?", [(tier.value, tier.label) for tier in Tier],
        missing="Choose how closely we look",
    )  # fmt: skip
    reasons = forms.WordsField("Why?", rows=3, missing="Enter your reasons. The person reads them")


class ReviewForm(LookForm):
    """A review of the direct payment that took place."""

    outcome = forms.RadioField(
        "What happens now?", ArrangementReview.Outcome.choices,
        missing="Choose what happens now",
        hints={"ends": "First make sure that the support goes on another way, without a gap."},
    )  # fmt: skip
    field_order = ("held_on", "words", "outcome")


class CallForm(forms.Form):
    """What calls for a review at once."""

    event = forms.RadioField(
        "What calls for it?", list(EVENTS.items()), missing="Choose what calls for it"
    )
    why = forms.WordsField(
        "What happened?", rows=3, missing="Enter what happened. The person can read it"
    )


class ProposeForm(forms.Form):
    """The figures of an account, what is set aside, and why the money was not spent."""

    on = forms.GovDateField("The day of these figures", called="the day of these figures")
    balance = forms.PoundsField("In the account on that day", least=None)
    weekly_gross = forms.PoundsField("The budget", suffix="a week")
    advance = forms.PoundsField(
        "Paid ahead, for days after that day", required=False,
        hint="Money for days that were still to come. It is not over.",
    )  # fmt: skip
    council_paid_in = forms.PoundsField("The council has paid in")
    own_paid_in = forms.PoundsField("The person has paid in")
    why = forms.RadioField(
        "Why was it not spent?", SurplusProposal.Why.choices,
        missing="Choose why it was not spent. Ask them first",
    )  # fmt: skip
    why_words = forms.WordsField(
        "What did they say?", rows=3, hint="In their own words, and when you asked.",
        missing="Enter what they said. Ask why first: it is often not money to ask for",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in EarmarkKind:
            self.fields[f"sum_{kind}"] = forms.PoundsField(
                f"Set aside: {kind.label}", required=False, called=f"the sum for {kind.label}"
            )
            self.fields[f"why_{kind}"] = forms.TextField(
                f"What for, and why so much: {kind.label}", required=False, max_length=200
            )

    def clean(self) -> dict[str, Any]:
        """Ask why for every sum that is set aside."""
        given = super().clean() or self.cleaned_data
        for kind in EarmarkKind:
            if given.get(f"sum_{kind}") and not (given.get(f"why_{kind}") or "").strip():
                self.add_error(f"why_{kind}", f"Enter why this is set aside for {kind.label}")
        return given

    def facts(self, reserve_weeks: int, nhs_paid_in: int = 0) -> SurplusFacts:
        """Return the figures as the rule takes them, with what the NHS bore of what we paid in."""
        given = self.cleaned_data
        names = ("on", "balance", "weekly_gross", "council_paid_in", "own_paid_in")
        earmarks = tuple(
            Earmark(kind, given[f"sum_{kind}"], given[f"why_{kind}"])
            for kind in EarmarkKind
            if given[f"sum_{kind}"]
        )
        return SurplusFacts(
            **{name: given[name] for name in names}, advance=given["advance"] or 0,
            reserve_weeks=reserve_weeks, earmarks=earmarks,
            nhs_paid_in=min(nhs_paid_in, given["council_paid_in"]),
        )  # fmt: skip


class SpendingForm(forms.Form):
    """What was spent on something else, item by item."""

    why_words = forms.WordsField(
        "What did they say about it?", rows=3, missing="Enter what they said. Ask them first"
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ITEMS + 1):
            first = number == 1
            self.fields[f"on_{number}"] = forms.GovDateField(
                f"Item {number}: the day", required=first, latest=on, called="the day"
            )
            self.fields[f"payee_{number}"] = forms.TextField(
                f"Item {number}: who was paid", required=first, max_length=120
            )
            self.fields[f"pence_{number}"] = forms.PoundsField(
                f"Item {number}: how much", required=first, called="how much"
            )
            self.fields[f"why_{number}"] = forms.TextField(
                f"Item {number}: why it is asked back", required=first, max_length=300
            )
            self.fields[f"rule_{number}"] = forms.TextField(
                f"Item {number}: the line of the plan or agreement", required=first, max_length=200
            )

    def items(self) -> list[Item]:
        """Return the items that were filled in.

        Raises:
            ValidationError: an item lacks something that the person has a right to read.
        """
        given = self.cleaned_data
        return [
            Item(on=given[f"on_{number}"], payee=given[f"payee_{number}"],
                 pence=given[f"pence_{number}"] or 0, why=given[f"why_{number}"],
                 rule=given[f"rule_{number}"])
            for number in range(1, ITEMS + 1)
            if given[f"on_{number}"]
        ]  # fmt: skip


class DecideForm(forms.Form):
    """Whether money is asked back, how much, and why."""

    choice = forms.RadioField(
        "What do you decide?",
        [("leave", "Leave it"), ("ask", "Ask for it, or for part of it")],
        missing="Choose what you decide",
    )
    pence = forms.PoundsField("How much is asked for", required=False, called="how much")
    reasons = forms.WordsField(
        "Why?", rows=4, missing="Enter your reasons. The person reads them",
        hint="Plain words. They stand in the letter.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the sum where one is asked for."""
        given = super().clean() or self.cleaned_data
        if given.get("choice") == "ask" and not given.get("pence") and "pence" not in self.errors:
            self.add_error("pence", "Enter how much is asked for")
        return given


class AnswerForm(forms.Form):
    """What the person says to it."""

    choice = forms.RadioField(
        "What do you say?", SurplusProposal.Answer.choices, missing="Choose what you say"
    )
    words = forms.WordsField(
        "Anything you want us to know", rows=3, required=False,
        hint="If you do not agree, tell us why. A few words are enough.",
    )  # fmt: skip


class GoAheadForm(forms.Form):
    """How a sum is paid back."""

    parts = forms.NumberField("In how many monthly parts?", least=1, most=60, initial=1)
    first_due = forms.GovDateField("When is the first part due?", called="the first day")
    own_share_out = forms.YesNoField(
        "Does the person take their own share out of the account?",
        hints={"no": "It stays in the account, and stays theirs."},
        missing="Choose yes or no: does the person take their own share out?",
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_due"].earliest = on  # type: ignore[attr-defined]  # our date field


class LetGoForm(forms.Form):
    """Why the rest need not be paid back."""

    why = forms.WordsField("Why?", rows=3, missing="Enter your reason. The person reads it")


class AskAgainForm(forms.Form):
    """Which decision, and what seems wrong with it."""

    of = forms.RadioField("What should we look at again?", [], missing="Choose what it is about")
    why = forms.WordsField(
        "What seems wrong?", rows=4, missing="Tell us what seems wrong. A few words are enough",
        hint="A few words are enough. You can also ring us.",
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if len(choices) == 1:
            self.fields["of"].initial = choices[0][0]


class DecideAgainForm(forms.Form):
    """What comes of another look."""

    outcome = forms.RadioField(
        "What do you decide?", LookAgain.Outcome.choices, missing="Choose what you decide"
    )
    reasons = forms.WordsField(
        "Why?", rows=4, missing="Enter your reasons. The person reads them",
        hint="Plain words. They stand in the letter.",
    )  # fmt: skip
