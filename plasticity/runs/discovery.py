"""Which experiments there are: those that installed packages declare as entry points `plasticity.experiments`.

An entry point stands for an Experiment, or for a package whose modules each hold one called EXPERIMENT. A module is
imported when its experiment is asked for, not before; for one of ours, no other package is.
"""

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import EntryPoint

from plasticity import plugins
from plasticity.errors import PluginError, unknown
from plasticity.experiment import Experiment
from plasticity.plugins import Offer

GROUP = "plasticity.experiments"
_OURS = "plasticity.experiments"  # the package of ours that the entry point of this project stands for


def names() -> list[str]:
    """The names of all experiments, sorted; PluginWarning for each that a package offers in vain."""
    found, faults = available()
    for fault in faults:
        plugins.warn(fault)
    return found


def own_names() -> list[str]:
    """The names of our own experiments; no other package is looked at."""
    return sorted(_own())


def available() -> tuple[list[str], list[PluginError]]:
    """The names of all experiments, sorted, and what is wrong with the packages that offer others."""
    ours = _own()
    usable, refused, faults = _others(ours)
    return sorted([*ours, *usable]), [*faults, *refused.values()]


def find(name: str) -> Experiment:
    """The experiment called `name`.

    raises UnknownName, which lists the known ones; PluginError for one that a package offers in vain
    """
    ours = _own()
    if not isinstance(name, str):
        raise unknown("experiment", name, ours)
    if name in ours:
        for one in map(plugins.offer, plugins.declared(GROUP)):
            if one.name == name:
                plugins.warn(plugins.taken(one, "experiment"))
        return plugins.record(ours[name], Experiment, "experiment")
    usable, refused, faults = _others(ours)
    if name in refused:
        raise refused[name]
    if name not in usable:
        for fault in faults:  # it may be one of theirs
            plugins.warn(fault)
        raise unknown("experiment", name, [*ours, *usable])
    return plugins.record(usable[name], Experiment, "experiment", ours)


def every() -> list[Experiment]:
    """All experiments, sorted by name; PluginWarning for each that a package offers in vain."""
    found = []
    for name in names():
        try:
            found.append(find(name))
        except PluginError as error:
            plugins.warn(error)
    return found


def _own() -> dict[str, Offer]:
    return {one.name: one for entry in plugins.declared(GROUP) if entry.value == _OURS for one in _modules(entry)}


def _others(ours: Iterable[str]) -> tuple[dict[str, Offer], dict[str, PluginError], list[PluginError]]:
    """What others offer by name, the names refused, and the packages that cannot be imported."""
    offers, faults = list[Offer](), list[PluginError]()
    for entry in plugins.declared(GROUP):
        if entry.value == _OURS:
            continue
        try:
            offers += [plugins.offer(entry)] if ":" in entry.value else _modules(entry)
        except PluginError as error:
            faults.append(error)
    return *plugins.sorted_out(offers, set(ours), "experiment"), faults


def _modules(entry: EntryPoint) -> list[Offer]:
    """The modules of a package, each an offer of its EXPERIMENT. Raises PluginError when it is no package."""
    package = plugins.loaded(entry)
    if not hasattr(package, "__path__"):
        raise PluginError(
            f"{entry.group} of {plugins.owner(entry)} is no package of modules; name one, or an Experiment as "
            "module:NAME"
        )

    def loader(name: str) -> plugins.Load:
        def load() -> object:
            return getattr(import_module(f"{package.__name__}.{name}"), "EXPERIMENT", None)

        return lambda: plugins.guarded(load, f"the experiment '{name}' of {plugins.owner(entry)}")

    found = plugins.guarded(lambda: [module.name for module in pkgutil.iter_modules(package.__path__)], str(package))
    return [Offer(name, plugins.owner(entry), loader(name)) for name in found if not name.startswith("_")]
