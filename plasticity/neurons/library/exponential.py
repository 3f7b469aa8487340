"""The exponential integrate-and-fire neuron: a leak, and sodium channels that open at once with the voltage.

Parameters are those that follow the Wang-Buzsaki neuron (`fourcaud2003`, as in BrainPy's ExpIF); the resistance, which
only scales the current, and the peak, which the voltage passes within microseconds, are our choice. There is no bias;
an injected current drives it. Beyond the peak, which lasts less than a step, the upstroke grows no further.
"""

from collections.abc import Mapping

import numpy as np

from plasticity.arrays import Floats
from plasticity.neurons.parts import ClosedForm, Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.synapses import with_jumps
from plasticity.parameters import Parameter

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)
_FARTHEST = 1e100  # volts of drive; beyond every current, and small enough to be squared
_PANELS = 120  # of the quadrature; twice as many change a rate by less than 1e-12 of itself


def exponential_rheobase(values: Mapping[str, float]) -> np.float64:
    """The current (A) at which rest and threshold meet, at V_T: (V_T - E_L - Delta_T)/R_m."""
    return np.float64(values["V_T"] - values["E_L"] - values["Delta_T"]) / values["R_m"]


def exponential_rate(values: Mapping[str, float], current: Floats) -> Floats:
    """Rate under a constant current: 1 / (t_ref + tau_m int dv / (E_L - v + Delta_T e^((v-V_T)/Delta_T) + R_m I)).

    The integral, from V_reset to V_peak, by quadrature.
    """
    return np.vectorize(lambda amperes: _rate(values, amperes), otypes=[float])(current)


def _rate(values: Mapping[str, float], current: float) -> float:
    """Gauss points in panels of u, where v = V_T + k sinh(u): fine over the bottleneck at V_T, whose width is k."""
    sharp = values["Delta_T"]
    least = min(float(values["R_m"] * (current - exponential_rheobase(values))), _FARTHEST)
    if least <= 0:
        return 0.0
    k = np.sqrt(2 * sharp * least)
    first, last = (np.arcsinh((values[end] - values["V_T"]) / k) for end in ("V_reset", "V_peak"))
    edges = np.linspace(first, last, _PANELS + 1)
    half = np.diff(edges)[:, None] / 2
    u = edges[:-1, None] + half * (1 + _NODES)
    x = k * np.sinh(u) / sharp
    # Delta_T (e^x - 1 - x) + R_m (I - rheobase), without cancellation
    speed = sharp * np.where(np.abs(x) < 1e-3, x**2 / 2 + x**3 / 6 + x**4 / 24, np.expm1(x) - x) + least
    return float(1 / (values["t_ref"] + values["tau_m"] * np.sum(half * _WEIGHTS * k * np.cosh(u) / speed)))


EXPONENTIAL = with_jumps(
    Neuron(
        name="exponential",
        source="fourcaud2003",
        summary="exponential integrate-and-fire: a leak, and an upstroke that grows e-fold with the voltage",
        purpose=(
            "Shows how fast a population of neurons can follow its input, which the sharpness of the upstroke decides: "
            "use it where a leaky neuron with a fixed threshold is too simple, and channels are too slow."
        ),
        effect="excitatory",
        parameters=(
            Parameter("tau_m", 10e-3, "ms", "membrane time constant", "fourcaud2003", least=1e-6),
            Parameter("E_L", -65e-3, "mV", "potential of the leak", "fourcaud2003"),
            Parameter("V_T", -59.9e-3, "mV", "potential at the foot of the upstroke", "fourcaud2003"),
            Parameter("Delta_T", 3.48e-3, "mV", "sharpness of the upstroke", "fourcaud2003", least=1e-6),
            Parameter("V_peak", 0.0, "mV", "potential at which it fires"),
            Parameter("V_reset", -68e-3, "mV", "potential after a spike", "fourcaud2003"),
            Parameter("t_ref", 1.7e-3, "ms", "refractory time", "fourcaud2003", least=0.0),
            Parameter("R_m", 100e6, "Mohm", "input resistance without the upstroke", least=1.0),
        ),
        variables=(
            Variable(
                "v",
                "(E_L - v + Delta_T*exp((minimum(v, V_peak) - V_T)/Delta_T) + R_m*current)/tau_m",
                unit="mV",
                start="E_L",
                held="t_ref",
            ),
        ),
        voltage="v",
        threshold="v - V_peak",
        reset={"v": "V_reset"},
        refractory="t_ref",
        time_constants=("tau_m",),
        membrane_time_constant="tau_m",
        integration="rk4",
        closed_form=ClosedForm(rate=exponential_rate, rheobase=exponential_rheobase),
    )
)
