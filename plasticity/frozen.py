"""A mapping that cannot be changed and can be a key: what a frozen record holds in place of a dict."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from plasticity.errors import ArgumentError, said

V = TypeVar("V")


class FrozenMap(Mapping[str, V], Generic[V]):
    """The items of a mapping, in their order, for good. Equal to a mapping with the same items.

    raises ArgumentError for what is no mapping with text as its keys
    """

    def __init__(self, items: Mapping[str, V]) -> None:
        if not isinstance(items, Mapping) or not all(isinstance(name, str) for name in items):
            raise ArgumentError(f"{said(items)} is no mapping whose keys are text; one is allowed")
        self._items = dict(items)

    def __getitem__(self, name: str) -> V:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)
