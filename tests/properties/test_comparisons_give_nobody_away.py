"""A comparison gives nobody away: no differences across its tables leave too few people."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.allocation.cases import Groups
from wherewithal.reports.cells import NOT_SHOWN
from wherewithal.reports.report import tables_of
from wherewithal.scheme import packaged
from wherewithal.simulation import Comparison, Threshold, report_on
from wherewithal.simulation.bands import PERCENTS, POUNDS, _label
from wherewithal.simulation.comparison import LineChange
from wherewithal.simulation.counted import Band
from wherewithal.simulation.tallies import tally

STANDARD = packaged("standard-adult")
SMALLEST = 10
AREAS = ("north", "south", "west")
KINDS = ((30000, 33000), (20000, 20000), (30000, 29000), (30000, 27500), (30000, 12000))
"""Figures now and then: a rise, the same, a fall by 3%, by 8% and by 60%."""


def population(counts: np.ndarray) -> Comparison:
    """So many people of each kind (a row) in each area (a column)."""
    kind = np.repeat(np.arange(len(KINDS)).repeat(len(AREAS)), counts.ravel())
    area = np.repeat(np.tile(np.arange(len(AREAS)), len(KINDS)), counts.ravel())
    now, then = (np.array(KINDS, np.int64)[kind, column] for column in (0, 1))
    status = np.zeros(len(kind), np.int8)
    ids = tuple(map(str, range(len(kind))))
    groups = {"area": Groups(AREAS, area.astype(np.int8))}
    return Comparison((STANDARD, STANDARD), ids, now, then, status, status, groups, (), 0)


def cells(bands: tuple[Band, ...], words: list[str]) -> list[tuple[set[int], int | None]]:
    size = len(words) + 1
    spans = [
        range(low, high) for low in range(-size, size + 1) for high in range(low + 1, size + 2)
    ]
    named = {_label(list(span), words): set(span) for span in spans}
    return [(named[band.label], band.people) for band in bands]


def places(threshold: Threshold) -> tuple[list[str], list[str], dict[int, tuple[int, int]]]:
    """Each kind's cell by share and by money, worked out apart from the code."""
    shares = sorted({*map(Fraction, PERCENTS), *filter(None, [threshold.percent])})
    sums = sorted({*(100 * p for p in POUNDS["week"]), *filter(None, [threshold.pence])})
    found = {}
    for kind, (now, then) in enumerate(KINDS):
        change = then - now
        sign = (change > 0) - (change < 0)
        by_share = 1 + sum(Fraction(abs(change) * 100, now) > edge for edge in shares)
        found[kind] = (sign * by_share, sign * (1 + sum(abs(change) > edge for edge in sums)))
    money = [f"£{edge / 100:,.2f}".removesuffix(".00") for edge in sums]
    return [f"{float(edge):g}%" for edge in shares], money, found


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.integers(0, 12), st.integers(0, 90)), min_size=15, max_size=15),
    st.sampled_from([Threshold(Fraction(p)) for p in (5, 7, 20)] + [Threshold(pence=2000)]),
)
def test_no_sum_or_difference_of_shown_counts_is_of_too_few_people(
    numbers: list[int], threshold: Threshold
) -> None:
    """Each shown count is a row over who falls by how much, where; few are no mixture of rows."""
    counts = np.array(numbers).reshape(len(KINDS), len(AREAS))
    if counts.sum() < SMALLEST:
        return
    comparison = population(counts)
    if 0 < counts.sum() - counts[1].sum() < SMALLEST:
        with pytest.raises(ValueError, match="Figures change for fewer than 10 people"):
            tally(comparison, threshold, smallest=SMALLEST)
        return
    found = tally(comparison, threshold, smallest=SMALLEST)
    shares, money, place = places(threshold)
    wide = (len(shares) + 1, len(money) + 1)
    pairs = [(0, 0), *product(range(1, wide[0] + 1), range(1, wide[1] + 1))]
    pairs += [(-share, -sum_) for share, sum_ in pairs[1:]]
    atoms = list(product(pairs, range(len(AREAS))))
    number = dict.fromkeys(atoms, 0)
    for (kind, area), count in np.ndenumerate(counts):
        number[place[kind], area] += int(count)
    axis, edge = (0, shares.index(f"{threshold}")) if threshold.percent else (1, money.index("£20"))
    way = {pair: _outcome(pair[axis], edge + 1) for pair in pairs}
    shown: list[tuple[list[bool], int | None]] = [([True] * len(atoms), int(counts.sum()))]
    for each, bands in ((0, cells(found.by_percent, shares)), (1, cells(found.by_pounds, money))):
        shown += [([pair[each] in band for pair, _ in atoms], n) for band, n in bands]
    for row in found.by_label["area"]:
        inside = [row.label in (AREAS[a], "Everyone") for _, a in atoms]
        shown.append((inside, row.people))
        for kinds, n in zip(found.ways, row.outcomes, strict=True):
            both = zip(inside, atoms, strict=True)
            shown.append(([here and way[pair] in kinds for here, (pair, _) in both], n))
    assert all(n is None or n == 0 or n >= SMALLEST for _, n in shown)
    nobody = [[False] * len(atoms), *(members for members, n in shown if n == 0)]
    zeros = np.any(nobody, axis=0)
    rows = np.array([members for members, n in shown if n], float)[:, ~zeros]
    sets = [[way[pair] == outcome and (area is None or a == area) for pair, a in atoms]
            for outcome in range(4) for area in (None, *range(len(AREAS)))]  # fmt: skip
    sets += [[a == area for _, a in atoms] for area in range(len(AREAS))]
    sets += [[pair[each] == cell for pair, _ in atoms]
             for each in (0, 1) for cell in range(-wide[each], wide[each] + 1)]  # fmt: skip
    for members in sets:
        if 0 < sum(number[atom] for atom, on in zip(atoms, members, strict=True) if on) < SMALLEST:
            target = np.array(members, float)[~zeros]
            answer, *_ = np.linalg.lstsq(rows.T, target, rcond=None)
            assert not np.allclose(rows.T @ answer, target), (numbers, members)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 90)), min_size=15, max_size=15
    )
)
def test_no_sum_or_difference_of_shown_changes_is_of_too_few_figures(numbers: list[int]) -> None:
    """What groups' figures change by is shown of none, or of enough, and so is all that is not."""
    counts = np.array(numbers).reshape(len(KINDS), len(AREAS))
    moved = counts.sum(0) - counts[1]
    if counts.sum() < SMALLEST or 0 < moved.sum() < SMALLEST:
        return
    found = tally(population(counts), Threshold(Fraction(20)), smallest=SMALLEST)
    told = {row.label: row.change for row in found.by_label["area"]}
    assert told["Everyone"] is not None
    for area, count in zip(AREAS, moved.tolist(), strict=True):
        assert told[area] is None or count == 0 or count >= SMALLEST
    kept = sum(int(count) for area, count in zip(AREAS, moved, strict=True) if told[area] is None)
    assert kept == 0 or kept >= SMALLEST


