"""Take the README's pictures from the running product, with its made-up council.

``--audit`` takes only the picture of an audit, which needs no demo.
"""

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
SHEET: Any = {"width": 720, "height": 868}
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


COMMAND = Path(sys.executable).with_name("wherewithal")


def main(*, pages: bool) -> None:
    """Take the pictures of the pages, and of an audit's first screen."""
    shutil.rmtree(LOCAL, ignore_errors=True)
    LOCAL.mkdir(parents=True)
    PICTURES.mkdir(exist_ok=True)
    try:
        with sync_playwright() as driver:
            program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            browser = driver.chromium.launch(executable_path=program, args=QUIET)
            _audit(browser)
            if pages:
                _demo(browser)
            browser.close()
    finally:
        shutil.rmtree(LOCAL, ignore_errors=True)


def _audit(browser: Browser) -> None:
    """Audit a made-up council, and look at the report."""
    made, report = LOCAL / "made-up", LOCAL / "audit.html"
    for words in (
        f"council make --people 4000 --seed 1 --out {made}",
        f"audit standard-adult {made}/cases.csv --by age_band,sex,has_carer --on 2026-11-22"
        f" --report {report}",
    ):
        subprocess.run([COMMAND, *words.split()], check=True, stdout=subprocess.DEVNULL)
    page = browser.new_page(viewport=SHEET, locale="en-GB")
    page.goto(report.as_uri())
    page.screenshot(path=PICTURES / "audit.png")
    page.close()


def _demo(browser: Browser) -> None:
    """Start a demo of its own, look at it as several people, and stop it."""
    demo = subprocess.Popen(
        [COMMAND, "demo", "--port", str(PORT), "--people", "400"],
        env=os.environ | {"WHEREWITHAL_LOCAL": str(LOCAL)}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait()
        _pictures(browser)
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(timeout=30)


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


main(pages="--audit" not in sys.argv)
