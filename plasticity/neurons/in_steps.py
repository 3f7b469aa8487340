"""The rate that a simulation in steps has: what the closed form becomes when spikes fall on a grid of `dt`.

A simulated spike falls on the end of the step in which the threshold is crossed, and a crossing within a step is
not seen when the voltage is below again at its end. Both lower the rate, by an amount that is known.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import NeuronError
from plasticity.grid import whole_steps
from plasticity.inputs import number
from plasticity.neurons.lif import lif_rate, settled_voltage
from plasticity.neurons.record import Neuron, closed_form_rate, finite, finite_amperes, with_constants

# -zeta(1/2)/sqrt(2 pi): by so many standard deviations of a step a random walk overshoots a threshold on average.
_OVERSHOOT = 0.5825971579390106
_MOST_STEPS = 400_000  # of one interval between two spikes


def rate_in_steps(neuron: Neuron, current: Any, dt: Any) -> Floats:
    """The stationary rate (Hz) of `neuron` under a constant current (A) when simulated in steps of `dt` (s).

    no noise     : every climb to the threshold is that of the closed form, rounded up to whole steps; exact. A
                   crossing within a billionth of a step of the grid counts as on it
    escape noise : a step from voltage v is survived with exp(-hazard(v) dt), of which the mean interval is a
                   sum; exact
    white noise  : the closed form with the threshold raised by the mean overshoot of a random walk, 0.583
                   standard deviations of a step (`broadie1997`); right to first order in sqrt(dt)
    raises NeuronError when no closed form is known for this neuron, and for a step of which its refractory time is no
    multiple, as a simulation does
    """
    amperes = finite_amperes(current)
    rates = closed_form_rate(neuron, amperes)
    dt = number(dt, "the step", unit="s", above=0.0, error=NeuronError)
    constants = neuron.values
    refractory = neuron.refractory
    whole_steps(constants[refractory], dt, f"{neuron.name}.{refractory}", error=NeuronError)
    with np.errstate(all="ignore"):  # what overflows is looked at afterwards
        return finite(_in_steps(neuron, amperes, rates, dt), f"the rate of {neuron.name} in steps")


def _in_steps(neuron: Neuron, amperes: Floats, rates: Floats, dt: float) -> Floats:
    constants = neuron.values
    if "sigma" in constants:
        step = constants["sigma"] * math.sqrt(2 * dt / constants["tau_m"])
        return closed_form_rate(_raised(neuron, _OVERSHOOT * step), amperes)
    if neuron.hazard:
        return np.vectorize(lambda v: _escape(constants, v, dt), otypes=[float])(settled_voltage(constants, amperes))
    if neuron.rate is not lif_rate:
        raise NeuronError(f"the rate of {neuron.name} in steps is not known; simulate it: plasticity.spiking.rates")
    fires = rates > 0
    climb = 1 / np.where(fires, rates, 1.0) - constants["t_ref"]
    steps = np.ceil(climb / dt - 1e-9)  # a crossing on the grid is not one step late by rounding
    return np.where(fires, 1 / (constants["t_ref"] + steps * dt), 0.0)


def _raised(neuron: Neuron, height: float) -> Neuron:
    """The neuron with its threshold raised, under the same constant current in amperes."""
    v = neuron.values
    swing = v["V_threshold"] - v["E_L"]
    bias = (1 + v["bias"]) * swing / (swing + height) - 1
    return with_constants(neuron, V_threshold=v["V_threshold"] + height, bias=bias)


def _escape(constants: Mapping[str, float], v_inf: float, dt: float) -> float:
    """1 / (t_ref + dt sum of the survivor function), with the tail, where v has settled, as a geometric series."""
    if 20 * constants["tau_m"] / dt > 1.000001 * _MOST_STEPS:
        raise NeuronError(
            f"the step is {dt:g} s; for the rate in steps with escape noise "
            f"{20 * constants['tau_m'] / _MOST_STEPS:g} s or more is allowed, and the closed form is as good below"
        )
    n = min(_MOST_STEPS, math.ceil(40 * constants["tau_m"] / dt))
    voltage = v_inf + (constants["V_reset"] - v_inf) * np.exp(-np.arange(1, n + 1) * dt / constants["tau_m"])
    exponent = (np.append(voltage, v_inf) - constants["V_threshold"]) / constants["delta_v"]
    hazard = constants["rate_threshold"] * np.exp(np.minimum(exponent, 500.0))
    survivor = np.exp(-np.concatenate([[0.0], np.cumsum(hazard[:-1] * dt)]))
    tail = survivor[-1] * math.exp(-hazard[-1] * dt) / -math.expm1(-hazard[-1] * dt) if hazard[-1] > 0 else math.inf
    return 1 / (constants["t_ref"] + dt * (float(survivor.sum()) + tail))
