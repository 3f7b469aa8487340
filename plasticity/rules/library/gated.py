"""Gated rules: only one side decides whether the weight changes, the other in which direction.

Both are terms of the expansion of a rule in the two rates, about a threshold of the other rate than 0 (`gerstner2014`,
Section 19.2).
"""

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import RATES, weight

_RATE = Parameter("k", 2e-4, "s", "learning rate, that of `hebbian`")

PRESYNAPTICALLY_GATED = Rule(
    name="presynaptically_gated",
    source="gerstner2014",
    summary="a synapse whose input is active strengthens when the neuron fires fast, else weakens",
    purpose="What if a silent input keeps its weight? With the sign reversed (`anti`) it brings the rate of a neuron "
    "to the threshold, by the weights of its active inputs alone.",
    parameters=(_RATE, Parameter("theta_post", 10.0, "Hz", "rate above which it strengthens", least=0.0)),
    weight=weight({}, flow="k*rate_pre*(rate_post - theta_post)"),
    signals=RATES,
)

POSTSYNAPTICALLY_GATED = Rule(
    name="postsynaptically_gated",
    source="gerstner2014",
    summary="while the neuron fires, fast inputs strengthen and slow ones weaken",
    purpose="What if a silent neuron keeps its weights? Inputs compete: those above the threshold grow to the upper "
    "bound, all others fall to the lower one, whatever the neuron's own rate.",
    parameters=(_RATE, Parameter("theta_pre", 10.0, "Hz", "rate above which an input strengthens", least=0.0)),
    weight=weight({}, flow="k*rate_post*(rate_pre - theta_pre)"),
    signals=RATES,
)
