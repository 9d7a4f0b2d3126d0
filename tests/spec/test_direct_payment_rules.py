"""Direct payments: Care Act 2014, sections 31 and 32, and SI 2014/2871."""

from dataclasses import replace
from datetime import date

import pytest

from wherewithal.careact.care_home_stays import check_stays
from wherewithal.careact.direct_payment_reviews import EVENTS, next_review, review_called_for
from wherewithal.careact.direct_payments import (
    ANOTHER_WAY,
    SCHEDULE_1,
    AuthorisedPersonFacts,
    DirectPaymentFacts,
    decide_for_adult,
    decide_for_authorised_person,
)
from wherewithal.careact.paying_relatives import CLOSE_RELATIVES, PARTNERS, PayeeFacts, may_pay
from wherewithal.dates import Period

ADULT = DirectPaymentFacts(
    has_capacity_for_this=True, orders=frozenset(), can_manage=True, appropriate=True
)
AUTHORISED = AuthorisedPersonFacts(
    has_capacity_for_this=False,
    authorised_by="mca",
    other_mca_person=False,
    mca_person_supports=None,
    orders=frozenset(),
    best_interests=True,
    can_manage=True,
    appropriate=True,
)


def test_all_four_conditions_met_means_we_must_offer() -> None:
    decision = decide_for_adult(ADULT)
    assert decision.offer is True
    assert [finding.name for finding in decision.conditions] == [
        "capacity",
        "not_prohibited",
        "manage",
        "appropriate",
    ]
    assert decision.missing == ()


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (replace(ADULT, has_capacity_for_this=False), "capacity"),
        (replace(ADULT, has_nominee=True, nominee_agrees=False), "capacity"),
        (replace(ADULT, orders=frozenset({"alcohol_treatment"})), "not_prohibited"),
        (replace(ADULT, can_manage=False), "manage"),
        (replace(ADULT, appropriate=False), "appropriate"),
    ],
)
def test_one_condition_not_met_refuses_and_the_needs_are_still_met(
    facts: DirectPaymentFacts, name: str
) -> None:
    decision = decide_for_adult(facts)
    assert decision.offer is False
    assert [finding.name for finding in decision.conditions if finding.met is False] == [name]
    assert ANOTHER_WAY in decision.for_person


def test_refusing_on_a_judgement_needs_a_reason_about_this_person() -> None:
    refused = replace(ADULT, can_manage=False)
    assert decide_for_adult(refused).missing == (
        "Write why, for this person, the condition “manage” is not met.",
    )
    given = replace(refused, why_not={"manage": "no payroll helper takes people on before May"})
    assert decide_for_adult(given).missing == ()
    assert any("before May" in sentence for sentence in decide_for_adult(given).for_person)


def test_an_unanswered_condition_leaves_it_open() -> None:
    decision = decide_for_adult(replace(ADULT, orders=None))
    assert decision.offer is None
    assert len(decision.missing) == 1
    assert decision.what_follows == ()


def test_not_being_able_to_decide_this_leads_to_the_other_way_of_asking() -> None:
    decision = decide_for_adult(replace(ADULT, has_capacity_for_this=False))
    assert any("someone can hold the direct payment for you" in s for s in decision.for_person)


def test_a_nominee_who_has_not_answered_leaves_it_open() -> None:
    assert decide_for_adult(replace(ADULT, has_nominee=True)).offer is None
    assert decide_for_adult(replace(ADULT, has_nominee=True, nominee_agrees=True)).offer is True


@pytest.mark.parametrize("order", SCHEDULE_1)
def test_every_order_of_schedule_1_rules_it_out_and_is_flagged_unverified(order: str) -> None:
    decision = decide_for_adult(replace(ADULT, orders=frozenset({order})))
    finding = decision.conditions[1]
    assert decision.offer is False
    assert SCHEDULE_1[order] in finding.for_person
    assert finding.source.verified is False


SECTION_32 = [
    ("attorney or deputy", {}, True),
    ("agreed with the attorney", {
        "authorised_by": "agreed_with_mca_person", "other_mca_person": True,
        "mca_person_supports": True}, True),
    ("attorney does not support it", {
        "authorised_by": "agreed_with_mca_person", "other_mca_person": True,
        "mca_person_supports": False}, False),
    ("council's choice, nobody else", {"authorised_by": "council"}, True),
    ("council's choice past an attorney", {
        "authorised_by": "council", "other_mca_person": True, "mca_person_supports": True}, False),
    ("benefits appointee only", {"authorised_by": "appointee"}, False),
    ("prohibited", {"orders": frozenset({"drug_rehabilitation"})}, False),
    ("not in best interests", {"best_interests": False}, False),
    ("cannot manage", {"can_manage": False}, False),
    ("not appropriate", {"appropriate": False}, False),
    ("can decide after all", {"has_capacity_for_this": True}, False),
    ("capacity not asked", {"has_capacity_for_this": None}, None),
    ("nobody named", {"authorised_by": None}, None),
    ("other authority not asked", {"authorised_by": "council", "other_mca_person": None}, None),
    ("another attorney not asked about", {
        "authorised_by": "mca", "other_mca_person": None, "mca_person_supports": True}, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "offer"), [row[1:] for row in SECTION_32], ids=[row[0] for row in SECTION_32]
)
def test_five_conditions_for_someone_asking_on_behalf_of_an_adult(
    changes: dict[str, object], offer: bool | None
) -> None:
    facts = replace(AUTHORISED, **changes)  # type: ignore[arg-type] # each case names its fields
    assert decide_for_authorised_person(facts).offer is offer


