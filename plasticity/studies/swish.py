"""Swish, z sigmoid(z), as a gate that its own input opens: its lowest point, its slope at 0, its distance from ReLU."""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import RELU, SIGMOID, SWISH
from plasticity.experiment import parameter


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    z: float = parameter(2.0, "1", "input at which the gate is looked at", least=-100, most=100)
    widest: float = parameter(30.0, "1", "largest size of the inputs that are compared", least=5, most=300)
    n_inputs: int = parameter(10_001, meaning="inputs that are compared, evenly spaced", least=101, most=1_000_001)


@dataclass(frozen=True)
class Result:
    """The printed formula and the package's activation at the same inputs, and what is special about the curve.

    at_z   : the input looked at, how far the gate is open there, and the output
    lowest : the input at which the function is lowest, and its value
    """

    z: Floats
    printed: Floats
    swish: Floats
    relu: Floats
    at_z: tuple[float, float, float]
    lowest: tuple[float, float]
    slope_at_0: float


def study(parameters: Parameters) -> Result:
    """Evaluate the formula as it is printed; find the lowest point by halving."""
    p = parameters
    z, at = np.linspace(-p.widest, p.widest, p.n_inputs), np.array(p.z)
    return Result(
        z=z,
        printed=z * (1 / (1 + np.exp(-z))),
        swish=SWISH(z),
        relu=RELU(z),
        at_z=(p.z, float(SIGMOID(at)), float(SWISH(at))),
        lowest=_lowest(),
        slope_at_0=float(SWISH.derivative(np.array(0.0))),
    )


def _lowest() -> tuple[float, float]:
    """Where the slope changes its sign between -5 and 0, and the value there."""
    low, high = -5.0, 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if SWISH.derivative(np.array(middle)) < 0 else (low, middle)
    return low, float(SWISH(np.array(low)))
