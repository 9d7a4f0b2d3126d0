"""One page with every part in every state: a living reference, and a thing to test."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wherewithal.web.govuk import forms

ON = date(2026, 4, 6)
CHOICES = (
    ("none", "I manage on my own"),
    ("some", "I need a little help"),
    ("much", "I need a lot of help"),
    ("unsaid", "I would rather not say"),
)


class EveryField(forms.Form):
    """One of each kind of field."""

    first_name = forms.TextField("First name", width=20, autocomplete="given-name")
    nhs_number = forms.TextField(
        "NHS number", hint="10 numbers, on any letter from the NHS", width=10, required=False
    )
    born = forms.GovDateField(
        "Date of birth", called="your date of birth", hint="For example, 27 3 1958", latest=ON
    )
    washing = forms.RadioField(
        "How do you manage washing?",
        CHOICES,
        hints={"some": "Someone is there, or helps with one thing"},
        dividers={"unsaid": "or"},
        missing="Choose how you manage washing",
    )
    willing = forms.YesNoField("Is your sister able and willing to go on helping?")
    formats = forms.CheckboxesField(
        "How shall we write to you?",
        (("print", "Large print"), ("audio", "Sound recording"), ("any", "Any way will do")),
        exclusive="any",
        missing="Choose how we shall write to you",
    )
    held = forms.SelectField("Who holds the money", (("dp", "I do"), ("isf", "A provider does")))
    price = forms.PoundsField("Price for one hour", most=20_000, suffix="an hour", width=5)
    hours = forms.NumberField("Hours a week", most=168, decimals=2, suffix="hours")
    story = forms.WordsField(
        "What would you like to say?",
        limit=400,
        hint="In your own words",
        missing="Enter what you would like to say",
    )
    agree = forms.ConfirmField(
        "Your agreement", statement="I have read this and I agree", called="that you agree"
    )


class OneThing(forms.Form):
    """One question as the whole page."""

    nights = forms.RadioField("What are your nights like?", CHOICES, heading=True)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every part; ``?errors`` shows every field's error instead."""
    return render(request, "govuk/styleguide.jinja", context(errors="errors" in request.GET))


def context(*, errors: bool = False) -> dict[str, Any]:
    """Return what the style guide's template shows."""
    filled = {"first_name": "Alex", "born": date(1958, 3, 27), "price": 1850, "willing": True}
    typed = {"born_day": "31", "born_year": "1958", "price": "lots", "hours": "7.125"}
    return {
        "form": EveryField(typed) if errors else EveryField(initial=filled),
        "one_thing": OneThing(prefix="one"),
        "page": Paginator(range(200), 20).page(4),
        "items": TIMELINE,
        "lines": REASONS,
        "tasks": TASKS,
        "sums": SUMS,
        "rows": ROWS,
        "figures": FIGURES,
        "road": ROAD,
        "visits": VISITS,
        "tabs": TABS,
    }


TIMELINE = [
    {
        "title": "Indicative budget worked out",
        "by": "R. Practitioner",
        "at": datetime(2026, 4, 6, 13, 5, tzinfo=UTC),
        "text": "£312.40 a week, from version 3 of the standard adult scheme.",
        "href": "#budget",
        "link_text": "See how it was worked out",
    },
    {
        "title": "Assessment finished",
        "by": "A. Person",
        "at": datetime(2026, 4, 2, 9, 0, tzinfo=UTC),
    },
    {"title": "First contact", "at": date(2026, 3, 30), "text": "By phone, from a neighbour."},
]
REASONS = [
    {
        "title": "Washing and dressing",
        "text": "You need a little help",
        "amount": "+£84.00",
        "kind": "added",
    },
    {
        "title": "Nights",
        "text": "Someone is up with you twice",
        "amount": "+£266.40",
        "kind": "added",
    },
    {"title": "Before your family’s help", "amount": "£350.40", "kind": "subtotal"},
    {
        "title": "What your sister is able and willing to do",
        "text": "She told us on 2 April 2026.",
        "amount": "−£38.00",
        "kind": "taken",
    },
    {"title": "Your indicative budget, each week", "amount": "£312.40", "kind": "total"},
]
TASKS = [
    {"title": "About you", "href": "#about", "hint": "2 of 2 answered", "status": "Completed"},
    {"title": "Your days", "href": "#days", "status": "Begun", "colour": "teal"},
    {"title": "Your nights", "href": "#nights", "status": "Not begun", "colour": "blue"},
    {"title": "Check your answers", "status": "Cannot start yet"},
]
SUMS = [
    {"label": "Your plan", "pence": 33_900},
    {"label": "Indicative budget", "pence": 31_240, "muted": True},
]
ROWS = [
    {
        "key": "Name",
        "value": "Alex Made-Up",
        "actions": [{"text": "Change", "href": "#name", "about": "name"}],
    },
    {
        "key": "Written to in",
        "value": "Large print",
        "actions": [{"text": "Change", "href": "#print", "about": "how we write"}],
    },
    {"key": "Lives", "value": "Alone"},
]
FIGURES = [
    {"label": "Paid so far", "amount": "£1,249.60", "note": "since 6 April 2026"},
    {"label": "Left to spend", "amount": "£402.15"},
    {"label": "Next payment", "amount": "£1,249.60", "unit": "on 4 May"},
]
ROAD = [
    {"text": "Say what life is like", "state": "done"},
    {"text": "See your figure", "state": "done"},
    {"text": "Make your plan", "state": "now"},
    {"text": "Agree it", "state": "next"},
    {"text": "Money starts", "state": "next"},
]
VISITS = [
    ["Help at home", "Made-up Care", "7 hours", "£18.50", "£129.50"],
    ["A friend to go swimming with", "Personal assistant", "3 hours", "£15.20", "£45.60"],
]
TABS = [
    {"text": "Overview", "href": "#overview", "current": True},
    {"text": "Assessment", "href": "#assessment", "current": False},
    {"text": "Plan", "href": "#plan", "current": False},
    {"text": "Budget", "href": "#budget-page", "current": False},
]
