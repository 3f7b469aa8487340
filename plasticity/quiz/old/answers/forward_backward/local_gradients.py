"""The local derivatives from which a computation graph is built, each on random numbers."""

from collections.abc import Callable

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial import graph
from plasticity.artificial.graph import Node
from plasticity.quiz.formulas import are_same, largest_difference, ltr, slope
from plasticity.quiz.old.record import Answer, Check, Solution

N = 100
# name: the operation on a graph, the same on arrays, the printed derivative; each of x and a constant
OPERATIONS: dict[str, tuple[Callable, Callable, Callable]] = {
    "exp(x)": (lambda x, c: graph.exp(x), lambda x, c: np.exp(x), lambda x, c: np.exp(x)),
    "a x": (lambda x, a: a * x, lambda x, a: a * x, lambda x, a: a),
    "1/x": (lambda x, c: graph.reciprocal(x), lambda x, c: 1 / x, lambda x, c: -1 / x**2),
    "c + x": (lambda x, c: c + x, lambda x, c: c + x, lambda x, c: np.ones_like(x)),
}
KEYS = {"exp(x)": "exp", "a x": "scale", "1/x": "reciprocal", "c + x": "shift"}
METHOD = f"`artificial.graph` at {N} random x and constants against the printed derivative"


def study(rng: np.random.Generator, target: str) -> dict[str, dict[str, Floats]]:
    """For each operation: the graph's derivative, the printed one, and one by a complex step."""
    x = rng.choice([-1.0, 1.0], N) * rng.uniform(0.2, 3.0, N)  # away from 0, where 1/x has no derivative
    constants = rng.normal(size=N)
    return {
        name: {
            "graph": np.array([_on_graph(on_graph, *pair) for pair in zip(x, constants, strict=True)]),
            "printed": printed(x, constants),
            "complex step": slope(lambda z, f=function: f(z, constants), x),
        }
        for name, (on_graph, function, printed) in OPERATIONS.items()
    }


def _on_graph(operation: Callable[[Node, float], Node], x: float, constant: float) -> float:
    variable = graph.variable(float(x), "x")
    return graph.gradients(operation(variable, float(constant)))[variable]


def answer(study: dict[str, dict[str, Floats]]) -> Answer:
    """Four rules, of which every longer one is made."""
    found: dict = {}
    for name, slopes in study.items():
        found[f"{KEYS[name]}_holds"] = are_same(slopes["printed"], slopes["graph"])
        found[f"{KEYS[name]}_largest_difference"] = largest_difference(slopes["printed"], slopes["graph"])
    checks = [_check(name, slopes) for name, slopes in study.items()]
    return Answer(_sentence(found), found, METHOD, checks, {"as printed": found}, _sentence_he(found))


def _check(name: str, slopes: dict[str, Floats]) -> Check:
    worst = int(np.abs(slopes["graph"] - slopes["complex step"]).argmax())
    found, confirmed = slopes["graph"][worst], slopes["complex step"][worst]
    return Check(f"derivative of {name}, where it differs most", found, confirmed, "complex step")


def _sentence(found: dict) -> str:
    said = "; ".join(
        f"{name}: {'holds' if found[f'{key}_holds'] else 'fails'} ({found[f'{key}_largest_difference']:.1g})"
        for name, key in KEYS.items()
    )
    return (
        f"The printed derivatives, with their largest difference from the graph's at {N} random points: {said}. A sum "
        "hands its gradient on, a factor multiplies it, and -1/x^2 is minus the square of the node's own value, so "
        "that backwards nothing new has to be computed."
    )


def _sentence_he(found: dict) -> str:
    said = "; ".join(
        f"{ltr(name)} {'נכון' if found[f'{key}_holds'] else 'שגוי'} ({found[f'{key}_largest_difference']:.1g})"
        for name, key in KEYS.items()
    )
    return (
        f"הנגזרות שבשקף, עם ההפרש הגדול ביותר מהגרף ב-{N} נקודות אקראיות: {said}. סכום מעביר את הגרדיינט הלאה, גורם "
        f"מכפיל אותו, והביטוי {ltr('-1/x^2')} הוא מינוס ריבוע הערך של הצומת עצמו, ולכן בדרך אחורה אין צורך לחשב דבר "
        "חדש."
    )


SOLUTIONS = {"local-gradients": Solution(study, answer)}
