"""The voltage rule of Clopath, Buesing, Vasilaki & Gerstner: what the postsynaptic voltage is decides, not its spikes.

A presynaptic spike weakens by how far the voltage, smoothed, has been above theta_minus. Potentiation flows between
spikes: by the presynaptic trace x, whose steps are 1/tau_x, by how far the voltage is above theta_plus now, and by how
far another smoothed voltage has been above theta_minus (not theta_plus). The smoothed voltages are those of `late`
earlier, so that a spike does not see itself; the neuron is `clopath_adex`, whose spikes last 2 ms.

The numbers are those of the authors' code for visual cortex (ModelDB 144566, FrequencyDependence.m and VoTri.m). The
homeostasis of A_LTD is left out, as there: its target is a number that we could not check. So is the fit to the
somatosensory cortex. Steps of 1 ms make the delay of the code nearly 4 ms, which is what the example of NEST takes. The
set `hippocampus` was read in the reproduction of Larisch (ReScience submission 2019), which uses it on a clamped
voltage, where the time constants do not matter.
"""

from plasticity.parameters import Parameter, ParameterSet
from plasticity.rules.record import Rule
from plasticity.rules.variables import Signal, Variable, low_pass, weight

SOURCE = "clopath2010"

VOLTAGE_STDP = Rule(
    name="voltage_stdp",
    source=SOURCE,
    summary="depression by past depolarisation at a presynaptic spike, potentiation by present and past depolarisation",
    purpose="Asks how plasticity depends on what the neuron does beside spiking: pairing at low rates, a depolarised "
    "dendrite, a burst. It needs a voltage, of a neuron that fires or given as a signal.",
    parameters=(
        Parameter("A_LTD", 0.14, "1/mV", "depression by a spike, of smoothed voltage", SOURCE, least=0.0),
        Parameter("A_LTP", 80.0, "1/mV**2", "potentiation, of voltage and smoothed voltage", SOURCE, least=0.0),
        Parameter("theta_minus", -70.6e-3, "mV", "smoothed voltage above which it changes", SOURCE),
        Parameter("theta_plus", -45.3e-3, "mV", "voltage above which it strengthens", SOURCE),
        Parameter("tau_x", 15e-3, "ms", "memory of presynaptic spikes", SOURCE, least=1e-6),
        Parameter("tau_minus", 10e-3, "ms", "smoothing of the voltage, for depression", SOURCE, least=1e-6),
        Parameter("tau_plus", 7e-3, "ms", "smoothing of the voltage, for potentiation", SOURCE, least=1e-6),
        Parameter("late", 3e-3, "ms", "by which smoothed voltages are read later", SOURCE, least=0.0),
        Parameter("u_rest", -70.6e-3, "mV", "smoothed voltage before the first event", SOURCE),
    ),
    weight=weight(
        {"pre": "-A_LTD*rectify(u_minus - theta_minus)"},
        flow="A_LTP*x*rectify(v - theta_plus)*rectify(u_plus - theta_minus)",
    ),
    state=(
        Variable("x", {"pre": "1/tau_x"}, "-x/tau_x", unit="Hz"),
        low_pass("u_minus", "v_before", "tau_minus", start="u_rest", unit="mV"),
        low_pass("u_plus", "v_before", "tau_plus", start="u_rest", unit="mV"),
    ),
    signals=(
        Signal("v", "post", "voltage", "mV"),
        Signal("v_before", "post", "voltage", "mV", delay="late"),
    ),
    sets=(
        ParameterSet(
            "hippocampus",
            {"theta_minus": -41e-3, "theta_plus": -38e-3, "A_LTD": 0.38, "A_LTP": 20.0},
            "for a clamped voltage: time constants are those of visual cortex",
            SOURCE,
        ),
    ),
)
