"""Izhikevich's simple neuron: a parabola and a recovery, whose four numbers make the types of cortical neurons.

The regular spiking neuron, and the other types as sets (`izhikevich2003`; a, b, c and d as in the author's code,
ModelDB 39948). The paper counts in millivolts and milliseconds; its v' = 0.04 v^2 + 5 v + 140 - u + I is here
tau v' = v^2/V_scale + 5 v + V_offset - u + R_m current with tau = 1 ms, V_scale = 25 mV and V_offset = 140 mV.
R_m is such that a current of 1 pA is its I = 1; a, 0.02 in the paper, is 20 per second. The current that a type needs
is told with its set and in the published table izhikevich2003; it is not the neuron's own, and there is no bias. Its
synapses raise v at once, as in the paper, by 1 mV through a weight of 1.

Beyond the peak, which lasts less than a step, neither variable follows the voltage further than to V_peak. The code of
the paper takes steps of Euler as long as 1 ms, whose spikes come at other times than those of the equations.
"""

from collections.abc import Mapping

import numpy as np

from plasticity.neurons.parts import ClosedForm, Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.synapses import with_jumps
from plasticity.parameters import Parameter, ParameterSet

_FIGURE = "izhikevich2003, figure 2"


def izhikevich_rheobase(values: Mapping[str, float]) -> np.float64:
    """The current (A), grown slowly, at which it can rest no longer.

    For a tau < b rest becomes an oscillation that grows; else rest and threshold meet. From the trace and the
    determinant of the linearised equations, which are zero where 2 v/V_scale + slope is a tau, and b.
    """
    v = (min(values["a"] * values["tau"], values["b"]) - values["slope"]) * values["V_scale"] / 2
    held = v**2 / values["V_scale"] + (values["slope"] - values["b"]) * v + values["V_offset"]
    return np.float64(-held) / values["R_m"]


def _type(name: str, meaning: str, current: float, *given: float) -> ParameterSet:
    """A type, with the current (pA) at which it is seen; a (1/ms), b, c (mV) and d (mV) as the paper gives them."""
    a, b, c, d = given
    driven = f"{meaning}, driven by {current:g} pA"
    return ParameterSet(name, {"a": 1e3 * a, "b": b, "c": 1e-3 * c, "d": 1e-3 * d}, driven, _FIGURE)


IZHIKEVICH = with_jumps(
    Neuron(
        name="izhikevich",
        source="izhikevich2003",
        summary="Izhikevich's simple neuron: quadratic, with a recovery that makes the types of cortical neurons",
        purpose=(
            "Makes large networks of many kinds of neurons cheap: use it to try what the kind of neuron does to a "
            "network, where numbers need not be those of a membrane."
        ),
        effect="excitatory",
        parameters=(
            Parameter("a", 20.0, "1/s", "rate of the recovery", _FIGURE),
            Parameter("b", 0.2, "1", "how much the recovery follows the voltage", _FIGURE),
            Parameter("c", -65e-3, "mV", "potential after a spike", _FIGURE),
            Parameter("d", 8e-3, "mV", "recovery that a spike adds", _FIGURE),
            Parameter("tau", 1e-3, "ms", "unit of time of the equations", "izhikevich2003", least=1e-6),
            Parameter("V_scale", 25e-3, "mV", "scale of the parabola, 1/0.04", "izhikevich2003", least=1e-9),
            Parameter("slope", 5.0, "1", "factor of the voltage", "izhikevich2003"),
            Parameter("V_offset", 140e-3, "mV", "the parabola at 0 mV", "izhikevich2003"),
            Parameter("V_peak", 30e-3, "mV", "potential at which it fires", "izhikevich2003"),
            Parameter("V_start", -70e-3, "mV", "potential at first, near that of rest, where u has settled"),
            Parameter("R_m", 1e9, "Mohm", "voltage by current: 1 pA is I = 1", least=1.0),
        ),
        variables=(
            Variable(
                "v",
                "(minimum(v, V_peak)**2/V_scale + slope*minimum(v, V_peak) + V_offset - u + R_m*current)/tau",
                unit="mV",
                start="V_start",
            ),
            Variable("u", "a*(b*minimum(v, V_peak) - u)", unit="mV", start="b*V_start"),
        ),
        voltage="v",
        threshold="v - V_peak",
        reset={"v": "c", "u": "u + d"},
        time_constants=("tau",),
        integration="rk4",
        closed_form=ClosedForm(rheobase=izhikevich_rheobase),
        sets=(
            _type("regular_spiking", "RS: excitatory cells of the cortex, which adapt", 10, 0.02, 0.2, -65, 8),
            _type("intrinsically_bursting", "IB: a burst, then single spikes", 10, 0.02, 0.2, -55, 4),
            _type("chattering", "CH: burst upon burst", 10, 0.02, 0.2, -50, 2),
            _type("fast_spiking", "FS: inhibitory cells that fire fast and do not adapt", 10, 0.1, 0.2, -65, 2),
            _type("thalamocortical", "TC: fires evenly from rest, in a burst from below", 1.5, 0.02, 0.25, -65, 0.05),
            _type("resonator", "RZ: hears what comes at its own frequency", 1.5, 0.1, 0.26, -65, 2),
            _type("low_threshold_spiking", "LTS: inhibitory cells that adapt", 10, 0.02, 0.25, -65, 2),
        ),
    ),
    size=1e-3,
)
