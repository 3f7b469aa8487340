"""Python processes, measured: processor time of one and of those that it starts, and its memory.

Processor time, for it depends least on what else the machine does; what is compared is measured in turns.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Figures = Mapping[str, float]
# One thread, so that no library of linear algebra takes the core of the process beside it; and Python's own bytecode is
# kept for the next process, as it is for everybody from the second start on
_BYTECODE = tempfile.TemporaryDirectory(prefix="plasticity_bytecode_")
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
_ENVIRONMENT |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": _BYTECODE.name}


@dataclass(frozen=True)
class Work:
    """What a job hands out to be measured.

    do    : the work
    facts : numbers of its result; every other way to do the same work gives them, too
    parts : how many there are, of what the time and the memory is given for one: spikes, simulated seconds
    warm  : what is done before it is measured, so that nothing is compiled or loaded in it; without it the work is
            done once, cold
    """

    do: Callable[[], Any]
    facts: Callable[[Any], Figures]
    parts: float = 1.0
    warm: Callable[[], Any] | None = None


class Failed(Exception):
    """A process that ended with an error; holds the last line of what it said."""


def processor_seconds() -> float:
    """Of this process and of those that it has started and that have ended."""
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def figures_of_process(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[Figures, str]:
    """What a Python process takes, as `process` (processor seconds) and `wall` (seconds), and what it printed.

    It runs in an empty folder of its own. Raises Failed when its status is not 0.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile("w+") as printed,
        tempfile.TemporaryFile("w+") as said,
    ):
        begin = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env={**os.environ, **_ENVIRONMENT, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=said,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall, process.returncode = time.perf_counter() - begin, os.waitstatus_to_exitcode(status)
        printed.seek(0)
        said.seek(0)
        if process.returncode:
            raise Failed((said.read().strip().splitlines() or [f"status {process.returncode}"])[-1])
        return {"process": used.ru_utime + used.ru_stime, "wall": wall}, printed.read()


def figures_of_job(job: str, *sizes: int, environment: Mapping[str, str] | None = None) -> Figures:
    """What a job takes, `module.function` in the folder of this file: the figures of its process and of its work."""
    whole, printed = figures_of_process([str(HERE / "child.py"), job, *map(str, sizes)], environment)
    return {**whole, **json.loads(printed.splitlines()[-1])}
