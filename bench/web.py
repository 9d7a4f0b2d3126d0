"""Pages at 30,000 people with history: queries, processor time, and time at 16 clients.

A machine that is busy with something else makes every percentile longer: compare a page with the
static page and with Django's admin in the same run, or by what it costs alone.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

CLIENTS, WORKERS, SECONDS, PEOPLE = 16, 2, 10, 30_000
PORT = 8765
LONGEST_START = 60
FOR_FINANCE = (
    ("the money of today", "/money/"),
    ("accounts to look at", "/checks/"),
    ("statements to look at", "/statements/"),
    ("bills from providers", "/bills/"),
    ("pauses", "/pauses/"),
    ("last sums", "/last-sums/"),
    ("charges", "/charges/"),
    ("payment runs", "/payments/"),
    ("whose money is late", "/payments/late/"),
    ("the books", "/books/"),
)
"""What a few officers of finance open each day, about everybody: label and address."""
TIMES = 20
"""How often a page is opened alone, for the processor time of one."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page to measure, and the role that opens it."""

    label: str
    path: str
    username: str


def measure() -> None:
    """Print one row per page: requests a second, percentiles, queries."""
    if shutil.which("wrk") is None:
        sys.exit("The page benchmark drives wrk. On Debian: sudo apt-get install wrk")
    os.environ |= {"WHEREWITHAL_MODE": "trial", "DJANGO_SETTINGS_MODULE": "bench.settings"}
    from wherewithal.web.config import postgres

    server = postgres.join(Path(".local/bench").absolute())
    os.environ["DATABASE_URL"] = server.ensure_database("wherewithal_bench")
    try:
        pages = _prepare()
        finance = [Page(label, path, "trial-finance") for label, path in FOR_FINANCE]
        alone = {page: _alone(page) for page in (*pages, *finance)}
        cookies = {page: _cookie(page) for page in pages}
        _close()
        with _serving():
            print(f"\n{CLIENTS} clients, {WORKERS} workers, {PEOPLE:,} people, {SECONDS} s each")
            print(f"{'page':<34}{'req/s':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}"
                  f"{'queries':>9}{'CPU ms':>8}")  # fmt: skip
            for page in pages:
                rate, half, most, nearly, failed = _drive(page, cookies[page])
                note = f"  {failed} FAILED" if failed else ""
                queries, processor, _ = alone[page]
                print(f"{page.label:<34}{rate:>8.0f}{half:>9.1f}{most:>9.1f}{nearly:>9.1f}"
                      f"{queries:>9}{processor:>8.1f}{note}")  # fmt: skip
        print(f"\n{'opened alone, by finance':<34}{'ms':>8}{'queries':>9}{'CPU ms':>8}")
        for page in finance:
            queries, processor, took = alone[page]
            print(f"{page.label:<34}{took:>8.0f}{queries:>9}{processor:>8.1f}")
    finally:
        server.leave()


def _prepare() -> list[Page]:
    import django

    django.setup()
    from django.core.management import call_command

    from wherewithal.web.accounts.models import User
    from wherewithal.web.config import loading
    from wherewithal.web.people.models import Person

    call_command("migrate", verbosity=0)
    if loading.is_empty():
        begun = time.perf_counter()
        loading.make_and_load(people=PEOPLE, seed=1, progress=True)
        print(f"Making and loading {PEOPLE:,} people took {time.perf_counter() - begun:.1f} s")
    User.objects.update_or_create(
        username="bench-admin",
        defaults={"role": "administrator", "is_staff": True, "is_superuser": True},
    )
    worker = User.objects.get(username="trial-practitioner")
    someone = Person.objects.filter(practitioner=worker, stage="live").earliest("id")
    own = Person.objects.get(user__username="trial-person")
    record = f"/people/{someone.reference}/"
    return [
        Page("a static page through Django", "/static-page/", ""),
        Page("Django's admin, list of people", "/admin/people/person/", "bench-admin"),
        Page("Django's admin, search", "/admin/people/person/?q=ada", "bench-admin"),
        Page("staff home", "/staff/", worker.username),
        Page("a record with its timeline", record, worker.username),
        Page("search by name", "/staff/find/?q=ada+mar", "trial-finance"),
        Page("search by NHS number", f"/staff/find/?q={someone.nhs_number}", "trial-finance"),
        Page("my money", f"/people/{own.reference}/money/", "trial-person"),
        Page("the money of somebody", f"{record}money/", worker.username),
        Page("what my money may be spent on", f"/people/{own.reference}/spending/", "trial-person"),
    ]


def _alone(page: Page) -> tuple[int, float, float]:
    """Return the queries of one page opened alone, its milliseconds of processor time, and in all.

    The database's own time is not in the second: it works in processes of its own.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies.load(_cookie(page))
    client.get(page.path)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(page.path)
        queries = len(caught)
    if answer.status_code != 200:
        sys.exit(f"{page.path} answered {answer.status_code}; the benchmark needs 200.")
    worked, begun = time.process_time(), time.perf_counter()
    for _ in range(TIMES):
        client.get(page.path)
    worked, took = time.process_time() - worked, time.perf_counter() - begun
    return queries, worked / TIMES * 1000, took / TIMES * 1000


def _cookie(page: Page) -> str:
    from django.conf import settings
    from django.test import Client

    from wherewithal.web.accounts.models import User

    if not page.username:
        return ""
    client = Client()
    client.force_login(User.objects.get(username=page.username))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _close() -> None:
    from django.db import connection

    connection.close()


@contextmanager
def _serving() -> Iterator[None]:
    gunicorn = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "wherewithal.web.config.wsgi", "--workers", str(WORKERS),
         "--bind", f"127.0.0.1:{PORT}", "--preload", "--log-level", "warning"],
    )  # fmt: skip
    try:
        _wait_for_an_answer()
        yield
    finally:
        gunicorn.terminate()
        gunicorn.wait(timeout=20)


def _wait_for_an_answer() -> None:
    """Wait until the server answers: on a busy machine it takes its time to start."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), timeout=1):
            return
        time.sleep(0.2)
    sys.exit(f"gunicorn did not answer on port {PORT} within {LONGEST_START} s.")


def _drive(page: Page, cookie: str) -> tuple[float, float, float, float, int]:
    command = ["wrk", "-t1", f"-c{CLIENTS}", "-s", str(Path(__file__).with_name("latency.lua"))]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    address = f"http://127.0.0.1:{PORT}{page.path}"
    subprocess.run([*command, "-d2s", address], check=True, capture_output=True)
    answer = subprocess.run(
        [*command, f"-d{SECONDS}s", address], check=True, capture_output=True, text=True
    )
    result = next(line for line in answer.stdout.splitlines() if line.startswith("RESULT"))
    rate, half, most, nearly, failed = result.split()[1:]
    return float(rate), float(half), float(most), float(nearly), int(failed)
