"""One job in a process of its own: `python benchmarks/child.py MODULE.FUNCTION [SIZE]` prints its figures as JSON.

seconds : processor time of one part of the work; where it is warm, the median of as many rounds as fill half a second
bytes   : by how much the memory of the process grew in the work, for one part of it
GiB     : the most memory that the process held
"""

import ctypes
import gc
import json
import os
import statistics
import sys
from importlib import import_module
from pathlib import Path

from measuring import Figures, Work, processor_seconds

_LEAST_SECONDS, _MOST_ROUNDS = 0.5, 50


def measured(work: Work) -> Figures:
    """The figures of a work and its facts."""
    if work.warm:
        work.warm()
    before, spent, grown = _forgotten_peak(), list[float](), 0.0
    while not spent or (work.warm and sum(spent) < _LEAST_SECONDS and len(spent) < _MOST_ROUNDS):
        begin = processor_seconds()
        result = work.do()
        spent.append(processor_seconds() - begin)
        grown = grown or _memory("VmHWM") - before  # of the first round: a later one finds what that one has freed
    held = {"bytes": grown / work.parts, "GiB": _memory("VmHWM") / 2**30}
    return {"seconds": statistics.median(spent) / work.parts, **held, **work.facts(result)}


def _forgotten_peak() -> float:
    """The memory (bytes) that is held now, which is the peak from now on; what is free is given back before."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmHWM")


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return 1024.0 * next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def main() -> None:
    """Do the job that is named, of the size that is given."""
    for name in filter(None, os.environ.get("WITHOUT", "").split(",")):
        sys.modules[name] = None  # type: ignore[assignment]  # as if it were not installed
    module, _, function = sys.argv[1].rpartition(".")
    job = getattr(import_module(module), function)
    print(json.dumps(measured(job(*map(int, sys.argv[2:])))))


if __name__ == "__main__":
    main()
