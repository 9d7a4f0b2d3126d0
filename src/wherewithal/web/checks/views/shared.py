"""What the pages about accounts share: one form on a page, and what happens when it is sent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN, STAFF, Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.govuk.forms import Form
from wherewithal.web.people.models import Person
from wherewithal.web.plans.pages import show

READERS = OWN | STAFF
DECIDERS = frozenset({Role.FINANCE, Role.MANAGER})
Intro = tuple[str, ...]


def stamp(request: HttpRequest) -> dict[str, Any]:
    """Return who acts, and when."""
    return {"by": signed_in(request), "at": timezone.now()}


def one_form(
    request: HttpRequest, person: Person, form: Form, *, heading: str, button: str,
    do: Callable[[dict[str, Any]], Any], done: str, to: tuple[Any, ...] = (),
    intro: Intro = (), caution: str = "",
) -> HttpResponseBase:  # fmt: skip
    """Show a form, or do what it asks for and go on; a refusal stands beside the form."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except NotNow as reason:
            messages.warning(request, str(reason))
            return _on(person, to)
        except ValidationError as problem:
            _beside(form, problem)
        else:
            messages.success(request, done)
            return _on(person, to)
    return show(
        request, "checks/form.jinja", person, form=form, heading=heading, button=button,
        intro=intro, caution=caution,
    )  # fmt: skip


def _on(person: Person, to: tuple[Any, ...]) -> HttpResponseBase:
    name, *rest = to or ("checks:account",)
    return redirect(name, person.reference, *rest)


def _beside(form: Form, problem: ValidationError) -> None:
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, errors in problem.message_dict.items():
        form.add_error(name if name in form.fields else None, errors)
