"""A comma is read only where it can mean nothing but thousands."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from wherewithal.web.govuk.forms import NumberField


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", "7"), ("7.5", "7.5"), ("1,200", "1200"), ("1,200.5", "1200.5"), (" 24 ", "24")],
)
def test_numbers_as_people_type_them(typed: str, number: str) -> None:
    assert NumberField("How many?", decimals=2).clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["24,5", "24,50", "1,2,3", "1,20"])
def test_a_decimal_comma_is_never_read_as_ten_times_as_much(typed: str) -> None:
    with pytest.raises(ValidationError, match="full stop"):
        NumberField("How many?", decimals=2).clean(typed)
