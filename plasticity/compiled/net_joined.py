"""What the arrays of a kernel are made of: the numbers of all parts, one behind the other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Joined:
    """Arrays one behind the other."""

    def __init__(self, dtype: Any) -> None:
        self.dtype, self.size = dtype, 0
        self._found = list[NDArray[Any]]()

    def add(self, values: Any) -> int:
        """Where the values begin."""
        begin, values = self.size, np.ravel(np.asarray(values, dtype=self.dtype))
        self._found.append(values)
        self.size += values.size
        return begin

    def whole(self) -> NDArray[Any]:
        """All of them; they are given up here, and there once more only while they are copied."""
        found, self._found = np.empty(self.size, self.dtype), self._found[::-1]
        begin = 0
        while self._found:
            values = self._found.pop()
            found[begin : begin + values.size] = values
            begin += values.size
        return found


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
