"""What the pages of this application have in common."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.assessments.forms import CopyForm
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.people.communication import flags
from wherewithal.web.people.models import Person
from wherewithal.web.people.voice import voice_for


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


def ask_for_copy(
    request: HttpRequest, person: Person, save: Callable[..., object], *,
    title: str, question: str, back: str, done: str,
) -> HttpResponseBase:  # fmt: skip
    """Ask how and when the person was given something; ``save(copy=…, by=…, at=…)`` keeps it."""
    form = CopyForm(today=timezone.localdate(), question=question, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        with kindly(request, done):
            save(copy=form.copy(), by=signed_in(request), at=timezone.now())
        return redirect(back, person.reference)
    return show(request, "copy", person, form=form, title=title, back=back)


def _earlier(request: HttpRequest) -> int:
    asked = request.GET.get("of", "")
    return int(asked) if asked.isdecimal() and len(asked) < 12 else 0