def test_someone_outside_family_and_friends_needs_a_record_check() -> None:
    decision = decide_for_authorised_person(replace(AUTHORISED, family_or_friend=False))
    assert any("criminal record check" in sentence for sentence in decision.for_person)
    family = decide_for_authorised_person(AUTHORISED)
    assert not any("criminal record check" in sentence for sentence in family.for_person)
    assert any("become able to decide" in sentence for sentence in family.for_person)


def test_someone_who_can_decide_after_all_is_told_they_can_ask_themselves() -> None:
    decision = decide_for_authorised_person(replace(AUTHORISED, has_capacity_for_this=True))
    assert "You can ask for the direct payment yourself." in decision.for_person
    assert not any("become able to decide" in sentence for sentence in decision.for_person)


# rule | relationship | same household | for what | necessary | allowed
PAYEES = [
    ("DP1 wife living apart", "spouse", False, "care", None, False),
    ("DP1 wife living apart, necessary", "spouse", False, "care", True, True),
    ("DP2 brother in another household", "sibling", False, "care", None, True),
    ("DP3 brother at home does payroll, necessary", "sibling", True, "administration", True, True),
    ("brother at home does payroll", "sibling", True, "administration", None, False),
    ("brother at home, not necessary", "sibling", True, "care", False, False),
    ("DP4 friend in the same household", "friend", True, "care", None, True),
    ("DP4 lodger in the same household", "lodger", True, "care", None, True),
    ("cousin in the same household", "other_relative", True, "care", None, True),
]


@pytest.mark.parametrize(
    ("relationship", "same_household", "purpose", "necessary", "allowed"),
    [row[1:] for row in PAYEES],
    ids=[row[0] for row in PAYEES],
)
def test_who_a_direct_payment_may_pay(
    relationship: str, same_household: bool, purpose: str, necessary: bool | None, allowed: bool
) -> None:
    facts = PayeeFacts(
        relationship=relationship,
        same_household=same_household,
        purpose="care" if purpose == "care" else "administration",
        necessary=necessary,
        necessary_reason="" if necessary is None else "nobody else speaks her language",
    )
    decision = may_pay(facts)
    assert decision.allowed is allowed
    assert decision.can_ask is (not allowed and necessary is None)
    assert all("SI 2014/2871" in reason.source.cite for reason in decision.reasons)


def test_partners_are_excluded_anywhere_and_close_relatives_only_at_home() -> None:
    for relationship in PARTNERS:
        assert not may_pay(PayeeFacts(relationship, same_household=False)).allowed
    for relationship in CLOSE_RELATIVES:
        assert may_pay(PayeeFacts(relationship, same_household=False)).allowed
        assert not may_pay(PayeeFacts(relationship, same_household=True)).allowed


def test_deciding_on_necessity_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="Write why"):
        PayeeFacts("spouse", same_household=True, necessary=True)


# rule | first payment | last review | due by
REVIEWS = [
    ("DP5 within the first six months", date(2026, 1, 15), None, date(2026, 7, 14)),
    ("DP5 then no more than twelve months", date(2026, 1, 15), date(2026, 6, 1), date(2027, 6, 1)),
    ("a shorter month", date(2026, 8, 31), None, date(2027, 2, 27)),
    ("29 February", date(2023, 9, 1), date(2024, 2, 29), date(2025, 2, 28)),
]


@pytest.mark.parametrize(
    ("first", "last", "due"), [row[1:] for row in REVIEWS], ids=[row[0] for row in REVIEWS]
)
def test_when_the_direct_payment_is_reviewed(first: date, last: date | None, due: date) -> None:
    assert next_review(first, last).due_by == due


@pytest.mark.parametrize("event", EVENTS)
def test_dp7_an_event_calls_for_a_review_and_does_not_stop_the_payment(event: str) -> None:
    review = review_called_for(event, date(2026, 3, 2))
    assert (review.due_by, review.at_once) == (date(2026, 3, 2), True)
    assert "carries on" in review.reason.for_person


def test_a_review_before_the_first_payment_is_refused() -> None:
    with pytest.raises(ValueError, match="15 January 2026"):
        next_review(date(2026, 1, 15), date(2026, 1, 14))


THREE_WEEKS = Period(date(2026, 3, 1), date(2026, 3, 22))

# rule | second stay | days added up | allowed
STAYS = [
    ("DP6 two weeks apart", Period(date(2026, 4, 5), date(2026, 4, 26)), 42, False),
    ("DP6 five weeks apart", Period(date(2026, 4, 26), date(2026, 5, 17)), 21, True),
    ("exactly four weeks apart", Period(date(2026, 4, 19), date(2026, 5, 10)), 21, True),
    ("a day less than four weeks apart", Period(date(2026, 4, 18), date(2026, 5, 9)), 42, False),
    ("four weeks altogether", Period(date(2026, 4, 1), date(2026, 4, 8)), 28, True),
    ("a day over four weeks", Period(date(2026, 4, 1), date(2026, 4, 9)), 29, False),
]


@pytest.mark.parametrize(
    ("second", "days", "allowed"), [row[1:] for row in STAYS], ids=[row[0] for row in STAYS]
)
def test_care_home_stays_less_than_four_weeks_apart_are_added(
    second: Period, days: int, allowed: bool
) -> None:
    decision = check_stays([second, THREE_WEEKS])
    assert (decision.longest_days, decision.allowed) == (days, allowed)
    assert decision.reasons[0].source.verified is False


def test_no_stay_at_all_is_within_the_limit() -> None:
    assert check_stays([]).allowed


def test_stays_that_overlap_or_never_end_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        check_stays([THREE_WEEKS, THREE_WEEKS])
    with pytest.raises(ValueError, match="no end"):
        check_stays([Period(date(2026, 3, 1))])
