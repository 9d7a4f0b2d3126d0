"""Whom the example accounts stand for: chosen so that each has something to see and to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from wherewithal.ledger.contributions import shared_contribution
from wherewithal.web.accounts.roles import Role
from wherewithal.web.config.loading.source import SupporterRow
from wherewithal.web.config.loading.travellers import Traveller
from wherewithal.web.people.models import Stage

CHILDREN = ("daughter", "son")


@dataclass(frozen=True, slots=True)
class Examples:
    """Three people and one supporter; ``None`` where a very small council has nobody to choose."""

    person: Traveller | None
    starting: Traveller | None
    supported: Traveller | None
    supporter: SupporterRow | None

    @property
    def accounts(self) -> list[tuple[str, Role, tuple[str, str]]]:
        """Username, role and name of each."""
        found = []
        for username, someone in (("trial-person", self.person), ("trial-person-2", self.starting)):
            if someone:
                name = (
                    someone.row.preferred_name or someone.row.given_name,
                    someone.row.family_name,
                )
                found.append((username, Role.PERSON, name))
        if self.supporter:
            first, _, last = self.supporter.name.partition(" ")
            found.append(("trial-supporter", Role.SUPPORTER, (first, last)))
        return found

    @property
    def moved(self) -> set[int]:
        """Ids of those whom the first practitioner works with, wherever they were before."""
        chosen = (self.person, self.starting, self.supported)
        return {someone.id for someone in chosen if someone}


def choose(people: list[Traveller]) -> Examples:
    """Choose, from those of the first practitioner where they will do, else from everyone."""
    person = _best(people, _lives_a_mixed_budget)
    contacts = sorted(
        (p for p in people if p.stage is Stage.CONTACT and p.adult),
        key=lambda p: (p.row.practitioner, p.id),
    )
    starting = contacts[0] if contacts else None
    later = [
        p for p in contacts[1:] if p.row.gender == "Female" and p.row.date_of_birth.year < 1965
    ]
    supported = next(iter([*later[:1], *contacts[1:], *contacts]), None)
    supporter = person.carers[0] if person and person.carers else None
    return Examples(person, starting, supported, supporter)


def with_examples(people: list[Traveller], examples: Examples) -> list[Traveller]:
    """Return everyone, with those chosen moved to the first practitioner and team."""
    return [
        replace(p, row=p.row._replace(practitioner=0, team=0)) if p.id in examples.moved else p
        for p in people
    ]


def _best(
    people: Iterable[Traveller], points: Callable[[Traveller], tuple[bool, ...]]
) -> Traveller | None:
    return max(
        people,
        key=lambda p: (*points(p), -p.row.practitioner, -p.id),
        default=None,
    )


def _lives_a_mixed_budget(traveller: Traveller) -> tuple[bool, ...]:
    held = {line.row.holding for line in traveller.lines}
    live = traveller.stage is Stage.LIVE and traveller.adult
    return (
        live,
        live and "direct_payment" in held,
        live and len(held) > 1,
        live and bool(traveller.carers),
        live and _paid_something(traveller),
        any(carer.relationship in CHILDREN for carer in traveller.carers),
        all(carer.willing == carer.able == "yes" for carer in traveller.carers),
    )


def _paid_something(traveller: Traveller) -> bool:
    weekly: dict[str, int] = {}
    for line in traveller.lines:
        weekly[line.row.holding] = weekly.get(line.row.holding, 0) + line.weekly
    asked = traveller.charged.contribution if traveller.charged else 0
    shares = shared_contribution(weekly, asked)
    return weekly.get("direct_payment", 0) > shares.get("direct_payment", 0)
