"""What was billed for a person's support, what they pay the council themselves, what came in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.banking.bills_csv import BillsError, read_receipts
from wherewithal.dates import ONE_DAY
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import OWN, STAFF, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.views import stamp
from wherewithal.web.govuk.environment import count
from wherewithal.web.people.letters import LETTERS_AT_ONCE, served, zipped
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show
from wherewithal.web.providers import letters, refunds
from wherewithal.web.providers import own_bills as actions
from wherewithal.web.providers.forms import FileForm, OwnBillsForm, ReceiptForm, RefundForm
from wherewithal.web.providers.letters import own_bill_letter
from wherewithal.web.providers.models import OwnBill, Refund
from wherewithal.web.providers.querysets import (
    billed_for,
    billed_with,
    billings,
    own_account,
    own_accounts_open,
)

FINANCE = frozenset({Role.FINANCE})
MOST_SHOWN = 25


@page(FINANCE)
def own_bills(request: HttpRequest) -> HttpResponseBase:
    """Show whom a day would bill, and bill them; list what is still to pay.

    Only the day that was shown is billed: another one, typed in since, is shown first.
    """
    form, would = OwnBillsForm(request.POST or None), None
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        until = last_day + ONE_DAY
        if request.POST.get("bill") == last_day.isoformat():
            made = actions.bill_people(until=until, **stamp(request))
            if made:
                messages.success(request, f"{count(len(made), 'person', 'people')} billed.")
                return redirect("providers:billing", made[0].pk)
        would = sorted(actions.owed(until), key=lambda each: -each.pence)
    today = timezone.localdate()
    return render(
        request, "providers/own_bills.jinja",
        {"form": form, "would": would, "most": MOST_SHOWN, "billings": billings(),
         "open": own_accounts_open(today), "today": today, "too_much": refunds.too_much()},
    )  # fmt: skip


@page(FINANCE)
@require_safe
def billing(request: HttpRequest, pk: int) -> HttpResponse:
    """List the bills that people were sent at once, each with its letter."""
    bills = billed_with(pk)
    listed = Paginator(bills, 100).get_page(request.GET.get("page"))
    if not listed.paginator.count:
        raise Http404
    parts = range(1, -(-listed.paginator.count // LETTERS_AT_ONCE) + 1)
    pence = bills.aggregate(sum=Sum("pence"))["sum"]
    facts = {"bills": listed, "pk": pk, "parts": parts, "pence": pence, "first": listed[0]}
    return render(request, "providers/billing.jinja", facts)


@page(FINANCE)
@require_safe
def billing_letters(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Give the letters of bills that were sent at once as one zip, five hundred at a time."""
    bills = billed_with(pk)[max(0, part - 1) * LETTERS_AT_ONCE : part * LETTERS_AT_ONCE]
    if part < 1 or not bills:
        raise Http404
    on = timezone.localtime(bills[0].made_at).date()
    made = ((f"what-to-pay-{each.person.reference}", own_bill_letter(each, on)) for each in bills)
    return zipped(made, f"bills-{on}-{part}")


@page(FINANCE)
def receipts(request: HttpRequest) -> HttpResponseBase:
    """Take in a file of what people paid, whole or not at all."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            lines = read_receipts(form.cleaned_data["file"])
            made = actions.receive_file(lines=lines, **stamp(request))
            messages.success(request, f"Taken in: {count(len(made), 'line')}.")
            return redirect("providers:own-bills")
        except BillsError as mistake:
            form.add_error("file", str(mistake))
    return render(request, "providers/receipts.jinja", {"form": form})


@person_page(OWN | STAFF)
@require_safe
def billed(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what providers billed for a person, and what the person was billed and paid."""
    return show(
        request, "providers/billed.jinja", person, bills=billed_for(person),
        account=own_account(person), told=refunds.sentence, paid=refunds.how_it_is_paid,
        too_much=refunds.too_much(person) if signed_in(request).role == Role.FINANCE else [],
        may_receive=signed_in(request).role == Role.FINANCE,
        one_day=ONE_DAY,
    )  # fmt: skip


@person_page(FINANCE)
def give_back(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Give back what was billed too much for a budget that has ended, and say why."""
    found = refunds.too_much(person)
    form = RefundForm(request.POST or None)
    if form.is_valid():
        try:
            made = refunds.refund(person=person, **form.cleaned_data, **stamp(request))
        except NotNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, " ".join(refunds.sentence(each) for each in made))
            return redirect("billed:mine", person.reference)
    over = sum(each.over for each in found)
    return show(request, "providers/give_back.jinja", person, form=form, over=over)


@person_page(OWN | STAFF)
@require_safe
def refund_letter(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Give the letter about a refund."""
    found = get_object_or_404(Refund.objects.select_related("budget__person"), pk=pk,
                              budget__person=person)  # fmt: skip
    on = timezone.localtime(found.at).date()
    return served(letters.refund_letter(found, refunds.sentence(found), on), "what-we-give-back")


@person_page(FINANCE)
def paid_in(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Keep money that a person paid in."""
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        try:
            actions.receive(person=person, **form.cleaned_data, **stamp(request))
            messages.success(request, "Saved.")
            return redirect("billed:mine", person.reference)
        except NotNow as reason:
            form.add_error(None, str(reason))
    return show(request, "providers/paid_in.jinja", person, form=form)


@person_page(OWN | STAFF)
@require_safe
def letter(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Give the letter that bills a person."""
    found = get_object_or_404(OwnBill.objects.select_related("person"), pk=pk, person=person)
    on = timezone.localtime(found.made_at).date()
    return served(own_bill_letter(found, on), "what-to-pay")
