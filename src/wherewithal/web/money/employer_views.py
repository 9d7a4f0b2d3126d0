"""The employer's corner of one person: assistants, what they cost, what to put by, what to do."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wherewithal.dates import age_on
from wherewithal.employing.duties import STATES
from wherewithal.employing.reserves import anniversary
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN, STAFF
from wherewithal.web.money import actions
from wherewithal.web.money.employing import corner
from wherewithal.web.money.forms import (
    FACTS,
    FIRST_DAY,
    AssistantForm,
    PayslipForm,
    PlaceForm,
    RateForm,
    hours_text,
)
from wherewithal.web.money.models import Assistant, Employer, PayRate
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show

EVERYONE_HERE = OWN | STAFF
PLACE = ("insured_since", "insured_until", "insured_for", "insurance_yearly", "has_paye",
         "claims_allowance", "has_pension", "payroll_by")  # fmt: skip
FIELDS = ("name", "employed", "born", "starts", "ends", "regular", "right_to_work_on",
          "statement_on")  # fmt: skip


@person_page(EVERYONE_HERE)
def employer(request: HttpRequest, person: Person) -> HttpResponse:
    """Show assistants, what an hour costs and why, what to put by, and what to see to."""
    on = timezone.localdate()
    return show(
        request, "money/employer.jinja", person, corner=corner(person, on), on=on,
        age_band=age_band, states=STATES, hours_text=hours_text,
    )  # fmt: skip


@person_page(EVERYONE_HERE)
def place(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Write down insurance, PAYE, a pension and who does the payslips."""
    known = Employer.objects.filter(person=person).values(*PLACE).first() or {}
    form = PlaceForm(request.POST or None, initial=known)
    if form.is_valid():
        actions.save_place(
            by=signed_in(request), at=timezone.now(), person=person, fields=form.values()
        )
        return _saved(request, person, "That is saved.")
    return _form(request, person, form, "What is in place", "Fill in what you know.")


@person_page(EVERYONE_HERE)
def add(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Add a personal assistant."""
    form = AssistantForm(request.POST or None, on=timezone.localdate(), person=person)
    if form.is_valid():
        added = actions.add_assistant(
            by=signed_in(request), at=timezone.now(), person=person, fields=form.values()
        )
        messages.success(request, f"{added.name} is added. Now say what they are paid.")
        return redirect("money:pay", person.reference, added.pk)
    return _form(request, person, form, "Add a personal assistant")


@person_page(EVERYONE_HERE)
def assistant(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Change what is written down about an assistant."""
    found = _assistant(person, pk)
    known = {name: getattr(found, name) for name in FIELDS}
    known["facts"] = [name for name in FACTS if getattr(found, name)]
    form = AssistantForm(
        request.POST or None, initial=known, on=timezone.localdate(), person=person, assistant=found
    )
    if form.is_valid():
        actions.change_assistant(
            by=signed_in(request), at=timezone.now(), assistant=found, fields=form.values()
        )
        return _saved(request, person, "That is saved.")
    return _form(request, person, form, f"About {found.name}")


@person_page(EVERYONE_HERE)
def pay(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Say what an assistant is paid for one kind of hour, from a day on."""
    found = _assistant(person, pk)
    starts = max(found.starts, FIRST_DAY) if not found.rates.exists() else None
    form = RateForm(request.POST or None, assistant=found, initial={"starts": starts})
    if form.is_valid():
        data = form.cleaned_data
        fields = {"hours": data["hours"], "pence": data["pence"]}
        actions.save_rate(
            by=signed_in(request), at=timezone.now(), assistant=found, kind=data["kind"],
            starts=data["starts"], fields=fields,
        )  # fmt: skip
        return _saved(request, person, f"The pay of {found.name} is saved.")
    return _form(
        request, person, form, f"What {found.name} is paid",
        "Enter days, nights and weekends one after the other, if the pay differs.",
    )  # fmt: skip


@require_POST
def _remove(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    rate = get_object_or_404(
        PayRate.objects.select_related("assistant__person"), pk=pk, assistant__person=person
    )
    actions.remove_rate(by=signed_in(request), at=timezone.now(), rate=rate)
    return _saved(request, person, "That rate is taken away.")


remove_rate = person_page(EVERYONE_HERE)(_remove)


@person_page(EVERYONE_HERE)
def payslip(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Write down what the payslip of a month says."""
    found = _assistant(person, pk)
    form = PayslipForm(
        request.POST or None, months=_months(timezone.localdate()), initial=_slip(request, found)
    )
    if form.is_valid():
        actions.save_payslip(
            by=signed_in(request), at=timezone.now(), assistant=found, month=form.first_day,
            fields=form.values(),
        )  # fmt: skip
        return _saved(request, person, "That month is saved.")
    return _form(
        request, person, form, f"A payslip of {found.name}",
        "We do not work out pay here. Copy the sums from the payslip.",
    )  # fmt: skip


def age_band(born: date, on: date) -> str:
    """Return the band of age that pay goes by; no day of birth is ever shown."""
    age = age_on(born, on)
    return "21 or over" if age >= 21 else "18 to 20" if age >= 18 else "16 or 17"


def _months(on: date) -> list[tuple[str, str]]:
    """Return the months that can be written down: a year back, newest first."""
    first = on.replace(day=1)
    starts = [first]
    while len(starts) < 13:
        last = starts[-1]
        before = (
            anniversary(last, -1).replace(month=12)
            if last.month == 1
            else last.replace(month=last.month - 1)
        )
        starts.append(before)
    return [(day.isoformat(), f"{day:%B %Y}") for day in starts]


def _slip(request: HttpRequest, found: Assistant) -> dict[str, Any]:
    month = request.GET.get("month", "")
    names = ("gross", "taken_off", "employer_insurance", "own_pension", "employer_pension",
             "hours", "holiday_hours", "tax_paid", "pension_paid")  # fmt: skip
    kept = {slip.month.isoformat(): slip for slip in found.slips.all()}.get(month)
    if kept is None:
        return {"month": month}
    known: dict[str, Any] = {name: getattr(kept, name) for name in names}
    paid = [name for name in ("tax", "pension") if known.pop(f"{name}_paid")]
    return {"month": month, "paid": paid, **known}


def _assistant(person: Person, pk: int) -> Assistant:
    return get_object_or_404(Assistant.objects.select_related("person"), pk=pk, person=person)


def _saved(request: HttpRequest, person: Person, words: str) -> HttpResponseBase:
    messages.success(request, words)
    return redirect("money:employer", person.reference)


def _form(
    request: HttpRequest, person: Person, form: Any, title: str, intro: str = ""
) -> HttpResponse:
    back = reverse("money:employer", args=[person.reference])
    return show(
        request, "money/form.jinja", person, form=form, title=title, intro=intro, back=back,
        back_text="Back to personal assistants",
    )  # fmt: skip
