"""Every test runs as a trial on an embedded PostgreSQL of its own, or on ``DATABASE_URL``."""

import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest

os.environ["WHEREWITHAL_MODE"] = "trial"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.web.config.settings")
os.environ.setdefault("WHEREWITHAL_LOCAL", str(Path(__file__).parents[1] / ".local" / "tests"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser driver runs a loop
django.setup()

EVERYONE_ELSE = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Before the test database is dropped, end whoever still looks at it, such as autovacuum."""
    yield
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(EVERYONE_ELSE)


@pytest.fixture(autouse=True)
def nothing_kept_from_another_test() -> None:
    """Forget what a process keeps for a while, such as the council's name."""
    from django.core.cache import cache

    cache.clear()
