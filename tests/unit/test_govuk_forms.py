"""Fields read what people type, keep it on an error, and say what to mend."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms as django_forms

from wherewithal.web.govuk import forms
from wherewithal.web.govuk.rendering import error_summary, field, has_errors

CHOICES = (("a", "I sleep"), ("b", "I wake"), ("none", "None of these"))


class Sample(forms.Form):
    born = forms.GovDateField("Date of birth", called="your date of birth", latest=date(2026, 4, 6))
    price = forms.PoundsField("Price", least=100, most=20_000)
    hours = forms.NumberField("Hours a week", most=168, decimals=2)
    nights = forms.NumberField("Nights a week", most=7)
    sleep = forms.RadioField("What are your nights like?", CHOICES, hints={"b": "More than once"})
    willing = forms.YesNoField("Is she willing?")
    ways = forms.CheckboxesField("Ways", CHOICES, exclusive="none")
    held = forms.SelectField("Who holds it", CHOICES)
    name = forms.TextField("First name", max_length=5)
    nhs = forms.TextField("NHS number")
    words = forms.WordsField("Your words", limit=10)
    agree = forms.ConfirmField("Agreement", statement="I agree", called="that you agree")


GOOD: dict[str, Any] = {
    "born_day": "27",
    "born_month": "Mar",
    "born_year": "1958",
    "price": "£18.5",
    "hours": "7.25",
    "nights": "3",
    "sleep": "b",
    "willing": "no",
    "ways": ["a", "b"],
    "held": "a",
    "name": " Alex ",
    "nhs": "9990000018",
    "words": "The sea",
    "agree": "yes",
}


def sent(**changed: Any) -> Sample:
    return Sample(GOOD | changed)


def test_what_people_type_becomes_exact_values() -> None:
    form = sent()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1958, 3, 27)
    assert form.cleaned_data["price"] == 1850
    assert form.cleaned_data["hours"] == Decimal("7.25")
    assert form.cleaned_data["nights"] == 3
    assert form.cleaned_data["willing"] is False
    assert form.cleaned_data["ways"] == ["a", "b"]
    assert form.cleaned_data["name"] == "Alex"
    assert form.cleaned_data["agree"] is True


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("price", "", "Enter price"),
        ("price", "lots", "Price must be an amount of money, like 12.50 or 1,200"),
        ("price", "0.99", "Price must be £1.00 or more"),
        ("price", "200.01", "Price must be £200.00 or less"),
        ("hours", "7.125", "Hours a week must have no more than 2 decimal places"),
        ("hours", "169", "Hours a week must be 168 or less"),
        ("hours", "-1", "Hours a week must be 0 or more"),
        ("nights", "2.5", "Nights a week must be a whole number"),
        ("nights", "two", "Nights a week must be a number, like 7"),
        ("sleep", "", "Choose an answer to “What are your nights like?”"),
        ("sleep", "made up", "Choose an answer to “What are your nights like?”"),
        ("willing", "", "Choose yes or no for “Is she willing?”"),
        ("ways", [], "Choose ways"),
        ("ways", ["a", "none"], "Choose “None of these” on its own, or choose only the others"),
        ("held", "", "Choose who holds it"),
        ("name", "", "Enter first name"),
        ("name", "Alexandra", "First name must be 5 characters or fewer"),
        ("nhs", "", "Enter NHS number"),
        ("words", "The sea again", "Your words must be 10 characters or fewer"),
        ("agree", "", "Tick the box to confirm that you agree"),
    ],
)
def test_an_error_says_what_to_do(name: str, typed: Any, message: str) -> None:
    assert sent(**{name: typed}).errors == {name: [message]}


@pytest.mark.parametrize(
    ("typed", "message", "box"),
    [
        (("", "", ""), "Enter your date of birth", "day"),
        (("27", "", "1958"), "Your date of birth must include a month", "month"),
        (("", "3", ""), "Your date of birth must include a day and a year", "day"),
        (("31", "2", "1958"), "Your date of birth must be a real date, like 27 3 1958", "day"),
        (("27", "13", "1958"), "Your date of birth must be a real date, like 27 3 1958", "month"),
        (("27", "J", "1958"), "Your date of birth must be a real date, like 27 3 1958", "month"),
        (
            ("27", "3", "58"),
            "Your date of birth must have 4 numbers in the year, like 1958",
            "year",
        ),
        (("7", "4", "2026"), "Your date of birth must be 6 April 2026 or earlier", "day"),
    ],
)
def test_a_date_says_which_box_to_mend(typed: tuple[str, str, str], message: str, box: str) -> None:
    form = sent(born_day=typed[0], born_month=typed[1], born_year=typed[2])
    assert form.errors == {"born": [message]}
    assert f'href="#id_born_{box}"' in error_summary(form)
    markup = field(form["born"])
    assert f'govuk-input--error" id="id_born_{box}"' in markup
    assert message in markup


def test_what_was_typed_is_shown_again_beside_its_error() -> None:
    form = sent(price="lots & lots", born_day="31", born_month="February", sleep="b", held="b")
    assert not form.is_valid()
    assert 'value="lots &amp; lots"' in field(form["price"])
    assert 'value="February"' in field(form["born"])
    assert 'value="b" checked' in field(form["sleep"])
    assert 'value="b" selected' in field(form["held"])


def test_stored_values_are_shown_as_people_write_them() -> None:
    stored = {"price": 123_450, "born": date(1958, 3, 27), "willing": True, "ways": ["a"]}
    form = Sample(initial=stored)
    assert 'value="1,234.50"' in field(form["price"])
    assert 'value="1958"' in field(form["born"])
    assert 'value="yes" checked' in field(form["willing"])
    assert 'value="a" checked' in field(form["ways"])
    assert not has_errors(form)
    assert error_summary(form) == ""


def test_what_was_not_touched_has_not_changed() -> None:
    initial = {"price": 1850, "born": date(1958, 3, 27)}
    same = {"price": "18.50", "born_day": "27", "born_month": "3", "born_year": "1958"}
    assert not {"price", "born"} & set(Sample(same, initial=initial).changed_data)
    assert "born" in Sample(same | {"born_day": "28"}, initial=initial).changed_data


def test_optional_fields_may_be_left_empty() -> None:
    class Optional(forms.Form):
        born = forms.GovDateField("Date of birth", required=False)
        price = forms.PoundsField("Price", required=False)
        willing = forms.YesNoField("Willing?", required=False)
        agree = forms.ConfirmField("Agreement", statement="I agree", required=False)

    form = Optional({})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"born": None, "price": None, "willing": None, "agree": False}


def test_a_label_can_be_the_heading_of_its_page() -> None:
    form = Sample()
    assert '<h1 class="govuk-fieldset__heading">' in field(form["sleep"], heading=True)
    assert '<h1 class="govuk-label-wrapper">' in field(form["name"], heading=True)
    assert "govuk-label--l" in field(form["name"], heading=True)


def test_a_choice_reveals_what_belongs_to_it() -> None:
    inner = field(Sample()["words"])
    assert 'data-aria-controls="conditional-id_sleep-2"' in field(
        Sample()["sleep"], reveals={"b": inner}
    )


def test_labels_and_choices_are_escaped() -> None:
    class Sharp(forms.Form):
        name = forms.RadioField("<b>", (("<i>", "<u>"),), hints={"<i>": "<s>"})

    markup = field(Sharp()["name"])
    assert not any(sharp in markup for sharp in ("<b>", "<i>", "<u>", "<s>"))


def test_djangos_own_fields_render_by_their_widget() -> None:
    class Plain(django_forms.Form):
        email = django_forms.EmailField()
        secret = django_forms.CharField(widget=django_forms.PasswordInput)
        ref = django_forms.CharField(widget=django_forms.HiddenInput)
        one = django_forms.ChoiceField(choices=CHOICES)

    form = Plain({"email": "a@example.org", "secret": "hush", "ref": "W-1", "one": "a"})
    assert 'type="email"' in field(form["email"])
    assert "hush" not in field(form["secret"])
    assert 'type="hidden"' in field(form["ref"])
    assert "govuk-select" in field(form["one"])


def test_the_summary_lists_every_forms_errors_and_the_pages_own() -> None:
    first, second = sent(price=""), Sample(GOOD | {"name": ""}, prefix=None)
    summary = error_summary(first, second, extra=[("Add a line to your plan", "#lines")])
    assert summary.index("Enter price") < summary.index("Enter first name")
    assert '<a href="#lines">Add a line to your plan</a>' in summary
