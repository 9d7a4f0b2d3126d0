"""OpenFisca, the peer, in an environment and a process of its own."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

PEER = "openfisca-core==46.0.1"
ENVIRONMENT = Path(".local/bench/openfisca")
PYTHON = ENVIRONMENT / "bin" / "python"
FORMS = ("idiomatic", "exact", "idiomatic, arrays", "exact, arrays")
"""The ways it is written: as its manual says, and with its numbers in arrays within the code."""
MISSING = f"""The peer could not be installed, so it is left out of this table.
It needs {PEER} and NumPy from a package index. To try it by hand:
  .venv/bin/uv venv {ENVIRONMENT}
  .venv/bin/uv pip install --python {PYTHON} {PEER}
It is under the AGPL and stays in its own environment; nothing of ours imports it."""


def ready() -> bool:
    """Make the peer's environment unless it is there; say what to do where that fails."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import openfisca_core"]).returncode == 0:
        return True
    uv, python = str(Path(sys.executable).with_name("uv")), str(PYTHON)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    make = [uv, "venv", "--quiet", "--python", sys.executable, str(ENVIRONMENT)]
    fill = [uv, "pip", "install", "--quiet", "--python", python, PEER]
    for command in (make, fill):
        if subprocess.run(command).returncode != 0:
            print(MISSING)
            return False
    return True


def measured(folder: Path) -> dict[str, float]:
    """Run the peer over the people of a folder; return seconds and megabytes by name."""
    script = Path(__file__).with_name("openfisca_peer.py")
    subprocess.run([PYTHON, script, folder], check=True)
    found: dict[str, float] = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    return found
