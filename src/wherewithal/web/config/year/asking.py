"""Money that is over: proposed, decided by somebody else, told, answered, paid back or let go."""

from datetime import date, timedelta
from functools import partial

from wherewithal.council.bank import BankAccount, Move
from wherewithal.dates import add_working_days
from wherewithal.ledger.surplus import Earmark, EarmarkKind, SurplusFacts, surplus
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.checks.actions.again import acknowledge, ask_again, decide_again
from wherewithal.web.checks.actions.repaying import go_ahead, let_go, note_repaid
from wherewithal.web.checks.actions.surplus import answer, decide, leave_it, propose, tell
from wherewithal.web.checks.decisions import decisions_about
from wherewithal.web.checks.figures import figures_of
from wherewithal.web.checks.limits import Settings
from wherewithal.web.checks.models import LookAgain, Repayment, SurplusProposal
from wherewithal.web.config.year.diary import CHECK
from wherewithal.web.config.year.town import Key, Year, at
from wherewithal.web.people.models import Person

WORTH_ASKING = 20_000
"""Pence: about less than this nobody is asked in this council."""
SAID = (
    ("not-found", "Nobody could be found for two mornings a week."),
    ("family", "My sister did more than we had thought."),
    ("saving", "I keep some for a week away in the autumn."),
    ("too-much", "I was better for a while and needed less."),
)
LEFT = "Nobody could be found for the hours, and now somebody has been. It stays for those hours."
WHY_ASKED = "The reserve stays, and all that is set aside. Nothing in the plan needs the rest."
DISAGREES = "I keep it for the summer, when my assistant is away and an agency costs more."
HALF = "The summer is a good reason. We ask for half."
ANSWERS = (("agree", 0.45), ("instalments", 0.62), ("take-off", 0.75), ("disagree", 0.87),
           ("time", 0.92), ("", 1.0))  # fmt: skip
PARTS, FIRST_DUE = 4, 21


def ask_about(
    year: Year, person: Person, holding: str, account: BankAccount, day: date, *, settings: Settings
) -> None:
    """Propose to ask back what is over, where it is worth asking about, after asking why."""
    known = figures_of(person, holding, on=day)
    if known.get("balance") is None or day + timedelta(days=70) > year.last:
        return
    found = surplus(facts_of(known, settings))
    if found.reclaim < WORTH_ASKING:
        return
    why, words = SAID[year.chance.below(len(SAID), "why over", person.reference)]
    try:
        made = propose(
            person=person, holding=holding, found=found, why=why, why_words=words,
            by=year.crew.finance, at=at(day, 16),
        )  # fmt: skip
    except NotNow:
        return
    on = add_working_days(day, 4, year.holidays)
    year.diary.note(on, partial(_decide, year, made.pk, account), turn=CHECK)


def facts_of(known: dict[str, object], settings: Settings) -> SurplusFacts:
    """Return what an officer would hold a balance against, from the figures that are known."""
    number = {name: value for name, value in known.items() if isinstance(value, int)}
    earmarks = tuple(
        Earmark(kind, number[f"sum_{kind}"], str(known.get(f"why_{kind}") or "It is due."))
        for kind in EarmarkKind
        if number.get(f"sum_{kind}", 0) > 0
    )
    on = known["on"]
    assert isinstance(on, date)  # noqa: S101  # figures always name their day
    return SurplusFacts(
        on=on, balance=number["balance"], weekly_gross=number["weekly_gross"],
        reserve_weeks=settings.reserve_weeks, earmarks=earmarks, advance=number["advance"],
        council_paid_in=number["council_paid_in"], own_paid_in=number.get("own_paid_in", 0),
        nhs_paid_in=number.get("nhs_paid_in", 0),
    )  # fmt: skip


def _one(proposal: int) -> SurplusProposal:
    return SurplusProposal.objects.select_related("person").get(pk=proposal)


def _decide(year: Year, proposal: int, account: BankAccount, day: date) -> None:
    found = _one(proposal)
    if year.chance.of("left", found.person.reference) < 0.18:
        leave_it(proposal=found, reasons=LEFT, by=year.crew.second, at=at(day))
        return
    _ask_for(year, found, found.reclaim, WHY_ASKED, year.crew.second, day)
    later = add_working_days(day, 8, year.holidays)
    year.diary.note(later, partial(_answer, year, proposal, account), turn=CHECK)


