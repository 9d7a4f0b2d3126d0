"""Forms about a person and those who help them."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from nhs_number.validate import is_valid

from wherewithal.web.govuk.forms import (
    CheckboxesField,
    ConfirmField,
    Form,
    GovDateField,
    RadioField,
    SelectField,
    TextField,
    WordsField,
    YesNoField,
)
from wherewithal.web.people.communication import FORMATS, HELP, METHODS, SIZES
from wherewithal.web.people.models import Person, Supporter

NONE_OF_THESE = "none"
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")


class IdentityForm(Form):
    """Who someone is."""

    given_name = TextField("First name", width=20, max_length=60, autocomplete="off")
    family_name = TextField("Last name", width=20, max_length=60, autocomplete="off")
    preferred_name = TextField(
        "What do they like to be called?",
        width=20,
        max_length=60,
        required=False,
        called="the name they like",
        hint="Only if it is not their first name.",
        autocomplete="off",
    )
    date_of_birth = GovDateField("Date of birth", hint="For example, 27 3 1958")
    nhs_number = TextField(
        "NHS number",
        width=20,
        max_length=20,
        required=False,
        hint="10 digits, if they know it. For example, 999 000 0018.",
        autocomplete="off",
        spellcheck=False,
    )

    def __init__(self, *args: Any, on: date, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["date_of_birth"].latest = on  # type: ignore[attr-defined]  # our date field
        self.fields["date_of_birth"].earliest = date(on.year - 125, 1, 1)  # type: ignore[attr-defined]  # our date field

    def clean_nhs_number(self) -> str | None:
        """Take the number with or without spaces; refuse one with a slip in it."""
        digits = re.sub(r"[\s-]", "", self.cleaned_data["nhs_number"])
        if not digits:
            return None
        if not re.fullmatch(r"[0-9]{10}", digits):
            count = sum(sign.isdigit() for sign in digits)
            raise ValidationError(
                f"The NHS number must be 10 digits, and this has {count}."
                " Leave it empty if you are not sure"
            )
        if not is_valid(digits):
            raise ValidationError(
                "One of the digits in the NHS number is not right."
                " Check it, or leave it empty for now"
            )
        others = Person.objects.filter(nhs_number=digits)
        if self.person is not None:
            others = others.exclude(pk=self.person.pk)
        if others.exists():
            raise ValidationError(
                "Someone the council knows has this NHS number."
                " Search for it; if you find nobody, ask your manager"
            )
        return digits


class ContactForm(Form):
    """Where someone lives and how to reach them."""

    address_line = TextField(
        "Address", width=30, max_length=120, required=False, autocomplete="street-address"
    )
    town = TextField(
        "Town or city", width=20, max_length=60, required=False, autocomplete="address-level2"
    )
    postcode = TextField(
        "Postcode",
        width=10,
        max_length=10,
        required=False,
        autocomplete="postal-code",
        spellcheck=False,
    )
    phone = TextField(
        "Telephone number", width=20, max_length=30, required=False, autocomplete="tel"
    )
    email = TextField(
        "Email address", width=30, required=False, autocomplete="email", spellcheck=False
    )

    def clean_postcode(self) -> str:
        """Write a postcode as the post does."""
        typed = " ".join(self.cleaned_data["postcode"].upper().split())
        if not typed:
            return ""
        match = POSTCODE.fullmatch(typed)
        if match is None:
            raise ValidationError("Enter a full postcode, like ZZ99 1AA")
        return f"{match[1]} {match[2]}"

    def clean_phone(self) -> str:
        """Refuse what nobody can dial."""
        phone: str = self.cleaned_data["phone"]
        if phone and not re.fullmatch(r"\+?[\d ()-]{7,}", phone):
            raise ValidationError("Enter a telephone number, like 01632 960001")
        return phone

    def clean_email(self) -> str:
        """Refuse what is no e-mail address."""
        email: str = self.cleaned_data["email"]
        if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
            raise ValidationError("Enter an email address like name@example.org")
        return email


class RegisterForm(IdentityForm, ContactForm):
    """Someone new, with a box to tick where they look like someone known."""

    kind = RadioField(
        "Why are they here?",
        (
            (Person.Kind.ADULT, "They may need care and support"),
            (Person.Kind.CARER, "They care for someone"),
        ),
        called="why they are here",
    )
    someone_else = ConfirmField(
        "Is this someone else?", statement="I looked. This is someone else.", required=False
    )

    field_order = (
        "kind",
        "given_name",
        "family_name",
        "preferred_name",
        "date_of_birth",
        "nhs_number",
        "address_line",
        "town",
        "postcode",
        "phone",
        "email",
        "someone_else",
    )

    def person_fields(self) -> dict[str, Any]:
        """Return what to keep of what was typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "someone_else"}


