"""A run of 5,000 direct payments and more: how long each step takes, and how much memory."""

import os
import resource
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

PEOPLE, AT_LEAST = 24_000, 5_000
MOST_SECONDS, MOST_MEGABYTES = 10, 300
DATABASE = "wherewithal_bench_run"


def measure() -> None:
    """Print the seconds and the peak memory beyond the base of each step of one run."""
    os.environ |= {
        "WHEREWITHAL_MODE": "trial", "DJANGO_SETTINGS_MODULE": "wherewithal.web.config.settings",
    }  # fmt: skip
    from wherewithal.web.config import postgres

    server = postgres.join(Path(".local/bench").absolute())
    os.environ["DATABASE_URL"] = server.ensure_database(DATABASE)
    try:
        _prepare()
        _steps()
    finally:
        server.leave()


def _prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    connections.close_all()
    child = os.fork()  # loading takes memory that must not count as the base
    if not child:
        try:
            _load()
        finally:
            connections.close_all()
            os._exit(0)
    os.waitpid(child, 0)


def _load() -> None:
    from wherewithal.web.config import loading

    if loading.is_empty():
        begun = time.perf_counter()
        loading.make_and_load(people=PEOPLE, seed=1)
        print(
            f"Making and loading {PEOPLE:,} people: {time.perf_counter() - begun:.1f} s", flush=True
        )


def _steps() -> None:
    """Take one run from prepared to confirmed; nothing is kept, so that it can be run again."""
    from django.db import transaction

    from wherewithal.dates import Period
    from wherewithal.web.accounts.models import User
    from wherewithal.web.payments import actions
    from wherewithal.web.payments.calendar import bank_holidays
    from wherewithal.web.payments.files import processing_day
    from wherewithal.web.payments.models import Payment, Run

    last = Payment.objects.order_by("-period").values_list("period", flat=True)[0].upper
    period = Period(last, last + timedelta(weeks=4))
    pay_on, holidays = processing_day(last, bank_holidays()), bank_holidays()
    at = datetime.combine(pay_on - timedelta(days=7), clock(10)).astimezone()
    maker, other = (User.objects.get(username=f"trial-{name}") for name in ("finance", "finance-2"))
    print(f"{'step':<12}{'seconds':>9}{'of processor':>14}{'MB beyond the base':>21}")
    with transaction.atomic():
        run: Run = _timed("prepare", lambda: actions.prepare_run(
            period=period, pay_on=pay_on, by=maker, at=at
        ))  # fmt: skip
        stamp: dict[str, Any] = {"run_id": run.pk, "at": at}
        _timed("check", lambda: actions.check_run(note="Looked into.", by=maker, **stamp))
        _timed("approve", lambda: actions.approve_run(by=other, holidays=holidays, **stamp))
        _timed("release", lambda: actions.release_run(by=other, holidays=holidays, **stamp))
        later = {**stamp, "at": at + timedelta(days=14)}
        _timed("confirm", lambda: actions.confirm_run(by=maker, **later))
        print(f"{run.count:,} payments, {len(run.left_out):,} left out.")
        transaction.set_rollback(True)
    if run.count < AT_LEAST:
        print(f"Fewer than {AT_LEAST:,}: make more people.")


def _timed(step: str, do: Callable[[], Any]) -> Any:
    before, begun, worked = _peak(), time.perf_counter(), time.process_time()
    done = do()
    took, more = time.perf_counter() - begun, _peak() - before
    worked = time.process_time() - worked
    over = "" if took <= MOST_SECONDS and more <= MOST_MEGABYTES else "  above what is allowed"
    print(f"{step:<12}{took:>9.2f}{worked:>14.2f}{more:>21.0f}{over}")
    return done


def _peak() -> float:
    """Return the most memory this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
