"""Telling what was spent, on a phone too: one account, one line, one picture at a time."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wherewithal.banking.statements.statement import StatementError
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN, STAFF, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.govuk.environment import count
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.statements import actions, presenters
from wherewithal.web.statements.columns import in_words, layout_from, needs_columns, sheet_of
from wherewithal.web.statements.evidence import NoPicture, as_answer, keep_evidence
from wherewithal.web.statements.forms import (
    ColumnsForm,
    MeaningForm,
    PhotoForm,
    SendForm,
    TypedForm,
)
from wherewithal.web.statements.importing import Imported, OtherAccount, import_statement
from wherewithal.web.statements.joining import DoesNotJoin
from wherewithal.web.statements.models import Evidence, Line, Meaning, Upload
from wherewithal.web.statements.querysets import lines_of, unmatched

REFUSED = (StatementError, OtherAccount, DoesNotJoin)
"""Why a file is not read; each message says what to do."""
SHOWN = 200


@person_page(OWN | STAFF)
def spending(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the lines of one month, and what can be told: a file, a sum, a picture."""
    months = presenters.months_of(person)
    wanted = request.GET.get("month", "")
    month = next((each for each in months if each.first.isoformat() == wanted), None)
    month = month or (months[0] if months else None)
    lines = lines_of(person, month.period) if month else lines_of(person).none()
    pictures = Evidence.objects.filter(person=person).defer("content").order_by("-added_at")
    return _show(request, person, "spending", {
        "months": months, "month": month, "what": presenters.what_it_was,
        "lines": lines.order_by("-on", "-id")[:SHOWN], "waiting": unmatched(person).count(),
        "first": presenters.next_line(person), "holdings": presenters.holdings_of(person),
        "pictures": pictures[:20],
    })  # fmt: skip


