"""Potentiation by a constant, depression in proportion to w, and noise in proportion to w (van Rossum et al. 2000).

Each pair adds a normal random number of its own to the change, as large as its window times sigma times w; the traces
`q` add up the squares of the windows. w is relative to where it rests, c_p/c_d, so that c_p need not be known in pS (a
public simulator, Spike, quotes 7 pS with the other numbers of the paper): of the paper are the form, c_d and the
windows. The size of the noise could be opened in no source. Ours is of the size that the scatter of the measured
depression around its window gives (`bipoo1998`, Fig. 7: 0.013 to 0.021 a pairing, for 60 pairings); that of the
measured potentiation gives two to three times as much (0.037 to 0.056).
"""

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, Variable, trace, weight

VAN_ROSSUM_STDP = Rule(
    name="van_rossum_stdp",
    source="vanrossum2000",
    summary="as pair_stdp, but depression and noise grow with w; no upper bound",
    purpose="Why measured synapses show a broad peak of weights and no pile at a bound: strong synapses are weakened "
    "more, so that weights spread around one value, as broadly as their noise is large.",
    parameters=(
        Parameter("c_p", 0.003, meaning="potentiation by a pair at zero lag, in units of the resting weight"),
        Parameter("c_d", 0.003, meaning="depression by a pair at zero lag, over w", source="vanrossum2000"),
        Parameter(
            "sigma",
            0.015,
            meaning="noise of a pair at zero lag, over w, as the scatter in `bipoo1998`, Fig. 7",
            least=0.0,
        ),
        Parameter("tau_plus", 20e-3, "ms", "window of potentiation", source="vanrossum2000", least=1e-6),
        Parameter("tau_minus", 20e-3, "ms", "window of depression", source="vanrossum2000", least=1e-6),
    ),
    weight=weight(
        {"pre": "-c_d*w*r_post", "post": "c_p*r_pre"},
        scatter={"pre": "sigma*w*sqrt(q_post)", "post": "sigma*w*sqrt(q_pre)"},
        bounds=Bounds(lower=0.0),
    ),
    state=(
        trace("r_pre", "pre", "tau_plus"),
        trace("r_post", "post", "tau_minus"),
        Variable("q_pre", {"pre": "1"}, "-2*q_pre/tau_plus"),
        Variable("q_post", {"post": "1"}, "-2*q_post/tau_minus"),
    ),
    weight_unit="w0",
)
