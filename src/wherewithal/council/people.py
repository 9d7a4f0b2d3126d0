"""Who the council's people are: age, reason for support, home and name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.draws import Draws, pick
from wherewithal.council.figures import ethnicity_shares, scaled, shares, value

Table = dict[str, NDArray[Any]]
Flags = NDArray[np.bool_]

PROFILES = {
    "Physical support: Access and mobility only": "access",
    "Physical support: Personal care support": "physical",
    "Sensory support: Support for visual impairment": "sensory",
    "Sensory support: Support for hearing impairment": "sensory",
    "Sensory support: Support for dual impairment": "sensory",
    "Support with memory and cognition": "memory",
    "Learning disability support": "learning",
    "Mental health support": "mental_health",
    "Social support: Substance misuse support": "social",
    "Social support: Asylum seeker support": "social",
    "Social support: Support for social isolation or other reason": "social",
    "Social support: Support to unpaid carer": "carer",
}
"""What each primary support reason is like, for need, answers and support."""

NEVER_ALONE = ("Settled mainstream housing with family or friends", "Shared Lives scheme")
LAST_AGE = 101


@dataclass(frozen=True, slots=True)
class Folk:
    """What later steps need to know about each person, one array entry each."""

    adult: Flags
    older: Flags
    age: NDArray[np.int64]
    date_of_birth: NDArray[np.datetime64]
    gender: NDArray[Any]
    ethnicity: NDArray[Any]
    reason: NDArray[Any]
    profile: NDArray[Any]
    group: NDArray[Any]
    accommodation: NDArray[Any]
    care_home: Flags
    lives_alone: Flags
    has_carer: Flags
    carer_lives_with: Flags
    stage: NDArray[Any]


def draw_folk(draws: Draws, on: date) -> Folk:
    """Draw everyone, as they are ``on`` a day."""
    adult = ~draws.yes("carer people", value("carer_people_share"))
    born, age = _births(draws, _bands(draws, adult), on)
    older = age >= 65
    reason = _reasons(draws, adult, older)
    profile = _mapped(reason, PROFILES)
    group = np.where(older, "older", np.where(profile == "learning", "learning", "younger"))
    care_home = adult & draws.yes("care home", value("care_home_share"))
    accommodation, alone = _homes(draws, group, care_home)
    has_carer = adult & draws.yes("has carer", _carer_chance(group, alone))
    with_them = draws.yes("carer lives with", value("supporters")["carer_lives_with"])
    return Folk(
        adult=adult,
        older=older,
        age=age,
        date_of_birth=born,
        gender=draws.label_by(
            "gender",
            np.where(older, "older", "younger"),
            {name: shares(f"gender_{name}") for name in ("younger", "older")},
        ),
        ethnicity=draws.label("ethnicity", ethnicity_shares()),
        reason=reason,
        profile=profile,
        group=group,
        accommodation=accommodation,
        care_home=care_home,
        lives_alone=alone,
        has_carer=has_carer,
        carer_lives_with=has_carer & with_them & ~alone & ~care_home,
        stage=draws.label("stage", shares("stages")),
    )


def _mapped(labels: NDArray[Any], to: dict[str, str]) -> NDArray[Any]:
    return np.array([to[label] for label in labels.tolist()], dtype=object)


def adult_bands() -> dict[str, float]:
    """Return the share of adults in each age band, youngest first."""
    younger = value("younger_share")
    parts = (("younger", younger), ("older", 1 - younger))
    return {
        band: part * share
        for name, part in parts
        for band, share in scaled(value(f"bands_within_{name}")).items()
    }


def _bands(draws: Draws, adult: Flags) -> NDArray[Any]:
    tables = {True: adult_bands(), False: shares("carer_bands")}
    uniform = draws.uniform("age band")
    bands = np.full(draws.people, "", dtype=object)
    for is_adult, table in tables.items():
        bands[adult == is_adult] = pick(uniform[adult == is_adult], table)
    return bands


def _births(
    draws: Draws, bands: NDArray[Any], on: date
) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """Draw a date of birth inside each band; the last band thins out towards the oldest age."""
    today = np.datetime64(on, "D")
    uniform = draws.uniform("born")
    born = np.full(draws.people, today)
    for band in sorted(set(bands.tolist())):
        youngest, oldest = _ages(band)
        first, last = _years_before(today, oldest + 1) + 1, _years_before(today, youngest)
        of_band = bands == band
        part = uniform[of_band] ** 2 if band.endswith("+") else uniform[of_band]
        days = np.floor(part * int((last - first).astype(int) + 1)).astype(np.int64)
        born[of_band] = last - days
    return born, _ages_on(born, today)


def _ages(band: str) -> tuple[int, int]:
    if band.endswith("+"):
        return int(band[:-1]), LAST_AGE
    youngest, oldest = band.split("-")
    return int(youngest), int(oldest)


def _years_before(day: np.datetime64, years: int) -> np.datetime64:
    month = day.astype("datetime64[M]")
    within = min(int((day - month.astype("datetime64[D]")).astype(int)), 27)
    return np.datetime64(month - 12 * years, "D") + within


def _ages_on(born: NDArray[np.datetime64], today: np.datetime64) -> NDArray[np.int64]:
    months = (today.astype("datetime64[M]") - born.astype("datetime64[M]")).astype(np.int64)
    birthday_to_come = _day_of_month(born) > _day_of_month(np.array([today]))
    return np.asarray((months - birthday_to_come) // 12, dtype=np.int64)


def _day_of_month(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    within = days - days.astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(within, dtype=np.int64)


def _reasons(draws: Draws, adult: Flags, older: Flags) -> NDArray[Any]:
    groups = np.where(~adult, "carer", np.where(older, "older", "younger"))
    tables = {
        "carer": {"Social support: Support to unpaid carer": 1.0},
        "younger": shares("primary_support_reason_younger"),
        "older": shares("primary_support_reason_older"),
    }
    return draws.label_by("reason", groups, tables)


def _homes(draws: Draws, group: NDArray[Any], care_home: Flags) -> tuple[NDArray[Any], Flags]:
    """Draw where each lives, and whether alone: never where the home is by nature shared."""
    tables = {name: scaled(table) for name, table in value("accommodation").items()}
    home = draws.label_by("accommodation", group, tables)
    uniform = draws.uniform("lives alone")
    alone = np.zeros(draws.people, dtype=np.bool_)
    for name, share in value("lives_alone").items():
        could_be = 1 - sum(tables[name].get(shared, 0.0) for shared in NEVER_ALONE)
        alone |= (group == name) & (uniform < share / could_be)
    alone &= ~np.isin(home, np.array(NEVER_ALONE, dtype=object)) & ~care_home
    home[care_home] = "Registered care home"
    return home, alone


def _carer_chance(group: NDArray[Any], alone: Flags) -> NDArray[np.float64]:
    """Return each person's chance of a carer: halved by living alone, and still right in all."""
    chance = np.zeros(group.size)
    for name, share_alone in value("lives_alone").items():
        wanted = value("has_carer")["older" if name == "older" else "younger"]
        not_alone = wanted / (1 - share_alone / 2)
        chance[group == name] = not_alone
    return np.where(alone, chance / 2, chance)
