"""From what is written down about an employer to what the pure employer's corner takes."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wherewithal.charging.pension_age import pension_age_reached
from wherewithal.employing import assistants as pure
from wherewithal.employing.duties import Check, InPlace, checks
from wherewithal.employing.on_costs import Cost, LocalCosts, costs
from wherewithal.employing.payslips import MonthTotals, PayMonth, month_totals
from wherewithal.employing.reserves import Earmark, PutBy, each_month, earmarks
from wherewithal.web.money.models import Assistant, Employer, PaySlip
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.policy.settings import local


@dataclass(frozen=True, slots=True)
class Corner:
    """Everything the employer's page says, on one day; amounts in pence."""

    employer: Employer | None
    assistants: list[Assistant]
    costs: tuple[Cost, ...]
    put_by: tuple[PutBy, ...]
    earmarks: tuple[Earmark, ...]
    checks: tuple[Check, ...]
    months: tuple[MonthTotals, ...]
    unpaid: list[Assistant]

    @property
    def monthly(self) -> int:
        """Pence to put by each month, altogether."""
        return sum(each.pence for each in self.put_by)

    @property
    def spoken_for(self) -> int:
        """Pence in the account that are spoken for."""
        return sum(each.pence for each in self.earmarks)


def corner(person: Person, on: date) -> Corner:
    """Read a person's employer's corner and work it out for a day (five queries)."""
    employer = Employer.objects.filter(person=person).first()
    rows = list(person.assistants.prefetch_related("rates", "slips"))
    paid = [row for row in rows if row.rates.all()]
    known = [in_hand(row, on) for row in paid]
    counted = [each for each in known if each.rate_card(max(on, each.starts))]
    reckoned = _local(employer)
    made = costs(
        counted, on, reckoned, claims_allowance=bool(employer and employer.claims_allowance)
    )
    slips = {row.name: [slip_of(slip) for slip in row.slips.all()] for row in rows}
    return Corner(
        employer=employer,
        assistants=rows,
        costs=made,
        put_by=each_month(made, counted, on),
        earmarks=earmarks(
            counted, slips, on, insurance_yearly=reckoned.insurance_yearly if employer else 0,
            insured_since=employer.insured_since if employer else None,
        ),
        checks=checks(counted, _in_place(employer), on, made=made, rate=price_of_an_hour(person)),
        months=tuple(reversed(month_totals(slip for each in slips.values() for slip in each))),
        unpaid=[row for row in rows if not row.rates.all()],
    )  # fmt: skip


def earmarks_of(person: Person, on: date) -> tuple[Earmark, ...]:
    """Return what an employer's account has to keep for known bills on a day."""
    return corner(person, on).earmarks if person.assistants.exists() else ()


def in_hand(row: Assistant, on: date) -> pure.Assistant:
    """Return an assistant as the pure package takes them."""
    return pure.Assistant(
        name=row.name,
        born=row.born,
        starts=row.starts,
        ends=row.ends,
        rates=tuple(
            pure.Rate(pure.Hour(rate.kind), rate.pence, rate.starts, Fraction(rate.hours))
            for rate in row.rates.all()
        ),
        regular=row.regular,
        employed=row.employed,
        has_other_pay=row.has_other_pay,
        apprentice=row.apprentice,
        past_pension_age=pension_age_reached(row.born, on),
        statement_on=row.statement_on,
        right_to_work_on=row.right_to_work_on,
    )


def slip_of(row: PaySlip) -> PayMonth:
    """Return a month's payslips as the pure package takes them."""
    return PayMonth(
        month=row.month,
        gross=row.gross,
        taken_off=row.taken_off,
        employer_insurance=row.employer_insurance,
        own_pension=row.own_pension,
        employer_pension=row.employer_pension,
        hours=Fraction(row.hours),
        holiday_hours=Fraction(row.holiday_hours),
        tax_paid=row.tax_paid,
        pension_paid=row.pension_paid,
    )


def price_of_an_hour(person: Person) -> int | None:
    """Return the highest price of an hour that a person's plan pays out, in pence."""
    lines = PlanLine.objects.filter(
        plan__person=person, plan__status="agreed", unit=PlanLine.Unit.HOUR,
        holding=PlanLine.Holding.DIRECT_PAYMENT,
    )  # fmt: skip
    return max((line.unit_price for line in lines), default=None)


def _local(employer: Employer | None) -> LocalCosts:
    own = local("pa_insurance_yearly", "pa_payroll_weekly", "pa_training_yearly")
    paid = employer.insurance_yearly if employer else None
    return LocalCosts(
        insurance_yearly=int(own["pa_insurance_yearly"]) if paid is None else paid,
        payroll_weekly=int(own["pa_payroll_weekly"]),
        training_yearly=int(own["pa_training_yearly"]),
    )


def _in_place(employer: Employer | None) -> InPlace:
    if employer is None:
        return InPlace()
    return InPlace(
        employer.insured_until, employer.insured_for, employer.has_paye, employer.has_pension
    )
