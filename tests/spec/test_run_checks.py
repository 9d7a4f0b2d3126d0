"""What a payment run is compared with before it goes, and whom each check names."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.banking.run_checks import Check, Paid, compared, made_of_zeros

ADA = Paid("WW1", "Ada", "direct-payment", 10_000, "000011", "11111111", date(2026, 1, 5))
BO = Paid("WW2", "Bo", "direct-payment", 20_000, "000012", "22222222", date(2026, 1, 5))


def checks(now: list[Paid], before: list[Paid], percent: int = 20) -> dict[str, Check]:
    found = compared(now, before, percent=percent, accounts_new_from=date(2026, 11, 1))
    return {check.key: check for check in found}


def named(check: Check) -> list[str]:
    return [found.ref for found in check.found]


def test_a_run_like_the_last_one_has_nothing_to_look_at() -> None:
    assert not any(check.found for check in checks([ADA, BO], [ADA, BO]).values())


def test_whoever_is_new_and_whoever_is_missing_is_named() -> None:
    found = checks([ADA], [BO])
    assert (named(found["new"]), named(found["stopped"])) == (["WW1"], ["WW2"])


def test_two_payments_of_one_person_count_together() -> None:
    half = replace(ADA, pence=5_000)
    assert not named(checks([half, half], [ADA])["changed"])


def test_a_change_is_named_only_above_the_share_the_council_set() -> None:
    for pence, expected in ((12_000, []), (12_001, ["WW1"]), (8_000, []), (7_999, ["WW1"])):
        found = checks([replace(ADA, pence=pence)], [ADA])["changed"]
        assert named(found) == expected, pence


def test_days_caught_up_last_time_explain_why_less_comes_now() -> None:
    month = replace(ADA, days=28)
    (found,) = checks([month], [month, replace(month, pence=5_000, days=14)])["changed"].found
    assert found.seen == "£150.00 last time, for 42 days; £100.00 now, for 28."
    (found,) = checks([replace(month, pence=5_000)], [month])["changed"].found
    assert found.seen == "£100.00 last time, £50.00 now."


def test_whoever_gets_nothing_and_whose_account_is_new_is_named() -> None:
    found = checks([replace(ADA, pence=0, account_since=date(2026, 11, 1)), BO], [ADA, BO])
    assert named(found["nothing"]) == ["WW1"]
    assert named(found["account"]) == ["WW1"]
    assert named(found["stopped"]) == ["WW1"]


def test_one_account_for_two_people_is_named_unless_it_is_there_for_several() -> None:
    same = replace(BO, sort_code=ADA.sort_code, account_number=ADA.account_number)
    assert named(checks([ADA, same], [])["shared"]) == ["WW1", "WW2"]
    may = [replace(each, may_share=True) for each in (ADA, same)]
    assert not named(checks(may, [])["shared"])
    assert not named(checks([ADA, replace(ADA, holding="trust")], [])["shared"])


def test_an_account_of_zeros_stops_the_run() -> None:
    check = made_of_zeros([replace(ADA, sort_code="000000"), BO])
    assert (check.holds_up, named(check)) == (True, ["WW1"])
    assert not made_of_zeros([ADA, replace(BO, pence=0, sort_code="000000")]).holds_up


people = st.lists(
    st.builds(
        Paid, st.sampled_from("ABC"), st.just("Somebody"), st.sampled_from(["isf", "trust"]),
        st.integers(0, 10**6),
    ),
    max_size=6,
)  # fmt: skip


@given(people, people, st.integers(0, 100))
def test_new_and_stopped_are_each_other_s_mirror(
    now: list[Paid], before: list[Paid], percent: int
) -> None:
    forth, back = checks(now, before, percent), checks(before, now, percent)
    assert named(forth["new"]) == named(back["stopped"])
    assert named(forth["stopped"]) == named(back["new"])
