"""White-noise input to an integrate-and-fire neuron, and its rate: the Siegert formula."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import NeuronError
from plasticity.inputs import instance, number
from plasticity.neurons.lif import LIF_EXCITATORY, lif_rate, require_climb, settled_voltage
from plasticity.neurons.record import Constant, Neuron

_DEEPEST = 27.0  # exp(b^2) is beyond all numbers from here on
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)


def white_noise(neuron: Neuron, sigma: Any) -> Neuron:
    """The same neuron under white-noise current of a size that makes its free voltage fluctuate by `sigma`.

    sigma : volts or with a unit, the standard deviation that the voltage would have without a threshold; above 0
    raises NeuronError for another sigma, or a neuron that has noise or a hazard already

    Its rate in closed form is known where that of `neuron` is the one of the leaky integrate-and-fire neuron.
    """
    instance(neuron, Neuron, "the neuron", NeuronError)
    sigma = number(sigma, "sigma", unit="V", above=0.0, error=NeuronError)
    if "sigma" in neuron.values or neuron.hazard:
        raise NeuronError(f"{neuron.name} has noise already; give a neuron without")
    voltage, *others = neuron.variables
    noisy = replace(voltage, noise="sigma*sqrt(2/tau_m)")
    return replace(
        neuron,
        name=f"white_noise({neuron.name})",
        summary=f"{neuron.summary}, under white noise",
        constants=(*neuron.constants, Constant("sigma", sigma, "mV", "standard deviation of the free voltage")),
        variables=(noisy, *others),
        integration="euler",
        rate=siegert_rate if neuron.rate is lif_rate else None,
    )


def siegert_rate(constants: Mapping[str, float], current: Floats) -> Floats:
    """Mean rate under white noise: 1/rate = t_ref + tau_m int_0^inf exp(-u^2) (e^(2bu) - e^(2au))/u du.

    a, b are reset and threshold, measured from the settled voltage in units of sqrt(2) sigma. This single
    integral is the Siegert formula (`siegert1951`) with exp(x^2)(1 + erf x) written as an integral over u.
    """
    require_climb(constants)
    v_inf = settled_voltage(constants, current)
    scale = np.sqrt(2) * constants["sigma"]
    lower, upper = (constants["V_reset"] - v_inf) / scale, (constants["V_threshold"] - v_inf) / scale
    passage = np.vectorize(_passage, otypes=[float])(lower, upper)
    return 1 / (constants["t_ref"] + constants["tau_m"] * passage)


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


WHITE_NOISE_LIF = replace(white_noise(LIF_EXCITATORY, 4e-3), name="white_noise_lif")
