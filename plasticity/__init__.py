"""Spiking neurons and synaptic plasticity, with artificial neurons next to them.

What most people need is here, and loaded when it is asked for, so that `import plasticity` itself is light:

RULES             the plasticity rules by name: RULES["pair_stdp"]
NEURONS           the neurons by name: NEURONS["lif_excitatory"]
PROTOCOLS         the stimulation protocols by name: PROTOCOLS["pairing"]
with_parameters   a rule, neuron or protocol with other values of its parameters
unbounded         a rule without bounds: the artificial comparison
spike_trains      the times of the spikes of a protocol

final_weight      the weight of a synapse after two trains of spikes, exactly
trajectory        its weight after every spike
ledger            its change pair by pair: which spikes did what
window            the change against the lag from pre to post
drift             the mean change per second against two firing rates
closed_form_rate  the firing rate of a neuron, where a formula is known

Network           populations of neurons, and the projections between them
Population        neurons of one kind, with their input
PoissonInput      neurons that fire at random
Replay            neurons that fire at given times
Projection        synapses from one population to another, plastic or not
simulate          a network in time, by Brian2 or compiled loops
statistics        rate and regularity of a train of spikes

The rest is in modules of their own, such as `plasticity.trains` (files of spike trains),
`plasticity.ask` (questions about a synapse), `plasticity.runs` (experiments), `plasticity.artificial`.
"""

TYPE_CHECKING = False  # what a type checker takes for true; the module of that name is slow to load
if TYPE_CHECKING:
    from plasticity.engines import final_weight, simulate, trajectory, window
    from plasticity.events import ledger
    from plasticity.networks import Network, PoissonInput, Population, Projection, Replay, statistics
    from plasticity.neurons import NEURONS, closed_form_rate
    from plasticity.parameters import with_parameters
    from plasticity.protocols import PROTOCOLS, spike_trains
    from plasticity.rates import drift
    from plasticity.rules import RULES, unbounded

__version__ = "0.2.0"

__all__ = [
    "NEURONS",
    "PROTOCOLS",
    "RULES",
    "Network",
    "PoissonInput",
    "Population",
    "Projection",
    "Replay",
    "closed_form_rate",
    "drift",
    "final_weight",
    "ledger",
    "simulate",
    "spike_trains",
    "statistics",
    "trajectory",
    "unbounded",
    "window",
    "with_parameters",
]

_FROM = {
    "plasticity.engines": ("final_weight", "simulate", "trajectory", "window"),
    "plasticity.events": ("ledger",),
    "plasticity.networks": ("Network", "PoissonInput", "Population", "Projection", "Replay", "statistics"),
    "plasticity.neurons": ("NEURONS", "closed_form_rate"),
    "plasticity.parameters": ("with_parameters",),
    "plasticity.protocols": ("PROTOCOLS", "spike_trains"),
    "plasticity.rates": ("drift",),
    "plasticity.rules": ("RULES", "unbounded"),
}


if not TYPE_CHECKING:  # a type checker would take every name for one of ours

    def __getattr__(name):
        """What is asked for, loaded now: a name of the list above, or a module of the package."""
        from importlib import import_module
        from importlib.util import find_spec

        if not name.startswith("_"):
            for module, names in _FROM.items():
                if name in names:
                    found = globals()[name] = getattr(import_module(module), name)
                    return found
            if find_spec(f"plasticity.{name}"):
                return import_module(f"plasticity.{name}")
        raise AttributeError(f"module 'plasticity' has no attribute {name!r}{_meant(name)}")


def __dir__() -> list[str]:
    from pkgutil import iter_modules

    modules = {module.name for module in iter_modules(__path__) if not module.name.startswith("_")}
    return sorted({*__all__, *globals(), *modules} - {"TYPE_CHECKING"})


def _meant(name: str) -> str:
    """The names that look like this one, as the end of an error."""
    if name.startswith("_"):
        return ""
    from plasticity.errors import nearest

    near = nearest(name, __all__)
    return f"; did you mean {' or '.join(near)}?" if near else ""
