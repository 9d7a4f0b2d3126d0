"""Files for the council's general ledger, and the codes they carry."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wherewithal.ledger.entries import KINDS, Kind
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books import exporting, presenters
from wherewithal.web.books.forms import CodeForm
from wherewithal.web.books.models import ClosedMonth, Code, Export, Journal
from wherewithal.web.books.views import FINANCE, READERS


@page(READERS)
def exports(request: HttpRequest) -> HttpResponseBase:
    """List the files made, and make the next one."""
    may_write = signed_in(request).role in FINANCE
    if request.method == "POST" and may_write:
        _make(request)
        return redirect("books:exports")
    first = exporting.next_to_export()
    return render(request, "books/exports.jinja", {
        "exports": Export.objects.select_related("by").defer("text").order_by("-last_id"),
        "first": first,
        "waiting": Journal.objects.filter(number__gte=first).count(),
        "months": ClosedMonth.objects.filter(journal__gte=first).order_by("last_day"),
        "may_write": may_write,
    })  # fmt: skip


@page(READERS)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a file again, as it was made."""
    made = get_object_or_404(Export, pk=pk)
    answer = HttpResponse(made.text, content_type="text/csv; charset=utf-8")
    name = f"ledger-{made.first_id}-{made.last_id}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@page(READERS)
def codes(request: HttpRequest) -> HttpResponseBase:
    """List the codes, and set another."""
    may_write = signed_in(request).role in FINANCE
    form = CodeForm(request.POST if request.method == "POST" and may_write else None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        exporting.set_code(
            by=signed_in(request), at=timezone.now(), **(values | {"kind": Kind(values["kind"])})
        )
        messages.success(request, "The code is set. The next file uses it.")
        return redirect("books:codes")
    found = list(Code.objects.order_by("kind", "of", "what"))
    whole = {code.kind for code in found if not code.of and not code.what}
    return render(request, "books/codes.jinja", {
        "codes": found,
        "lacking": [label for kind, label in KINDS.items() if kind not in whole],
        "form": form,
        "reason": presenters.reason,
        "may_write": may_write,
    })  # fmt: skip


@page(FINANCE)
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a code away (only by posting from the list)."""
    code = get_object_or_404(Code, pk=pk)
    if request.method == "POST":
        exporting.remove_code(by=signed_in(request), at=timezone.now(), code=code)
        messages.success(request, "The code is taken away.")
    return redirect("books:codes")


def _make(request: HttpRequest) -> None:
    chosen = request.POST.get("month", "")
    month = ClosedMonth.objects.filter(pk=chosen).first() if chosen.isdigit() else None
    try:
        made = exporting.export(by=signed_in(request), at=timezone.now(), month=month)
    except NotNow as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{made} are in the new file.")
