"""Sign in and out, choose a password, and look after who may sign in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from wherewithal.web.accounts import actions, trial
from wherewithal.web.accounts.forms import AddUserForm, ChangeUserForm, PasswordForm, SignInForm
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.pages import onward, page, signed_in
from wherewithal.web.accounts.querysets import TRIES
from wherewithal.web.accounts.roles import EVERYONE, PUBLIC, Role
from wherewithal.web.accounts.transitions import NotNow

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
NO_MATCH = "The user name and password do not match. Check both, and try again"
TOO_MANY = "There were too many tries. Wait 15 minutes and try again, or call us for a new password"


@page(PUBLIC)
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Let someone in, back to the page they came for."""
    to = onward(request, "start:home")
    if request.user.is_authenticated and request.method == "GET":
        return redirect(to)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        user = _known(request, form)
        if user is not None:
            login(request, user)
            actions.note_sign_in(by=user, at=timezone.now())
            return redirect("accounts:my-password" if user.password_is_temporary else to)
    facts = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "accounts/sign_in.jinja", facts)


@page(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out, and say so."""
    logout(request)
    messages.success(request, "You are signed out. What you saved is safe.")
    return redirect("start:welcome")


@page(PUBLIC)
def try_as(request: HttpRequest, role: str) -> HttpResponseBase:
    """Sign in as one of the examples, only on trial and only from this machine."""
    user = trial.example(role) if trial.allowed(request) else None
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    actions.note_sign_in(by=user, at=timezone.now(), trial=True)
    return redirect("start:home")


@page(EVERYONE)
@sensitive_post_parameters("password")
def my_password(request: HttpRequest) -> HttpResponseBase:
    """Choose one's own password."""
    user = signed_in(request)
    form = PasswordForm(request.POST or None, user=user)
    if form.is_valid():
        actions.choose_password(by=user, at=timezone.now(), password=form.cleaned_data["password"])
        update_session_auth_hash(request, user)
        messages.success(request, "Your new password is set.")
        return redirect("start:home")
    return render(request, "accounts/my_password.jinja", {"form": form})


@page(ADMINISTRATORS)
def users(request: HttpRequest) -> HttpResponse:
    """List everyone who may sign in."""
    text, role = request.GET.get("q", ""), request.GET.get("role", "")
    role = role if role in Role.values else ""
    found = User.objects.found_by(text, role).select_related("team")
    found = found.order_by("last_name", "first_name", "id")
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    facts = {"shown": shown, "text": text, "role": role, "roles": Role.choices}
    return render(request, "accounts/users.jinja", facts)


@page(ADMINISTRATORS)
@sensitive_post_parameters("password")
def add(request: HttpRequest) -> HttpResponseBase:
    """Let someone new sign in."""
    form = AddUserForm(request.POST or None)
    if form.is_valid():
        added = actions.add_user(by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"{added} can now sign in as “{added.username}”.")
        return redirect("accounts:users")
    return render(request, "accounts/add.jinja", {"form": form})


@page(ADMINISTRATORS)
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change someone's role, team, or whether they may sign in."""
    user = get_object_or_404(User, pk=pk)
    names = ("first_name", "last_name", "email", "phone", "role", "is_active")
    initial = {name: getattr(user, name) for name in names} | {"team": str(user.team_id or "")}
    form = ChangeUserForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            by = signed_in(request)
            actions.change_user(by=by, at=timezone.now(), user=user, **form.cleaned_data)
        except NotNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The account of {user} is changed.")
            return redirect("accounts:users")
    return render(request, "accounts/change.jinja", {"form": form, "account": user})


@page(ADMINISTRATORS)
@sensitive_post_parameters("password")
def set_password(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Set a temporary password for someone who can't get in."""
    user = get_object_or_404(User, pk=pk)
    form = PasswordForm(request.POST or None, user=user)
    if form.is_valid():
        actions.give_temporary_password(
            by=signed_in(request), at=timezone.now(), user=user,
            password=form.cleaned_data["password"],
        )  # fmt: skip
        messages.success(request, f"{user} must choose a new password when they next sign in.")
        return redirect("accounts:users")
    return render(request, "accounts/set_password.jinja", {"form": form, "account": user})


def _known(request: HttpRequest, form: SignInForm) -> User | None:
    """Return who has this name and password; otherwise leave a kind message on the form."""
    username, at = form.cleaned_data["username"], timezone.now()
    if AuditRow.objects.failed_sign_ins(username, at) >= TRIES:
        form.add_error(None, TOO_MANY)
        return None
    password = form.cleaned_data["password"]
    user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        return user
    actions.note_failed_sign_in(username=username, at=at)
    form.add_error("username", NO_MATCH)
    return None
