"""The page of figures: for analysts and managers, with nobody identifiable in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wherewithal.web.accounts.pages import page
from wherewithal.web.accounts.roles import Role
from wherewithal.web.insight import querysets
from wherewithal.web.insight.suppression import SMALLEST, suppressed


@page(frozenset({Role.ANALYST, Role.MANAGER}))
def figures(request: HttpRequest) -> HttpResponse:
    """Show counts and mean costs, small numbers hidden."""
    on = timezone.localdate()
    counts = (
        ("People by stage", suppressed(querysets.by_stage())),
        ("People by age", suppressed(querysets.by_age(on))),
        ("People by how their money is held", suppressed(querysets.by_holding(on))),
    )
    means = (
        ("Mean weekly cost by age", suppressed(querysets.cost_by_age(on))),
        ("Mean weekly cost by whether there is a carer", suppressed(querysets.cost_by_carer(on))),
    )
    facts = {"on": on, "totals": querysets.totals(on), "counts": counts, "means": means}
    return render(request, "insight/figures.jinja", facts | {"smallest": SMALLEST})
