"""What is written on people's records: names, addresses, numbers, who works with them."""

import unicodedata
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.draws import Draws
from wherewithal.council.figures import packaged_data, scaled, value
from wherewithal.council.nhs_numbers import made_up_numbers
from wherewithal.council.people import Flags, Folk, Table

PEOPLE_EACH, PRACTITIONERS_EACH = 50, 8
_POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_PLAIN = str.maketrans("ŁłØø", "LlOo")


@cache
def names() -> Any:
    """Return the made-up names, streets and town."""
    return packaged_data("names")


@cache
def family_names() -> tuple[str, ...]:
    """Return every family name: each beginning with each ending, but for real ones that makes."""
    parts = names()["family"]
    return tuple(
        whole
        for beginning in parts["beginnings"]
        for ending in parts["endings"]
        if (whole := beginning + ending) not in parts["never"]
    )


def given_names(
    draws: Draws, stream: str, gender: NDArray[Any], older_names: Flags
) -> NDArray[Any]:
    """Draw given names to go with a gender and a generation; some names go with any."""
    pools = names()["given"]
    uniform = draws.uniform(f"{stream} given name")
    anyone = draws.yes(f"{stream} name for anyone", 0.03)
    anyone |= ~np.isin(gender, np.array(["Male", "Female"], dtype=object))
    found = np.full(draws.people, "", dtype=object)
    for label, gendered in (("Female", "feminine"), ("Male", "masculine")):
        for older in (True, False):
            of_pool = (gender == label) & (older_names == older) & ~anyone
            _choose(found, of_pool, uniform, pools[f"{gendered}_{'older' if older else 'younger'}"])
    _choose(found, anyone, uniform, pools["anyone"])
    return found


def _choose(
    found: NDArray[Any], where: Flags, uniform: NDArray[np.float64], pool: list[str]
) -> None:
    indexes = np.floor(uniform[where] * len(pool)).astype(np.int64)
    found[where] = np.array(pool, dtype=object)[indexes]


def people_table(draws: Draws, folk: Folk, contact_on: NDArray[np.datetime64]) -> Table:
    """Make ``people``: one row each, with ``id`` from 1."""
    ids = np.arange(1, draws.people + 1)
    given = given_names(draws, "person", folk.gender, folk.age >= 60)
    family = draws.member("family name", family_names())
    practitioner = (ids - 1) // PEOPLE_EACH
    return {
        "id": ids,
        "reference": np.array([f"WW{number:06d}" for number in ids.tolist()], dtype=object),
        "kind": np.where(folk.adult, "adult", "carer"),
        "given_name": given,
        "family_name": family,
        "preferred_name": _short_forms(draws, given),
        "date_of_birth": folk.date_of_birth,
        "gender": folk.gender,
        "ethnicity": folk.ethnicity,
        "nhs_number": np.array(made_up_numbers(draws.people, draws.seed), dtype=object),
        "primary_support_reason": folk.reason,
        "accommodation_status": folk.accommodation,
        **_contact_details(draws, folk, given, family),
        "lives_alone": folk.lives_alone,
        "practitioner": practitioner,
        "team": practitioner // PRACTITIONERS_EACH,
        "communication_format": _formats(draws, folk),
        "known_since": _known_since(draws, contact_on),
        "stage": folk.stage,
    }


def _short_forms(draws: Draws, given: NDArray[Any]) -> NDArray[Any]:
    short = names()["short_forms"]
    wanted = draws.yes("preferred name", 0.4)
    return np.array(
        [short.get(name, "") if wants else "" for name, wants in zip(given, wanted, strict=True)],
        dtype=object,
    )


def _contact_details(draws: Draws, folk: Folk, given: NDArray[Any], family: NDArray[Any]) -> Table:
    streets = names()["streets"]
    street = draws.below("street", len(streets)).tolist()
    house = (draws.below("house", 90) + 1).tolist()
    mobile = draws.yes("mobile", np.where(folk.older, 0.4, 0.9))
    tail = draws.below("phone", 1000).tolist()
    has_email = draws.yes("email", np.where(folk.older, 0.18, 0.6)).tolist()
    emails = [
        f"{_plain(first)}.{_plain(last)}.{number}@example.org" if has else ""
        for number, (first, last, has) in enumerate(zip(given, family, has_email, strict=True), 1)
    ]
    return {
        "address_line": _texts(f"{h} {streets[s]}" for h, s in zip(house, street, strict=True)),
        "town": np.full(draws.people, names()["town"], dtype=object),
        "postcode": _texts(_postcode(s) for s in street),
        "phone": _texts(
            f"07700 900{t:03d}" if m else f"01632 960{t:03d}"
            for m, t in zip(mobile.tolist(), tail, strict=True)
        ),
        "email": _texts(emails),
    }


def _texts(texts: Any) -> NDArray[Any]:
    return np.array(list(texts), dtype=object)


def _plain(name: str) -> str:
    """Fold a name to plain lower-case letters: José to jose, Łucja to lucja."""
    folded = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    return "".join(letter for letter in folded if letter.isascii() and letter.isalpha()).lower()


def _postcode(street: int) -> str:
    """Return a street's postcode in area ZZ, which no post is delivered to."""
    letters = _POSTCODE_LETTERS
    first, second = letters[street * 7 % len(letters)], letters[street * 3 % len(letters)]
    return f"ZZ{street % 9 + 1} {street // 9 % 9 + 1}{first}{second}"


def _formats(draws: Draws, folk: Folk) -> NDArray[Any]:
    groups = np.full(draws.people, "anyone", dtype=object)
    groups[folk.profile == "sensory"] = "visual"
    groups[folk.reason == "Sensory support: Support for hearing impairment"] = "hearing"
    groups[folk.profile == "learning"] = "learning"
    tables = {name: scaled(table) for name, table in value("communication_format").items()}
    return draws.label_by("communication format", groups, tables)


def _known_since(draws: Draws, contact_on: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Draw when the council first knew each: most at this contact, some years before."""
    before = np.maximum(draws.uniform("known since") - 0.7, 0) / 0.3
    return contact_on - np.floor(before**2 * 3650).astype(np.int64)
