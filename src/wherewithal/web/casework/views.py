"""Where a day's work begins, how someone is found, and one person's whole road."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import CARE, OWN, STAFF, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.casework import actions, presenters, querysets, road
from wherewithal.web.casework.due import all_due
from wherewithal.web.casework.forms import ReviewForm
from wherewithal.web.casework.travelled import travelled
from wherewithal.web.money.querysets import to_answer
from wherewithal.web.people.models import Person, Stage
from wherewithal.web.people.pages import person_page
from wherewithal.web.people.presenters import identity
from wherewithal.web.policy.settings import local

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wherewithal.web.accounts.models import AuditRow

A_PAGE = 25


@page(CARE)
def home(request: HttpRequest) -> HttpResponse:
    """Show what is due, late things first, and all one's people by stage."""
    user, today = signed_in(request), timezone.localdate()
    people = querysets.own_people(user)
    chosen = local("assessment_days", "charge_review_weeks")
    due = all_due(
        people, on=today, assessment_days=int(chosen["assessment_days"]),
        charge_weeks=int(chosen["charge_review_weeks"]),
    )  # fmt: skip
    stage = request.GET.get("stage", "")
    shown = [each for each in people if each.stage == stage] if stage in Stage.values else people
    return render(request, "casework/home.jinja", {
        "due": _page(request, due, "due", size=15),
        "late": sum(item.late for item in due),
        "stages": presenters.stages(Counter(each.stage for each in people), chosen=stage),
        "people": _page(request, shown, "page", size=20),
        "chosen": stage,
        "is_manager": user.role == Role.MANAGER,
        "to_sign_off": querysets.to_sign_off(user),
        "to_answer": to_answer(user).count(),
    })  # fmt: skip


@page(STAFF)
def search(request: HttpRequest) -> HttpResponse:
    """Find people by the beginnings of names, by reference, NHS number or postcode."""
    typed = request.GET.get("q", "").strip()
    found = (
        Person.objects.visible_to(signed_in(request))
        .found_by(typed)
        .select_related("practitioner")
        .order_by("family_name", "given_name", "id")
    )
    people = _page(request, found, "page")
    return render(request, "casework/search.jinja", {"typed": typed, "people": people})


@page(OWN)
def mine(request: HttpRequest) -> HttpResponseBase:
    """Take a person to their own road; let a supporter of several choose whose."""
    people = list(Person.objects.visible_to(signed_in(request)).order_by("given_name")[:50])
    if len(people) == 1:
        return redirect("record:person", ref=people[0].reference)
    return render(request, "casework/mine.jinja", {"people": people})


@person_page(OWN | STAFF)
def record(request: HttpRequest, person: Person) -> HttpResponse:
    """Show a person's road: to themselves as theirs, to staff with the timeline beside it."""
    user = signed_in(request)
    far = travelled(person)
    steps = road.road(person, far, role=Role(user.role), on=timezone.localdate())
    context: dict[str, Any] = {"person": person, "steps": steps, "far": far}
    context["identity"] = identity(person, timezone.localdate())
    if user.role in OWN:
        own = user.role == Role.PERSON
        context["next_words"] = presenters.next_words(steps)
        context["latest"] = road.latest_payment(far, timezone.localdate())
        return render(request, "casework/own.jinja", context | {"own": own})
    rows = querysets.timeline_of(person, user)[:12]
    context["timeline"] = [presenters.moment(row) for row in rows]
    context["sections"] = presenters.sections(person, Role(user.role))
    alive = person.date_of_death is None
    context["may_review"] = alive and user.role in CARE and person.stage == Stage.LIVE
    context["supporters"] = person.supporters.all() if user.role in CARE else []
    return render(request, "casework/record.jinja", context)


@person_page(CARE)
def review(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Write down a review, and set the day to look again."""
    today = timezone.localdate()
    form = ReviewForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_review(
                person=person, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
        except NotNow as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, presenters.after_review(form.cleaned_data["changed"]))
        return redirect("record:person", ref=person.reference)
    facts = {"person": person, "identity": identity(person, today), "form": form}
    return render(request, "casework/review.jinja", facts)


@person_page(STAFF)
def timeline(request: HttpRequest, person: Person) -> HttpResponse:
    """Show everything that was ever done for a person."""
    rows = _page(request, querysets.timeline_of(person, signed_in(request)), "page", size=50)
    return render(request, "casework/timeline.jinja", {
        "person": person,
        "identity": identity(person, timezone.localdate()),
        "rows": rows,
        "timeline": [presenters.moment(row) for row in rows],
    })  # fmt: skip


def _page(
    request: HttpRequest,
    items: "QuerySet[Person] | QuerySet[AuditRow] | list[Any]",
    name: str,
    size: int = A_PAGE,
) -> Page[Any]:
    return Paginator(items, size).get_page(request.GET.get(name))
