"""The process is killed after every single statement of a payment run; nothing is lost or doubled.

Each step runs in a process of its own, which is killed without warning (SIGKILL) once it has
executed so many statements: one after the first, one after the second, and so on until it gets
through. Whoever comes next carries on from what the database holds, to the end.
"""

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from tests.integration.conftest import NOW
from tests.integration.emptying import empty_all_tables
from tests.integration.test_payments_runs import NOVEMBER, PAY_DAY, make_budget  # noqa: F401

from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.books.querysets import balance, prove
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions
from wherewithal.web.payments.models import Payment, Run, RunFile
from wherewithal.web.people.models import Person

ARRIVES = datetime(2026, 11, 13, 16, tzinfo=UTC)
NO_HOLIDAYS: frozenset[Any] = frozenset()
MOST_STATEMENTS = 200
Step = Callable[[Run | None], Run]


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep what is written, so that other processes see it; empty the tables afterwards."""
    with django_db_blocker.unblock():
        yield
        empty_all_tables()


@pytest.fixture
def steps(db: None, finance: User, make_user: Callable[..., User]) -> dict[str, Step]:
    """Return each step of a run, by the state that it leads to."""
    other = make_user(Role.FINANCE, "Finlay")

    def pk(run: Run | None) -> int:
        assert run is not None
        return run.pk

    return {
        "prepared": lambda _: actions.prepare_run(
            period=NOVEMBER, pay_on=PAY_DAY, by=finance, at=NOW
        ),
        "checked": lambda run: actions.check_run(
            run_id=pk(run), note="Looked.", by=finance, at=NOW
        ),
        "approved": lambda run: actions.approve_run(
            run_id=pk(run), by=other, at=NOW, holidays=NO_HOLIDAYS
        ),
        "released": lambda run: actions.release_run(
            run_id=pk(run), by=other, at=NOW, holidays=NO_HOLIDAYS
        ),
        "confirmed": lambda run: actions.confirm_run(run_id=pk(run), by=finance, at=ARRIVES),
    }


@pytest.fixture
def someone_due(
    steps: dict[str, Step], make_person: Callable[..., Person], finance: User,
    make_budget: Callable[..., Budget],  # noqa: F811
) -> Callable[[], Budget]:  # fmt: skip
    """Make one more person to whom £1,329.00 is due."""

    def make() -> Budget:
        person = make_person()
        actions.set_payee(
            person=person, holding="direct-payment", account_name="Ada Marlowbridge",
            sort_code="00-00-11", account_number=f"{20_000_000 + person.pk}", by=finance, at=NOW,
        )  # fmt: skip
        return make_budget(person, ("direct-payment", 41_500), contribution=8_275)

    return make


def was_killed(step: Step, run: Run | None, after: int) -> bool:
    """Do a step in a process that is killed after so many statements; say whether it was."""
    connections.close_all()
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    try:
        _forget_the_parents_connection()
        with connection.execute_wrapper(_killing(after)):
            step(run)
    except BaseException:
        traceback.print_exc()
    os._exit(0)


def _forget_the_parents_connection() -> None:
    """Let a forked process open its own: over a shared one, PostgreSQL would not see it die.

    Beside a browser's event loop the parent keeps one that ``close_all`` does not reach.
    """
    assert connections[DEFAULT_DB_ALIAS].vendor == "postgresql"  # made, if there was none
    del connections[DEFAULT_DB_ALIAS]


def _killing(after: int) -> Any:
    seen = 0

    def killing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        result = execute(sql, params, many, context)
        seen += 1
        if seen == after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return killing


def carry_on(steps: dict[str, Step], budget: Budget, *, until: str = "") -> Run | None:
    """Take the run of a budget on from wherever it stands, up to the state before ``until``."""
    found = Run.objects.filter(payments__budget=budget).first()
    order = list(steps)
    place = order.index(found.status) + 1 if found is not None else 0
    for state in order[place : order.index(until) if until else None]:
        found = steps[state](found)
    return found


def files_of(budget: Budget) -> dict[str, bytes]:
    kept = RunFile.objects.filter(run__payments__budget=budget)
    assert all(sha256(bytes(each.content)).hexdigest() == each.digest for each in kept)
    return {each.kind: bytes(each.content) for each in kept}


def all_is_well(budget: Budget, before: dict[str, bytes]) -> None:
    """One payment arrived, the books know each penny of it once, and its files are as they were."""
    payment = Payment.objects.select_related("run").get(budget=budget)
    assert (payment.state, payment.net, payment.run.status) == ("confirmed", 132_900, "confirmed")
    assert payment.run.count == 1
    files = files_of(budget)
    assert set(files) == {"standard18", "bureau", "pain001", "payments"}
    assert not before or files == before
    ref, late = budget.person.reference, NOVEMBER.end or NOVEMBER.start
    held = balance(Account(Kind.HELD, f"{ref}/direct-payment"), late)
    sent = balance(Account(Kind.SENT, str(payment.run_id)), late)
    assert (held, balance(Account(Kind.PAYABLE, ref), late), sent) == (166_000, 0, 0)
    said = AuditRow.objects.filter(detail__run=payment.run_id, verb__startswith="payment-run.")
    assert sorted(row.verb.split(".")[1] for row in said) == [
        "approved", "checked", "confirmed", "prepared", "released",
    ]  # fmt: skip


@pytest.mark.parametrize("killed", ["prepared", "checked", "approved", "released", "confirmed"])
def test_a_run_killed_after_any_statement_is_carried_on_and_pays_once(
    killed: str, steps: dict[str, Step], someone_due: Callable[[], Budget]
) -> None:
    statements = 0
    for after in range(1, MOST_STATEMENTS):
        budget = someone_due()
        run = carry_on(steps, budget, until=killed)
        went_on = not was_killed(steps[killed], run, after)
        before = files_of(budget)
        carry_on(steps, budget)
        all_is_well(budget, before)
        statements = after
        if went_on:
            break
    assert statements > 3, "the step was never killed"
    late = NOVEMBER.end or NOVEMBER.start
    assert prove(late).holds
    people = Payment.objects.filter(state="confirmed").count()
    assert balance(Account(Kind.FUNDING, "council"), late) == -132_900 * people


def test_what_was_sent_is_on_record_even_if_the_answer_never_reached_the_browser(
    steps: dict[str, Step], someone_due: Callable[[], Budget]
) -> None:
    budget = someone_due()
    run = carry_on(steps, budget, until="released")
    connections.close_all()
    child = os.fork()
    if not child:
        steps["released"](run)
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    before = files_of(budget)
    assert len(before) == 4
    carry_on(steps, budget)
    all_is_well(budget, before)