class CommunicationForm(Form):
    """How to talk and write to someone. Nothing is chosen beforehand: they are to be asked."""

    communication_format = RadioField(
        "How should we write?",
        tuple((code or NONE_OF_THESE, label) for code, label in FORMATS),
        called="how we should write",
    )
    communication_size = SelectField(
        "If large print, how large?", SIZES, required=False, empty="Choose a size"
    )
    contact_method = RadioField(
        "What is the best way to reach them?",
        (*METHODS, (NONE_OF_THESE, "Any of these")),
        called="the best way to reach them",
    )
    communication_help = CheckboxesField(
        "What helps in a talk?",
        (*HELP, (NONE_OF_THESE, "None of these")),
        exclusive=NONE_OF_THESE,
        called="what helps, or none of these",
    )
    communication_note = WordsField(
        "Anything else we should know?", rows=3, limit=1000, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a size of large print; turn “none” into nothing."""
        data = super().clean() or self.cleaned_data
        size = data.get("communication_size")
        large = data.get("communication_format") == "large print"
        if large and not size:
            self.add_error("communication_size", "Choose how large the print should be")
        data["communication_size"] = int(size) if large and size else None
        chosen = data.get("communication_help", [])
        data["communication_help"] = [code for code in chosen if code != NONE_OF_THESE]
        for name in ("communication_format", "contact_method"):
            if data.get(name) == NONE_OF_THESE:
                data[name] = ""
        return data


class DeathForm(Form):
    """The day on which someone died, and who said so."""

    on = GovDateField("On which day did they die?", called="the day", hint="For example, 27 3 2026")
    because = WordsField(
        "Who told us, and whom do we talk to now?", rows=3, limit=1000,
        called="who told us, and whom we talk to now",
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].earliest = person.date_of_birth  # type: ignore[attr-defined]  # our date field
        self.fields["on"].latest = today  # type: ignore[attr-defined]  # our date field


class LivesForm(Form):
    """A death that was written down by mistake."""

    because = WordsField("How do we know?", rows=3, limit=1000, called="how we know")


class SupporterForm(Form):
    """Someone who helps."""

    name = TextField("Their name", width=20, max_length=120, autocomplete="off")
    relationship = TextField(
        "Who are they?",
        width=20,
        max_length=60,
        called="who they are",
        hint="For example, daughter, friend, neighbour or advocate.",
        autocomplete="off",
    )
    phone = TextField(
        "Their telephone number", width=20, max_length=30, required=False, autocomplete="off"
    )
    lives_with = YesNoField(
        "Do they live in the same home?", called="yes or no for living in the same home"
    )
    is_carer = YesNoField(
        "Do they care for them without being paid?",
        called="yes or no for caring without pay",
        hint="Care means help that someone could not do without.",
    )


class ConsentForm(Form):
    """Whether a supporter may see and answer; ``how`` only where someone else writes it down."""

    may_see = YesNoField("May they see this record, and help to answer?", called="yes or no")
    how = WordsField(
        "How did the person tell you?", rows=3, limit=500, called="how the person told you"
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["how"]


class WillingForm(Form):
    """What a supporter says about their help."""

    ANSWERS = tuple(Supporter.Answer.choices)
    willing = RadioField(
        "Are you willing to go on helping?",
        ANSWERS,
        called="an answer about being willing",
        hint="You may say no. You may change your mind.",
    )
    able = RadioField(
        "Are you able to go on helping?",
        ANSWERS,
        called="an answer about being able",
        hint="Think about your health, your work and your sleep.",
    )
