"""One person's money on one page: in, out, put by, left; and each figure opened to its lines."""

import re
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN, STAFF, Role
from wherewithal.web.money import exports, presenters
from wherewithal.web.money.known import Known, know
from wherewithal.web.money.picture import Picture, month_of, picture_of
from wherewithal.web.money.to_come import Coming, to_come
from wherewithal.web.money.waiting_for import pauses_now, waiting_for
from wherewithal.web.payments import actions
from wherewithal.web.payments.forms import AccountForm
from wherewithal.web.payments.presenters import GIVEN_BACK, days, money_held
from wherewithal.web.payments.querysets import PAID_OUT
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.people.voice import Voice, voice_for
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.plans.pages import show

EARLIEST, LATEST = 2000, 2199
PAYERS = frozenset({Role.FINANCE, Role.MANAGER})
"""Who may say where somebody’s money goes: not who knows them best."""


@person_page(OWN | STAFF)
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """Show in, out, put by and left; what comes next; what waits; the budget; who to ring."""
    on, reader = timezone.localdate(), signed_in(request)
    voice, known = voice_for(person, reader), know(person)
    month = _month(request.GET.get("month", ""))
    picture = picture_of(person, on=on, month=month, me=_me(voice), known=known)
    ahead = to_come(person, on, known)
    return show(
        request, "money/mine.jinja", person,
        picture=picture, figures=presenters.figures_of(picture), on=on,
        stands=presenters.standing(picture), bars=presenters.bars(picture),
        coming=ahead.coming, late=ahead.late, pauses=pauses_now(known.budgets, on),
        waiting=waiting_for(person, reader, voice, on, known.there),
        money=presenters.money_of(known, on=on), days=days,
        may_change_account=reader.role in PAYERS, months=_months(on),
        new_payees=presenters.set_lately(known.payees, on) if reader.role in OWN else [],
    )  # fmt: skip


@person_page(OWN | STAFF)
def lines(request: HttpRequest, person: Person, what: str, when: str) -> HttpResponse:
    """Show the lines that one figure is the sum of."""
    on = timezone.localdate()
    voice = voice_for(person, signed_in(request))
    month = None if when == "year" else _month(when)
    if month is None and when != "year":
        raise Http404
    picture = picture_of(person, on=on, month=month, me=_me(voice))
    span = picture.year if when == "year" else picture.month
    found = span.of(what)
    if found is None:
        raise Http404
    return show(request, "money/lines.jinja", person, span=span, found=found)


@person_page(OWN | STAFF)
def export(request: HttpRequest, person: Person) -> HttpResponse:
    """Give everything as a file for a spreadsheet."""
    answer = HttpResponse(
        "\ufeff" + exports.to_csv(_picture(request, person)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="money-{person.reference}.csv"'
    return answer


@person_page(OWN | STAFF)
def letter(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the page as a letter to keep."""
    on = timezone.localdate()
    known = know(person)
    coming = to_come(person, on, known).coming
    made = exports.letter(
        person, _picture(request, person, me="you", known=known), on=on,
        coming=_next_words(coming[0]) if coming else "", size=request.GET.get("size", ""),
    )  # fmt: skip
    return served(made, "your-money")


@person_page(PAYERS)
def account(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Say which account a person's money goes to."""
    holdings = [(holding.value, holding.label) for holding in PAID_OUT]
    holdings.append((PlanLine.Holding.COUNCIL_MANAGED.value, GIVEN_BACK))
    form = AccountForm(request.POST or None, holdings=holdings)
    if request.method == "POST" and form.is_valid():
        try:
            payee = actions.set_payee(
                person=person, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
        except ValueError as problem:
            place = "sort_code" if "sort code" in str(problem) else "account_number"
            form.add_error(place, str(problem))
        else:
            messages.success(request, f"{money_held(payee.holding)} now goes to {payee}.")
            return redirect("money:mine", ref=person.reference)
    return show(request, "money/account.jinja", person, form=form)


def _picture(
    request: HttpRequest, person: Person, me: str = "", known: Known | None = None
) -> Picture:
    voice = voice_for(person, signed_in(request))
    month = _month(request.GET.get("month", ""))
    on = timezone.localdate()
    return picture_of(person, on=on, month=month, me=me or _me(voice), known=known)


def _me(voice: Voice) -> str:
    return "me" if voice.own else voice.name


def _month(text: str) -> date | None:
    """Read a month from an address, ``2026-10``; nothing where it is none."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    year = int(match[1]) if match else 0
    return date(year, int(match[2]), 1) if match and EARLIEST <= year <= LATEST else None


def _months(on: date) -> list[date]:
    """Return the first days of this month and the eleven before it, newest first."""
    found = [on.replace(day=1)]
    while len(found) < 12:
        year, month = divmod(found[-1].year * 12 + found[-1].month - 2, 12)
        found.append(month_of(date(year, month + 1, 1)).start)
    return found


def _next_words(each: Coming) -> str:
    if not each.pence:
        return f"Nothing comes on {long_date(each.day)}. {each.sentence}"
    return f"{pounds(each.pence)} for {each.for_days} should come by {long_date(each.day)}."
