"""The leaky integrate-and-fire neuron with a bias, current synapses, and its rate in closed form."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from plasticity.arrays import Floats
from plasticity.neurons.leaky import require_climb, voltage_above_threshold
from plasticity.neurons.parts import ClosedForm, Receptor, Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.siegert import siegert_rate, siegert_rate_in_steps
from plasticity.parameters import Parameter


def lif_rate(values: Mapping[str, float], current: Floats) -> Floats:
    """Rate of the noiseless neuron: 1 / (t_ref + tau_m ln((V_inf - V_reset) / (V_inf - V_threshold))).

    V_inf is the voltage it tends to. Source: `gerstner2014`, section 1.3, integrated from reset to threshold. Zero at
    rheobase, and above it by no more than rounding: the voltage only tends to the threshold.
    """
    require_climb(values)
    above = voltage_above_threshold(values, current)
    fires = above > 0
    way = values["V_threshold"] - values["V_reset"]
    climb = np.log1p(way / np.where(fires, above, 1.0))
    return np.where(fires, 1 / (values["t_ref"] + values["tau_m"] * climb), 0.0)


def lif_rate_in_steps(values: Mapping[str, float], current: Floats, dt: float) -> Floats:
    """The rate of the noiseless neuron whose climbs to the threshold last whole steps of `dt` seconds."""
    rates = lif_rate(values, current)
    fires = rates > 0
    climb = 1 / np.where(fires, rates, 1.0) - values["t_ref"]
    steps = np.ceil(climb / dt - 1e-9)  # a crossing on the grid is not one step late by rounding
    return np.where(fires, 1 / (values["t_ref"] + steps * dt), 0.0)


def lif_rheobase(values: Mapping[str, float]) -> np.float64:
    """The current (A) that takes the voltage from rest just to the threshold."""
    return np.float64(values["V_threshold"] - values["E_L"]) / values["R_m"]


def lif_synaptic_potential(values: Mapping[str, float], weight: float) -> np.float64:
    """The peak (V) of the difference of two exponentials.

    The membrane filters the synaptic current w J exp(-t/tau_syn); the potential peaks at
    R_m J w (tau_syn/tau_m)**(tau_m/(tau_m - tau_syn)), and at R_m J w / e when both time constants are equal.
    """
    tau_m, tau_syn = values["tau_m"], values["tau_syn"]
    amplitude = np.float64(values["R_m"]) * values["J_syn"] * weight
    if math.isclose(tau_m, tau_syn, rel_tol=1e-6):
        return amplitude / math.e
    return amplitude * np.float64(tau_syn / tau_m) ** (tau_m / (tau_m - tau_syn))


LIF_PARAMETERS = (
    Parameter("tau_m", 20e-3, "ms", "membrane time constant", "song2000", least=1e-6),
    Parameter("E_L", -70e-3, "mV", "resting potential", "song2000"),
    Parameter("V_threshold", -54e-3, "mV", "potential at which it fires", "song2000"),
    Parameter("V_reset", -60e-3, "mV", "potential after a spike", "song2000"),
    Parameter("t_ref", 2e-3, "ms", "refractory time", least=0.0),
    Parameter("R_m", 100e6, "Mohm", "input resistance", least=1.0),
    Parameter(
        "bias",
        -1.0,
        "1",
        "constant current of (1 + bias) rheobases: -1 is none, with 0 it is just silent, with 0.25 it fires until "
        "inhibition reaches 0.25 rheobases",
    ),
    Parameter("tau_syn", 5e-3, "ms", "time constant of the synaptic current", "song2000", least=1e-6),
    Parameter("J_syn", 50e-12, "pA", "synaptic current that a spike adds through a weight of 1", least=0.0),
)
LIF_EXCITATORY = Neuron(
    name="lif_excitatory",
    source="song2000",
    summary="leaky integrate-and-fire, its synapses excite",
    purpose=(
        "The simplest neuron that sums, forgets and fires, with its rate in closed form: use it unless the question "
        "needs more."
    ),
    effect="excitatory",
    parameters=LIF_PARAMETERS,
    variables=(
        Variable(
            "v",
            flow="(E_L - v + (1 + bias)*(V_threshold - E_L) + R_m*(I_syn + current))/tau_m",
            unit="mV",
            start="E_L",
            held="t_ref",
        ),
        Variable("I_syn", flow="-I_syn/tau_syn", unit="pA"),
    ),
    voltage="v",
    threshold="v - V_threshold",
    reset={"v": "V_reset"},
    refractory="t_ref",
    receptors={"excitation": Receptor("I_syn", "J_syn", +1), "inhibition": Receptor("I_syn", "J_syn", -1)},
    time_constants=("tau_m", "tau_syn"),
    membrane_time_constant="tau_m",
    integration="exact",
    closed_form=ClosedForm(
        rate=lif_rate,
        rate_in_steps=lif_rate_in_steps,
        rheobase=lif_rheobase,
        synaptic_potential=lif_synaptic_potential,
        under_white_noise=ClosedForm(
            rate=siegert_rate,
            rate_in_steps=siegert_rate_in_steps,
            rheobase=lif_rheobase,
            synaptic_potential=lif_synaptic_potential,
        ),
    ),
)

LIF_INHIBITORY = replace(
    LIF_EXCITATORY,
    name="lif_inhibitory",
    summary="leaky integrate-and-fire, its synapses inhibit",
    purpose="The same as a source of inhibition: Dale's law says that all synapses of a neuron have one sign.",
    effect="inhibitory",
)
