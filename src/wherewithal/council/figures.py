"""The published figures and assumptions the made-up council follows, and its packaged data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure (or table of them) with where it comes from and whether it was checked there."""

    name: str
    value: Any
    unit: str
    year: str
    source: str
    verified: bool
    note: str

    def __post_init__(self) -> None:
        empty = [part for part in ("unit", "year", "source", "note") if not getattr(self, part)]
        if empty:
            raise ValueError(f"Figure {self.name!r} has no {' or '.join(empty)}. Write it down.")


def packaged_data(name: str) -> Any:
    """Read one of the YAML files beside this module."""
    text = files("wherewithal.council").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


@cache
def figures() -> Mapping[str, Figure]:
    """Return every figure of ``margins.yaml`` by name."""
    return {
        name: Figure(name=name, **{**parts, "year": str(parts["year"])})
        for name, parts in packaged_data("margins").items()
    }


def value(name: str) -> Any:
    """Return one figure's value.

    Raises:
        KeyError: there is no such figure.
    """
    return figures()[name].value


def shares(name: str) -> dict[str, float]:
    """Return a table of counts or shares scaled to add up to one, in the order it is written."""
    return scaled(value(name))


def scaled(table: Mapping[str, float]) -> dict[str, float]:
    """Scale a table of counts or shares to add up to one."""
    total = sum(table.values())
    return {label: amount / total for label, amount in table.items()}


def ethnicity_shares() -> dict[str, float]:
    """Return the share of each ethnicity: its group's published share times its part within it."""
    within = value("ethnicity_within_groups")
    return {
        label: group_share * part
        for group, group_share in shares("ethnic_groups").items()
        for label, part in scaled(within[group]).items()
    }


def delivery_shares(age_group: str) -> dict[str, float]:
    """Return the share of each delivery mechanism for ``younger`` or ``older`` people.

    The shape within direct payments and within the rest is SALT's; the level of direct payments is
    the newest by age, scaled so that all ages together give the newest total.
    """
    by_age, younger = value("direct_payment_share_by_age"), value("younger_share")
    all_ages = younger * by_age["younger"] + (1 - younger) * by_age["older"]
    level = by_age[age_group] * value("direct_payment_share") / all_ages
    shape = shares(f"delivery_{age_group}")
    direct = shape["direct_payment"] + shape["part_direct_payment"]
    return {
        name: part * (level / direct if "direct_payment" in name else (1 - level) / (1 - direct))
        for name, part in shape.items()
    }
