"""The rate of a leaky integrate-and-fire neuron under white noise: the Siegert formula."""

import math
from collections.abc import Mapping

import numpy as np

from plasticity.arrays import Floats
from plasticity.neurons.leaky import require_climb, settled_voltage

_DEEPEST = 27.0  # exp(b^2) is beyond all numbers from here on
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)
# -zeta(1/2)/sqrt(2 pi): by so many standard deviations of a step a random walk overshoots a threshold on average.
_OVERSHOOT = 0.5825971579390106


def siegert_rate(values: Mapping[str, float], current: Floats) -> Floats:
    """Mean rate under white noise: 1/rate = t_ref + tau_m int_0^inf exp(-u^2) (e^(2bu) - e^(2au))/u du.

    a, b are reset and threshold, measured from the settled voltage in units of sqrt(2) sigma. This single
    integral is the Siegert formula (`siegert1951`) with exp(x^2)(1 + erf x) written as an integral over u.
    """
    require_climb(values)
    v_inf = settled_voltage(values, current)
    scale = np.sqrt(2) * values["sigma"]
    lower, upper = (values["V_reset"] - v_inf) / scale, (values["V_threshold"] - v_inf) / scale
    passage = np.vectorize(_passage, otypes=[float])(lower, upper)
    return 1 / (values["t_ref"] + values["tau_m"] * passage)


def siegert_rate_in_steps(values: Mapping[str, float], current: Floats, dt: float) -> Floats:
    """The rate with the threshold raised by the mean overshoot of a random walk in steps of `dt` seconds, under the
    same constant current in amperes. Source: `broadie1997`."""
    height = _OVERSHOOT * (values["sigma"] * math.sqrt(2 * dt / values["tau_m"]))
    swing = values["V_threshold"] - values["E_L"]
    bias = (1 + values["bias"]) * swing / (swing + height) - 1
    return siegert_rate({**values, "V_threshold": values["V_threshold"] + height, "bias": bias}, current)


def _passage(a: float, b: float) -> float:
    """The integral of exp(-u^2) (exp(2bu) - exp(2au))/u over u from 0 to infinity.

    The integrand has ended 8 beyond its peak (exp(-64)), and earlier when b is far below zero. Panels grow
    geometrically from 1e-4 of the scale on which exponents change; 20 Gauss points in each.
    """
    if b > _DEEPEST:
        return np.inf
    end = max(b, 0.0) + 8.0
    scale = 1 / (1 + abs(a) + abs(b))
    edges = np.concatenate([[0.0], np.geomspace(1e-4 * scale, end, 60)])
    half = np.diff(edges) / 2
    u = edges[:-1, None] + half[:, None] * (1 + _NODES)
    with np.errstate(over="ignore"):  # deep below threshold the time to the next spike is infinite, the rate 0
        integrand = np.exp(2 * b * u - u**2) * -np.expm1(2 * (a - b) * u) / u
    return float(np.sum(half[:, None] * _WEIGHTS * integrand))
