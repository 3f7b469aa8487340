"""Rate and regularity of a neuron with escape noise under a constant current: a renewal process in steps.

Source: gerstner2014, section 9.2.
"""

import math

import numpy as np

from plasticity.neurons import Neuron, rheobase

_SETTLED = 40.0  # membrane time constants after which the voltage no longer moves


def rate_and_cv(neuron: Neuron, dt: float) -> tuple[float, float]:
    """Rate (Hz) of a neuron with the exponential hazard under its bias alone, and the CV of its intervals.

    After a spike the voltage climbs without noise; a step from voltage v is survived with exp(-hazard(v) dt). So the
    chance to survive n steps is known, and its sums are the mean and the variance of an interval.
    """
    v = neuron.values
    above = v["bias"] * rheobase(neuron) * v["R_m"]  # of the settled voltage over the threshold
    n = np.arange(1, math.ceil(_SETTLED * v["tau_m"] / dt) + 1)
    voltage = above + (v["V_reset"] - v["V_threshold"] - above) * np.exp(-n * dt / v["tau_m"])
    hazard = v["rate_threshold"] * np.exp(voltage / v["delta_v"])
    survivor = np.exp(-np.concatenate([[0.0], np.cumsum(hazard) * dt]))
    steps, squared = survivor.sum(), ((2 * np.arange(survivor.size) + 1) * survivor).sum()
    mean = v["t_ref"] + dt * steps
    return float(1 / mean), float(dt * math.sqrt(squared - steps**2) / mean)
