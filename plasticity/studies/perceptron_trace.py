"""The perceptron rule on the lecture's four patterns, row by row and without rounding; and once more on paper.

Source: lecture (AND of x1 and x2 beside x0 = 1); rosenblatt1958.
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from plasticity.artificial.certificates import Separation
from plasticity.artificial.exact import exact
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
    """One line of the table: number of the pattern, its target, weights before and after, output."""

    pattern: int
    target: int
    before: tuple[float, ...]
    after: tuple[float, ...]
    output: int

    @property
    def error(self) -> int:
        """Target less output: -1, 0 or 1."""
        return self.target - self.output

    @property
    def z(self) -> float:
        """The weighted sum, of numbers that have been rounded once each."""
        return float(sum(Decimal(str(w)) * x for w, x in zip(self.before, PATTERNS[self.pattern], strict=True)))


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
    p, rate, seen, rows = parameters, Decimal(str(parameters.rate)), set[tuple[Decimal, ...]](), list[Row]()
    weights = tuple(Decimal(str(w)) for w in p.start)
    while weights not in seen and len(seen) < p.n_epochs:
        seen.add(weights)
        for number, x in enumerate(PATTERNS):
            output = int(fires(sum(map(operator.mul, weights, x), Decimal(0)), 0))
            step = rate * (p.targets[number] - output)
            after = tuple(w + step * x_j for w, x_j in zip(weights, x, strict=True))
            rows.append(_row(number, p.targets, weights, after, output))
            weights = after
        if not any(row.error for row in rows[-len(PATTERNS) :]):
            break
    return rows


def _rows(run: PerceptronRun, targets: Sequence[int]) -> list[Row]:
    course = run.history.weights
    steps = zip(run.history.patterns, course[:-1], course[1:], run.history.outputs, strict=True)
    return [_row(int(shown[0]), targets, before, after, int(output[0])) for shown, before, after, output in steps]


def _row(pattern: int, targets: Sequence[int], before: Sequence, after: Sequence, output: int) -> Row:
    return Row(pattern, targets[pattern], tuple(map(float, before)), tuple(map(float, after)), output)
