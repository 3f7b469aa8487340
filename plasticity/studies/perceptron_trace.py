"""The perceptron rule on the lecture's four patterns, row by row and without rounding; and once more on paper.

Source: lecture (AND of x1 and x2 beside x0 = 1); rosenblatt1958.
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

import numpy as np

from plasticity.artificial.certificates import Separation
from plasticity.artificial.exact import MOST_DIGITS, exact
from plasticity.artificial.examples import Examples
from plasticity.artificial.perceptron import PerceptronRun, novikoff_bound, perceptron
from plasticity.artificial.separability import separate
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter

PATTERNS = ((1, 1, 0), (1, 0, 1), (1, 0, 0), (1, 1, 1))  # x0, x1, x2, in the lecture's order
NAMES = tuple("".join(map(str, pattern)) for pattern in PATTERNS)
AND, XOR = (0, 0, 0, 1), (1, 1, 0, 0)


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    start: tuple[float, ...] = parameter(
        (-1.2, -0.3, -0.4), meaning="weights w0, w1, w2 at the start", source="lecture", least=-100, most=100
    )
    rate: float = parameter(0.9, "1", "learning rate", source="lecture", least=0.01, most=100)
    targets: tuple[int, ...] = parameter(AND, meaning="of 110, 101, 100, 111", source="lecture", least=0, most=1)
    n_epochs: int = parameter(100, meaning="epochs after which it is given up", least=1, most=250)


@dataclass(frozen=True)
class Row:
    """One line of the table: number of the pattern, its target, weights before and after, z and output."""

    pattern: int
    target: int
    before: tuple[float, ...]
    after: tuple[float, ...]
    z: float
    output: int

    @property
    def error(self) -> int:
        """Target less output: -1, 0 or 1."""
        return self.target - self.output


@dataclass(frozen=True, eq=False)
class Trace:
    """The table in fractions; on paper, also with a unit that fires at z = 0; the same run in floats.

    bound : on the number of changes; infinite where no unit gives the patterns their targets
    """

    rows: list[Row]
    run: PerceptronRun
    on_paper: list[Row]
    firing_at_zero: list[Row]
    floats: PerceptronRun
    bound: float


def study(parameters: Parameters) -> Trace:
    """Learn from the start until an epoch has no mistake, the weights come back, or `n_epochs`.

    raises ArgumentError when there are not three weights at the start, or not four targets
    """
    p = parameters
    if len(p.start) != 3 or len(p.targets) != len(PATTERNS):
        came = f"start has {len(p.start)} weights and targets has {len(p.targets)} values"
        raise ArgumentError(f"{came}; allowed: 3 weights and 4 targets")
    examples = Examples(np.array(PATTERNS), np.array(p.targets))
    run = perceptron(examples, exact(p.start), rate=exact(p.rate), n_epochs=p.n_epochs)
    floats = perceptron(examples, p.start, rate=p.rate, n_epochs=p.n_epochs)
    return Trace(
        _rows(run, p.targets), run, on_paper(p, operator.gt), on_paper(p, operator.ge), floats, _bound(examples, p)
    )


def _bound(examples: Examples, p: Parameters) -> float:
    """Novikoff's, for some separating unit."""
    separation = separate([pattern[1:] for pattern in PATTERNS], p.targets)
    if not isinstance(separation, Separation):
        return float("inf")
    unit = np.array([separation.bias, *separation.weights])
    return novikoff_bound(examples, unit, start=np.array(p.start), rate=p.rate)


def on_paper(parameters: Parameters, fires: Callable[[Decimal, int], bool] = operator.gt) -> list[Row]:
    """The rule written again as one does it on paper, in decimals, until it stops, comes back, or `n_epochs`."""
    with localcontext(prec=MOST_DIGITS):
        return _on_paper(parameters, fires)


def _on_paper(p: Parameters, fires: Callable[[Decimal, int], bool]) -> list[Row]:
    rate, seen, rows = Decimal(str(p.rate)), set[tuple[Decimal, ...]](), list[Row]()
    weights = tuple(Decimal(str(w)) for w in p.start)
    while weights not in seen and len(seen) < p.n_epochs:
        seen.add(weights)
        for number, x in enumerate(PATTERNS):
            z = sum(map(operator.mul, weights, x), Decimal(0))
            output = int(fires(z, 0))
            step = rate * (p.targets[number] - output)
            after = tuple(w + step * x_j for w, x_j in zip(weights, x, strict=True))
            rows.append(_row(number, p.targets, (weights, after), z, output))
            weights = after
        if not any(row.error for row in rows[-len(PATTERNS) :]):
            break
    return rows


def _rows(run: PerceptronRun, targets: Sequence[int]) -> list[Row]:
    history = run.history
    shown = np.concatenate(history.patterns).tolist()
    z = np.einsum("si,si->s", history.before, np.array(PATTERNS, dtype=object)[shown])
    steps = zip(shown, history.before, history.after, z, history.outputs, strict=True)
    return [_row(number, targets, (before, after), sum_, int(y[0])) for number, before, after, sum_, y in steps]


def _row(number: int, targets: Sequence[int], around: tuple[Sequence, Sequence], z: Any, output: int) -> Row:
    before, after = (tuple(map(float, weights)) for weights in around)
    return Row(number, targets[number], before, after, float(z), output)
