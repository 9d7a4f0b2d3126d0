"""For the council: accounts with lines to look at, the bank's balance and the books, card lists."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wherewithal.dates import ONE_DAY
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import STAFF, Role
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.govuk.environment import count
from wherewithal.web.payments.querysets import PAID_OUT
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.statements import actions, presenters
from wherewithal.web.statements.cards import import_cards
from wherewithal.web.statements.forms import CardsForm, TakeBackForm
from wherewithal.web.statements.models import Evidence, Line, Statement
from wherewithal.web.statements.reconciling import as_sum, reconciled
from wherewithal.web.statements.views import REFUSED

FINANCE = frozenset({Role.FINANCE})


@page(STAFF)
def waiting(request: HttpRequest) -> HttpResponse:
    """List the accounts of people this reader may know about, those to look at first."""
    reader = signed_in(request)
    found = Paginator(_accounts(reader), 50).get_page(request.GET.get("page"))
    return render(request, "statements/waiting.jinja", {
        "page": found, "accounts": _with_lines(list(found)),
        "may_send_cards": reader.role in FINANCE,
    })  # fmt: skip


@page(FINANCE)
def cards(request: HttpRequest) -> HttpResponseBase:
    """Read a card company's list: each line to the person whose account it names."""
    form = CardsForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = import_cards(
                data=file.file, name=file.name, by=signed_in(request), at=timezone.now(),
                today=timezone.localdate(),
            )  # fmt: skip
        except REFUSED as problem:
            form.add_error("file", str(problem))
        else:
            new = count(sum(each.new for each in found), "new line")
            messages.success(request, f"We read {new} of {count(len(found), 'account')}.")
            return redirect("waiting_statements:waiting")
    return render(request, "statements/cards.jinja", {"form": form})


@person_page(STAFF)
def reconcile(request: HttpRequest, person: Person) -> HttpResponse:
    """Show, for each account, how the bank's balance comes from the books'."""
    accounts = [_account(person, *holding) for holding in presenters.holdings_of(person)]
    facts = {"person": person, "own": False, "accounts": accounts}
    return render(request, "statements/reconcile.jinja", facts)


@person_page(STAFF)
def statement(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Show one statement, what to look at first, with pictures beside; or take it back."""
    found = get_object_or_404(Statement.objects.select_related("read_by"), pk=pk, person=person)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        again = actions.take_back(
            statement=found, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, "The file was taken back, and the books with it.")
        if again:
            files = ", ".join(each.file_name for each in again)
            messages.warning(
                request, f"Some lines were in these files too. Send them again: {files}"
            )
        return redirect("statements:reconcile", person.reference)
    lines = found.lines.select_related("budget_line").order_by("sure", "-on", "-id")
    pictures = Evidence.objects.filter(person=person, holding=found.holding).defer("content")
    return render(request, "statements/statement.jinja", {
        "person": person, "own": False, "statement": found, "form": form,
        "lines": Paginator(lines, 50).get_page(request.GET.get("page")),
        "pictures": pictures.order_by("-added_at")[:20], "what": presenters.what_it_was,
    })  # fmt: skip


def _accounts(reader: User) -> QuerySet[Person]:
    """Return people with money in an account, those with most to look at first (one count)."""
    to_look_at = Count("statement_lines", filter=Q(statement_lines__sure=False))
    held = BudgetLine.objects.filter(
        budget__status="signed-off", holding__in=[holding.value for holding in PAID_OUT]
    )
    return (
        Person.objects.visible_to(reader)
        .filter(pk__in=held.order_by().values("budget__person_id"))
        .only("reference", "given_name", "preferred_name", "family_name")
        .annotate(waiting=to_look_at)
        .order_by("-waiting", "family_name", "pk")
    )


def _with_lines(people: list[Person]) -> list[dict[str, Any]]:
    rows = Line.objects.filter(person__in=people).values_list("person").annotate(Count("id"))
    lines = dict(rows.order_by("person"))
    ends = dict(
        Statement.objects.filter(person__in=people)
        .exclude(source="hand")
        .values_list("person")
        .annotate(Max(F("period__endswith")))
        .order_by("person")
    )
    return [
        {
            "name": person.name, "reference": person.reference, "waiting": person.waiting,  # type: ignore[attr-defined]  # annotated
            "lines": lines.get(person.pk, 0),
            "last": ends[person.pk] - ONE_DAY if person.pk in ends else None,
        }
        for person in people
    ]  # fmt: skip


def _account(person: Person, holding: str, label: str) -> dict[str, Any]:
    found = reconciled(person, holding)
    statements = (
        Statement.objects.filter(person=person, holding=holding)
        .annotate(waiting=Count("lines", filter=Q(lines__sure=False)))
        .order_by("-period", "-id")
    )
    return {
        "label": label, "found": found, "sum": as_sum(found) if found else [],
        "statements": statements[:60],
    }  # fmt: skip