@person_page(OWN | STAFF)
def send(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Send a statement as a file; what was chosen stays on the page where it cannot be read."""
    holdings = _holdings(person)
    staff = signed_in(request).role in STAFF
    form = SendForm(request.POST or None, request.FILES or None, holdings=holdings)
    if not staff:
        del form.fields["apart_because"]
    if form.is_valid():
        data = form.cleaned_data
        try:
            if needs_columns(data["file"], signed_in(request)):
                held = actions.hold_upload(
                    person=person, holding=data["holding"], name=data["file"].name,
                    content=data["file"].read(), by=signed_in(request), at=timezone.now(),
                )  # fmt: skip
                return redirect("statements:columns", person.reference, held.pk)
            found = import_statement(
                person=person, holding=data["holding"], data=data["file"].file,
                name=data["file"].name, by=signed_in(request), at=timezone.now(),
                apart_because=data.get("apart_because", ""), today=timezone.localdate(),
            )  # fmt: skip
        except REFUSED as problem:
            form.add_error("file", str(problem))
        else:
            return _thanked(request, person, found)
    return _show(request, person, "send", {"form": form, "holdings": holdings})


@person_page(OWN | STAFF)
def columns(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Say which column of a new bank's file is what, see it in words, and keep it."""
    held = get_object_or_404(Upload, pk=pk, person=person, by=signed_in(request))
    content = bytes(held.content)
    sheet, guessed = sheet_of(content)
    form = ColumnsForm(request.POST or None, sheet=sheet, initial=guessed)
    said: list[str] = []
    if form.is_valid():
        try:
            layout = layout_from(form.cleaned_data, sheet)
            said = in_words(content, layout)
            if "keep" in request.POST:
                with transaction.atomic():
                    actions.keep_columns(
                        layout=layout, heading=sheet.known_by, by=signed_in(request),
                        at=timezone.now(), person=person.reference,
                    )  # fmt: skip
                    found = import_statement(
                        person=person, holding=held.holding, data=BytesIO(content),
                        name=held.file_name, layout=layout, by=signed_in(request),
                        at=timezone.now(), today=timezone.localdate(),
                    )  # fmt: skip
                    held.delete()
                return _thanked(request, person, found)
        except StatementError as problem:
            form.add_error(None, str(problem))
        except ValueError as problem:
            form.add_error(None, str(problem))
    return _show(request, person, "columns", {
        "form": form, "sheet": sheet, "said": said, "held": held
    })  # fmt: skip


@person_page(OWN | STAFF)
def line(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Say what one line was, and go on to the next."""
    found = get_object_or_404(lines_of(person), pk=pk)
    reader = signed_in(request)
    incoming = found.pence > 0
    choices = presenters.choices_for(
        person, found.holding, incoming=incoming, on=found.on, own=reader.role == Role.PERSON
    )
    form = MeaningForm(
        request.POST or None, choices=choices, name=found.payee or found.text if found.key else "",
        others=presenters.others_like(found), initial={"meaning": presenters.choice_of(found)},
    )  # fmt: skip
    if form.is_valid():
        meaning, part = presenters.chosen(form.cleaned_data["meaning"], incoming=incoming)
        try:
            changed = actions.say_what(
                line=found, meaning=meaning, by=reader, at=timezone.now(),
                budget_line=BudgetLine.objects.select_related("budget").get(pk=part)
                if part else None,
                all_like_it=bool(form.cleaned_data.get("all_like_it")),
            )  # fmt: skip
        except NotNow as reason:
            form.add_error("meaning", str(reason))
        else:
            return _on_to_the_next(request, person, found, changed)
    return _show(request, person, "line", {
        "form": form, "line": found, "what": presenters.what_it_was(found),
        "waiting": unmatched(person).count(),
        "pictures": found.evidence.defer("content").order_by("-added_at"),
    })  # fmt: skip


@person_page(OWN | STAFF)
def type_in(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Type in one sum by hand."""
    holdings, today, reader = _holdings(person), timezone.localdate(), signed_in(request)
    own = reader.role == Role.PERSON
    choices = presenters.choices_for(
        person, holdings[0][0], incoming=False, on=today, own=own
    )  # fmt: skip
    put_in = (str(Meaning.CONTRIBUTION), "I paid this money in" if own else "Paid in by the person")
    form = TypedForm(
        request.POST or None, holdings=holdings, today=today, choices=[*choices, put_in]
    )
    if form.is_valid():
        data = form.cleaned_data
        meaning, part = presenters.chosen(data["meaning"], incoming=False)
        sign = 1 if meaning == Meaning.CONTRIBUTION else -1
        actions.type_in(
            person=person, holding=data["holding"], on=data["on"], pence=sign * data["pence"],
            payee=data["payee"], meaning=meaning, by=reader, at=timezone.now(), form=data["once"],
            budget_line=BudgetLine.objects.select_related("budget").get(pk=part) if part else None,
        )  # fmt: skip
        messages.success(request, "That is saved. You can type in another, or stop here.")
        return redirect("statements:type-in", person.reference)
    return _show(request, person, "type_in", {"form": form, "holdings": holdings})


@person_page(OWN | STAFF)
def photo(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Keep a photograph or PDF, on its own or beside a line."""
    holdings = _holdings(person)
    about = lines_of(person).filter(pk=_number(request.GET.get("line", ""))).first()
    form = PhotoForm(request.POST or None, request.FILES or None, holdings=holdings)
    if form.is_valid():
        data = form.cleaned_data
        try:
            keep_evidence(
                person=person, holding=about.holding if about else data["holding"],
                content=data["file"].read(), name=data["file"].name, what=data["what"], line=about,
                by=signed_in(request), at=timezone.now(),
            )  # fmt: skip
        except NoPicture as problem:
            form.add_error("file", str(problem))
        else:
            messages.success(request, "Thank you. Your picture is kept.")
            if about is not None:
                return redirect("statements:line", person.reference, about.pk)
            return redirect("statements:spending", person.reference)
    return _show(request, person, "photo", {"form": form, "holdings": holdings, "line": about})


@person_page(OWN | STAFF)
def picture(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Give one picture, as it was sent."""
    return as_answer(get_object_or_404(Evidence, pk=pk, person=person))


def _show(request: HttpRequest, person: Person, page: str, facts: dict[str, Any]) -> HttpResponse:
    role = Role(signed_in(request).role)
    shared = {"person": person, "own": role == Role.PERSON, "staff": role in STAFF}
    return render(request, f"statements/{page}.jinja", shared | facts)


def _holdings(person: Person) -> list[tuple[str, str]]:
    found = presenters.holdings_of(person)
    if not found:
        raise Http404("No money of this person is held in an account.")
    return found


def _thanked(request: HttpRequest, person: Person, found: Imported) -> HttpResponseBase:
    """Say what came of a file, and go to the first line to look at."""
    if found.again:
        messages.success(request, "You sent this file before, so nothing needed to be added.")
    else:
        known = f" {count(found.known, 'line')} we knew already." if found.known else ""
        new = count(found.new, "new line")
        messages.success(request, f"Thank you. We read {new}.{known}")
    for note in found.notes if signed_in(request).role in STAFF else ():
        messages.info(request, note)
    return redirect("statements:spending", person.reference)


def _on_to_the_next(
    request: HttpRequest, person: Person, done: Line, changed: list[Line]
) -> HttpResponseBase:
    left = unmatched(person).count()
    more = f" That was {len(changed)} lines at once." if len(changed) > 1 else ""
    rest = f" {count(left, 'line')} left." if left else " Nothing is left to look at."
    messages.success(request, f"Saved.{more}{rest}")
    following = presenters.next_line(person, done)
    if following is None:
        return redirect("statements:spending", person.reference)
    return redirect("statements:line", person.reference, following.pk)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 15 else 0
