"""The council's people as cases: what each answered beside what was agreed, and their groups."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.figures import value
from wherewithal.council.people import Flags, Folk, Table
from wherewithal.council.plans import Plans
from wherewithal.scheme import Scheme

AGE_BANDS = ((18, "18–24"), (25, "25–34"), (35, "35–44"), (45, "45–54"), (55, "55–64"),
             (65, "65–74"), (75, "75–84"), (85, "85+"))  # fmt: skip
NOT_KNOWN = ""


def cases_table(scheme: Scheme, folk: Folk, plans: Plans, tables: dict[str, Table]) -> Table:
    """Make ``cases``: adults supported at home who have a plan, which needs a whole assessment.

    People in a care home are left out, as the scheme is about support at home, and so are carers,
    who are asked other questions. ``agreed`` is the plan's weekly cost in pounds.
    """
    people = tables["people"]
    who = folk.adult & ~folk.care_home & plans.planned
    chosen = np.flatnonzero(who)
    columns: Table = {
        "id": people["reference"],
        **_answers(scheme, tables["answers"], who.size),
        **_carers(tables["supporters"], who.size),
        "agreed": _pounds(np.where(who, plans.weekly_cost, 0)),
        "age_band": age_bands(folk.age),
        "sex": np.where(np.isin(folk.gender, _texts("Male", "Female")), folk.gender, NOT_KNOWN),
        "ethnicity": _broad(folk.ethnicity),
        "support_reason": np.array([r.partition(":")[0] for r in folk.reason], dtype=object),
        "lives_alone": _yes(folk.lives_alone),
        "area": np.array([code.partition(" ")[0] for code in people["postcode"]], dtype=object),
        "has_carer": _yes(folk.has_carer),
        "carer_lives_with": np.where(folk.has_carer, _yes(folk.carer_lives_with), NOT_KNOWN),
    }
    return {name: column[chosen] for name, column in columns.items()}


def age_bands(age: NDArray[np.int64]) -> NDArray[Any]:
    """Return the band each age in years falls in, the last from 85 up."""
    starts, labels = zip(*AGE_BANDS, strict=True)
    return _texts(*labels)[np.maximum(np.searchsorted(starts, age, side="right") - 1, 0)]


def _texts(*texts: str) -> NDArray[Any]:
    return np.array(texts, dtype=object)


def _yes(flags: Flags) -> NDArray[Any]:
    return _texts("no", "yes")[flags.astype(np.int8)]


def _broad(ethnicity: NDArray[Any]) -> NDArray[Any]:
    """Return the broad group of each ethnicity; nothing where it is not known."""
    groups = {
        label: NOT_KNOWN if group == "No data" else group
        for group, labels in value("ethnicity_within_groups").items()
        for label in labels
    }
    return np.array([groups[label] for label in ethnicity.tolist()], dtype=object)


def _answers(scheme: Scheme, answers: Table, people: int) -> Table:
    """Turn the rows of ``answers`` into a column for each question, and for help with it."""
    columns: Table = {}
    for question in scheme.questions:
        of_question = answers["question"] == question.code
        rows = answers["person_id"][of_question] - 1
        columns[question.code] = np.full(people, "", dtype=object)
        columns[question.code][rows] = answers["option"][of_question]
        if question.helpable:
            share = np.zeros(people, dtype=np.int64)
            share[rows] = answers["help_percent"][of_question]
            columns[f"{question.code}.help"] = share
    return columns


def _carers(supporters: Table, people: int) -> Table:
    """Return what each person's carer said: yes, no, or nothing where nobody knows."""
    columns: Table = {}
    for name in ("willing", "able"):
        said = np.full(people, "", dtype=object)
        known = supporters["is_carer"] & np.isin(supporters[name], _texts("yes", "no"))
        said[supporters["person_id"][known] - 1] = supporters[name][known]
        columns[f"carer_{name}"] = said
    return columns


def _pounds(pence: NDArray[np.int64]) -> NDArray[Any]:
    return np.array([f"{each // 100}.{each % 100:02d}" for each in pence.tolist()], dtype=object)
