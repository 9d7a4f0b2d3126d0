"""Who set an account does not approve the first run that pays into it."""

from collections.abc import Collection

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.payments.checking import provider_accounts
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.payments.querysets import current_payees
from wherewithal.web.providers.models import ProviderAccount

MOST_NAMED = 5


def refuse_own_accounts(run: Run, payments: Collection[Payment], by: User) -> None:
    """Refuse whoever set an account that no approved run before this one paid into.

    Raises:
        NotNow: naming whose account they set.
    """
    own = {
        payment.pk: payment
        for payment, account in _accounts(payments)
        if account.added_by_id == by.pk
    }
    if not own:
        return
    known = _paid_before(run, own.values())
    names = sorted({_whose(each) for each in own.values() if _key(each) not in known})
    if names:
        more = f" and {len(names) - MOST_NAMED} more" if names[MOST_NAMED:] else ""
        raise NotNow(
            f"You set the account that is new in this run: {', '.join(names[:MOST_NAMED])}{more}."
            " So someone else needs to approve it."
        )


def _accounts(payments: Collection[Payment]) -> list[tuple[Payment, Payee | ProviderAccount]]:
    """Return each payment that sends money, with the account in use that it goes to."""
    payees, providers = current_payees(), provider_accounts(payments)
    found: list[tuple[Payment, Payee | ProviderAccount | None]] = [
        (
            each,
            payees.get((each.person_id, each.holding))
            if each.invoice is None
            else providers.get(each.invoice.provider_id),
        )
        for each in payments
        if each.net
    ]
    return [(payment, account) for payment, account in found if account is not None]


def _paid_before(run: Run, payments: Collection[Payment]) -> set[tuple[int, int, str, str]]:
    """Return whose accounts approved runs before this one paid into (one query)."""
    before = Payment.objects.filter(
        run__status__in=Run.DECIDED, cancelled=False, net__gt=0,
        account_number__in={each.account_number for each in payments},
    ).exclude(run=run)  # fmt: skip
    return {_key(each) for each in before.select_related("invoice")}


def _key(payment: Payment) -> tuple[int, int, str, str]:
    """Return whose account it is (a provider's, or else a person's), and which."""
    bill = payment.invoice
    whose = (0, payment.person_id) if bill is None else (bill.provider_id, 0)
    return (*whose, payment.sort_code, payment.account_number)


def _whose(payment: Payment) -> str:
    return payment.person.name if payment.invoice is None else str(payment.invoice.provider)
