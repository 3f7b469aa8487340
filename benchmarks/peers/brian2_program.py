"""What a script in Brian2 alone costs when C++ standalone builds and runs it: processor time and memory.

The scripts beside it that begin with `brian2_` are what a user would write by hand. As a program, each prints one line
of JSON with these fields.
"""

import argparse
import json
import os
import resource
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass

import brian2
import numpy as np

# Those of plasticity: without -ffast-math, which reorders sums
OUR_FLAGS = ["-w", "-O2", "-std=c++11"]
_TELL_MEMORY = 'std::ifstream status("/proc/self/status"); std::ofstream("memory.txt") << status.rdbuf();'


@dataclass(frozen=True)
class Cost:
    """Of one script.

    build     : CPU seconds of the compiler
    run       : CPU seconds of the compiled program
    megabytes : the most memory that the program took (MiB); nan where no /proc tells
    n_spikes  : those that neurons fired
    weight    : the mean of the plastic weights at the end
    """

    build: float
    run: float
    megabytes: float
    n_spikes: int
    weight: float


def cost(script: Callable[[float], tuple[brian2.SpikeMonitor, brian2.Synapses]], seconds: float, flags: str) -> Cost:
    """Build and run a script.

    script : sets up its objects, and runs them for so many seconds; returns what is read at the end
    flags  : 'ours', or 'brian2' for what Brian2 takes by itself
    """
    if flags == "ours":
        brian2.prefs["codegen.cpp.extra_compile_args_gcc"] = OUR_FLAGS
    brian2.prefs["devices.cpp_standalone.extra_make_args_unix"] = [f"-j{os.cpu_count()}"]
    with tempfile.TemporaryDirectory(prefix="brian2_by_hand_") as folder:
        brian2.set_device("cpp_standalone", directory=folder, build_on_run=False)
        spikes, learning = script(seconds)
        brian2.device.insert_code("after_end", _TELL_MEMORY)
        start = _cpu_of_children()
        brian2.device.build(directory=folder, run=False)
        built = _cpu_of_children()
        brian2.device.run(folder, with_output=False)
        run = _cpu_of_children() - built
        memory = _most_memory(os.path.join(folder, "memory.txt"))
        return Cost(built - start, run, memory, int(spikes.num_spikes), float(np.mean(learning.w[:])))


def main(script: Callable[[float], tuple[brian2.SpikeMonitor, brian2.Synapses]]) -> None:
    """Run a script as a program, and print what it cost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=1.0, help="simulated")
    parser.add_argument("--flags", choices=("ours", "brian2"), default="ours")
    chosen = parser.parse_args()
    print(json.dumps(asdict(cost(script, chosen.seconds, chosen.flags))))


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _most_memory(path: str) -> float:
    if not os.path.exists(path):
        return float("nan")
    with open(path, encoding="ascii") as file:
        kilobytes = next(line.split()[1] for line in file if line.startswith("VmHWM"))
    return float(kilobytes) / 1024
