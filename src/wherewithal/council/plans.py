"""Support plans: the agreed weekly cost, how the money is held, and lines that add up to it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.council.draws import Draws
from wherewithal.council.figures import delivery_shares, packaged_data, value
from wherewithal.council.needs import Injustices, Needs, Pence
from wherewithal.council.people import Flags, Folk, Table
from wherewithal.council.road import Road

PLANNED = ("plan_drafted", "awaiting_sign_off", "live")
_QUARTERS = 4
_ACTIVITY_CHANCE = {"learning": 0.75, "mental_health": 0.5, "social": 0.5, "sensory": 0.4}


@cache
def catalogue() -> Any:
    """Return what plans can buy, with made-up providers and prices."""
    return packaged_data("catalogue")


@dataclass(frozen=True, slots=True)
class Plans:
    """Each person's plan; ``planned`` says who has one, and the rest is read only for them."""

    planned: Flags
    weekly_cost: Pence
    delivery: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of line over all people: who has it, what it is, how much, and at which price.

    ``hundredths`` is the weekly quantity in hundredths; ``managed`` says who has it arranged by
    the council even where part of their budget is a direct payment.
    """

    has: Flags
    items: NDArray[Any]
    hundredths: NDArray[np.int64]
    price: Pence
    managed: bool = False

    @property
    def weekly(self) -> Pence:
        """Return the weekly cost, whole pence by the way quantities are chosen; 0 without it."""
        return np.where(self.has, self.hundredths * self.price // 100, 0)


def draw_plans(draws: Draws, folk: Folk, true_cost: Pence, injustices: Injustices) -> Plans:
    """Draw each plan's cost, injustices and all, and how it reaches the person."""
    cost = injustices.applied(true_cost, folk.adult & folk.older, folk.has_carer)
    delivery = draws.label_by(
        "delivery",
        np.where(folk.older, "older", "younger"),
        {name: delivery_shares(name) for name in ("younger", "older")},
    )
    delivery[folk.care_home] = "council_commissioned"
    delivery[~folk.adult] = "direct_payment"
    planned = np.isin(folk.stage, np.array(PLANNED, dtype=object))
    return Plans(planned, cost, delivery)


def plans_table(plans: Plans, road: Road) -> Table:
    """Make ``plans``; ``started_on`` is empty until the budget is live."""
    ids = np.arange(1, plans.planned.size + 1)
    columns = {
        "person_id": ids,
        "weekly_cost_pence": plans.weekly_cost,
        "delivery": plans.delivery,
        "started_on": road.started_on,
    }
    return {name: column[plans.planned] for name, column in columns.items()}


def lines_table(draws: Draws, folk: Folk, needs: Needs, plans: Plans) -> Table:
    """Make ``plan_lines``: what each plan buys; each plan's lines add up to its cost exactly."""
    lines = _lines(draws, folk, needs, plans)
    has = np.stack([line.has for line in lines], axis=1) & plans.planned[:, None]
    items = np.stack([line.items for line in lines], axis=1)[has].tolist()
    holding = np.stack([_holding(draws, plans, line.managed) for line in lines], axis=1)[has]
    person = np.repeat(np.arange(1, draws.people + 1)[:, None], len(lines), axis=1)[has]
    hundredths = np.stack([line.hundredths for line in lines], axis=1)[has].tolist()
    return {
        "person_id": person,
        **{part: _column(items, part) for part in ("what", "provider", "need_code", "unit")},
        "quantity_per_week": np.array(
            [f"{amount // 100}.{amount % 100:02d}" for amount in hundredths], dtype=object
        ),
        "unit_price_pence": np.stack([line.price for line in lines], axis=1)[has],
        "weekly_pence": np.stack([line.weekly for line in lines], axis=1)[has],
        "holding": holding,
    }


def _column(items: list[dict[str, Any]], part: str) -> NDArray[Any]:
    return np.array([item[part] for item in items], dtype=object)


