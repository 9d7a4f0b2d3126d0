"""Who set an account does not approve the first run that pays into it, and the person is told."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.integration.conftest import NOW
from tests.integration.test_payments_bills import owed_bill  # noqa: F401  fixtures
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    NOVEMBER,
    PAY_DAY,
    approve,
    make_budget,
    payable,
    prepare,
)
from tests.integration.test_providers_bills import managed, provider  # noqa: F401  fixtures

from wherewithal.dates import Period
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions
from wherewithal.web.payments.models import Payee, Run
from wherewithal.web.people.models import Person
from wherewithal.web.providers.models import Invoice


def approved(run: Run, by: User) -> Run:
    return actions.approve_run(run_id=run.pk, by=by, at=NOW, holidays=frozenset())


def test_who_set_a_person_s_account_does_not_approve_the_first_run_into_it(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    second, third = make_user(Role.FINANCE), make_user(Role.FINANCE)
    run = prepare(second)
    with pytest.raises(NotNow, match="You set the account that is new in this run: Ada Marlowb"):
        approve(run, finance)
    assert approved(run, third).approved_by == third


def test_once_another_approved_a_run_into_it_they_may_approve_the_next(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    second, third = make_user(Role.FINANCE), make_user(Role.FINANCE)
    approve(prepare(second), third)
    following = Period(NOVEMBER.end or PAY_DAY, date(2027, 1, 11))
    later = prepare(second, following)
    assert approve(later, finance).approved_by == finance


def test_who_set_a_provider_s_account_does_not_approve_the_first_run_into_it(
    owed_bill: Invoice, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    second, third = make_user(Role.FINANCE), make_user(Role.FINANCE)
    run = prepare(second)
    with pytest.raises(NotNow, match=f"new in this run: {owed_bill.provider}"):
        approve(run, finance)
    assert approved(run, third).approved_by == third


def test_a_practitioner_does_not_say_where_money_goes(
    person: Person, practitioner: User, manager: User, signed_in: Callable[[User], Client]
) -> None:
    address = reverse("money:account", args=[person.reference])
    mine = reverse("money:mine", args=[person.reference])
    assert signed_in(practitioner).get(address).status_code in {403, 404}
    assert address not in signed_in(practitioner).get(mine).content.decode()
    assert signed_in(manager).get(address).status_code == 200


def test_the_person_reads_for_four_weeks_that_their_account_was_set(
    person: Person, payable: Budget, finance: User,  # noqa: F811
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    assert person.user is not None
    mine = reverse("money:mine", args=[person.reference])
    told = "If that is not right, ring us today."
    for ago, number in ((30, "11112222"), (1, "33334444")):
        actions.set_payee(
            person=person, holding="direct-payment", account_name="Ada Marlowbridge",
            sort_code="000011", account_number=number, by=finance,
            at=timezone.now() - timedelta(days=ago),
        )  # fmt: skip
        page = signed_in(person.user).get(mine).content.decode()
        assert (told in page, f"ending {number[-4:]}" in page) == (
            ago == 1, True,
        )  # fmt: skip


WHOSE = [  # holding | said | kept, or what is said against it
    ("direct-payment", "", "person"),
    ("direct-payment", "nominee", "nominee"),
    ("direct-payment", "managed-account", "managed-account"),
    ("third-party", "", "managed-account"),
    ("isf", "", "isf-holder"),
    ("trust", "", "trust"),
    ("trust", "person", "Somebody else holds this money"),
]


@pytest.mark.parametrize(("holding", "said", "kept"), WHOSE)
def test_whose_account_it_is_is_kept_with_it_and_read_by_the_person(
    holding: str, said: str, kept: str, payable: Budget, finance: User,  # noqa: F811
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    """A managed account is shared by many: the checks of a run must know it from a person's."""
    page = signed_in(finance).post(
        reverse("money:account", args=[payable.person.reference]),
        {"holding": holding, "kind": said, "account_name": "QUAY TRUSTEES", "sort_code": "000011",
         "account_number": "87654321"}, follow=True,
    ).content.decode()  # fmt: skip
    if " " in kept:
        assert kept in page
        assert not Payee.objects.filter(account_name="QUAY TRUSTEES").exists()
        return
    payee = Payee.objects.get(account_name="QUAY TRUSTEES")
    assert payee.kind == kept
    if kept != "person":
        assert f"QUAY TRUSTEES ({payee.get_kind_display().lower()})" in page
