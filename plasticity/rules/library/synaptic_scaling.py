"""Synaptic scaling: all weights of a neuron grow in proportion while it fires less than its goal, and shrink else.

A controller of the neuron's activity, proportional and integral, with the constants of van Rossum, Bi & Turrigiano
(2000), eq. 3, as a public implementation of the equation quotes them. On rates, and on spikes, which a sensor with the
time constant tau_a counts.
"""

from dataclasses import replace

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import RATES, Bounds, Variable, low_pass, weight

_ERROR = Variable("error", flow="goal - a", unit="1")

SYNAPTIC_SCALING = Rule(
    name="synaptic_scaling",
    source="vanrossum2000",
    summary="the weights grow in proportion while the neuron fires less than its goal, and shrink else",
    purpose="How does a neuron keep its rate, and what it has learnt? With the rate that the weights make "
    "(rates.WeightedSum) it ends at the goal, and the ratios of its weights stay.",
    parameters=(
        Parameter("goal", 10.0, "Hz", "rate that is held", least=0.0),
        Parameter("beta", 4e-5, meaning="per second and Hz of activity too little", source="vanrossum2000, eq. 3"),
        Parameter(
            "gamma", 1e-7, "Hz", "per second**2 and Hz, by what was lacking so far", source="vanrossum2000, eq. 3"
        ),
        Parameter("tau_a", 100.0, "s", "how slowly activity is sensed", source="vanrossum2000, eq. 3", least=1e-6),
    ),
    weight=weight({}, flow="w*(beta*(goal - a) + gamma*error)", bounds=Bounds(lower=0.0)),
    state=(low_pass("a", "rate_post", "tau_a", start="goal", unit="Hz"), _ERROR),
    signals=RATES[1:],
    weight_unit="w0",
)

SPIKING_SYNAPTIC_SCALING = replace(
    SYNAPTIC_SCALING,
    name="spiking_synaptic_scaling",
    summary="the same, of spikes: each raises the sensed activity a little",
    state=(Variable("a", {"post": "1/tau_a"}, "-a/tau_a", start="goal", unit="Hz"), _ERROR),
    signals=(),
)
