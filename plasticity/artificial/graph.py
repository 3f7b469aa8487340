"""A computation graph of single numbers: values forwards, gradients backwards, both on paper.

Arithmetic with nodes builds the graph; every node keeps its value and its local derivatives, how it
changes with each of its parents. The chain rule, walked from the output back, multiplies these by the
gradient from above and adds up where paths meet.

    x, y, z = variable(-2, "x"), variable(5, "y"), variable(-4, "z")
    q = x + y
    f = q * z
    gradients(f)[x]                  # -4.0
    print(worked_example(f, q=q, f=f))
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Union

from plasticity.artificial.activations import RELU, SIGMOID, TANH, Activation
from plasticity.errors import ArgumentError, said
from plasticity.inputs import fields, instance, number, text

Number = Union["Node", float]


@dataclass(frozen=True, eq=False)
class Node:
    """One number of a computation.

    value   : the number
    formula : how it came from its parents, which fill the places {}; empty for what is given
    parents : the nodes it was computed from
    slopes  : d value / d parent for each of them, at their values
    name    : of a variable; empty for constants and results
    """

    value: float
    formula: str = ""
    parents: tuple["Node", ...] = ()
    slopes: tuple[float, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        fields(self)

    __array_ufunc__ = None  # lets a NumPy number on the left leave the operation to the node

    def __add__(self, other: "Number") -> "Node":
        other = _node(other)
        return _result(self.value + other.value, "{} + {}", (self, other), (1.0, 1.0))

    def __mul__(self, other: "Number") -> "Node":
        other = _node(other)
        return _result(self.value * other.value, "{} * {}", (self, other), (other.value, self.value))

    def __neg__(self) -> "Node":
        return _result(-self.value, "-{}", (self,), (-1.0,))

    def __pow__(self, exponent: float) -> "Node":
        return power(self, exponent)

    def __sub__(self, other: "Number") -> "Node":
        return self + -_node(other)

    def __truediv__(self, other: "Number") -> "Node":
        return self * reciprocal(other)

    def __radd__(self, other: "Number") -> "Node":
        return _node(other) + self

    def __rmul__(self, other: "Number") -> "Node":
        return _node(other) * self

    def __rsub__(self, other: "Number") -> "Node":
        return _node(other) - self

    def __rtruediv__(self, other: "Number") -> "Node":
        return reciprocal(self) if _node(other).value == 1 else _node(other) / self


def variable(value: float, name: str) -> Node:
    """A number that is given from outside, and that has a name.

    raises ArgumentError when it is no finite real number, or the name is empty
    """
    text(name, "the name of a variable", is_empty_allowed=False)
    return Node(_node(value).value, name=name)


def power(base: Number, exponent: float) -> Node:
    """base^exponent for a constant exponent.

    raises ArgumentError for a node as exponent, and where the power or its slope is no real number
    """
    if isinstance(exponent, Node):
        raise ArgumentError(f"the exponent is {said(exponent)}; it must be a constant, else use exp(b * log(a))")
    base, exponent = _node(base), number(exponent, "the exponent")
    if (base.value < 0 and exponent != int(exponent)) or (base.value == 0 and exponent < 1 and exponent != 0):
        raise ArgumentError(f"{base.value:g}^{exponent:g} or its slope is no real number")
    try:
        value, slope = base.value**exponent, exponent * base.value ** (exponent - 1) if exponent else 0.0
    except OverflowError:
        value, slope = math.inf, math.inf
    return _result(value, f"{{}}^{exponent:g}", (base,), (slope,))


def exp(node: Number) -> Node:
    """e^x; its local derivative is itself. raises ArgumentError when it overflows, x above 709.78"""
    node = _node(node)
    value = math.exp(node.value) if node.value < 709.79 else math.inf
    return _result(value, "exp({})", (node,), (value,))


def log(node: Number) -> Node:
    """The natural logarithm; local derivative 1/x. raises ArgumentError unless x > 0"""
    node = _node(node)
    if node.value <= 0:
        raise ArgumentError(f"log of {node.value:g}; it needs a number above 0")
    return _result(math.log(node.value), "log({})", (node,), (1.0 / node.value,))


def reciprocal(node: Number) -> Node:
    """1/x; local derivative -1/x^2. raises ArgumentError at x = 0"""
    node = _node(node)
    if node.value == 0:
        raise ArgumentError("reciprocal of 0; it needs another number")
    inverse = 1.0 / node.value
    return _result(inverse, "1 / {}", (node,), (-inverse * inverse,))


def maximum(first: Number, second: Number) -> Node:
    """The larger of two: all of the gradient goes to it; equal ones share it by halves (our choice)."""
    first, second = _node(first), _node(second)
    part = 0.5 if first.value == second.value else float(first.value > second.value)
    return _result(max(first.value, second.value), "max({}, {})", (first, second), (part, 1.0 - part))


def apply(activation: Activation, node: Number) -> Node:
    """Any elementwise activation as one node, with the record's own derivative (0 at the kink of ReLU)."""
    node, activation = _node(node), instance(activation, Activation, "the activation")
    value, slope = float(activation(node.value)), float(activation.derivative(node.value))
    return _result(value, f"{activation}({{}})", (node,), (slope,))


