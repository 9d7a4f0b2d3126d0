"""Forms whose fields know how they look; templates render them with ``field(form["name"])``.

Every field takes its label first and the keywords of :class:`~wherewithal.web.govuk.look.Common`.
What was typed is always shown again beside its error.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Unpack

from django import forms
from django.core.exceptions import ValidationError

from wherewithal.money import parse_pounds, pounds
from wherewithal.web.govuk.date_field import GovDateField
from wherewithal.web.govuk.look import Choices, Common, Width, begin, called, django_options, looks

__all__ = [
    "CheckboxesField",
    "ConfirmField",
    "Form",
    "GovDateField",
    "NumberField",
    "PoundsField",
    "RadioField",
    "SelectField",
    "TextField",
    "WordsField",
    "YesNoField",
]


MOST_PENCE = 999_999_999
"""£9,999,999.99: more than anyone means, and small enough to be kept and added up."""
MOST_NUMBER = 999_999
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


class Form(forms.Form):
    """A form of our fields: no colons after labels, no browser bubbles over our own messages."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class TextField(forms.CharField):
    """One line of text, stripped of spaces at its ends. Gives ``str``."""

    def __init__(
        self,
        label: str,
        *,
        width: Width | None = None,
        max_length: int = 200,
        autocomplete: str = "",
        spellcheck: bool | None = None,
        widget: forms.Widget | None = None,
        **common: Unpack[Common],
    ) -> None:
        options = django_options(label, common, verb="Enter")
        super().__init__(
            max_length=max_length, widget=widget or forms.TextInput(), empty_value="", **options
        )
        self.error_messages["max_length"] = _too_long(label, common, max_length)
        self.look = looks(
            "input",
            common,
            classes=f"govuk-input--width-{width}" if width else "",
            autocomplete=autocomplete,
            spellcheck=spellcheck,
        )


class WordsField(forms.CharField):
    """Several lines in someone's own words. ``limit`` shows how many characters are left."""

    def __init__(
        self, label: str, *, rows: int = 5, limit: int | None = None, **common: Unpack[Common]
    ) -> None:
        options = django_options(label, common, verb="Enter")
        longest = limit or 20_000
        super().__init__(max_length=longest, widget=forms.Textarea(), **options)
        self.error_messages["max_length"] = _too_long(label, common, longest)
        self.look = looks("textarea", common, rows=rows, limit=limit, spellcheck=True)


class PoundsField(forms.Field):
    """An amount as people type it. Gives ``int`` pence, or ``None`` where it is left empty."""

    def __init__(
        self,
        label: str,
        *,
        least: int | None = 0,
        most: int | None = None,
        suffix: str = "",
        width: Width = 10,
        **common: Unpack[Common],
    ) -> None:
        super().__init__(widget=forms.TextInput(), **django_options(label, common, verb="Enter"))
        self.least, self.most = least, MOST_PENCE if most is None else most
        self.called = called(label, common)
        self.look = looks(
            "input",
            common,
            classes=f"govuk-input--width-{width}",
            prefix="£",
            suffix=suffix,
            inputmode="decimal",
            spellcheck=False,
        )

    def to_python(self, value: Any) -> int | None:
        """Read pounds and pence into pence."""
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            pence = parse_pounds(str(value))
        except ValueError:
            message = f"{begin(self.called)} must be an amount of money, like 12.50 or 1,200"
            raise ValidationError(message, code="invalid") from None
        if self.least is not None and pence < self.least:
            raise ValidationError(f"{begin(self.called)} must be {pounds(self.least)} or more")
        if pence > self.most:
            raise ValidationError(f"{begin(self.called)} must be {pounds(self.most)} or less")
        return pence

    def prepare_value(self, value: Any) -> Any:
        """Show stored pence as pounds, and what was typed as it was typed."""
        return pounds(value, symbol="") if isinstance(value, int) else value


class NumberField(forms.Field):
    """A plain number. Gives ``int``, or ``Decimal`` where ``decimals`` is more than 0."""

    def __init__(
        self,
        label: str,
        *,
        least: int | None = 0,
        most: int | None = None,
        decimals: int = 0,
        suffix: str = "",
        width: Width = 5,
        **common: Unpack[Common],
    ) -> None:
        super().__init__(widget=forms.TextInput(), **django_options(label, common, verb="Enter"))
        self.least, self.decimals = least, decimals
        self.most = MOST_NUMBER if most is None else most
        self.called = called(label, common)
        self.look = looks(
            "input",
            common,
            classes=f"govuk-input--width-{width}",
            suffix=suffix,
            inputmode="decimal" if decimals else "numeric",
            spellcheck=False,
        )

    def to_python(self, value: Any) -> int | Decimal | None:
        """Read the number; a comma only where thousands have one, since 24,5 is not 245."""
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        name = begin(self.called)
        if _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        if "," in text:
            raise ValidationError(f"{name} must have a full stop for the decimal point, like 7.5")
        if not _NUMBER.fullmatch(text):
            raise ValidationError(f"{name} must be a number, like {7.5 if self.decimals else 7}")
        number = Decimal(text)
        if self.least is not None and number < self.least:
            raise ValidationError(f"{name} must be {self.least:,} or more")
        if number > self.most:
            raise ValidationError(f"{name} must be {self.most:,} or less")
        if abs(number) > MOST_NUMBER:
            raise ValidationError(f"{name} must be -{MOST_NUMBER:,} or more")
        if number != round(number, self.decimals):
            places = f"have no more than {self.decimals} decimal places"
            raise ValidationError(f"{name} must {places if self.decimals else 'be a whole number'}")
        return number if self.decimals else int(number)


