"""A date as three boxes: day, month, year; with an error that says which box to mend."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Unpack

from django import forms
from django.core.exceptions import ValidationError

from wherewithal.dates import long_date
from wherewithal.web.govuk.look import Common, begin, called, django_options, looks

PARTS = ("day", "month", "year")
EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)  # beyond them a year is a slip
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)


class DateWidget(forms.MultiWidget):
    """Three text boxes named ``…_day``, ``…_month`` and ``…_year``."""

    def __init__(self) -> None:
        super().__init__(widgets={part: forms.TextInput() for part in PARTS})

    def decompress(self, value: Any) -> list[str]:
        """Split a date over the three boxes."""
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        return list(value) if value else ["", "", ""]


class GovDateField(forms.Field):
    """A date. Gives ``datetime.date``, or ``None`` where all three boxes are empty.

    ``earliest`` and ``latest`` are inclusive; a form sets them from its own ``on=`` argument
    (``self.fields["born"].latest = on``), for no clock is read here.
    """

    def __init__(
        self,
        label: str,
        *,
        earliest: date | None = None,
        latest: date | None = None,
        birthday: bool = False,
        **common: Unpack[Common],
    ) -> None:
        super().__init__(widget=DateWidget(), **django_options(label, common, verb="Enter"))
        self.earliest, self.latest = earliest, latest
        self.called = called(label, common)
        self.look = looks("date-input", common, autocomplete="bday" if birthday else "")

    def clean(self, value: Any) -> date | None:
        """Read the three boxes, or say which of them to mend."""
        typed = [str(part or "").strip() for part in value or ("", "", "")]
        if not any(typed):
            if self.required:
                raise ValidationError(self.error_messages["required"], params={"parts": PARTS})
            return None
        found = self._real_date(typed)
        self._check_limits(found)
        self.run_validators(found)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was typed with what was shown."""
        shown: list[str] = self.widget.decompress(initial)
        return bool(list(data or ("", "", "")) != shown)

    def _real_date(self, typed: Sequence[str]) -> date:
        missing = tuple(part for part, text in zip(PARTS, typed, strict=True) if not text)
        if missing:
            wanted = " and ".join(f"a {part}" for part in missing)
            raise self._error(f"must include {wanted}", missing)
        day, month, year = _number(typed[0]), month_number(typed[1]), _number(typed[2])
        if year is not None and len(typed[2]) != 4:
            raise self._error("must have 4 numbers in the year, like 1958", ("year",))
        if year is None or month is None or day is None or not 1 <= day <= 31:
            values = zip(PARTS, (day, month, year), strict=True)
            wrong = tuple(part for part, number in values if number is None) or ("day",)
            raise self._error("must be a real date, like 27 3 1958", wrong)
        try:
            return date(year, month, day)
        except ValueError:
            raise self._error("must be a real date, like 27 3 1958", ("day",)) from None

    def _check_limits(self, found: date) -> None:
        earliest, latest = self.earliest or EARLIEST, self.latest or LATEST
        if found < earliest:
            raise self._error(f"must be {long_date(earliest)} or later", PARTS)
        if found > latest:
            raise self._error(f"must be {long_date(latest)} or earlier", PARTS)

    def _error(self, wrong: str, parts: tuple[str, ...]) -> ValidationError:
        return ValidationError(f"{begin(self.called)} {wrong}", params={"parts": parts})


def month_number(typed: str) -> int | None:
    """Read a month as people write it: ``4``, ``04``, ``April`` or ``Apr``."""
    number = _number(typed)
    if number is not None:
        return number if 1 <= number <= 12 else None
    starts = [i for i, name in enumerate(_MONTHS, 1) if name.startswith(typed.lower().rstrip("."))]
    return starts[0] if len(typed) >= 3 and len(starts) == 1 else None


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() else None
