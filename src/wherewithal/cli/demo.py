"""``wherewithal demo``: the whole product on this machine, with a made-up council.

It starts PostgreSQL (or uses ``DATABASE_URL``), brings the tables up to date, makes the council
once, prints one sign-in link per role and serves until Ctrl-C, with a worker beside it for what
runs in the background. Killed at any point, it picks up where it was.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wherewithal.cli import Mistake, Subcommands

if TYPE_CHECKING:
    from wherewithal.web.config.postgres import Server

WORKERS = 2
PATIENCE_SECONDS = 10
PR_SET_PDEATHSIG = 1  # from linux/prctl.h


def register(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help="try the product with a made-up council")
    parser.add_argument("--port", type=int, default=8000, help="where to serve (8000)")
    parser.add_argument(
        "--people", type=int, default=2000, help="how many people to make up (2000)"
    )
    parser.add_argument("--seed", type=int, default=1, help="which made-up council (1)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prepare, say where to go, and serve."""
    os.environ["WHEREWITHAL_MODE"] = "trial"
    os.environ["DJANGO_SETTINGS_MODULE"] = "wherewithal.web.config.settings"
    _refuse_a_taken_port(arguments.port)
    server = _database()
    here = os.getpid()
    try:
        _bring_up_to_date(f": delete {server.folder}" if server is not None else "")
        _fill(arguments.people, arguments.seed)
        _say_where(arguments.port)
        _serve(arguments.port)
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        if server is not None and os.getpid() == here:  # a worker that ends leaves it running
            server.leave()
    return 0


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if not 1 <= port <= 65_535:
            raise Mistake(f"There is no port {port}. Choose one from 1024 to 65535, such as 8000.")
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Mistake(
                f"Port {port} is taken by another program (perhaps another demo)."
                f" Stop that one, or choose another port: make demo PORT={port + 1}"
            ) from error


def _database() -> "Server | None":
    if os.environ.get("DATABASE_URL"):
        return None
    from wherewithal.web.config import postgres  # web extra only

    local = Path(os.environ.get("WHEREWITHAL_LOCAL", ".local")).absolute()
    print(f"Starting PostgreSQL under {local}/postgres …", flush=True)
    try:
        server = postgres.join(local / "postgres")
    except postgres.PostgresUnavailable as problem:
        raise Mistake(str(problem)) from problem
    os.environ["DATABASE_URL"] = server.ensure_database("wherewithal")
    return server


def _bring_up_to_date(afresh: str) -> None:
    import django  # settings are ready only now
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    from wherewithal.web.tables import earlier

    try:
        earlier.refuse_half_way(connection, afresh)
    except earlier.HalfWay as problem:
        raise Mistake(str(problem)) from problem
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Bringing the tables up to date …", flush=True)
        call_command("migrate", verbosity=0)


def _fill(people: int, seed: int) -> None:
    from django.db import connection

    from wherewithal.web.config import loading  # models are ready only now

    if loading.is_empty():
        print(f"Making up a council of {people:,} people …", flush=True)
        try:
            loading.make_and_load(people=people, seed=seed, progress=True)
        except (loading.CannotLoad, ValueError) as problem:
            raise Mistake(str(problem)) from problem
    connection.close()


def _say_where(port: int) -> None:
    from wherewithal.web.accounts.trial import EXAMPLES

    place = f"http://127.0.0.1:{port}/"
    print(f"\nWherewithal is at {place}   (Ctrl-C stops it)\n\nSign in with one click as:")
    for example in EXAMPLES:
        print(f"  {example.name:<24} {place}try/{example.slug}/")
    print("\nEverybody here is made up.\n", flush=True)


def _serve(port: int) -> None:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # it has none

    class Demo(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": f"127.0.0.1:{port}", "workers": WORKERS, "preload_app": True,
                "loglevel": "warning", "proc_name": "wherewithal", "graceful_timeout": 5,
                "post_fork": _end_with_parent,
                "when_ready": lambda _arbiter: workers.append(_begin_worker()),
            }  # fmt: skip
            for key, value in options.items():
                self.cfg.set(key, value)

        def load(self) -> Any:
            from wherewithal.web.config.wsgi import application

            return application

    here = os.getpid()
    workers: list[subprocess.Popen[bytes]] = []
    try:
        Demo().run()
    except SystemExit:
        if os.getpid() != here:
            raise
        print("\nStopped.")
    finally:
        for worker in workers if os.getpid() == here else ():
            _end_worker(worker)


def _begin_worker() -> "subprocess.Popen[bytes]":
    """Start what does the jobs in the background: a program of its own, ended with the demo."""
    return subprocess.Popen(
        [sys.executable, "-m", "wherewithal.web.config.background"],
        preexec_fn=lambda: _end_with_parent(None, None),
        start_new_session=True,  # Ctrl-C is for the demo, which ends it in turn
    )


def _end_worker(worker: "subprocess.Popen[bytes]") -> None:
    """Let the worker put down what it does, and end it where it takes too long."""
    worker.terminate()
    try:
        worker.wait(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _end_with_parent(_arbiter: object, _worker: object) -> None:
    """Let a worker end at once when the demo is killed, so that the port is free again (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
