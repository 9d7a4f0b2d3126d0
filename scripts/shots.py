"""Take the README's pictures from the running product, with its made-up council."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

LOCAL = Path(".local/shots").absolute()
PICTURES = Path("docs/pictures")
PORT = 8377
ADDRESS = f"http://127.0.0.1:{PORT}"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1200, "height": 900}
LONG = {"width": 820, "height": 1180}
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Start a demo of its own, look at it as several people, and stop it."""
    shutil.rmtree(LOCAL, ignore_errors=True)
    PICTURES.mkdir(exist_ok=True)
    demo = subprocess.Popen(
        [Path(sys.executable).with_name("wherewithal"), "demo", "--port", str(PORT),
         "--people", "400"],
        env=os.environ | {"WHEREWITHAL_LOCAL": str(LOCAL)}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait()
        with sync_playwright() as driver:
            program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            browser = driver.chromium.launch(executable_path=program, args=QUIET)
            _pictures(browser)
            browser.close()
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(timeout=30)
        shutil.rmtree(LOCAL, ignore_errors=True)


def _wait() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(ADDRESS, timeout=2).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    sys.exit("The demo did not start; run `make demo` to see why.")


def _pictures(browser: Browser) -> None:
    _shoot(browser, "", "/", "welcome", DESKTOP)
    own = _shoot(browser, "person", "/home/", "my-support", PHONE)
    _shoot(browser, "person", f"{own}money/", "my-budget", PHONE)
    _shoot(browser, "person", f"{own}assessment/indicative/", "indicative-budget", LONG)
    _shoot(browser, "person-2", "/home/", "question", PHONE, begin=True)
    _shoot(browser, "practitioner", "/staff/", "staff-home", DESKTOP)
    _shoot(browser, "practitioner", own, "record", DESKTOP)


def _shoot(
    browser: Browser, role: str, path: str, name: str, size: Any, *, begin: bool = False
) -> str:
    context = browser.new_context(viewport=size, base_url=ADDRESS, locale="en-GB")
    page = context.new_page()
    if role:
        page.goto(f"/try/{role}/")
    page.goto(path)
    if begin:
        page.get_by_role("button", name="Tell us about your days").click()
        page.get_by_role("button", name="Start").click()
        page.get_by_role("link", name="Do you need help to remember things?").click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    landed = page.url.removeprefix(ADDRESS)
    context.close()
    return landed


main()
