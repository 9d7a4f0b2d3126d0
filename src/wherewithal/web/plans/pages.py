"""What every page about a person's plan or money shares: who it is about, and how it speaks."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wherewithal.dates import long_date
from wherewithal.letters.letter import Letter, Recipient, Sender
from wherewithal.letters.pdf import to_pdf
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN, Role
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local


@dataclass(frozen=True, slots=True)
class Voice:
    """How a page speaks of the person: as "you" to themselves, by name to everyone else."""

    you: str
    your: str
    own: bool

    @property
    def Your(self) -> str:  # noqa: N802  the word as it begins a heading
        """``your`` at the beginning of a sentence."""
        return self.your[:1].upper() + self.your[1:]

    @property
    def You(self) -> str:  # noqa: N802  the word as it begins a sentence
        """``you`` at the beginning of a sentence."""
        return self.you[:1].upper() + self.you[1:]


def voice_for(person: Person, role: str) -> Voice:
    """Return how to speak of a person to a reader of this role."""
    if role == Role.PERSON:
        return Voice("you", "your", own=True)
    name = person.preferred_name or person.given_name
    return Voice(name, f"{name}’s", own=False)


def about(person: Person, request: HttpRequest) -> dict[str, Any]:
    """Return what the shared layout of these pages needs."""
    user = signed_in(request)
    own = user.role in OWN
    home = reverse("casework:mine") if own else reverse("record:person", args=[person.reference])
    return {
        "person": person,
        "voice": voice_for(person, user.role),
        "staff": not own,
        "home": home,
        "identity_facts": [("Born", long_date(person.date_of_birth))],
        "identity_flags": [person.communication_format] if person.communication_format else [],
    }


def show(request: HttpRequest, template: str, person: Person, **context: Any) -> HttpResponse:
    """Render a page about a person."""
    return render(request, template, {**about(person, request), **context})


def recipient(person: Person) -> Recipient:
    """Return a person as the one a letter goes to."""
    lines = (person.address_line, person.town, person.postcode)
    return Recipient(person.name, tuple(line for line in lines if line))


def sender() -> Sender:
    """Return the council as a letter's sender."""
    council = local("council_name", "council_phone", "council_email")
    contact = (f"Telephone {council['council_phone']}", str(council["council_email"]))
    return Sender(str(council["council_name"]), contact)


def size_for(person: Person) -> Any:
    """Return the size of print that a person reads."""
    return "large" if "large" in person.communication_format.lower() else "standard"


def pdf(letter: Letter, name: str) -> HttpResponse:
    """Answer with a letter as a PDF that opens in the browser."""
    answer = HttpResponse(to_pdf(letter), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
