"""What learning did, step by step, and the table in which one follows it by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.artificial.exact import written
from plasticity.artificial.examples import Examples, read_only
from plasticity.errors import ArgumentError
from plasticity.inputs import count, instance


@dataclass(frozen=True, eq=False)
class History:
    """The record of a training; entry k belongs to step k, one change of the weights.

    examples : the training set
    patterns : for each step the indices of the patterns shown, (n_shown,)
    outputs  : for each step what the units said before the change, (n_shown,) or (n_shown, n_units)
    weights  : (n_steps + 1, n_inputs) or (n_steps + 1, n_units, n_inputs); row k stands before step
               k, row k + 1 after it
    losses   : (n_steps,), the loss of the patterns shown, before the change; None for a rule that
               minimises none
    """

    examples: Examples
    patterns: tuple[np.ndarray, ...]
    outputs: tuple[np.ndarray, ...]
    weights: np.ndarray
    losses: np.ndarray | None = None

    def __post_init__(self) -> None:
        for array in (self.weights, self.losses, *self.patterns, *self.outputs):
            if array is not None:
                read_only(array)

    def __len__(self) -> int:
        return len(self.patterns)

    @property
    def before(self) -> np.ndarray:
        """The weights before each step, (n_steps, ...)."""
        return self.weights[:-1]

    @property
    def after(self) -> np.ndarray:
        """The weights after each step, (n_steps, ...)."""
        return self.weights[1:]

    @property
    def final(self) -> np.ndarray:
        """The weights after the last step, or the start if there was none."""
        return self.weights[-1]

    @property
    def targets(self) -> tuple[np.ndarray, ...] | None:
        """For each step the targets of the patterns shown; None without a teacher."""
        targets = self.examples.targets
        return None if targets is None else tuple(targets[shown] for shown in self.patterns)


def trace_table(history: History, unit: int | None = None) -> str:
    """The history of one unit as text: a line for each pattern shown, the change below its patterns.

    unit : which unit of a layer; None for the history of a single unit
    raises ArgumentError when there are several units and none, or none such, is named
    """
    instance(history, History, "the history")
    weights = _of_unit(history.weights, unit if unit is None else count(unit, "the unit", least=0))
    n_inputs = weights.shape[-1]
    names = [f"{letter}{i}" for letter in "xw" for i in range(n_inputs)]
    lines = [["step", *names, "output", "target", "change"]]
    for step in range(len(history)):
        lines += _step_lines(history, step, weights, unit)
    lines.append(["end", *[""] * n_inputs, *map(written, weights[-1]), "", "", ""])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.rjust, line, widths)).rstrip() for line in lines)


def _step_lines(history: History, step: int, weights: np.ndarray, unit: int | None) -> Iterator[list[str]]:
    shown = history.patterns[step]
    outputs = _column(history.outputs[step], unit)
    targets: Any = [None] * len(shown) if history.targets is None else _column(history.targets[step], unit)
    change = weights[step + 1] - weights[step]
    for place, pattern in enumerate(shown):
        is_last = place == len(shown) - 1
        numbers = [*history.examples.inputs[pattern], *weights[step], outputs[place]]
        target = "" if targets[place] is None else written(targets[place])
        moved = f"({', '.join(map(written, change))})" if is_last and np.any(change != 0) else ""
        yield [str(step), *map(written, numbers), target, moved]


def _column(array: np.ndarray, unit: int | None) -> np.ndarray:
    return array if unit is None else array[:, unit]


def _of_unit(weights: np.ndarray, unit: int | None) -> np.ndarray:
    if weights.ndim == 2 and unit is None:
        return weights
    n_units = weights.shape[1] if weights.ndim == 3 else 1
    if weights.ndim == 2 or unit is None or not 0 <= unit < n_units:
        wanted = "unit=None" if weights.ndim == 2 else f"a unit from 0 to {n_units - 1}"
        raise ArgumentError(f"unit={unit} for a history of {n_units} unit(s); a table shows one, give {wanted}")
    return weights[:, unit]
