"""A network with one hidden layer by hand: with all digits, and with the two digits that the slide carries on.

The slide writes the first hidden output as 1/(1+exp(-0.1)), although z is -0.1: both are computed.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial import graph
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.layers import Layer, LayeredNetwork, forward
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.worked_graphs import Network, network

ROUNDING = 1e-9


@dataclass(frozen=True)
class Pass:
    """Sums and outputs of the hidden layer (2) and of the output layer (3)."""

    z2: list[float]
    y2: list[float]
    z3: float
    y3: float


@dataclass(frozen=True)
class Passes:
    """With all digits; from hidden outputs rounded to, and cut after, two digits; the same as a graph."""

    exact: Pass
    rounded: Pass
    cut: Pass
    on_graph: dict[str, graph.Node]


def study(parameters: Network) -> Passes:
    """Layer by layer, as matrices."""
    hidden = Layer(np.array(parameters.hidden_weights()), SIGMOID)
    top = Layer(np.array([parameters.w2]), SIGMOID)
    (z2, y2), (z3, y3) = forward(LayeredNetwork((hidden, top)), np.array([parameters.x]))
    exact = Pass(z2[0].tolist(), y2[0].tolist(), float(z3[0, 0]), float(y3[0, 0]))
    rounded, cut = np.round(y2[0], 2), np.floor(y2[0] * 100) / 100
    return Passes(exact, _onwards(top, exact, rounded), _onwards(top, exact, cut), network(parameters))


def _onwards(top: Layer, exact: Pass, y2: Floats) -> Pass:
    ((z3, y3),) = forward(LayeredNetwork((top,)), y2[np.newaxis])
    return Pass(exact.z2, y2.tolist(), float(z3[0, 0]), float(y3[0, 0]))


def answer(passes: Passes) -> Answer:
    """Everything comes out but the sign in the exponent, and one digit."""
    exact, rounded, cut = (_measured(one) for one in (passes.exact, passes.rounded, passes.cut))
    others = {f"{n}_{kind}": m[n] for kind, m in (("rounded", rounded), ("cut", cut)) for n in ("y2", "z3", "y3")}
    pairs = enumerate(zip(exact["z2"], exact["y2"], strict=True), 1)
    units = [{"unit": "hidden", "number": k, "z": z, "y": y} for k, (z, y) in pairs]
    found = {
        **exact,
        **others,
        "z2_first": exact["z2"][0],
        "y2_first": exact["y2"][0],
        "size_of_z2_first": abs(exact["z2"][0]),
        "first_sum": "negative" if exact["z2"][0] < 0 else "other",
        "rows": [*units, {"unit": "output", "number": 1, "z": exact["z3"], "y": exact["y3"]}],
    }
    readings = {"all digits": exact, "cut": cut}
    return Answer(found, _checks(passes, found), readings)


def _measured(one: Pass) -> dict[str, Any]:
    """With the expression that the slide writes for the first hidden output, its exponent -|z|."""
    written = float(1 / (1 + np.exp(-abs(one.z2[0]))))
    return {"z2": one.z2, "y2": one.y2, "z3": one.z3, "y3": one.y3, "y2_first_as_written": written}


def _checks(passes: Passes, found: dict[str, Any]) -> list[Check]:
    """The same network as a computation graph of single numbers."""
    nodes, n = passes.on_graph, len(found["z2"])
    z, y = ([nodes[f"{kind}{k}"].value for k in range(1, n + 1)] + [nodes[kind].value] for kind in "zy")
    rounded = _top(passes, [float(f"{value:.2f}") for value in y[:n]])
    cut = _top(passes, [int(value * 100) / 100 for value in y[:n]])
    on_graph = {
        **{"rows.z": z, "rows.y": y, "z2": z[:n], "y2": y[:n], "z3": z[n], "y3": y[n]},
        **{"z2_first": z[0], "y2_first": y[0], "size_of_z2_first": max(z[0], -z[0])},
        **{"z3_rounded": rounded[0], "y3_rounded": rounded[1], "z3_cut": cut[0], "y3_cut": cut[1]},
    }
    checks = [Check(name, value, "graph", ROUNDING) for name, value in on_graph.items()]
    return [*checks, Check("y2_first_as_written", max(y[0], 1 - y[0]), "symmetry", ROUNDING)]


def _top(passes: Passes, hidden: list[float]) -> tuple[float, float]:
    """Sum and output from these hidden outputs, by the local derivatives of the graph, which are the weights."""
    top = passes.on_graph["z"]
    at_zero = top.value - sum(w * parent.value for w, parent in zip(top.slopes, top.parents, strict=True))
    z = at_zero + sum(w * y for w, y in zip(top.slopes, hidden, strict=True))
    return z, graph.sigmoid(z).value


SOLUTIONS = {"forward-2-2-1": Solution(study, answer, Network())}
