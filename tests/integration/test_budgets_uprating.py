"""A new year's charges: a dry run, letters in good time, then the new charge from its day."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from time import perf_counter
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.integration.conftest import NOW
from tests.integration.planned import (
    LIMITS,
    PENSIONER,
    STARTS,
    charged,
    money,
    planned,
    text,
    words_in,
)

from wherewithal.charging.parameters import declared
from wherewithal.dates import Period
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.charges.contributions import contribution_on, contribution_pieces
from wherewithal.web.budgets.charges.models import ConfirmedFigure, Uprating, UpratingLine
from wherewithal.web.budgets.models import Budget, ChargeChange, FinancialAssessment
from wherewithal.web.budgets.yearly.uprating_actions import (
    apply_uprating,
    drop_uprating,
    tell_uprating,
    work_out_uprating,
)
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

SignIn = Callable[[User], Client]
APRIL = date(2027, 4, 12)
FEBRUARY = datetime(2027, 2, 15, 10, 0, tzinfo=UTC)
ASSUMED: dict[str, Any] = {
    "state-pension": {"percent": "4", "rates": [[24_130, 25_000]], "source": "gov.uk rates"},
    "private-pension": {"percent": "2", "rates": [], "source": "letters of last year"},
}


@pytest.fixture
def next_year(finance: User) -> None:
    """Every figure of 2027/28 as an officer read it: the guarantee rises to £250.00."""
    values = {
        "mig-single-pension-age": 25_000, "upper-capital-limit": 2_325_000,
        "lower-capital-limit": 1_425_000, "tariff-step": 25_000, "tariff-per-step": 100,
    }  # fmt: skip
    ConfirmedFigure.objects.bulk_create(
        ConfirmedFigure(
            year_starts=date(2027, 4, 6), name=name, value=values.get(name, 10_000),
            source="Circular", seen_on=date(2027, 2, 1), at=NOW, by=finance,
        )
        for name in declared()
    )  # fmt: skip


@pytest.fixture
def live(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User
) -> Budget:
    """A budget of £199.00 a week from 7 December 2026 towards which the person pays £34.85."""
    plan = planned(person, scheme_version, practitioner)
    charged(person, practitioner)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    actions.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    return Budget.objects.get(pk=budget.pk)


@pytest.fixture
def run(live: Budget, next_year: None, finance: User) -> Uprating:
    return work_out_uprating(starts=APRIL, assumed=ASSUMED, by=finance, at=FEBRUARY)


def test_the_dry_run_works_out_and_changes_nothing(run: Uprating, live: Budget) -> None:
    line = UpratingLine.objects.get()
    # 250.00 + 61.20 − 25.00 − 250.00 = 36.20
    assert (line.before, line.after, line.difference, line.why) == (3_485, 3_620, 135, "")
    assert "goes from £241.30 to £250.00 a week. We took this from: gov.uk rates." in line.told[0]
    assert contribution_on(live, APRIL) == 3_485
    assert run.year == "2027/28"


def test_letters_come_first_with_full_notice_then_the_charge_begins_on_its_day(
    run: Uprating, live: Budget, finance: User
) -> None:
    with pytest.raises(NotNow):
        apply_uprating(uprating=run, by=finance, at=FEBRUARY)
    late = datetime(2027, 3, 16, tzinfo=UTC)
    with pytest.raises(NotNow, match=r"27 days of notice. Our council gives 28. Choose 13 April"):
        tell_uprating(uprating=run, by=finance, at=late)
    tell_uprating(uprating=run, by=finance, at=FEBRUARY)
    apply_uprating(uprating=run, by=finance, at=FEBRUARY)
    live = Budget.objects.get(pk=live.pk)
    assert contribution_pieces(live) == ((Period(STARTS, APRIL), 3_485), (Period(APRIL), 3_620))
    change = ChargeChange.objects.get()
    assert (change.notice_on, change.before) == (FEBRUARY.date(), 3_485)
    assert UpratingLine.objects.get().change == change
    assert change.charge.facts["income"][0] == {
        "kind": "state-pension", "amount": 25_000, "every": "week",
    }  # fmt: skip


def test_whoever_a_human_must_look_at_is_named_with_the_reason_and_left_alone(
    run: Uprating, live: Budget, finance: User, practitioner: User
) -> None:
    stored = live.charge
    assert stored is not None
    cases = {
        "They may have fallen below": stored.facts | {
            "capital": [{"kind": "savings", "amount": 3_000_000, "owners": 1}]},
        "short one": stored.facts | {"kind": "light", "light": {
            "ground": "no-ability", "consent": True, "evidence": "seen"}},
        "Only the result": {"origin": "earlier"},
        "partner": stored.facts | {"partner": {"income": 100, "capital": 0}},
        "State Pension age": stored.facts | {"pension_age": False},
        "given away": stored.facts | {
            "capital": [{"kind": "notional-capital", "amount": 5, "owners": 1,
                         "since": "2026-11-02"}]},
    }  # fmt: skip
    for why, facts in cases.items():
        other = FinancialAssessment.objects.create(
            person=live.person, kind="full", facts=facts, starts=stored.starts, made_at=NOW,
            parameters_year="2026/27", assessed_weekly=0,
        )  # fmt: skip
        ChargeChange.objects.create(
            budget=live, charge=other, from_day=STARTS, contribution=3_485, before=3_485,
            reason="x", notice_on=STARTS, made_at=NOW,
        )  # fmt: skip
        found = work_out_uprating(starts=APRIL, assumed=ASSUMED, by=finance, at=FEBRUARY)
        line = found.lines.get()
        assert line.after is None
        assert why.lower() in line.why.lower()


def test_a_reason_that_many_people_share_is_told_once(
    run: Uprating, live: Budget, finance: User, signed_in: SignIn,
    make_person: Callable[..., Person],
) -> None:  # fmt: skip
    reason = "They pay in full"
    for why in [*[reason] * 9, "Another reason"]:
        someone = make_person()
        budget = Budget.objects.create(
            person=someone, plan=live.plan, status="signed-off", cost=19_900, contribution=3_485,
            period=DateRange(STARTS, None), proposed_at=NOW,
        )  # fmt: skip
        UpratingLine.objects.create(
            uprating=run, person=someone, budget=budget, before=100, why=why
        )  # fmt: skip
    page = text(signed_in(finance), f"/charges/new-year/{run.pk}/?show=human")
    assert f"{reason}: 9 people" in page
    assert page.count(reason) == 3  # the heading, and how its table is called aloud
    assert page.index(reason) < page.index("Another reason")


def test_figures_of_an_earlier_year_leave_everybody_to_a_human(
    live: Budget, next_year: None, finance: User
) -> None:
    starts = date(2028, 4, 10)
    with pytest.raises(NotNow, match="No charging figures cover"):
        work_out_uprating(starts=starts, assumed={}, by=finance, at=FEBRUARY)
    ConfirmedFigure.objects.create(
        year_starts=date(2028, 4, 6), name="mig-child", value=1, source="Circular",
        seen_on=date(2028, 2, 1), at=NOW, by=finance,
    )  # fmt: skip
    line = work_out_uprating(starts=starts, assumed={}, by=finance, at=FEBRUARY).lines.get()
    assert line.after is None
    assert line.why.startswith("Figures of an earlier year stand in for: upper capital limit")


def test_a_charge_changed_in_between_is_left_alone(
    run: Uprating, live: Budget, finance: User
) -> None:
    tell_uprating(uprating=run, by=finance, at=FEBRUARY)
    actions.end_budget(
        budget=live, last_day=date(2027, 3, 31), reasons="moved", by=finance, at=FEBRUARY
    )
    apply_uprating(uprating=run, by=finance, at=FEBRUARY)
    assert "changed after this was worked out" in UpratingLine.objects.get().why
    assert not ChargeChange.objects.exists()


def test_a_figure_corrected_after_the_letters_stops_the_run(run: Uprating, finance: User) -> None:
    tell_uprating(uprating=run, by=finance, at=FEBRUARY)
    ConfirmedFigure.objects.create(
        year_starts=date(2027, 4, 6), name="mig-single-pension-age", value=25_500,
        source="Circular, corrected", seen_on=date(2027, 2, 20), at=NOW, by=finance,
    )  # fmt: skip
    with pytest.raises(NotNow, match=r"was told £36\.20 and it would now be £31\.20"):
        apply_uprating(uprating=run, by=finance, at=FEBRUARY)
    drop_uprating(uprating=run, why="A figure was corrected.", by=finance, at=FEBRUARY)
    assert Uprating.objects.get(pk=run.pk).status == "dropped"


def test_a_person_reads_the_comparison_only_once_told_and_can_ask_again(
    run: Uprating, live: Budget, finance: User, signed_in: SignIn
) -> None:
    assert live.person.user is not None
    own, address = signed_in(live.person.user), money(live.person, "what-you-pay/new-year/")
    assert own.get(address).status_code == 404
    tell_uprating(uprating=run, by=finance, at=FEBRUARY)
    page = text(own, address)
    for words in ("£36.20", "which is £1.35 more", "gov.uk rates", "Ask us to look again"):
        assert words in page
    letter = words_in(own.get(money(live.person, "what-you-pay/new-year.pdf")))
    assert "What you pay from 12 April 2027" in letter
    assert "£36.20" in letter


def test_finance_works_through_the_pages(
    live: Budget, next_year: None, finance: User, signed_in: SignIn
) -> None:
    desk = signed_in(finance)
    page = text(desk, "/charges/new-year/")
    assert "Pension Credit, guarantee part: change in percent" in page
    assert re.search(r"Published: £[0-9.]+ becomes £[0-9.]+", page)
    assert "The change is for any other sum." in page
    typed = dict(re.findall(r'name="((?:percent|source)-[^"]+)"[^>]*value="([^"]*)"', page))
    typed |= {"starts_day": "12", "starts_month": "4", "starts_year": "2027"}
    for name in re.findall(r'name="(percent-[^"]+)"', page):
        typed.setdefault(name, "0")
    assert desk.post("/charges/new-year/", typed | {"percent-esa": "3"}).status_code == 200
    answer = desk.post("/charges/new-year/", typed)
    assert answer.status_code == 302
    address = answer["Location"]
    for sort in ("human", "up", "down", "same", "all"):
        assert "Person by person" in text(desk, f"{address}?show={sort}")
    zipped = desk.get(f"{address}letters/1.zip")
    assert len(ZipFile(BytesIO(zipped.content)).namelist()) == 1
    assert desk.get(f"{address}letters/2.zip").status_code == 404
    assert desk.post(f"{address}apply/").status_code == 302
    assert not ChargeChange.objects.exists()
    assert desk.post(f"{address}tell/").status_code == 302
    assert desk.post(f"{address}apply/").status_code == 302
    assert ChargeChange.objects.count() == 1
    assert desk.post(f"{address}give-up/", {"why": "late"}).status_code == 200
    assert "Charges for 2027/28" in text(desk, "/charges/")


def test_five_hundred_people_take_seconds_and_few_questions(
    live: Budget, next_year: None, finance: User, make_person: Callable[..., Person]
) -> None:
    stored = live.charge
    assert stored is not None
    people = [make_person() for _ in range(500)]
    charges = FinancialAssessment.objects.bulk_create(
        FinancialAssessment(
            person=one, kind="full", facts=PENSIONER, starts=stored.starts, made_at=NOW,
            parameters_year="2026/27", assessed_weekly=3_485,
        )
        for one in people
    )  # fmt: skip
    Budget.objects.bulk_create(
        Budget(
            person=one, plan=live.plan, charge=charge, status="signed-off", cost=19_900,
            contribution=3_485, period=DateRange(STARTS, None), proposed_at=NOW,
        )
        for one, charge in zip(people, charges, strict=True)
    )  # fmt: skip
    begun = perf_counter()
    with CaptureQueriesContext(connection) as asked:
        run = work_out_uprating(starts=APRIL, assumed=ASSUMED, by=finance, at=FEBRUARY)
        tell_uprating(uprating=run, by=finance, at=FEBRUARY)
        apply_uprating(uprating=run, by=finance, at=FEBRUARY)
    assert ChargeChange.objects.filter(contribution=3_620).count() == 501
    assert len(asked) < 60
    assert perf_counter() - begun < 20
