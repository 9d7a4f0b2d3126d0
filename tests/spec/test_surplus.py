"""How much of the money in an account is over, and whose it is."""

from datetime import date

import pytest

from wherewithal.ledger.surplus import Earmark, EarmarkKind, SurplusFacts, nhs_part, surplus

DAY = date(2026, 9, 30)
SET_ASIDE = (
    Earmark(EarmarkKind.HOLIDAY_PAY, 650_00, "Two weeks not yet taken"),
    Earmark(EarmarkKind.TAX, 300_00, "Due to HMRC on 22 October"),
    Earmark(EarmarkKind.INVOICES, 200_00, "Lantern Care, September"),
)


def test_the_worked_example_leaves_seven_hundred_pounds() -> None:
    # £415.00 a week, £6,000.00 in the account, £1,150.00 set aside, £830.00 paid ahead.
    found = surplus(
        SurplusFacts(
            DAY, balance=6000_00, weekly_gross=415_00, reserve_weeks=8, earmarks=SET_ASIDE,
            advance=830_00, council_paid_in=8000_00, own_paid_in=2000_00,
        )
    )  # fmt: skip
    assert (found.reserve, found.earmarked, found.over) == (3320_00, 1150_00, 700_00)
    assert (found.person_share, found.reclaim) == (140_00, 560_00)


@pytest.mark.parametrize(
    ("balance", "council", "own", "over", "person_share", "reclaim"),
    [
        (6000_00, 1, 0, 700_00, 0, 700_00),  # only the council paid in
        (6000_00, 0, 1, 700_00, 700_00, 0),  # only the person did
        (6000_00, 0, 0, 700_00, 700_00, 0),  # nobody knows: then nothing is asked for
        (6000_00, 2, 1, 700_00, 233_34, 466_66),  # the odd penny is the person's
        (5300_00, 1, 0, 0, 0, 0),  # exactly what should stay
        (1000_00, 1, 0, 0, 0, 0),  # less than should stay: never below nothing
        (-50_00, 1, 0, 0, 0, 0),  # overdrawn
    ],
)
def test_the_person_s_share_comes_first(
    balance: int, council: int, own: int, over: int, person_share: int, reclaim: int
) -> None:
    found = surplus(
        SurplusFacts(
            DAY, balance=balance, weekly_gross=415_00, reserve_weeks=8, earmarks=SET_ASIDE,
            advance=830_00, council_paid_in=council, own_paid_in=own,
        )
    )  # fmt: skip
    assert (found.over, found.person_share, found.reclaim) == (over, person_share, reclaim)


def test_every_line_is_said_in_words_the_person_can_check() -> None:
    found = surplus(
        SurplusFacts(
            DAY, balance=6000_00, weekly_gross=415_00, reserve_weeks=8, earmarks=SET_ASIDE[:1],
            advance=830_00, council_paid_in=8000_00, own_paid_in=2000_00,
        )
    )  # fmt: skip
    assert [step.sentence for step in found.steps] == [
        "On 30 September 2026 the account held £6,000.00.",
        "8 weeks of your budget always stay: 8 times £415.00 is £3,320.00.",
        "£650.00 stays for holiday pay that has built up. Why: Two weeks not yet taken.",
        "£830.00 was paid ahead, for days after 30 September 2026. It is for them.",
        "That leaves £1,200.00.",
        "You paid in £2,000.00 and the council £8,000.00."
        " So £240.00 of what is over is your own money. It stays yours.",
        "The council could ask for £960.00. Somebody has to decide that first.",
    ]


def test_an_account_below_its_reserve_says_what_it_lacks() -> None:
    found = surplus(SurplusFacts(DAY, balance=3000_00, weekly_gross=415_00, reserve_weeks=8))
    assert found.short_of_reserve == 320_00
    assert found.steps[-1].sentence == "Nothing is over. Nothing can be asked for."


def test_what_comes_back_is_the_nhs_s_in_the_part_that_it_bore_after_the_persons_own() -> None:
    # The NHS bore a quarter of the £8,000.00 that was paid in; £700.00 is over, £140.00 of it own.
    found = surplus(
        SurplusFacts(
            DAY, balance=6000_00, weekly_gross=415_00, reserve_weeks=8, earmarks=SET_ASIDE,
            advance=830_00, council_paid_in=8000_00, own_paid_in=2000_00, nhs_paid_in=2000_00,
        )
    )  # fmt: skip
    assert (found.person_share, found.reclaim, found.nhs_share) == (140_00, 560_00, 140_00)
    assert found.steps[-3].sentence.startswith(
        "You paid in £2,000.00 and the council and the NHS £8,000.00."
    )
    assert found.steps[-1].sentence == (
        "The NHS bore £2,000.00 of the £8,000.00 that we paid in. So £140.00 of what comes back"
        " goes to the NHS, and £420.00 to the council. You pay no more for that."
    )


@pytest.mark.parametrize(
    ("pence", "nhs", "paid_in", "part"),
    [(100, 1, 3, 33), (3, 1, 2, 2), (56_000, 0, 8, 0), (56_000, 8, 8, 56_000), (5, 0, 0, 0)],
)
def test_the_nhs_s_part_of_a_sum_is_rounded_once(
    pence: int, nhs: int, paid_in: int, part: int
) -> None:
    assert nhs_part(pence, nhs=nhs, paid_in=paid_in) == part


def test_money_is_set_aside_only_with_a_reason() -> None:
    with pytest.raises(ValueError, match=r"Write why £10\.00 is set aside for insurance"):
        Earmark(EarmarkKind.INSURANCE, 10_00, " ")
    with pytest.raises(ValueError, match=r"more than £0\.00"):
        Earmark(EarmarkKind.INSURANCE, 0, "Renewal")


def test_a_sum_that_cannot_be_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"The money paid in advance is −£1\.00"):
        SurplusFacts(DAY, balance=0, weekly_gross=0, reserve_weeks=8, advance=-100)
    with pytest.raises(ValueError, match=r"The NHS paid £2\.00 of £1\.00"):
        SurplusFacts(
            DAY, balance=0, weekly_gross=0, reserve_weeks=8, council_paid_in=100, nhs_paid_in=200
        )
    with pytest.raises(ValueError, match="A reserve of -1 weeks"):
        SurplusFacts(DAY, balance=0, weekly_gross=0, reserve_weeks=-1)
