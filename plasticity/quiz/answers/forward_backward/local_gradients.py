"""The local derivatives from which a computation graph is built, at one number and on random ones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial import graph
from plasticity.artificial.graph import Node
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.formulas import are_same, largest_difference
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.complex_step import slope

# name: the operation on a graph, the same on arrays, the printed derivative; each of x and a constant
OPERATIONS: dict[str, tuple[Callable, Callable, Callable]] = {
    "exp": (lambda x, c: graph.exp(x), lambda x, c: np.exp(x), lambda x, c: np.exp(x)),
    "scale": (lambda x, a: a * x, lambda x, a: a * x, lambda x, a: a + 0.0 * x),
    "reciprocal": (lambda x, c: graph.reciprocal(x), lambda x, c: 1 / x, lambda x, c: -1 / x**2),
    "shift": (lambda x, c: c + x, lambda x, c: c + x, lambda x, c: np.ones_like(x)),
}


@dataclass(frozen=True)
class Parameters:
    """The number at which the derivatives are taken, the constants, and how many random ones are tried beside it."""

    x: float = parameter(2.0, "1", "where the derivatives are taken; any but 0", least=-100, most=100)
    a: float = parameter(3.0, "1", "factor of a x", least=-1000, most=1000)
    c: float = parameter(5.0, "1", "term of c + x", least=-1000, most=1000)
    n_points: int = parameter(20, meaning="random numbers that are tried beside", least=5, most=500)
    seed: int = 0


@dataclass(frozen=True)
class Operation:
    """At x first, then at random numbers: the graph's values and derivatives; both by other routes."""

    values: Floats
    slopes: Floats
    printed: Floats
    by_numpy: Floats
    by_complex_step: Floats


def study(parameters: Parameters) -> dict[str, Operation]:
    """Every operation at x, and at random numbers away from 0, where 1/x has no derivative."""
    p = parameters
    if abs(p.x) < 1e-3:
        raise ArgumentError(f"x is {p.x:g}, where 1/x has no derivative; a number at least 0.001 from 0 is allowed")
    rng = np.random.default_rng(p.seed)
    x = np.concatenate([[p.x], rng.choice([-1.0, 1.0], p.n_points) * rng.uniform(0.2, 3.0, p.n_points)])
    others = rng.normal(size=p.n_points)
    return {
        name: _operation(name, x, np.concatenate([[p.a if name == "scale" else p.c], others])) for name in OPERATIONS
    }


def _operation(name: str, x: Floats, constants: Floats) -> Operation:
    on_graph, function, printed = OPERATIONS[name]
    values, slopes = np.transpose([_on_graph(on_graph, *pair) for pair in zip(x, constants, strict=True)])
    by_step = slope(lambda z: function(z, constants), x)
    return Operation(values, slopes, printed(x, constants), function(x, constants), by_step)


def _on_graph(operation: Callable[[Node, float], Node], x: float, constant: float) -> tuple[float, float]:
    variable = graph.variable(x, "x")
    output = operation(variable, constant)
    return output.value, graph.gradients(output)[variable]


def answer(study: dict[str, Operation]) -> Answer:
    """Four rules, of which every longer one is made."""
    found: dict[str, Any] = {}
    for name, one in study.items():
        found[f"{name}_holds"] = are_same(one.printed, one.slopes)
        found[f"{name}_largest_difference"] = largest_difference(one.printed, one.slopes)
    found["outcome"] = "all" if all(found[f"{name}_holds"] for name in study) else "some"
    found["rows"] = [
        {"operation": name, "value": float(one.values[0]), "slope": float(one.slopes[0])} for name, one in study.items()
    ]
    found["slopes"] = [one.slopes[1:].tolist() for one in study.values()]
    rounding = 1e-12 * max(1.0, *(float(np.abs(one.slopes).max()) for one in study.values()))
    checks = [
        Check("rows.value", [float(one.by_numpy[0]) for one in study.values()], "numpy", rounding),
        Check("rows.slope", [float(one.by_complex_step[0]) for one in study.values()], "complex_step", rounding),
        Check("slopes", [one.by_complex_step[1:].tolist() for one in study.values()], "complex_step", rounding),
    ]
    return Answer(found, checks, {"as printed": found})


SOLUTIONS = {"local-gradients": Solution(study, answer, Parameters())}
