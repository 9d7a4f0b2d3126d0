"""From a finished plan to a live budget: the charge, the decision, the statement, the holding."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import (
    CHOIR,
    DIRECT,
    LIMITS,
    STARTS,
    charge_typed,
    charged,
    money,
    planned,
    text,
    words_in,
)

from wherewithal.web.accounts.models import AuditRow, Team, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.delegation import Limits
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion, Setting

SignIn = Callable[[User], Client]


@pytest.fixture
def proposed(person: Person, scheme_version: SchemeVersion, practitioner: User) -> Budget:
    """A charged budget of £199.00 a week that waits for a decision."""
    plan = planned(person, scheme_version, practitioner)
    charged(person, practitioner)
    return actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)


@pytest.fixture
def live(proposed: Budget, manager: User) -> Budget:
    """The same budget, signed off."""
    actions.sign_off(budget=proposed, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    return Budget.objects.get(pk=proposed.pk)


def test_the_road_from_plan_to_direct_payment(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User,
    finance: User, signed_in: SignIn,
) -> None:  # fmt: skip
    planned(person, scheme_version, practitioner)
    care, money_desk, boss = signed_in(practitioner), signed_in(finance), signed_in(manager)
    assert person.user is not None
    own = signed_in(person.user)
    charge = charge_typed(income=[("state-pension", "241.30")])
    page = money_desk.post(money(person, "what-you-pay/work-out/"), charge).content.decode()
    assert "nobody has confirmed" in page
    assert "There is a problem" not in page
    again = money_desk.post(money(person, "what-you-pay/work-out/"), charge | {"seen": "yes"})
    assert "Check the figures listed here, then tick the box" in again.content.decode()
    assert not FinancialAssessment.objects.exists()
    kept = money_desk.post(money(person, "what-you-pay/work-out/"), charge | {"confirmed": "yes"})
    assert kept.status_code == 302, kept.content.decode()
    sent = care.post(
        money(person, "send/"), {"starts_day": "7", "starts_month": "12", "starts_year": "2026"}
    )
    assert sent.status_code == 302
    assert person.name in text(boss, "/sign-off/")
    assert "A manager decides about this budget." in text(care, money(person, "decide/"))
    budget = Budget.objects.get()
    typed = {f"line-{line.pk}": f"{line.weekly / 100:.2f}" for line in budget.lines.all()}
    assert boss.post(money(person, "decide/"), typed | {"kind": "sign-off"}).status_code == 302
    budget.refresh_from_db()
    person.refresh_from_db()
    assert (budget.status, person.stage, budget.plan.status) == (
        "signed-off",
        "setting-up",
        "agreed",
    )
    statement = text(own, money(person))
    for words in ("£199.00", "Your personal budget", "until the direct payment is settled"):
        assert words in statement
    assert care.post(money(person, "holding/direct-payment/"), DIRECT).status_code == 302
    assert budget.lines.get(what=CHOIR["what"]).holding == "direct-payment"
    assert "You can decide for yourself" in text(own, money(person, "holding/"))
    signature = {"name": "Ada Marlowbridge", "agrees": "yes", "signed_on_day": "2",
                 "signed_on_month": "11", "signed_on_year": "2026"}  # fmt: skip
    assert own.post(money(person, "holding/agreement/"), signature).status_code == 302
    assert care.post(money(person, "given/")).status_code == 302
    budget.refresh_from_db()
    assert budget.agreement_by == "Ada Marlowbridge"
    assert budget.statement_on is not None
    verbs = set(
        AuditRow.objects.filter(person_reference=person.reference).values_list("verb", flat=True)
    )
    assert {
        "charge.worked-out",
        "budget.proposed",
        "plan.submitted",
        "budget.signed-off",
        "plan.agreed",
        "direct-payment.decided",
        "holding.changed",
        "statement.given",
        "direct-payment.agreement-signed",
    } <= verbs


def test_a_plan_is_charged_while_it_waits(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User
) -> None:
    plan = planned(person, scheme_version, practitioner)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    with pytest.raises(NotNow, match="Work out what the person pays first"):
        actions.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    charged(person, practitioner)
    budget.refresh_from_db()
    assert budget.contribution == 3_485


def test_an_incomplete_plan_is_not_sent(
    person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    plan = planned(person, scheme_version, practitioner)
    SupportPlan.objects.update(advice="")
    with pytest.raises(NotNow, match="Add advice on what can make the needs less"):
        actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    plan.refresh_from_db()
    assert plan.status == "draft"


def test_nobody_signs_off_a_plan_they_sent(
    person: Person, scheme_version: SchemeVersion, manager: User, signed_in: SignIn
) -> None:
    plan = planned(person, scheme_version, manager)
    charged(person, manager)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=manager, at=NOW)
    with pytest.raises(NotNow, match="someone else must decide"):
        actions.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    page = text(signed_in(manager), money(person, "decide/"))
    assert "someone else must decide" in page
    assert "Record the decision" not in page


def test_a_practitioner_decides_only_up_to_a_limit_that_was_set(
    proposed: Budget, practitioner: User
) -> None:
    def decide(limit: int) -> None:
        limits = Limits(practitioner=limit, manager=100_000)
        actions.sign_off(
            budget=proposed, weekly={}, reasons="", limits=limits, by=practitioner, at=NOW
        )

    for limit in (0, 19_899):
        with pytest.raises(NotNow, match="A manager decides"):
            decide(limit)
    decide(19_900)
    proposed.refresh_from_db()
    assert proposed.status == "signed-off"


def test_above_the_limit_a_panel_decides_and_says_why(
    proposed: Budget, manager: User, signed_in: SignIn
) -> None:
    Setting.objects.create(key="manager_limit_weekly", value=10_000)
    boss = signed_in(manager)
    address = money(proposed.person, "decide/")
    lines = {f"line-{line.pk}": f"{line.weekly / 100}" for line in proposed.lines.all()}
    page = boss.post(address, lines | {"kind": "sign-off"}).content.decode()
    assert "so a panel decides" in page
    assert boss.post(address, lines | {"kind": "to-panel"}).status_code == 302
    page = boss.post(address, lines | {"kind": "sign-off"}).content.decode()
    assert "Enter your reasons. The panel decided this." in page
    assert (
        boss.post(address, lines | {"kind": "sign-off", "reasons": "All agreed."}).status_code
        == 302
    )
    proposed.refresh_from_db()
    assert proposed.status == "signed-off"
    assert [d.kind for d in proposed.decisions.order_by("id")] == ["to-panel", "sign-off"]


def test_a_figure_that_differs_from_the_plan_needs_reasons_and_the_lines_still_add_up(
    proposed: Budget, manager: User, signed_in: SignIn
) -> None:
    line = proposed.lines.first()
    assert line is not None
    shared: dict[str, Any] = {"budget": proposed, "limits": LIMITS, "by": manager, "at": NOW}
    with pytest.raises(ValidationError, match="The figure differs from the plan"):
        actions.sign_off(weekly={line.pk: 11_000}, reasons="", **shared)
    actions.sign_off(weekly={line.pk: 11_000}, reasons="Five hours are enough.", **shared)
    proposed.refresh_from_db()
    assert proposed.cost == sum(one.weekly for one in proposed.lines.all()) == 15_500
    assert proposed.person.user is not None
    assert "Five hours are enough." in text(signed_in(proposed.person.user), money(proposed.person))


def test_a_plan_comes_back_with_reasons_and_can_be_sent_again(
    proposed: Budget, manager: User, practitioner: User, signed_in: SignIn
) -> None:
    person, boss = proposed.person, signed_in(manager)
    lines = {f"line-{line.pk}": f"{line.weekly / 100}" for line in proposed.lines.all()}
    page = boss.post(money(person, "decide/"), lines | {"kind": "return"}).content.decode()
    assert "Enter your reasons. The person reads them." in page
    boss.post(money(person, "decide/"), lines | {"kind": "return", "reasons": "Ask about nights."})
    assert person.user is not None
    assert "Ask about nights." in text(signed_in(person.user), f"/people/{person.reference}/plan/")
    plan = SupportPlan.objects.get()
    assert plan.status == "draft"
    again = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    assert (again.cost, Budget.objects.count()) == (19_900, 2)


def test_two_budgets_never_run_on_the_same_day(
    live: Budget,
    scheme_version: SchemeVersion,
    practitioner: User,
    manager: User,
    signed_in: SignIn,
) -> None:
    person, boss = live.person, signed_in(manager)
    plan = planned(person, scheme_version, practitioner)
    starts = STARTS + timedelta(days=28)
    second = actions.propose_budget(plan=plan, starts=starts, by=practitioner, at=NOW)
    typed = {f"line-{line.pk}": f"{line.weekly / 100}" for line in second.lines.all()} | {
        "kind": "sign-off"
    }
    page = boss.post(money(person, "decide/"), typed).content.decode()
    assert "already has a personal budget for some of these days" in page
    assert "End it the day before this one starts" in page
    second.refresh_from_db()
    assert second.status == "proposed"
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.filter(pk=second.pk).update(status="signed-off")
    assert boss.post(money(person, "decide/"), typed | {"end_earlier": "yes"}).status_code == 302
    live.refresh_from_db()
    second.refresh_from_db()
    assert (live.status, live.period) == ("ended", DateRange(STARTS, starts))
    assert second.status == "signed-off"
    assert live.plan.status == "replaced"


def test_a_budget_ends_with_its_last_day_and_a_reason(
    live: Budget, manager: User, signed_in: SignIn
) -> None:
    boss, address = signed_in(manager), money(live.person, "end/")
    typed = {"last_day_month": "12", "last_day_year": "2026", "reasons": "Moved away."}
    page = boss.post(address, typed | {"last_day_day": "1"}).content.decode()
    assert "cannot be before that" in page
    assert boss.post(address, typed | {"last_day_day": "20"}).status_code == 302
    live.refresh_from_db()
    assert live.period.upper == date(2026, 12, 21)
    assert Budget.objects.in_force(date(2026, 12, 20)).get() == live
    assert not Budget.objects.in_force(date(2026, 12, 21)).exists()


def test_the_statement_holds_every_line(live: Budget, signed_in: SignIn) -> None:
    assert live.person.user is not None
    own = signed_in(live.person.user)
    words = words_in(own.get(money(live.person, "personal-budget.pdf")))
    for line in live.lines.all():
        assert line.what in words
    for sum_ in ("£199.00", "£34.85", "£164.15", "£154.00", "£45.00"):
        assert sum_ in words
        assert sum_ in text(own, money(live.person))


@pytest.mark.parametrize("own_people", [True, False])
def test_a_manager_sees_only_the_teams_own_queue(
    own_people: bool, proposed: Budget, make_user: Callable[..., User], signed_in: SignIn
) -> None:
    elsewhere = {} if own_people else {"team": Team.objects.create(name="Hill team")}
    boss = signed_in(make_user(Role.MANAGER, "Mo", **elsewhere))
    assert (proposed.person.name in text(boss, "/sign-off/")) is own_people
    assert boss.get(money(proposed.person, "decide/")).status_code == (200 if own_people else 404)


@pytest.mark.parametrize(
    ("role", "rest", "status"),
    [
        (Role.FINANCE, "", 200),
        (Role.FINANCE, "holding/", 200),
        (Role.FINANCE, "decide/", 403),
        (Role.FINANCE, "what-you-pay/work-out/", 200),
        (Role.FINANCE, "holding/direct-payment/", 403),
        (Role.ANALYST, "", 403),
        (Role.ADMINISTRATOR, "what-you-pay/", 403),
    ],
)
def test_each_role_opens_only_its_pages_about_money(
    role: Role,
    rest: str,
    status: int,
    live: Budget,
    make_user: Callable[..., User],
    signed_in: SignIn,
) -> None:
    assert signed_in(make_user(role)).get(money(live.person, rest)).status_code == status


@pytest.mark.parametrize(
    "address",
    [
        "",
        "holding/",
        "what-you-pay/",
        "what-you-pay/work-out/",
        "holding/direct-payment/",
        "/sign-off/",
    ],
)
def test_pages_about_money_ask_the_database_little(
    address: str, live: Budget, manager: User, signed_in: SignIn,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    boss = signed_in(manager)
    most = {"": 12, "holding/": 12, "what-you-pay/": 15}
    with django_assert_max_num_queries(most.get(address, 11)):
        assert (
            boss.get(address if address[:1] == "/" else money(live.person, address)).status_code
            == 200
        )


def test_deciding_asks_the_database_little(
    proposed: Budget,
    manager: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    boss = signed_in(manager)
    for address in (money(proposed.person, "decide/"), "/sign-off/"):
        with django_assert_max_num_queries(15 if address == "what-you-pay/" else 11):
            assert boss.get(address).status_code == 200
