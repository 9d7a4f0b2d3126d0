"""Looking at an account by the rules, and the conversations that follow."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.monitoring import flags as rules
from wherewithal.monitoring.account import Account
from wherewithal.monitoring.rules import rule
from wherewithal.monitoring.tiers import AccountFacts, TierFound, find_tier
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.checks.beforehand import Beforehand, beforehand
from wherewithal.web.checks.facts import DIRECT, account_of, first_payment
from wherewithal.web.checks.figures import spoken_for
from wherewithal.web.checks.limits import Settings
from wherewithal.web.checks.models import Flag, FlagNote, TierDecision
from wherewithal.web.checks.querysets import UNSETTLED
from wherewithal.web.checks.returns import missed_returns
from wherewithal.web.people.models import Person

QUIET = timedelta(days=91)
"""A matter that was settled is left in peace for so long, unless something new is seen."""


@transaction.atomic
def look_by_rules(
    *, person: Person, holding: str, on: date, settings: Settings, at: datetime
) -> list[Flag]:
    """Open a conversation for each matter that is new, and settle how closely to look.

    Nothing is stopped, taken or sent by this. Returns what was opened.
    """
    Person.objects.select_for_update().get(pk=person.pk)  # two at once wait for each other
    seen = see(person, holding, on=on, settings=settings, at=at)
    if seen is None:
        return []
    opened = [_open(person, holding, flag, at) for flag in seen.new]
    settle_tier(
        person=person, holding=holding, on=on, settings=settings, at=at, account=seen.account
    )
    return opened


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules see in an account: what is new in it, and how closely to look from now on.

    ``changes`` says whether anything would be written down.
    """

    account: Account
    new: list[rules.Flag]
    changes: bool


def see(
    person: Person, holding: str, *, on: date, settings: Settings, at: datetime,
    known: Beforehand | None = None,
) -> Seen | None:  # fmt: skip
    """Return what the rules see in an account, writing nothing; None where there is no account.

    ``known`` is what was read beforehand, of this person among others.
    """
    known, key = known or beforehand([person.pk], on), (person.pk, holding)
    tier, flags = known.tiers.get(key), known.flags.get(key, [])
    missed = missed_returns(key, tier, on, settings.tiers, known)
    account = account_of(person, holding, on=on, missed=missed, known=known)
    if account is None:
        return None
    limits = settings.flags_of(holding)
    if (account.balance or 0) > account.weekly_gross * limits.reserve_weeks:
        aside = spoken_for(person, holding, account.seen_to)  # asked only where it matters
        account = replace(account, earmarked=aside)
    new = _new(flags, rules.find_flags(account, limits), at)
    if new or (tier is not None and tier.how == TierDecision.How.OFFICER):
        return Seen(account, new, changes=bool(new))
    first = known.first_payments.get(key)
    has_card = key in known.seen_to and _has_card(person, holding)
    found = _find_tier(account, settings, first, flags, has_card=has_card)
    same = found is None or (tier is not None and _same(tier, found))
    return Seen(account, new, changes=not same)


def current_tier(person: Person, holding: str) -> TierDecision | None:
    """Return how closely an account is looked at just now."""
    decided = TierDecision.objects.filter(person=person, holding=holding)
    return decided.order_by("-at", "-id").first()


@transaction.atomic
def settle_tier(
    *, person: Person, holding: str, on: date, settings: Settings, at: datetime,
    account: Account | None = None,
) -> TierDecision | None:  # fmt: skip
    """Keep the tier the rules find, where it is new; an officer's decision stays until changed.

    ``account`` is what is known of it, where that was read already.
    """
    now = current_tier(person, holding)
    if now is not None and now.how == TierDecision.How.OFFICER:
        return now
    account = account or account_of(person, holding, on=on)
    found = tier_by_rules(person, holding, account, settings) if account is not None else None
    if found is None:
        return now
    if now is not None and _same(now, found):
        return now
    decided = TierDecision.objects.create(
        person=person, holding=holding, tier=found.tier.value, reasons=list(found.reasons), at=at
    )
    if now is None or now.tier != decided.tier:
        record(
            by=None, at=at, verb="check.tier-settled", person=person.reference,
            summary=f"How closely the account is looked at: {found.tier.label.lower()}."
            f" {' '.join(found.reasons)}",
        )  # fmt: skip
    return decided


def tier_by_rules(
    person: Person, holding: str, account: Account, settings: Settings
) -> TierFound | None:
    """Return what the rules say about how closely to look; None before the first payment."""
    flags = list(Flag.objects.filter(person=person, holding=holding).order_by("opened_at"))
    first = first_payment(person, holding)
    return _find_tier(account, settings, first, flags, has_card=_has_card(person, holding))


