"""How someone needs to be talked and written to, as the Accessible Information Standard asks.

Identify, record, flag, share, meet, review (DAPB1605): codes here, flags on every page about them.
"""

from datetime import date

from wherewithal.dates import long_date
from wherewithal.web.people.models import Person

FORMATS = (
    ("", "Ordinary letters and pages are fine"),
    ("large print", "Large print"),
    ("easy read", "Easy read: short sentences with pictures"),
    ("audio", "Audio: to listen to"),
    ("braille", "Braille"),
    ("BSL", "A film in British Sign Language (BSL)"),
    ("email", "Email, for a screen reader or other software"),
)
METHODS = (
    ("phone", "Phone call"),
    ("text", "Text message"),
    ("email", "Email"),
    ("post", "Letter"),
    ("relay", "Relay UK"),
    ("visit", "A visit"),
    ("someone", "Through someone else"),
)
HELP = (
    ("bsl-interpreter", "A British Sign Language interpreter"),
    ("lipspeaker", "A lipspeaker, or to see the speaker’s face"),
    ("deafblind", "A deafblind interpreter or guide"),
    ("hearing-loop", "A hearing loop"),
    ("advocate", "An advocate"),
    ("someone-there", "Someone trusted close by"),
    ("more-time", "More time, or shorter talks"),
    ("plain-words", "Plain words, one thing at a time"),
)
SIZES = (("18", "18 point"), ("20", "20 point"), ("24", "24 point"), ("28", "28 point or more"))


def ask_again(person: Person) -> date | None:
    """Return the day to ask again: a year after they were last asked."""
    asked = person.communication_asked_on
    if asked is None:
        return None
    day = 28 if (asked.month, asked.day) == (2, 29) else asked.day
    return date(asked.year + 1, asked.month, day)


def in_format(person: Person) -> str:
    """Say in which format someone reads or hears us."""
    label = dict(FORMATS).get(person.communication_format, person.communication_format)
    if person.communication_format == "large print" and person.communication_size:
        return f"{label}, {person.communication_size} point"
    if not person.communication_format and person.communication_asked_on is None:
        return "Not asked yet"
    return label


def helped_by(person: Person) -> list[str]:
    """Return what helps someone to take part in a talk."""
    chosen = person.communication_help or ()
    return [label for code, label in HELP if code in chosen]


def flags(person: Person, on: date) -> list[str]:
    """Return what everybody must know before they talk or write to someone."""
    if person.date_of_death is not None:
        return [f"Died on {long_date(person.date_of_death)}"]
    made = [in_format(person)] if person.communication_format else []
    if person.contact_method:
        made.append(f"Reach by: {dict(METHODS)[person.contact_method]}")
    made += helped_by(person)
    due = ask_again(person)
    if due is None:
        made.append("Ask how they need us to talk and write to them")
    elif due <= on:
        made.append("Ask again how they need us to talk and write to them")
    return made
