"""Who else wants to know when it turns out what lines of an account were."""

from collections.abc import Callable
from datetime import datetime

from wherewithal.web.accounts.models import User
from wherewithal.web.people.models import Person

Told = Callable[[Person, str, User, datetime], None]
TOLD: list[Told] = []
"""What is told further along the road: whose account, how it is held, by whom, and when."""


def tell(person: Person, holding: str, *, by: User, at: datetime) -> None:
    """Tell everyone who wants to know that an account's lines say more than before."""
    for told in TOLD:
        told(person, holding, by, at)
