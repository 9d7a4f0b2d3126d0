"""The page about a person, what can be changed on it, and registering someone new."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from wherewithal.web.accounts.pages import onward, page, signed_in
from wherewithal.web.accounts.roles import CARE, OWN, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.people import actions
from wherewithal.web.people.communication import flags
from wherewithal.web.people.forms import (
    NONE_OF_THESE,
    CommunicationForm,
    ConsentForm,
    ContactForm,
    DeathForm,
    IdentityForm,
    LivesForm,
    RegisterForm,
    SupporterForm,
    WillingForm,
)
from wherewithal.web.people.models import Person, Supporter
from wherewithal.web.people.pages import person_page
from wherewithal.web.people.presenters import (
    communication_rows,
    contact_rows,
    identity_rows,
    supporter_card,
)
from wherewithal.web.people.voice import voice_for

PERSON_OR_CARE = CARE | {Role.PERSON}


@person_page(OWN | CARE)
def about(request: HttpRequest, person: Person) -> HttpResponse:
    """Show who someone is, how to talk with them, and who helps."""
    reader, on = signed_in(request), timezone.localdate()
    supporters = Supporter.objects.filter(person=person).select_related("user", "person")
    cards = [supporter_card(each, reader) for each in supporters.order_by("name", "id")]
    facts = {
        "identity": identity_rows(person, reader, on),
        "contact": contact_rows(person, reader),
        "communication": communication_rows(person, on),
        "supporters": cards,
        "staff": reader.role in CARE,
        "may_add": reader.role in PERSON_OR_CARE,
    }
    return _show(request, person, "about", facts)


@person_page(CARE)
def identity(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Change a name, a date of birth or an NHS number."""
    on = timezone.localdate()
    names = ("given_name", "family_name", "preferred_name", "date_of_birth", "nhs_number")
    initial = {name: getattr(person, name) for name in names}
    form = IdentityForm(request.POST or None, initial=initial, on=on, person=person)
    if form.is_valid():
        what = "name, date of birth or NHS number"
        _change(request, person, what, form.cleaned_data)
        return redirect("people:about", person.reference)
    return _show(request, person, "identity", {"form": form})


