"""A new year's charges: finance works them out and tells people; each person reads their own."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.charging.parameters import ParametersError, year_of
from wherewithal.web.accounts.pages import page
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import presenters
from wherewithal.web.budgets.charges.actions import notice_days
from wherewithal.web.budgets.charges.models import Uprating, UpratingLine
from wherewithal.web.budgets.views import READERS, stamp
from wherewithal.web.budgets.yearly import uprating_actions
from wherewithal.web.budgets.yearly.figure_views import FINANCE
from wherewithal.web.budgets.yearly.uprating_forms import DropForm, NewYearForm
from wherewithal.web.budgets.yearly.uprating_letters import (
    charge_of_line,
    sentence,
    uprating_letter,
)
from wherewithal.web.budgets.yearly.uprating_reads import line_for, shown_lines, sort_of, totals
from wherewithal.web.people.letters import LETTERS_AT_ONCE, served, zipped
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show


@page(FINANCE)
def new_uprating(request: HttpRequest) -> HttpResponseBase:
    """Ask for the first day and what is assumed, and work everybody's charge out."""
    starts = _next_start(timezone.localdate())
    form = NewYearForm(request.POST or None, starts=starts, year=year_of(starts)[0])
    if form.is_valid():
        try:
            made = uprating_actions.work_out_uprating(
                starts=form.cleaned_data["starts"], assumed=form.assumed(), **stamp(request)
            )
        except (NotNow, ParametersError) as reason:
            form.add_error("starts", str(reason))
        except ValidationError as reason:
            form.add_error(None, reason)
        else:
            return redirect("charges:uprating", made.pk)
    facts = {"form": form, "notice": notice_days()}
    return render(request, "budgets/new_uprating.jinja", facts)


@page(FINANCE)
@require_safe
def uprating(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a run: totals, who pays more or less, and whom a human must look at."""
    return _shown(request, get_object_or_404(Uprating, pk=pk), DropForm())


@page(FINANCE)
@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make the letters."""
    return _moved(request, pk, uprating_actions.tell_uprating, "The letters are dated today.")


@page(FINANCE)
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let the new charges begin on their day."""
    told = "The new charges are set. They begin on their day."
    return _moved(request, pk, uprating_actions.apply_uprating, told)


@page(FINANCE)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a run up, with a reason."""
    run, form = get_object_or_404(Uprating, pk=pk), DropForm(request.POST)
    if form.is_valid():
        try:
            uprating_actions.drop_uprating(uprating=run, **form.cleaned_data, **stamp(request))
        except NotNow as reason:
            form.add_error("why", str(reason))
        else:
            messages.success(request, "The run is given up. Nobody’s charge changed by it.")
            return redirect("charges:uprating", pk)
    return _shown(request, run, form)


@page(FINANCE)
@require_safe
def letters(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Give the letters of a run as files in one zip, five hundred at a time."""
    run = get_object_or_404(Uprating.objects.exclude(status=Uprating.Status.DROPPED), pk=pk)
    found = run.lines.filter(after__isnull=False).select_related(
        "person", "budget", "uprating", "change__charge"
    )
    lines = found.order_by("pk")[(part - 1) * LETTERS_AT_ONCE : part * LETTERS_AT_ONCE]
    if part < 1 or not lines:
        raise Http404
    made = ((f"what-you-pay-{line.person.reference}", uprating_letter(line)) for line in lines)
    return zipped(made, f"letters-{run.starts}-{part}")


@person_page(READERS)
@require_safe
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """Show one person what they pay in the new year beside what they pay now, and why."""
    line = line_for(person) or _none()
    found = charge_of_line(line)
    return show(
        request, "budgets/uprating_mine.jinja", person, line=line, run=line.uprating,
        sentence=sentence(line), parts=presenters.breakdown(found) if found else [],
    )  # fmt: skip


@person_page(READERS)
@require_safe
def letter(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the letter about the new year's charge."""
    return served(uprating_letter(line_for(person) or _none()), "what-you-pay-next")


def _shown(request: HttpRequest, run: Uprating, form: DropForm) -> HttpResponse:
    sort = sort_of(request.GET.get("show", ""))
    listed = Paginator(shown_lines(run, sort), 100).get_page(request.GET.get("page"))
    found = totals(run)
    facts: dict[str, Any] = {
        "run": run, "totals": found, "lines": listed, "sort": sort, "form": form,
        "parts": range(1, -(-found["worked_out"] // LETTERS_AT_ONCE) + 1),
        "notice": notice_days(),
        "may_tell": run.status == Uprating.Status.DRAFT,
        "may_apply": run.status == Uprating.Status.TOLD,
        "may_drop": run.status in {Uprating.Status.DRAFT, Uprating.Status.TOLD},
    }  # fmt: skip
    return render(request, "budgets/uprating.jinja", facts)


def _moved(request: HttpRequest, pk: int, act: Any, told: str) -> HttpResponseBase:
    try:
        act(uprating=get_object_or_404(Uprating, pk=pk), **stamp(request))
        messages.success(request, told)
    except NotNow as reason:
        messages.warning(request, str(reason))
    return redirect("charges:uprating", pk)


def _next_start(today: date) -> date:
    """Return the first Monday of the next charging year."""
    first = date(year_of(today)[1].start.year + 1, 4, 6)
    return first + timedelta(days=-first.weekday() % 7)


def _none() -> UpratingLine:
    raise Http404
