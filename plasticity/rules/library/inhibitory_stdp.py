"""Plasticity of inhibitory synapses: any pair strengthens, every presynaptic spike weakens (Vogels et al. 2011).

Read in the authors' code: the single cell (MATLAB) and, as a set, the network (Brian). w = 1 is one basic conductance
there, 0.35 nS at the single cell and 1 nS in the network, whose code also clips at w = 100; `with_bounds` does that
here. The single cell's code writes alpha times eta, 0.25*0.001.
"""

from plasticity.parameters import Parameter, ParameterSet
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, trace, weight

INHIBITORY_STDP = Rule(
    name="inhibitory_stdp",
    source="vogels2011",
    summary="two spikes close together strengthen, in either order; every presynaptic spike weakens by a constant",
    purpose="How inhibition finds its strength: it grows where the postsynaptic neuron fires above alpha/(2 tau), and "
    "shrinks below, until it balances excitation input by input.",
    parameters=(
        Parameter("eta", 1e-3, meaning="learning rate", source="vogels2011", least=0.0),
        Parameter("alpha", 0.25, meaning="weakening by every presynaptic spike", source="vogels2011", least=0.0),
        Parameter("tau", 20e-3, "ms", "window, on both sides", source="vogels2011", least=1e-6),
    ),
    sets=(ParameterSet("network", {"eta": 1e-2, "alpha": 0.12}, "the recurrent network, at 3 Hz", "vogels2011"),),
    weight=weight({"pre": "eta*(r_post - alpha)", "post": "eta*r_pre"}, bounds=Bounds(lower=0.0)),
    state=(trace("r_pre", "pre", "tau"), trace("r_post", "post", "tau")),
    weight_unit="basic conductance",
)
