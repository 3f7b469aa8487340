"""Pair-based STDP, additive, between hard bounds (Song, Miller & Abbott 2000).

The sets are other amplitudes of the same form: those of Song & Abbott 2001, and those of Brian2's example, which
is called after the paper and doubles its amplitudes.
"""

from plasticity.parameters import Parameter, ParameterSet
from plasticity.rules.record import Rule
from plasticity.rules.variables import trace, weight

PAIR_STDP = Rule(
    name="pair_stdp",
    source="song2000",
    summary="pre before post strengthens, post before pre weakens, all pairs add up",
    purpose="The rule that most others are measured against: which of many inputs win a neuron when all that counts is "
    "who fires before whom. Its weights end at their bounds, and it cannot explain what frequency does to pairings.",
    parameters=(
        Parameter("A_plus", 0.005, meaning="potentiation by a pair at zero lag", source="song2000"),
        Parameter("A_minus", 0.00525, meaning="depression by a pair at zero lag", source="song2000"),
        Parameter("tau_plus", 20e-3, "ms", "window of potentiation", source="song2000", least=1e-6),
        Parameter("tau_minus", 20e-3, "ms", "window of depression", source="song2000", least=1e-6),
    ),
    sets=(
        ParameterSet("song2001", {"A_plus": 0.001, "A_minus": 0.00106}, "maps that form and reform", "song2001"),
        ParameterSet("brian2", {"A_plus": 0.01, "A_minus": 0.0105}, "the example of Brian2", "stimberg2019"),
    ),
    weight=weight({"pre": "-A_minus*r_post", "post": "A_plus*r_pre"}),
    state=(trace("r_pre", "pre", "tau_plus"), trace("r_post", "post", "tau_minus")),
)
