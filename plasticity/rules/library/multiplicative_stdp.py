"""Multiplicative STDP: potentiation grows with what is left to the upper bound, depression with w (Rubin et al. 2001).

The change is that of `pair_stdp`, with its amplitudes and windows, times the way to the bound that it leads to, to the
power 1: the two rules differ in nothing but how a change depends on the weight.
"""

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, trace, weight

MULTIPLICATIVE_STDP = Rule(
    name="multiplicative_stdp",
    source="rubin2001",
    summary="as pair_stdp, but every change shrinks towards the bound that it leads to",
    purpose="What becomes of competition when a strong synapse is strengthened less: all weights gather around one "
    "value, and inputs are told apart only as far as they are correlated. The opposite end of pair_stdp.",
    parameters=(
        Parameter("A_plus", 0.005, meaning="potentiation by a pair at zero lag, of w = 0", source="song2000"),
        Parameter("A_minus", 0.00525, meaning="depression by a pair at zero lag, of w = 1", source="song2000"),
        Parameter("tau_plus", 20e-3, "ms", "window of potentiation", source="song2000", least=1e-6),
        Parameter("tau_minus", 20e-3, "ms", "window of depression", source="song2000", least=1e-6),
        Parameter("mu", 1.0, meaning="power of the way to the bound", source="rubin2001", least=0.0, most=1.0),
    ),
    weight=weight(
        {"pre": "-A_minus*r_post", "post": "A_plus*r_pre"}, bounds=Bounds(0.0, 1.0, soft_lower="mu", soft_upper="mu")
    ),
    state=(trace("r_pre", "pre", "tau_plus"), trace("r_post", "post", "tau_minus")),
)
