"""What other people's packages add, by declaring entry points; nothing of theirs is imported before it is asked for.

[project.entry-points."plasticity.rules"]
my_rule = "my_package.my_module:MY_RULE"

Whatever their import does, it stops only what needs it: it becomes a PluginError, which names the package. A name
belongs to one owner; ours come first.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from plasticity.catalogue import Group
from plasticity.errors import PluginError, PluginWarning, said, told

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Load = Callable[[], Any]


@dataclass(frozen=True)
class Offer:
    """What a package adds under a name. `load` imports it, and raises PluginError when that fails."""

    name: str
    owner: str
    load: Load


@dataclass(frozen=True)
class Offered:
    """What other packages offer: what can be used, why a name cannot, and what is wrong with whole packages."""

    usable: dict[str, Offer]
    refused: dict[str, PluginError]
    faults: list[PluginError]

    @property
    def errors(self) -> list[PluginError]:
        return [*self.faults, *self.refused.values()]


def offered(group: Group, own: Collection[str], noun: str) -> Offered:
    """What others offer for a catalogue that has the names `own`; of theirs, only packages of modules are imported."""
    offers, faults = list[Offer](), list[PluginError]()
    for entry in declared(group.name):
        if group.ours and entry.value == group.ours:
            continue
        try:
            offers += modules(entry, group, noun) if group.attribute and ":" not in entry.value else [offer(entry)]
        except PluginError as error:
            faults.append(error)
    return Offered(*sorted_out(offers, {*own, *group.reserved}, noun), faults)


def modules(entry: EntryPoint, group: Group, noun: str) -> list[Offer]:
    """The modules of a package, each an offer of its record. Raises PluginError when it is no package."""
    package = loaded(entry)
    if not hasattr(package, "__path__"):
        raise PluginError(
            f"{entry.group} of {owner(entry)} is no package of modules; name one, or an {group.kind.__name__} as "
            "module:NAME"
        )

    def loader(name: str) -> Load:
        def load() -> object:
            return getattr(import_module(f"{package.__name__}.{name}"), group.attribute, None)

        return lambda: guarded(load, f"the {noun} '{name}' of {owner(entry)}")

    found = guarded(lambda: [module.name for module in iter_modules(package.__path__)], str(package))
    return [Offer(name, owner(entry), loader(name)) for name in found if not name.startswith("_")]


def entry_points(group: str) -> Iterable[EntryPoint]:
    """What all packages declare for a group; loaded when asked, for what reads it is slow to load."""
    return import_module("importlib.metadata").entry_points(group=group)


def declared(group: str) -> list[EntryPoint]:
    """The entry points of a group, each once. PluginWarning for a package whose declarations cannot be read."""
    found: dict[tuple[str, str], EntryPoint] = {}
    try:
        entries: Iterable[EntryPoint] = entry_points(group=group)
    except Exception:  # one malformed file of any package stops the reading of all
        entries = _readable(group)
    for entry in entries:
        found.setdefault((entry.name, entry.value), entry)
    return list(found.values())


def offer(entry: EntryPoint) -> Offer:
    """An entry point that stands for one record."""
    return Offer(entry.name, owner(entry), lambda: loaded(entry))


def loaded(entry: EntryPoint) -> Any:
    """What an entry point stands for. Raises PluginError, which names it, when its import fails or exits."""
    return guarded(entry.load, f"{entry.group} {said(entry.name)} of {owner(entry)}")


def guarded(load: Load, what: str) -> Any:
    """What `load` returns, and what it prints and warns of, thrown away. Raises PluginError whatever it raises."""
    try:
        with _silence():
            return load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # other people's code may raise anything, and may exit
        raise PluginError(f"{what} cannot be loaded: {told(error)}; repair or remove that package") from error


def owner(entry: EntryPoint) -> str:
    """The package that declares an entry point, and where the thing is: 'their-package (their_module:RULE)'."""
    try:
        name = entry.dist.name if entry.dist else ""
    except Exception:  # a package whose metadata are broken
        name = ""
    return f"{name or 'a package'} ({entry.value})"


def sorted_out(
    offers: Iterable[Offer], own: Collection[str], noun: str
) -> tuple[dict[str, Offer], dict[str, PluginError]]:
    """The offers by name; and for each name that is taken, or offered by two packages, the error that says so."""
    usable: dict[str, Offer] = {}
    refused: dict[str, PluginError] = {}
    for one in offers:
        if one.name in own:
            refused[one.name] = taken(one, noun)
        elif one.name in usable or one.name in refused:
            first = usable.pop(one.name, None)
            if first:
                refused[one.name] = PluginError(
                    f"the {noun} {said(one.name)} is declared by {first.owner} and by {one.owner}; remove one"
                )
        else:
            usable[one.name] = one
    return usable, refused


def taken(one: Offer, noun: str) -> PluginError:
    """The error for an offer under a name of ours."""
    return PluginError(
        f"the {noun} {said(one.name)} of {one.owner} is refused, for plasticity has that name; rename or remove it"
    )


def record(one: Offer, kind: Any, noun: str, own: Collection[str] = ()) -> Any:
    """The record that is offered. Raises PluginError when it is of no such kind, or goes by another name.

    own : the names of ours, to tell when it is one of them
    """
    thing, what = one.load(), f"the {noun} {said(one.name)} of {one.owner}"
    # Looking at a thing runs its code too: what a class says of itself may raise anything.
    fault = guarded(lambda: _fault(thing, kind, one.name, noun, own), what)
    if fault:
        raise PluginError(f"{what} {fault}")
    return thing


def _fault(thing: Any, kind: Any, name: str, noun: str, own: Collection[str]) -> str:
    """Why a thing cannot be the record called `name`; '' when it can."""
    if not isinstance(thing, kind):
        kinds = " nor ".join(item.__name__ for item in getattr(kind, "__args__", (kind,)))
        return f"is {said(thing)}, which is no {kinds}; it must be one"
    if thing.name != name:
        owned = f", which is one of plasticity's {noun}s" if thing.name in own else ""
        return f"calls itself {said(thing.name)}{owned}; declare it under its own name"
    return ""


def warn(error: PluginError) -> None:
    """Say that a package is left out."""
    warnings.warn(str(error), PluginWarning, stacklevel=3)


def _readable(group: str) -> Iterator[EntryPoint]:
    for distribution in import_module("importlib.metadata").distributions():
        try:
            yield from (entry for entry in distribution.entry_points if entry.group == group)
        except Exception as error:
            place = getattr(distribution, "_path", "a package")
            warn(PluginError(f"the entry points of {place} cannot be read: {told(error)}; repair or remove it"))


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
