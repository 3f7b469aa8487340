"""The covariance rule: what counts is firing above or below the usual rate (Sejnowski 1977)."""

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import RATES, weight

COVARIANCE = Rule(
    name="covariance",
    source="sejnowski1977",
    summary="strengthens when both rates depart from their mean in the same direction",
    purpose="How can activity that tells nothing leave a synapse as it is? Only departures from the usual rates count; "
    "when both sides are below them, it strengthens too.",
    parameters=(
        Parameter("k", 2e-4, "s", "learning rate, that of `hebbian`"),
        Parameter("mean_pre", 10.0, "Hz", "usual presynaptic rate", least=0.0),
        Parameter("mean_post", 10.0, "Hz", "usual postsynaptic rate", least=0.0),
    ),
    weight=weight({}, flow="k*(rate_post - mean_post)*(rate_pre - mean_pre)"),
    signals=RATES,
)