class RadioField(forms.ChoiceField):
    """One of a few. ``hints`` are by value; ``dividers`` say what stands before a value ("or")."""

    def __init__(
        self,
        label: str,
        choices: Choices,
        *,
        hints: Mapping[str, str] | None = None,
        dividers: Mapping[str, str] | None = None,
        inline: bool = False,
        small: bool = False,
        **common: Unpack[Common],
    ) -> None:
        options = django_options(label, common, verb="Choose")
        super().__init__(choices=choices, widget=forms.RadioSelect(), **options)
        self.error_messages["invalid_choice"] = options["error_messages"]["required"]
        self.look = looks(
            "radios",
            common,
            classes=_radio_classes(inline=inline, small=small),
            hints=hints or {},
            dividers=dividers or {},
        )


class YesNoField(forms.TypedChoiceField):
    """Yes or no, neither chosen beforehand. Gives ``True``, ``False``, or ``None``."""

    def __init__(
        self,
        label: str,
        *,
        hints: Mapping[str, str] | None = None,
        inline: bool = True,
        small: bool = False,
        **common: Unpack[Common],
    ) -> None:
        options = django_options(label, common, verb="Choose")
        if not (common.get("missing") or common.get("called")):
            options["error_messages"]["required"] = f"Choose yes or no for “{label}”"
        super().__init__(
            choices=(("yes", "Yes"), ("no", "No")),
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect(),
            **options,
        )
        self.error_messages["invalid_choice"] = options["error_messages"]["required"]
        classes = _radio_classes(inline=inline and not hints, small=small)
        self.look = looks("radios", common, classes=classes, hints=hints or {})

    def prepare_value(self, value: Any) -> Any:
        """Show a stored answer as the choice it came from."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class CheckboxesField(forms.MultipleChoiceField):
    """Any of a few. Gives ``list[str]``. ``exclusive`` is the value that rules out the others."""

    def __init__(
        self,
        label: str,
        choices: Choices,
        *,
        hints: Mapping[str, str] | None = None,
        exclusive: str = "",
        small: bool = False,
        **common: Unpack[Common],
    ) -> None:
        options = django_options(label, common, verb="Choose")
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple(), **options)
        self.error_messages["invalid_choice"] = options["error_messages"]["required"]
        self.exclusive = exclusive
        self.look = looks(
            "checkboxes",
            common,
            classes="govuk-checkboxes--small" if small else "",
            hints=hints or {},
            dividers={exclusive: "or"} if exclusive else {},
            exclusive=exclusive,
        )

    def validate(self, value: Any) -> None:
        """Refuse the exclusive choice together with another."""
        super().validate(value)
        if self.exclusive in value and len(value) > 1:
            labels = {str(key): str(text) for key, text in _pairs(self.choices)}
            alone = labels[self.exclusive]
            raise ValidationError(f"Choose “{alone}” on its own, or choose only the others")


class ConfirmField(forms.BooleanField):
    """One box to tick before going on. Gives ``True`` (or ``False`` where not required)."""

    def __init__(self, label: str, *, statement: str, **common: Unpack[Common]) -> None:
        options = django_options(label, common, verb="Tick the box to confirm")
        super().__init__(widget=forms.CheckboxInput(), **options)
        self.statement = statement
        self.look = looks("checkboxes", common)


class SelectField(forms.ChoiceField):
    """One of many, in a drop-down list. ``empty`` is the text of "nothing chosen yet"."""

    def __init__(
        self, label: str, choices: Choices, *, empty: str = "Choose one", **common: Unpack[Common]
    ) -> None:
        options = django_options(label, common, verb="Choose")
        first = [("", empty)] if empty else []
        super().__init__(choices=[*first, *choices], widget=forms.Select(), **options)
        self.error_messages["invalid_choice"] = options["error_messages"]["required"]
        self.look = looks("select", common)


def _radio_classes(*, inline: bool, small: bool) -> str:
    chosen = {"govuk-radios--inline": inline, "govuk-radios--small": small}
    return " ".join(name for name, on in chosen.items() if on)


def _too_long(label: str, common: Common, limit: int) -> str:
    return f"{begin(called(label, common))} must be {limit:,} characters or fewer"


def _pairs(choices: Any) -> list[tuple[Any, Any]]:
    return list(choices)


_NUMBER = re.compile(r"-?\d+(\.\d+)?|-?\.\d+")
