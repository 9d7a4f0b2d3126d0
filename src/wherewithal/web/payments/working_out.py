"""What a run pays, and who is left out and why, from what stands at the moment."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own

from wherewithal.banking.credits import field
from wherewithal.ledger.schedule import span
from wherewithal.money import pounds
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.payments.one_offs import one_offs
from wherewithal.web.payments.owing import Owed, owed
from wherewithal.web.payments.querysets import current_payees
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.providers.models import ProviderAccount, Refund
from wherewithal.web.providers.querysets import ToPay, invoices_to_pay
from wherewithal.web.providers.refunds import sentence

LeftOut = dict[str, str]
Payees = Mapping[tuple[int, str], Payee]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The payments of a run, not yet stored, and who is left out: reference, name, why."""

    payments: list[Payment]
    left_out: list[LeftOut]


def why_not(budget: Budget, holding: str, payee: Payee | None) -> str:
    """Say what keeps a share of a budget from being paid, or nothing."""
    if budget.person.date_of_death is not None and budget.status == Budget.Status.SIGNED_OFF:
        return "They have died. A manager ends the budget first, with its last day."
    if budget.statement_on is None:
        return "The personal budget statement has not been given yet."
    if holding == PlanLine.Holding.DIRECT_PAYMENT and budget.agreement_on is None:
        return "The direct payment agreement is not signed yet."
    if payee is None:
        return "There is no account to pay into yet."
    if payee.doubt:
        return f"Money came back from the account: {payee.doubt}"
    return ""


def worked_out(run: Run) -> WorkedOut:
    """Return what a run pays, and who is left out and why, from what stands now."""
    payees = current_payees()
    if run.kind == Run.Kind.ONE_OFFS:
        return _own(run, one_offs(run.period.upper, before=run.id), payees)
    own = _own(run, owed(run.period.upper, before=run.id), payees)
    others = (_bills(run), _refunds(run, payees))
    return WorkedOut(
        own.payments + [each for found in others for each in found.payments],
        own.left_out + [each for found in others for each in found.left_out],
    )


def _own(run: Run, sums: Iterable[Owed], payees: Payees) -> WorkedOut:
    """Return the payments of what is owed to people, and whose papers or account are missing."""
    payments: list[Payment] = []
    left_out: list[LeftOut] = []
    for each in sums:
        person = each.budget.person
        payee = payees.get((person.id, each.holding))
        why = why_not(each.budget, each.holding, payee)
        if payee is None or why:
            gone = {"ref": person.reference, "name": person.name, "why": why}
            left_out += [gone] if gone not in left_out[-3:] else []
        else:
            payments.append(payment_of(run, each, payee))
    return WorkedOut(payments, left_out)


def _bills(run: Run) -> WorkedOut:
    """Return the approved bills of providers that no run before this one pays."""
    held = Payment.objects.standing().filter(invoice__isnull=False, run_id__lt=run.id)
    before = set(held.values_list("invoice_id", flat=True))
    payments: list[Payment] = []
    left_out: list[LeftOut] = []
    for bill in invoices_to_pay(run.period.upper):
        if bill.invoice.pk in before:
            continue
        why = _why_no_bill(bill)
        if bill.account is None or why:
            left_out.append({"ref": bill.person.reference, "name": bill.person.name, "why": why})
        else:
            payments.append(_bill_payment(run, bill, bill.account))
    return WorkedOut(payments, left_out)


def _why_no_bill(bill: ToPay) -> str:
    """Say what keeps a bill from being paid, or nothing."""
    if bill.account is None:
        return f"{bill.provider} has no account to pay bill {bill.invoice} into yet."
    if bill.account.doubt:
        return (
            f"Money came back from the account of {bill.provider}, so bill {bill.invoice} waits:"
            f" {bill.account.doubt}"
        )
    return ""


