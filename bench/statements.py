"""100,000 bank statement lines of each format, from file to values, beside hledger and beancount.

Every reading is a program of its own, timed from its start to its end, with its peak memory.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.statement_files import LINES, write

FOLDER = Path(".local/bench/statements")
OURS = {"CSV": "lines.csv", "OFX": "lines.ofx", "MT940": "lines.sta", "camt.053": "lines.xml"}
BEANCOUNT = "beancount==3.2.0"
ENVIRONMENT = Path(".local/bench/beancount")
NO_HLEDGER = "hledger is not on this machine, so it is left out. On Debian: apt-get install hledger"
NO_BEANCOUNT = f"""beancount could not be installed, so it is left out. By hand:
  .venv/bin/uv venv {ENVIRONMENT}
  .venv/bin/uv pip install --python {ENVIRONMENT}/bin/python {BEANCOUNT}
It is under the GPL and stays in its own environment; nothing of ours imports it."""


@dataclass(frozen=True, slots=True)
class Run:
    """One program over one file; ``agrees`` is whether it came to the right closing balance."""

    reader: str
    file: str
    seconds: float
    megabytes: float
    agrees: bool


def measure() -> None:
    """Print what reading each format takes, and what the peers take to read the same lines."""
    closing = write(FOLDER)
    runs = [*_ours(closing), *peers(closing)]
    print(f"\n{LINES:,} bank statement lines, from file to values")
    print(f"{'reader':<14}{'file':<18}{'s':>7}{'lines a second':>16}{'peak MB':>9}  balance agrees")
    for run in runs:
        print(f"{run.reader:<14}{run.file:<18}{run.seconds:>7.2f}{LINES / run.seconds:>16,.0f}"
              f"{run.megabytes:>9.0f}  {'yes' if run.agrees else 'NO'}")  # fmt: skip


def peers(closing: int) -> list[Run]:
    """Read the same lines with hledger and beancount, where they can be had."""
    return [*_hledger(closing), *_beancount()]


def timed(command: list[str]) -> tuple[float, float, int, str]:
    """Run a program; return its seconds, peak megabytes, way of ending and what it printed."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - begun, used.ru_maxrss / 1024, process.returncode, said


def _fastest(command: list[str], times: int = 3) -> tuple[float, float, int, str]:
    return min((timed(command) for _ in range(times)), key=lambda run: run[0])


def _ours(closing: int) -> list[Run]:
    runs = []
    for form, name in OURS.items():
        command = [sys.executable, "-m", "bench.statements", str(FOLDER / name)]
        seconds, megabytes, code, said = _fastest(command)
        agrees = code == 0 and said.split() == [str(LINES), str(closing)]
        runs.append(Run("wherewithal", form, seconds, megabytes, agrees))
    return runs


def _hledger(closing: int) -> list[Run]:
    program = shutil.which("hledger")
    if program is None:
        print(NO_HLEDGER)
        return []
    runs = []
    for name, form in (("lines.journal", "its own journal"), ("lines.csv", "CSV with rules")):
        command = [program, "-f", str(FOLDER / name), "balance", "assets:account", "-N"]
        seconds, megabytes, code, said = _fastest(command, 2)
        pence = int("0" + re.sub(r"\D", "", said.partition("assets")[0]))
        opening = 0 if name == "lines.journal" else 100_000
        agrees = code == 0 and abs(pence + opening) == abs(closing)
        runs.append(Run("hledger", form, seconds, megabytes, agrees))
    return runs


def _beancount() -> list[Run]:
    check = ENVIRONMENT / "bin" / "bean-check"
    if not check.exists() and not _install():
        print(NO_BEANCOUNT)
        return []
    command = [str(check), "--no-cache", str(FOLDER / "lines.beancount")]
    seconds, megabytes, code, _ = _fastest(command, 2)
    return [Run("beancount", "its own journal", seconds, megabytes, code == 0)]


def _install() -> bool:
    uv, python = str(Path(sys.executable).with_name("uv")), str(ENVIRONMENT / "bin" / "python")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    make = [uv, "venv", "--quiet", "--python", sys.executable, str(ENVIRONMENT)]
    fill = [uv, "pip", "install", "--quiet", "--python", python, BEANCOUNT]
    return all(subprocess.run(command).returncode == 0 for command in (make, fill))


def read(path: Path) -> None:
    """Read a file to its end and print how many lines it has and where they end, in pence."""
    from wherewithal.banking.statements import read_statement

    count = net = 0
    with path.open("rb") as data:
        statement = read_statement(data, name=path.name)
        for line in statement.lines:
            count += 1
            net += line.pence
    opening = statement.opening if statement.opening is not None else 100_000
    print(count, opening + net)


if __name__ == "__main__":
    read(Path(sys.argv[1]))
