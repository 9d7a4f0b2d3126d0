"""An audit of the made-up council finds every injustice built into it, and none that is not.

Built in are two: people aged 65 and over are agreed 0.80 of what like need costs, and people with a
carer 0.88. With both factors at 1 the council is fair, and then there is nothing to find.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from wherewithal.allocation.cases import Cases, read_cases
from wherewithal.council import Injustices, Request, make_council
from wherewithal.council.files import write_table
from wherewithal.equity.audit import Audit, Settings, audit
from wherewithal.equity.findings import injustices
from wherewithal.scheme import packaged

ON = date(2026, 11, 2)
OLDER = {("age_band", "65–74"), ("age_band", "75–84"), ("age_band", "85+")}
CARER = {("has_carer", "yes")}
COUNCILS = [(4_000, 1), (4_000, 2), (4_000, 3), (10_000, 4), (10_000, 5)]


def cases(people: int, seed: int, older: str, carer: str) -> Cases:
    injust = Injustices(Decimal(older), Decimal(carer))
    made = make_council(Request(people, seed, ON, injust), packaged("standard-adult"))
    with TemporaryDirectory() as folder:
        path = write_table(Path(folder), "cases", made.tables["cases"])
        return read_cases(packaged("standard-adult"), path)


@cache
def audited(people: int, seed: int, older: str, carer: str) -> Audit:
    settings = Settings(bootstraps=200)
    return audit(packaged("standard-adult"), cases(people, seed, older, carer), settings=settings)


@pytest.mark.parametrize(("people", "seed"), COUNCILS)
@pytest.mark.parametrize(
    ("older", "carer", "expected"),
    [
        ("0.80", "0.88", OLDER | CARER),
        ("0.80", "1", OLDER),
        ("1", "0.88", CARER),
        ("1", "1", set()),
    ],
)
def test_it_finds_what_is_built_in_and_nothing_else(
    people: int, seed: int, older: str, carer: str, expected: set[tuple[str, str]]
) -> None:
    found = injustices(audited(people, seed, older, carer))
    assert {(each.label, each.group) for each in found} == expected
    assert {each.kind for each in found} <= {"agreed less"}


@pytest.mark.parametrize("seed", [11, 12, 14])
def test_in_a_small_council_nobody_is_told_to_be_short_who_was_given_more(seed: int) -> None:
    """Too few to be sure that carers cost people money: those without one still aren't short."""
    found = injustices(audited(2_000, seed, "0.80", "0.88"))
    assert {(each.label, each.group) for each in found} < OLDER | CARER
    assert {each.kind for each in found} == {"agreed less"}


@pytest.mark.parametrize(("group", "factor"), [("75–84", 0.80), ("85+", 0.80), ("yes", 0.88)])
def test_it_says_how_large_each_injustice_is(group: str, factor: float) -> None:
    (gap,) = (
        gap for gap in audited(10_000, 4, "0.80", "0.88").gaps if gap.group == group and gap.found
    )
    assert gap.ratio
    assert gap.ratio.low < factor < gap.ratio.high
    assert gap.ratio.high - gap.ratio.low < 0.1


def test_the_same_seed_finds_the_same_numbers() -> None:
    settings = Settings(bootstraps=100, seed=3)
    people = cases(2_000, 6, "0.80", "0.88")
    one, two = (audit(packaged("standard-adult"), people, settings=settings) for _ in range(2))
    assert [gap.ratio for gap in one.gaps] == [gap.ratio for gap in two.gaps]
    assert [row.rate for row in one.shortfalls] == [row.rate for row in two.shortfalls]


def test_where_plans_are_unfair_figures_are_judged_beside_plans_put_right() -> None:
    """Beside plans as they are, older people's figures look generous: the plans are too low."""
    rows = {row.group: row for row in audited(10_000, 4, "0.80", "0.88").shortfalls}
    assert rows["85+"].calibration.value > 1.2
    assert rows["85+"].right_calibration.value == pytest.approx(
        rows[""].right_calibration.value, abs=0.03
    )


def test_help_is_taken_only_where_a_carer_is_willing_and_able() -> None:
    found = audited(4_000, 1, "0.80", "0.88")
    assert found.carers.unasked.size == 0
    whole = found.carers.groups[0]
    assert 0 < whole.counted < whole.people
    assert found.carers.pence.min() >= 0


def test_the_standard_scheme_does_not_ask_who_you_are() -> None:
    found = audited(4_000, 1, "0.80", "0.88")
    assert {swap.label for swap in found.swaps} == set(found.by)
    assert all(swap.same and not swap.question for swap in found.swaps)
    assert all(step.fell == 0 for step in found.steps)
