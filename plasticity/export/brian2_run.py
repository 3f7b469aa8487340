"""Running a script of ours in a process of its own, and reading what it prints."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from plasticity.errors import SimulationError

_MOST_SECONDS = 300.0


def ran(script: str) -> dict[str, float]:
    """{what it says: the number} of a script that prints a line each. Raises SimulationError where it fails."""
    with tempfile.TemporaryDirectory(prefix="plasticity-") as folder:
        path = Path(folder) / "script.py"
        path.write_text(script, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-P", str(path)],
            cwd=folder,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            timeout=_MOST_SECONDS,
            check=False,
        )
    if done.returncode:
        last = (done.stderr.strip() or "it said nothing").splitlines()[-1]
        raise SimulationError(f"the script of the export fails in Brian2: {last}")
    return numbers(done.stdout)


def numbers(text: str) -> dict[str, float]:
    """{words: the number after them} of lines that end in one."""
    found = {}
    for line in text.splitlines():
        words, _, number = line.rpartition(" ")
        try:
            found[words.strip()] = float(number)
        except ValueError:
            continue
    return found
