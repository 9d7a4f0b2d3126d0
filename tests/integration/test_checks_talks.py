"""Looking at an account opens conversations, and stops or takes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F
from tests.integration.conftest import NOW, TODAY
from tests.integration.in_use import (
    DIRECT,
    account_for,
    budget_in_use,
    paid_in_runs,
    statement_of,
)

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.models import Journal
from wherewithal.web.budgets.models import Budget, DirectPaymentDecision
from wherewithal.web.checks import figures
from wherewithal.web.checks.actions import flags, looks
from wherewithal.web.checks.limits import settings_now
from wherewithal.web.checks.models import Flag, FlagNote, TierDecision
from wherewithal.web.payments.models import Payment
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion, Setting
from wherewithal.web.statements.models import Statement

SPENT = [(date(2026, month, 20), -130_000, "LANTERN CARE", "spent") for month in range(4, 11)]


@pytest.fixture
def budget(person: Person, scheme_version: SchemeVersion, finance: User) -> Budget:
    made = budget_in_use(person, scheme_version)
    paid_in_runs(made, finance)
    account_for(person)
    return made


def look(person: Person, on: date = TODAY, **later: int) -> list[str]:
    opened = flags.look_by_rules(
        person=person, holding=DIRECT, on=on, settings=settings_now(), at=NOW + timedelta(**later)
    )
    return [flag.rule for flag in opened]


def test_a_contribution_two_periods_behind_is_seen_before_it_is_a_debt(
    person: Person, budget: Budget
) -> None:
    """An ombudsman's decision (24 021 093): nobody looked for years, and £5,000 was owed."""
    statement_of(person, *SPENT)
    assert "contribution-behind" in look(person)
    flag = Flag.objects.get(rule="contribution-behind")
    assert "£2,317.00 was to be paid in" in flag.seen[0]  # seven periods of £331.00
    assert flag.status == "open"


def test_a_contribution_that_was_paid_late_but_whole_raises_nothing(
    person: Person, budget: Budget
) -> None:
    own = (date(2026, 10, 25), 2_317_00, "A MARLOWBRIDGE", "contribution")
    statement_of(person, *SPENT, own)
    assert "contribution-behind" not in look(person)


def test_a_stopped_account_asks_how_the_person_is_before_anything_else(
    person: Person, budget: Budget
) -> None:
    statement_of(person, *SPENT[:3])
    assert look(person)[0] == "spending-stops"
    flag = Flag.objects.get(rule="spending-stops")
    assert flag.what.ask.startswith("Ring first, and ask how they are")
    assert flag.seen == ["The last payment out was on 20 June 2026, 134 days before the newest"
                         " statement."]  # fmt: skip


