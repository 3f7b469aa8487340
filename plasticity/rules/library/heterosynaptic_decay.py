"""Heterosynaptic plasticity of Zenke, Agnes & Gerstner (2015): bursts of a neuron pull all its weights to a reference.

Two of the terms of their rule, which keep its Hebbian term in check: a presynaptic spike alone raises the weight a
little, a postsynaptic one lowers it by the third power of the neuron's recent activity. The values were read in the
authors' code (pub2015orchestrated, P10Connection, sim_rc_p10c).

Differs from the paper: the reference weight stays, while theirs follows the weight within 20 minutes (consolidation).
"""

from dataclasses import replace

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, trace, weight

HETEROSYNAPTIC_DECAY = Rule(
    name="heterosynaptic_decay",
    source="zenke2015",
    summary="a presynaptic spike raises the weight a little; bursts of the neuron pull it to a reference",
    purpose="What keeps weights from running away within seconds, at synapses that took no part in it, too? "
    "Where it settles depends on the rates of both sides alone: see rates.fixed_points.",
    parameters=(
        Parameter("delta", 2e-5, meaning="rise at a presynaptic spike", source="zenke2015"),
        Parameter("beta", 0.05, meaning="part of the way to the reference, at activity 1", source="zenke2015"),
        Parameter("w_ref", 0.0, meaning="reference weight", source="zenke2015"),
        Parameter("tau_minus", 20e-3, "ms", "memory of the neuron's activity", source="zenke2015", least=1e-6),
    ),
    weight=replace(weight({"pre": "delta", "post": "-beta*(w - w_ref)*z**3"}, bounds=Bounds(lower=0.0)), start="0.1"),
    state=(trace("z", "post", "tau_minus"),),
)
