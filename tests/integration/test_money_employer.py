"""The employer's corner: who works for someone, what it costs, what to put by, what to see to."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import CHOIR, planned

from wherewithal.dates import age_on
from wherewithal.ledger.surplus import EarmarkKind
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.checks.figures import set_aside
from wherewithal.web.money import actions
from wherewithal.web.money.employer_views import age_band
from wherewithal.web.money.employing import corner, earmarks_of, price_of_an_hour
from wherewithal.web.money.models import Assistant, PaySlip
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion

DAY = date(2026, 11, 2)
SAM: dict[str, Any] = {
    "name": "Sam", "born": date(1990, 5, 1), "starts": date(2026, 5, 4),
    "statement_on": date(2026, 5, 4), "right_to_work_on": date(2026, 4, 20),
}  # fmt: skip
TYPED = {
    "name": "Sam", "employed": "yes", "born_day": "1", "born_month": "5", "born_year": "1990",
    "starts_day": "4", "starts_month": "5", "starts_year": "2026", "regular": "yes",
}  # fmt: skip


@pytest.fixture
def own(person: Person, signed_in: Callable[[User], Client]) -> Client:
    assert person.user is not None
    return signed_in(person.user)


@pytest.fixture
def sam(person: Person, practitioner: User) -> Assistant:
    made = actions.add_assistant(by=practitioner, at=NOW, person=person, fields=SAM)
    pay(made, practitioner)
    return made


def pay(
    assistant: Assistant, by: User, *, kind: str = "day", hours: str = "10", pence: int = 13_00,
    starts: date = date(2026, 5, 4),
) -> None:  # fmt: skip
    actions.save_rate(
        by=by, at=NOW, assistant=assistant, kind=kind, starts=starts,
        fields={"hours": Decimal(hours), "pence": pence},
    )  # fmt: skip


def address(person: Person, rest: str = "") -> str:
    return f"/people/{person.reference}/money/employer/{rest}"


def shown(client: Client, person: Person) -> str:
    answer = client.get(address(person))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_person_fills_the_corner_in_themselves(own: Client, person: Person) -> None:
    assert "someone you employ to help" in shown(own, person)
    answer = own.post(address(person, "assistants/"), TYPED)
    sam = person.assistants.get()
    assert answer["Location"] == address(person, f"assistants/{sam.pk}/pay/")
    typed = {"kind": "day", "hours": "10", "pence": "12.00", "starts_day": "4",
             "starts_month": "5", "starts_year": "2026"}  # fmt: skip
    assert own.post(answer["Location"], typed).status_code == 302
    page = shown(own, person)
    for words in ("Sam", "£12.00", "The least the law allows is £12.71", "Age 21 or over",
                  "Employers’ insurance", "fined up to £2,500.00 a day"):  # fmt: skip
        assert words in page
    assert "1990" not in page
    verbs = AuditRow.objects.filter(verb__startswith="employer.").values_list("verb", flat=True)
    assert set(verbs) == {"employer.assistant-added", "employer.pay-changed"}


def test_staff_can_help_to_fill_it_in_and_the_page_says_who_it_is_about(
    person: Person, sam: Assistant, signed_in: Callable[[User], Client], finance: User
) -> None:
    client = signed_in(finance)
    typed = {"insured_until_day": "1", "insured_until_month": "4", "insured_until_year": "2027",
             "insured_for": "5,000,000", "insurance_yearly": "70", "has_paye": "yes",
             "payroll_by": "Lantern Payroll"}  # fmt: skip
    assert client.post(address(person, "in-place/"), typed).status_code == 302
    page = shown(client, person)
    assert person.name in page
    assert "You are insured until 1 April 2027." in page
    assert "Lantern Payroll" in page
    row = AuditRow.objects.get(verb="employer.changed")
    assert (row.by, row.detail["after"]["insured_for"]) == (finance, 500_000_000)


def test_the_page_adds_up_what_to_put_by(person: Person, sam: Assistant) -> None:
    found = corner(person, DAY)
    assert {each.label: each.pence for each in found.put_by} == {
        "Holiday pay": 60_67, "Employer’s National Insurance": 22_00, "Insurance": 5_09,
        "Redundancy pay": 10_84,
    }  # fmt: skip
    assert found.monthly == 98_60
    assert [cost.hourly for cost in found.costs] == [16_40]  # 7,605.00 over 464 hours


def test_earmarks_come_from_the_assistants_and_their_payslips(
    person: Person, sam: Assistant, practitioner: User, make_person: Callable[..., Person]
) -> None:
    slip = {"gross": 560_00, "taken_off": 40_00, "employer_pension": 6_00, "hours": Decimal(43)}
    actions.save_payslip(
        by=practitioner, at=NOW, assistant=sam, month=date(2026, 10, 1), fields=slip
    )
    found = {(mark.kind, mark.pence) for mark in earmarks_of(person, DAY)}
    assert {kind for kind, _ in found} == {"holiday-pay", "redundancy", "tax"}
    assert {("tax", 40_00), ("tax", 6_00)} <= found
    assert earmarks_of(make_person(), DAY) == ()


def test_what_is_spoken_for_is_set_aside_before_anything_counts_as_over(
    person: Person, sam: Assistant
) -> None:
    known = set_aside(person, DAY)
    for kind in ("holiday-pay", "redundancy"):
        marks = [mark for mark in earmarks_of(person, DAY) if mark.kind == kind]
        assert known[f"sum_{kind}"] == sum(mark.pence for mark in marks) > 0
        assert "Sam" in known[f"why_{kind}"]
        assert EarmarkKind(kind)


def test_a_payslip_is_written_down_once_for_a_month_and_can_be_mended(
    own: Client, person: Person, sam: Assistant
) -> None:
    place = address(person, f"assistants/{sam.pk}/payslip/")
    month = re.findall(r'value="(\d{4}-\d{2}-01)"', own.get(place).content.decode())[1]
    typed = {"month": month, "gross": "560", "taken_off": "40", "own_pension": "0",
             "employer_insurance": "0", "employer_pension": "0", "hours": "43",
             "holiday_hours": "0"}  # fmt: skip
    assert own.post(place, typed).status_code == 302
    assert own.post(place, typed | {"gross": "570", "paid": ["tax"]}).status_code == 302
    slip = PaySlip.objects.get()
    assert (slip.gross, slip.taken_off, slip.tax_paid) == (570_00, 40_00, True)
    refused = own.post(place, typed | {"taken_off": "561"})
    assert "£561.00 is taken off, more than was earned" in refused.content.decode()


def test_two_assistants_of_one_name_or_one_too_young_are_refused_kindly(
    own: Client, person: Person, sam: Assistant
) -> None:
    answer = own.post(address(person, "assistants/"), TYPED).content.decode()
    assert "You have an assistant of this name. Add a second name" in answer
    young = TYPED | {"name": "Kit", "born_year": "2011"}
    assert (
        "They must be 16 or older"
        in own.post(address(person, "assistants/"), young).content.decode()
    )
    assert person.assistants.count() == 1


def test_a_change_of_pay_is_a_new_rate_and_a_mistake_can_be_taken_away(
    own: Client, person: Person, sam: Assistant, practitioner: User
) -> None:
    pay(sam, practitioner, pence=14_00, starts=date(2026, 10, 1))
    assert corner(person, date(2026, 9, 30)).costs[0].sentence.startswith("You pay Sam £13.00")
    assert corner(person, DAY).costs[0].sentence.startswith("You pay Sam £14.00")
    newest = sam.rates.latest("starts")
    assert own.post(address(person, f"pay/{newest.pk}/remove/")).status_code == 302
    assert corner(person, DAY).costs[0].sentence.startswith("You pay Sam £13.00")


def test_the_price_in_the_plan_is_held_against_the_cost(
    person: Person, sam: Assistant, practitioner: User, scheme_version: SchemeVersion
) -> None:
    hourly = CHOIR | {"unit": "hour", "unit_price": 14_00}
    plan = planned(person, scheme_version, practitioner, choir=hourly)
    assert price_of_an_hour(person) is None  # nothing is agreed yet
    SupportPlan.objects.filter(pk=plan.pk).update(status="agreed")
    assert price_of_an_hour(person) == 14_00
    check = next(each for each in corner(person, DAY).checks if each.code == "price")
    assert check.sentence.startswith("Your plan has £14.00 for an hour. An hour costs £16.40")


def test_an_assistant_of_somebody_else_cannot_be_reached(
    own: Client, person: Person, make_person: Callable[..., Person], practitioner: User
) -> None:
    theirs = actions.add_assistant(
        by=practitioner, at=NOW, person=make_person(), fields=SAM | {"name": "Alex"}
    )
    for rest in (f"assistants/{theirs.pk}/", f"assistants/{theirs.pk}/pay/",
                 f"assistants/{theirs.pk}/payslip/", f"pay/{theirs.pk}/remove/"):  # fmt: skip
        assert own.post(address(person, rest)).status_code == 404, rest


def test_the_database_refuses_what_no_payslip_can_say(sam: Assistant) -> None:
    for wrong in ({"gross": 100, "taken_off": 101}, {"gross": 1, "month": date(2026, 10, 2)}):
        values = {"month": date(2026, 10, 1)} | wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            PaySlip.objects.create(assistant=sam, **values)


@pytest.mark.parametrize(("born", "band"), [
    (date(2005, 11, 2), "21 or over"), (date(2005, 11, 3), "18 to 20"),
    (date(2009, 1, 1), "16 or 17"),
])  # fmt: skip
def test_only_the_band_of_age_is_shown(born: date, band: str) -> None:
    assert age_band(born, DAY) == band
    assert age_on(born, DAY) >= 16
