"""The rule that opens a page about one person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from wherewithal.web.accounts.pages import View, page, signed_in
from wherewithal.web.people.models import Person


def person_page(roles: frozenset[Any]) -> Callable[[View], View]:
    """Declare a page about one person: the view receives the ``Person`` instead of ``ref``.

    The role is checked first (not allowed), then whether this reader may know about this person:
    where not, the page is not found, so that nobody learns who is known to the council.
    """

    def declare(view: View) -> View:
        @page(roles)
        @wraps(view)
        def found(request: HttpRequest, ref: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if "\0" in ref:  # no reference holds one, and PostgreSQL cannot even be asked
                raise Http404
            people = Person.objects.visible_to(signed_in(request)).select_related(
                "practitioner", "team"
            )
            return view(request, get_object_or_404(people, reference=ref), *args, **kwargs)

        return found

    return declare
