"""What payments need done each day: look ahead for money that would be late."""

from dataclasses import dataclass
from datetime import date

from wherewithal.web.payments.late.alarm import Late, told_in_words, will_be_late


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a look ahead found: everyone whose money is not safe, and one sentence about them."""

    on: date
    late: tuple[Late, ...]
    words: str


def look_ahead(on: date) -> Ahead:
    """Look for payments that would be late, on any day; it changes nothing."""
    found = tuple(will_be_late(on))
    return Ahead(on, found, told_in_words(found, on) or "Everybody’s money is on its way in time.")
