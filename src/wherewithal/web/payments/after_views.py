"""After money has gone: what the bank says of it, and telling people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wherewithal.banking.answers import AnswerError
from wherewithal.web.accounts.pages import page
from wherewithal.web.accounts.roles import OWN, STAFF
from wherewithal.web.govuk.environment import count
from wherewithal.web.payments import answers, presenters, remittance
from wherewithal.web.payments.forms import AnswerFileForm, CameBackForm, TrustForm
from wherewithal.web.payments.late.alarm import came_back_untold
from wherewithal.web.payments.models import BankAnswer, Payee, Payment, Run
from wherewithal.web.payments.querysets import doubtful_payees
from wherewithal.web.payments.views import FINANCE, done, stamp
from wherewithal.web.people.letters import served
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.providers.accounts import accounts_in_doubt


@page(FINANCE)
def came_back(request: HttpRequest) -> HttpResponseBase:
    """Read a file of the bank; list what came back and who is still to be told."""
    form = AnswerFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            kept = answers.read_answers(
                name=sent.name, kind=form.cleaned_data["kind"], content=sent.read(),
                **stamp(request),
            )  # fmt: skip
        except AnswerError as problem:
            form.add_error("file", str(problem))
        else:
            settled = count(kept.count, "payment")
            messages.success(request, f"{kept.name} is read: it settled {settled}.")
            return redirect("payments:came-back")
    recent = BankAnswer.objects.filter(state__in=Payment.CAME_BACK).select_related(
        "payment__person"
    )
    return render(request, "payments/came_back.jinja", {
        "form": form,
        "to_tell": came_back_untold(),
        "recent": Paginator(recent.order_by("-id"), 20).get_page(request.GET.get("page")),
        "doubtful": doubtful_payees(),
        "providers": accounts_in_doubt(),
    })  # fmt: skip


@page(FINANCE)
def record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write down by hand that a payment came back or was called back."""
    payment = get_object_or_404(
        Payment.objects.select_related("person", "run"), pk=pk, run__status__in=Run.SENT
    )
    form = CameBackForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        said = form.said()
        if done(request, lambda: answers.record_answer(
            payment_id=pk, said=said, **stamp(request)
        )):  # fmt: skip
            messages.success(request, "It is written down. The money is owed again.")
            return redirect("payments:came-back")
    facts = {
        "payment": payment, "form": form, "days": presenters.days(payment.period),
        "name": presenters.payment_name(payment),
    }  # fmt: skip
    return render(request, "payments/record.jinja", facts)


@page(FINANCE)
@require_POST
def told(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Note that a person was told that money came back."""
    get_object_or_404(BankAnswer, pk=pk)
    answers.tell(answer_id=pk, on=timezone.localdate(), **stamp(request))
    messages.success(request, "It is written down that they were told.")
    return redirect("payments:came-back")


@page(FINANCE)
@require_safe
def came_back_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the letter that says that a payment came back."""
    answer = get_object_or_404(BankAnswer.objects.select_related("payment__person"), pk=pk)
    letter = remittance.came_back_letter(answer, timezone.localdate())
    return served(letter, "payment-came-back")


@page(FINANCE)
def trust(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that an account is right after all, and how one knows."""
    payee = get_object_or_404(Payee.objects.select_related("person"), pk=pk)
    form = TrustForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(request, lambda: answers.trust_account(
            payee_id=pk, reason=reason, **stamp(request)
        )):  # fmt: skip
            messages.success(request, "The next run can pay into this account again.")
        return redirect("payments:came-back")
    return render(request, "payments/trust.jinja", {"payee": payee, "form": form})


@person_page(OWN | STAFF)
@require_safe
def payment(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Show one payment: what it is for, what was taken off or added and why, when it comes."""
    found = _payment(person, pk)
    return render(request, "payments/payment.jinja", {
        "person": person,
        "payment": found,
        "lines": remittance.lines_of(found),
        "became": remittance.what_became(found, timezone.localdate()),
        "again": remittance.paid_again(found),
        "days": presenters.days(found.period),
    })  # fmt: skip


@person_page(OWN | STAFF)
@require_safe
def payment_letter(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Give the same as a letter."""
    letter = remittance.remittance_letter(_payment(person, pk), timezone.localdate())
    return served(letter, f"payment-{pk}")


def _payment(person: Person, pk: int) -> Payment:
    decided = Payment.objects.filter(
        cancelled=False, invoice__isnull=True, run__status__in=Run.DECIDED
    )
    return get_object_or_404(decided.select_related("person", "run"), pk=pk, person=person)
