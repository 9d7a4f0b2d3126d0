"""The PostgreSQL that comes along: started, shared, killed, joined again."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from wherewithal.web.config import postgres

ROOM = Path(__file__).parents[2] / ".local"
JOIN_AND_WAIT = """
import sys
from pathlib import Path
from wherewithal.web.config import postgres
server = postgres.join(Path(sys.argv[1]))
print(server.url("postgres"), flush=True)
sys.stdin.readline()
server.leave()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    place = ROOM / f"server-{uuid4().hex[:8]}"
    yield place
    server = postgres.join(place)
    kept = server.folder
    server.leave()
    shutil.rmtree(kept, ignore_errors=True)
    shutil.rmtree(place, ignore_errors=True)


def running(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def test_it_keeps_what_was_written_and_stops_when_the_last_one_leaves(folder: Path) -> None:
    first = postgres.join(folder)
    url = first.ensure_database("kept")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE things AS SELECT 'José' AS name")
    first.leave()
    assert not running(url)
    second = postgres.join(folder)
    with psycopg.connect(second.url("kept")) as connection:
        assert connection.execute("SELECT name FROM things").fetchone() == ("José",)
    second.leave()


def test_two_processes_share_one_server(folder: Path) -> None:
    ours = postgres.join(folder)
    theirs = subprocess.Popen(
        [sys.executable, "-c", JOIN_AND_WAIT, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert theirs.stdout is not None
    url = theirs.stdout.readline().strip()
    ours.leave()
    assert running(url), "the server stopped while another process used it"
    theirs.communicate("done\n", timeout=30)
    assert not running(url)


def test_after_a_kill_the_next_start_recovers(folder: Path) -> None:
    server = postgres.join(folder)
    with psycopg.connect(server.ensure_database("kept")) as connection:
        connection.execute("CREATE TABLE things AS SELECT 1 AS one")
    pid = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    server.lock.close()
    again = postgres.join(folder)
    with psycopg.connect(again.url("kept")) as connection:
        assert connection.execute("SELECT one FROM things").fetchone() == (1,)
    again.leave()


def test_a_first_start_cut_short_begins_again(folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "half").write_text("left over")
    server = postgres.join(folder)
    assert running(server.url("postgres"))
    server.leave()


def test_without_programs_the_message_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_spec", lambda _: None)
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    with pytest.raises(postgres.PostgresUnavailable, match="DATABASE_URL"):
        postgres.programs()
