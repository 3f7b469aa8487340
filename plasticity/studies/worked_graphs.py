"""Values forwards and gradients backwards on computation graphs: a product, a sigmoid of products, a small network.

Source: lecture; rumelhart1986. The same formulas take nodes, numbers, complex numbers and arrays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, mul
from typing import Any

import numpy as np

from plasticity.artificial import graph
from plasticity.artificial.graph import Node
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter


@dataclass(frozen=True)
class Product:
    """Of (x + y) z."""

    x: float = parameter(-2.0, "1", "first term of the sum", source="lecture", least=-1000, most=1000)
    y: float = parameter(5.0, "1", "second term of the sum", source="lecture", least=-1000, most=1000)
    z: float = parameter(-4.0, "1", "factor", source="lecture", least=-1000, most=1000)


@dataclass(frozen=True)
class Products:
    """Of the sigmoid of w0 x0 + w1 x1 + w2 x2, as machine-read."""

    w: tuple[float, ...] = parameter((2.0, -3.0, -3.0), "1", "weights, in order", source="lecture", least=-20, most=20)
    x: tuple[float, ...] = parameter((-1.0, -2.0, -2.0), "1", "inputs, in order", source="lecture", least=-20, most=20)


@dataclass(frozen=True)
class Network:
    """Of a network of sigmoids with one hidden layer and one output."""

    w1: tuple[float, ...] = parameter(
        (0.1, -0.2, 0.3, 0.2, 0.1, -0.3),
        "1",
        "of the hidden units, one after another, the bias of each first",
        source="lecture",
        least=-20,
        most=20,
    )
    w2: tuple[float, ...] = parameter(
        (0.1, 0.2, 0.1), "1", "of the output, the bias first", source="lecture", least=-20, most=20
    )
    x: tuple[float, ...] = parameter((1.0, 0.0), "1", "inputs", source="lecture", least=-20, most=20)

    def hidden_weights(self) -> list[tuple[float, ...]]:
        """A row for each hidden unit. Raises ArgumentError where the numbers do not fit one another."""
        n_units, n_each = len(self.w2) - 1, len(self.x) + 1
        if n_units < 1 or len(self.w1) != n_units * n_each:
            raise ArgumentError(
                f"w1 has {len(self.w1)} numbers, w2 {len(self.w2)}, x {len(self.x)}; allowed: w2 a bias and a weight "
                f"for each hidden unit, w1 for each of them a bias and a weight for each x"
            )
        return [self.w1[k * n_each : (k + 1) * n_each] for k in range(n_units)]


@dataclass(frozen=True)
class Worked:
    """A computation: the value of every named node, and the gradient of the last one for each."""

    forward: dict[str, float]
    gradients: dict[str, float]


def worked(nodes: Mapping[str, Node]) -> Worked:
    """Read the named nodes; the last is the output."""
    *_, output = nodes.values()
    gradients = graph.gradients(output)
    return Worked({name: node.value for name, node in nodes.items()}, {n: gradients[node] for n, node in nodes.items()})


def product_of(x: Any, y: Any, z: Any) -> Any:
    """(x + y) z"""
    return (x + y) * z


def sum_of_products(w: Any, x: Any) -> Any:
    """w0 x0 + w1 x1 + ...; what is left over of w is a bias."""
    return reduce(add, [*map(mul, w, x), *w[len(x) :]])


def sigmoid_apart(z: Any) -> Any:
    """1 / (exp(-z) + 1), an operation a node; of numbers as of nodes."""
    return 1.0 / ((graph.exp(-z) if isinstance(z, Node) else np.exp(-z)) + 1.0)


def product(parameters: Product) -> Worked:
    """(x + y) z, with q = x + y."""
    x, y, z = (graph.variable(getattr(parameters, name), name) for name in "xyz")
    q = x + y
    return worked({"x": x, "y": y, "z": z, "q": q, "f": q * z})


def products(parameters: Products) -> dict[str, Worked]:
    """The sigmoid with every x as it stands, and with 1 for the last: then the last w is a bias."""
    w, x = parameters.w, parameters.x
    if len(w) != len(x):
        raise ArgumentError(f"w has the length {len(w)}, x {len(x)}; equal lengths are allowed")
    return {"as read": _sigmoid_of(w, x), "with a bias": _sigmoid_of(w, (*x[:-1], 1.0))}


def _sigmoid_of(w: Sequence[float], x: Sequence[float]) -> Worked:
    weights = {f"w{i}": graph.variable(value, f"w{i}") for i, value in enumerate(w)}
    inputs = {f"x{i}": graph.variable(value, f"x{i}") for i, value in enumerate(x)}
    parts = {f"w{i}x{i}": weights[f"w{i}"] * inputs[f"x{i}"] for i in range(len(w))}
    total = reduce(add, parts.values())
    return worked({**weights, **inputs, **parts, "sum": total, "f": graph.sigmoid(total)})


def network(parameters: Network) -> dict[str, Node]:
    """The nodes of a network, a unit's sum and its output a node each; weights are on the edges."""
    inputs = [graph.variable(value, f"x{i}") for i, value in enumerate(parameters.x, 1)]
    nodes = {node.name: node for node in inputs}
    hidden = []
    for k, (bias, *weights) in enumerate(parameters.hidden_weights(), 1):
        nodes[f"z{k}"] = _weighted(bias, weights, inputs)
        nodes[f"y{k}"] = graph.sigmoid(nodes[f"z{k}"])
        hidden.append(nodes[f"y{k}"])
    nodes["z"] = _weighted(parameters.w2[0], parameters.w2[1:], hidden)
    nodes["y"] = graph.sigmoid(nodes["z"])
    return nodes


def _weighted(bias: float, weights: Sequence[float], parents: Sequence[Node]) -> Node:
    """bias + w1 x1 + w2 x2 + ... as one node, whose local derivatives are the weights."""
    value = bias + sum(w * parent.value for w, parent in zip(weights, parents, strict=True))
    return Node(value, " + ".join(["bias", *(f"{w:g} {{}}" for w in weights)]), tuple(parents), tuple(weights))
