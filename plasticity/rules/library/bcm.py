"""The rule of Bienenstock, Cooper & Munro: a threshold between depression and potentiation that slides.

In the form of Intrator & Cooper (1992): the change is quadratic in the rate of the neuron, and the threshold is the
mean of its square. Weights have either sign, as the ideal synapses of the paper (the net of excitation and inhibition).
"""

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import RATES, UNBOUNDED, Variable, weight

BCM = Rule(
    name="bcm",
    source="bienenstock1982",
    summary="strengthens above a rate of the neuron and weakens below; the rate slides with the neuron's activity",
    purpose="How does a neuron become selective, and stay within its range? Driven by patterns in turn (rates.Patterns "
    "and rates.WeightedSum), it ends up answering one of them, with the number of patterns times the usual rate, and "
    "none of the others.",
    parameters=(
        Parameter("k", 1e-4, "s", "learning rate, slow beside the threshold", least=0.0),
        Parameter("rate_0", 10.0, "Hz", "usual rate: of a steady neuron, the one at which nothing changes", least=1e-3),
        Parameter("tau_theta", 1.0, "s", "how fast the threshold slides", least=1e-6),
    ),
    weight=weight({}, flow="k*rate_pre*rate_post*(rate_post - theta)/rate_0", bounds=UNBOUNDED),
    state=(Variable("theta", flow="(rate_post**2/rate_0 - theta)/tau_theta", start="rate_0", unit="Hz"),),
    signals=RATES,
)
