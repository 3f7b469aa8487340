"""Names of a package that are loaded when they are asked for: most who import it need few of them."""

from collections.abc import Callable, Mapping
from importlib import import_module
from sys import modules
from typing import Any


def later(package: str, names: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package: what it lacks is looked for in modules that are loaded then.

    names : {module: the names in it}
    """

    def found(name: str) -> Any:
        for module, those in names.items():
            if name in those:
                value = getattr(import_module(module), name)
                setattr(modules[package], name, value)
                return value
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return found
