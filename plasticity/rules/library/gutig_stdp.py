"""STDP between additive and multiplicative: the power mu of the way to the bound (Guetig et al. 2003, eq. 2-3).

mu = 0 is `pair_stdp`, mu = 1 `multiplicative_stdp`. Inputs without correlation rest at w = 1/(1 + alpha**(1/mu)).
The step lambda is our choice, that of `pair_stdp`: it sets how fast weights move, not where they rest.
"""

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, trace, weight

GUTIG_STDP = Rule(
    name="gutig_stdp",
    source="guetig2003",
    summary="as pair_stdp, but every change shrinks with a power mu of the way to the bound that it leads to",
    purpose="How much weight dependence can a rule afford before it stops to tell inputs apart: one number, mu, leads "
    "from weights at their bounds (0) to weights around one value (1), and learns correlations best in between.",
    parameters=(
        Parameter("rate", 0.005, meaning="lambda: potentiation by a pair at zero lag, of w = 0"),
        Parameter("alpha", 1.05, meaning="depression over potentiation", source="guetig2003", least=0.0),
        Parameter("mu", 0.02, meaning="weight dependence of every change", source="guetig2003", least=0.0, most=1.0),
        Parameter("tau", 20e-3, "ms", "window, on both sides", source="guetig2003", least=1e-6),
    ),
    weight=weight(
        {"pre": "-alpha*rate*r_post", "post": "rate*r_pre"}, bounds=Bounds(0.0, 1.0, soft_lower="mu", soft_upper="mu")
    ),
    state=(trace("r_pre", "pre", "tau"), trace("r_post", "post", "tau")),
)
