"""What waits for an answer, on either side: one line each, with where to go."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.timezone import localtime

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.charges.expenses import waiting_claims
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pauses.actions import as_period, told
from wherewithal.web.checks.models import SurplusProposal
from wherewithal.web.checks.querysets import open_flags, surplus_of
from wherewithal.web.govuk.environment import count
from wherewithal.web.money.querysets import questions_of
from wherewithal.web.people.models import Person
from wherewithal.web.people.voice import Voice
from wherewithal.web.providers.querysets import own_account
from wherewithal.web.statements.querysets import unmatched

NEWS = timedelta(days=28)
TOLD = (SurplusProposal.Status.TOLD, SurplusProposal.Status.ANSWERED, SurplusProposal.Status.AGREED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: for whom (the person, or the council), words, and where to go."""

    theirs: bool
    words: str
    href: str


def waiting_for(
    person: Person, reader: User, voice: Voice, on: date, there: Collection[str]
) -> list[Waiting]:
    """Return what waits for the person first, then what waits for the council.

    ``there`` names what there is of a person at all: nothing else is asked for.
    """
    found = [
        *(_bill(person) if "own_bills" in there else ()),
        *(_lines(person) if "unsure" in there else ()),
        *(_talks(person, reader, voice) if "flags" in there else ()),
        *(_money_back(person, reader) if "surplus" in there else ()),
        *(_questions(person, voice, on) if "questions" in there else ()),
        *(_costs(person) if "claims" in there else ()),
    ]
    return sorted(found, key=lambda each: not each.theirs)


def pauses_now(budgets: Iterable[Budget], on: date) -> list[str]:
    """Return in words each pause that holds on a day or is still to come, and why."""
    pauses = [
        pause
        for budget in budgets
        if budget.status == Budget.Status.SIGNED_OFF
        for pause in budget.pauses.all()
        if (days := as_period(pause)) is not None and (days.end is None or days.end > on)
    ]
    pauses.sort(key=lambda pause: (pause.period.lower, pause.pk))
    return [f"{told(pause)} {pause.reason}" for pause in pauses]


def _bill(person: Person) -> list[Waiting]:
    account = own_account(person)
    if account.due <= 0 or not account.bills:
        return []
    by = long_date(max(bill.due_on for bill in account.bills))
    words = f"A bill for support that the council arranges: {pounds(account.due)} to pay by {by}"
    return [Waiting(True, words, _at("billed:mine", person))]


def _lines(person: Person) -> list[Waiting]:
    number = unmatched(person).count()
    if not number:
        return []
    words = f"{count(number, 'line')} of the bank statement to look at"
    return [Waiting(True, words, _at("statements:spending", person))]


def _talks(person: Person, reader: User, voice: Voice) -> list[Waiting]:
    talks = open_flags(person).read_by(reader)
    their = "your" if voice.own else "the"
    return [
        Waiting(
            True, f"A talk about {their} account: {flag.what.title}", _at("checks:account", person)
        )
        for flag in talks
    ]


def _money_back(person: Person, reader: User) -> list[Waiting]:
    found = surplus_of(person, reader)
    if found is None or found.status not in TOLD:
        return []
    href = _at("checks:money-back", person, found.pk)
    over = found.about == SurplusProposal.About.SURPLUS
    what = "money left over" if over else "money that was spent"
    if found.status == SurplusProposal.Status.TOLD and found.reply_by is not None:
        words = f"A letter about {what}: please answer by {long_date(found.reply_by)}"
        return [Waiting(True, words, href)]
    return [Waiting(False, f"{what.capitalize()}: where it stands", href)]


def _questions(person: Person, voice: Voice, on: date) -> list[Waiting]:
    href, made = _at("money:spending", person), []
    you = "you" if voice.own else voice.name
    for question in questions_of(person):
        if question.status == "waiting":
            day = long_date(question.answer_by)
            made.append(Waiting(False, f"“{question.words}” {you} will hear by {day}", href))
        elif question.answered_at and localtime(question.answered_at).date() > on - NEWS:
            verdict = question.get_verdict_display()
            made.append(Waiting(False, f"“{question.words}” {verdict}: read why", href))
    return made


def _costs(person: Person) -> list[Waiting]:
    claims = waiting_claims(person)
    href = _at("budgets:expenses", person)
    return [
        Waiting(False, f"Costs of disability: {claim.what}, waiting for a decision", href)
        for claim in claims
    ]


def _at(name: str, person: Person, *more: int) -> str:
    return reverse(name, args=[person.reference, *more])