def sigmoid(node: Number) -> Node:
    """1 / (1 + exp(-x)); local derivative y (1 - y)."""
    return apply(SIGMOID, node)


def tanh(node: Number) -> Node:
    """The hyperbolic tangent; local derivative 1 - y^2."""
    return apply(TANH, node)


def relu(node: Number) -> Node:
    """max(x, 0); local derivative 1 above 0, else 0."""
    return apply(RELU, node)


def nodes(output: Node) -> tuple[Node, ...]:
    """All nodes that the output depends on, each once, parents before children; the output is last."""
    instance(output, Node, "the output")
    order: dict[Node, None] = {}
    waiting = [(output, iter(output.parents))]
    while waiting:  # a stack of our own: long chains would exceed Python's recursion limit
        node, parents = waiting[-1]
        parent = next((parent for parent in parents if parent not in order), None)
        if parent is None:
            order[node] = None
            waiting.pop()
        else:
            waiting.append((parent, iter(parent.parents)))
    return tuple(order)


def gradients(output: Node) -> Mapping[Node, float]:
    """d output / d node for every node that the output depends on, by one walk backwards."""
    order = nodes(output)
    gradient = dict.fromkeys(order, 0.0)
    gradient[output] = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            gradient[parent] += gradient[node] * slope
    return MappingProxyType(gradient)


def worked_example(output: Node, **names: Node) -> str:
    """The computation as a table: for each node its value, local derivatives and gradient.

    names : nodes to be called by the keyword, `worked_example(f, q=q)`; others are numbered v1, v2, ...
    raises ArgumentError when one name stands for two nodes
    """
    for name, node in names.items():
        instance(node, Node, f"what is called {name}")
    gradient, names_of = gradients(output), _names(output, names)
    final = names_of[output]
    lines = [("node", "computation", "value", "local derivatives", f"d{final}/dnode")]
    for node in filter(_has_line, nodes(output)):
        parts = _computation(node, names_of), f"{node.value:.6g}", _local(node, names_of)
        lines.append((names_of[node], *parts, f"{gradient[node]:.6g}"))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _computation(node: Node, names_of: Mapping[Node, str]) -> str:
    return node.formula.format(*(names_of[parent] for parent in node.parents)) or "given"


def _local(node: Node, names_of: Mapping[Node, str]) -> str:
    slopes: dict[Node, float] = {}
    for parent, slope in zip(node.parents, node.slopes, strict=True):  # x * x has one parent, twice
        slopes[parent] = slopes.get(parent, 0.0) + slope
    return ", ".join(
        f"d{names_of[node]}/d{names_of[parent]} = {slope:.6g}" for parent, slope in slopes.items() if _has_line(parent)
    )


def _has_line(node: Node) -> bool:
    return bool(node.formula or node.name)  # a constant is written where it is used


def _names(output: Node, chosen: Mapping[str, Node]) -> dict[Node, str]:
    found: dict[Node, str] = {node: name for name, node in chosen.items()}
    taken = set(chosen) | {node.name for node in nodes(output)}
    free = (f"v{n}" for n in count(1) if f"v{n}" not in taken)
    for node in nodes(output):
        if node not in found:
            found[node] = node.name or (next(free) if node.formula else f"{node.value:g}")
    named = [found[node] for node in nodes(output) if _has_line(node)]
    doubled = sorted({name for name in named if named.count(name) > 1})
    if doubled:
        raise ArgumentError(f"the name '{doubled[0]}' stands for two nodes; give each its own")
    return found


def _node(value: Number) -> Node:
    if isinstance(value, Node):
        return value
    return Node(number(value, "what stands for a number of the graph"))


def _result(value: float, formula: str, parents: tuple[Node, ...], slopes: tuple[float, ...]) -> Node:
    if not all(map(math.isfinite, (value, *slopes))):
        inside = formula.format(*(f"{parent.value:g}" for parent in parents))
        raise ArgumentError(f"{inside} or its slope is too large for a number")
    return Node(value, formula, parents, slopes)
