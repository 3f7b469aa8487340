"""Which experiments there are: those that installed packages declare as entry points `plasticity.experiments`.

An entry point stands for an Experiment, or for a package whose modules each hold one called EXPERIMENT. A module is
imported when its experiment is asked for, not before; for one of ours, no other package is.
"""

from collections.abc import Iterator, Mapping

from plasticity import plugins
from plasticity.catalogue import Catalogue, Group
from plasticity.experiment import Experiment
from plasticity.plugins import Offer

# The package of ours that the entry point of this project stands for
GROUP = Group("plasticity.experiments", Experiment, attribute="EXPERIMENT", ours="plasticity.experiments")


def _own() -> dict[str, Offer]:
    ours = [entry for entry in plugins.declared(GROUP.name) if entry.value == GROUP.ours]
    offers = [one for entry in ours for one in plugins.modules(entry, GROUP, "experiment")]
    return {one.name: one for one in sorted(offers, key=lambda one: one.name)}


class _Ours(Mapping[str, Experiment]):
    """The experiments of this project, by name, each imported when it is asked for."""

    def __getitem__(self, name: str) -> Experiment:
        for one in plugins.declared(GROUP.name):
            if one.name == name:
                plugins.warn(plugins.taken(plugins.offer(one), "experiment"))
        return plugins.record(_own()[name], Experiment, "experiment")

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in _own()

    def __iter__(self) -> Iterator[str]:
        return iter(_own())

    def __len__(self) -> int:
        return len(_own())


EXPERIMENTS: Catalogue[Experiment] = Catalogue("experiment", _Ours(), others=GROUP)
