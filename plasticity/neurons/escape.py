"""The integrate-and-fire neuron with escape noise: it fires with a rate that grows with its voltage."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import NeuronError
from plasticity.inputs import instance, number
from plasticity.neurons.lif import LIF_EXCITATORY, settled_voltage
from plasticity.neurons.record import Constant, Neuron, finite, finite_amperes, needed

# Where the survivor function is sampled, in membrane time constants: geometrically, because an interval may be
# a thousandth of tau_m or a thousand of it. Trapezoids on this grid are right to 1e-6 from delta_v = 0.5 mV on
# (tested against quadrature), to 3e-4 for any delta_v.
_GRID = np.concatenate([[0.0], np.geomspace(1e-7, 40.0, 20_000)])


def escape_rate(constants: Mapping[str, float], current: Floats) -> Floats:
    """Rate of the renewal process: 1 / (t_ref + integral of the survivor function after a reset).

    After a spike the voltage climbs from V_reset without noise, so the hazard is a known function of the time
    since; its running integral H gives the survivor function exp(-H). Source: `gerstner2014`, section 9.2.
    """
    return np.vectorize(lambda v: _rate(constants, v), otypes=[float])(settled_voltage(constants, current))


def firing_probability(neuron: Neuron, current: Any, window: Any) -> Floats:
    """Probability that the settled neuron fires at least once in `window` seconds: 1 - exp(-hazard window).

    current : amperes or with a unit, any shape, beside the bias; the membrane has settled to it and has not fired yet
    window  : seconds, or with a unit
    returns : the same shape
    raises NeuronError for a neuron without escape noise, a window that is not above 0, or a current that is not finite
    """
    if not instance(neuron, Neuron, "the neuron", NeuronError).hazard:
        raise NeuronError(f"{neuron.name} has no escape noise; escape_lif has")
    seconds = number(window, "the window", unit="s", above=0.0, error=NeuronError)
    constants = needed(neuron, "rate_threshold", "delta_v", "V_threshold", "E_L", "R_m", "bias")
    amperes = finite_amperes(current)
    with np.errstate(all="ignore"):  # what overflows is looked at afterwards
        hazard = _hazard(constants, settled_voltage(constants, amperes))
        return finite(-np.expm1(-hazard * seconds), f"the probability of {neuron.name}")


def _rate(constants: Mapping[str, float], v_inf: float) -> float:
    time = _GRID * constants["tau_m"]
    voltage = v_inf + (constants["V_reset"] - v_inf) * np.exp(-_GRID)
    hazard = _hazard(constants, voltage)
    steps = np.diff(time)
    cumulative = np.concatenate([[0.0], np.cumsum(steps * (hazard[1:] + hazard[:-1]) / 2)])
    survivor = np.exp(-cumulative)
    settled = float(_hazard(constants, np.asarray(v_inf)))
    tail = survivor[-1] / settled if survivor[-1] > 0 and settled > 0 else 0.0
    if settled == 0:
        return 0.0
    return 1 / (constants["t_ref"] + float(np.sum(steps * (survivor[1:] + survivor[:-1]) / 2)) + tail)


def _hazard(constants: Mapping[str, float], voltage: Floats) -> Floats:
    exponent = (voltage - constants["V_threshold"]) / constants["delta_v"]
    return constants["rate_threshold"] * np.exp(np.minimum(exponent, 500.0))  # e^500 Hz is at once, and finite


ESCAPE_LIF = replace(
    LIF_EXCITATORY,
    name="escape_lif",
    source="gerstner2014",
    summary="integrate-and-fire with escape noise: a probability of firing that grows with the current",
    constants=(
        *LIF_EXCITATORY.constants,
        Constant("rate_threshold", 100.0, "Hz", "rate of firing with the voltage at threshold"),
        Constant("delta_v", 2e-3, "mV", "voltage over which that rate grows e-fold"),
    ),
    threshold="",
    hazard="rate_threshold*exp((v - V_threshold)/delta_v)",
    rate=escape_rate,
)
