"""Forms of the assessment; a question's form is made from what the scheme declares."""

from datetime import date, timedelta
from typing import Any

from wherewithal.allocation.answers import BETWEEN, read_answer, write_answer
from wherewithal.allocation.explain.sentences import NONE_OF_THESE
from wherewithal.careact.outcomes import ADULT_OUTCOMES, CRITERIA, WELLBEING_AREAS
from wherewithal.scheme import Question
from wherewithal.scheme.parts import NONE_TICKED
from wherewithal.web.assessments.actions import Copy, Findings, Said
from wherewithal.web.assessments.models import Answer
from wherewithal.web.assessments.wording import HELP_WORDS, help_words, ways_of_answering
from wherewithal.web.govuk.forms import (
    CheckboxesField,
    ConfirmField,
    Form,
    GovDateField,
    NumberField,
    RadioField,
    WordsField,
    YesNoField,
)
from wherewithal.web.govuk.look import begin
from wherewithal.web.people.voice import Voice

WITHOUT_VALUE = frozenset(Answer.State) - {Answer.State.ANSWERED}
HOW_GIVEN = (
    ("printed", "On paper"),
    ("large print", "On paper, in large print"),
    ("e-mail", "By e-mail"),
    ("easy read", "Easy read"),
    ("braille", "In braille"),
    ("read aloud", "Read aloud, and left with them"),
    ("signed in", "They read it here, signed in"),
)


