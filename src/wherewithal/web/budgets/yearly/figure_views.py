"""The year's figures: finance reads each, and confirms or corrects it with the source it read."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.charging.parameters import declared, year_of
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.charges.models import ConfirmedFigure, ExpenseClaim, Uprating
from wherewithal.web.budgets.views import stamp
from wherewithal.web.budgets.yearly import year_figures
from wherewithal.web.budgets.yearly.figure_actions import confirm_figure
from wherewithal.web.budgets.yearly.figures import RULE
from wherewithal.web.govuk.forms import Form, GovDateField, PoundsField, TextField

FINANCE = frozenset({Role.FINANCE})
KEEPERS = frozenset({Role.FINANCE, Role.ADMINISTRATOR})
FIRST_YEAR, YEARS_AHEAD = 2022, 2


class ConfirmForm(Form):
    """What was read, where and when."""

    value = PoundsField("What does it say?", called="what it says", hint="A week, unless it is a"
                        " limit for savings.")  # fmt: skip
    source = TextField(
        "Where did you read it?", max_length=300, called="where you read it",
        hint="For example: charging circular 2026 to 2027, table 2, on gov.uk",
    )  # fmt: skip
    seen_on = GovDateField("On which day did you read it?", called="the day you read it")

    def __init__(self, *args: Any, rule: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rule:
            del self.fields["value"]


@page(KEEPERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what there is to do about charges."""
    today = timezone.localdate()
    this, following = year_of(today)[1].start, year_of(today)[1].end
    years = [
        {"name": year_of(starts)[0], "year": starts.year, "open": year_figures.to_do(starts)}
        for starts in (this, following)
        if starts is not None
    ]
    decides = signed_in(request).role == Role.FINANCE
    facts = {
        "years": years,
        "decides": decides,
        "count": ExpenseClaim.objects.filter(status=ExpenseClaim.Status.WAITING).count(),
        "upratings": Uprating.objects.order_by("-starts", "-id")[:3],
    }
    return render(request, "budgets/charges_home.jinja", facts)


@page(KEEPERS)
@require_safe
def figures(request: HttpRequest, year: int) -> HttpResponse:
    """List the figures and rules of a year."""
    starts = _starts(year)
    facts = {
        "name": year_of(starts)[0],
        "year": year,
        "years": [(each, year_of(date(each, 4, 6))[0]) for each in _years()],
        "figures": year_figures.figure_rows(starts),
        "rules": year_figures.rule_rows(starts),
        "open": year_figures.to_do(starts),
    }
    return render(request, "budgets/figures.jinja", facts)


@page(KEEPERS)
def figure(request: HttpRequest, year: int, name: str) -> HttpResponseBase:
    """Confirm or correct one figure, or confirm one rule."""
    starts = _starts(year)
    rule = name.startswith(RULE)
    rows = year_figures.rule_rows(starts) if rule else year_figures.figure_rows(starts)
    row = next((each for each in rows if each.name == name), None)
    if row is None:
        raise Http404
    now = None if rule else year_figures.figure_now(starts, name)
    initial = {"seen_on": timezone.localdate(), "value": now.value if now else None}
    form = ConfirmForm(request.POST or None, rule=rule, initial=initial)
    if form.is_valid():
        given = {"value": None} | form.cleaned_data
        try:
            confirm_figure(year_starts=starts, name=name, **given, **stamp(request))
        except ValidationError as reason:
            form.add_error(None, reason)
        else:
            messages.success(request, f"{row.label}: kept with your name.")
            return redirect("charges:figures", year)
    history = ConfirmedFigure.objects.filter(year_starts=starts, name=name).select_related("by")
    facts = {
        "form": form, "row": row, "rule": rule, "year": year, "year_name": year_of(starts)[0],
        "unit": "" if rule else declared()[name]["unit"], "history": history.order_by("-id"),
    }  # fmt: skip
    return render(request, "budgets/figure.jinja", facts)


def _years() -> range:
    return range(FIRST_YEAR, year_of(timezone.localdate())[1].start.year + YEARS_AHEAD)


def _starts(year: int) -> date:
    if year not in _years():
        raise Http404
    return date(year, 4, 6)
