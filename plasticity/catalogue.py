"""A catalogue: records by name, ours and those of other packages, which tells what it holds when a name is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from plasticity.errors import PluginError, unknown

if TYPE_CHECKING:
    from plasticity.plugins import Offer, Offered

T = TypeVar("T")
Families = Mapping[str, Mapping[str, tuple[str, ...]]]  # {family: {page: names of the records that stand on it}}
SET = ":"  # between the name of a record and that of one of its parameter sets, 'calcium:hippocampal_slices'


class Pages(Mapping[str, T], Generic[T]):
    """The records of a library by name, each page imported when one of its records is asked for.

    library  : the package that the pages are modules of; a record stands there under its name in capitals
    families : which records there are, on which pages
    """

    def __init__(self, library: str, families: Families) -> None:
        self._library = library
        self._pages = {name: page for pages in families.values() for page, names in pages.items() for name in names}

    def __getitem__(self, name: str) -> T:
        return getattr(import_module(f"{self._library}.{self._pages[name]}"), name.upper())

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, name: object) -> bool:
        return name in self._pages


class Group(NamedTuple):
    """What other packages may add to a catalogue.

    name      : of the entry points, 'plasticity.rules'
    kind      : the class of the records
    attribute : what each module holds, where an entry point may stand for a package of modules
    ours      : the value of an entry point that stands for records of ours
    reserved  : names that nobody's record may have, for they mean something else
    """

    name: str
    kind: Any
    attribute: str = ""
    ours: str = ""
    reserved: frozenset[str] = frozenset()


class Catalogue(Mapping[str, T], Generic[T]):
    """Records by their names, in the order given; it cannot be changed.

    kind    : the noun of its errors
    records : ours; a mapping other than a dictionary may load them when they are asked for
    others  : where other packages declare theirs; None where they cannot
    chosen  : (record, name of a set) -> the record with the parameters of this set: what `[]` gives for 'record:set'

    Iteration, `len`, `in` and `values` are about ours. `[]` finds those of others too, `names` and `every` list them:
    nothing of theirs is imported before that, and for one of ours not even looked for.
    """

    def __init__(
        self,
        kind: str,
        records: Mapping[str, T],
        *,
        others: Group | None = None,
        chosen: Callable[[Any, str], T] | None = None,
    ) -> None:
        self._kind = kind
        self._chosen = chosen
        self._records = dict(records) if isinstance(records, dict) else records
        self._others = others

    def __getitem__(self, name: str) -> T:
        """The record called `name`.

        raises UnknownName, a KeyError, which lists those there are; PluginError for one that a package offers in vain
        """
        if name in self:
            return self._records[name]
        if self._chosen and isinstance(name, str) and SET in name:
            record, _, parameter_set = name.partition(SET)
            return self._chosen(self[record], parameter_set)
        if self._others is None or not isinstance(name, str):
            raise unknown(self._kind, name, self._records)
        offered = self._offered()
        if name in offered.refused:
            raise offered.refused[name]
        if name not in offered.usable:
            for fault in offered.faults:  # it may be one of theirs
                _plugins().warn(fault)
            raise unknown(self._kind, name, [*self._records, *offered.usable])
        return self._record(offered.usable[name])

    def names(self) -> list[str]:
        """The names of all records, ours first; PluginWarning for each that a package offers in vain."""
        found, faults = self.available()
        for fault in faults:
            _plugins().warn(fault)
        return found

    def available(self) -> tuple[list[str], list[PluginError]]:
        """The names of all records, ours first, and what is wrong with the packages that offer others."""
        offered = self._offered()
        return [*self._records, *offered.usable], offered.errors

    def every(self) -> list[T]:
        """All records, ours first; PluginWarning for each that a package offers in vain."""
        offered = self._offered()
        for fault in offered.errors:
            _plugins().warn(fault)
        found = []
        for name in [*self._records, *offered.usable]:
            try:
                found.append(self._record(offered.usable[name]) if name in offered.usable else self._records[name])
            except PluginError as error:
                _plugins().warn(error)
        return found

    def __contains__(self, name: object) -> bool:
        try:
            return name in self._records
        except TypeError:  # for what cannot be a key
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"<{self._kind}s: {', '.join(self._records)}>"

    def _ipython_key_completions_(self) -> list[str]:
        return self.available()[0]

    def _offered(self) -> Offered:
        if self._others is None:
            return _plugins().Offered({}, {}, [])
        return _plugins().offered(self._others, self._records, self._kind)

    def _record(self, offer: Offer) -> Any:
        assert self._others is not None
        return _plugins().record(offer, self._others.kind, self._kind, self._records)


def _plugins() -> ModuleType:
    """Loaded when a record of others is looked for: most questions are about ours."""
    from plasticity import plugins

    return plugins
