"""A new database with every table, copied from one that is made once and kept for the next time.

Making every table takes far longer than copying them. The one that is copied is known by what the
migrations say, so that a changed migration never meets an old copy.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from wherewithal.web.config.postgres import Server

WEB = Path(__file__).parents[1]
COPIED = "wherewithal_tables_"


def make(server: Server, name: str) -> str:
    """Make a database of this name, which must be new, with every table; return its address."""
    tables = COPIED + _digest()
    if not _is_there(server, tables):
        _make_tables(server, tables)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(tables)
            )
        )
        quick = sql.SQL("ALTER DATABASE {} SET synchronous_commit = off")  # nobody relies on it
        connection.execute(quick.format(sql.Identifier(name)))
    return server.url(name)


def drop(server: Server, name: str) -> None:
    """Drop a database that :func:`make` made."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def _digest() -> str:
    found = hashlib.sha256()
    for path in sorted(WEB.glob("*/migrations/*.py")):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _is_there(server: Server, name: str) -> bool:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return known.fetchone() is not None


def _make_tables(server: Server, name: str) -> None:
    """Make every table under another name first: a copy that was cut short is never used."""
    print("Making the tables (only once) …", flush=True)
    half = f"{name}_{os.getpid()}"
    here = os.environ | {"DATABASE_URL": server.ensure_database(half)}
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"], env=here, check=True
    )
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(half), sql.Identifier(name)
            )
        )
