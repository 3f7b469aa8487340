"""Computation graphs: values forwards, gradients backwards, slopes on the edges. Functions (axes, arrays) -> None."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from plasticity.inputs import count
from plasticity.memory import require_memory
from plasticity.plots.drawing import drawing
from plasticity.plots.style import FAINT, PALETTE, THEORY
from plasticity.plots.types import Axes

_VALUE, _GRADIENT = PALETTE[4], PALETTE[0]
_ALONG = 0.36  # an edge, where its number stands: in the middle those of edges that cross would meet
_CROWDED = 9  # columns of nodes beyond which the text becomes smaller


@drawing("edges", "values", "gradients", "slopes")
def computation_graph(
    axes: Axes, labels: Sequence[str], edges: ArrayLike, *, values: ArrayLike, gradients: ArrayLike, slopes: ArrayLike
) -> None:
    """Nodes as boxes from left to right: the value above, the gradient of the output below, slopes on the edges.

    labels            : (n_nodes,), what each node is or does; parents before children
    edges             : (n_edges, 2), numbers of parent and child
    values, gradients : (n_nodes,)
    slopes            : (n_edges,), d child / d parent
    """
    places, edges = layout(len(labels), edges), np.asarray(edges, dtype=int)
    size = 8.5 if np.ptp(places[:, 0]) < _CROWDED else 7.5
    for (parent, child), slope in zip(edges, np.asarray(slopes), strict=True):
        _edge(axes, places[parent], places[child], f"{slope:.3g}", size)
    for place, label, value, gradient in zip(places, labels, np.asarray(values), np.asarray(gradients), strict=True):
        _node(axes, place, (label, f"{value:.3g}", f"{gradient:.3g}"), size)
    axes.set_axis_off()
    axes.set_xlim(places[:, 0].min() - 0.5, places[:, 0].max() + 0.5)
    axes.set_ylim(places[:, 1].min() - 0.75, places[:, 1].max() + 0.75)


@drawing()
def legend(axes: Axes, output: str) -> None:
    """What the three kinds of numbers are, in the upper right corner."""
    said = (
        (_VALUE, "above: value"),
        (_GRADIENT, f"below: d{output} / d node"),
        (THEORY, "on an edge: local derivative"),
    )
    for row, (color, text) in enumerate(said):
        axes.annotate(
            text, (1, 1), (0, -12 * row), xycoords="axes fraction", textcoords="offset points", color=color,
            fontsize=8.5, ha="right", va="top",
        )  # fmt: skip


@drawing("edges")
def layout(n_nodes: int, edges: ArrayLike) -> np.ndarray:
    """Where the nodes go, (n_nodes, 2): x by the steps still to go to the output, y between the parents.

    The last node is the output, at x = 0. Nodes without parents get a row each, in the order in which they are used;
    those that would stand on one another are spread, a row each.
    """
    n_nodes, edges = count(n_nodes, "n_nodes", least=0), np.asarray(edges, dtype=int).reshape(-1, 2)
    require_memory(64.0 * n_nodes, f"a graph of {n_nodes} nodes")
    to_go = np.zeros(n_nodes)
    for parent, child in edges[np.argsort(-edges[:, 1], kind="stable")]:
        to_go[parent] = max(to_go[parent], to_go[child] + 1)
    is_given = ~np.isin(np.arange(n_nodes), edges[:, 1])
    heights = np.where(is_given, 1.0 - np.cumsum(is_given), np.nan)
    for column in np.unique(to_go)[::-1]:
        inner = [node for node in np.flatnonzero(to_go == column) if not is_given[node]]
        for node in inner:
            heights[node] = np.mean(heights[edges[edges[:, 1] == node, 0]])
        for height in np.unique(heights[inner]):
            level = [node for node in inner if heights[node] == height]  # they have the same parents: one row each
            heights[level] = height + (len(level) - 1) / 2 - np.arange(len(level))
    return np.column_stack([-to_go, heights])


def _node(axes: Axes, place: np.ndarray, texts: tuple[str, str, str], size: float) -> None:
    label, value, gradient = texts
    box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": THEORY}
    x, y = place.tolist()
    axes.text(x, y, label, ha="center", va="center", fontsize=size + 1, bbox=box, zorder=3)
    ground = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}
    for text, color, offset, side in ((value, _VALUE, 12, "bottom"), (gradient, _GRADIENT, -12, "top")):
        axes.annotate(
            text, (x, y), (0, offset), textcoords="offset points", ha="center", va=side, color=color, fontsize=size,
            fontweight="bold", bbox=ground, zorder=2,
        )  # fmt: skip


def _edge(axes: Axes, start: np.ndarray, end: np.ndarray, text: str, size: float) -> None:
    arrow = {"arrowstyle": "-|>", "color": FAINT, "shrinkA": 14, "shrinkB": 14, "linewidth": 1.3}
    (x, y), (start_x, start_y) = end.tolist(), start.tolist()
    axes.annotate("", (x, y), (start_x, start_y), arrowprops=arrow, zorder=1)
    ground = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}
    axes.text(
        start_x + _ALONG * (x - start_x), start_y + _ALONG * (y - start_y), text, ha="center", va="center",
        fontsize=size - 1, color=THEORY, bbox=ground, zorder=2,
    )  # fmt: skip