@person_page(PERSON_OR_CARE)
def contact(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Change an address, a telephone number or an e-mail address."""
    names = ("address_line", "town", "postcode", "phone", "email")
    initial = {name: getattr(person, name) for name in names}
    form = ContactForm(request.POST or None, initial=initial)
    if form.is_valid():
        _change(request, person, "address, telephone or email", form.cleaned_data)
        return redirect("people:about", person.reference)
    return _show(request, person, "contact", {"form": form})


@person_page(OWN | CARE)
def communication(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Record how someone needs to be talked and written to."""
    asked = person.communication_asked_on is not None
    empty = NONE_OF_THESE if asked else ""
    initial = {
        "communication_format": person.communication_format or empty,
        "communication_size": str(person.communication_size or ""),
        "communication_help": person.communication_help or ([NONE_OF_THESE] if asked else []),
        "contact_method": person.contact_method or empty,
        "communication_note": person.communication_note,
    }
    form = CommunicationForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.record_communication(
            by=signed_in(request), at=timezone.now(), on=timezone.localdate(), person=person,
            fields=form.cleaned_data,
        )  # fmt: skip
        messages.success(request, "Thank you. That is saved, and everyone who writes will see it.")
        return redirect("people:about", person.reference)
    return _show(request, person, "communication", {"form": form})


@person_page(CARE | {Role.FINANCE})
def died(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Record that someone has died."""
    initial = {"on": person.date_of_death}
    form = DeathForm(
        request.POST or None, initial=initial, person=person, today=timezone.localdate()
    )
    if form.is_valid():
        by, at = signed_in(request), timezone.now()
        actions.record_death(by=by, at=at, person=person, **form.cleaned_data)
        messages.success(request, "That is saved. We are sorry.")
        return redirect("record:person", person.reference)
    return _show(request, person, "died", {"form": form})


@person_page(CARE | {Role.FINANCE})
def lives(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Take back a death that was written down by mistake."""
    if person.date_of_death is None:
        return redirect("people:died", person.reference)
    form = LivesForm(request.POST or None)
    if form.is_valid():
        by, at = signed_in(request), timezone.now()
        actions.record_death(by=by, at=at, person=person, on=None, **form.cleaned_data)
        messages.success(request, f"That is put right. Say sorry to {person.name}.")
        return redirect("record:person", person.reference)
    return _show(request, person, "lives", {"form": form})


@person_page(PERSON_OR_CARE)
def add_supporter(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Add someone who helps."""
    form = SupporterForm(request.POST or None)
    if form.is_valid():
        added = actions.add_supporter(
            by=signed_in(request), at=timezone.now(), person=person, **form.cleaned_data
        )
        messages.success(request, f"{added.name} is added.")
        return redirect("people:may-see", person.reference, added.pk)
    return _show(request, person, "supporter", {"form": form, "supporter": None})


@person_page(PERSON_OR_CARE)
def supporter(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Change what is known about someone who helps."""
    helper = _helper(person, pk)
    names = ("name", "relationship", "phone", "lives_with", "is_carer")
    form = SupporterForm(request.POST or None, initial={n: getattr(helper, n) for n in names})
    if form.is_valid():
        by, at = signed_in(request), timezone.now()
        actions.change_supporter(by=by, at=at, supporter=helper, fields=form.cleaned_data)
        messages.success(request, "That is saved.")
        return redirect("people:about", person.reference)
    return _show(request, person, "supporter", {"form": form, "supporter": helper})


@person_page(PERSON_OR_CARE)
def may_see(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Record whether the person agrees that a supporter sees and answers."""
    helper, reader = _helper(person, pk), signed_in(request)
    own = reader.role == Role.PERSON
    form = ConsentForm(request.POST or None, initial={"may_see": helper.may_see}, own=own)
    if form.is_valid():
        actions.record_consent(by=reader, at=timezone.now(), supporter=helper, **form.cleaned_data)
        messages.success(request, "That is saved. It can be changed at any time.")
        return redirect("people:about", person.reference)
    return _show(request, person, "may_see", {"form": form, "supporter": helper})


@person_page(CARE | {Role.SUPPORTER})
def willing(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Record what a supporter says about going on helping; a supporter answers for themselves."""
    helper, reader = _helper(person, pk), signed_in(request)
    own = helper.user_id == reader.pk
    if reader.role == Role.SUPPORTER and not own:
        raise PermissionDenied
    back = onward(request, reverse("people:about", args=[person.reference]))
    initial = {"willing": helper.willing, "able": helper.able}
    form = WillingForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.record_willingness(
            by=reader, at=timezone.now(), supporter=helper, **form.cleaned_data
        )
        messages.success(request, "Thank you. That is saved.")
        return redirect(back)
    facts = {"form": form, "supporter": helper, "own": own, "back": back}
    return _show(request, person, "willing", facts)


@person_page(CARE)
@never_cache
def way_in(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Let the person sign in, or give them a new password: shown once."""
    return _way_in(request, person, None)


@person_page(CARE)
@never_cache
def supporter_way_in(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Let a supporter sign in, once the person has agreed."""
    return _way_in(request, person, _helper(person, pk))


@page(CARE)
def register(request: HttpRequest) -> HttpResponseBase:
    """Make someone new known to the council, once it is clear that they are not known already."""
    reader, on = signed_in(request), timezone.localdate()
    form = RegisterForm(request.POST or None, on=on)
    alike: list[Person] = []
    if form.is_valid():
        data = form.cleaned_data
        alike = Person.objects.visible_to(reader).alike(
            data["given_name"], data["family_name"], data["date_of_birth"]
        )
        if not alike or data["someone_else"]:
            person = actions.register_person(
                by=reader, at=timezone.now(), on=on, **form.person_fields()
            )
            messages.success(request, f"{person.name} is registered as {person.reference}.")
            return redirect("people:communication", person.reference)
        form.add_error("someone_else", "Look at who is listed. Is it the same person?")
    return render(request, "people/register.jinja", {"form": form, "alike": alike})


def _way_in(request: HttpRequest, person: Person, helper: Supporter | None) -> HttpResponseBase:
    facts: dict[str, Any] = {"holder": helper or person, "given": None, "refused": ""}
    if request.method == "POST":
        try:
            facts["given"] = actions.give_way_in(
                by=signed_in(request), at=timezone.now(), person=person, supporter=helper
            )
        except NotNow as refused:
            facts["refused"] = str(refused)
    return _show(request, person, "way_in", facts)


def _change(request: HttpRequest, person: Person, what: str, fields: dict[str, Any]) -> None:
    by, at = signed_in(request), timezone.now()
    actions.change_person(by=by, at=at, person=person, what=what, fields=fields)
    messages.success(request, "That is saved.")


def _helper(person: Person, pk: int) -> Supporter:
    found = Supporter.objects.select_related("user", "person")
    return get_object_or_404(found, pk=pk, person=person)


def _show(request: HttpRequest, person: Person, name: str, facts: dict[str, Any]) -> HttpResponse:
    reader = signed_in(request)
    known = {"person": person, "voice": voice_for(person, reader)}
    known["flags"] = flags(person, timezone.localdate()) if reader.role in CARE else []
    return render(request, f"people/{name}.jinja", known | facts)
