"""100,000 lines of each format from file to matched ledger in PostgreSQL, in one program each."""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bench.statement_files import LINES, PAYEES, write
from bench.statements import FOLDER, OURS, peers, timed

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
DATABASE = "wherewithal_bench_statements"


def measure() -> None:
    """Print how long each format takes to the books, beside what peers take to read."""
    closing = write(FOLDER)
    _with_database(_prepare)
    print(f"\n{LINES:,} bank statement lines, from file to matched ledger in PostgreSQL")
    print(f"{'format':<12}{'s':>7}{'lines a second':>16}{'peak MB':>9}  balance agrees")
    for form, name in OURS.items():
        command = [sys.executable, "-m", "bench.statement_ledger", str(FOLDER / name)]
        whole, megabytes, code, said = timed(command)
        if code:
            sys.exit(f"{form} could not be read into the books. It said:\n{said}")
        seconds, agrees = float(said.split()[0]), said.split()[1] == str(closing)
        print(f"{form:<12}{seconds:>7.2f}{LINES / seconds:>16,.0f}{megabytes:>9.0f}"
              f"  {'yes' if agrees else 'NO'} (with starting Python: {whole:.2f} s)")  # fmt: skip
    print("peers, in the same run, merely to read them")
    for run in peers(closing):
        print(f"{run.reader:<12}{run.seconds:>7.2f}{LINES / run.seconds:>16,.0f}"
              f"{run.megabytes:>9.0f}  {'yes' if run.agrees else 'NO'} ({run.file})")  # fmt: skip


def read(path: Path) -> None:
    """Read a file into an account of its own; print seconds and the balance after it."""
    from wherewithal.web.accounts.models import User
    from wherewithal.web.people.models import Person
    from wherewithal.web.statements.importing import import_statement
    from wherewithal.web.statements.models import Line

    person = Person.objects.get(reference=_reference(path.name))
    by = User.objects.get(username="bench")
    begun = time.perf_counter()
    with path.open("rb") as data:
        found = import_statement(
            person=person, holding="direct-payment", data=data, name=path.name, by=by, at=NOW
        )
    taken = time.perf_counter() - begun
    if (found.new, Line.objects.filter(person=person, in_books=True).count()) != (LINES, LINES):
        sys.exit("Some lines did not reach the books.")
    print(f"{taken:.2f} {_balance(person.reference)}")


def _balance(reference: str) -> int:
    """Return what the account opened with and everything the books moved in and out of it."""
    from wherewithal.ledger.entries import Account, Kind
    from wherewithal.web.books import querysets

    held = querysets.balance(Account(Kind.HELD, f"{reference}/direct-payment"), date(2030, 1, 1))
    return 100_000 + held


def _prepare() -> None:
    """Make an empty database with one person for each format, whose payees are all known."""
    from django.core.management import call_command
    from django.db import connection

    from wherewithal.web.accounts.models import User

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    by = User.objects.create_user("bench", role="finance")
    for name in OURS.values():
        _person(_reference(name), by)


def _person(reference: str, by: object) -> None:
    from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own

    from wherewithal.monitoring.payee_names import payee_key
    from wherewithal.scheme import packaged
    from wherewithal.web.assessments.models import Assessment
    from wherewithal.web.budgets.models import Budget, BudgetLine
    from wherewithal.web.people.models import Person
    from wherewithal.web.plans.models import SupportPlan
    from wherewithal.web.policy.models import SchemeVersion
    from wherewithal.web.statements.models import PayeeRule

    scheme = packaged("standard-adult")
    version, _ = SchemeVersion.objects.get_or_create(
        code="standard-adult", version=scheme.version, title=scheme.title, document="",
        hash=scheme.hash,
    )  # fmt: skip
    person = Person.objects.create(
        reference=reference, given_name="Bench", family_name="Mark", date_of_birth=date(1950, 1, 1),
        known_since=date(2026, 4, 1),
    )  # fmt: skip
    assessment = Assessment.objects.create(person=person, scheme=version, started_at=NOW)
    plan = SupportPlan.objects.create(person=person, assessment=assessment, started_at=NOW)
    budget = Budget.objects.create(
        person=person, plan=plan, status="signed-off", cost=40_000, proposed_at=NOW,
        period=DateRange(date(2026, 4, 6), None),
    )  # fmt: skip
    lines = [
        BudgetLine.objects.create(
            budget=budget, what=f"Part {number}", weekly=10_000, holding="direct-payment"
        )
        for number in range(4)
    ]
    PayeeRule.objects.bulk_create(
        PayeeRule(
            person=person, payee=payee_key(f"{payee} REF 1"), incoming=incoming,
            meaning="refund" if incoming else "spent", budget_line=lines[number % 4], learnt_at=NOW,
        )
        for number, payee in enumerate({payee_key(payee): payee for payee in PAYEES}.values())
        for incoming in (False, True)
    )  # fmt: skip


def _reference(name: str) -> str:
    return f"WW{900 + list(OURS.values()).index(name):06}"


def _with_database(do: Callable[[], None]) -> None:
    os.environ |= {"WHEREWITHAL_MODE": "trial", "DJANGO_SETTINGS_MODULE": "bench.settings"}
    from wherewithal.web.config import postgres

    server = postgres.join(Path(".local/bench").absolute())
    os.environ["DATABASE_URL"] = server.ensure_database(DATABASE)
    try:
        import django

        django.setup()
        do()
    finally:
        server.leave()


if __name__ == "__main__":
    _with_database(lambda: read(Path(sys.argv[1])))
