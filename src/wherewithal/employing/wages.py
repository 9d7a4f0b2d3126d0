"""The least anyone may be paid, by age and day."""

from dataclasses import dataclass
from datetime import date

from wherewithal.dates import age_on
from wherewithal.employing.assistants import HOURS, Assistant, Hour, Rate
from wherewithal.employing.figures import Figure, figure_on
from wherewithal.money import pounds

APPRENTICE_RATE_UNTIL = 19
"""An apprentice of this age or more has the low rate in the first year only."""


def least_wage(born: date, day: date, *, apprentice_since: date | None = None) -> Figure:
    """Return the least pay for an hour on a day; an apprentice's day of beginning may lower it.

    Raises:
        ValueError: they were under 16, who have no least wage and few lawful jobs.
    """
    age = age_on(born, day)
    if age < 16:
        raise ValueError(f"Someone of {age} is too young to be a personal assistant.")
    if apprentice_since is not None:
        first_year = age_on(apprentice_since, day) < 1
        if age < APPRENTICE_RATE_UNTIL or first_year:
            return figure_on("wage-16", day)
    return figure_on("wage-21" if age >= 21 else "wage-18" if age >= 18 else "wage-16", day)


@dataclass(frozen=True, slots=True)
class WageCheck:
    """One rate beside the least wage. ``enough`` is ``None`` where special rules decide."""

    rate: Rate
    least: Figure
    enough: bool | None
    sentence: str

    @property
    def short(self) -> int:
        """Return the pence an hour that are lacking."""
        return max(0, self.least.whole - self.rate.pence) if self.enough is False else 0


def wage_checks(assistant: Assistant, day: date) -> tuple[WageCheck, ...]:
    """Hold every rate in force on a day against the least wage for the assistant's age."""
    since = assistant.starts if assistant.apprentice else None
    least = least_wage(assistant.born, day, apprentice_since=since)
    return tuple(_checked(assistant.name, rate, least) for rate in assistant.rate_card(day))


def _checked(name: str, rate: Rate, least: Figure) -> WageCheck:
    paid = f"{name} is paid {pounds(rate.pence)} an hour for “{HOURS[rate.kind].lower()}”."
    floor = f"The least the law allows is {pounds(least.whole)}."
    if rate.kind is Hour.SLEEP_IN:
        told = f"{paid} Nights asleep have rules of their own. Ask before you agree on the pay."
        return WageCheck(rate, least, None, told)
    if rate.pence >= least.whole:
        return WageCheck(rate, least, True, f"{paid} {floor} So that is fine.")
    told = f"{paid} {floor} That is {pounds(least.whole - rate.pence)} too little."
    return WageCheck(rate, least, False, told)
