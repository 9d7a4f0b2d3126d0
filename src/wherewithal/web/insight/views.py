"""Figures, with nobody identifiable in them; and for managers, whom of their team to look at."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.insight import querysets
from wherewithal.web.insight.caseload import people_by_mark
from wherewithal.web.insight.suppression import SMALLEST, suppressed
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import Study

ON_ONE_PAGE = 50


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


@page(frozenset({Role.MANAGER}))
def falls(request: HttpRequest, pk: int) -> HttpResponse:
    """List by reference whom of a manager's team a comparison says to look at, the hardest first.

    The study keeps marks, not people. Whom they stand for is worked out here, and only for people
    whom this reader may know about.
    """
    compared = Study.objects.filter(kind="simulate", status="done")
    study = get_object_or_404(compared.select_related("beside", "scheme"), pk=pk)
    known = people_by_mark(study.pk, Person.objects.visible_to(signed_in(request)))
    rows = [row | {"person": known[row["mark"]]} for row in study.falls if row["mark"] in known]
    shown = Paginator(rows, ON_ONE_PAGE).get_page(request.GET.get("page"))
    facts = {"study": study, "rows": shown, "team": len(rows), "total": len(study.falls)}
    return render(request, "insight/falls.jinja", facts)
