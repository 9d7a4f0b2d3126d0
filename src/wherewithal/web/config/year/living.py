"""What befalls people: stays, deaths, payments stopped with care, and how the council answers."""

from datetime import date, timedelta
from functools import partial

from wherewithal.council.bank import Move
from wherewithal.council.year import Happening, happenings
from wherewithal.dates import ONE_DAY, add_working_days
from wherewithal.web.budgets.actions import end_budget
from wherewithal.web.budgets.models import Budget, Pause, Settlement
from wherewithal.web.budgets.pauses.actions import lift, pause
from wherewithal.web.checks.actions.flags import add_note, open_by_hand
from wherewithal.web.config.year.accounts import items_by_account, live_until
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.payments.settling.last_sums import LastSum, add_run_off_cost, last_sums, settle
from wherewithal.web.people.actions import change_person
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local

SAID = {
    "hospital": "We heard from the hospital ward that they were taken in.",
    "care-home": "A stay in a care home was planned, so that family can rest.",
    "away": "They are away with family, who help them there.",
    "frozen": "Cash went out on days on which nobody was helped. We have to ask first.",
}
COVER = "The home care team comes twice a day from tomorrow. The team manager rings each evening."
AGREED = {
    Settlement.How.PAID_BACK: "We went through the account with the executor. They sent it back.",
    Settlement.How.USED: "All of it was needed for the last wages and bills. We saw them.",
    Settlement.How.LET_GO: "It is small, and the family has enough to do. We let it go.",
}
SMALL = 5_000


def begin(year: Year) -> None:
    """Put down what befalls whom."""
    people = {key[0] for key in year.accounts}
    rows = Person.objects.filter(pk__in=people).order_by("reference")
    references = list(rows.values_list("reference", flat=True))
    deeds = {"died": _died, "worry": _worry}
    for each in happenings(year.chance, references, year.period):
        if each.kind.startswith("charge"):
            continue
        deed = deeds.get(each.kind, _paused)
        heard = 4 if each.kind == "died" else 2
        year.diary.note(year.working(each.on + heard * ONE_DAY), partial(deed, year, each))


def budget_on(reference: str, day: date) -> Budget | None:
    """Return the budget in force of somebody who is alive."""
    found = Budget.objects.filter(
        person__reference=reference, status="signed-off", period__contains=day,
        person__date_of_death=None,
    )  # fmt: skip
    return found.select_related("person").first()


def _paused(year: Year, each: Happening, day: date) -> None:
    budget = budget_on(each.person, each.on)
    if budget is None or not each.days:
        return
    if Pause.objects.filter(budget=budget, period__overlap=(each.on, None)).exists():
        return  # they are away already, or were until now
    held = set(budget.lines.values_list("holding", flat=True))
    pays, holding, weekly, goes_on, full = Pause.Pays.NOTHING, "", 0, "", 0
    if each.kind == "hospital":
        full = int(local("hospital_full_days")["hospital_full_days"])
        if year.chance.of("short rule", each.person) < 0.5:
            full = 7
    elif each.kind == "away" and "direct-payment" in held:
        pays, holding, weekly = Pause.Pays.WEEKLY, "direct-payment", 4_000
        goes_on = "A retainer for the personal assistant"
    made = pause(
        budget=budget, kind=each.kind, first_day=each.on, last_day=None, pays=pays,
        reason=SAID[each.kind], holding=holding, weekly=weekly, goes_on=goes_on, full_days=full,
        safe_cover=COVER if each.kind == "frozen" else "", by=year.crew.manager, at=at(day, 9),
    )  # fmt: skip
    year.seen[f"pauses: {each.kind}"] += 1
    home = max(day, year.working(each.on + each.days * ONE_DAY))
    year.diary.note(home, partial(_home, year, made.pk, each.on + each.days * ONE_DAY))


def _home(year: Year, pause_id: int, from_day: date, day: date) -> None:
    held = Pause.objects.select_related("budget__person").get(pk=pause_id)
    reason = "They are home again."
    if held.kind == Pause.Kind.FROZEN:
        from_day, reason = held.planned.lower, "We talked. A neighbour had done the shopping."
    lift(pause=held, paid_from=from_day, reason=reason, by=year.crew.manager, at=at(day, 9))


def _died(year: Year, each: Happening, day: date) -> None:
    """Note a death when it is heard of, and end the budget with the day of it."""
    budget = budget_on(each.person, each.on)
    if budget is None:
        return
    person = budget.person
    change_person(
        person=person, what="date of death", fields={"date_of_death": each.on},
        by=year.crew.practitioner, at=at(day, 9),
    )  # fmt: skip
    for held in Pause.objects.filter(budget=budget, lifted_at=None, planned__endswith=None):
        lift(pause=held, paid_from=max(each.on, held.planned.lower), by=year.crew.manager,
             reason="The person has died.", at=at(day, 9))  # fmt: skip
    end_budget(
        budget=budget, last_day=each.on, reasons="We are sorry. The person has died.",
        by=year.crew.manager, at=at(day, 10),
    )  # fmt: skip
    year.seen["deaths"] += 1
    on = add_working_days(day, 22, year.holidays)
    year.diary.note(on, partial(_settle, year, person.pk))


def _settle(year: Year, person_id: int, day: date) -> None:
    """Settle the last sums after what the end costs; nobody is chased for a small one."""
    person = Person.objects.get(pk=person_id)
    for last in last_sums(day, person=person):
        if last.holding == "direct-payment" and last.too_much > SMALL:
            add_run_off_cost(
                last=last, kind="notice", pence=min(last.too_much, 12_000) // 2,
                what="Notice pay for the personal assistant", by=year.crew.finance, at=at(day),
            )  # fmt: skip
    for last in last_sums(day, person=person):
        _settled(year, person, last, day)


def _settled(year: Year, person: Person, last: LastSum, day: date) -> None:
    key = (person.pk, last.holding)
    account = live_until(year, key, items_by_account([person.pk]).get(key, ()), day)
    there = max(0, account.balance)
    how = Settlement.How.PAID_BACK
    if last.to_come_back == 0 or there < last.to_come_back:
        how = Settlement.How.USED
    elif last.to_come_back < SMALL:
        how = Settlement.How.LET_GO
    pence = last.to_come_back if how == Settlement.How.PAID_BACK else 0
    settle(
        person=person, holding=last.holding, how=how, paid_back=pence, said=AGREED[how],
        by=year.crew.second, at=at(day, 14),
    )  # fmt: skip
    if pence:
        account.add(Move(day, -pence, "Ambleford Council", "PAID BACK", "FPO", "repaid"))


def _worry(year: Year, each: Happening, day: date) -> None:
    """Somebody rings because they are worried: it is talked about first."""
    person = Person.objects.get(reference=each.person)
    flag = open_by_hand(
        person=person, words="A neighbour rang. The curtains stay closed, and nobody answers.",
        by=year.crew.practitioner, at=at(day, 9),
    )  # fmt: skip
    add_note(
        flag=flag, words="We visited. They were well, and glad that somebody had asked.",
        became="settled", by=year.crew.practitioner, at=at(day + timedelta(days=0), 15),
    )  # fmt: skip
