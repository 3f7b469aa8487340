"""Triplet STDP: a postsynaptic spike strengthens only as far as other postsynaptic spikes came shortly before.

The minimal all-to-all model of visual cortex. The weight is relative to its start (w0 = 1). At low rates nothing
strengthens, since the pair term A2_plus is zero there; the rule is made for the frequencies of `sjostrom2001`.
"""

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, trace, weight

TRIPLET_STDP = Rule(
    name="triplet_stdp",
    source="pfister2006",
    summary="pre before post strengthens when post fired shortly before too; minimal, of visual cortex",
    purpose="Asks why pairs at low rates do nothing or weaken, and at high rates strengthen whatever their order: the "
    "smallest rule on spikes that explains `sjostrom2001`. On average it has a threshold in the rate, as BCM has. Its "
    "values are the minimal all-to-all row of visual cortex; for cultured hippocampus take "
    "triplet_all_to_all:hippocampal_culture.",
    parameters=(
        Parameter("A3_plus", 6.5e-3, meaning="potentiation by a triplet at zero lags", source="pfister2006"),
        Parameter("A2_minus", 7.1e-3, meaning="depression by a pair at zero lag", source="pfister2006"),
        Parameter("tau_plus", 16.8e-3, "ms", "memory of pre, for potentiation", source="pfister2006", least=1e-6),
        Parameter("tau_minus", 33.7e-3, "ms", "memory of post, for depression", source="pfister2006", least=1e-6),
        Parameter("tau_y", 114e-3, "ms", "memory of post, for potentiation", source="pfister2006", least=1e-6),
    ),
    weight=weight({"pre": "-A2_minus*o1", "post": "A3_plus*r1*o2"}, bounds=Bounds(lower=0.0)),
    state=(trace("r1", "pre", "tau_plus"), trace("o1", "post", "tau_minus"), trace("o2", "post", "tau_y")),
    weight_unit="w0",
)
