"""A person's money as a Django application."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from wherewithal.web.people.models import Person


class MoneyConfig(AppConfig):
    """My money, what it may be spent on, the employer's corner."""

    name = "wherewithal.web.money"
    label = "money"

    def ready(self) -> None:
        """Tell account checks, which stand before us on the road, what is spoken for."""
        from wherewithal.web.checks.figures import SPOKEN_FOR

        SPOKEN_FOR.append(spoken_for)


def spoken_for(person: "Person", on: date) -> Iterator[tuple[str, int, str]]:
    """Yield what an employer's account has to keep for bills to come: kind, pence, why."""
    from wherewithal.web.money.employing import earmarks_of

    for mark in earmarks_of(person, on):
        yield mark.kind, mark.pence, mark.sentence
