"""Which pairs of spikes count: the three nearest-neighbour schemes (Morrison, Diesmann & Gerstner 2008, Fig. 7).

Amplitudes and windows are those of `pair_stdp`, in which all pairs count, so that the four rules differ in nothing but
the pairing. Symmetric: each spike pairs with the last one of the other train. Presynaptic-centred: each presynaptic
spike pairs with the last postsynaptic one and with the next. Reduced symmetric: only spikes that follow each other
immediately pair, each at most once in each direction.

The sets of the presynaptic-centred rule are those with which `izhikevichdesai2003` find the rate of the postsynaptic
neuron above which Poisson trains strengthen, 10.7 and 16.3 Hz. Amplitudes are a hundredth of those quoted: the rate
depends on their ratio. The first set stands in a public simulator (Graphitti) under the name of `froemke2002`; of the
second we could open no code, and keep it because it gives the published rate, which checks the four numbers together,
not each alone.
"""

from dataclasses import replace

from plasticity.parameters import ParameterSet
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.rules.variables import Variable, nearest_trace, weight

_LAST_PRE = nearest_trace("r_pre", "pre", "tau_plus")
_LAST_POST = nearest_trace("r_post", "post", "tau_minus")

NEAREST_SYMMETRIC_STDP = replace(
    PAIR_STDP,
    name="nearest_symmetric_stdp",
    source="morrison2008",
    summary="as pair_stdp, but each spike pairs with the last one of the other train alone",
    purpose="What changes when a synapse remembers one spike: bursts count no more than single spikes, and high rates "
    "less. Together with the two schemes beside it, it shows which results hang on the choice of pairs.",
    sets=(),
    state=(_LAST_PRE, _LAST_POST),
)

PRESYNAPTIC_CENTRED_STDP = replace(
    PAIR_STDP,
    name="presynaptic_centred_stdp",
    source="izhikevichdesai2003",
    summary="as pair_stdp, but each presynaptic spike pairs with the last postsynaptic one and the next alone",
    purpose="How STDP becomes the BCM rule: with Poisson trains the change is depression at low postsynaptic rates and "
    "potentiation above a threshold, which depends on the window alone.",
    sets=(
        ParameterSet(
            "suppression_window",
            {"A_plus": 0.0101, "A_minus": 0.0052, "tau_plus": 14.8e-3, "tau_minus": 33.8e-3},
            "threshold 10.7 Hz",
            "froemke2002",
        ),
        ParameterSet(
            "pair_window",
            {"A_plus": 0.0103, "A_minus": 0.0051, "tau_plus": 13.3e-3, "tau_minus": 34.5e-3},
            "threshold 16.3 Hz",
            "izhikevichdesai2003",
        ),
    ),
    # it adds up, for all presynaptic spikes since the last postsynaptic one have the same next one
    state=(Variable("r_pre", {"post": "= 0", "pre": "1"}, "-r_pre/tau_plus"), _LAST_POST),
)

REDUCED_SYMMETRIC_STDP = replace(
    PAIR_STDP,
    name="reduced_symmetric_stdp",
    source="morrison2008",
    summary="as pair_stdp, but only spikes that follow each other immediately pair",
    purpose="The sparsest reading of the data: a spike that has been paired is used up. It keeps the window of "
    "pair_stdp at low rates and forgets the rest of the history.",
    sets=(),
    weight=weight({"pre": "-A_minus*r_post*unused", "post": "A_plus*r_pre"}),
    # whether the last postsynaptic spike is used up is apart from when it was, for NEST asks the one without the other
    state=(
        nearest_trace("r_pre", "pre", "tau_plus", reset_by="post"),
        _LAST_POST,
        Variable("unused", {"pre": "= 0", "post": "= 1"}),
    ),
)
