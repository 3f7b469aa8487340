"""How do values run forwards and gradients backwards through a computation, and how would one check them?

Source: lecture ((x + y) z, a 2-2-1 network, the sigmoid of w0 x0 + w1 x1 + w2); rumelhart1986; squire1998, eq. 1.3.
Differs: the sigmoid is taken apart into its arithmetic; random points are checked next to the lecture's.
Time: quick 1 s, full 2 s (plain Python).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import same
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Figure, curves, graphs
from plasticity.studies.backprop_graph import GRAPHS, Parameters, Result, study

ROUNDING = float(np.finfo(float).eps)


def draw(result: Result, figure: Figure) -> None:
    """The three graphs, and what the other routes cost."""
    panels = figure.subplot_mosaic(
        [["product", "network", "errors"], ["sigmoid"] * 3], height_ratios=(1, 1.4), width_ratios=(1.2, 2.6, 1.05)
    )
    titles = {
        "product": "f = (x + y) z",
        "network": "y of a 2-2-1 network",
        "sigmoid": "f = sigmoid(w0 x0 + w1 x1 + w2), taken apart",
    }
    for name, title in titles.items():
        part = {field: getattr(result, f"{name}_{field}") for field in ("values", "gradients", "slopes")}
        edges = np.column_stack([getattr(result, f"{name}_parents"), getattr(result, f"{name}_children")])
        graphs.computation_graph(panels[name], list(getattr(result, f"{name}_nodes")), edges, **part)
        panels[name].set_title(title)
    graphs.legend(panels["sigmoid"], "f")
    errors = panels["errors"]
    for number, name in enumerate(("forward", "central", "complex")):
        way = "complex step" if name == "complex" else name
        shown = np.maximum(getattr(result, f"{name}_errors"), ROUNDING / 4)
        curves.curve(errors, result.steps, shown, way, number=number)
    errors.set_xscale("log")
    errors.set_yscale("log")
    errors.set_xticks([1e-15, 1e-8, 1e-1])
    errors.set_yticks([1e-16, 1e-8, 1])
    errors.set_ylim(top=1e9)
    curves.label(errors, "step", "relative error", "checked")
    errors.legend(loc="upper right", borderaxespad=0.0)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    best = result.steps[np.argmin(result.central_errors)]
    return (
        f"Values forwards and gradients backwards through (x + y) z = {result.product_values[-1]:g}, the network "
        f"of the lecture, {result.network_values[-1]:.2f}, whose weights are on its edges, and a sigmoid, "
        f"{result.sigmoid_values[-1]:.3g}: a node's gradient is the sum over its edges of local derivative times the "
        f"gradient it leads to. c: differences of df/dw2 at the sigmoid are best near a step of {best:.0e}, where "
        f"rounding meets curvature; a complex step may be as small as one likes. "
        f"{parameters.n_random} random points are checked."
    )


def _order(result: Result) -> float:
    """Slope of log error against log step of the central difference, where the step is the larger error."""
    coarse = (result.steps > 1e-3) & (result.steps < 5e-2)
    return float(np.polyfit(np.log(result.steps[coarse]), np.log(result.central_errors[coarse]), 1)[0])


def _of_all(result: Result) -> Floats:
    """The gradients of every node of every graph."""
    return np.concatenate([getattr(result, f"{name}_gradients") for name in GRAPHS])


def _by_equations(result: Result) -> Floats:
    """The same from the chain rule of each whole graph, solved as linear equations."""
    found = []
    for name in GRAPHS:
        matrix = np.eye(len(getattr(result, f"{name}_gradients")))
        parents, children = (getattr(result, f"{name}_{end}").astype(int) for end in ("parents", "children"))
        np.subtract.at(matrix, (parents, children), getattr(result, f"{name}_slopes"))
        found.append(np.linalg.solve(matrix, np.eye(len(matrix))[-1]))
    return np.concatenate(found)


def _network_inputs(result: Result) -> Floats:
    return result.network_gradients[np.char.startswith(result.network_nodes, "x")]


EXPERIMENT = Experiment(
    name="backprop_graph",
    question="How do values run forwards and gradients backwards through a computation, and how would one check them?",
    source="lecture; rumelhart1986; squire1998, eq. 1.3",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_steps=61, n_random=50),
    claims=(
        same(
            "The walk backwards gives the gradients of (x + y) z and of the sigmoid",
            lambda result: result.backwards,
            lambda result: result.by_hand,
            by="closed form: derivatives on paper",
            tolerance=1e-12,
            reason="rounding",
        ),
        same(
            "A complex step gives the gradients of (x + y) z and of the sigmoid, to the last digits",
            lambda result: result.complex_step,
            lambda result: result.backwards,
            by="squire1998, eq. 1.3",
            tolerance=1e-12,
            reason="rounding",
        ),
        same(
            "A complex step of the matrices gives the gradients of the network for its inputs",
            _network_inputs,
            lambda result: result.network_complex,
            by="squire1998, eq. 1.3",
            tolerance=1e-12,
            reason="rounding",
        ),
        same(
            "A complex step gives the gradient of the sigmoid at random points as well",
            lambda result: result.random_backwards,
            lambda result: result.random_complex,
            by="squire1998, eq. 1.3",
            tolerance=1e-12,
            reason="rounding",
        ),
        same(
            "The walk solves the chain rule of all nodes at once, in every graph",
            _of_all,
            _by_equations,
            by="another route: linear equations",
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
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