def _refunds(run: Run, payees: Payees) -> WorkedOut:
    """Return what is given back to people of bills that were too high, and in no run before."""
    held = Payment.objects.standing().filter(refund__isnull=False, run_id__lt=run.id)
    waiting = Refund.objects.filter(pence__gt=0).exclude(pk__in=held.values("refund"))
    payments: list[Payment] = []
    left_out: list[LeftOut] = []
    for refund in waiting.select_related("budget__person"):
        person = refund.budget.person
        payee = payees.get((person.pk, PlanLine.Holding.COUNCIL_MANAGED))
        if payee is None or payee.doubt:
            why = (
                f"Money came back from the account: {payee.doubt}" if payee is not None
                else "There is no account of their own to give money back into yet."
            )  # fmt: skip
            left_out.append({"ref": person.reference, "name": person.name, "why": why})
        else:
            payments.append(_refund_payment(run, refund, payee))
    return WorkedOut(payments, left_out)


def _refund_payment(run: Run, refund: Refund, payee: Payee) -> Payment:
    period = refund.budget.period
    told = f"{sentence(refund)} {refund.reason}"
    return Payment(
        run=run, budget=refund.budget, person=refund.budget.person, refund=refund,
        holding=PlanLine.Holding.COUNCIL_MANAGED, period=DateRange(period.lower, period.upper),
        gross=0, contribution=0, adjustment=refund.pence, net=refund.pence,
        parts=[{"what": "refund", "pence": refund.pence, "why": told}],
        account_name=payee.account_name, sort_code=payee.sort_code,
        account_number=payee.account_number,
        reference=f"REFUND {refund.budget.person.reference}", sentence=told,
    )  # fmt: skip


def _bill_payment(run: Run, bill: ToPay, account: ProviderAccount) -> Payment:
    return Payment(
        run=run, budget=bill.line.budget, person=bill.person, invoice=bill.invoice,
        holding=PlanLine.Holding.COUNCIL_MANAGED,
        period=DateRange(bill.period.start, bill.period.end), gross=bill.pence, contribution=0,
        adjustment=0, net=bill.pence, account_name=account.account_name,
        sort_code=account.sort_code, account_number=account.account_number,
        reference=field(f"BILL {bill.invoice.number}"),
        sentence=f"Bill {bill.invoice} of {bill.provider}, {span(bill.period)}:"
        f" {pounds(bill.pence)}.",
    )  # fmt: skip


def payment_of(run: Run, each: Owed, payee: Payee) -> Payment:
    """Return a payment, not yet stored, of what is owed to an account."""
    period = each.period
    return Payment(
        run=run, budget=each.budget, person=each.budget.person, holding=each.holding,
        period=DateRange(period.start, period.end), gross=each.gross,
        contribution=each.contribution, adjustment=each.adjustment,
        adjustment_contribution=each.adjustment_contribution, net=each.net,
        parts=list(each.parts), account_name=payee.account_name, sort_code=payee.sort_code,
        account_number=payee.account_number,
        reference=f"SUPPORT {each.budget.person.reference}", sentence=each.sentence,
    )  # fmt: skip


def refuse_what_changed(run: Run, payments: Collection[Payment]) -> None:
    """Refuse a run whose budgets, papers or accounts are no longer as they were.

    Raises:
        NotNow: naming whose.
    """
    if run.kind == Run.Kind.EMERGENCY:
        now = {_facts(payment) for payment in payments if _still_payable(payment)}
    else:
        now = {_facts(payment) for payment in worked_out(run).payments}
    changed = sorted({each.person.name for each in payments if _facts(each) not in now})
    if changed:
        names = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if changed[5:] else "")
        raise NotNow(
            f"Since this run was prepared, a budget, an agreement or an account changed: {names}."
            " Cancel this run and prepare it again."
        )


def _still_payable(payment: Payment) -> bool:
    """Say whether the papers are there and the account is the one in use."""
    payee = current_payees().get((payment.person_id, payment.holding))
    if payee is None or why_not(payment.budget, payment.holding, payee):
        return False
    return (payee.sort_code, payee.account_number) == (payment.sort_code, payment.account_number)


def _facts(payment: Payment) -> tuple[object, ...]:
    return (
        payment.budget_id, payment.holding, payment.period.lower, payment.period.upper,
        payment.gross, payment.contribution, payment.adjustment,
        payment.adjustment_contribution, payment.account_name,
        payment.sort_code, payment.account_number, payment.invoice_id, payment.refund_id,
    )  # fmt: skip
