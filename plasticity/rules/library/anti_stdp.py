"""Anti-STDP: the window with its sign reversed, as found in the electrosensory lobe of mormyrid fish.

Differs from the paper: Bell et al. give a measured window, not amplitudes for a model; ours are those of
`pair_stdp`, so that the two rules differ in nothing but the sign.
"""

from dataclasses import replace

from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.rules.variants import anti

ANTI_STDP = replace(
    anti(PAIR_STDP),
    name="anti_stdp",
    source="bell1997",
    summary="pre before post weakens, post before pre strengthens",
    purpose="What a synapse does that learns to cancel what it can predict: it weakens the inputs that come just "
    "before the neuron fires.",
    sets=(),
)