def test_money_for_days_to_come_or_set_aside_is_not_more_than_the_reserve(
    person: Person, budget: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """£1,329.00 came for 21 September to 18 October; on 4 October half of it is still to come."""
    fourth, reserve, ahead = date(2026, 10, 4), 8 * 41_500, 66_450
    spent = (fourth, -10_000, "LANTERN CARE", "spent")
    statement_of(person, spent, last=fourth, opening=10_000 + reserve + ahead)
    assert "above-reserve" not in look(person, fourth)
    Statement.objects.update(opening=F("opening") + 1, closing=F("closing") + 1)
    monkeypatch.setattr(figures, "SPOKEN_FOR", [lambda *_: [("insurance", 1, "The next year.")]])
    assert "above-reserve" not in look(person, fourth)
    monkeypatch.setattr(figures, "SPOKEN_FOR", [])
    assert "above-reserve" in look(person, fourth)
    seen = Flag.objects.get(rule="above-reserve").seen[1]
    assert seen.endswith("£664.50 is set aside, or for days to come.")


def test_looking_stops_no_payment_and_moves_no_money(person: Person, budget: Budget) -> None:
    statement_of(person, *SPENT[:3], opening=2_000_000)
    paid, journals = Payment.objects.filter(cancelled=False).count(), Journal.objects.count()
    assert look(person)
    assert Payment.objects.filter(cancelled=False).count() == paid
    assert Journal.objects.count() == journals
    budget.refresh_from_db()
    assert budget.status == "signed-off"


def test_looking_twice_opens_a_conversation_once(person: Person, budget: Budget) -> None:
    statement_of(person, *SPENT[:3])
    first = look(person)
    assert look(person, hours=1) == []
    assert Flag.objects.count() == len(first)


def test_what_was_settled_is_left_in_peace_for_a_while(
    person: Person, budget: Budget, practitioner: User
) -> None:
    statement_of(person, *SPENT[:3])
    look(person)
    flag = Flag.objects.get(rule="spending-stops")
    flags.add_note(flag=flag, words="She was in hospital.", became="settled",
                   by=practitioner, at=NOW)  # fmt: skip
    assert "spending-stops" not in look(person, days=30)
    assert "spending-stops" in look(person, days=120)


def test_a_relative_who_lives_elsewhere_may_be_paid(person: Person, budget: Budget) -> None:
    statement_of(person, *SPENT, (date(2026, 10, 10), -8_010, "BEA MARLOWBRIDGE", "spent"))
    assert "relative-paid" not in look(person)


def test_a_relative_in_the_same_home_is_asked_about_until_somebody_decided(
    person: Person, budget: Budget, practitioner: User
) -> None:
    """Ombudsman decisions 18 012 204 and 22 001 239: decided once, with reasons, for everybody."""
    person.supporters.update(lives_with=True)
    statement_of(person, *SPENT, (date(2026, 10, 10), -8_010, "BEA MARLOWBRIDGE", "spent"))
    assert "relative-paid" in look(person)
    Flag.objects.update(status="settled", ended_at=NOW - timedelta(days=400))
    payee = {"relationship": "child", "same_household": True, "purpose": "care",
             "necessary": True, "necessary_reason": "Nobody else speaks her language."}  # fmt: skip
    DirectPaymentDecision.objects.create(
        budget=budget, facts={"payee": payee}, allowed=True, at=NOW, by=practitioner
    )
    assert "relative-paid" not in look(person)


def test_talking_comes_before_settling_in_the_notes_and_stays_readable(
    person: Person, budget: Budget, practitioner: User, finance: User
) -> None:
    flag = flags.open_by_hand(person=person, words="A neighbour rang.", by=finance, at=NOW)
    flags.add_note(flag=flag, words="I visited.", became="talked", by=practitioner, at=NOW)
    flags.add_note(flag=flag, words="All is well.", became="settled", by=practitioner, at=NOW)
    assert [note.words for note in flag.notes.all()] == ["I visited.", "All is well."]
    with pytest.raises(NotNow, match="This is settled"):
        flags.add_note(flag=flag, words="More.", became="", by=practitioner, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        FlagNote.objects.update(words="Nothing.")


def test_a_note_needs_words(person: Person, finance: User) -> None:
    flag = flags.open_by_hand(person=person, words="A neighbour rang.", by=finance, at=NOW)
    with pytest.raises(ValidationError, match="Enter what was said"):
        flags.add_note(flag=flag, words=" ", became="settled", by=finance, at=NOW)


def test_one_account_that_receives_several_people_s_money_is_a_welfare_question(
    person: Person, budget: Budget, make_person: Callable[..., Person]
) -> None:
    account = person.payees.get()
    statement_of(person, *SPENT)
    assert "several-managed" not in look(person)
    for _ in range(2):
        account_for(make_person(), name=account.account_name, number=account.account_number)
    assert "several-managed" in look(person)


def test_the_tier_is_found_kept_and_said(person: Person, budget: Budget) -> None:
    statement_of(person, *SPENT, (date(2026, 10, 25), 2_317_00, "A M", "contribution"))
    look(person)
    tier = TierDecision.objects.get()
    assert (tier.tier, tier.how) == ("standard", "rule")
    assert tier.reasons[0] == (
        "The first payment was on 3 April 2026. For the first 12 months we look more often."
    )
    look(person, hours=1)
    assert TierDecision.objects.count() == 1


def test_an_officer_can_look_less_closely_with_reasons_and_the_rules_keep_to_it(
    person: Person, budget: Budget, manager: User
) -> None:
    change: dict[str, Any] = {"person": person, "holding": DIRECT, "by": manager, "at": NOW}
    with pytest.raises(ValidationError, match="Enter your reasons"):
        looks.decide_tier(tier="light", reasons="", **change)
    looks.decide_tier(tier="light", reasons="Ten good years with us.", **change)
    statement_of(person, *SPENT)
    look(person, hours=1)
    current = flags.current_tier(person, DIRECT)
    assert current is not None
    assert (current.tier, current.how) == ("light", "officer")
    assert AuditRow.objects.filter(verb="check.tier-decided").exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        TierDecision.objects.update(tier="enhanced")


def test_a_person_without_an_account_is_not_looked_at(person: Person) -> None:
    assert look(person) == []
    assert flags.current_tier(person, DIRECT) is None


def test_supporters_do_not_read_what_may_be_about_them(
    person: Person, budget: Budget, finance: User, make_user: Callable[..., User]
) -> None:
    flags.open_by_hand(person=person, words="Her daughter shouted.", by=finance, at=NOW)
    helper = person.supporters.get().user
    assert helper is not None
    assert helper.role == Role.SUPPORTER
    assert person.user is not None
    assert Flag.objects.read_by(helper).count() == 0
    assert Flag.objects.read_by(person.user).count() == 1


def test_a_service_fund_holds_over_as_many_weeks_as_a_provider_may_carry_over(
    person: Person, budget: Budget
) -> None:
    fourth, carried = date(2026, 10, 4), 4 * 41_500
    spent = (fourth, -10_000, "LANTERN CARE", "spent")
    statement_of(person, spent, last=fourth, opening=10_000 + carried, holding="isf")
    budget.lines.update(holding="isf")

    def opened() -> set[str]:
        flags.look_by_rules(
            person=person, holding="isf", on=fourth, settings=settings_now(), at=NOW
        )
        return set(Flag.objects.filter(holding="isf").values_list("rule", flat=True))

    assert "above-reserve" not in opened()
    Setting.objects.create(key="service_fund_carry_weeks", value=3)
    assert "above-reserve" in opened()
    assert "The reserve of 3 weeks is £1,245.00." in Flag.objects.get(rule="above-reserve").seen
