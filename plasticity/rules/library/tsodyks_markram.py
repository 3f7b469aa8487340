"""Short-term plasticity of Tsodyks & Markram: what a spike transmits depends on how the synapse was used before.

A spike first raises the utilisation u, then releases the part u of the resources R that are left. The weight stays
(`with_short_term` puts a rule that changes it beside). The values were read in the authors' model (ModelDB 3815, and
its mechanism tmgsyn, in which a tau_facil of 0 means that u is U at every spike).

Differs from the paper: resources recover as soon as they are released, not after the current that they made (tau_1, a
few milliseconds) is over; effect: the release a little after a burst is smaller by the part of tau_1 in tau_rec.
"""

from dataclasses import replace

from plasticity.parameters import Parameter, ParameterSet
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.rules.record import Rule
from plasticity.rules.variables import Variable, weight
from plasticity.rules.variants import with_short_term

TSODYKS_MARKRAM = Rule(
    name="tsodyks_markram",
    source="tsodyks1998",
    summary="a spike uses up resources and raises their utilisation; both recover, and the weight stays",
    purpose="What does a synapse transmit of a train: its onset (depressing), or its rate (facilitating)? Ask with "
    "events.transmitted, spike by spike.",
    parameters=(
        Parameter(
            "U",
            0.03,
            meaning="by which part of the rest a spike raises the utilisation",
            source="tsodyks1998",
            least=0.0,
            most=1.0,
        ),
        Parameter("tau_rec", 130e-3, "ms", "recovery of the resources", source="tsodyks1998", least=1e-6),
        Parameter("tau_facil", 530e-3, "ms", "memory of the utilisation; 0: none", source="tsodyks1998", least=0.0),
    ),
    weight=weight({}),
    # Without facilitation a spike finds no memory of those before; the time constant is then another, for 0 is none
    state=(
        Variable("u", {"pre": "= U + (1 - U)*u*step(tau_facil)"}, "-u/(tau_facil + tau_rec*(1 - step(tau_facil)))"),
        Variable("R", {"pre": "-after(u)*R"}, "(1 - R)/tau_rec", start="1"),
    ),
    transmits="w*after(u)*R",
    sets=(
        ParameterSet(
            "depressing",
            {"U": 0.5, "tau_rec": 0.8, "tau_facil": 0.0},
            "between pyramidal neurons of neocortex",
            "tsodyks1998",
        ),
        ParameterSet(
            "facilitating",
            {"U": 0.03, "tau_rec": 0.13, "tau_facil": 0.53},
            "from pyramidal neurons to interneurons of neocortex",
            "tsodyks1998",
        ),
    ),
)

TSODYKS_MARKRAM_STDP = replace(
    with_short_term(PAIR_STDP, TSODYKS_MARKRAM),
    name="tsodyks_markram_stdp",
    summary="pair STDP of the weight, of which a spike transmits what short-term plasticity leaves",
    purpose="Which part of a change in transmission lasts? Two processes at one synapse: the weight learns as by "
    "`pair_stdp`, and each spike transmits w u R.",
)
