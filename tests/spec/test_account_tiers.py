"""How closely an account is looked at, why, and what that means for the person."""

from dataclasses import replace
from datetime import date

import pytest

from wherewithal.monitoring.tiers import (
    AccountFacts,
    Limits,
    Tier,
    chosen_by_chance,
    find_tier,
    means,
    next_look,
)

LIMITS = Limits()
DAY = date(2026, 11, 2)
SETTLED = AccountFacts(
    on=DAY, first_payment=date(2025, 1, 6), weekly=150_00, clean_since=date(2025, 1, 6)
)


@pytest.mark.parametrize(
    ("facts", "tier"),
    [
        (SETTLED, Tier.LIGHT),
        (replace(SETTLED, weekly=200_00), Tier.LIGHT),  # the limit itself is still low
        (replace(SETTLED, weekly=200_01), Tier.STANDARD),
        (replace(SETTLED, weekly=900_00, prepaid_card=True), Tier.LIGHT),
        (replace(SETTLED, employs=True), Tier.STANDARD),
        (replace(SETTLED, first_payment=date(2025, 11, 3)), Tier.STANDARD),  # a day short
        (replace(SETTLED, first_payment=date(2025, 11, 2)), Tier.LIGHT),
        (replace(SETTLED, clean_since=date(2026, 6, 1)), Tier.STANDARD),
        (replace(SETTLED, open_questions=("The contribution is behind",)), Tier.ENHANCED),
        (replace(SETTLED, breach_on=date(2026, 3, 1)), Tier.ENHANCED),
        (replace(SETTLED, breach_on=date(2025, 11, 2)), Tier.LIGHT),  # a year ago to the day
    ],
)
def test_the_tier_follows_from_a_few_facts(facts: AccountFacts, tier: Tier) -> None:
    assert find_tier(facts, LIMITS).tier is tier


def test_the_reasons_are_all_of_them_in_words() -> None:
    facts = replace(SETTLED, employs=True, weekly=415_00, first_payment=date(2026, 10, 5))
    assert find_tier(facts, LIMITS).reasons == (
        "The first payment was on 5 October 2026. For the first 12 months we look more often.",
        "You employ someone. We look with you that pay and insurance are in place.",
        "Your budget is £415.00 a week. We look lightly up to £200.00.",
    )


def test_an_open_question_is_named() -> None:
    facts = replace(SETTLED, open_questions=("The contribution is behind",))
    assert find_tier(facts, LIMITS).reasons == (
        "We have a question that is not settled yet: The contribution is behind.",
    )


def test_a_light_look_asks_for_no_papers() -> None:
    assert "You do not send us receipts or bank statements." in means(Tier.LIGHT, LIMITS)
    assert means(Tier.STANDARD, LIMITS)[0] == (
        "We look with you after the first 8 weeks, then after six months, then once a year."
    )


@pytest.mark.parametrize(
    ("tier", "last_look", "due"),
    [
        (Tier.STANDARD, None, date(2026, 3, 2)),  # 8 weeks after 5 January
        (Tier.STANDARD, date(2026, 3, 2), date(2026, 7, 5)),  # then six months after it
        (Tier.STANDARD, date(2026, 7, 1), date(2027, 7, 1)),  # then every twelve months
        (Tier.LIGHT, date(2026, 2, 28), date(2027, 2, 28)),
        (Tier.ENHANCED, date(2026, 11, 30), date(2027, 2, 28)),  # a shorter month
        (Tier.ENHANCED, None, date(2026, 4, 5)),
    ],
)
def test_the_next_look_has_a_day(tier: Tier, last_look: date | None, due: date) -> None:
    found = next_look(tier, first_payment=date(2026, 1, 5), last_look=last_look, limits=LIMITS)
    assert found == due


def test_the_sample_is_drawn_by_chance_and_can_be_drawn_again() -> None:
    everyone = [f"WW{number:05d}" for number in range(200)]
    chosen = chosen_by_chance(everyone, year=2026, seed="Ambleford", percent=5)
    assert len(chosen) == 10
    assert chosen == chosen_by_chance(reversed(everyone), year=2026, seed="Ambleford", percent=5)
    assert chosen != chosen_by_chance(everyone, year=2027, seed="Ambleford", percent=5)
    assert chosen_by_chance(["WW00001"], year=2026, seed="", percent=5) == ("WW00001",)
    assert chosen_by_chance([], year=2026, seed="", percent=5) == ()
