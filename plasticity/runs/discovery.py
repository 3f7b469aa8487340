"""Which experiments there are: those that installed packages declare as entry points `plasticity.experiments`.

An entry point stands for an Experiment, or for a package whose modules each hold one called EXPERIMENT. A module is
imported when its experiment is asked for, not before.
"""

import pkgutil
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

from plasticity import plugins
from plasticity.errors import PluginError, unknown
from plasticity.experiment import Experiment

GROUP = "plasticity.experiments"


def names() -> list[str]:
    """The names of all experiments, sorted. Raises PluginError for an entry point that cannot be used."""
    return sorted(_declared())


def find(name: str) -> Experiment:
    """The experiment called `name`; raises UnknownName, which lists the known ones."""
    declared = _declared()
    if name not in declared:
        raise unknown("experiment", name, declared)
    found = declared[name]()
    if not isinstance(found, Experiment):
        raise PluginError(f"the experiment '{name}' is {found!r}, which is no Experiment; it must be one")
    return found


def _declared() -> dict[str, Callable[[], Any]]:
    """{name: what loads the experiment}"""
    found: dict[str, Callable[[], Any]] = {}
    for entry in plugins.declared(GROUP).values():
        thing = plugins.loaded(entry)
        held = _modules(thing) if isinstance(thing, ModuleType) else {entry.name: lambda thing=thing: thing}
        for name, load in held.items():
            if name in found:
                raise PluginError(f"two installed packages have an experiment called '{name}'; remove one")
            found[name] = load
    return found


def _modules(package: ModuleType) -> dict[str, Callable[[], Any]]:
    """The modules of a package, each as what imports it and returns its EXPERIMENT."""

    def loader(name: str) -> Callable[[], Any]:
        return lambda: getattr(import_module(f"{package.__name__}.{name}"), "EXPERIMENT", None)

    return {module.name: loader(module.name) for module in pkgutil.iter_modules(package.__path__)}
