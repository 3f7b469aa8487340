"""Which code generation a run uses, decided from what the run costs. Knows nothing of Brian2 itself."""

import os
import shutil
from typing import Literal, get_args

from plasticity.errors import SimulationError
from plasticity.inputs import choice

Target = Literal["numpy", "cython", "cpp_standalone"]
TARGETS = get_args(Target)

# Measured with Brian2 2.9 on two cores: a C++ build takes 8 to 17 s, and nobody knows before whether the program is
# kept already. A step costs so much for each object and each of its elements, a spike for each synapse that it reaches.
BUILD_SECONDS = 15.0
SECONDS_PER_OBJECT = 3.5e-6
SECONDS_PER_ELEMENT = 16e-9
SECONDS_PER_EVENT = 60e-9
COMPILED_PER_OBJECT = 20e-9
COMPILED_PER_ELEMENT = 3e-9
COMPILED_PER_EVENT = 15e-9


def chosen(target: str, *, n_steps: float, n_objects: float, n_elements: float, n_events: float = 0.0) -> Target:
    """The code generation of a run: NumPy when it is short, C++ standalone when the run outweighs the build.

    n_events : synapses that spikes reach, in all
    target   : 'auto', or one of TARGETS to override; 'cython' only ever by override, its cold build costs a minute
    raises ArgumentError for another name; SimulationError when C++ is asked for and no compiler is found
    """
    choice(target, ("auto", *TARGETS), "the target")
    if target == "auto":
        cost = seconds_of("numpy", n_steps=n_steps, n_objects=n_objects, n_elements=n_elements, n_events=n_events)
        return "cpp_standalone" if cost > BUILD_SECONDS and compiler() else "numpy"
    if target != "numpy" and not compiler():
        raise SimulationError(f"the target '{target}' needs a C++ compiler and make, not found; use target='numpy'")
    return target  # type: ignore[return-value]


def seconds_of(target: Target, *, n_steps: float, n_objects: float, n_elements: float, n_events: float = 0.0) -> float:
    """About how long a run takes, right to a factor of a few; the numbers are those of `chosen`."""
    if target == "cpp_standalone":
        per_step = n_objects * COMPILED_PER_OBJECT + n_elements * COMPILED_PER_ELEMENT
        return BUILD_SECONDS + n_steps * per_step + n_events * COMPILED_PER_EVENT
    per_step = n_objects * SECONDS_PER_OBJECT + n_elements * SECONDS_PER_ELEMENT
    return n_steps * per_step + n_events * SECONDS_PER_EVENT


def compiler() -> str:
    """The path of the C++ compiler that a build would use; empty when there is none, or no make."""
    path = shutil.which(os.environ.get("CXX") or "g++") or ""
    return path if path and shutil.which("make") else ""
