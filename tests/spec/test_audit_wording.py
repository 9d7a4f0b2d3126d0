"""What an audit's report says is what it counted, and accuses nobody of what others did."""

from datetime import date

import numpy as np
import pytest

from wherewithal.allocation.cases import Cases, Groups
from wherewithal.equity.audit import Audit, Settings, audit
from wherewithal.equity.findings import nothing, taken_in_words
from wherewithal.equity.report import report
from wherewithal.equity.tables import taken
from wherewithal.reports.cells import in_full
from wherewithal.scheme import read_scheme

ON = date(2026, 11, 22)
SCHEME = """
scheme: washing
version: "1"
title: Washing
money: {currency: GBP, per: week, rounding: half-up}
source: made-up
sources:
  made-up: {text: Made up for a test, date: 2026-04-01, status: unverified, reason: It is a test}
sections: {body: {title: Your body}}
prices:
  day: {label: Support in the day, hourly: 20, source: made-up}
questions:
  wash:
    section: body
    ask: Do you need help to wash?
    family-can-help: yes
    adds: {unit: minutes a week, price: day, source: made-up}
    options:
      no-help: {label: "No", minutes: 0}
      some: {label: Sometimes, minutes: 300}
      lots: {label: Every day, minutes: 600}
"""


def audited(*, willing: int, blank: int = 0, share: int = 50) -> Audit:
    """Audit 120 people who need £100 a week; family meets half for all, ``willing`` of them say so.

    ``blank`` of them have not answered, and so have no figure.
    """
    said = np.where(np.arange(120) < willing, 1, 0)
    columns = {
        "wash": np.where(np.arange(120) >= 120 - blank, -1, 1),
        "wash.help": np.full(120, share),
        "carer_willing": said,
        "carer_able": said,
    }
    where = Groups(("north", "south"), np.arange(120) % 2)
    ids = tuple(f"P{place}" for place in range(120))
    cases = Cases(ids, columns, np.full(120, 9000), {"area": where})
    return audit(read_scheme(SCHEME, name="a test"), cases, settings=Settings(bootstraps=100))


def test_the_title_accuses_no_scheme_of_what_plans_did() -> None:
    page = report(audited(willing=40), on=ON)
    assert page.title == "Who is short-changed: plans and figures beside “Washing”"


def test_only_people_with_a_figure_and_a_plan_are_said_to_be_compared() -> None:
    page = report(audited(willing=40, blank=20), on=ON)
    assert page.lead[0].startswith("Of 120 people, 100 have a figure and an agreed plan.")


def test_what_is_taken_is_said_of_those_from_whom_it_is_taken() -> None:
    found = audited(willing=40)
    (said,) = taken_in_words(found)
    # £50 from each of 40 of 120 people, whose figures would come to £12,000 together.
    assert said.startswith(
        "Of 120 people with family help recorded, the scheme takes something from 40: £50 a week"
        " each, on average. Together that is 16.7% of what all their figures would come to"
    )
    table = taken(found)
    row = [in_full(cell, of) for cell, of in zip(table.rows[0], table.columns, strict=True)]
    assert row[1:5] == ["120", "40", "£50", "16.7%"]


@pytest.mark.parametrize(
    ("willing", "said"),
    [
        (0, "Nothing is taken from the 120 people with family help recorded."),
        (7, "Of 120 people with family help recorded, the scheme takes 2.9% of what all"),
    ],
)
def test_nobody_and_too_few_to_show_are_told_apart(willing: int, said: str) -> None:
    found = audited(willing=willing)
    assert taken_in_words(found)[0].startswith(said)
    money = taken(found).rows[0][2:4]
    assert money == ((None, None) if willing else (0, 0.0))


def test_what_was_not_found_is_said_without_riddles() -> None:
    said = nothing(audited(willing=40))
    assert any("A scheme in which one could is refused when it is read." in each for each in said)
    assert (
        "Figures beside plans: nothing found. The figures of none of 2 groups fall short of plans"
        " more often, or by more, than everybody's."
    ) in said
