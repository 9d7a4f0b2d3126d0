"""Where providers are paid: an account set, in doubt since money came back, and trusted again."""

from datetime import datetime

from django.db import transaction

from wherewithal.banking.credits import check_account, digits, field
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.providers.models import Provider, ProviderAccount


@transaction.atomic
def set_account(
    *, provider: Provider, account_name: str, sort_code: str, account_number: str, by: User,
    at: datetime,
) -> ProviderAccount:  # fmt: skip
    """Pay a provider into this account from now on; the account before it is kept.

    Raises:
        ValueError: the account cannot be paid; the message says which value and why.
    """
    sort_code, account_number = digits(sort_code), digits(account_number)
    check_account(sort_code, account_number, f"for {account_name!r}")
    if not field(account_name):
        raise ValueError("Enter the name on the account as the bank writes it.")
    Provider.objects.select_for_update().get(pk=provider.pk)
    provider.accounts.filter(ended_at__isnull=True).update(ended_at=at)
    made = ProviderAccount.objects.create(
        provider=provider, account_name=account_name, sort_code=sort_code,
        account_number=account_number, added_at=at, added_by=by,
    )  # fmt: skip
    record(
        by=by, at=at, verb="provider.account-changed", provider=provider.pk,
        summary=f"{provider} is now paid into the account of {made}.",
    )  # fmt: skip
    return made


def provider_in_doubt(*, provider: int, words: str, sort_code: str, account_number: str) -> None:
    """Flag the account in use, where it is still the one that the money came back from."""
    ProviderAccount.objects.filter(
        provider=provider, sort_code=sort_code, account_number=account_number,
        ended_at__isnull=True,
    ).update(doubt=words)  # fmt: skip


def accounts_in_doubt() -> list[ProviderAccount]:
    """Return the accounts in use from which money came back, by the provider's name."""
    found = ProviderAccount.objects.filter(ended_at__isnull=True).exclude(doubt="")
    return list(found.select_related("provider").order_by("provider__name"))


@transaction.atomic
def trust_account(*, account_id: int, reason: str, by: User, at: datetime) -> ProviderAccount:
    """Say that an account from which money came back is right after all, and why.

    Raises:
        NotNow: nothing is held against it.
    """
    rows = ProviderAccount.objects.select_for_update(of=["self"]).select_related("provider")
    account = rows.get(pk=account_id)
    if not account.doubt:
        raise NotNow("Nothing is held against this account.")
    account.doubt = ""
    account.save(update_fields=["doubt"])
    record(
        by=by, at=at, verb="provider.account-trusted", provider=account.provider_id,
        summary=f"The account of {account.provider} ({account}) was checked and is right: {reason}",
    )  # fmt: skip
    return account
