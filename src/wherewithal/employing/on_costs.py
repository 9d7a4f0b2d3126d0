"""What an hour of a personal assistant costs: the pay, and what comes on top of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wherewithal.dates import age_on
from wherewithal.employing.assistants import WEEKS_A_YEAR, Assistant
from wherewithal.employing.figures import Figure, figure_on
from wherewithal.money import half_up, pounds, up

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class LocalCosts:
    """What a council reckons with for every employer, in pence; none of it is law."""

    insurance_yearly: int = 0
    payroll_weekly: int = 0
    training_yearly: int = 0

    def __post_init__(self) -> None:
        if min(self.insurance_yearly, self.payroll_weekly, self.training_yearly) < 0:
            raise ValueError("A cost below zero would make an assistant cheaper. Use zero or more.")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that comes on top of pay: pence a year, and why."""

    code: str
    label: str
    yearly: Fraction
    sentence: str
    figures: tuple[Figure, ...] = ()

    @property
    def pence(self) -> int:
        """Return the pence a year that are shown, rounded half up."""
        return half_up(self.yearly)

    @property
    def verified(self) -> bool:
        """Say whether every figure it rests on has been verified."""
        return all(figure.verified for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Cost:
    """A usual year of one assistant: hours worked, pay for them, and what comes on top.

    Pence and hours are exact; only what is shown is rounded.
    """

    name: str
    hours: Fraction
    pay: Fraction
    parts: tuple[Part, ...]

    @property
    def yearly(self) -> Fraction:
        """Return pay and everything on top, in pence a year."""
        return self.pay + sum((part.yearly for part in self.parts), NOTHING)

    @property
    def shown_hours(self) -> str:
        """Return the hours as they are shown, to a hundredth: ``139.2``, ``312``."""
        return f"{half_up(self.hours * 100) / 100:,.2f}".rstrip("0").rstrip(".")

    @property
    def shown_pay(self) -> int:
        """Return the pence of pay a year that are shown, rounded half up."""
        return half_up(self.pay)

    @property
    def shown(self) -> int:
        """Return the pence a year that are shown: the sum of what is shown above it."""
        return self.shown_pay + sum(part.pence for part in self.parts)

    @property
    def hourly(self) -> int:
        """Return what an hour costs, rounded up: it must be there in full."""
        return up(self.yearly / self.hours) if self.hours else 0

    @property
    def percent(self) -> Fraction:
        """Return what comes on top as percent of pay."""
        return (self.yearly - self.pay) / self.pay * 100 if self.pay else NOTHING

    @property
    def sentence(self) -> str:
        """Say it in a line."""
        if not self.hours:
            return f"Say how many hours {self.name} works, to see what an hour costs."
        pay = half_up(self.pay / self.hours)
        return (
            f"You pay {self.name} {pounds(pay)} for an hour of work."
            f" With all that comes on top, that hour costs {pounds(self.hourly)}."
        )


def with_percent(pay: int, percent: Fraction) -> int:
    """Return pay with a percentage on top, in pence, rounded half up.

    Norfolk's published rate of 2023/24 is such a sum: £11.00 and 26.08% come to £13.87.
    """
    return half_up(pay * (1 + percent / 100))


@dataclass(frozen=True, slots=True)
class RateCheck:
    """Whether a direct payment's price for an hour covers what the hour costs."""

    rate: int
    needed: int

    @property
    def enough(self) -> bool:
        """Say whether it covers it."""
        return self.rate >= self.needed

    @property
    def sentence(self) -> str:
        """Say it, and what to do where it does not."""
        told = f"Your plan has {pounds(self.rate)} for an hour. An hour costs {pounds(self.needed)}"
        if self.enough:
            return f"{told}. So the money is enough."
        short = pounds(self.needed - self.rate)
        return (
            f"{told}, so {short} is missing for each hour. This is not your fault."
            " Ask us to look at the price in your plan."
        )


def costs(
    assistants: Sequence[Assistant],
    day: date,
    local: LocalCosts,
    *,
    claims_allowance: bool = False,
) -> tuple[Cost, ...]:
    """Return what each assistant who works on a day costs in a usual year.

    Costs of the employer (insurance, payroll, training) are shared by hours, and so is what the
    Employment Allowance leaves of National Insurance. The self-employed send a bill: nothing comes
    on top of it.
    """
    working = [each for each in assistants if each.works_on(day)]
    employed = [each for each in working if each.employed]
    hours = sum((_hours_worked(each, day) for each in employed), NOTHING)
    owed = sum((_national_insurance(each, day) for each in employed), NOTHING)
    allowance = figure_on("employment-allowance", day).value if claims_allowance else NOTHING
    left = max(NOTHING, owed - allowance) / owed if owed else NOTHING
    made = []
    for each in working:
        worked = _hours_worked(each, day)
        parts: tuple[Part, ...] = ()
        if each.employed and worked:
            parts = (
                _holiday(each, day),
                _insurance_part(
                    _national_insurance(each, day) * left, day, claimed=claims_allowance
                ),
                _pension(each, day),
                *_shared(local, worked / hours),
            )
        pay = each.hourly_pay(day) * worked
        made.append(Cost(each.name, worked, pay, tuple(part for part in parts if part.yearly)))
    return tuple(made)


def holiday_share(assistant: Assistant, day: date) -> Fraction:
    """Return the paid holiday that comes with each hour worked, as a share of an hour."""
    if not assistant.regular:
        return figure_on("holiday-share", day).share
    weeks = figure_on("holiday-weeks", day).value
    return weeks / (WEEKS_A_YEAR - weeks)


def yearly_pay(assistant: Assistant, day: date) -> Fraction:
    """Return a usual year's pay in pence, holiday pay within it."""
    worked = assistant.hourly_pay(day) * _hours_worked(assistant, day)
    return worked * (1 + holiday_share(assistant, day))


def must_have_pension(assistant: Assistant, day: date) -> bool:
    """Say whether the law makes the employer put them into a workplace pension."""
    old_enough = age_on(assistant.born, day) >= figure_on("pension-age", day).whole
    earns = yearly_pay(assistant, day) > figure_on("pension-trigger", day).value
    return assistant.employed and old_enough and not assistant.past_pension_age and earns


def _hours_worked(assistant: Assistant, day: date) -> Fraction:
    """Return the hours at work in a year: away on holiday where that comes with regular hours."""
    away = assistant.regular and assistant.employed
    weeks = figure_on("holiday-weeks", day).value if away else NOTHING
    return assistant.weekly_hours(day) * (WEEKS_A_YEAR - weeks)


def _national_insurance(assistant: Assistant, day: date) -> Fraction:
    above = yearly_pay(assistant, day) - figure_on("insurance-threshold", day).value
    return max(NOTHING, above) * figure_on("insurance-rate", day).share


def _holiday(assistant: Assistant, day: date) -> Part:
    name = "holiday-weeks" if assistant.regular else "holiday-share"
    figure = figure_on(name, day)
    worked = assistant.hourly_pay(day) * _hours_worked(assistant, day)
    told = (
        f"{float(figure.value):g} weeks of paid holiday a year."
        if assistant.regular
        else f"Paid holiday of {float(figure.value):g}% of the hours worked, as hours change."
    )
    return Part("holiday", "Holiday pay", worked * holiday_share(assistant, day), told, (figure,))


def _insurance_part(owed: Fraction, day: date, *, claimed: bool) -> Part:
    rate, above = figure_on("insurance-rate", day), figure_on("insurance-threshold", day)
    told = f"{float(rate.value):g}% of pay above {pounds(above.whole)} a year."
    told += (
        " The Employment Allowance is taken off."
        if claimed
        else " Ask your payroll service to claim the Employment Allowance: you may pay none of it."
    )
    return Part("tax", "Employer’s National Insurance", owed, told, (rate, above))


def _pension(assistant: Assistant, day: date) -> Part:
    rate, low = figure_on("pension-rate", day), figure_on("pension-from", day)
    told = f"{float(rate.value):g}% of pay above {pounds(low.whole)} a year."
    figures = (rate, low)
    if not must_have_pension(assistant, day):
        return Part("pension", "Pension", NOTHING, told, figures)
    counts = min(yearly_pay(assistant, day), figure_on("pension-to", day).value) - low.value
    return Part("pension", "Pension", max(NOTHING, counts) * rate.share, told, figures)


def _shared(local: LocalCosts, share: Fraction) -> tuple[Part, ...]:
    payroll = local.payroll_weekly * WEEKS_A_YEAR
    return (
        Part("insurance", "Insurance", local.insurance_yearly * share,
             f"Employers’ insurance, about {pounds(local.insurance_yearly)} a year."),
        Part("payroll", "Payroll service", payroll * share,
             f"Someone to do the payslips, about {pounds(local.payroll_weekly)} a week."),
        Part("training", "Training", local.training_yearly * share,
             f"Training, about {pounds(local.training_yearly)} a year."),
    )  # fmt: skip
