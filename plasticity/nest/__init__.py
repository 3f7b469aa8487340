"""NEST, to compare with: records as NEST's models, run in a process of its own. Needs the extra `compare`."""

from plasticity.nest.models import Synapse
from plasticity.nest.process import asked, require_nest
from plasticity.nest.synapses import synapse_of

__all__ = ["Synapse", "asked", "require_nest", "synapse_of"]
