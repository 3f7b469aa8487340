"""Where the numbers of a projection stand.

Arrays of a projection, under its name: `w`, a row each, (n_rows, n_synapses): the weights, the variables of synapses,
and since when they are that; `of`, `to`: the source and the target of each; `first`: the first synapse of each source;
`places`, `back`: the synapses by target, and the first of each. `pre`, `post`, a row each: the variables that neurons
keep for all their synapses, since when they are that, and when each event comes, and came last; `third`: the same of
other events; `rule`: the numbers of the rule; `kept`: {time, synapse, weight} after each instant, where that is kept.
"""

from dataclasses import dataclass
from functools import cached_property

from plasticity.compiled.exact.rows import Layout
from plasticity.compiled.instants import RuleText
from plasticity.neurons import Receptor
from plasticity.rules.conventions import SPIKES
from plasticity.rules.system import System

FIXED = ("w", "to", "first")
PLASTIC = (*FIXED, "of", "places", "back", "pre", "post", "third", "rule")
HOMES = {"synapse": ("w", "s"), "pre": ("pre", "i"), "post": ("post", "j")}


@dataclass(frozen=True, eq=False)
class Target:
    """Where the spikes of a projection arrive: the name of the population, its arrays, the receptor."""

    name: str
    layout: Layout
    receptor: Receptor


@dataclass(frozen=True, eq=False)
class Wiring:
    """A projection as its lines know it.

    name     : what its arrays begin with
    found    : its rule as it acts; None for a fixed weight
    target   : None where nothing arrives, for its spikes are given
    is_late  : whether a spike is transmitted after what it does to its synapse, in the same instant
    is_kept  : whether all weights are kept
    """

    name: str
    found: System | None
    target: Target | None
    is_late: bool = False
    is_kept: bool = False

    @cached_property
    def text(self) -> RuleText:
        """The lines of the rule."""
        assert self.found is not None
        return RuleText(self.found)

    @cached_property
    def events(self) -> list[str]:
        """What the rule hears; an event is known by its place here."""
        return [] if self.found is None else list(self.found.rule.events)

    @property
    def arrays(self) -> list[str]:
        """The names of its arrays."""
        own = FIXED if self.found is None else PLASTIC
        return [f"{self.name}_{one}" for one in (*own, *(["kept", "n_kept"] if self.is_kept else []))]

    def at(self, home: str) -> list[str]:
        """The variables of the state that are kept at a home."""
        return [] if self.found is None else [name for name, where in self.found.home.items() if where == home]

    def row(self, home: str, variable: str) -> str:
        """Where a variable is kept."""
        array, index = HOMES[home]
        place = self.at(home).index(variable) + (home == "synapse")
        return f"{self.name}_{array}[{place}, {index}]"

    def since(self, home: str) -> str:
        """Where it is kept when the variables at a home were what they are kept as."""
        array, index = HOMES[home]
        return f"{self.name}_{array}[{len(self.at(home)) + (home == 'synapse')}, {index}]"

    def mark(self, event: str, *, is_past: bool) -> str:
        """Where it is kept when an event comes, or came last."""
        if event in SPIKES:
            array, index = HOMES[event]
            return f"{self.name}_{array}[{len(self.at(event)) + 1 + is_past}, {index}]"
        place = [one for one in self.events if one not in SPIKES].index(event)
        return f"{self.name}_third[{int(is_past)}, {place}]"
