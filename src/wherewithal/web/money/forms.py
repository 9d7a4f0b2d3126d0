"""Forms about personal assistants, and about spending."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from wherewithal.dates import age_on
from wherewithal.employing.assistants import HOURS
from wherewithal.money import pounds
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.govuk.forms import (
    CheckboxesField,
    Form,
    GovDateField,
    NumberField,
    PoundsField,
    RadioField,
    SelectField,
    TextField,
    WordsField,
    YesNoField,
)
from wherewithal.web.money.models import Assistant, Question
from wherewithal.web.people.models import Person

YOUNGEST = 16
FIRST_DAY = date(2025, 4, 6)
"""There are no figures for an employer before it."""
FACTS = {
    "has_other_pay": "They have another job, or a pension",
    "apprentice": "They are an apprentice",
}
COVER_MOST = 100_000_000_000


class AssistantForm(Form):
    """Who someone's personal assistant is, and what has been done about it."""

    name = TextField(
        "What do you call them?", width=20, max_length=80, autocomplete="off",
        called="the name you call them", missing="Enter the name you call them",
        hint="A first name is enough. Nobody else sees it but the people who help you with this.",
    )  # fmt: skip
    employed = YesNoField(
        "Do you employ them?", missing="Choose yes if you employ them, or no if they send bills",
        hint="Choose no if they work for themselves and send you bills.",
    )  # fmt: skip
    born = GovDateField(
        "When were they born?", called="the day they were born",
        hint="The least pay goes by age. We show only the age band. For example, 27 3 1988",
    )  # fmt: skip
    starts = GovDateField("Their first day of work", hint="It can be in the past or still to come.")
    ends = GovDateField(
        "Their last day of work", required=False, hint="Leave it empty while they work for you."
    )
    regular = YesNoField(
        "Do they work the same hours every week?",
        hint="Paid holiday is worked out in another way if the hours change.",
    )
    facts = CheckboxesField(
        "Is any of this so?", tuple(FACTS.items()), required=False, hint="Tick all that are."
    )
    right_to_work_on = GovDateField(
        "When did you look at their papers to work here?", required=False,
        called="the day you looked at their papers", hint="Leave it empty if you have not yet.",
    )  # fmt: skip
    statement_on = GovDateField(
        "When did you give them the terms of the job in writing?", required=False,
        called="the day of the written terms", hint="Leave it empty if you have not yet.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, on: date, person: Person, assistant: Assistant | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.person, self.assistant = person, assistant
        for name in ("born", "right_to_work_on", "statement_on"):
            self.fields[name].latest = on  # type: ignore[attr-defined]  # our date field

    def clean_name(self) -> str:
        """Refuse a name that another assistant has."""
        name: str = self.cleaned_data["name"]
        others = self.person.assistants.filter(name=name)
        if self.assistant is not None:
            others = others.exclude(pk=self.assistant.pk)
        if others.exists():
            raise ValidationError("You have an assistant of this name. Add a second name")
        return name

    def clean(self) -> dict[str, Any]:
        """Hold the days against one another."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        born, starts, ends = data.get("born"), data.get("starts"), data.get("ends")
        if born and starts and age_on(born, starts) < YOUNGEST:
            self.add_error("born", f"They must be {YOUNGEST} or older on their first day")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last day must be the first day or later")
        return data

    def values(self) -> dict[str, Any]:
        """Return the fields of the model."""
        facts = self.cleaned_data["facts"]
        kept = {name: value for name, value in self.cleaned_data.items() if name != "facts"}
        return kept | {name: name in facts for name in FACTS}


class RateForm(Form):
    """What one kind of hour is paid, from which day, and how many there are a week."""

    kind = RadioField("Which hours?", tuple((key.value, text) for key, text in HOURS.items()))
    hours = NumberField(
        "How many of these hours in a usual week?", least=0, most=168, decimals=2,
        called="the hours in a week", hint="For example: 12 or 7.5. Put 0 for now and then.",
    )  # fmt: skip
    pence = PoundsField("Pay for an hour", called="the pay for an hour", least=1, most=99_999)
    starts = GovDateField(
        "From which day?", called="the day it begins",
        hint="A change of pay or of hours is a new entry from its first day.",
    )  # fmt: skip

    def __init__(self, *args: Any, assistant: Assistant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].earliest = assistant.starts  # type: ignore[attr-defined]  # our date field


class PlaceForm(Form):
    """What an employer has in place."""

    insured_until = GovDateField(
        "Until when are you insured?", required=False, called="the day the insurance ends",
        hint="Employers’ liability insurance. Leave it empty if you have none yet.",
    )  # fmt: skip
    insured_since = GovDateField(
        "When did you last pay for it?", required=False, called="the day you paid for it"
    )
    insurance_yearly = PoundsField(
        "What did a year of it cost?",
        required=False,
        most=999_999,
        called="what a year of it costs",
    )
    insured_for = PoundsField(
        "How much does it cover?", required=False, most=COVER_MOST, called="how much it covers",
        hint="The paper says so. It is often £5,000,000 or £10,000,000.",
    )  # fmt: skip
    has_paye = YesNoField(
        "Are you registered with HMRC as an employer (PAYE)?", required=False,
        hint="Leave it if you do not know.",
    )  # fmt: skip
    claims_allowance = YesNoField(
        "Do you claim the Employment Allowance?", required=False,
        hint="It takes National Insurance off. Whoever does your payslips knows.",
    )  # fmt: skip
    has_pension = YesNoField("Have you set up a workplace pension?", required=False)
    payroll_by = TextField(
        "Who does the payslips?", required=False, max_length=120, called="who does the payslips",
        hint="We do not make payslips here. A payroll service does, or you can.",
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """Return the fields of the model."""
        claimed = bool(self.cleaned_data["claims_allowance"])
        return self.cleaned_data | {"claims_allowance": claimed}

    def clean(self) -> dict[str, Any]:
        """Hold the days against one another."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = data.get("insured_since"), data.get("insured_until")
        if since and until and until < since:
            self.add_error("insured_until", "The insurance must end after you paid for it")
        return data


class PayslipForm(Form):
    """What the payslip of one month says."""

    month = SelectField("Which month?", (), called="the month")
    gross = PoundsField("Pay before anything is taken off", called="the pay")
    taken_off = PoundsField(
        "Tax and National Insurance taken from the pay", called="what is taken off", initial=0
    )
    own_pension = PoundsField(
        "Pension taken from the pay", called="the pension taken off", initial=0
    )
    employer_insurance = PoundsField(
        "National Insurance that you pay on top", called="the National Insurance on top", initial=0
    )
    employer_pension = PoundsField(
        "Pension that you pay on top", called="the pension on top", initial=0
    )
    hours = NumberField("Hours worked", least=0, most=744, decimals=2, called="the hours worked")
    holiday_hours = NumberField(
        "Hours of paid holiday taken", least=0, most=744, decimals=2, initial=0,
        called="the hours of holiday",
    )  # fmt: skip
    paid = CheckboxesField(
        "Is any of this done?",
        (("tax", "HMRC has been paid for this month"), ("pension", "The pension has been paid")),
        required=False,
    )

    def __init__(self, *args: Any, months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = months  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Refuse a payslip on which more is taken off than was earned."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        taken = (data.get("taken_off") or 0) + (data.get("own_pension") or 0)
        if "gross" in data and taken > data["gross"]:
            self.add_error("taken_off", f"{pounds(taken)} is taken off, more than was earned")
        return data

    def values(self) -> dict[str, Any]:
        """Return the fields of the model, the month aside."""
        kept = {name: value for name, value in self.cleaned_data.items()
                if name not in {"month", "paid"}}  # fmt: skip
        paid = self.cleaned_data["paid"]
        return kept | {"tax_paid": "tax" in paid, "pension_paid": "pension" in paid}

    @property
    def first_day(self) -> date:
        """The first day of the month that was chosen."""
        return date.fromisoformat(self.cleaned_data["month"])


class AskForm(Form):
    """“May I use it for …?”"""

    words = WordsField(
        "What would you like to use the money for?", rows=3, limit=500,
        missing="Write what you would like to use the money for",
        hint="In your own words. Say what it would help with.",
    )  # fmt: skip
    line = SelectField(
        "Which part of the plan is it for?", (), required=False, empty="I am not sure"
    )

    def __init__(self, *args: Any, lines: list[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {str(line.pk): line for line in lines}
        choices = [(key, line.what) for key, line in self.lines.items()]
        self.fields["line"].choices = [*self.fields["line"].choices, *choices]  # type: ignore[attr-defined]  # a choice field


class AnswerForm(Form):
    """Yes, yes if, or no: and why."""

    verdict = RadioField("May the money be used for this?", Question.Verdict.choices)
    condition = WordsField(
        "If “yes, if”: what has to be so?", rows=2, limit=400, required=False,
        called="what has to be so",
    )  # fmt: skip
    reasons = WordsField(
        "Why?", rows=4, limit=1000, missing="Write why, in words the person can read",
        hint="The person reads this. A “no” says what they could do instead.",
    )  # fmt: skip
    rule = TextField(
        "Which rule says so?", required=False, max_length=200, called="the rule",
        hint="The plan, the agreement, or the law. Leave it empty if it is your judgement.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the condition of a “yes, if”."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("verdict") == Question.Verdict.YES_IF and not data.get("condition"):
            self.add_error("condition", "Write what has to be so for it to be a yes")
        return data


class PrecedentForm(Form):
    """An answer told again, so that it could be anybody's."""

    asked = WordsField(
        "The question, as anybody might ask it", rows=2, limit=300, called="the question",
        hint="No names, places, illnesses or sums that show who asked.",
    )  # fmt: skip
    condition = WordsField(
        "What has to be so", rows=2, limit=400, required=False, called="what has to be so"
    )
    reasons = WordsField("The answer, and why", rows=4, limit=1000, called="the answer")


class ReadForm(Form):
    """What the second reader of an answer for everybody decides."""

    publish = YesNoField("Publish this answer for everybody?", called="whether to publish it")
    note = WordsField(
        "If not, why?", rows=2, limit=400, required=False, called="why it is not published"
    )

    def clean(self) -> dict[str, Any]:
        """Ask why, where it is turned down."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("publish") is False and not data.get("note"):
            self.add_error("note", "Write why it is not published")
        return data


class WithdrawForm(Form):
    """Why an answer for everybody is no longer so."""

    note = WordsField("Why is it no longer so?", rows=2, limit=400, called="why it is no longer so")


class SearchForm(Form):
    """What somebody looks for in the guide."""

    q = TextField("May I use it for …?", required=False, max_length=120, called="what it is for")


def hours_text(hours: Decimal) -> str:
    """Write hours without needless noughts: ``7.5``, ``12``."""
    return f"{hours.normalize():f}"
