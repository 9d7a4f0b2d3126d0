"""How far each person has travelled, and on which days: contact, assessment, plan, review."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.draws import Draws
from wherewithal.council.people import Flags, Folk, Table

Days = NDArray[np.datetime64]

STEPS = (
    "contact",
    "assessment_started",
    "assessment_completed",
    "eligibility_decided",
    "indicative_given",
    "plan_agreed",
    "budget_signed_off",
    "first_payment",
)
_GAP_DAYS = ((0, 0), (2, 45), (3, 40), (0, 5), (0, 7), (7, 50), (1, 21), (5, 20))
"""The fewest and most days from the step before."""
_LAST_STEP = {
    "contact": 0,
    "assessment": 1,
    "eligible": 4,
    "plan_drafted": 4,
    "awaiting_sign_off": 5,
    "live": 7,
}
_LONGEST_AGO, _REVIEWS = 2200, 6
_YEAR, _HALF_YEAR = 365, 182


@dataclass(frozen=True, slots=True)
class Road:
    """The day of every step for each person (columns as ``STEPS``) and the last step taken."""

    on: np.datetime64
    days: NDArray[np.datetime64]
    last: NDArray[np.int64]

    @property
    def live(self) -> Flags:
        """Say whose budget has begun."""
        return np.asarray(self.last == len(STEPS) - 1)

    @property
    def started_on(self) -> Days:
        """Return the Monday each live budget began; not-a-time for the rest."""
        return np.where(self.live, self.days[:, -1], np.datetime64("NaT", "D"))


def draw_road(draws: Draws, folk: Folk, on: date) -> Road:
    """Draw each person's days, backwards from the last step they have reached."""
    today = np.datetime64(on, "D")
    last = np.array([_LAST_STEP[stage] for stage in folk.stage.tolist()], dtype=np.int64)
    fewest, most = np.array(_GAP_DAYS).T
    gaps = fewest + np.floor(draws.uniform("gaps", len(STEPS)) * (most - fewest + 1))
    since_contact = np.cumsum(gaps, axis=1).astype(np.int64)
    reached = np.take_along_axis(since_contact, last[:, None], axis=1)
    return Road(today, (_last_days(draws, today, last)[:, None] - (reached - since_contact)), last)


def _last_days(draws: Draws, today: np.datetime64, last: NDArray[np.int64]) -> Days:
    uniform = draws.uniform("last step")
    live = last == len(STEPS) - 1
    ago = np.where(live, 7 + np.floor(uniform**1.6 * _LONGEST_AGO), np.floor(uniform * 40))
    day = today - ago.astype(np.int64)
    since_monday = (day.astype(np.int64) + 3) % 7  # day 0 of the epoch was a Thursday
    return np.where(live, day - since_monday, day)


def events_table(draws: Draws, road: Road, has_direct_payment: Flags) -> Table:
    """Make ``events``: every step each person has taken, then their reviews, in order."""
    ids = np.arange(1, road.last.size + 1)
    people, days, kinds, ranks = [], [], [], []
    for rank, kind in enumerate(STEPS):
        taken = road.last >= rank
        if kind == "first_payment":
            taken = taken & has_direct_payment
        people.append(ids[taken])
        days.append(road.days[taken, rank])
        kinds.append(np.full(int(taken.sum()), kind, dtype=object))
        ranks.append(np.full(int(taken.sum()), rank))
    for kind, who, when in _reviews(draws, road, has_direct_payment):
        people.append(ids[who])
        days.append(when)
        kinds.append(np.full(when.size, kind, dtype=object))
        ranks.append(np.full(when.size, len(STEPS)))
    person, on = np.concatenate(people), np.concatenate(days)
    order = np.lexsort((np.concatenate(ranks), on, person))
    return {
        "person_id": person[order],
        "on": on[order],
        "kind": np.concatenate(kinds)[order],
    }


def _reviews(draws: Draws, road: Road, has_direct_payment: Flags) -> list[tuple[str, Flags, Days]]:
    """Return reviews done (sooner for a direct payment; a few missed) and the next due."""
    interval = np.where(has_direct_payment, _HALF_YEAR, _YEAR)
    late = draws.uniform("review lateness", _REVIEWS)
    done = draws.uniform("review done", _REVIEWS) < 0.9
    start = road.days[:, -1]
    due = start + interval
    found: list[tuple[str, Flags, Days]] = []
    for turn in range(_REVIEWS):
        planned = start + interval + _YEAR * turn
        day = planned - 50 + np.floor(late[:, turn] * 50).astype(np.int64)
        happened = road.live & done[:, turn] & (day <= road.on)
        found.append(("review_done", happened, day[happened]))
        due = np.where(happened, day + _YEAR, due)
    found.append(("review_due", road.live, due[road.live]))
    return found
