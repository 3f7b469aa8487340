"""The pages of the API: a module each, its public names with signature, meaning and example."""

import inspect
from importlib import import_module
from types import ModuleType
from typing import Any

MODULES = {
    "plasticity": "what most people need",
    "plasticity.rules": "rules as records, and their variants",
    "plasticity.neurons": "neurons as records, closed forms",
    "plasticity.networks": "populations, projections, recordings",
    "plasticity.protocols": "stimulation protocols, spike times",
    "plasticity.trains": "spike trains: checked, merged, read from files",
    "plasticity.engines": "the engine that is asked, and the choice of it",
    "plasticity.events": "the exact evaluator, pair by pair",
    "plasticity.rates": "mean drift, fixed points, rules on rates",
    "plasticity.spiking": "the same in Brian2",
    "plasticity.published": "measured data",
    "plasticity.ask": "what happens to a synapse if ...",
    "plasticity.quiz": "the lecture's questions",
    "plasticity.runs": "experiments, sweeps, their folders",
    "plasticity.plots": "pictures in one style",
    "plasticity.verification": "one engine against another",
    "plasticity.export": "records as text for other simulators",
    "plasticity.javascript": "rules as JavaScript",
    "plasticity.explorer": "the page in a browser, as a file",
    "plasticity.authoring": "what is of one's own, checked",
    "plasticity.artificial": "rate neurons, threshold units, learning: unbounded weights",
}
ARTIFICIAL = (
    "activations fits units truth_tables gates separability certificates boolean_functions loops regimes examples "
    "losses learning perceptron graph layers burdens autoencoders stacked side_by_side history"
).split()


def pages() -> dict[str, str]:
    """{file: text} of the API; modules that this version lacks have no page."""
    found = {name: what for name, what in MODULES.items() if _exists(name)}
    parts = [f"plasticity.artificial.{name}" for name in ARTIFICIAL]
    made = {f"api/{name}.rst": _page(name, import_module(name)) for name in [*found, *parts]}
    rows = "".join(f"* - :doc:`{name}`\n  - {what}\n" for name, what in found.items())
    table = f".. list-table::\n   :widths: 30 70\n\n{_indented(rows)}"
    contents = "\n".join(f"   {name}" for name in found)
    made["api/index.rst"] = f"API\n===\n\n{table}\n\n.. toctree::\n   :hidden:\n\n{contents}\n"
    made["api/plasticity.artificial.rst"] += "\n.. toctree::\n   :hidden:\n\n" + "".join(
        f"   {name}\n" for name in parts
    )
    return made


def _exists(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def _page(name: str, module: ModuleType) -> str:
    names = getattr(module, "__all__", ())
    entries = "".join(_entry(name, one, getattr(module, one)) for one in names)
    return f"{name}\n{'=' * len(name)}\n\n.. automodule:: {name}\n   :no-members:\n\n{entries}"


def _entry(module: str, name: str, found: Any) -> str:
    if inspect.isclass(found) and (home := _home(found)) != module:
        return f".. py:data:: {module}.{name}\n   :no-index:\n\n   See :py:class:`{home}.{name}`.\n\n"
    if inspect.isclass(found):
        return f".. autoclass:: {module}.{name}\n   :members:\n\n"
    if inspect.isfunction(found):
        return f".. autofunction:: {module}.{name}\n\n"
    if inspect.ismodule(found):
        return f".. automodule:: {found.__name__}\n   :members:\n   :no-index:\n\n"
    return f".. py:data:: {module}.{name}\n\n   {_said(found)}\n\n"


def _home(found: type) -> str:
    """The module of ours in which a class is explained: that of the package it stands in, or the first that has it."""
    offering = [name for name in MODULES if _exists(name) and found in vars(import_module(name)).values()]
    offering = [name for name in offering if name != "plasticity"] or offering
    return next((name for name in offering if found.__module__.startswith(f"{name}.")), offering[0])


def _said(found: Any) -> str:
    """A constant or a catalogue in a line."""
    text = repr(found) if not isinstance(found, str) else "text"
    return f"``{text if len(text) < 160 else text[:150].rsplit(',', 1)[0] + ', ...'}``"


def _indented(text: str) -> str:
    return "".join(f"   {line}\n" for line in text.splitlines())
