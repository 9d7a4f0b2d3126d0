"""The teams that practitioners and managers work in: list, add, rename."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.web.accounts import actions
from wherewithal.web.accounts.forms import TeamForm
from wherewithal.web.accounts.models import Team
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.views import ADMINISTRATORS


@page(ADMINISTRATORS)
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """List every team, with how many people work in it."""
    working = Count("members", filter=Q(members__is_active=True))
    found = Team.objects.annotate(working=working).order_by("name")
    return render(request, "accounts/teams.jinja", {"teams": found})


@page(ADMINISTRATORS)
def add(request: HttpRequest) -> HttpResponseBase:
    """Make a new team."""
    form = TeamForm(request.POST or None)
    if form.is_valid():
        team = actions.add_team(by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"The team {team} is added. People can now work in it.")
        return redirect("accounts:teams")
    return render(request, "accounts/team.jinja", {"form": form, "team": None})


@page(ADMINISTRATORS)
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a team another name or telephone number."""
    team = get_object_or_404(Team, pk=pk)
    initial = {"name": team.name, "phone": team.phone}
    form = TeamForm(request.POST or None, initial=initial, team=team)
    if form.is_valid():
        by, at = signed_in(request), timezone.now()
        actions.change_team(by=by, at=at, team=team, **form.cleaned_data)
        messages.success(request, f"The team {team} is changed.")
        return redirect("accounts:teams")
    return render(request, "accounts/team.jinja", {"form": form, "team": team})
