"""What the arrays of a kernel are made of: the numbers of all parts, one behind the other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Joined:
    """Arrays one behind the other."""

    def __init__(self, dtype: Any, expected: int = 0) -> None:
        """expected : how many numbers will come; more are allowed, and cost a copy."""
        self.size = 0
        self._found = np.empty(expected, dtype)

    def add(self, values: Any) -> int:
        """Where the values begin."""
        begin, values = self.size, np.ravel(np.asarray(values))
        self.size += values.size
        if self.size > len(self._found):
            self._found = np.concatenate([self._found[:begin], np.empty(self.size, self._found.dtype)])
        self._found[begin : self.size] = values
        return begin

    def whole(self) -> NDArray[Any]:
        """All of them."""
        return self._found[: self.size]


class Kept:
    """Where what is recorded goes."""

    def __init__(self, names: Sequence[str], n_steps: int) -> None:
        self.names, self.n_steps, self.size = names, n_steps, 0

    def place(self, part: Any) -> int:
        """Where the course of a part begins; -1 when it is not kept."""
        if part.name not in self.names:
            return -1
        begin, self.size = self.size, self.size + part.size * self.n_steps
        return begin
