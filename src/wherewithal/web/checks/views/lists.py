"""Whom to look at today and why, and the reviews of direct payments that are due."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import STAFF, Role
from wherewithal.web.checks import due
from wherewithal.web.checks.everybody import look_at_accounts
from wherewithal.web.checks.limits import settings_now
from wherewithal.web.people.models import Person

A_PAGE = 25
AT_ONCE = 100
"""Accounts that one press of the button looks at: the nightly job looks at all of them."""


@page(STAFF)
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Show whom to look at today and why: how people are first, papers last."""
    user, on = signed_in(request), timezone.localdate()
    people = Person.objects.visible_to(user)
    accounts = due.accounts_of(people, on)
    rows = due.worklist(people, on=on, settings=settings_now(), accounts=accounts)
    listed = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown = due.named(rows, listed.start_index() - 1, listed.end_index()) if rows else []
    return render(request, "checks/worklist.jinja", {
        "rows": listed,
        "named": [(person, _reasons(person, row)) for person, row in shown],
        "reached": due.reached(people, on, accounts),
        "late": sum(1 for row in rows for reason in row.reasons if reason.late),
        "may_look": user.role == Role.FINANCE,
    })  # fmt: skip


@page(STAFF)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Show the reviews of direct payments that are late or due soon."""
    on = timezone.localdate()
    found = due.reviews_due(Person.objects.visible_to(signed_in(request)), on)
    listed = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    people = Person.objects.in_bulk([reason.person for reason in listed.object_list])
    return render(request, "checks/reviews.jinja", {
        "reviews": listed, "people": people,
        "late": sum(reason.late for reason in found), "all": len(found),
    })  # fmt: skip


@page(frozenset({Role.FINANCE}))
@require_POST
def look_now(request: HttpRequest) -> HttpResponseBase:
    """Look at every account by the rules now; nothing is stopped, taken or sent by it."""
    people = Person.objects.visible_to(signed_in(request))
    seen = look_at_accounts(people, on=timezone.localdate(), at=timezone.now(), most=AT_ONCE)
    more = f" {seen.rest} more are looked at tonight." if seen.rest else ""
    messages.success(request, f"{seen.told}{more}")
    return redirect("checking:worklist")


def _reasons(person: Person, row: due.Row) -> list[dict[str, Any]]:
    """Return what each line of a row says; two of the same words are numbered apart."""
    times = Counter(reason.text for reason in row.reasons)
    so_far: Counter[str] = Counter()
    told = []
    for reason in row.reasons:
        so_far[reason.text] += 1
        number = f" ({so_far[reason.text]})" if times[reason.text] > 1 else ""
        told.append({
            "text": f"{reason.text}{number}", "href": due.href(reason, person),
            "late": reason.late, "welfare": reason.rank == due.WELFARE,
        })  # fmt: skip
    return told
