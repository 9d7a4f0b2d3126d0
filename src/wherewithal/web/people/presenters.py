"""A person as the page about them shows them, in the words of whoever reads it."""

from datetime import date
from typing import Any

from django.urls import reverse

from wherewithal.dates import age_on, long_date
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import CARE, Role
from wherewithal.web.people.communication import METHODS, ask_again, flags, helped_by, in_format
from wherewithal.web.people.models import Person, Supporter

Row = dict[str, Any]


def identity(person: Person, on: date) -> dict[str, Any]:
    """Return what stands in the bar on every page about someone: who, and how to talk with them."""
    facts = [("Born", f"{person.date_of_birth:%-d %b %Y} ({age_on(person.date_of_birth, on)})")]
    if person.nhs_number:
        facts.append(("NHS number", spaced(person.nhs_number)))
    if person.practitioner is not None:
        facts.append(("Works with", str(person.practitioner)))
    return {
        "name": person.name,
        "reference": person.reference,
        "facts": facts,
        "flags": flags(person, on),
    }


def identity_rows(person: Person, reader: User, on: date) -> list[Row]:
    """Return who someone is; only staff can change it."""
    born = f"{long_date(person.date_of_birth)} (age {age_on(person.date_of_birth, on)})"
    number = person.nhs_number or ""
    rows: list[Row] = [
        {"key": "Name", "value": f"{person.given_name} {person.family_name}"},
        {"key": "Likes to be called", "value": person.preferred_name or person.given_name},
        {"key": "Date of birth", "value": born},
        {"key": "NHS number", "value": spaced(number) or "Not given"},
        {"key": "Reference", "value": person.reference},
    ]
    if reader.role in CARE:
        _changed_at(rows[0], "people:identity", person, "name, date of birth or NHS number")
    return rows


def contact_rows(person: Person, reader: User) -> list[Row]:
    """Return where someone lives and how to reach them."""
    address = ", ".join(filter(None, (person.address_line, person.town, person.postcode)))
    rows: list[Row] = [
        {"key": "Address", "value": address or "Not given"},
        {"key": "Telephone", "value": person.phone or "Not given"},
        {"key": "Email", "value": person.email or "Not given"},
    ]
    if reader.role in CARE | {Role.PERSON}:
        _changed_at(rows[0], "people:contact", person, "address, telephone or email")
    return rows


def communication_rows(person: Person, on: date) -> list[Row]:
    """Return how someone needs to be talked and written to, and when to ask again."""
    again = ask_again(person)
    if again is None:
        when = "Not asked yet"
    else:
        when = f"{long_date(again)}{', which is now due' if again <= on else ''}"
    rows: list[Row] = [
        {"key": "Letters and pages", "value": in_format(person)},
        {"key": "Best way to reach", "value": dict(METHODS).get(person.contact_method, "Any")},
        {"key": "What helps in a talk", "value": "; ".join(helped_by(person)) or "Nothing noted"},
        {"key": "To remember", "value": person.communication_note or "Nothing noted"},
        {"key": "Ask again by", "value": when},
    ]
    _changed_at(rows[0], "people:communication", person, "how to talk and write")
    return rows


def supporter_card(supporter: Supporter, reader: User) -> dict[str, Any]:
    """Return what this reader may know of a supporter, and what they may change.

    Whether a carer is willing is between them and the council: the person reads it nowhere.
    """
    person, own = supporter.person, supporter.user_id == reader.pk
    about = f"for {supporter.name}"
    change = {
        "text": "Change",
        "href": _place("people:supporter", supporter),
        "about": f"details of {supporter.name}",
    }
    consent = {
        "text": "Change",
        "href": _place("people:may-see", supporter),
        "about": f"what {supporter.name} may see",
    }
    may_change = reader.role in CARE | {Role.PERSON}
    rows: list[Row] = [
        {
            "key": "Who they are",
            "value": supporter.relationship,
            "actions": [change] if may_change else [],
        },
        {"key": "Telephone", "value": supporter.phone or "Not given"},
        {"key": "Lives in the same home", "value": _yes(supporter.lives_with)},
        {"key": "Cares without being paid", "value": _yes(supporter.is_carer)},
        {
            "key": "May see this record",
            "value": _yes(supporter.may_see),
            "actions": [consent] if may_change else [],
        },
    ]
    if reader.role in CARE or own:
        tell = {
            "text": "Change",
            "href": _place("people:willing", supporter),
            "about": f"willing and able {about}",
        }
        willing, able = supporter.get_willing_display(), supporter.get_able_display()
        said = f"Willing: {willing.lower()}. Able: {able.lower()}."
        rows.append({"key": "To go on helping", "value": said, "actions": [tell]})
    if reader.role in CARE and supporter.may_see:
        href = _place("people:supporter-way-in", supporter)
        give = {
            "text": "New password" if supporter.user_id else "Let them sign in",
            "href": href,
            "about": about,
        }
        value = supporter.user.username if supporter.user else "Has no way to sign in"
        rows.append({"key": "Signs in as", "value": value, "actions": [give]})
    return {"name": supporter.name, "rows": rows, "person": person}


def spaced(number: str) -> str:
    """Write an NHS number as people read it: ``999 123 4567``."""
    return f"{number[:3]} {number[3:6]} {number[6:]}".strip()


def _changed_at(row: Row, name: str, person: Person, about: str) -> None:
    row["actions"] = [
        {"text": "Change", "href": reverse(name, args=[person.reference]), "about": about}
    ]


def _place(name: str, supporter: Supporter) -> str:
    return reverse(name, args=[supporter.person.reference, supporter.pk])


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
