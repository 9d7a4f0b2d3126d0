"""What the pages of this application have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from wherewithal.letters.letter import Letter, Size
from wherewithal.letters.pdf import LetterError, to_pdf
from wherewithal.letters.plain import to_text
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.assessments.wording import voice_for
from wherewithal.web.people.communication import flags
from wherewithal.web.people.models import Person


def show(request: HttpRequest, template: str, person: Person, **context: Any) -> HttpResponse:
    """Render one of our pages: it knows the person, and how to speak to this reader."""
    voice = voice_for(person, signed_in(request))
    context |= {
        "person": person,
        "voice": voice,
        "flags": flags(person, timezone.localdate()) if voice.staff else [],
        "of": f"?of={_earlier(request)}" if _earlier(request) else "",
        "large": "?" + (f"of={_earlier(request)}&" if _earlier(request) else "") + "size=large",
    }
    return render(request, f"assessments/{template}.jinja", context)


def newest_or_404(person: Person) -> Assessment:
    """Return someone's newest assessment; the page is not found where there is none."""
    assessment = Assessment.objects.newest_of(person)
    if assessment is None:
        raise Http404
    return assessment


def read_or_404(request: HttpRequest, person: Person) -> Assessment:
    """Return the assessment a page shows: an earlier one where ``?of=`` names it, or the newest."""
    earlier = _earlier(request)
    if not earlier:
        return newest_or_404(person)
    return get_object_or_404(Assessment.objects.whole_of(person), pk=earlier)


@contextmanager
def kindly(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Say what was done, or, in a kind message, why it can't be done now."""
    try:
        yield
    except NotNow as reason:
        messages.warning(request, str(reason))
    except ValidationError as reason:
        messages.warning(request, " ".join(reason.messages))
    else:
        if done:
            messages.success(request, done)


def size_for(request: HttpRequest, person: Person) -> Size:
    """Return the size of print: as asked for, or as this person needs it."""
    needed = "large" if "large" in person.communication_format.lower() else "standard"
    asked = request.GET.get("size", needed)
    return cast("Size", asked if asked in {"standard", "large"} else needed)


def pdf(letter: Letter, name: str) -> HttpResponse:
    """Return a letter as PDF, or as plain text where it holds signs that no font here has."""
    try:
        response = HttpResponse(to_pdf(letter), content_type="application/pdf")
        ending = "pdf"
    except LetterError:
        response = HttpResponse(to_text(letter), content_type="text/plain; charset=utf-8")
        ending = "txt"
    response["Content-Disposition"] = f'inline; filename="{name}-{letter.reference}.{ending}"'
    return response


def _earlier(request: HttpRequest) -> int:
    asked = request.GET.get("of", "")
    return int(asked) if asked.isdecimal() and len(asked) < 12 else 0
