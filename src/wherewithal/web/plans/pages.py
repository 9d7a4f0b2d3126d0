"""What every page about a person's plan or money shares: who it is about, and how it speaks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN
from wherewithal.web.people.models import Person
from wherewithal.web.people.presenters import identity
from wherewithal.web.people.voice import voice_for


def about(person: Person, request: HttpRequest) -> dict[str, Any]:
    """Return what the shared layout of these pages needs."""
    user = signed_in(request)
    own = user.role in OWN
    home = reverse("casework:mine") if own else reverse("record:person", args=[person.reference])
    return {
        "person": person,
        "voice": voice_for(person, user),
        "staff": not own,
        "home": home,
        "identity": identity(person, timezone.localdate()),
    }


def show(request: HttpRequest, template: str, person: Person, **context: Any) -> HttpResponse:
    """Render a page about a person."""
    return render(request, template, {**about(person, request), **context})
