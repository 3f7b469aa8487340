"""NEST in a process of its own, for its import prints, and it keeps global state; texts of JSON go to it and come back.

JSON keeps every bit of a double.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from plasticity.errors import MissingPackage, SimulationError, printable
from plasticity.nest.worker import MARK

Job = dict[str, Any]  # {"kind": a name of `worker.KINDS`, and its arguments}


def require_nest() -> None:
    """Raise MissingPackage when NEST is not installed."""
    if find_spec("nest") is None:
        raise MissingPackage("NEST is not installed; run: pip install 'plasticity-lab[compare]'")


def asked(jobs: Sequence[Job]) -> list[Any]:
    """The results of jobs, one after another in one process, NEST as new before each.

    raises MissingPackage without NEST; SimulationError, with its last line, where it fails
    """
    require_nest()
    command = [sys.executable, "-m", "plasticity.nest.worker"]
    done = subprocess.run(command, input=json.dumps(list(jobs)), capture_output=True, text=True, check=False)
    _, mark, answer = done.stdout.rpartition(MARK)
    if done.returncode or not mark:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise SimulationError(f"NEST failed: {printable(last)[:300]}")
    return json.loads(answer)
