"""What an employer should have put by on a day: holiday, redundancy, tax and pension, insurance.

Each is money that is spoken for, so it is no surplus: see :func:`earmarks`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from wherewithal.dates import Period, age_on, long_date
from wherewithal.employing.assistants import Assistant
from wherewithal.employing.figures import Figure, figure_on
from wherewithal.employing.on_costs import Cost, holiday_share
from wherewithal.employing.payslips import PayMonth
from wherewithal.money import down, pounds, up

Kind = Literal["holiday-pay", "redundancy", "tax", "insurance"]
DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Earmark:
    """Money in the account that is spoken for: which kind, pence, and why."""

    kind: Kind
    pence: int
    sentence: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Holiday:
    """Paid holiday earned and taken since the leave year began, in hours; what is left in pence."""

    since: date
    earned: Fraction
    taken: Fraction
    pence: int

    @property
    def left(self) -> Fraction:
        """Return the hours still to be taken; below zero where more was taken than earned."""
        return self.earned - self.taken


@dataclass(frozen=True, slots=True)
class Redundancy:
    """Statutory redundancy pay: whole years, weeks' pay, due today, and built up so far (pence)."""

    years: int
    weeks: Fraction
    week: int
    due: int
    built_up: int
    figures: tuple[Figure, ...]


def leave_year(assistant: Assistant, day: date) -> Period:
    """Return the leave year that holds a day: it turns on the day they started.

    Raises:
        ValueError: they had not started.
    """
    if day < assistant.starts:
        raise ValueError(f"{assistant.name} starts on {long_date(assistant.starts)}, not before.")
    years = age_on(assistant.starts, day)
    return Period(anniversary(assistant.starts, years), anniversary(assistant.starts, years + 1))


