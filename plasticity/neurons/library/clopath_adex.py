"""The adaptive exponential neuron of Clopath et al.: a spike lasts, leaves a current behind, and lifts the threshold.

As `adex`; but a spike holds the voltage at V_spike for t_spike, in which the adaptation w stands still; it starts a
depolarising current z, and a threshold V_T that returns to its rest. Numbers of the authors' code (ModelDB 144566,
aEIF.m), which steps 1 ms and therefore holds two values, 29.4 and 32.9 mV; the one here, and the voltage after a spike,
are those of NEST's model aeif_psc_delta_clopath and its example. NEST's V_th_max is +30.4 mV; the code's V_T_spike is
-30.4 mV.

b is 0.0805 pA as the authors' code uses it, where its comment says nA; the set `brette_gerstner` has the 80.5 pA of
`brette2005`.
"""

from collections.abc import Mapping

import numpy as np

from plasticity.neurons.library.adex import adex_rheobase
from plasticity.neurons.parts import Clamp, ClosedForm, Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.synapses import with_jumps
from plasticity.parameters import Parameter, ParameterSet

SOURCE = "clopath2010"


def _rheobase(values: Mapping[str, float]) -> np.float64:
    """That of `adex`: before its first spike it is this neuron, with the threshold at rest."""
    return adex_rheobase({**values, "V_T": values["V_T_rest"]})


CLOPATH_ADEX = with_jumps(
    Neuron(
        name="clopath_adex",
        source=SOURCE,
        summary="adaptive exponential, with a spike that lasts, an after-current and an adaptive threshold",
        purpose="Gives `voltage_stdp` the voltage it was made for: how long a spike lasts, and how depolarised the "
        "neuron is after it, decide what the rule does at high rates.",
        effect="excitatory",
        parameters=(
            Parameter("C_m", 281e-12, "pF", "capacitance", SOURCE, least=1e-15),
            Parameter("g_L", 30e-9, "nS", "conductance of the leak", SOURCE, least=1e-15),
            Parameter("E_L", -70.6e-3, "mV", "potential of the leak", SOURCE),
            Parameter("V_T_rest", -50.4e-3, "mV", "threshold of the upstroke at rest", SOURCE),
            Parameter("V_T_spike", -30.4e-3, "mV", "the same after a spike", SOURCE),
            Parameter("tau_V_T", 50e-3, "ms", "time constant of its return", SOURCE, least=1e-6),
            Parameter("Delta_T", 2e-3, "mV", "sharpness of the upstroke", SOURCE, least=1e-6),
            Parameter("a", 4e-9, "nS", "adaptation that follows the voltage", SOURCE),
            Parameter("tau_w", 144e-3, "ms", "time constant of the adaptation", SOURCE, least=1e-6),
            Parameter("b", 0.0805e-12, "pA", "adaptation that a spike adds", SOURCE),
            Parameter("I_spike", 400e-12, "pA", "current that a spike leaves behind", SOURCE),
            Parameter("tau_z", 40e-3, "ms", "time constant of that current", SOURCE, least=1e-6),
            Parameter("V_peak", 20e-3, "mV", "potential at which it fires", SOURCE),
            Parameter("V_spike", 33e-3, "mV", "potential during a spike", SOURCE),
            Parameter("t_spike", 2e-3, "ms", "how long a spike lasts", SOURCE, least=0.0),
            Parameter("V_reset", -49.6e-3, "mV", "potential after a spike", SOURCE),
        ),
        variables=(
            Variable(
                "v",
                "(g_L*(E_L - v) + g_L*Delta_T*exp((minimum(v, V_peak) - V_T)/Delta_T) - w + z + current)/C_m",
                unit="mV",
                start="E_L",
            ),
            Variable("w", "(a*(minimum(v, V_peak) - E_L) - w)/tau_w", unit="pA", held="t_spike"),
            Variable("z", "-z/tau_z", unit="pA"),
            Variable("V_T", "(V_T_rest - V_T)/tau_V_T", unit="mV", start="V_T_rest"),
        ),
        voltage="v",
        threshold="v - V_peak",
        clamps={"v": Clamp("V_spike", "t_spike")},
        reset={"v": "V_reset", "w": "w + b", "z": "I_spike", "V_T": "V_T_spike"},
        refractory="t_spike",
        time_constants=("C_m/g_L", "tau_w", "tau_z", "tau_V_T"),
        membrane_time_constant="C_m/g_L",
        integration="rk4",
        closed_form=ClosedForm(rheobase=_rheobase),
        sets=(
            ParameterSet(
                "brette_gerstner", {"b": 80.5e-12}, "with the adaptation of the neuron it was made from", "brette2005"
            ),
        ),
    )
)
