"""Forms to sign in, to choose a password, to say who may sign in, and to name teams."""

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from wherewithal.web.accounts.models import Team, User
from wherewithal.web.accounts.roles import CARE, Role
from wherewithal.web.govuk.forms import Form, RadioField, SelectField, TextField, YesNoField

USERNAME = re.compile(r"[a-z0-9._-]{3,60}")
ROLE_HINTS = {
    Role.PERSON: "Sees and answers their own record only.",
    Role.SUPPORTER: "Sees the people who have agreed to it.",
    Role.PRACTITIONER: "Works with their team’s people.",
    Role.MANAGER: "Signs off for their team.",
    Role.FINANCE: "Charges and payments. No assessments.",
    Role.ANALYST: "Figures without names, and schemes.",
    Role.ADMINISTRATOR: "Settings and who may sign in. No people.",
}


def password_field(label: str, *, hint: str = "", new: bool = True, called: str = "") -> TextField:
    """Make a field for a password: pasted or filled in by a manager, spaces kept."""
    made = TextField(
        label,
        width=20,
        hint=hint,
        called=called,
        spellcheck=False,
        widget=forms.PasswordInput(),
        autocomplete="new-password" if new else "current-password",
    )
    made.strip = False
    return made


class SignInForm(Form):
    """User name and password."""

    username = TextField(
        "User name", width=20, autocomplete="username", spellcheck=False, called="your user name"
    )
    password = password_field("Password", new=False, called="your password")


class PasswordForm(Form):
    """A new password, once: it can be seen being typed on most phones, and pasted."""

    password = password_field(
        "New password",
        hint="At least 12 letters, numbers or signs. Three words that you can remember work well.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse a password that is short or that many people use."""
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password, self.user)
        except ValidationError as weak:
            told = {
                "password_too_short": "Use at least 12 letters, numbers or signs",
                "password_too_common": "Choose a password that fewer people use",
            }
            raise ValidationError(
                [told.get(e.code or "", e.messages[0]) for e in weak.error_list]
            ) from None
        return password


class UserForm(Form):
    """Who someone is here."""

    first_name = TextField("First name", width=20, max_length=60, autocomplete="off")
    last_name = TextField("Last name", width=20, max_length=60, autocomplete="off")
    email = TextField(
        "Email address", required=False, width=30, autocomplete="off", spellcheck=False
    )
    phone = TextField(
        "Telephone number", required=False, width=20, max_length=30, autocomplete="off"
    )
    role = RadioField(
        "Role", tuple(Role.choices), hints={str(k): v for k, v in ROLE_HINTS.items()}, small=True
    )
    team = SelectField(
        "Team", (), required=False, empty="No team", hint="Practitioners and managers need one."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(str(team.pk), team.name) for team in Team.objects.order_by("name")]
        self.fields["team"].choices = [("", "No team"), *teams]  # type: ignore[attr-defined]  # a select

    def clean_email(self) -> str:
        """Refuse what is no e-mail address."""
        email: str = self.cleaned_data["email"]
        if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
            raise ValidationError("Enter an email address like name@example.org")
        return email

    def clean(self) -> dict[str, Any]:
        """Ask for a team where the role works in one, and turn its number into the team."""
        data = super().clean() or self.cleaned_data
        if data.get("role") in CARE and not data.get("team") and "team" not in self.errors:
            self.add_error("team", "Choose the team that this person works in")
        number = data.get("team")
        data["team"] = Team.objects.get(pk=number) if number else None
        if "role" in data:
            data["role"] = Role(data["role"])
        return data


class TeamForm(Form):
    """What a team is called, and how to reach it."""

    name = TextField("Name of the team", width=20, max_length=80, autocomplete="off")
    phone = TextField(
        "Telephone number", required=False, width=20, max_length=30, autocomplete="off"
    )

    def __init__(self, *args: Any, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team

    def clean_name(self) -> str:
        """Refuse a name that another team has, whatever its capitals."""
        name: str = self.cleaned_data["name"]
        named = Team.objects.filter(name__iexact=name).first()
        if named and named != self.team:
            raise ValidationError(f"There is a team called {name} already. Choose another name")
        return name


class AddUserForm(UserForm):
    """Someone new, with a user name and a first password."""

    username = TextField(
        "User name",
        width=20,
        max_length=60,
        autocomplete="off",
        spellcheck=False,
        hint="Small letters, numbers, dots and dashes. It can’t be changed later.",
    )
    password = password_field(
        "Temporary password",
        hint="At least 12 letters, numbers or signs. They must change it when they first sign in.",
    )

    def clean_username(self) -> str:
        """Refuse a user name that is taken or hard to type."""
        username: str = self.cleaned_data["username"].casefold()
        if not USERNAME.fullmatch(username):
            raise ValidationError(
                "Use 3 or more small letters, numbers, dots and dashes, like pat.thistle"
            )
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(
                f"Somebody already signs in as {username}. Choose another user name"
            )
        return username

    def clean_password(self) -> str:
        """Refuse a password that is short or that many people use."""
        form = PasswordForm({"password": self.cleaned_data["password"]}, user=User())
        if not form.is_valid():
            raise ValidationError(list(form.errors["password"]))
        return str(form.cleaned_data["password"])


class ChangeUserForm(UserForm):
    """The same, and whether they may still sign in."""

    is_active = YesNoField(
        "May they sign in?", hint="“No” shuts the account. Nothing they did is lost."
    )
