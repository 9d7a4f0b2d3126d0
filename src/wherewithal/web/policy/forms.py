"""Forms for schemes and settings; a setting's field follows its unit."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wherewithal.charging.parameters import newest_figure
from wherewithal.money import pounds
from wherewithal.web.govuk.forms import (
    Form,
    GovDateField,
    NumberField,
    PoundsField,
    TextField,
    WordsField,
    YesNoField,
)
from wherewithal.web.policy.choices import Choice

DIGITS = re.compile(r"(\d+) digits")
CHARACTERS = re.compile(r"(\d+) characters")
PLAIN = re.compile(r"[A-Za-z0-9 .&/\-]+")
LARGEST = 1_000_000
NATIONAL: Mapping[str, Callable[[], int]] = {
    "upper_capital_limit": lambda: newest_figure("upper-capital-limit"),
    "lower_capital_limit": lambda: newest_figure("lower-capital-limit"),
}
"""Choices that may never be lower than the national figure."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class DraftForm(Form):
    """A scheme's document, as a file or pasted."""

    file = forms.FileField(
        required=False,
        label="A file from your computer",
        help_text="A workbook (.xlsx) or a YAML file, up to 1 MB.",
    )
    document = WordsField("Or paste the document here", rows=20, required=False, limit=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].max_length = LARGEST  # type: ignore[attr-defined]  # a text field
        self.fields["document"].validators = []
        self.fields["document"].strip = False  # type: ignore[attr-defined]  # indents mean something

    def clean(self) -> dict[str, Any]:
        """Take the file where there is one, the pasted text otherwise.

        A workbook is handed on as ``workbook``, with an empty ``document``.
        """
        data = super().clean() or self.cleaned_data
        file = data.get("file")
        data["workbook"] = b""
        if file is not None and file.name.lower().endswith(".xlsx"):
            data["document"], data["workbook"] = "", self._whole(file)
            return data
        if file is not None:
            data["document"] = self._read(file)
        if not str(data.get("document") or "").strip() and not self.errors:
            self.add_error("document", "Choose a file, or paste a document")
        if len(data.get("document") or "") > LARGEST:
            self.add_error("document", "The document must be smaller than 1 MB")
        if UNPRINTABLE.search(data.get("document") or ""):
            self.add_error(
                "document", "The document must be plain text: it holds signs that can’t be shown"
            )
        return data

    def _whole(self, file: Any) -> bytes:
        if file.size > LARGEST:
            self.add_error("file", "The file must be smaller than 1 MB")
            return b""
        return bytes(file.read())

    def _read(self, file: Any) -> str:
        try:
            return self._whole(file).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error(
                "file", "The file must be text in UTF-8. Save it as “YAML” or “plain text”"
            )
            return ""


class PublishForm(Form):
    """From which day a version is used."""

    on = GovDateField(
        "From which day is it used?",
        hint="Today or later. From this day every new figure uses it.",
        called="the day",
    )


class WithdrawForm(Form):
    """Why a version is taken out of use."""

    why = WordsField("Why is it taken out of use?", rows=3, limit=500, called="the reason")


class SettingForm(Form):
    """One setting, with the field its unit asks for."""

    def __init__(self, *args: Any, choice: Choice, value: int | str | bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice, self.value_now = choice, value
        self.fields["value"] = _field(choice, value)
        if choice.equality:
            self.fields["equality"] = WordsField(
                "Who could lose by this change, and what else did you think of?",
                rows=4, required=False, limit=2000, called="who could lose by this change",
                hint="Say it for disabled people, older and younger people, and carers. It is kept"
                " with the change.",
            )  # fmt: skip

    def clean_value(self) -> int | str | bool:
        """Return the value as it is kept: numbers, plain text, dates as ISO text."""
        value = self.cleaned_data["value"]
        kept: int | str | bool = value.isoformat() if isinstance(value, date) else value
        if problem := _problem(self.choice, value):
            raise ValidationError(problem)
        return kept

    def clean(self) -> dict[str, Any]:
        """Ask for an equality note wherever a choice that needs one changes."""
        given = super().clean() or self.cleaned_data
        changes = "value" in given and given["value"] != self.value_now
        if self.choice.equality and changes and not given.get("equality"):
            self.add_error("equality", "Enter who could lose by this change")
        return given


def _field(choice: Choice, value: int | str | bool) -> forms.Field:
    label, hint = choice.label, choice.why
    match choice.unit:
        case "pence a week":
            return PoundsField(label, hint=hint, suffix="a week", initial=value)
        case "pence" | "pence a year":
            every = choice.unit.removeprefix("pence").strip()
            return PoundsField(label, hint=hint, suffix=every, initial=value)
        case "percent":
            return NumberField(label, hint=hint, most=100, suffix="%", initial=value)
        case "weeks" | "days" | "months" | "years" | "people" | "pay periods" | "working days":
            return NumberField(
                label,
                hint=hint,
                least=choice.least or (1 if choice.default else 0),
                most=520,
                suffix=choice.unit,
                initial=value,
            )
        case "date":
            return GovDateField(label, hint=hint, initial=date.fromisoformat(str(value)))
        case "yes or no":
            return YesNoField(label, hint=hint, initial=bool(value))
        case _:
            return TextField(label, hint=hint, initial=value, max_length=120, width=30)


def _problem(choice: Choice, value: Any) -> str:
    if choice.key == "payment_anchor" and value.weekday() != 0:
        return "The day must be a Monday: payment periods begin on Mondays"
    if choice.key in NATIONAL and 0 < value < (lowest := NATIONAL[choice.key]()):
        return f"Our own limit can’t be below the national one, which is {pounds(lowest)}"
    if choice.key == "council_email" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Enter an email address like care@example.org"
    digits, most = DIGITS.fullmatch(choice.unit), CHARACTERS.fullmatch(choice.unit)
    if digits and not re.fullmatch(rf"[0-9]{{{digits[1]}}}", value):
        example = "123456789"[: int(digits[1])]
        return f"{choice.label} must be {digits[1]} digits, like {example}"
    if most and (len(value) > int(most[1]) or not PLAIN.fullmatch(value)):
        kinds = "plain letters, digits, spaces or . & / -"
        return f"{choice.label} must be {most[1]} {kinds} at most"
    return ""
