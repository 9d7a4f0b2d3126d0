"""Need is not measured by a scheme that learnt the gap, unless the audit says so first.

A scheme that was fitted to unfair plans gives those short-changed a smaller figure. Measured by it,
they seem to need less, and their plans seem fair. A yardstick that was not fitted shows the gap.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from wherewithal.allocation.cases import Cases, read_cases
from wherewithal.calibration.fit import Asked, fit
from wherewithal.calibration.rebuild import FITTED, fitted_version
from wherewithal.council import Request, make_council
from wherewithal.council.files import write_table
from wherewithal.equity import yardstick as marks
from wherewithal.equity.audit import Audit, Settings, audit
from wherewithal.equity.findings import findings, learnt_in_words, nothing
from wherewithal.equity.report import report
from wherewithal.equity.yardstick import YardstickMistake, was_fitted
from wherewithal.scheme import Scheme, packaged

ON = date(2026, 11, 2)
BY = ("age_band", "has_carer", "sex")
ASKED = Asked(fair_within=0.05, fair_by=("age_band", "has_carer"), bootstraps=100, ceiling=False)


@cache
def people() -> Cases:
    """The made-up council, as unfair as it comes: 0.80 from 65 on, 0.88 with a carer."""
    made = make_council(Request(4_000, 1, ON), packaged("standard-adult"))
    with TemporaryDirectory() as folder:
        path = write_table(Path(folder), "cases", made.tables["cases"])
        return read_cases(packaged("standard-adult"), path)


@cache
def fitted() -> Scheme:
    """The standard scheme, fitted to those unfair plans."""
    return fit(packaged("standard-adult"), people(), ASKED, named="cases", on=ON).scheme


@cache
def audited(by_itself: bool) -> Audit:
    yardstick = None if by_itself else packaged("standard-adult")
    return audit(fitted(), people(), by=BY, settings=Settings(bootstraps=100), yardstick=yardstick)


@cache
def standard() -> Audit:
    quick = Settings(bootstraps=100)
    return audit(packaged("standard-adult"), people(), by=BY, settings=quick)


def less(found: Audit) -> dict[tuple[str, str], float]:
    return {
        (each.label, each.group): each.size
        for each in findings(found)
        if each.kind == "agreed less"
    }


def test_beside_a_yardstick_a_fitted_scheme_finds_the_injustices_that_the_standard_one_finds() -> (
    None
):
    expected = less(standard())
    assert {group for _, group in expected} == {"65–74", "75–84", "85+", "yes"}
    assert less(audited(by_itself=False)) == pytest.approx(expected)


def test_a_scheme_that_learnt_from_plans_sees_smaller_gaps_or_none() -> None:
    expected, seen = less(standard()), less(audited(by_itself=True))
    assert all(size < expected[group] for group, size in seen.items())
    assert len(seen) < len(expected)


def test_beside_a_yardstick_its_figures_are_seen_to_copy_the_gap() -> None:
    found = findings(audited(by_itself=False))
    assert ("age_band", "85+") in {(f.label, f.group) for f in found if f.kind == "figure short"}


def test_an_audit_by_a_fitted_scheme_says_so_first_and_claims_nothing_of_plans() -> None:
    found = audited(by_itself=True)
    (said,) = learnt_in_words(found)
    page = report(found, on=ON)
    assert page.lead[0] == said
    assert "This scheme was fitted to agreed plans." in said
    assert "gaps look smaller here, or vanish" in said
    assert not any("Plans for like need" in each for each in nothing(found))
    assert not any("beside plans" in each for each in nothing(found))


def test_beside_a_yardstick_nothing_need_be_said_but_what_it_is() -> None:
    found = audited(by_itself=False)
    assert learnt_in_words(found) == []
    facts = dict(report(found, on=ON).facts)
    assert facts["Need is measured by"].startswith(packaged("standard-adult").title)
    assert facts["Hash of the yardstick"] == packaged("standard-adult").hash
    assert any("Plans for like need" in each for each in nothing(found))


def test_a_yardstick_that_was_fitted_is_no_yardstick() -> None:
    quick = Settings(bootstraps=100)
    found = audit(packaged("standard-adult"), people(), by=BY, settings=quick, yardstick=fitted())
    (said,) = learnt_in_words(found)
    assert said.startswith(f"The yardstick “{fitted().title}” was fitted to agreed plans.")


def test_figures_and_what_is_taken_for_help_stay_those_of_the_scheme_audited() -> None:
    alone, beside = audited(by_itself=True), audited(by_itself=False)
    assert np.array_equal(alone.carers.pence, beside.carers.pence)
    assert alone.shortfalls[0].calibration == beside.shortfalls[0].calibration
    assert (alone.steps, alone.swaps) == (beside.steps, beside.swaps)


def test_a_fitted_scheme_is_known_by_its_version_or_by_its_sources() -> None:
    made, plain = fitted(), packaged("standard-adult")
    assert was_fitted(made)
    assert was_fitted(replace(made, version="2"))
    assert was_fitted(replace(plain, version=fitted_version(fitted_version("1"))))
    assert was_fitted(replace(plain, version="1-fitted-2026-11-22-spend"))
    assert not was_fitted(plain)
    assert marks.FITTED == FITTED


def test_a_yardstick_asks_only_what_the_cases_hold() -> None:
    with pytest.raises(YardstickMistake, match="asks what the cases do not hold"):
        audit(packaged("standard-adult"), people(), yardstick=packaged("florida-ibudget-5b"))


def test_a_yardstick_has_the_same_answers_to_the_same_question() -> None:
    plain = packaged("standard-adult")
    first = next(question for question in plain.questions if question.kind == "one")
    other = replace(first, may_not_apply=not first.may_not_apply)
    swapped = replace(
        fitted(), questions=tuple(other if q == first else q for q in fitted().questions)
    )
    with pytest.raises(YardstickMistake, match="has other answers in the yardstick"):
        marks.check_yardstick(swapped, plain, people().columns)
