"""The leaky integrate-and-fire neuron with a bias, current synapses, and its rate in closed form."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import NeuronError
from plasticity.inputs import instance, number
from plasticity.neurons.record import Constant, Neuron, Variable, finite, needed
from plasticity.neurons.rounding import ROUNDINGS

_FARTHEST = 1e100  # volts; beyond every current, and small enough to be multiplied


def lif_rate(constants: Mapping[str, float], current: Floats) -> Floats:
    """Rate of the noiseless neuron: 1 / (t_ref + tau_m ln((V_inf - V_reset) / (V_inf - V_threshold))).

    V_inf is the voltage it tends to. Source: `gerstner2014`, section 1.3, integrated from reset to threshold. Zero at
    rheobase, and above it by no more than rounding: the voltage only tends to the threshold.
    """
    require_climb(constants)
    above = voltage_above_threshold(constants, current)
    fires = above > 0
    way = constants["V_threshold"] - constants["V_reset"]
    climb = np.log1p(way / np.where(fires, above, 1.0))
    return np.where(fires, 1 / (constants["t_ref"] + constants["tau_m"] * climb), 0.0)


def voltage_above_threshold(constants: Mapping[str, float], current: Floats) -> Floats:
    """V_inf - V_threshold = bias swing + R_m I, and 0 where rounding of the terms explains it."""
    swing = constants["V_threshold"] - constants["E_L"]
    driven = np.clip(constants["R_m"] * current, -_FARTHEST, _FARTHEST)
    above = constants["bias"] * swing + driven
    ends = abs(constants["V_threshold"]) + abs(constants["E_L"])
    terms = ends + (1 + abs(constants["bias"])) * ends + np.abs(driven)
    return np.where(np.abs(above) > ROUNDINGS * terms, above, 0.0)


def require_climb(constants: Mapping[str, float]) -> None:
    """Raise NeuronError for a reset that is not below the threshold: the closed forms integrate the climb between."""
    reset, threshold = constants["V_reset"], constants["V_threshold"]
    if reset >= threshold:
        raise NeuronError(f"V_reset is {reset} V; for a closed form, less than V_threshold = {threshold} V is needed")


def settled_voltage(constants: Mapping[str, float], current: Floats) -> Floats:
    """The voltage (V) that the membrane tends to under a constant current (A) and the bias, if it did not fire."""
    swing = constants["V_threshold"] - constants["E_L"]
    settled = constants["E_L"] + constants["R_m"] * current + (1 + constants["bias"]) * swing
    return np.clip(settled, -_FARTHEST, _FARTHEST)


def rheobase(neuron: Neuron) -> float:
    """The smallest constant current (A) that makes the neuron without bias fire; at exactly this one it is silent.

    raises NeuronError for a neuron without V_threshold, E_L and R_m, or for which the current is not finite
    """
    constants = needed(neuron, "V_threshold", "E_L", "R_m")
    with np.errstate(all="ignore"):
        current = np.float64(constants["V_threshold"] - constants["E_L"]) / constants["R_m"]
    return float(finite(current, f"the rheobase of {neuron.name}"))


def synaptic_potential(neuron: Neuron, weight: Any) -> float:
    """Peak of the postsynaptic potential (V) that one spike causes through an excitatory synapse of `weight`.

    The membrane filters the synaptic current w J exp(-t/tau_syn); the difference of two exponentials peaks at
    R_m J w (tau_syn/tau_m)**(tau_m/(tau_m - tau_syn)), and at R_m J w / e when both time constants are equal.
    raises NeuronError for a neuron without these constants, and for a weight or a potential that is not finite
    """
    constants = needed(instance(neuron, Neuron, "the neuron", NeuronError), "tau_m", "tau_syn", "R_m", "J_syn")
    tau_m, tau_syn = constants["tau_m"], constants["tau_syn"]
    size = number(weight, "the weight", error=NeuronError)
    with np.errstate(all="ignore"):
        amplitude = np.float64(constants["R_m"]) * constants["J_syn"] * size
        if math.isclose(tau_m, tau_syn, rel_tol=1e-6):
            peak = amplitude / math.e
        else:
            peak = amplitude * np.float64(tau_syn / tau_m) ** (tau_m / (tau_m - tau_syn))
    return float(finite(peak, f"the synaptic potential of {neuron.name}"))


LIF_EXCITATORY = Neuron(
    name="lif_excitatory",
    source="song2000",
    summary="leaky integrate-and-fire, its synapses excite",
    effect="excitatory",
    constants=(
        Constant("tau_m", 20e-3, "ms", "membrane time constant", "song2000"),
        Constant("E_L", -70e-3, "mV", "resting voltage", "song2000"),
        Constant("V_threshold", -54e-3, "mV", "voltage at which it fires", "song2000"),
        Constant("V_reset", -60e-3, "mV", "voltage after a spike", "song2000"),
        Constant("t_ref", 2e-3, "ms", "refractory time"),
        Constant("R_m", 100e6, "Mohm", "input resistance"),
        Constant(
            "bias",
            -1.0,
            "1",
            "constant current of (1 + bias) rheobases: -1 is none, with 0 it is just silent, with 0.25 it fires until "
            "inhibition reaches 0.25 rheobases",
        ),
        Constant("tau_syn", 5e-3, "ms", "time constant of the synaptic current", "song2000"),
        Constant("J_syn", 50e-12, "pA", "synaptic current that a spike adds through a weight of 1"),
    ),
    variables=(
        Variable(
            "v",
            derivative="(E_L - v + (1 + bias)*(V_threshold - E_L) + R_m*(I_syn + current))/tau_m",
            start="E_L",
            is_held=True,
        ),
        Variable("I_syn", derivative="-I_syn/tau_syn", start="0"),
    ),
    threshold="v - V_threshold",
    hazard="",
    reset=(("v", "V_reset"),),
    refractory="t_ref",
    time_constants=("tau_m", "tau_syn"),
    input_variable="I_syn",
    unit_current="J_syn",
    integration="exact",
    rate=lif_rate,
)

LIF_INHIBITORY = replace(
    LIF_EXCITATORY,
    name="lif_inhibitory",
    summary="leaky integrate-and-fire, its synapses inhibit",
    effect="inhibitory",
)
