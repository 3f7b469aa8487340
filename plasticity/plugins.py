"""What other people's packages add, by declaring entry points; nothing of theirs is imported before it is asked for.

[project.entry-points."plasticity.rules"]
my_rule = "my_package.my_module:MY_RULE"
"""

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from plasticity.errors import PluginError


def declared(group: str) -> dict[str, EntryPoint]:
    """The entry points of a group by name. Raises PluginError when two packages declare one name."""
    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=group):
        other = found.setdefault(entry.name, entry)
        if other.value != entry.value:
            raise PluginError(f"{group} '{entry.name}' is declared as {other.value} and as {entry.value}; remove one")
    return found


def loaded(entry: EntryPoint) -> Any:
    """What an entry point stands for. Raises PluginError, which names it, when its import fails."""
    try:
        return entry.load()
    except Exception as error:  # other people's code may raise anything
        package = entry.dist.name if entry.dist else "a package"
        raise PluginError(
            f"{entry.group} '{entry.name}' of {package} cannot be loaded from {entry.value}: "
            f"{type(error).__name__}: {error}; repair or remove that package"
        ) from error
