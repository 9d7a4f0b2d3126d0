"""A figure nobody confirmed charges nobody: an officer reads it, keeps it, and a second one too."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from tests.integration.conftest import NOW, TODAY
from tests.integration.planned import PENSIONER, charge_typed, money, planned, text

from wherewithal.charging.parameters import declared
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.charges import working_out as charges
from wherewithal.web.budgets.charges.models import ConfirmedFigure
from wherewithal.web.budgets.models import FinancialAssessment
from wherewithal.web.budgets.yearly.figure_actions import confirm_figure
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

SignIn = Callable[[User], Client]
YEAR = date(2026, 4, 6)
USED = ("upper-capital-limit", "lower-capital-limit", "tariff-step", "tariff-per-step",
        "mig-single-pension-age")  # fmt: skip
VALUES = {
    "upper-capital-limit": 2_325_000, "lower-capital-limit": 1_425_000, "tariff-step": 25_000,
    "tariff-per-step": 100, "mig-single-pension-age": 24_145,
}  # fmt: skip


def confirmed(by: User, name: str, value: int | None) -> ConfirmedFigure:
    return confirm_figure(
        year_starts=YEAR, name=name, value=value, source="Charging circular 2026 to 2027",
        seen_on=TODAY, by=by, at=NOW,
    )  # fmt: skip


def worked_out(person: Person) -> charges.Charge:
    return charges.work_out(PENSIONER, born=person.date_of_birth, starts=TODAY, cost=19_900)


def test_in_production_an_unconfirmed_figure_blocks_the_charge_until_it_is_confirmed(
    person: Person, practitioner: User, finance: User, settings: Any
) -> None:
    settings.TRIAL = False
    keep = {"person": person, "facts": PENSIONER, "starts": TODAY, "by": practitioner, "at": NOW}
    with pytest.raises(NotNow, match=r"Nobody has confirmed these figures: .*upper capital limit"):
        actions.keep_charge(**keep, charge=worked_out(person))  # type: ignore[arg-type]  # by name
    assert not FinancialAssessment.objects.exists()
    for name in USED:
        confirmed(finance, name, VALUES[name])
    kept = actions.keep_charge(**keep, charge=worked_out(person))  # type: ignore[arg-type]  # by name
    assert kept.assessed_weekly == 3_485


def test_in_a_trial_an_unconfirmed_figure_warns(person: Person, practitioner: User) -> None:
    found = worked_out(person)
    assert {"upper-capital-limit", "mig-single-pension-age"} <= {u.name for u in found.unverified}
    kept = actions.keep_charge(
        person=person, facts=PENSIONER, starts=TODAY, charge=found, by=practitioner, at=NOW
    )
    assert any("carried forward from 2025/26" in told for told in kept.unverified)


def test_a_corrected_figure_counts_from_then_and_a_kept_charge_stays_as_it_was(
    person: Person, practitioner: User, finance: User
) -> None:
    born = person.date_of_birth
    before = actions.keep_charge(
        person=person, facts=PENSIONER, starts=TODAY, charge=worked_out(person), by=practitioner,
        at=NOW,
    )  # fmt: skip
    confirmed(finance, "mig-single-pension-age", 25_000)
    assert charges.charge_of(before, born=born, cost=19_900).contribution == 3_485
    assert worked_out(person).contribution == 3_485 - 855


def test_a_rule_from_memory_is_confirmed_by_name_and_no_longer_open(
    person: Person, finance: User
) -> None:
    assert "income:state-pension" in {each.name for each in worked_out(person).unverified}
    confirmed(finance, "rule:income:state-pension", None)
    assert "income:state-pension" not in {each.name for each in worked_out(person).unverified}


def test_what_was_confirmed_is_never_changed_or_deleted(finance: User) -> None:
    confirmed(finance, "mig-child", 10_685)
    with pytest.raises(DatabaseError), transaction.atomic():
        ConfirmedFigure.objects.update(value=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        ConfirmedFigure.objects.all().delete()
    row = AuditRow.objects.get(verb="figure.confirmed")
    assert row.summary == (
        "Confirmed for 2026/27: each dependent child: £106.85. Read in: Charging circular 2026 to"
        " 2027."
    )


@pytest.mark.parametrize(
    ("name", "value", "seen_on", "why"),
    [
        ("mig-cat", 1, TODAY, "no figure or rule"),
        ("mig-child", None, TODAY, "Enter what each dependent child is"),
        ("mig-child", 1, date(2026, 11, 3), "in the future"),
    ],
)
def test_what_makes_no_sense_is_refused(
    name: str, value: int | None, seen_on: date, why: str, finance: User
) -> None:
    with pytest.raises(ValidationError, match=why):
        confirm_figure(
            year_starts=YEAR, name=name, value=value, source="Circular", seen_on=seen_on,
            by=finance, at=NOW,
        )  # fmt: skip


def test_the_page_lists_every_figure_and_takes_a_correction_with_its_source(
    finance: User, make_user: Callable[..., User], signed_in: SignIn
) -> None:
    page = text(signed_in(finance), "/charges/figures/2026/")
    for name in declared():
        assert f'href="/charges/figures/2026/{name}/"' in page
    assert "It is the figure of 2025/26." in page
    typed = {"value": "106.85", "source": "Circular, table 1", "seen_on_day": "2",
             "seen_on_month": "11", "seen_on_year": "2026"}  # fmt: skip
    address = "/charges/figures/2026/mig-child/"
    assert signed_in(finance).post(address, typed | {"source": ""}).status_code == 200
    assert signed_in(finance).post(address, typed).status_code == 302
    second = make_user(Role.FINANCE, "Sam")
    page = text(signed_in(second), "/charges/figures/2026/")
    assert "Fern Thistlewick read it in Circular, table 1 on 2 November 2026." in page
    assert "Nobody else has checked it yet." in page
    signed_in(second).post(address, typed)
    page = text(signed_in(second), "/charges/figures/2026/")
    assert "Sam Thistlewick found the same on 2 November 2026." in page


def test_a_year_nobody_has_opened_shows_last_years_figures_as_a_start(
    finance: User, signed_in: SignIn
) -> None:
    page = text(signed_in(finance), "/charges/figures/2027/")
    assert "Figures for 2027/28" in page
    assert "It is the figure of" in page
    assert signed_in(finance).get("/charges/figures/2031/").status_code == 404
    assert signed_in(finance).get("/charges/figures/2026/mig-cat/").status_code == 404


def test_the_charge_says_who_confirmed_its_figures(
    person: Person, practitioner: User, finance: User, scheme_version: SchemeVersion,
    signed_in: SignIn,
) -> None:  # fmt: skip
    planned(person, scheme_version, practitioner)
    confirmed(finance, "mig-single-pension-age", 24_145)
    typed = charge_typed([("state-pension", "241.30")], confirmed="yes")
    staff = signed_in(practitioner)
    assert staff.post(money(person, "what-you-pay/work-out/"), typed).status_code == 302
    page = text(staff, money(person, "what-you-pay/"))
    assert "Fern Thistlewick read it in Charging circular 2026 to 2027" in page


@pytest.mark.parametrize("role", [Role.PERSON, Role.SUPPORTER, Role.PRACTITIONER, Role.ANALYST])
def test_only_finance_and_administrators_open_the_figures(
    role: Role, make_user: Callable[..., User], signed_in: SignIn
) -> None:
    assert signed_in(make_user(role)).get("/charges/figures/2026/").status_code == 403