def anniversary(day: date, years: int) -> date:
    """Return the day so many years on (or back, below zero); 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def holiday_owed(assistant: Assistant, day: date, slips: Iterable[PayMonth] = ()) -> Holiday:
    """Return the holiday earned in this leave year, less what the payslips say was taken.

    With regular hours it is earned day by day. With hours that change it comes with the hours on
    the payslips, or where there are none yet, with the usual hours.
    """
    year = leave_year(assistant, day)
    counted = [slip for slip in slips if year.start <= slip.month <= day]
    taken = sum((slip.holiday_hours for slip in counted), Fraction(0))
    days = Period(year.start, day).days
    weekly = assistant.weekly_hours(day)
    if assistant.regular:
        earned = figure_on("holiday-weeks", day).value * weekly * Fraction(days, year.days)
    else:
        worked = sum((slip.hours for slip in counted), Fraction(0)) or weekly * Fraction(days, 7)
        earned = worked * holiday_share(assistant, day)
    pence = up(max(Fraction(0), earned - taken) * assistant.hourly_pay(day))
    return Holiday(year.start, earned, taken, pence)


def redundancy(assistant: Assistant, day: date) -> Redundancy:
    """Return what redundancy would cost if the job ended on a day, and what to have put by.

    Nothing is due before two whole years, but it is built up from the first day, so that it is
    there. Whole years count back from the day, each by the age at its beginning.
    """
    years = age_on(assistant.starts, day)
    cap = figure_on("redundancy-week", day)
    most = figure_on("redundancy-most", day).whole
    week = min(down(assistant.weekly_pay(day)), cap.whole)
    weeks = sum(
        (_weeks_for_a_year(assistant, anniversary(day, -back), day)
         for back in range(1, min(years, most) + 1)),
        Fraction(0),
    )  # fmt: skip
    begun = Fraction(0)
    if years < most:
        days = (anniversary(day, -years) - assistant.starts).days
        part = Fraction(min(days, DAYS_A_YEAR), DAYS_A_YEAR)
        begun = part * _weeks_for_a_year(assistant, assistant.starts, day)
    due = up(weeks * week) if years >= figure_on("redundancy-service", day).whole else 0
    return Redundancy(years, weeks, week, due, up((weeks + begun) * week), (cap,))


def _weeks_for_a_year(assistant: Assistant, begins: date, day: date) -> Fraction:
    age = age_on(assistant.born, begins)
    name = "redundancy-41" if age >= 41 else "redundancy-22" if age >= 22 else "redundancy-under-22"
    return figure_on(name, day).value


def earmarks(
    assistants: Sequence[Assistant],
    slips: Mapping[str, Sequence[PayMonth]],
    day: date,
    *,
    insurance_yearly: int = 0,
    insured_since: date | None = None,
) -> tuple[Earmark, ...]:
    """Return what is spoken for in an employer's account on a day; ``slips`` are by name.

    The next insurance premium builds up over the year since the last was paid.
    """
    return tuple(
        mark
        for mark in (
            *_for_assistants(assistants, slips, day),
            *_for_taxes(slips),
            *_for_insurance(insurance_yearly, insured_since, day),
        )
        if mark.pence
    )


def _for_assistants(
    assistants: Sequence[Assistant], slips: Mapping[str, Sequence[PayMonth]], day: date
) -> Iterator[Earmark]:
    for each in assistants:
        if not each.employed or not each.works_on(day):
            continue
        left = holiday_owed(each, day, slips.get(each.name, ()))
        yield Earmark(
            "holiday-pay", left.pence,
            f"{each.name} has {_hours(left.left)} of paid holiday still to take this year.",
        )  # fmt: skip
        owed = redundancy(each, day)
        since = f"{each.name} has worked for you since {long_date(each.starts)}."
        told = (
            f"{since} If the job ended today, {pounds(owed.due)} would be due."
            if owed.due
            else f"{since} From two years on, redundancy pay is due if the job ends."
        )
        sure = all(figure.verified for figure in owed.figures)
        yield Earmark("redundancy", owed.built_up, told, sure)


def _for_taxes(slips: Mapping[str, Sequence[PayMonth]]) -> Iterator[Earmark]:
    tax = sum(slip.tax_due for each in slips.values() for slip in each)
    pension = sum(slip.pension_due for each in slips.values() for slip in each)
    told = "Tax and National Insurance from payslips that HMRC has not been paid yet."
    yield Earmark("tax", tax, told)
    yield Earmark("tax", pension, "Pension from payslips that the pension has not been paid yet.")


def _for_insurance(yearly: int, since: date | None, day: date) -> Iterator[Earmark]:
    if since is not None and since <= day:
        days = min((day - since).days, DAYS_A_YEAR)
        pence = up(Fraction(yearly * days, DAYS_A_YEAR))
        yield Earmark("insurance", pence, "A part of next year’s employers’ insurance.")


@dataclass(frozen=True, slots=True)
class PutBy:
    """What to put by in each month for one thing, in pence."""

    label: str
    pence: int
    sentence: str


def each_month(
    made: Sequence[Cost], assistants: Sequence[Assistant], day: date
) -> tuple[PutBy, ...]:
    """Return what to put by each month, so that every bill of the year can be paid."""
    named: dict[str, tuple[str, Fraction]] = {}
    for part in (part for cost in made for part in cost.parts if part.code in _PUT_BY):
        label, pence = named.get(part.code, (part.label, Fraction(0)))
        named[part.code] = (label, pence + part.yearly / 12)
    rows = [PutBy(label, up(pence), _PUT_BY[code]) for code, (label, pence) in named.items()]
    working = [each for each in assistants if each.employed and each.works_on(day)]
    for_years = sum(
        (_weeks_for_a_year(each, day, day) * redundancy(each, day).week for each in working),
        Fraction(0),
    )
    if for_years:
        rows.append(PutBy("Redundancy pay", up(for_years / 12), _REDUNDANCY))
    return tuple(rows)


_PUT_BY = {
    "holiday": "So that you can pay someone else while your assistant is on paid holiday.",
    "tax": "For HMRC, each month or each quarter.",
    "pension": "For the pension, each month.",
    "insurance": "For the insurance, once a year.",
    "training": "For training, when it comes.",
}
_REDUNDANCY = "In case the job has to end. The council should pay for this, so keep it apart."


def _hours(hours: Fraction) -> str:
    return f"{float(hours):.1f} hours"
