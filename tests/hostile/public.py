"""Every public callable, found by walking the package, and one good value for each of its parameters.

A new function joins by itself. What it takes is looked up by the name of the parameter (`GOOD`); a parameter whose
name is not there gets hostile values only, which is a weaker trial, but a trial.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from good_values import GOOD

import plasticity

# Not walked: the commands, which are tried as processes; files, which have tests of their own; what finds and loads
# other packages; and the tools that check, solve, estimate and show progress, whose arguments our own code writes, as
# it does those of the terms of losses and of stacks; what only `verification` calls, with records that it has checked.
# What shows records to a notebook is given them by it.
LEFT_OUT = (
    "browser", "cli", "files", "plugins", "experiments", "catalogue", "crossings", "errors", "faults", "frames", "grid",
    "inputs", "integration", "memory", "nest", "progress", "artificial.loss_terms", "artificial.stacks",
    "cli", "displayed", "markup", "notebook",
    "files", "plugins", "experiments", "catalogue", "crossings", "errors", "faults", "frames",
    "grid", "inputs", "integration", "memory", "nest", "progress", "artificial.loss_terms", "artificial.stacks",
)  # fmt: skip
# Records of results, which only our own functions make, from numbers that they have checked. Check and Answer are
# also what a question of another package computes: `MADE_BY_OTHERS` are tried all the same.
RESULTS = frozenset(
    """Answer Answered AutoencoderTraining Card Carried Check Contradiction Course Diagnosis Entries Entry Finding
    Dimension Finished Fit FixedPoint History Joined Ledger Loaded Merged Outcome Pair PerceptronRun Plain Recording
    Separation Rest SpikeStatistics Step Swept Taken Training Trajectory""".split()
)

MADE_BY_OTHERS = ("quiz.Answer", "quiz.Check")


def public() -> dict[str, Callable[..., Any]]:
    """{dotted name: function or class} of all that a user may call."""
    found: dict[str, Callable[..., Any]] = {}
    for module in _modules():
        for name in getattr(module, "__all__", vars(module)):
            thing = getattr(module, name, None)
            is_own = getattr(thing, "__module__", "").startswith("plasticity")
            is_called = inspect.isfunction(thing) or (inspect.isclass(thing) and not issubclass(thing, Exception))
            label = f"{module.__name__.removeprefix('plasticity.')}.{name}"
            listed = hasattr(module, "__all__") or getattr(thing, "__module__", "") == module.__name__
            if (
                is_own
                and is_called
                and listed
                and not name.startswith("_")
                and (name not in RESULTS or label in MADE_BY_OTHERS)
                and not _is_tool(thing)
            ):
                found[label] = thing
    return found


def _is_tool(called: Callable[..., Any]) -> bool:
    """Whether it is told which class of error to raise, as only our own code does."""
    error = inspect.signature(called).parameters.get("error")
    return error is not None and "type[" in str(error.annotation)


def _modules() -> Iterator[ModuleType]:
    """Packages with a list of what is public, and all modules of those without one, or that it names."""
    for info in pkgutil.iter_modules(plasticity.__path__):
        if info.name.startswith("_") or info.name in LEFT_OUT:
            continue
        top = importlib.import_module(f"plasticity.{info.name}")
        yield top
        listed = getattr(top, "__all__", None)
        for inner in pkgutil.iter_modules(getattr(top, "__path__", [])):
            is_listed = listed is not None and inner.name in listed and inspect.ismodule(getattr(top, inner.name))
            if listed is None or is_listed:
                inside = importlib.import_module(f"{top.__name__}.{inner.name}")
                if inside.__name__.removeprefix("plasticity.") not in LEFT_OUT:
                    yield inside


def parameters(called: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Those that can be given, without `self`."""
    return dict(inspect.signature(called).parameters)


def good(name: str, called: Callable[..., Any], parameter: inspect.Parameter) -> Any:
    """A possible value of a parameter: of this function, else of all with a parameter of this name, else its default.

    returns : `inspect.Parameter.empty` when nobody knows one
    """
    if parameter.name == "axes":
        return _axes()
    for key in (f"{name}.{parameter.name}", f"{name.rpartition('.')[0]}.*.{parameter.name}"):
        if key in GOOD:
            return GOOD[key]
    if parameter.default is not inspect.Parameter.empty:
        return parameter.default
    return GOOD.get(parameter.name, inspect.Parameter.empty)


def _axes() -> Any:
    from matplotlib.figure import Figure

    return Figure().add_subplot()
