"""Brian2, used safely: everything that a run sets is put back after it.

Measured failures behind each line: two C++ runs in one directory exchange results; preferences of the user change
numbers; Brian2's own handler of ctrl-C returns half of a run as if it were all.
"""

import contextlib
import gc
import os
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from plasticity.errors import MemoryLimitError, PlasticityError, SimulationError
from plasticity.inputs import seed as checked_seed
from plasticity.noting import note
from plasticity.progress import is_listened_to, tell
from plasticity.spiking import builds, compiling
from plasticity.spiking.cached import damaged_files_compiled_again
from plasticity.spiking.loading import brian
from plasticity.spiking.targets import Target

Flags = Literal["plasticity", "brian2"]
# Without -ffast-math, which Brian2 adds: it reorders sums, and 1e-12 is promised between the targets.
_OUR_FLAGS = ["-w", "-O2", "-std=c++11"]
# What decides numbers, whatever the process or its user prefers; put back after each run.
_PREFERENCES = {
    "codegen.cpp.extra_compile_args": None,
    # Brian2 rewrites expressions by algebra that holds for numbers only: x/x becomes 1, also where x is 0.
    "codegen.loop_invariant_optimisations": False,
    "core.default_float_dtype": np.float64,
    "core.network.default_schedule": ["start", "groups", "thresholds", "synapses", "resets", "end"],
    # Brian2's own handler of ctrl-C stops a run and returns half of it as if it were all.
    "core.stop_on_keyboard_interrupt": False,
    "devices.cpp_standalone.openmp_threads": 0,
    # The program has run in a process group of ours when Brian2 is told to run it: it only reads the results.
    "devices.cpp_standalone.run_cmd_unix": ["sh", "-c", ":"],
    "legacy.refractory_timing": False,
}


@contextlib.contextmanager
def session(target: Target, seed: int = 0, *, is_dated: bool = False, flags: str = "plasticity") -> Iterator["Session"]:
    """Everything that Brian2 does happens in one: code generation set up before, and put back after.

    seed     : of the random numbers that Brian2 itself draws (escape noise, white noise)
    is_dated : whether synapses note when they stopped being numbers
    flags    : of the compiler, one of Flags: those that keep sums in their order, or those of Brian2
    """
    seed = checked_seed(seed)
    note(f"brian2 {target}")
    b2 = brian()
    _require_runtime(b2)
    with contextlib.ExitStack() as stack:
        stack.callback(np.random.set_state, np.random.get_state())
        directory = None
        preferences = {
            **_PREFERENCES,
            "codegen.cpp.extra_compile_args_gcc": _OUR_FLAGS if flags == "plasticity" else _flags_of_brian2(b2),
            "codegen.target": "numpy" if target == "cpp_standalone" else target,
        }
        for name, value in preferences.items():
            stack.callback(b2.prefs.__setitem__, name, b2.prefs[name])
            b2.prefs[name] = value
        if target == "cpp_standalone":
            gc.collect()  # while a run before it is in memory, Brian2 gives its code other names, and so its source
            stack.enter_context(_own_environment())
            directory = stack.enter_context(compiling.build_folder())
            b2.set_device("cpp_standalone", directory=directory, build_on_run=False)
            stack.callback(_back_to_runtime, b2)
        if target == "cython":
            stack.enter_context(damaged_files_compiled_again())
        b2.seed(seed)
        stack.enter_context(_own_errors())
        yield Session(b2, target, directory, is_dated=is_dated)


class Session:
    """A running session; holds the device's directory, which changes the way a network is run."""

    def __init__(self, b2: Any, target: Target, directory: str | None, *, is_dated: bool) -> None:
        self.b2 = b2
        self.target = target
        self.is_dated = is_dated
        self._directory = directory

    @property
    def can_stop(self) -> bool:
        """Whether Python code can look at the run, and stop it, while it goes on."""
        return self._directory is None

    def run(self, network: Any, seconds: float, namespace: dict[str, Any]) -> None:
        """Run an explicit network, on C++ standalone also build it. Raises SimulationError when that fails."""
        with np.errstate(all="ignore"):  # a number that blows up is found afterwards, with its time
            network.run(seconds * self.b2.second, namespace=namespace, **self._reporting())
        if self._directory is None:
            return
        device = self.b2.device
        try:
            device.build(directory=self._directory, compile=False, run=False)
            builds.prepare(self._directory)
            os.makedirs(device.results_dir, exist_ok=True)
            program = [os.path.join(self._directory, "main"), "--results_dir", device.results_dir]
            variables = self.b2.prefs["devices.cpp_standalone.run_environment_variables"]
            environment = {**os.environ, **variables, **device.run_environment_variables}
            compiling.run(program, self._directory, environment)
            device.run(self._directory, with_output=False, run_args=[])
        except Exception as error:  # Brian2 raises what its parts happen to raise
            reason = " ".join(str(error).split())
            raise SimulationError(f"the C++ build or run failed: {reason}; use target='numpy'") from error

    def _reporting(self) -> dict[str, Any]:
        """What makes Brian2 tell how far it is, where somebody listens and Python can be told."""
        if not (self.can_stop and is_listened_to()):
            return {}

        def report(elapsed: Any, completed: float, start: Any, duration: Any) -> None:
            tell("simulating", float(completed))

        return {"report": report, "report_period": 0.2 * self.b2.second}


def _require_runtime(b2: Any) -> None:
    """A device that the process itself has set may hold half a model, which our run would destroy."""
    if type(b2.get_device()).__name__ != "RuntimeDevice":
        raise SimulationError(
            f"Brian2's device is {type(b2.get_device()).__name__}, set by this process; "
            "call brian2.set_device('runtime') first, or run in a process of its own"
        )


def _flags_of_brian2(b2: Any) -> list[str]:
    """What Brian2 takes where nobody prefers anything."""
    return b2.prefs.pref_register["codegen.cpp"][0]["extra_compile_args_gcc"].default


@contextlib.contextmanager
def _own_errors() -> Iterator[None]:
    """What Brian2 raises by itself, or for want of memory, as one line; an error of Python's is a bug and stays one."""
    try:
        yield
    except MemoryError as error:
        if isinstance(error, PlasticityError):
            raise
        raise MemoryLimitError("the run does not fit into memory; run shorter, or with fewer neurons") from error
    except Exception as error:
        if not type(error).__module__.startswith("brian2"):
            raise
        causes = [str(cause) for cause in (error, error.__cause__) if cause is not None]
        raise SimulationError(f"Brian2 cannot run this: {' '.join(' '.join(causes).split())[:300]}") from error


@contextlib.contextmanager
def _own_environment() -> Iterator[None]:
    """Brian2 sets variables of the environment for the program that it runs, and leaves them."""
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


def _back_to_runtime(b2: Any) -> None:
    b2.device.reinit()
    b2.set_device("runtime")
