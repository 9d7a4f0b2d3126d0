"""What an employer has to see to, as a friendly list: what is fine, and what to do next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wherewithal.dates import long_date
from wherewithal.employing.assistants import Assistant
from wherewithal.employing.figures import figure_on
from wherewithal.employing.on_costs import Cost, RateCheck, must_have_pension
from wherewithal.employing.wages import wage_checks
from wherewithal.money import pounds

SOON = timedelta(days=28)


class State(StrEnum):
    """How one thing on the list stands."""

    GOOD = "good"
    DO = "do"
    ASK = "ask"
    NOT_NEEDED = "not-needed"


STATES = {
    State.GOOD: "Done",
    State.DO: "To do",
    State.ASK: "Ask us",
    State.NOT_NEEDED: "Not needed",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to see to: how it stands, why, what to do next, and what says so."""

    code: str
    label: str
    state: State
    sentence: str
    next: str = ""
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class InPlace:
    """What an employer says is in place. ``None`` is not known."""

    insured_until: date | None = None
    insured_for: int | None = None
    has_paye: bool | None = None
    has_pension: bool | None = None


def checks(
    assistants: Sequence[Assistant],
    place: InPlace,
    day: date,
    *,
    made: Sequence[Cost] = (),
    rate: int | None = None,
) -> tuple[Check, ...]:
    """Return every check of an employer on a day; ``rate`` is the plan's price for an hour."""
    working = [each for each in assistants if each.works_on(day) or day < each.starts]
    employed = [each for each in working if each.employed]
    found: list[Check] = []
    for each in working:
        if each.employed:
            found += [*_wages(each, day), _statement(each, day), _right_to_work(each, day)]
        else:
            found.append(_self_employed(each))
    if employed:
        found += [
            _insurance(place, day),
            _paye(employed, place, day),
            _pension(employed, place, day),
        ]
        found += _price(made, rate)
    return tuple(found)


def _wages(assistant: Assistant, day: date) -> Iterator[Check]:
    for check in wage_checks(assistant, max(day, assistant.starts)):
        state = {True: State.GOOD, False: State.DO, None: State.ASK}[check.enough]
        nearer = {
            State.DO: f"Pay {pounds(check.least.whole)} or more, and make up what was short.",
            State.ASK: "Ring us, or ask Acas, before you agree on the pay.",
        }.get(state, "")
        yield Check(
            "wage", f"What {assistant.name} is paid", state, check.sentence, nearer,
            check.least.source, check.least.verified,
        )  # fmt: skip


def _statement(assistant: Assistant, day: date) -> Check:
    label, source = f"Written terms for {assistant.name}", "Employment Rights Act 1996, section 1"
    given = assistant.statement_on
    if given is not None and given <= assistant.starts:
        told = f"{assistant.name} had the terms in writing by the first day."
        return Check("statement", label, State.GOOD, told, source=source)
    if given is not None:
        told = (
            f"{assistant.name} had the terms in writing on {long_date(given)}."
            " It should be the first day or before. Good that it is done."
        )
        return Check("statement", label, State.GOOD, told, source=source)
    when = "by the first day" if day <= assistant.starts else "now: it was due on the first day"
    told = "The law says what the job is, the hours, the pay and the holiday must be in writing."
    nearer = (
        f"Give {assistant.name} the terms in writing {when}. We can give you a form to fill in."
    )
    return Check("statement", label, State.DO, told, nearer, source)


def _right_to_work(assistant: Assistant, day: date) -> Check:
    label, source = (
        f"{assistant.name}’s right to work here",
        "Shropshire Council, on being an employer",
    )
    seen = assistant.right_to_work_on
    if seen is not None and seen <= assistant.starts:
        told = f"You looked at the papers on {long_date(seen)}. Keep a copy."
        return Check("right-to-work", label, State.GOOD, told, source=source)
    if seen is not None:
        told = f"You looked at the papers on {long_date(seen)}, after the first day. Keep a copy."
        return Check("right-to-work", label, State.GOOD, told, source=source)
    nearer = f"Look at {assistant.name}’s passport or share code, and keep a copy with the day."
    told = "You must see that someone may work in this country before the first day."
    return Check("right-to-work", label, State.DO, told, nearer, source)


