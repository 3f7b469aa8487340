"""A catalogue: records by name, which cannot be changed, and which tells what it holds when a name is unknown."""

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from plasticity.errors import unknown

T = TypeVar("T")


class Catalogue(Mapping[str, T], Generic[T]):
    """Records by their names, in the order given. `kind` is the noun of its errors."""

    def __init__(self, kind: str, records: Mapping[str, T]) -> None:
        self._kind = kind
        self._records = dict(records)

    def __getitem__(self, name: str) -> T:
        """The record called `name`. Raises UnknownName, a KeyError, which lists those there are."""
        try:
            return self._records[name]
        except (KeyError, TypeError):  # a TypeError for what cannot be a key
            raise unknown(self._kind, name, self._records) from None

    def __contains__(self, name: object) -> bool:
        try:
            return name in self._records
        except TypeError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"<{self._kind}s: {', '.join(self._records)}>"

    def _ipython_key_completions_(self) -> list[Any]:
        return list(self._records)
