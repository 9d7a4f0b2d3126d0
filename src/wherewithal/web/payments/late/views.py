"""Before money is late: who is not safe yet, and paying one person at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from wherewithal.money import pounds
from wherewithal.web.accounts.pages import page
from wherewithal.web.payments import emergency
from wherewithal.web.payments.forms import EmergencyForm
from wherewithal.web.payments.late.alarm import told_in_words
from wherewithal.web.payments.late.now import late_now
from wherewithal.web.payments.views import FINANCE, done, stamp
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.models import PlanLine


@page(FINANCE)
def late(request: HttpRequest) -> HttpResponse:
    """Name everyone whose money is not safe yet, with why and the last day to act."""
    today = timezone.localdate()
    found = late_now(today)
    listed = Paginator(found, 50).get_page(request.GET.get("page"))
    facts = {"late": listed, "words": told_in_words(found, today), "today": today}
    return render(request, "payments/late.jinja", facts)


@person_page(FINANCE)
def emergency_payment(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Prepare one payment for one person, to be sent today once another officer approves it."""
    found = emergency.ways_to_pay(person, timezone.now())
    holdings = [(each.holding, f"{_label(each)} until the end of the next pay period")
                for each in found if not each.why_not]  # fmt: skip
    form = EmergencyForm(request.POST or None, holdings=holdings)
    if request.method == "POST" and form.is_valid():
        asked = emergency.Asked(person, **form.cleaned_data)
        made: list[int] = []
        if done(request, lambda: made.append(
            emergency.prepare_emergency(asked=asked, **stamp(request)).pk
        )):  # fmt: skip
            messages.success(request, "The payment is prepared. Someone else needs to approve it.")
            return redirect("payments:run", pk=made[0])
    return render(request, "payments/emergency.jinja", {
        "person": person, "form": form, "holdings": holdings,
        "not_yet": [(_label(each), each) for each in found if each.why_not],
    })  # fmt: skip


def _label(way: emergency.Way) -> str:
    """Name one way of holding with what is owed out of it."""
    return f"{PlanLine.Holding(way.holding).label}: {pounds(way.pence)}"
