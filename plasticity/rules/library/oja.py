"""Oja's rule and Sanger's: Hebbian learning that keeps the length of the weights, and so finds principal components.

The second differs from the first in what a neuron hears of the input: only what the neurons before it in its layer do
not account for (Sanger's generalised Hebbian algorithm, sum over all neurons up to this one).
"""

from dataclasses import replace

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import RATES, UNBOUNDED, Signal, weight

_RATE = Parameter("k", 2e-4, "s", "learning rate, that of `hebbian`")

OJA = Rule(
    name="oja",
    source="oja1982",
    summary="strengthens when both fire, and forgets so that the weights keep the length 1",
    purpose="How can Hebbian learning stay bounded by itself, and what does it find? With the rate that the weights "
    "make (rates.WeightedSum), the weights of a neuron become the first principal component of its inputs: the unit "
    "vector along which their mean square is largest.",
    parameters=(_RATE,),
    weight=weight({}, flow="k*rate_post*(rate_pre - rate_post*w)", bounds=UNBOUNDED),
    signals=RATES,
)

SANGER = replace(
    OJA,
    name="sanger",
    source="sanger1989",
    summary="Oja's rule on what the neurons before in the layer leave of the input",
    purpose="How can several neurons find different things in the same input? The weights of a layer "
    "(rates.WeightedSum; axes of neurons and inputs) become the first principal components, in the neurons' order.",
    weight=weight({}, flow="k*rate_post*(rate_left - rate_post*w)", bounds=UNBOUNDED),
    signals=(Signal("rate_left", "pre", "rate", "Hz", is_residual=True), Signal("rate_post", "post", "rate", "Hz")),
)
