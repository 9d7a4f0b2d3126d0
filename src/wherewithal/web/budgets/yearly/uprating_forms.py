"""The form of a new year's charges: its first day, and what each income is taken to become."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.forms import BoundField

from wherewithal.charging.parameters import ParametersError
from wherewithal.charging.rules import kinds
from wherewithal.charging.uprating import published_rates, usual_assumptions
from wherewithal.money import pounds
from wherewithal.web.budgets.yearly.figures import book
from wherewithal.web.govuk.forms import Form, GovDateField, NumberField, TextField, WordsField

Rates = Mapping[str, tuple[tuple[int, int], ...]]
"""Kinds of income, each with its published rates of one year beside those of the next, pence."""
COSTS = {"housing": "Costs of the home", "expenses": "Costs because of disability"}


class NewYearForm(Form):
    """From which day, and by how much each kind of income and cost changes, on what grounds."""

    starts = GovDateField(
        "On which day do the new charges begin?", called="the first day",
        hint="Usually the Monday on or after 6 April. People are told before.",
    )  # fmt: skip

    def __init__(self, *args: Any, starts: date, year: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial = starts
        usual, rates = usual_assumptions(year), rates_into(starts)
        self.knows_rates = bool(rates)
        for name, label in _kinds().items():
            found = usual.get(name)
            self.fields[f"percent-{name}"] = NumberField(
                f"{label}: change in percent", least=-50, most=100, decimals=2, width=4,
                suffix="%", initial=float(found.percent) if found else 0,
                called=f"the change of {label}", hint=_rates_told(rates.get(name, ())),
            )  # fmt: skip
            self.fields[f"source-{name}"] = TextField(
                f"{label}: where that comes from", required=False, max_length=300,
                initial=found.source if found else "", called=f"where {label} is from",
            )  # fmt: skip

    def rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """Yield the label and the two boxes of each kind."""
        for name, label in _kinds().items():
            yield label, self[f"percent-{name}"], self[f"source-{name}"]

    def clean(self) -> dict[str, Any]:
        """Ask where each change comes from."""
        given = super().clean() or self.cleaned_data
        for name, label in _kinds().items():
            if given.get(f"percent-{name}") and not given.get(f"source-{name}"):
                self.add_error(f"source-{name}", f"Enter where the change of {label} comes from")
        return given

    def assumed(self) -> dict[str, Any]:
        """Return the assumptions as they are kept, with the published rates of both years."""
        given = self.cleaned_data
        rates = _rates(given["starts"])
        return {
            name: {
                "percent": str(given[f"percent-{name}"]),
                "rates": [list(pair) for pair in rates.get(name, ())],
                "source": given[f"source-{name}"] or ("Published rates" if name in rates else ""),
            }
            for name in _kinds()
        }


class DropForm(Form):
    """Why a run is given up."""

    why = WordsField("Why do you give it up?", rows=3, limit=500, called="why you give it up")


def rates_into(starts: date) -> Rates:
    """Return the published rates of both years by kind; none where a year has no figures yet."""
    try:
        return _rates(starts)
    except ParametersError:
        return {}


def _rates(starts: date) -> Rates:
    known = book()
    before = known.parameters(date(starts.year - 1, starts.month, min(starts.day, 28)))
    return published_rates(before, known.parameters(starts))


def _rates_told(pairs: Iterable[tuple[int, int]]) -> str:
    told = ", ".join(f"{pounds(old)} becomes {pounds(new)}" for old, new in dict(pairs).items())
    return f"Published: {told}. The change is for any other sum." if told else ""


def _kinds() -> dict[str, str]:
    counted = {
        key: rule.label[:1].upper() + rule.label[1:]
        for key, rule in kinds("income").items()
        if rule.treatment != "disregarded"
    }
    return counted | COSTS
