"""Journeys drive the very demo that a newcomer starts, in Debian's Chromium."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.functional.looking import Visit

PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")  # each test process has its own demo
LOCAL = Path(__file__).parents[2] / ".local" / f"journeys-{WORKER}"
LOG = LOCAL.with_suffix(".log")


@pytest.fixture(scope="session")
def demo() -> Iterator[str]:
    """Start ``wherewithal demo`` afresh on a free port; give its address."""
    shutil.rmtree(LOCAL, ignore_errors=True)
    LOG.parent.mkdir(exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    program = str(Path(sys.executable).with_name("wherewithal"))
    with LOG.open("wb") as log:
        server = subprocess.Popen(
            [program, "demo", "--port", str(port), "--people", "200", "--seed", "7"],
            env=environment | {"WHEREWITHAL_LOCAL": str(LOCAL)}, stdout=log, stderr=log,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
        shutil.rmtree(LOCAL, ignore_errors=True)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"The demo ended before it served a page. It said:\n{LOG.read_text()}")
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  our own address
        except OSError:
            time.sleep(0.3)
        else:
            return
    pytest.fail("The demo did not serve a page within two minutes.")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the system's Chromium, quietly."""
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
        ],
    }  # fmt: skip


@pytest.fixture
def visit(demo: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a browser of one's own: ``visit("trial-person", phone=True, scripts=False)``."""
    contexts: list[BrowserContext] = []

    def begin(role: str = "", *, phone: bool = False, scripts: bool = True) -> Visit:
        size: Any = PHONE if phone else DESKTOP
        context = browser.new_context(
            viewport=size, java_script_enabled=scripts, base_url=demo, locale="en-GB"
        )
        contexts.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(10_000)
        begun = Visit(page, scripts)
        if role:
            begun.open(f"/try/{role}/")
        return begun

    yield begin
    for context in contexts:
        context.close()
