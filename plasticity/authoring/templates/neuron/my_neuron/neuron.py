"""A leaky integrate-and-fire neuron, with what is known of it in closed form.

The membrane relaxes to E_L + current/g_L; where that lies above the threshold, the time to climb from the reset to the
threshold follows by solving one linear equation, and the rate is one over it and the refractory time.
"""

from collections.abc import Mapping

import numpy as np

from plasticity.neurons import ClosedForm, Neuron, Receptor, Variable
from plasticity.rules import Parameter

Values = Mapping[str, float]


def rheobase(values: Values) -> float:
    """Amperes: the current that leads just to the threshold."""
    return values["g_L"] * (values["V_th"] - values["E_L"])


def rate(values: Values, current: np.ndarray) -> np.ndarray:
    """Hertz, of a constant current in amperes."""
    fires = current > rheobase(values)
    settled = values["E_L"] + np.where(fires, current, 2 * rheobase(values)) / values["g_L"]
    climb = np.log((settled - values["V_reset"]) / (settled - values["V_th"]))
    interval = values["t_ref"] + values["C_m"] / values["g_L"] * climb
    return np.where(fires, 1 / interval, 0.0)


MY_NEURON = Neuron(
    name="my_neuron",
    source="our choice",  # or a key of plasticity.sources, or "Me & You 2026, J Neurosci 1:1, doi:10.1000/x"
    summary="leaky integrate-and-fire, with a refractory time and an excitatory current",
    purpose="how fast does it fire under a constant current, and what does one spike do to its voltage?",
    effect="excitatory",
    parameters=(
        Parameter("C_m", 200e-12, "pF", "capacitance: that of a small neuron, our choice", least=1e-15),
        Parameter("g_L", 10e-9, "nS", "leak: 20 ms of membrane time constant with C_m, our choice", least=1e-12),
        Parameter("E_L", -70e-3, "mV", "rest: our choice"),
        Parameter("V_th", -50e-3, "mV", "threshold: 20 mV above rest, our choice"),
        Parameter("V_reset", -60e-3, "mV", "after a spike: half way to the threshold, our choice"),
        Parameter("t_ref", 2e-3, "ms", "refractory time: our choice", least=0.0),
        Parameter("tau_syn", 5e-3, "ms", "decay of the synaptic current: our choice", least=1e-6),
        Parameter("J_syn", 50e-12, "pA", "current of one spike at weight 1: a millivolt or so, our choice"),
    ),
    variables=(
        Variable("v", "(g_L*(E_L - v) + I_syn + current)/C_m", "mV", start="E_L", held="t_ref"),
        Variable("I_syn", "-I_syn/tau_syn", "pA"),
    ),
    voltage="v",
    threshold="v - V_th",
    reset={"v": "V_reset"},
    refractory="t_ref",
    receptors={"excitation": Receptor("I_syn", "J_syn")},
    time_constants=("tau_syn",),
    membrane_time_constant="C_m/g_L",
    closed_form=ClosedForm(rate=rate, rheobase=rheobase),
)
