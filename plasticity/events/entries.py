"""The entries of a ledger, held in columns: a million of them take a few bytes each, and are read one by one."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.displayed import Displayed, brief
from plasticity.frames import frame, in_ms

_AT_ONCE = 4096  # entries that are taken out of the columns together: enough to be quick, few enough to be small


@dataclass(frozen=True, slots=True)
class Entry:
    """What one pair of spikes did.

    pre, post : seconds, as given; None where a spike changes w by itself, without a partner; both None in the entry
                that sums up the pairs that are too small for one of their own
    dw        : its share of the change, after the bounds
    clipped   : what the bounds took away of it; dw + clipped is what the rule alone would have done
    n_pairs   : 1, or how many pairs are summed up
    """

    pre: float | None
    post: float | None
    dw: float
    clipped: float
    n_pairs: int = 1

    @property
    def lag(self) -> float | None:
        """t_post - t_pre in seconds; None without a partner."""
        return None if self.pre is None or self.post is None else self.post - self.pre

    @property
    def is_summed(self) -> bool:
        """Whether it stands for many pairs, and so for no time."""
        return self.pre is None and self.post is None


@dataclass(frozen=True, eq=False, repr=False)
class Entries(Sequence[Entry]):
    """A sequence of entries.

    pre, post, dw, clipped : the columns, each of shape (n_entries,); NaN where a time is None
    n_summed               : how many pairs the last entry sums up; 0 when there is no such entry
    """

    pre: Floats
    post: Floats
    dw: Floats
    clipped: Floats
    n_summed: int = 0

    def __len__(self) -> int:
        return len(self.dw)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(index, slice):
            return tuple(self._made(index))
        place = range(len(self))[index]  # as a tuple does: from the end when negative, IndexError outside
        return next(self._made(slice(place, place + 1)))

    def __iter__(self) -> Iterator[Entry]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self._made(slice(start, start + _AT_ONCE))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{len(self)} entries>"

    @property
    def n_pairs(self) -> NDArray[np.int_]:
        """How many pairs each entry stands for, shape (n_entries,)."""
        counts = np.ones(len(self), dtype=np.int_)
        if self.n_summed:
            counts[-1] = self.n_summed
        return counts

    def _made(self, part: slice) -> Iterator[Entry]:
        """The entries of a part of the columns."""
        pre, post = (
            [None if math.isnan(time) else time for time in column[part].tolist()] for column in (self.pre, self.post)
        )
        last = len(self) - 1 if self.n_summed else -1
        counts = [self.n_summed if place == last else 1 for place in range(*part.indices(len(self)))]
        return map(Entry, pre, post, self.dw[part].tolist(), self.clipped[part].tolist(), counts)


@dataclass(frozen=True)
class Ledger(Displayed):
    """All entries in the order of time, the summed one last, and the weight before and after by the exact engine."""

    w_before: float
    w_after: float
    entries: Entries

    def __repr__(self) -> str:
        return brief("ledger of", f"{len(self.entries)} entries", f"from {self.w_before:g} to {self.w_after:.6g}")

    @property
    def dw(self) -> float:
        """The change of w: the sum of all shares; w_after - w_before but for rounding."""
        return math.fsum(
            self.entries.dw.tolist() if isinstance(self.entries, Entries) else (e.dw for e in self.entries)
        )

    def to_frame(self) -> Any:
        """A `pandas.DataFrame`, a row an entry: pre_ms, post_ms, lag_ms (NaN without one), dw, clipped, n_pairs.

        raises MissingPackage where pandas is not installed
        """
        found = self.entries
        times = {"pre_ms": in_ms(found.pre), "post_ms": in_ms(found.post), "lag_ms": in_ms(found.post - found.pre)}
        return frame(times | {"dw": found.dw, "clipped": found.clipped, "n_pairs": found.n_pairs})
