"""Pair-based STDP, additive, between hard bounds (Song, Miller & Abbott 2000)."""

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule, trace, weight

PAIR_STDP = Rule(
    name="pair_stdp",
    source="song2000",
    summary="pre before post strengthens, post before pre weakens, all pairs add up",
    parameters=(
        Parameter("A_plus", 0.005, meaning="potentiation by a pair at zero lag", source="song2000"),
        Parameter("A_minus", 0.00525, meaning="depression by a pair at zero lag", source="song2000"),
        Parameter("tau_plus", 20e-3, "ms", "window of potentiation", source="song2000", least=1e-6),
        Parameter("tau_minus", 20e-3, "ms", "window of depression", source="song2000", least=1e-6),
    ),
    weight=weight({"pre": "-A_minus*r_post", "post": "A_plus*r_pre"}),
    state=(trace("r_pre", "pre", "tau_plus"), trace("r_post", "post", "tau_minus")),
)
