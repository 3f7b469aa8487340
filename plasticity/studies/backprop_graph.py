"""Three graphs walked backwards, and the same gradients by differences, a complex step and formulas on paper.

Source: lecture; rumelhart1986; squire1998, eq. 1.3 (complex step). The sigmoid is taken apart into its arithmetic.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial import graph
from plasticity.artificial.graph import Node
from plasticity.experiment import column, parameter
from plasticity.studies.complex_step import slope
from plasticity.studies.worked_graphs import Network, network, product_of, sigmoid_apart, sum_of_products

PRODUCT, SIGMOID = ("x", "y", "z"), ("w0", "x0", "w1", "x1", "w2")
GRAPHS = ("product", "network", "sigmoid")


@dataclass(frozen=True)
class Parameters:
    """What can be set: the numbers that are given, and what is checked."""

    x: float = parameter(-2.0, "1", "of (x + y) z", source="lecture", least=-100, most=100)
    y: float = parameter(5.0, "1", "of (x + y) z", source="lecture", least=-100, most=100)
    z: float = parameter(-4.0, "1", "of (x + y) z", source="lecture", least=-100, most=100)
    w0: float = parameter(2.0, "1", "weight of x0", source="lecture", least=-5, most=5)
    x0: float = parameter(-1.0, "1", "first input", source="lecture", least=-5, most=5)
    w1: float = parameter(-3.0, "1", "weight of x1", source="lecture", least=-5, most=5)
    x1: float = parameter(-2.0, "1", "second input", source="lecture", least=-5, most=5)
    w2: float = parameter(-3.0, "1", "bias", source="lecture", least=-5, most=5)
    n_steps: int = parameter(121, meaning="step sizes of the differences", least=21, most=2001)
    n_random: int = parameter(500, meaning="random points at which the graph is checked", least=5, most=20_000)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """The graphs, node by node and edge by edge; errors of the other routes."""

    product_nodes: np.ndarray = column("", "product_nodes", meaning="what a node is or does")
    product_values: Floats = column("1", "product_nodes", meaning="value")
    product_gradients: Floats = column("1", "product_nodes", meaning="d output / d node")
    product_parents: Floats = column("", "product_edges", meaning="number of the node it leaves")
    product_children: Floats = column("", "product_edges", meaning="number of the node it enters")
    product_slopes: Floats = column("1", "product_edges", meaning="d child / d parent")
    sigmoid_nodes: np.ndarray = column("", "sigmoid_nodes", meaning="what a node is or does")
    sigmoid_values: Floats = column("1", "sigmoid_nodes", meaning="value")
    sigmoid_gradients: Floats = column("1", "sigmoid_nodes", meaning="d output / d node")
    sigmoid_parents: Floats = column("", "sigmoid_edges", meaning="number of the node it leaves")
    sigmoid_children: Floats = column("", "sigmoid_edges", meaning="number of the node it enters")
    sigmoid_slopes: Floats = column("1", "sigmoid_edges", meaning="d child / d parent")
    network_nodes: np.ndarray = column("", "network_nodes", meaning="input x, sum z or output y of a unit")
    network_values: Floats = column("1", "network_nodes", meaning="value")
    network_gradients: Floats = column("1", "network_nodes", meaning="d output / d node")
    network_parents: Floats = column("", "network_edges", meaning="number of the node it leaves")
    network_children: Floats = column("", "network_edges", meaning="number of the node it enters")
    network_slopes: Floats = column("1", "network_edges", meaning="d child / d parent; a weight where it enters a sum")
    network_complex: Floats = column("1", "network_inputs", meaning="gradients of its inputs by a complex step")
    inputs: np.ndarray = column("", "inputs", meaning="a number that is given")
    backwards: Floats = column("1", "inputs", meaning="its gradient, by the walk backwards")
    complex_step: Floats = column("1", "inputs", meaning="the same by a complex step")
    by_hand: Floats = column("1", "inputs", meaning="the same from the formulas of the derivatives")
    steps: Floats = column("1", "steps", meaning="step of the differences, at w0 of the sigmoid")
    forward_errors: Floats = column("1", "steps", meaning="relative error of the forward difference")
    central_errors: Floats = column("1", "steps", meaning="relative error of the central difference")
    complex_errors: Floats = column("1", "steps", meaning="relative error of the complex step")
    random_backwards: Floats = column("1", "random", "sigmoid_inputs", meaning="gradients at random points")
    random_complex: Floats = column("1", "random", "sigmoid_inputs", meaning="the same by a complex step")


def study(parameters: Parameters) -> Result:
    """Walk the graphs; find the same gradients by differences and by a complex step."""
    p = parameters
    at = {name: float(getattr(p, name)) for name in PRODUCT + SIGMOID}
    product, product_inputs = _built(product_of, {name: at[name] for name in PRODUCT})
    sigmoid, sigmoid_inputs = _built(_sigmoid, {name: at[name] for name in SIGMOID})
    gradients = [graph.gradients(product)[node] for node in product_inputs]
    gradients += [graph.gradients(sigmoid)[node] for node in sigmoid_inputs]
    steps = np.logspace(-15, -1, p.n_steps)
    points = np.random.default_rng(p.seed).normal(size=(p.n_random, len(SIGMOID)))
    units = network(Network())
    return Result(
        **_arrays("product", product),
        **_arrays("sigmoid", sigmoid),
        **_arrays("network", units["y"], {node: name for name, node in units.items()}),
        network_complex=_network_complex(Network()),
        inputs=np.array(PRODUCT + SIGMOID),
        backwards=np.array(gradients),
        complex_step=np.concatenate([_complex(product_of, PRODUCT, at), _complex(_sigmoid, SIGMOID, at)]),
        by_hand=_by_hand(at),
        steps=steps,
        **_errors(at, steps),
        random_backwards=np.array([_backwards(dict(zip(SIGMOID, one, strict=True))) for one in points.tolist()]),
        random_complex=np.array(
            [_complex(_sigmoid, SIGMOID, dict(zip(SIGMOID, one, strict=True))) for one in points.tolist()]
        ),
    )


def _sigmoid(w0: Any, x0: Any, w1: Any, x1: Any, w2: Any) -> Any:
    return sigmoid_apart(sum_of_products([w0, w1, w2], [x0, x1]))


def _network_complex(given: Network) -> Floats:
    """The gradients of the network for its inputs, from its matrices."""
    hidden, top = np.array(given.hidden_weights()), np.array(given.w2)

    def output(x: Any) -> Any:
        return sigmoid_apart(top[0] + sigmoid_apart(hidden[:, 0] + hidden[:, 1:] @ x) @ top[1:])

    return np.array(
        [slope(lambda s, one=one: output(np.array(given.x) + s * one), 0.0) for one in np.eye(len(given.x))]
    )


def _built(function: Callable[..., Any], at: Mapping[str, float]) -> tuple[Node, list[Node]]:
    """The output node and the nodes of the inputs."""
    variables = [graph.variable(value, name) for name, value in at.items()]
    return function(*variables), variables


def _arrays(name: str, output: Node, called: Mapping[Node, str] | None = None) -> dict[str, np.ndarray]:
    """The graph as fields of the result."""
    order = graph.nodes(output)
    number, gradient = {node: k for k, node in enumerate(order)}, graph.gradients(output)
    edges = [(number[parent], k) for k, node in enumerate(order) for parent in node.parents]
    return {
        f"{name}_nodes": np.array([(called or {}).get(node) or _label(node) for node in order]),
        f"{name}_values": np.array([node.value for node in order]),
        f"{name}_gradients": np.array([gradient[node] for node in order]),
        f"{name}_parents": np.array([float(parent) for parent, _ in edges]),
        f"{name}_children": np.array([float(child) for _, child in edges]),
        f"{name}_slopes": np.array([slope for node in order for slope in node.slopes]),
    }


def _label(node: Node) -> str:
    """Its name, or what it does: 'exp(·)', '· + ·'."""
    blank = node.formula.replace("{}", "·").replace("*", "×").replace("-·", "− ·")
    return node.name or blank or f"{node.value:g}"


def _backwards(at: Mapping[str, float]) -> list[float]:
    output, inputs = _built(_sigmoid, at)
    gradients = graph.gradients(output)
    return [gradients[node] for node in inputs]


def _complex(function: Callable[..., Any], names: Sequence[str], at: Mapping[str, float]) -> Floats:
    """All derivatives, each by a complex step."""
    given = {name: at[name] for name in names}
    return np.array([slope(lambda x, name=name: function(**{**given, name: x}), given[name]) for name in names])


def _by_hand(at: Mapping[str, float]) -> Floats:
    """What the derivatives are on paper."""
    y = 1 / (1 + np.exp(-(at["w0"] * at["x0"] + at["w1"] * at["x1"] + at["w2"])))
    inner = np.array([at["x0"], at["w0"], at["x1"], at["w1"], 1.0])
    return np.concatenate([[at["z"], at["z"], at["x"] + at["y"]], y * (1 - y) * inner])


def _errors(at: Mapping[str, float], steps: Floats) -> dict[str, Floats]:
    """Relative errors of three ways to differentiate the sigmoid for its bias w2, at every step."""
    others = {name: at[name] for name in SIGMOID[:-1]}
    right = _by_hand(at)[-1]

    def value(shift: Any) -> Any:
        return _sigmoid(**others, w2=at["w2"] + shift)

    ways = {
        "forward": (value(steps) - value(0.0)) / steps,
        "central": (value(steps) - value(-steps)) / (2 * steps),
        "complex": np.imag(value(1j * steps)) / steps,
    }
    return {f"{name}_errors": np.abs(found / right - 1) for name, found in ways.items()}
