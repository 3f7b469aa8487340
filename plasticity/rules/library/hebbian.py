"""Hebbian and anti-Hebbian learning, as a rule on rates and as a rule on spikes.

The rate rule is the lecture's dw ~ y x. Its spiking form says what "firing together" means for spikes: every
pair within a short window strengthens, in either order, zero lag included (a coincident pair counts once, in
full). It is a symmetric pair rule; under independent Poisson firing its mean drift is 2 A tau y x, which is
the rate rule with k = 2 A tau. It is our reading of Hebb's sentence, not a published model of a synapse.
"""

from dataclasses import replace

from plasticity.parameters import Parameter
from plasticity.rules.conventions import Conventions
from plasticity.rules.record import Rule
from plasticity.rules.variables import RATES, trace, weight
from plasticity.rules.variants import anti

SPIKING_HEBBIAN = Rule(
    name="spiking_hebbian",
    source="hebb1949",
    summary="two spikes close together strengthen, in either order and when coincident",
    purpose="What does 'firing together' mean for spikes? Pairs within a short window; the drift is that of `hebbian`.",
    parameters=(
        Parameter("A", 0.005, meaning="change by a coincident pair"),
        Parameter("tau", 20e-3, "ms", "how close together counts", least=1e-6),
    ),
    weight=weight({"pre": "A*r_post", "post": "A*r_pre"}),
    state=(trace("r_pre", "pre", "tau"), trace("r_post", "post", "tau")),
    conventions=Conventions(coincidence="pre first"),
)

SPIKING_ANTI_HEBBIAN = replace(
    anti(SPIKING_HEBBIAN),
    name="spiking_anti_hebbian",
    summary="two spikes close together weaken, in either order and when coincident",
    purpose="What if firing together counts against a synapse? It is `spiking_hebbian` with every change reversed.",
)

HEBBIAN = Rule(
    name="hebbian",
    source="hebb1949",
    summary="strengthens when both fire: dw ~ y x",
    purpose="What does Hebb's sentence alone do? Weights only grow, the faster the larger they are: what limits them "
    "must be added, as bounds, forgetting (`oja`) or a threshold (`covariance`, `bcm`).",
    parameters=(Parameter("k", 2e-4, "s", "2 A tau of the spiking form"),),
    weight=weight({}, flow="k*rate_post*rate_pre"),
    signals=RATES,
    spiking_form="spiking_hebbian",
)

ANTI_HEBBIAN = replace(
    anti(HEBBIAN),
    name="anti_hebbian",
    summary="weakens when both fire: dw ~ -y x",
    purpose="What if firing together weakens? The neuron comes to ignore what always comes, and answers what is new.",
    spiking_form="spiking_anti_hebbian",
)
