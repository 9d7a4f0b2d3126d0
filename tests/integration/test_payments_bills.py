"""A run pays the approved bills of providers, once, beside what people are owed."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    approve,
    make_budget,
    prepare,
    release,
)
from tests.integration.test_providers_bills import (  # noqa: F401  fixtures
    bill,
    managed,
    provider,
)

from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.querysets import balance, prove
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions, answers
from wherewithal.web.payments.checking import checks_of
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.people.models import Person
from wherewithal.web.providers import actions as bills
from wherewithal.web.providers.accounts import accounts_in_doubt, set_account, trust_account
from wherewithal.web.providers.models import Invoice, Provider, ProviderAccount

LATE = date(2030, 1, 1)
ARRIVES = datetime(2026, 11, 13, 16, tzinfo=UTC)


@pytest.fixture
def owed_bill(
    provider: Provider, person: Person, managed: Budget, finance: User  # noqa: F811
) -> Invoice:  # fmt: skip
    made = bill(provider, person, finance)
    bills.approve(invoices=[made.pk], by=finance, at=ARRIVES)
    return made


def left(provider: Provider) -> int:  # noqa: F811
    assert prove(LATE).holds
    return balance(Account(Kind.PROVIDER, str(provider.pk)), LATE)


def test_an_approved_bill_goes_out_with_the_run_and_into_the_books(
    owed_bill: Invoice, provider: Provider, finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    assert left(provider) == -56_000
    run = release(prepare(finance), make_user(Role.FINANCE))
    payment = run.payments.get()
    assert (payment.invoice, payment.net, payment.account_number) == (owed_bill, 56_000, "87654321")
    owed_bill.refresh_from_db()
    assert (owed_bill.status, left(provider)) == ("paid", 0)
    actions.confirm_run(run_id=run.pk, by=finance, at=ARRIVES)
    assert balance(Account(Kind.FUNDING, "council"), LATE) == -56_000


def test_a_bill_is_in_one_run_only_and_in_the_next_where_that_is_cancelled(
    owed_bill: Invoice, finance: User
) -> None:
    run = prepare(finance)
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare(finance)
    actions.cancel_run(run_id=run.pk, reason="Too soon.", by=finance, at=ARRIVES)
    assert prepare(finance).payments.get().invoice == owed_bill


def sent_back(run: Run, by: User, *, account_in_doubt: bool = True) -> None:
    said = answers.Said(
        Payment.State.RETURNED, date(2026, 11, 13), "AC04", "it is closed", account_in_doubt
    )
    answers.record_answer(payment_id=run.payments.get().pk, said=said, by=by, at=ARRIVES)


def test_a_bill_whose_money_came_back_is_owed_again(
    owed_bill: Invoice, provider: Provider, finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    sent_back(release(prepare(finance), make_user(Role.FINANCE)), finance, account_in_doubt=False)
    owed_bill.refresh_from_db()
    assert (owed_bill.status, left(provider)) == ("approved", -56_000)
    assert prepare(finance).total == 56_000


def test_nothing_is_sent_to_an_account_that_money_came_back_from_until_it_is_trusted_again(
    owed_bill: Invoice, provider: Provider, finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    sent_back(release(prepare(finance), make_user(Role.FINANCE)), finance)
    account = provider.accounts.get()
    assert account.doubt == "it is closed."
    with pytest.raises(NotNow, match=r"account of Harbour Home Care.*it is closed"):
        prepare(finance)
    trust_account(account_id=account.pk, reason="They read it out.", by=finance, at=ARRIVES)
    row = AuditRow.objects.get(verb="provider.account-trusted")
    assert (row.by, row.at) == (finance, ARRIVES)
    assert "They read it out." in row.summary
    with pytest.raises(NotNow, match="Nothing is held"):
        trust_account(account_id=account.pk, reason="Again.", by=finance, at=ARRIVES)
    assert prepare(finance).payments.get().invoice == owed_bill


def test_a_new_account_of_a_provider_is_not_in_doubt(
    owed_bill: Invoice, provider: Provider, finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    sent_back(release(prepare(finance), make_user(Role.FINANCE)), finance)
    set_account(
        provider=provider, account_name="Harbour", sort_code="00-00-23",
        account_number="11112222", by=finance, at=ARRIVES,
    )  # fmt: skip
    assert accounts_in_doubt() == []
    assert prepare(finance).payments.get().account_number == "11112222"


def test_an_answer_about_an_old_account_says_nothing_of_the_new_one(
    owed_bill: Invoice, provider: Provider, finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    run = release(prepare(finance), make_user(Role.FINANCE))
    set_account(
        provider=provider, account_name="Harbour", sort_code="00-00-23",
        account_number="11112222", by=finance, at=ARRIVES,
    )  # fmt: skip
    sent_back(run, finance)
    assert accounts_in_doubt() == []


def test_the_pages_name_the_account_in_doubt_and_take_the_word_of_who_checked_it(
    owed_bill: Invoice, provider: Provider, finance: User,  # noqa: F811
    make_user: Callable[..., User], signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    sent_back(release(prepare(finance), make_user(Role.FINANCE)), finance)
    staff, account = signed_in(finance), provider.accounts.get()
    for place in ("payments:came-back", "providers:providers", "providers:bills"):
        page = staff.get(reverse(place)).content.decode()
        assert "Harbour Home Care" in page
        assert "ame back" in page
    assert "Everybody has been told." in staff.get(reverse("payments:came-back")).content.decode()
    address = reverse("providers:trust", args=[account.pk])
    assert "it is closed." in staff.get(address).content.decode()
    assert "Say how you know" in staff.post(address, {"reason": ""}).content.decode()
    assert staff.post(address, {"reason": "Rang them."}).status_code == 302
    assert "In doubt" not in staff.get(reverse("providers:providers")).content.decode()


def test_a_provider_without_an_account_is_named(owed_bill: Invoice, finance: User) -> None:
    ProviderAccount.objects.update(ended_at=ARRIVES)
    with pytest.raises(NotNow, match="Harbour Home Care has no account"):
        prepare(finance)


def test_the_new_account_of_a_provider_is_looked_at_before_money_goes_there(
    owed_bill: Invoice, provider: Provider, finance: User  # noqa: F811
) -> None:  # fmt: skip
    ProviderAccount.objects.update(added_at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    old = prepare(finance)
    assert not named(old, "account")
    actions.cancel_run(run_id=old.pk, reason="Again.", by=finance, at=ARRIVES)
    set_account(
        provider=provider, account_name="Another", sort_code="00-00-23",
        account_number="11112222", by=finance, at=ARRIVES,
    )  # fmt: skip
    assert named(prepare(finance), "account") == ["In use since 13 November 2026: ending 2222."]


def named(run: Run, key: str) -> list[str]:
    return [one.seen for check in checks_of(run) if check.key == key for one in check.found]


def test_a_run_is_not_approved_once_a_provider_is_paid_elsewhere(
    owed_bill: Invoice, provider: Provider, finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    run = prepare(finance)
    set_account(
        provider=provider, account_name="Another", sort_code="00-00-23",
        account_number="11112222", by=finance, at=ARRIVES,
    )  # fmt: skip
    with pytest.raises(NotNow, match="changed: Ada Marlowbridge"):
        approve(run, make_user(Role.FINANCE))