def _find_tier(
    account: Account, settings: Settings, first: date | None, flags: list[Flag], *, has_card: bool
) -> TierFound | None:
    if first is None:
        return None
    closer = [flag for flag in flags if flag.what.closer]
    settled = [localtime(flag.ended_at).date() for flag in closer if flag.ended_at is not None]
    breaches = [
        localtime(flag.ended_at).date()
        for flag in flags
        if flag.condition_not_kept and flag.ended_at
    ]
    facts = AccountFacts(
        on=account.on, first_payment=first, weekly=account.weekly_gross,
        clean_since=max([first, *settled]), prepaid_card=has_card,
        employs=any(helper.relationship != "" and _is_assistant(helper.relationship)
                    for helper in account.helpers),
        open_questions=tuple(flag.what.title for flag in closer if flag.status != "settled"),
        breach_on=max(breaches, default=None),
    )  # fmt: skip
    return find_tier(facts, settings.tiers)


@transaction.atomic
def open_by_hand(*, person: Person, words: str, by: User, at: datetime) -> Flag:
    """Begin a conversation because somebody is worried."""
    if not words.strip():
        raise ValidationError({"words": "Enter what was said or seen, in plain words"})
    worry = rules.Flag(rule("worry"), (words.strip(),), about=at.isoformat())
    flag = _open(person, DIRECT, worry, at, by)
    record(
        by=by, at=at, verb="check.worry-written", person=person.reference, flag=flag.pk,
        summary="Somebody wrote down a worry. It is talked about first.",
    )  # fmt: skip
    return flag


@transaction.atomic
def add_note(
    *, flag: Flag, words: str, became: str, by: User, at: datetime, not_kept: bool = False
) -> Flag:
    """Write down what was said, and what became of the matter: talked, settled or passed on.

    ``not_kept`` says that an agreed condition was not kept; only a settled matter can say so.

    Raises:
        NotNow: the matter is settled already.
        ValidationError: nothing was written down.
    """
    if not words.strip():
        raise ValidationError({"words": "Enter what was said. The person can read it"})
    flag = Flag.objects.select_for_update(of=("self",)).select_related("person").get(pk=flag.pk)
    if flag.status == Flag.Status.SETTLED:
        raise NotNow("This is settled. If something new is seen, it is opened again by itself.")
    if became and became != flag.status:
        check_move(Flag.TRANSITIONS, flag.status, became, "This conversation")
        flag.status = became
    if became == Flag.Status.SETTLED:
        flag.ended_at, flag.condition_not_kept = at, not_kept
    flag.save(update_fields=["status", "ended_at", "condition_not_kept"])
    FlagNote.objects.create(flag=flag, words=words.strip(), became=became, at=at, by=by)
    state = Flag.Status(flag.status).label.lower()
    record(
        by=by, at=at, verb="check.talked", person=flag.person.reference, flag=flag.pk,
        summary=f"{flag.what.title}: {state}.",
    )  # fmt: skip
    return flag


def _same(tier: TierDecision, found: TierFound) -> bool:
    return (tier.tier, tier.reasons) == (found.tier.value, list(found.reasons))


def _new(known: Iterable[Flag], found: Iterable[rules.Flag], at: datetime) -> list[rules.Flag]:
    """Return what is not being talked about, and was not settled just now with the same facts."""
    going_on = {flag.key for flag in known if flag.status in UNSETTLED}
    over = [(flag.ended_at, flag) for flag in known if flag.status == Flag.Status.SETTLED]
    recent = [(ended, flag) for ended, flag in over if ended is not None and ended > at - QUIET]
    settled = {flag.key: flag.seen for _, flag in sorted(recent, key=lambda each: each[0])}
    return [
        flag
        for flag in found
        if flag.key not in going_on and (flag.key not in settled or _worse(flag, settled))
    ]


def _worse(flag: rules.Flag, settled: dict[str, list[str]]) -> bool:
    """Say whether something new was seen in a matter that tells its own lines."""
    dated = flag.rule.code in {"relative-paid", "holder-paid", "merchants", "cash"}
    return dated and not set(flag.seen) <= set(settled[flag.key])


def _open(
    person: Person, holding: str, found: rules.Flag, at: datetime, by: User | None = None
) -> Flag:
    flag = Flag.objects.create(
        person=person, holding=holding, rule=found.rule.code, key=found.key[:200],
        seen=list(found.seen), opened_at=at, opened_by=by,
    )  # fmt: skip
    if by is None:
        record(
            by=None, at=at, verb="check.seen", person=person.reference, flag=flag.pk,
            summary=f"Worth a talk: {found.rule.title.lower()}.",
        )  # fmt: skip
    return flag


def _has_card(person: Person, holding: str) -> bool:
    last = person.statements.filter(holding=holding).order_by("-read_at").first()
    return last is not None and last.source == "card"


def _is_assistant(words: str) -> bool:
    return f"{words} ".casefold().startswith(("personal assistant", "pa "))
