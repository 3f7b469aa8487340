"""Which code generation a run uses, decided from what the run costs. Knows nothing of Brian2 itself."""

import os
import shutil
from typing import Literal, get_args

from plasticity.errors import ArgumentError, SimulationError

Target = Literal["numpy", "cython", "cpp_standalone"]
TARGETS = get_args(Target)

# Measured with Brian2 2.9 on two cores: a C++ build takes 8 to 17 s; a step of the NumPy target costs about
# 10 microseconds an object, and 10 nanoseconds an element.
BUILD_SECONDS = 15.0
SECONDS_PER_OBJECT = 10e-6
SECONDS_PER_ELEMENT = 10e-9


def chosen(target: str, *, n_steps: int, n_objects: int, n_elements: int) -> Target:
    """The code generation of a run: NumPy when it is short, C++ standalone when the run outweighs the build.

    target : 'auto', or one of TARGETS to override; 'cython' only ever by override, its cold build costs a minute
    raises ArgumentError for another name; SimulationError when C++ is asked for and no compiler is found
    """
    if target == "auto":
        cost = n_steps * (n_objects * SECONDS_PER_OBJECT + n_elements * SECONDS_PER_ELEMENT)
        return "cpp_standalone" if cost > BUILD_SECONDS and compiler() else "numpy"
    if target not in TARGETS:
        raise ArgumentError(f"unknown target '{target}'; allowed: auto, {', '.join(TARGETS)}")
    if target != "numpy" and not compiler():
        raise SimulationError(f"the target '{target}' needs a C++ compiler and make, not found; use target='numpy'")
    return target  # type: ignore[return-value]


def compiler() -> str:
    """The path of the C++ compiler that a build would use; empty when there is none, or no make."""
    path = shutil.which(os.environ.get("CXX") or "g++") or ""
    return path if path and shutil.which("make") else ""
