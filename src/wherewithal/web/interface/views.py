"""Keys: list, make, end; and what they open, told to those who write programs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.interface import actions
from wherewithal.web.interface.forms import KeyForm
from wherewithal.web.interface.models import AccessKey

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


@page(ADMINISTRATORS)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """List the keys, newest first."""
    found = list(AccessKey.objects.select_related("made_by"))
    today = timezone.localdate()
    return render(request, "interface/keys.jinja", {"keys": found, "today": today})


@page(ADMINISTRATORS)
def add(request: HttpRequest) -> HttpResponseBase:
    """Make a key and show it once."""
    form = KeyForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        key, secret = actions.make_key(
            by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
        return render(request, "interface/made.jinja", {"key": key, "secret": secret})
    return render(request, "interface/add.jinja", {"form": form})


@page(ADMINISTRATORS)
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask once more, and end a key."""
    key = get_object_or_404(AccessKey, pk=pk)
    if request.method == "POST":
        try:
            actions.end_key(key=key, by=signed_in(request), at=timezone.now())
        except NotNow as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, f"The key for {key.name} no longer opens anything.")
        return redirect("interface:keys")
    return render(request, "interface/end.jinja", {"key": key})