def _ask_for(
    year: Year, found: SurplusProposal, pence: int, reasons: str, by: User, day: date
) -> None:
    decide(proposal=found, pence=pence, reasons=reasons, by=by, at=at(day))
    tell(proposal=found, on=day, by=year.crew.finance, at=at(day, 15))


def _answer(year: Year, proposal: int, account: BankAccount, day: date) -> None:
    found = _one(proposal)
    drawn = year.chance.of("answer", found.person.reference)
    choice = next(name for name, upto in ANSWERS if drawn < upto)
    if choice == "take-off" and found.holding != "direct-payment":
        choice = "agree"
    if choice:
        answer(proposal=found, choice=choice, words=DISAGREES if choice == "disagree" else "",
               by=year.crew.practitioner, at=at(day))  # fmt: skip
    if choice == "disagree":
        _look_again(year, found, account, day)
    else:
        wait = 3 if choice in {"agree", "instalments", "take-off"} else 40
        deed = partial(_go_ahead, year, proposal, account)
        year.diary.note(year.working(day + timedelta(days=wait)), deed, turn=CHECK)


def _look_again(year: Year, found: SurplusProposal, account: BankAccount, day: date) -> None:
    decided = decisions_about(found.person, day)[LookAgain.Of.MONEY_BACK]
    asked = ask_again(person=found.person, decided=decided, why=DISAGREES, holidays=year.holidays,
                      by=year.crew.practitioner, at=at(day, 11))  # fmt: skip
    acknowledge(asked=asked, on=day, by=year.crew.finance, at=at(day, 12))
    on = add_working_days(day, 12, year.holidays)
    year.diary.note(on, partial(_decide_again, year, asked.pk, found.pk, account), turn=CHECK)


def _decide_again(year: Year, asked: int, proposal: int, account: BankAccount, day: date) -> None:
    found, again = _one(proposal), LookAgain.objects.select_related("person").get(pk=asked)
    partly = year.chance.of("again", found.person.reference) < 0.5
    decide_again(
        asked=again, outcome="partly" if partly else "changed",
        reasons=HALF if partly else LEFT, by=year.crew.manager, at=at(day),
    )  # fmt: skip
    if not partly:
        leave_it(proposal=found, reasons=LEFT, by=year.crew.second, at=at(day, 11))
        return
    _ask_for(year, found, max(1, found.asked // 2), HALF, year.crew.manager, day)
    answer(proposal=found, choice="agree", words="", by=year.crew.practitioner, at=at(day, 16))
    on = add_working_days(day, 2, year.holidays)
    year.diary.note(on, partial(_go_ahead, year, proposal, account), turn=CHECK)


def _go_ahead(year: Year, proposal: int, account: BankAccount, day: date) -> None:
    found = _one(proposal)
    if found.status in {"closed", "agreed"} or found.person.date_of_death is not None:
        return
    if found.answer == "time":
        answer(proposal=found, choice="agree", words="", by=year.crew.practitioner, at=at(day, 9))
    parts = PARTS if found.answer == "instalments" else 1
    first = day + timedelta(days=FIRST_DUE)
    go_ahead(proposal=found, first_due=first, parts=parts, own_share_out=False,
             by=year.crew.finance, at=at(day))  # fmt: skip
    for number, part in enumerate(Repayment.objects.filter(proposal=found).order_by("due_on")):
        gives_up = number == 1 and year.chance.of("let go", found.person.reference) < 0.6
        deed = _let_go if gives_up else _repaid
        on = day if part.kind == "taken-off" else part.due_on
        year.diary.note(on, partial(deed, year, part.pk, proposal, account), turn=CHECK)
        if gives_up:
            break


def _repaid(year: Year, part: int, proposal: int, account: BankAccount, day: date) -> None:
    """Note a part that came back, where there is enough in the account; else ask again later."""
    found = Repayment.objects.select_related("proposal__person").get(pk=part)
    key: Key = (found.proposal.person_id, found.proposal.holding)
    if found.kind == Repayment.Kind.PAID:
        if found.proposal.person.date_of_death is not None:
            _let_go(year, part, proposal, account, day)
            return
        move = Move(day, -found.pence, "Ambleford Council", "PAID BACK", "FPO", "repaid")
        year.accounts[key].add(move)
    note_repaid(repayment=found, on=day, by=year.crew.finance, at=at(day))


def _let_go(year: Year, _part: int, proposal: int, account: BankAccount, day: date) -> None:
    why = "Paying back turned out too hard, and the support matters more."
    let_go(proposal=_one(proposal), why=why, by=year.crew.second, at=at(day))
