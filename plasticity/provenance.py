"""What a number depends on, as plain data for a manifest: the records that were used, and what computed."""

import contextlib
import importlib.metadata
import platform
from typing import Any

from plasticity import __version__
from plasticity.errors import ArgumentError, said
from plasticity.neurons import Neuron
from plasticity.rules import Rule
from plasticity.rules.describe import conventions, equations
from plasticity.sources import reference

_PACKAGES = ("brian2", "numpy", "matplotlib")


def record(item: Any) -> dict[str, Any]:
    """A rule or a neuron as plain data: equations, parameters, conventions, source. Raises ArgumentError."""
    if isinstance(item, Neuron):
        return {
            "neuron": item.name,
            "equations": [f"d{variable.name}/dt = {variable.flow}" for variable in item.variables],
            "parameters": [str(parameter) for parameter in item.parameters],
            "source": reference(item.source),
        }
    if not isinstance(item, Rule):
        raise ArgumentError(f"the record is {said(item)}; a rule or a neuron is allowed")
    return {
        "rule": item.name,
        "equations": equations(item),
        "parameters": [str(parameter) for parameter in item.parameters],
        "conventions": conventions(item),
        "source": reference(item.source),
    }


def versions() -> dict[str, str]:
    """Of this package, Python, and what computes."""
    packages = {package: importlib.metadata.version(package) for package in _PACKAGES}
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):  # which is an extra, and computes where it is
        packages["numba"] = importlib.metadata.version("numba")
    return {"plasticity": __version__, "python": platform.python_version(), **packages, "machine": platform.machine()}
