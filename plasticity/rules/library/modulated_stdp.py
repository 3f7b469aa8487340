"""STDP modulated by a reward that the world gives at every moment, with and without a trace of eligibility.

The amplitudes are those of the small example that the publication draws (Fig. 1), as public code sets it up; they stand
for the product of its learning rate and amplitude.
"""

from dataclasses import replace

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import Signal, Variable, trace, weight

MSTDP = Rule(
    name="mstdp",
    source="florian2007",
    summary="pair STDP times the reward at the moment of each spike",
    purpose="What if a reward decides whether a pair strengthens or weakens? Give the reward as a signal: "
    "signals={'reward': a function of seconds}; 1 is pair STDP, -1 its reverse.",
    parameters=(
        Parameter("A_plus", 0.2, meaning="potentiation by a pair at zero lag", source="florian2007, Fig. 1"),
        Parameter("A_minus", 0.2, meaning="depression by a pair at zero lag", source="florian2007, Fig. 1"),
        Parameter("tau_plus", 20e-3, "ms", "window of potentiation", source="florian2007, Fig. 1", least=1e-6),
        Parameter("tau_minus", 20e-3, "ms", "window of depression", source="florian2007, Fig. 1", least=1e-6),
    ),
    weight=weight({"pre": "-reward*A_minus*r_post", "post": "reward*A_plus*r_pre"}),
    state=(trace("r_pre", "pre", "tau_plus"), trace("r_post", "post", "tau_minus")),
    signals=(Signal("reward", "world", "level"),),
)

MSTDPET = replace(
    MSTDP,
    name="mstdpet",
    summary="pairs of spikes leave an eligibility, and the weight moves at this times the reward",
    purpose="What if the reward comes a little later than the spikes? Each pair acts for tau_z, with the reward of "
    "that time; under a constant reward it changes the weight as `mstdp` does, in the end.",
    parameters=(
        *MSTDP.parameters,
        Parameter("tau_z", 25e-3, "ms", "memory of the eligibility", source="florian2007, Fig. 1", least=1e-6),
    ),
    weight=weight({}, flow="reward*z"),
    state=(
        *MSTDP.state,
        Variable("z", {"pre": "-A_minus*r_post/tau_z", "post": "A_plus*r_pre/tau_z"}, flow="-z/tau_z", unit="Hz"),
    ),
)
