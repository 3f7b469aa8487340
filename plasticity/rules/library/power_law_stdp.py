"""Power-law STDP: potentiation grows with w**mu, depression with w, without upper bound (Morrison et al. 2007).

w is in pA, the unit of the reference weight w0; it starts near its rest. Inputs without correlation rest at
w0*(tau_plus/(alpha*tau_minus))**(1/(1 - mu)), here at 39.6 pA. Of the numbers, rate, mu and w0 stand in NEST's synapse
of this paper (`stdp_pl_synapse_hom`, and its documentation); alpha is the one that this resting weight belongs to. The
set holds those of NEST's benchmark, whose weights rest at 44.5 pA; its networks start at 45 pA.
"""

from plasticity.parameters import Parameter, ParameterSet
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, Variable, trace

POWER_LAW_STDP = Rule(
    name="power_law_stdp",
    source="morrison2007",
    summary="as pair_stdp, but potentiation grows with a power of w, and depression with w; no upper bound",
    purpose="The weight dependence that the measured changes of weak and strong synapses suggest, for large networks: "
    "weights stay spread around one value, without a bound that would have to be chosen.",
    parameters=(
        Parameter("rate", 0.1, meaning="lambda: size of every change", source="morrison2007", least=0.0),
        Parameter("alpha", 0.11, meaning="depression over potentiation, at w = w0", source="morrison2007", least=0.0),
        Parameter("mu", 0.4, meaning="power of w in potentiation", source="morrison2007", least=0.0),
        Parameter("w0", 1.0, meaning="reference weight, in pA", source="morrison2007", least=1e-9),
        Parameter("tau_plus", 20e-3, "ms", "window of potentiation", source="morrison2007", least=1e-6),
        Parameter("tau_minus", 20e-3, "ms", "window of depression", source="morrison2007", least=1e-6),
    ),
    sets=(
        ParameterSet(
            "nest_benchmark",
            {"alpha": 0.0513, "tau_plus": 15e-3, "tau_minus": 30e-3},
            "the network with which NEST is measured",
            "morrison2007",
        ),
    ),
    weight=Variable(
        "w",
        {"pre": "-rate*alpha*w*r_post", "post": "rate*w0**(1 - mu)*w**mu*r_pre"},
        start="40*w0",
        bounds=Bounds(lower=0.0),
    ),
    state=(trace("r_pre", "pre", "tau_plus"), trace("r_post", "post", "tau_minus")),
    weight_unit="pA",
)