def _outcome(cell: int, split: int) -> int:
    if cell >= 0:
        return 0 if cell else 1
    return 3 if -cell > split else 2


def finance(counts: list[list[int]]) -> dict[str, str]:
    """The cells of a report as its reader has them, by table and first column."""
    report = report_on(population(np.array(counts)), Threshold(Fraction(20)), smallest=SMALLEST)
    return {
        f"{table.title}: {row[0]}": str(row[1:])
        for section in report.sections
        for table in tables_of(section)
        for row in table.rows
    }


def test_one_person_who_stays_the_same_hides_neither_rises_nor_sums_nor_protection() -> None:
    cells = finance([[100, 100, 86], [1, 0, 0], [500, 500, 500], [0, 0, 0], [900, 800, 693]])
    assert cells["What happens to people's figures: Rises or stays the same"].startswith("(287,")
    assert cells["What happens to people's figures: Falls by more than 20%"].startswith("(2393,")
    for name in ("All figures added up: Falls", "All figures added up: Rises",
                 "What protection costs each year: Year 1"):  # fmt: skip
        assert "None" not in cells[name]
        assert "not shown" not in cells[name]


def test_a_change_that_moves_too_few_figures_is_not_told() -> None:
    """Nothing but the sum of all figures would tell what these three come to."""
    with pytest.raises(ValueError, match="Figures change for fewer than 10 people"):
        finance([[0, 0, 0], [200, 200, 200], [0, 0, 0], [0, 0, 0], [3, 0, 0]])


def test_what_the_one_person_in_a_group_whose_figure_changes_loses_is_not_told() -> None:
    cells = finance([[0, 0, 0], [40, 200, 200], [0, 0, 0], [0, 0, 0], [1, 60, 90]])
    assert "not shown" in cells["Mean change: area: north"]
    assert "not shown" in cells["Mean change: area: south"]
    assert "not shown" not in cells["Mean change: area: west"]


def test_what_a_line_changes_by_for_too_few_people_is_not_told() -> None:
    lines = (
        LineChange("a", "Many change", 600, 500, 100_000, 90_000),
        LineChange("b", "One changes", 600, 1, 100_000, 99_000),
        LineChange("c", "More change", 600, 550, 100_000, 80_000),
        LineChange("d", "Nobody changes", 600, 0, 100_000, 100_000),
    )
    comparison = replace(population(np.full((5, 3), 100)), lines=lines)
    report = report_on(comparison, Threshold(Fraction(20)), smallest=SMALLEST)
    told = next(
        {row[0]: row[1:] for row in table.rows}
        for section in report.sections
        for table in tables_of(section)
        if table.title == "The change by line"
    )
    assert told["One changes"] == (600, 100_000, NOT_SHOWN, NOT_SHOWN)
    assert told["Many change"] == (600, 100_000, NOT_SHOWN, NOT_SHOWN)
    assert told["More change"] == (600, 100_000, 80_000, -20_000)
    assert told["Nobody changes"] == (600, 100_000, 100_000, 0)


@pytest.mark.parametrize("kind", [0, 2])
def test_the_few_who_rise_or_fall_are_not_told_by_sums_or_by_protection(kind: int) -> None:
    counts = [[0, 0, 0], [200, 200, 200], [0, 0, 0], [0, 0, 0], [0, 0, 0]]
    counts[kind] = [3, 0, 0]
    counts[4 if kind == 0 else 0] = [300, 300, 300]
    cells = finance(counts)
    assert "not shown" in cells["All figures added up: Rises"]
    assert "not shown" in cells["All figures added up: Falls"]
    year = cells["What protection costs each year: Year 1"]
    assert ("not shown" if kind == 0 else "None") in year
