"""How do values run forwards and gradients backwards through a computation, and how would one check them?

Source: lecture ((x + y) z, and the sigmoid of w0 x0 + w1 x1 + w2); rumelhart1986; squire1998, eq. 1.3 (complex step).
Differs: the sigmoid is taken apart into its arithmetic; random points are checked next to the lecture's.
Time: quick 1 s, full 2 s (plain Python).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial import graph
from plasticity.artificial.graph import Node
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Figure, curves, graphs

PRODUCT, SIGMOID = ("x", "y", "z"), ("w0", "x0", "w1", "x1", "w2")
ROUNDING = float(np.finfo(float).eps)


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
    """Both graphs, node by node and edge by edge; errors of the other routes."""

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


def run(parameters: Parameters) -> Result:
    """Walk both graphs; find the same gradients by differences and by a complex step."""
    p = parameters
    at = {name: float(getattr(p, name)) for name in PRODUCT + SIGMOID}
    product, product_inputs = _built(_product, {name: at[name] for name in PRODUCT})
    sigmoid, sigmoid_inputs = _built(_sigmoid, {name: at[name] for name in SIGMOID})
    gradients = [graph.gradients(product)[node] for node in product_inputs]
    gradients += [graph.gradients(sigmoid)[node] for node in sigmoid_inputs]
    steps = np.logspace(-15, -1, p.n_steps)
    points = np.random.default_rng(p.seed).normal(size=(p.n_random, len(SIGMOID)))
    return Result(
        **_arrays("product", product),
        **_arrays("sigmoid", sigmoid),
        inputs=np.array(PRODUCT + SIGMOID),
        backwards=np.array(gradients),
        complex_step=np.concatenate([_complex(_product, PRODUCT, at), _complex(_sigmoid, SIGMOID, at)]),
        by_hand=_by_hand(at),
        steps=steps,
        **_errors(at, steps),
        random_backwards=np.array([_backwards(dict(zip(SIGMOID, one, strict=True))) for one in points.tolist()]),
        random_complex=np.array(
            [_complex(_sigmoid, SIGMOID, dict(zip(SIGMOID, one, strict=True))) for one in points.tolist()]
        ),
    )


def _product(x: Any, y: Any, z: Any) -> Any:
    return (x + y) * z


def _sigmoid(w0: Any, x0: Any, w1: Any, x1: Any, w2: Any) -> Any:
    return 1.0 / (_exp(-(w0 * x0 + w1 * x1 + w2)) + 1.0)


def _exp(z: Any) -> Any:
    return graph.exp(z) if isinstance(z, Node) else np.exp(z)


def _built(function: Callable[..., Any], at: Mapping[str, float]) -> tuple[Node, list[Node]]:
    """The output node and the nodes of the inputs."""
    variables = [graph.variable(value, name) for name, value in at.items()]
    return function(*variables), variables


def _arrays(name: str, output: Node) -> dict[str, np.ndarray]:
    """The graph as fields of the result."""
    order = graph.nodes(output)
    number, gradient = {node: k for k, node in enumerate(order)}, graph.gradients(output)
    edges = [(number[parent], k) for k, node in enumerate(order) for parent in node.parents]
    return {
        f"{name}_nodes": np.array([_label(node) for node in order]),
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


def _complex(
    function: Callable[..., Any], names: Sequence[str], at: Mapping[str, float], step: float = 1e-30
) -> Floats:
    """All derivatives by a complex step: no two values are subtracted, so that nothing is lost."""
    return np.array(
        [np.imag(function(**{n: at[n] + (1j * step if n == name else 0.0) for n in names})) / step for name in names]
    )


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


def draw(result: Result, figure: Figure) -> None:
    """Both graphs, and what the other routes cost."""
    above, below = figure.subfigures(2, 1, squeeze=False, height_ratios=(1, 1.6)).ravel()
    product, errors = above.subplots(1, 2, width_ratios=(1, 1.15))
    sigmoid = below.subplots()
    for axes, name in ((product, "product"), (sigmoid, "sigmoid")):
        part = {field: getattr(result, f"{name}_{field}") for field in ("values", "gradients", "slopes")}
        edges = np.column_stack([getattr(result, f"{name}_parents"), getattr(result, f"{name}_children")])
        graphs.computation_graph(axes, list(getattr(result, f"{name}_nodes")), edges, **part)
    product.set_title("f = (x + y) z")
    graphs.legend(product, "f")
    sigmoid.set_title("f = sigmoid(w0 x0 + w1 x1 + w2), taken apart")
    for number, name in enumerate(("forward", "central", "complex")):
        way = "complex step" if name == "complex" else f"{name} difference"
        shown = np.maximum(getattr(result, f"{name}_errors"), ROUNDING / 4)
        curves.curve(errors, result.steps, shown, way, number=number)
    errors.set_xscale("log")
    errors.set_yscale("log")
    curves.label(errors, "step", "relative error of df/dw2", "checking a gradient")
    errors.legend(loc="lower left", bbox_to_anchor=(0.0, 0.12))


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    best = result.steps[np.argmin(result.central_errors)]
    return (
        f"Values forwards and gradients backwards through (x + y) z = {result.product_values[-1]:g} and a sigmoid, "
        f"{result.sigmoid_values[-1]:.3g}: a node's gradient is the sum over its edges of local derivative times the "
        f"gradient it leads to. Right: differences at the sigmoid are best near a step of {best:.0e}, where "
        f"rounding meets curvature; a complex step may be as small as one likes. "
        f"{parameters.n_random} random points are checked."
    )


def _relative(a: Floats, b: Floats) -> float:
    return float(np.abs(a - b).max() / np.abs(b).max())


def _order(result: Result) -> float:
    """Slope of log error against log step of the central difference, where the step is the larger error."""
    coarse = (result.steps > 1e-3) & (result.steps < 5e-2)
    return float(np.polyfit(np.log(result.steps[coarse]), np.log(result.central_errors[coarse]), 1)[0])


def _sum_of_paths(result: Result) -> float:
    """How far the gradients are from those that solve the chain rule of the whole graph as linear equations."""
    worst = 0.0
    for name in ("product", "sigmoid"):
        gradients = getattr(result, f"{name}_gradients")
        matrix = np.eye(len(gradients))
        parents, children = (getattr(result, f"{name}_{end}").astype(int) for end in ("parents", "children"))
        np.subtract.at(matrix, (parents, children), getattr(result, f"{name}_slopes"))
        worst = max(worst, _relative(gradients, np.linalg.solve(matrix, np.eye(len(gradients))[-1])))
    return worst


EXPERIMENT = Experiment(
    name="backprop_graph",
    question="How do values run forwards and gradients backwards through a computation, and how would one check them?",
    source="lecture; rumelhart1986; squire1998, eq. 1.3",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_steps=61, n_random=50),
    claims=(
        Claim(
            "The walk backwards gives the gradients of both examples (largest relative difference)",
            lambda result: _relative(result.backwards, result.by_hand),
            0.0,
            "closed form: derivatives on paper",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "A complex step gives the gradients of both examples, to the last digits (largest relative difference)",
            lambda result: _relative(result.complex_step, result.backwards),
            0.0,
            "squire1998, eq. 1.3",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "A complex step gives the gradient of the sigmoid at random points as well (largest relative difference)",
            lambda result: _relative(result.random_backwards, result.random_complex),
            0.0,
            "squire1998, eq. 1.3",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "The walk solves the chain rule of all nodes at once (largest relative difference)",
            _sum_of_paths,
            0.0,
            "another route: linear equations",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "The error of central differences falls with the square of the step, until rounding takes over (order)",
            _order,
            2.0,
            "closed form: Taylor series",
            tolerance=0.02,
            reason="terms of fourth order at steps up to 0.05, and rounding at 0.001",
        ),
    ),
    memory=lambda p: 8.0 * (20 * p.n_steps + 20 * p.n_random) + 1e6,
    size=(12.0, 8.8),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
