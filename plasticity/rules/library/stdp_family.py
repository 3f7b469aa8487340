"""A family of rules on pairs, with six parameters and a learning rate (Confavreux et al. 2023).

Every spike changes the weight by a constant, and by the trace of the other train. As it stands it is the point of
`pair_stdp`; the set is that of `inhibitory_stdp`, as the family's table gives it, which also clips w at 20.
"""

from plasticity.parameters import Parameter, ParameterSet
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, trace, weight

STDP_FAMILY = Rule(
    name="stdp_family",
    source="confavreux2023",
    summary="every spike changes w by a constant and by the trace of the other train",
    purpose="The space in which rules on pairs are neighbours: one asks which of its points make a network do what is "
    "wanted, instead of choosing a rule first.",
    parameters=(
        Parameter("eta", 5e-3, meaning="learning rate; here, of pair_stdp", source="song2000", least=0.0),
        Parameter("alpha", 0.0, meaning="change by a presynaptic spike alone", source="song2000"),
        Parameter("beta", 0.0, meaning="change by a postsynaptic spike alone", source="song2000"),
        Parameter("kappa", -1.05, meaning="change by post before pre, at zero lag", source="song2000"),
        Parameter("gamma", 1.0, meaning="change by pre before post, at zero lag", source="song2000"),
        Parameter("tau_pre", 20e-3, "ms", "memory of pre", source="song2000", least=1e-6),
        Parameter("tau_post", 20e-3, "ms", "memory of post", source="song2000", least=1e-6),
    ),
    sets=(
        ParameterSet(
            "vogels2011",
            {"eta": 1e-2, "alpha": -0.25, "beta": 0.0, "kappa": 1.0, "gamma": 1.0, "tau_pre": 20e-3, "tau_post": 20e-3},
            "inhibitory_stdp, faster",
            "confavreux2023",
        ),
    ),
    weight=weight({"pre": "eta*(alpha + kappa*r_post)", "post": "eta*(beta + gamma*r_pre)"}, bounds=Bounds(lower=0.0)),
    state=(trace("r_pre", "pre", "tau_pre"), trace("r_post", "post", "tau_post")),
)
