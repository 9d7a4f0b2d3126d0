"""What a run pays, and who is left out and why, from what stands at the moment."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own

from wherewithal.dates import Period
from wherewithal.ledger.schedule import due
from wherewithal.money import pounds
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments.beyond import Beyond, left_to_pay, paid_beyond
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.payments.querysets import Share, current_payees, shares_to_pay
from wherewithal.web.plans.models import PlanLine

LeftOut = dict[str, str]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The payments of a run, not yet stored, and who is left out: reference, name, why."""

    payments: list[Payment]
    left_out: list[LeftOut]


def why_not(budget: Budget, holding: str, payee: Payee | None) -> str:
    """Say what keeps a share of a budget from being paid, or nothing."""
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
    payees, beyond = current_payees(), paid_beyond(run.id)
    payments: list[Payment] = []
    left_out: list[LeftOut] = []
    for share in shares_to_pay(run.period.upper, before=run.id):
        person = share.budget.person
        payee = payees.get((person.id, share.holding))
        already = beyond.get((person.id, share.holding), [])
        made, too_much = _payments(run, share, payee, already)
        why = why_not(share.budget, share.holding, payee) if made else ""
        payments += [] if why else made
        if too_much:
            over = f"{pounds(too_much)} more was paid in advance than is due now."
            why = f"{why} {over} Settle it by hand.".strip()
        if why:
            left_out.append({"ref": person.reference, "name": person.name, "why": why})
    return WorkedOut(payments, left_out)


def refuse_what_changed(run: Run, payments: Iterable[Payment]) -> None:
    """Refuse a run whose budgets, papers or accounts are no longer as they were.

    Raises:
        NotNow: naming whose.
    """
    now = {_facts(payment) for payment in worked_out(run).payments}
    changed = sorted({each.person.name for each in payments if _facts(each) not in now})
    if changed:
        names = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if changed[5:] else "")
        raise NotNow(
            f"Since this run was prepared, a budget, an agreement or an account changed: {names}."
            " Cancel this run and prepare it again."
        )


def _facts(payment: Payment) -> tuple[object, ...]:
    return (
        payment.budget_id, payment.holding, payment.period.lower, payment.period.upper,
        payment.gross, payment.contribution, payment.adjustment, payment.account_name,
        payment.sort_code, payment.account_number,
    )  # fmt: skip


def _payments(
    run: Run, share: Share, payee: Payee | None, already: list[Beyond]
) -> tuple[list[Payment], int]:
    """Return one share's payments, and pence paid in advance beyond what is due now."""
    window = share.window(run.period.upper)
    if window is None:
        return [], 0
    made, too_much = [], 0
    weeks = max(1, (run.period.upper - run.period.lower).days // 7)
    for each in due(share.pieces, anchor=run.period.lower, weeks_each=weeks, window=window):
        first, last = each.parts[0].period.start, each.parts[-1].period.end or window.start
        one_off = share.one_off if first == share.period.start else 0
        once = f" Plus {pounds(one_off)}, paid once." if one_off else ""
        days = Period(first, last)
        left = left_to_pay(each.gross + one_off, each.contribution, days, already)
        too_much += left.too_much
        if left.net == 0:
            continue
        made.append(Payment(
            run=run, budget=share.budget, person=share.budget.person, holding=share.holding,
            period=DateRange(first, last), gross=left.gross, contribution=left.contribution,
            net=left.net, account_name=payee.account_name if payee else "",
            sort_code=payee.sort_code if payee else "",
            account_number=payee.account_number if payee else "",
            reference=f"SUPPORT {share.budget.person.reference}",
            sentence=each.sentence + once + left.sentence,
        ))  # fmt: skip
    return made, too_much
