"""What a rule is in NEST, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Synapse:
    """A rule as NEST has it.

    model     : its name there; parameters : of each synapse; post : of the postsynaptic neuron; common : of the model
    event     : of a third event, its name in the rule; '' where there is none
    settings  : conventions of this model that are not those of the preset `nest`
    """

    model: str
    parameters: Mapping[str, float]
    post: Mapping[str, float]
    common: Mapping[str, float] = field(default_factory=dict)
    event: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
