"""Pairs of spikes as in pair-based STDP, with a depression that grows while the postsynaptic neuron fires much.

Every expression is text in the names of parameters and variables; numbers are in SI, and the unit of a parameter is the
one in which it is shown.
"""

from plasticity.rules import Parameter, Rule, trace, weight

MY_RULE = Rule(
    name="my_rule",
    source="our choice",  # or a key of plasticity.sources, or "Me & You 2026, J Neurosci 1:1, doi:10.1000/x"
    summary="pairs of spikes, and more depression the more the postsynaptic neuron has fired",
    purpose="does a depression that grows with firing keep weights from running to their upper bound?",
    parameters=(
        Parameter("A_plus", 0.005, meaning="potentiation by a pair at zero lag", source="song2000"),
        Parameter("A_minus", 0.004, meaning="depression by a pair at zero lag, alone: less than A_plus, our choice"),
        Parameter(
            "A_slow", 0.002, meaning="what each recent postsynaptic spike adds to it: half of A_minus, our choice"
        ),
        Parameter("tau_plus", 20e-3, "ms", "window of potentiation", "song2000", least=1e-6),
        Parameter("tau_minus", 20e-3, "ms", "window of depression", "song2000", least=1e-6),
        Parameter("tau_slow", 200e-3, "ms", "how long firing is remembered: ten windows, our choice", least=1e-6),
    ),
    weight=weight({"pre": "-(A_minus + A_slow*slow)*r_post", "post": "A_plus*r_pre"}),
    state=(
        trace("r_pre", "pre", "tau_plus"),
        trace("r_post", "post", "tau_minus"),
        trace("slow", "post", "tau_slow"),
    ),
)
