"""Family and friends: who stands by each person, and whether they are willing and able to care."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.draws import Draws
from wherewithal.council.figures import scaled, value
from wherewithal.council.people import Flags, Folk, Table
from wherewithal.council.records import family_names, given_names

_FEMININE = (
    "mother",
    "sister",
    "daughter",
    "wife",
    "grandmother",
    "granddaughter",
    "aunt",
    "niece",
)
_MASCULINE = ("father", "brother", "son", "husband", "nephew")
_ELDERS = ("mother", "father", "grandmother", "aunt")
_YOUNGER = ("daughter", "son", "granddaughter", "niece", "nephew")
_OWN_FAMILY_AGE = 35
_NOT_FAMILY = ("friend", "neighbour", "partner")


def supporters_table(draws: Draws, folk: Folk, family: NDArray[Any]) -> Table:
    """Make ``supporters``: the carer of each who has one, and another helper for some."""
    friend = folk.adult & draws.yes("another helper", value("supporters")["also_a_friend"])
    carers = _rows(draws, folk, family, "carer", folk.has_carer)
    friends = _rows(draws, folk, family, "helper", friend)
    both = {name: np.concatenate([carers[name], friends[name]]) for name in carers}
    order = np.lexsort((~both["is_carer"], both["person_id"]))
    return {"id": np.arange(1, order.size + 1)} | {name: both[name][order] for name in both}


def willing_and_able(draws: Draws) -> Flags:
    """Say whose carer, if they have one, is recorded as both willing and able to care."""
    said = [
        draws.label(f"carer {question}", scaled(table)) == "yes"
        for question, table in value("willing_and_able").items()
    ]
    return np.asarray(np.all(said, axis=0))


def _rows(draws: Draws, folk: Folk, family: NDArray[Any], stream: str, wanted: Flags) -> Table:
    is_carer = stream == "carer"
    relationship = _relationships(draws, folk, is_carer=is_carer)
    name = _names(draws, folk, family, stream, relationship)
    willing_and_able = value("willing_and_able")
    columns = {
        "person_id": np.arange(1, draws.people + 1),
        "name": name,
        "relationship": relationship,
        "lives_with": folk.carer_lives_with & is_carer,
        "is_carer": np.full(draws.people, is_carer),
    } | {
        question: draws.label(f"{stream} {question}", scaled(table))
        if is_carer
        else np.full(draws.people, "unknown", dtype=object)
        for question, table in willing_and_able.items()
    }
    return {column: values[wanted] for column, values in columns.items()}


def _relationships(draws: Draws, folk: Folk, *, is_carer: bool) -> NDArray[Any]:
    tables = {name: scaled(table) for name, table in value("relationships").items()}
    if not is_carer:
        return draws.label("helper relationship", tables["another helper"])
    where = np.where(folk.carer_lives_with, " with", " apart").astype(object)
    by_parents = (folk.group == "younger") & (folk.age < _OWN_FAMILY_AGE)
    group = np.where(by_parents, "learning", folk.group)  # the same: mostly parents and siblings
    drawn = draws.label_by("carer relationship", group + where, tables)
    same_sex = draws.yes("same-sex spouse", 0.04)
    husband = np.where(folk.gender == "Female", ~same_sex, same_sex)
    drawn[(drawn == "spouse") & husband] = "husband"
    drawn[drawn == "spouse"] = "wife"
    return drawn


def _among(values: NDArray[Any], labels: tuple[str, ...]) -> Flags:
    return np.isin(values, np.array(labels, dtype=object))


def _names(
    draws: Draws, folk: Folk, family: NDArray[Any], stream: str, relationship: NDArray[Any]
) -> NDArray[Any]:
    either = np.where(draws.yes(f"{stream} gender", 0.6), "Female", "Male")
    gender = np.where(
        _among(relationship, _FEMININE),
        "Female",
        np.where(_among(relationship, _MASCULINE), "Male", either),
    )
    older = (folk.age >= 60) & ~_among(relationship, _YOUNGER) | _among(relationship, _ELDERS)
    given = given_names(draws, stream, gender, older)
    shared = draws.yes(f"{stream} shares name", value("supporters")["same_family_name"])
    own = draws.member(f"{stream} family name", family_names())
    last = np.where(shared & ~_among(relationship, _NOT_FAMILY), family, own)
    return np.array([f"{g} {f}" for g, f in zip(given, last, strict=True)], dtype=object)