def _self_employed(assistant: Assistant) -> Check:
    told = (
        f"{assistant.name} works for themselves. Nobody can simply choose that:"
        " HMRC has a test for it, and if it goes wrong you may have to pay the tax."
    )
    nearer = "Do the test “Check employment status for tax” on GOV.UK, and keep the answer."
    label = f"Whether {assistant.name} is self-employed"
    return Check("self-employed", label, State.ASK, told, nearer, "Low Incomes Tax Reform Group")


def _insurance(place: InPlace, day: date) -> Check:
    least, fine = figure_on("liability-cover", day), figure_on("liability-fine", day)
    label = "Employers’ insurance"
    told = f"The law asks for cover of {_millions(least.whole)} or more."
    ends = place.insured_until
    if ends is None:
        worst = f"Without it you can be fined up to {pounds(fine.whole)} a day."
        nearer = "Buy it before anyone works for you. Your direct payment pays for it."
        return Check("insured", label, State.DO, f"{told} {worst}", nearer, least.source)
    if ends < day:
        told = f"It ended on {long_date(ends)}. {told}"
        return Check("insured", label, State.DO, told, "Renew it today.", least.source)
    if place.insured_for is not None and place.insured_for < least.whole:
        told = f"{told} Yours is for {pounds(place.insured_for)}."
        return Check("insured", label, State.DO, told, "Ask the insurer for more.", least.source)
    told = f"You are insured until {long_date(ends)}."
    nearer = "Renew it before then." if ends - day <= SOON else ""
    return Check("insured", label, State.GOOD, told, nearer, least.source)


def _paye(employed: Sequence[Assistant], place: InPlace, day: date) -> Check:
    limit = figure_on("lower-earnings-limit", day)
    label = "Registered with HMRC (PAYE)"
    because = [
        *(f"{each.name} earns {pounds(limit.whole)} a week or more"
          for each in employed if each.weekly_pay(max(day, each.starts)) >= limit.value),
        *(f"{each.name} has another job or a pension" for each in employed if each.has_other_pay),
    ]  # fmt: skip
    if not because:
        told = (
            f"Nobody earns {pounds(limit.whole)} a week or has another job or a pension,"
            " so you need not register. Keep a note of what you pay."
        )
        return Check("paye", label, State.NOT_NEEDED, told, "", limit.source, limit.verified)
    told = f"You need to be registered, as {because[0]}."
    if place.has_paye:
        return Check("paye", label, State.GOOD, "You are registered.", "", limit.source)
    nearer = "Register as an employer with HMRC, or let a payroll service do it for you."
    return Check("paye", label, State.DO, told, nearer, limit.source, limit.verified)


def _pension(employed: Sequence[Assistant], place: InPlace, day: date) -> Check:
    trigger = figure_on("pension-trigger", day)
    label = "Workplace pension"
    must = [each.name for each in employed if must_have_pension(each, max(day, each.starts))]
    if not must:
        told = "Nobody has to be put into one by law. Anyone may ask to join."
        nearer = "Tell each assistant about it in writing."
        return Check("pension", label, State.NOT_NEEDED, told, nearer, trigger.source)
    if place.has_pension:
        told = f"There is a pension for {_and(must)}."
        return Check("pension", label, State.GOOD, told, "", trigger.source)
    told = f"{_and(must)} must be put into one: the pay is above {pounds(trigger.whole)} a year."
    nearer = "Ask your payroll service to set one up, and tell your assistants in writing."
    return Check("pension", label, State.DO, told, nearer, trigger.source, trigger.verified)


def _price(made: Sequence[Cost], rate: int | None) -> Iterator[Check]:
    costly = max((cost.hourly for cost in made if cost.hours), default=0)
    if rate is None or not costly:
        return
    check = RateCheck(rate, costly)
    unsure = not all(part.verified for cost in made for part in cost.parts)
    yield Check(
        "price", "Whether the money covers it", State.GOOD if check.enough else State.ASK,
        check.sentence, "" if check.enough else "Ring us about the price in your plan.",
        "Your support plan", not unsure,
    )  # fmt: skip


def _millions(pence: int) -> str:
    return f"£{pence // 100_000_000} million"


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
