"""Which code generation a run uses, decided from what the run costs. Knows nothing of Brian2 itself."""

import os
import shutil
from typing import Literal, get_args

from plasticity.errors import SimulationError
from plasticity.inputs import choice

Target = Literal["numpy", "cython", "cpp_standalone"]
TARGETS = get_args(Target)

# Measured with Brian2 2.9 on two cores: a C++ build takes 8 to 17 s; a step of the NumPy target costs about
# 10 microseconds an object, and 10 nanoseconds an element; a compiled one 100 and 20 nanoseconds.
BUILD_SECONDS = 15.0
SECONDS_PER_OBJECT = 10e-6
SECONDS_PER_ELEMENT = 10e-9
COMPILED_PER_OBJECT = 100e-9
COMPILED_PER_ELEMENT = 20e-9


def chosen(target: str, *, n_steps: float, n_objects: float, n_elements: float) -> Target:
    """The code generation of a run: NumPy when it is short, C++ standalone when the run outweighs the build.

    target : 'auto', or one of TARGETS to override; 'cython' only ever by override, its cold build costs a minute
    raises ArgumentError for another name; SimulationError when C++ is asked for and no compiler is found
    """
    choice(target, ("auto", *TARGETS), "the target")
    if target == "auto":
        cost = seconds_of("numpy", n_steps=n_steps, n_objects=n_objects, n_elements=n_elements)
        return "cpp_standalone" if cost > BUILD_SECONDS and compiler() else "numpy"
    if target != "numpy" and not compiler():
        raise SimulationError(f"the target '{target}' needs a C++ compiler and make, not found; use target='numpy'")
    return target  # type: ignore[return-value]


def seconds_of(target: Target, *, n_steps: float, n_objects: float, n_elements: float) -> float:
    """About how long a run takes, right to a factor of a few; what spikes cost depends on how many there will be."""
    if target == "cpp_standalone":
        return BUILD_SECONDS + n_steps * (n_objects * COMPILED_PER_OBJECT + n_elements * COMPILED_PER_ELEMENT)
    return n_steps * (n_objects * SECONDS_PER_OBJECT + n_elements * SECONDS_PER_ELEMENT)


def compiler() -> str:
    """The path of the C++ compiler that a build would use; empty when there is none, or no make."""
    path = shutil.which(os.environ.get("CXX") or "g++") or ""
    return path if path and shutil.which("make") else ""
