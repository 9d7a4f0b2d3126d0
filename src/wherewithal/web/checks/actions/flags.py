"""Looking at an account by the rules, and the conversations that follow."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from wherewithal.monitoring import flags as rules
from wherewithal.monitoring.account import Account
from wherewithal.monitoring.rules import rule
from wherewithal.monitoring.tiers import AccountFacts, TierFound, find_tier
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.checks.facts import DIRECT, account_of, first_payment
from wherewithal.web.checks.limits import Settings
from wherewithal.web.checks.models import Flag, FlagNote, TierDecision
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
    tier = current_tier(person, holding)
    account = account_of(
        person, holding, on=on, missed=missed_returns(person, holding, tier, on, settings.tiers)
    )
    if account is None:
        return []
    found = rules.find_flags(account, settings.flags)
    opened = [_open(person, holding, flag, at) for flag in _new(person, holding, found, at)]
    settle_tier(person=person, holding=holding, on=on, settings=settings, at=at, account=account)
    return opened


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
    if now is not None and (now.tier, now.reasons) == (found.tier.value, list(found.reasons)):
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
    first = first_payment(person, holding)
    if first is None:
        return None
    flags = Flag.objects.filter(person=person, holding=holding)
    closer = [flag for flag in flags.order_by("opened_at") if flag.what.closer]
    settled = [flag.ended_at.date() for flag in closer if flag.ended_at is not None]
    breaches = [flag.ended_at.date() for flag in flags if flag.condition_not_kept and flag.ended_at]
    facts = AccountFacts(
        on=account.on, first_payment=first, weekly=account.weekly_gross,
        clean_since=max([first, *settled]), prepaid_card=_has_card(person, holding),
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


def _new(
    person: Person, holding: str, found: Iterable[rules.Flag], at: datetime
) -> list[rules.Flag]:
    """Return what is not being talked about, and was not settled just now with the same facts."""
    known = Flag.objects.filter(person=person, holding=holding)
    going_on = set(known.unsettled().values_list("key", flat=True))
    recent = known.filter(status="settled", ended_at__gt=at - QUIET)
    settled = dict(recent.order_by("ended_at").values_list("key", "seen"))
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
