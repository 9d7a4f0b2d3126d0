"""A whole made-up council: every table, and what it was made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from wherewithal.council.answers import answers_table
from wherewithal.council.cases import cases_table
from wherewithal.council.costs import true_costs
from wherewithal.council.draws import Draws
from wherewithal.council.needs import Injustices, draw_needs, need_table
from wherewithal.council.payments import finances_table, payments_table
from wherewithal.council.people import Table, draw_folk
from wherewithal.council.plans import Plans, draw_plans, lines_table, plans_table
from wherewithal.council.records import names, people_table
from wherewithal.council.road import draw_road, events_table
from wherewithal.council.supporters import supporters_table
from wherewithal.scheme import Scheme

TABLES = (
    "people",
    "supporters",
    "need",
    "answers",
    "plans",
    "plan_lines",
    "finances",
    "payments",
    "events",
    "cases",
)
"""The files of a made-up council, in the order in which they are made."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to make: how many people, from which seed, as they are on which day, how unfairly."""

    people: int
    seed: int
    on: date
    injustices: Injustices = field(default_factory=Injustices)


@dataclass(frozen=True, slots=True)
class Council:
    """The tables by name, each a mapping of column name to array, and how they were made."""

    request: Request
    scheme: str
    scheme_hash: str
    tables: Mapping[str, Table]

    def __post_init__(self) -> None:
        for name, table in self.tables.items():
            if len({column.size for column in table.values()}) > 1:
                raise ValueError(f"The columns of {name!r} are not equally long. Make them so.")

    def rows(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(next(iter(self.tables[table].values())).size)

    def manifest(self) -> dict[str, Any]:
        """Return what the council was made from, as plain values for a JSON file."""
        return {
            "council": names()["council"],
            "note": "Nobody here is real. Names, numbers, places and providers are all made up.",
            "people": self.request.people,
            "seed": self.request.seed,
            "on": self.request.on.isoformat(),
            "injustices": {
                "older": str(self.request.injustices.older),
                "carer": str(self.request.injustices.carer),
            },
            "scheme": self.scheme,
            "scheme_hash": self.scheme_hash,
            "rows": {name: self.rows(name) for name in self.tables},
        }


def make_council(request: Request, scheme: Scheme) -> Council:
    """Make a council whose people answer a scheme's questions: same request, same council.

    Raises:
        ValueError: the number of people or the seed cannot be used; the message says why.
    """
    return Council(request, scheme.code, scheme.hash, dict(make_tables(request, scheme)))


def make_tables(request: Request, scheme: Scheme) -> Iterator[tuple[str, Table]]:
    """Yield each table with its name, in the order of ``TABLES``, as soon as it is made."""
    draws = Draws(request.seed, request.people)
    folk = draw_folk(draws, request.on)
    road = draw_road(draws, folk, request.on)
    people = people_table(draws, folk, road.days[:, 0])
    yield "people", people
    supporters = supporters_table(draws, folk, people["family_name"])
    yield "supporters", supporters
    needs = draw_needs(draws, folk)
    true_cost = true_costs(draws, folk, needs)
    yield "need", need_table(needs, true_cost)
    answers = answers_table(draws, folk, needs, scheme.questions)
    yield "answers", answers
    plans = draw_plans(draws, folk, true_cost, request.injustices)
    yield "plans", plans_table(plans, road)
    lines = lines_table(draws, folk, needs, plans)
    yield "plan_lines", lines
    finances = finances_table(draws, folk, plans)
    yield "finances", finances
    yield "payments", payments_table(folk, road, lines, finances)
    yield "events", events_table(draws, road, _paid_direct(plans, lines))
    written = {"people": people, "supporters": supporters, "answers": answers}
    yield "cases", cases_table(scheme, folk, plans, written)


def _paid_direct(plans: Plans, lines: Table) -> Any:
    """Say who has at least one line held as a direct payment."""
    ids = np.arange(1, plans.planned.size + 1)
    return np.isin(ids, lines["person_id"][lines["holding"] == "direct_payment"])
