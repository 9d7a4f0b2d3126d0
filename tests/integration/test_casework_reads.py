"""The most opened pages ask the database little, and still say the same."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import assessed
from tests.integration.test_payments_runs import approve, make_budget, payable, prepare  # noqa: F401

from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.budgets.actions import end_budget
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.casework.road import road
from wherewithal.web.casework.travelled import Travelled, travelled
from wherewithal.web.people.models import Person, Stage
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion

SignIn = Callable[[User], Client]
LATER = NOW + timedelta(days=30)


def charged(person: Person, starts: date) -> FinancialAssessment:
    return FinancialAssessment.objects.create(
        person=person, kind="none", facts={}, starts=starts, parameters_year="2026/27",
        assessed_weekly=0, made_at=NOW,
    )  # fmt: skip


def test_who_has_only_just_come_has_travelled_nowhere(person: Person) -> None:
    nowhere = Travelled(
        begun_at=None, finished_at=None, eligible=None, decided_at=None, has_figure=False,
        indicative=None, plan=None, charged_from=None, budget=None, cost=None, statement_on=None,
        agreement_on=None, paid=None, pay_on=None,
    )  # fmt: skip
    assert travelled(person) == nowhere
    assert not nowhere.signed_off


def test_of_each_stage_the_newest_that_counts_is_read(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    person, scheme = payable.person, payable.plan.assessment.scheme
    assessment = assessed(person, scheme, finance)
    Assessment.objects.filter(pk=assessment.pk).update(started_at=LATER)
    Assessment.objects.create(
        person=person, scheme=scheme, status="abandoned", started_at=LATER + timedelta(days=1)
    )
    SupportPlan.objects.create(
        person=person, assessment=assessment, status="replaced", started_at=LATER
    )
    for starts in (date(2026, 12, 7), date(2026, 11, 16)):
        charged(person, starts)
    for status in ("returned", "ended"):
        Budget.objects.create(
            person=person, plan=payable.plan, status=status, cost=1, proposed_at=LATER,
            period=("2025-01-06", "2025-02-03"),
        )  # fmt: skip
    run = prepare(finance)
    assert travelled(person).paid is None
    approve(run, make_user(Role.FINANCE))
    assert travelled(person) == Travelled(
        begun_at=LATER, finished_at=NOW - timedelta(days=10),
        eligible=True, decided_at=NOW - timedelta(days=9), has_figure=True, indicative=20_000,
        plan="agreed", charged_from=date(2026, 12, 7), budget="signed-off", cost=41_500,
        statement_on=date(2026, 11, 1), agreement_on=date(2026, 11, 1),
        paid=132_900, pay_on=run.pay_on,
    )  # fmt: skip


def test_a_figure_to_be_costed_piece_by_piece_is_a_figure(
    person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    assessed(person, scheme_version, practitioner, weekly=None)
    far = travelled(person)
    assert (far.has_figure, far.indicative) == (True, None)


def test_a_road_that_ended_is_travelled_to_its_end(payable: Budget, manager: User) -> None:  # noqa: F811
    Person.objects.filter(pk=payable.person_id).update(stage=Stage.LIVE)
    last_day, why = payable.period.lower, "She moved away."
    end_budget(budget=payable, last_day=last_day, reasons=why, by=manager, at=LATER)
    person = Person.objects.get(pk=payable.person_id)
    steps = {each.title: each for each in road(
        person, travelled(person), role=Role.PRACTITIONER, on=LATER.date()
    )}  # fmt: skip
    budget, holding = steps["Personal budget"], steps["How the money is held"]
    assert (budget.state, budget.text) == ("done", "£415.00 a week. Ended.")
    assert holding.state == "done"


def test_nobody_elses_record_is_read(
    payable: Budget, make_person: Callable[..., Person]  # noqa: F811
) -> None:  # fmt: skip
    assert travelled(make_person()).budget is None


def test_moments_on_the_road_know_their_time_zone(
    person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    assessed(person, scheme_version, practitioner)
    begun = travelled(person).begun_at
    assert isinstance(begun, datetime)
    assert begun.astimezone(UTC) == NOW - timedelta(days=20)


def test_a_staff_home_full_of_people_asks_the_database_little(
    make_person: Callable[..., Person], make_user: Callable[..., User], practitioner: User,
    manager: User, signed_in: SignIn, django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    other = make_user(Role.PRACTITIONER, "Olu")
    for number in range(12):
        make_person(practitioner=(practitioner, other)[number % 2], preferred_name=f"Nip{number}")
    for user, most in ((practitioner, 5), (manager, 6)):
        browser = signed_in(user)
        browser.get("/staff/")
        with django_assert_max_num_queries(most):
            page = browser.get("/staff/").text
        assert "Marlowbridge, Nip2" in page
    assert "Olu Thistlewick" in page


def test_a_record_asks_the_database_little(
    payable: Budget, practitioner: User, signed_in: SignIn,  # noqa: F811
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    browser, address = signed_in(practitioner), f"/people/{payable.person.reference}/"
    browser.get(address)
    with django_assert_max_num_queries(7):
        page = browser.get(address).text
    assert "£415.00 a week. Signed off." in page
    with django_assert_max_num_queries(9):
        assert browser.get(f"{address}money/").status_code == 200


def test_a_timeline_names_who_did_each_thing(
    payable: Budget, finance: User, signed_in: SignIn,  # noqa: F811
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    browser = signed_in(finance)
    with django_assert_max_num_queries(8):
        page = browser.get(f"/people/{payable.person.reference}/timeline/").text
    assert "by Fern Thistlewick" in page


def test_what_ran_by_itself_is_not_said_to_be_somebodys(
    person: Person, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    note: dict[str, Any] = {"at": NOW, "verb": "check.tier", "person": person.reference}
    record(by=None, summary="How closely the account is looked at: lightly.", **note)
    page = signed_in(practitioner).get(f"/people/{person.reference}/timeline/").content.decode()
    entry = page[page.index("looked at: lightly.") :][:300]
    assert ", by" not in entry
    assert "None" not in entry