class QuestionForm(Form):
    """One question of the scheme. ``state`` is the button pressed where no answer is given."""

    def __init__(
        self, question: Question, voice: Voice, *, before: Answer | None, state: str, **options: Any
    ) -> None:
        super().__init__(**options)
        self.question, self.state = question, state
        answering = state == Answer.State.ANSWERED
        self.fields["value"] = _value_field(question, required=answering)
        if question.helpable:
            percent = before.help_percent if before else 0
            self.fields["help"] = RadioField(
                "How much of this do family or friends do now?",
                [(str(n), help_words(n)) for n in sorted({*HELP_WORDS, percent})],
                hint="The help you need is counted in full first. What they do is looked at after.",
                required=False,
            )
        self.fields["words"] = WordsField(
            "In your own words" if voice.own else f"In {voice.name}’s own words",
            hint="Only if you want to. You can say what a good day and a bad day are like.",
            required=False, rows=3, limit=3000,
        )  # fmt: skip
        self.fields["how"] = RadioField(
            "Who is answering this question?", ways_of_answering(voice), small=True,
            required=answering, missing="Choose who is answering this question",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask how much family does wherever there is something that they could do."""
        given: dict[str, Any] = super().clean() or {}
        if (
            self.state == Answer.State.ANSWERED
            and self.question.helpable
            and given.get("value")
            and not given.get("help")
            and not self._no_need(given["value"])
        ):
            self.add_error(
                "help", "Choose how much family or friends do, or “None of it” if nobody helps"
            )
        return given

    def said(self, otherwise: str) -> Said:
        """Return what was answered; ``otherwise`` is how, where that was not chosen."""
        given = self.cleaned_data
        how, words = given["how"] or otherwise, given["words"]
        if self.state != Answer.State.ANSWERED:
            return Said(state=self.state, how=how, words=words)
        helped = 0 if self._no_need(given["value"]) else int(given.get("help") or 0)
        return Said(self.state, how, _stored(self.question, given["value"]), helped, words)

    def _no_need(self, value: Any) -> bool:
        if self.question.kind == "several":
            return list(value) == [NONE_TICKED]
        options = self.question.options
        return bool(options) and self.question.rising and value == options[0].code


def _stored(question: Question, value: Any) -> str:
    """Write an answer as it is kept: ticked options in the order of the form."""
    if question.kind != "several":
        return str(value)
    return write_answer(question, read_answer(question, BETWEEN.join(value)))


def _value_field(
    question: Question, *, required: bool
) -> RadioField | NumberField | CheckboxesField:
    missing = "Choose the answer that fits best, or “Skip for now” at the end"
    if question.kind == "number":
        return NumberField(
            question.ask, hint=question.hint, heading=True,
            least=question.least, most=question.most,
            required=required, missing="Enter a number, or choose “Skip for now”",
        )  # fmt: skip
    options = [(o.code, o.label) for o in question.options]
    hints = {o.code: o.hint for o in question.options if o.hint}
    if question.kind == "several":
        return CheckboxesField(
            question.ask, [*options, (NONE_TICKED, NONE_OF_THESE)],
            hint=question.hint or "Choose all that apply.", hints=hints, heading=True,
            exclusive=NONE_TICKED, required=required,
            missing=f"Choose all that apply, or “{NONE_OF_THESE}”",
        )  # fmt: skip
    return RadioField(
        question.ask, options, hint=question.hint, hints=hints, heading=True,
        required=required, missing=missing,
    )  # fmt: skip


def told_before(question: Question, before: Answer | None, how: str) -> dict[str, Any]:
    """Return what a question's form begins with: the answer that stands, or only how."""
    if before is None:
        return {"how": how}
    answered = before.state == Answer.State.ANSWERED
    helped = str(before.help_percent) if answered else ""
    value = before.value.split(BETWEEN) if question.kind == "several" else before.value
    return {"value": value, "help": helped, "words": before.words, "how": before.how}


class AboutMeForm(Form):
    """What the person wants us to know before anything else."""

    def __init__(self, voice: Voice, **options: Any) -> None:
        super().__init__(**options)
        self.fields["about_me"] = WordsField(
            f"What should we know about {voice.they} first?",
            hint="Who matters to you. What a good day is. What makes talking with us easier. "
            "You can leave this empty.",
            required=False, rows=8, heading=True, limit=5000,
        )  # fmt: skip


class FinishForm(Form):
    """That the answers are ready; staff also say how a copy was given."""

    def __init__(self, voice: Voice, *, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.fields["ready"] = ConfirmField(
            "Finish the assessment",
            statement=voice.say(
                "These answers are right, as far as I know today.",
                "{name}, or someone who helps, has seen these answers or had them read out.",
            ),
            missing="Tick the box if the answers are ready",
        )
        if voice.staff:
            self.fields.update(_copy_fields(today, f"How was {voice.name} given a copy?"))

    def copy(self) -> Copy | None:
        """Return how a copy was given, where staff said so."""
        given = self.cleaned_data
        return Copy(given["given_on"], given["how"]) if "how" in self.fields else None


class CopyForm(Form):
    """On which day, and how, something was given in writing."""

    def __init__(self, *, today: date, question: str, **options: Any) -> None:
        super().__init__(**options)
        self.fields.update(_copy_fields(today, question))

    def copy(self) -> Copy:
        """Return what was said."""
        return Copy(self.cleaned_data["given_on"], self.cleaned_data["how"])


def _copy_fields(today: date, question: str) -> dict[str, RadioField | GovDateField]:
    return {
        "how": RadioField(question, HOW_GIVEN, missing="Choose how the copy was given"),
        "given_on": GovDateField(
            "On which day?", latest=today, earliest=today - timedelta(days=366), initial=today,
            called="the day the copy was given",
        ),
    }  # fmt: skip


class ReopenForm(Form):
    """Why a finished assessment is opened again."""

    reason = WordsField("Why is it opened again?", hint="The person can read this.", rows=3)


class EligibilityForm(Form):
    """The three tests of SI 2015/313 regulation 2 on one page. Nothing is ticked beforehand."""

    cause = YesNoField(
        "Do the needs come from, or are they linked to, an illness, impairment or disability?",
        hint="No diagnosis is needed.",
    )
    cause_words = WordsField("What are they linked to?", rows=2, required=False)
    looked = ConfirmField(
        "All ten looked at",
        statement="I have looked at all ten, on good and bad days. What is not ticked is managed.",
        missing="Tick the box once you have looked at all ten",
    )
    comes_and_goes = YesNoField("Do the needs come and go?")
    judged_over = WordsField(
        "Over which time did you look?", hint="For example: the last six months.", rows=2,
        required=False,
    )  # fmt: skip
    impact = YesNoField(
        "Is there, or is there likely to be, a significant impact on wellbeing?",
        hint="One thing hit hard is enough. So is a build-up of smaller things.",
    )
    wellbeing = CheckboxesField(
        "Which parts of wellbeing?", [(area.key, begin(area.label)) for area in WELLBEING_AREAS],
        required=False, small=True,
    )  # fmt: skip
    impact_words = WordsField(
        "What is the impact, in words the person will know as theirs?", rows=3,
        missing="Say in words what the impact is, or why there is none",
    )  # fmt: skip
    advice = WordsField(
        "Advice: what could help now, and keep needs from growing?",
        hint="Needed where the decision is “not eligible”. It goes in the letter.",
        rows=4, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for outcome in ADULT_OUTCOMES:
            self.fields[f"unable_{outcome.code}"] = CheckboxesField(
                begin(outcome.label),
                [(each.code, begin(each.label)) for each in CRITERIA],
                required=False, small=True,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the words that each answer makes necessary."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("cause") is False and not given.get("cause_words"):
            self.add_error("cause_words", "Say what the needs come from, if not from these")
        if given.get("comes_and_goes") and not given.get("judged_over"):
            self.add_error("judged_over", "Say which days, weeks or months you looked at")
        if given.get("impact") and not given.get("wellbeing"):
            self.add_error("wellbeing", "Choose at least one part of wellbeing")
        if not self.errors and not self.findings().decided.eligible and not given["advice"]:
            self.add_error(
                "advice", "This decides “not eligible”. Write advice on what could help now"
            )
        return given

    def findings(self) -> Findings:
        """Return what was found."""
        given = self.cleaned_data
        codes = (outcome.code for outcome in ADULT_OUTCOMES)
        return Findings(
            cause=given["cause"], cause_words=given["cause_words"],
            unable={code: frozenset(given[f"unable_{code}"]) for code in codes},
            impact=given["impact"], impact_words=given["impact_words"],
            wellbeing=tuple(given["wellbeing"]), comes_and_goes=bool(given["comes_and_goes"]),
            judged_over=given["judged_over"], advice=given["advice"],
        )  # fmt: skip
