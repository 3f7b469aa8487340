"""The quadratic integrate-and-fire neuron: what every neuron becomes whose firing sets in at a rate of zero.

Close to threshold all such neurons are alike (`ermentrout1996`): the voltage passes the place where rest and threshold
met, slowly, and from there escapes by itself. Rest, threshold and time constant are those of the leaky neuron of
`song2000`; the peak and the reset are our choice. Reset above the place, its rate would start with a jump. There is no
bias; an injected current drives it.
"""

from collections.abc import Mapping

import numpy as np

from plasticity.arrays import Floats
from plasticity.neurons.parts import ClosedForm, Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.synapses import with_jumps
from plasticity.parameters import Parameter


def quadratic_rheobase(values: Mapping[str, float]) -> np.float64:
    """The current (A) at which rest and threshold meet: (V_c - E_L)/(4 R_m)."""
    return np.float64(values["V_c"] - values["E_L"]) / (4 * values["R_m"])


def quadratic_rate(values: Mapping[str, float], current: Floats) -> Floats:
    """Rate under a constant current: 1 / (t_ref + tau_m S/k [atan((v - M)/k)] from V_reset to V_peak).

    S = V_c - E_L and M are width and middle of the parabola, k^2 = S R_m (I - rheobase): the equation is
    tau_m S dv/dt = (v - M)^2 + k^2. The rate of a neuron that comes from rest: 0 at the rheobase and below.
    """
    width, middle = values["V_c"] - values["E_L"], (values["V_c"] + values["E_L"]) / 2
    above = width * values["R_m"] * (current - quadratic_rheobase(values))
    fires = above > 0
    k = np.sqrt(np.where(fires, above, 1.0))
    way = np.arctan((values["V_peak"] - middle) / k) - np.arctan((values["V_reset"] - middle) / k)
    return np.where(fires, 1 / (values["t_ref"] + values["tau_m"] * width / k * way), 0.0)


QUADRATIC = with_jumps(
    Neuron(
        name="quadratic",
        source="ermentrout1996",
        summary="quadratic integrate-and-fire: the voltage runs away by itself, from a threshold that depends on it",
        purpose=(
            "Shows how a rate grows from zero, as the root of the distance to the rheobase: use it for theory of "
            "neurons that fire slowly, since its rate has a closed form."
        ),
        effect="excitatory",
        parameters=(
            Parameter("tau_m", 20e-3, "ms", "membrane time constant at rest", "song2000", least=1e-6),
            Parameter("E_L", -70e-3, "mV", "resting potential", "song2000"),
            Parameter("V_c", -54e-3, "mV", "potential from which it runs away, without a current", "song2000"),
            Parameter("V_peak", 0.0, "mV", "potential at which it fires"),
            Parameter("V_reset", -70e-3, "mV", "potential after a spike, below where rest and threshold meet"),
            Parameter("t_ref", 2e-3, "ms", "refractory time", least=0.0),
            Parameter("R_m", 100e6, "Mohm", "input resistance at rest", least=1.0),
        ),
        variables=(
            Variable(
                "v", "((v - E_L)*(v - V_c)/(V_c - E_L) + R_m*current)/tau_m", unit="mV", start="E_L", held="t_ref"
            ),
        ),
        voltage="v",
        threshold="v - V_peak",
        reset={"v": "V_reset"},
        refractory="t_ref",
        time_constants=("tau_m",),
        membrane_time_constant="tau_m",
        integration="rk4",
        closed_form=ClosedForm(rate=quadratic_rate, rheobase=quadratic_rheobase),
    )
)
