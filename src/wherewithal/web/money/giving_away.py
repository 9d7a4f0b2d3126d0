"""What in a text would show whom it is about."""

import re

from wherewithal.web.people.folding import fold
from wherewithal.web.people.models import Person

LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){4,}")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
EMAIL = re.compile(r"\S+@\S+\.\S+")
REFERENCE = re.compile(r"\bWW\d+\b", re.IGNORECASE)
SHORTEST_NAME = 2


def gives_away(person: Person, text: str) -> list[str]:
    """Return the words of a text that show who asked: names, numbers, places; empty where none.

    Names are the person's, of those who help them, of their assistants and their practitioner.
    """
    patterns = (LONG_NUMBER, POSTCODE, EMAIL, REFERENCE)
    found = [match for pattern in patterns for match in pattern.findall(text)]
    names = _names(person)
    found += [
        word for word in re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", text) if _own(word, names)
    ]
    return list(dict.fromkeys(found))


def _own(word: str, names: set[str]) -> bool:
    folded = fold(word.removesuffix("’s").removesuffix("'s"))
    return folded in names and word[:1].isupper()


def _names(person: Person) -> set[str]:
    whole = [person.given_name, person.family_name, person.preferred_name, person.town,
             person.address_line, str(person.practitioner or "")]  # fmt: skip
    whole += person.supporters.values_list("name", flat=True)
    whole += person.assistants.values_list("name", flat=True)
    parts = {fold(part) for name in whole for part in re.split(r"[\s,]+", name)}
    return {part for part in parts if len(part) >= SHORTEST_NAME and not part.isdigit()}
