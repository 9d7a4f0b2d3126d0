"""Figures without names: right in sum, and silent where they could tell on someone."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.insight import querysets
from wherewithal.web.insight.suppression import Cell, suppressed
from wherewithal.web.people.models import Person, Supporter
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion

ON = date(2026, 11, 2)


@pytest.fixture
def with_budget(
    make_person: Callable[..., Person], scheme_version: SchemeVersion
) -> Callable[..., Budget]:
    def make(cost: int, holding: str = "direct-payment", **fields: object) -> Budget:
        person = make_person(**fields)
        at = "2026-05-01T10:00Z"
        assessment = Assessment.objects.create(person=person, scheme=scheme_version, started_at=at)
        plan = SupportPlan.objects.create(
            person=person, assessment=assessment, started_at=at, status="agreed"
        )
        budget = Budget.objects.create(
            person=person, plan=plan, cost=cost, status="signed-off", proposed_at=at,
            period=(date(2026, 6, 1), date(2027, 6, 1)),
        )  # fmt: skip
        BudgetLine.objects.create(budget=budget, what="Help", weekly=cost, holding=holding)
        return budget

    return make


def test_a_birthday_moves_someone_into_the_next_band_on_the_day(
    make_person: Callable[..., Person],
) -> None:
    make_person(date_of_birth=date(1961, 11, 3))  # 64 until tomorrow
    make_person(date_of_birth=date(1961, 11, 2))  # 65 today
    make_person(date_of_birth=date(2010, 1, 1))
    found = {cell.label: cell.number for cell in querysets.by_age(ON) if cell.number}
    assert found == {"45 to 64": 1, "65 to 74": 1, "Under 18": 1}


def test_someone_born_on_29_february_is_counted_as_ageing_on_1_march(
    make_person: Callable[..., Person],
) -> None:
    make_person(date_of_birth=date(2000, 2, 29))
    on_the_last = {c.label: c.number for c in querysets.by_age(date(2025, 2, 28)) if c.number}
    on_the_first = {c.label: c.number for c in querysets.by_age(date(2025, 3, 1)) if c.number}
    assert (on_the_last, on_the_first) == ({"18 to 24": 1}, {"25 to 44": 1})


def test_someone_who_died_is_counted_nowhere(make_person: Callable[..., Person]) -> None:
    make_person(date_of_death=date(2026, 10, 1))
    assert querysets.totals(ON)["known"] == 0
    assert not any(cell.number for cell in querysets.by_stage())


def test_means_are_of_budgets_in_force_rounded_half_up(with_budget: Callable[..., Budget]) -> None:
    with_budget(10_000)
    carer = with_budget(20_001)
    Supporter.objects.create(
        person=carer.person, name="Bea", relationship="daughter", is_carer=True
    )
    ended = with_budget(90_000)
    Budget.objects.filter(pk=ended.pk).update(status="ended")
    old = {cell.label: cell for cell in querysets.cost_by_age(ON)}["75 to 84"]
    assert (old.number, old.mean) == (2, 15_001)
    by_carer = {cell.label: cell.mean for cell in querysets.cost_by_carer(ON)}
    assert by_carer == {"Someone with a carer": 20_001, "Someone without a carer": 10_000}


def test_someone_with_a_mix_counts_once_in_each_way(with_budget: Callable[..., Budget]) -> None:
    budget = with_budget(10_000)
    for holding in ("direct-payment", "isf"):
        BudgetLine.objects.create(budget=budget, what="More", weekly=1, holding=holding)
    found = {cell.label: cell.number for cell in querysets.by_holding(ON) if cell.number}
    assert found == {"Direct payment": 1, "Individual service fund": 1}


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ([10, 20, 30], []),
        ([10, 4, 3, 30], [4, 3]),
        ([10, 4, 30], [10, 4]),  # one alone could be worked out: the next smallest goes with it
        ([0, 4, 30], [4, 30]),
        ([0, 0, 5], []),
        ([4], [4]),
    ],
)
def test_small_groups_are_hidden(numbers: list[int], hidden: list[int]) -> None:
    cells = suppressed([Cell(str(number), number, number * 100) for number in numbers])
    assert [int(cell.label) for cell in cells if cell.hidden] == hidden
    assert all((cell.number, cell.mean) == (0, None) for cell in cells if cell.hidden)
    assert all(cell.number == int(cell.label) for cell in cells if not cell.hidden)


def test_the_page_hides_a_lone_person_everywhere(
    with_budget: Callable[..., Budget],
    make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:
    with_budget(12_345)
    page = signed_in(make_user(Role.ANALYST)).get("/figures/").content.decode()
    assert "123.45" not in page
    assert "Hidden" in page
    assert "Marlowbridge" not in page


def test_the_page_shows_sums_over_enough_people(
    with_budget: Callable[..., Budget],
    make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:
    for number in range(6):
        with_budget(10_000 + number)
    client = signed_in(make_user(Role.ANALYST))
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/figures/").content.decode()
    assert "£100.03" in page  # 10,002.5 pence, half up
    assert "£600.15" in page
    assert len(queries) < 12


@pytest.mark.parametrize("role", [Role.PERSON, Role.PRACTITIONER, Role.FINANCE])
def test_figures_are_for_analysts_and_managers(
    make_user: Callable[..., User], signed_in: Callable[[User], Client], role: Role
) -> None:
    assert signed_in(make_user(role)).get("/figures/").status_code == 403
