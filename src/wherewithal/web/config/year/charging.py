"""What people pay: new facts from earlier days, and everybody's new charge in a new year."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from wherewithal.charging.parameters import year_of
from wherewithal.council.year import Happening, happenings
from wherewithal.dates import add_working_days
from wherewithal.web.budgets.actions import give_charge_copy, keep_charge
from wherewithal.web.budgets.charges.actions import change_charge, notice_days
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.charges.earlier_actions import (
    charge_from_earlier,
    decide_earlier,
    tell_earlier,
)
from wherewithal.web.budgets.charges.models import EarlierCharge, Uprating
from wherewithal.web.budgets.charges.reads import charge_now
from wherewithal.web.budgets.charges.working_out import work_out
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.budgets.yearly.uprating_actions import (
    apply_uprating,
    tell_uprating,
    work_out_uprating,
)
from wherewithal.web.budgets.yearly.uprating_forms import NewYearForm
from wherewithal.web.config.year.living import budget_on
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.people.models import Person

EARLIER_DAYS = 56
NEW = {
    "charge-lowered": "The extra cost of washing and heating was never counted. Now it is.",
    "charge-raised": "A private pension began, and we heard of it only now.",
}
EXPENSE, PENSION = 1_850, 2_600
LEFT = "You could not have known. We do not ask for days past, and charge the new sum from then on."
ASKED = "The form asked about it, and you told us that you can pay it."


def begin(year: Year) -> None:
    """Put down whose charge changes, and the upratings: the late one of this year, and the next."""
    people = Person.objects.filter(pk__in={key[0] for key in year.accounts}, kind="adult")
    charged = people.filter(budgets__status="signed-off", budgets__contribution__gt=EXPENSE)
    references = sorted(set(charged.values_list("reference", flat=True)))
    for each in happenings(year.chance, references, year.period):
        if each.kind in NEW:
            year.diary.note(year.working(each.on), partial(_new_facts, year, each))
    begins = year.first + timedelta(days=notice_days() + 2)
    begins += timedelta(days=-begins.weekday() % 7)
    _plan_uprating(year, begins, letters=year.working(year.first))
    april = date(year.last.year, 4, 6)
    april += timedelta(days=-april.weekday() % 7)
    _plan_uprating(year, april, letters=year.before(april - timedelta(days=45)))


def _plan_uprating(year: Year, starts: date, *, letters: date) -> None:
    if letters >= year.first and letters <= year.last and starts > year.first:
        deed = partial(_work_out, year, starts)
        year.diary.note(max(year.first, year.before(letters - timedelta(days=7))), deed)


def _work_out(year: Year, starts: date, day: date) -> None:
    """Work everybody's new charge out, and make the letters soon, well before it begins."""
    run = work_out_uprating(
        starts=starts, assumed=_assumed(starts), by=year.crew.finance, at=at(day)
    )
    on = day if (starts - day).days <= notice_days() + 9 else add_working_days(
        day, 3, year.holidays
    )  # fmt: skip
    year.diary.note(on, partial(_tell, year, run.pk))


def _assumed(starts: date) -> dict[str, Any]:
    """Return what every income is taken to become, as the form proposes it."""
    name = year_of(starts)[0]
    blank = NewYearForm(starts=starts, year=name)
    given = {field: each.initial for field, each in blank.fields.items() if field != "starts"}
    day = {"starts_day": starts.day, "starts_month": starts.month, "starts_year": starts.year}
    form = NewYearForm({**given, **day}, starts=starts, year=name)
    if not form.is_valid():
        raise ValueError(
            f"The form of a new year's charges refuses its own proposals: {form.errors}"
        )
    return form.assumed()


def _tell(year: Year, run: int, day: date) -> None:
    told = tell_uprating(uprating=Uprating.objects.get(pk=run), by=year.crew.second, at=at(day, 9))
    apply_uprating(uprating=told, by=year.crew.second, at=at(day, 16))


def _new_facts(year: Year, each: Happening, day: date) -> None:
    """Let new facts count from an earlier day: paid back at once, or told and then decided."""
    budget = budget_on(each.person, day)
    first = day - timedelta(days=EARLIER_DAYS)
    if budget is None or budget.period.lower > first:
        return
    before = charge_now(budget, day)
    if before is None or before.kind != "full" or "income" not in before.facts:
        return
    charge = _with_new_facts(year, each, budget, before, first, day)
    earlier = charge_from_earlier(
        budget=budget, charge=charge, from_day=first, reason=NEW[each.kind],
        by=year.crew.finance, at=at(day, 11),
    )  # fmt: skip
    year.seen[each.kind] += 1
    if earlier.pence > 0:
        on = add_working_days(day, 1, year.holidays)
        year.diary.note(on, partial(_tell_earlier, year, earlier.pk))


def _with_new_facts(
    year: Year, each: Happening, budget: Budget, before: FinancialAssessment, first: date, day: date
) -> FinancialAssessment:
    facts = {name: value for name, value in before.facts.items() if name != "pinned"}
    if each.kind == "charge-lowered":
        added = {"what": "Extra washing and heating", "amount": EXPENSE}
        facts["expenses"] = [*facts.get("expenses", ()), added]
    else:
        added = {"kind": "private-pension", "amount": PENSION}
        facts["income"] = [*facts["income"], added]
    made = work_out(facts, born=budget.person.date_of_birth, starts=first, cost=budget.cost)
    charge = keep_charge(
        person=budget.person, facts=facts, starts=first, charge=made, by=year.crew.finance,
        at=at(day),
    )  # fmt: skip
    give_charge_copy(charge=charge, on=day, by=year.crew.finance, at=at(day, 10))
    return charge


def _tell_earlier(year: Year, earlier: int, day: date) -> None:
    tell_earlier(earlier=EarlierCharge.objects.get(pk=earlier), by=year.crew.finance, at=at(day))
    on = add_working_days(day, 10, year.holidays)
    year.diary.note(on, partial(_decide_earlier, year, earlier))


def _decide_earlier(year: Year, earlier: int, day: date) -> None:
    row = EarlierCharge.objects.select_related("person", "budget").get(pk=earlier)
    budget = budget_on(row.person.reference, day)
    asks = year.chance.of("asked for days past", row.person.reference) < 0.4
    decide_earlier(earlier=row, ask=asks and budget is not None, by=year.crew.second,
                   reasons=ASKED if asks else LEFT, at=at(day))  # fmt: skip
    if asks or budget is None:
        return
    charge = FinancialAssessment.objects.get(pk=row.charges[0][1])
    from_day = day + timedelta(days=notice_days() + 1)
    if contribution_on(budget, from_day) < row.budget.cost:
        change_charge(
            budget=budget, charge=charge, from_day=from_day, reason=row.reason,
            by=year.crew.second, at=at(day, 11),
        )  # fmt: skip