def _lines(draws: Draws, folk: Folk, needs: Needs, plans: Plans) -> list[Line]:
    """Choose lines for people at home, then give what is left to hours and a small sum."""
    cost, home = plans.weekly_cost, folk.adult & ~folk.care_home
    added = [
        _activity(draws, folk, plans, home & (cost >= 8000)),
        _hours(draws, "sitting", 0.3, home & folk.has_carer & (cost >= 12000), cost * 15 // 100),
        _nights(draws, needs, home & (cost >= 60000), cost),
        _weekly(draws, "meals", home & folk.older & (cost >= 15000), 0.2, 7),
        _weekly(draws, "alarm", home & (cost >= 4000), np.where(folk.older, 0.45, 0.08), 1),
    ]
    left = cost - sum(line.weekly for line in added)
    main = _main(folk, plans, home, left - np.maximum(100, cost * 3 // 100))
    rest = Line(
        np.ones(draws.people, dtype=np.bool_),
        _rest_items(folk),
        np.full(draws.people, 100),
        left - main.weekly,
    )
    return [main, *added, rest]


def _items(people: int, item: dict[str, Any]) -> NDArray[Any]:
    """Repeat one catalogue entry for everyone."""
    return np.array([item] * people, dtype=object)


def _rest_items(folk: Folk) -> NDArray[Any]:
    """Return the line that takes what is left: all of it for carers and people in care homes."""
    items = _items(folk.adult.size, catalogue()["small_sum"])
    items[folk.care_home] = catalogue()["care_home"]
    items[~folk.adult] = catalogue()["carer"]
    return items


def _main(folk: Folk, plans: Plans, home: Flags, pence: Pence) -> Line:
    """Buy as many quarter-hours of the main support as the money allows."""
    entries = dict(catalogue()["main"])
    own = catalogue()["main_with_direct_payment"]
    direct = plans.delivery == "direct_payment"
    items = _items(home.size, entries["physical"])
    for profile, entry in entries.items():
        items[folk.profile == profile] = entry
        items[(folk.profile == profile) & direct] = own | {"need_code": entry["need_code"]}
    price = np.array([item["unit_price_pence"] for item in items.tolist()], dtype=np.int64)
    quarters = np.maximum(pence * _QUARTERS // price, 0)
    return Line(home & (quarters > 0), items, quarters * 25, price, managed=True)


def _activity(draws: Draws, folk: Folk, plans: Plans, possible: Flags) -> Line:
    """Add something to do with other people, always where part of the budget is paid direct."""
    choices = catalogue()["activity"]
    chance = np.full(draws.people, 0.28)
    for profile, likely in _ACTIVITY_CHANCE.items():
        chance[folk.profile == profile] = likely
    wanted = draws.yes("activity", chance) | (plans.delivery == "part_direct_payment")
    choice = draws.below("which activity", len(choices))
    price = np.array([item["unit_price_pence"] for item in choices])[choice]
    sessions = np.clip(plans.weekly_cost * 3 // 10 // price, 1, 5)
    return Line(possible & wanted, np.array(choices, dtype=object)[choice], sessions * 100, price)


def _hours(draws: Draws, name: str, chance: float, possible: Flags, pence: Pence) -> Line:
    item = catalogue()[name]
    quarters = pence * _QUARTERS // item["unit_price_pence"]
    has = possible & draws.yes(name, chance) & (quarters > 0)
    price = np.full(draws.people, item["unit_price_pence"])
    return Line(has, _items(draws.people, item), quarters * 25, price, managed=True)


def _nights(draws: Draws, needs: Needs, possible: Flags, cost: Pence) -> Line:
    item = catalogue()["night"]
    nights = np.clip(cost * 35 // 100 // item["unit_price_pence"], 1, 7)
    has = possible & (needs.need >= 0.7) & draws.yes("night", 0.35)
    price = np.full(draws.people, item["unit_price_pence"])
    return Line(has, _items(draws.people, item), nights * 100, price, managed=True)


def _weekly(
    draws: Draws, name: str, possible: Flags, chance: float | NDArray[np.float64], times: int
) -> Line:
    item = catalogue()[name]
    price = np.full(draws.people, item["unit_price_pence"])
    times_each = np.full(draws.people, times * 100)
    has = possible & draws.yes(name, chance)
    return Line(has, _items(draws.people, item), times_each, price, managed=True)


def _holding(draws: Draws, plans: Plans, managed: bool) -> NDArray[Any]:
    """Say who holds the money for a line: one answer a person, but for part direct payments."""
    others = value("managed_by_others")
    table = {**others, "council_managed": 1 - sum(others.values())}
    holding = draws.label("managed by others", table)
    holding[plans.delivery == "council_commissioned"] = "council_managed"
    holding[plans.delivery == "direct_payment"] = "direct_payment"
    part = plans.delivery == "part_direct_payment"
    holding[part] = "council_managed" if managed else "direct_payment"
    return holding
