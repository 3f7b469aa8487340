"""Brian2, loaded and used safely. The only place that imports it.

Measured failures behind each line: `import brian2` executes a file `brian_preferences` of the current folder;
in threads Brian2 returned wrong numbers without a warning; two C++ runs in one directory exchange results.
"""

import contextlib
import gc
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from numbers import Integral
from pathlib import Path
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError, SimulationError
from plasticity.progress import is_listened_to, tell
from plasticity.spiking.targets import Target
from plasticity.surroundings import matplotlib_undisturbed

_HOME = Path(__file__).parent / "home"
# What decides numbers, whatever the process or its user prefers; put back after each run.
_PREFERENCES = {
    # Without -ffast-math, which Brian2 adds: it reorders sums, and 1e-12 is promised between the targets.
    "codegen.cpp.extra_compile_args_gcc": ["-w", "-O2", "-std=c++11"],
    "codegen.cpp.extra_compile_args": None,
    # Brian2 rewrites expressions by algebra that holds for numbers only: x/x becomes 1, also where x is 0.
    "codegen.loop_invariant_optimisations": False,
    "core.default_float_dtype": np.float64,
    "core.network.default_schedule": ["start", "groups", "thresholds", "synapses", "resets", "end"],
    # Brian2's own handler of ctrl-C stops a run and returns half of it as if it were all.
    "core.stop_on_keyboard_interrupt": False,
    "devices.cpp_standalone.openmp_threads": 0,
    "legacy.refractory_timing": False,
}


def brian() -> Any:
    """The brian2 module, imported on first use from a folder of our own.

    raises SimulationError outside the main thread, or when Brian2 cannot be imported
    """
    if threading.current_thread() is not threading.main_thread():
        raise SimulationError(
            "Brian2 runs only on the main thread of a process, elsewhere it returns wrong numbers; "
            "use processes (multiprocessing with 'spawn') for parallel work, or plasticity.events for known spikes"
        )
    if "brian2" not in sys.modules:
        with _own_folder(), matplotlib_undisturbed(_HOME), _without_pylab(), _own_handlers():
            try:
                import brian2  # noqa: F401
            except ImportError as error:
                raise SimulationError(f"Brian2 cannot be imported: {error}; run 'plasticity doctor'") from error
        # Brian2 collects garbage before each run; spared what was imported, that no longer takes 50 ms each.
        gc.freeze()
    return sys.modules["brian2"]


@contextlib.contextmanager
def session(target: Target, seed: int = 0) -> Iterator["Session"]:
    """Everything that Brian2 does happens in one: code generation set up before, and put back after.

    seed : of the random numbers that Brian2 itself draws (escape noise, white noise)
    """
    if not isinstance(seed, Integral):
        raise ArgumentError(f"the seed is {seed!r}; a whole number is allowed")
    b2 = brian()
    _require_runtime(b2)
    with contextlib.ExitStack() as stack:
        stack.callback(np.random.set_state, np.random.get_state())
        directory = None
        preferences = {**_PREFERENCES, "codegen.target": "numpy" if target == "cpp_standalone" else target}
        for name, value in preferences.items():
            stack.callback(b2.prefs.__setitem__, name, b2.prefs[name])
            b2.prefs[name] = value
        if target == "cpp_standalone":
            directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="plasticity_cpp_"))
            b2.set_device("cpp_standalone", directory=directory, build_on_run=False)
            stack.callback(_back_to_runtime, b2)
        b2.seed(int(seed) % 2**32)
        yield Session(b2, directory)


class Session:
    """A running session; holds the device's directory, which changes the way a network is run."""

    def __init__(self, b2: Any, directory: str | None) -> None:
        self.b2 = b2
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
        tell("compiling and running C++", 0.0)
        log = Path(self._directory) / "plasticity_build.log"
        try:
            with _output_to(log):
                self.b2.device.build(directory=self._directory, compile=False, run=False)
                _make(self._directory)
                self.b2.device.run(self._directory, with_output=False, run_args=[])
        except Exception as error:  # Brian2 raises what its make and its program happen to raise
            said = " ".join(log.read_text(encoding="utf-8", errors="replace").split())[-300:]
            raise SimulationError(f"the C++ build or run failed: {error} {said}; use target='numpy'") from error

    def _reporting(self) -> dict[str, Any]:
        """What makes Brian2 tell how far it is, where somebody listens and Python can be told."""
        if not (self.can_stop and is_listened_to()):
            return {}

        def report(elapsed: Any, completed: float, start: Any, duration: Any) -> None:
            tell("simulating", float(completed))

        return {"report": report, "report_period": 0.2 * self.b2.second}


def _make(folder: str) -> None:
    """Compile. Brian2 calls make by a function of C that hides ctrl-C from Python, as if the build had failed."""
    make = subprocess.Popen(["make", "-j"], cwd=folder, env={**os.environ, "TMPDIR": folder})
    try:
        make.wait()
    finally:  # after ctrl-C it still stops its compilers, whose files are in the folder to be removed
        make.terminate()
        make.wait()
    if make.returncode:
        raise SimulationError(f"make ended with status {make.returncode}")


def _require_runtime(b2: Any) -> None:
    """A device that the process itself has set may hold half a model, which our run would destroy."""
    if type(b2.get_device()).__name__ != "RuntimeDevice":
        raise SimulationError(
            f"Brian2's device is {type(b2.get_device()).__name__}, set by this process; "
            "call brian2.set_device('runtime') first, or run in a process of its own"
        )


def _back_to_runtime(b2: Any) -> None:
    b2.device.reinit()
    b2.set_device("runtime")


@contextlib.contextmanager
def _own_folder() -> Iterator[None]:
    try:
        before = os.getcwd()
    except FileNotFoundError:
        raise SimulationError("the current folder does not exist any more; change to one that does") from None
    os.chdir(_HOME)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def _output_to(log: Path) -> Iterator[None]:
    """Send what make and the compiled program print, past Python, to a file."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [(number, os.dup(number)) for number in (1, 2)]
    try:
        with open(log, "wb") as file:
            for number, _ in kept:
                os.dup2(file.fileno(), number)
            yield
    finally:
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)


@contextlib.contextmanager
def _own_handlers() -> Iterator[None]:
    """On import Brian2 takes over uncaught errors, ctrl-C and Python's warnings, of the whole process: undo it."""
    hook, interrupt, showing = sys.excepthook, signal.getsignal(signal.SIGINT), warnings.showwarning
    try:
        yield
    finally:
        sys.excepthook = hook
        signal.signal(signal.SIGINT, interrupt)
        if warnings.showwarning is not showing:
            logging.captureWarnings(False)


@contextlib.contextmanager
def _without_pylab() -> Iterator[None]:
    """Brian2 takes pylab, and with it a third of its import time, only for its users' scripts."""
    hidden = "pylab" not in sys.modules
    if hidden:
        sys.modules["pylab"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules["pylab"]
