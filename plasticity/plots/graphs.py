"""Computation graphs: values forwards, gradients backwards, slopes on the edges. Functions (axes, arrays) -> None."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from plasticity.inputs import count
from plasticity.memory import require_memory
from plasticity.plots.drawing import drawing
from plasticity.plots.panels import needs_two_columns
from plasticity.plots.style import FAINT, PALETTE, SMALLEST, THEORY, ink
from plasticity.plots.types import Axes

_VALUE, _GRADIENT, _SLOPE = ink(PALETTE[4]), ink(PALETTE[0]), ink(THEORY)
_ALONG = 0.36  # an edge that crosses another, where its number stands: in the middle the two would meet

_MOST_STEPS = 6  # from left to right, whose boxes and numbers one column holds


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
    middles = np.round(places[edges].mean(axis=1), 6)
    for (parent, child), middle, slope in zip(edges, middles, np.asarray(slopes), strict=True):
        is_alone = (middles == middle).all(axis=1).sum() == 1
        _edge(axes, places[parent], places[child], f"{slope:.2g}", 0.5 if is_alone else _ALONG)
    is_given = ~np.isin(np.arange(len(labels)), edges[:, 1])
    texts = zip(labels, np.asarray(values), np.asarray(gradients), strict=True)
    for place, alone, (label, value, gradient) in zip(places, is_given, texts, strict=True):
        _node(axes, place, (label, f"{value:.2g}", f"{gradient:.2g}"), is_given=bool(alone))
    axes.set_axis_off()
    if np.ptp(places[:, 0]) >= _MOST_STEPS:
        needs_two_columns(axes)
    axes.set_xlim(places[:, 0].min() - 0.8, places[:, 0].max() + 0.5)
    axes.set_ylim(places[:, 1].min() - 0.6, places[:, 1].max() + 0.6)


@drawing()
def legend(axes: Axes, output: str) -> None:
    """What the three kinds of numbers are, in the upper right corner."""
    said = (
        (_VALUE, "above: value"),
        (_GRADIENT, f"below: d{output} / d node"),
        (_SLOPE, "on an edge: local derivative"),
    )
    for row, (color, text) in enumerate(said):
        axes.annotate(
            text, (1, 1), (0, -12 * row), xycoords="axes fraction", textcoords="offset points", color=color,
            fontsize=SMALLEST, ha="right", va="top",
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


def _node(axes: Axes, place: np.ndarray, texts: tuple[str, str, str], *, is_given: bool) -> None:
    """A box and its numbers: above and below, or where no edge comes in, to the left, which takes less height."""
    label, value, gradient = texts
    box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": THEORY}
    x, y = place.tolist()
    axes.text(x, y, label, ha="center", va="center", fontsize=SMALLEST, bbox=box, zorder=3)
    ground = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}
    offset, side = ((-11.0, 0.5), "right") if is_given else ((0.0, 9.0), "center")
    for text, color, sign, va in ((value, _VALUE, 1, "bottom"), (gradient, _GRADIENT, -1, "top")):
        axes.annotate(
            text, (x, y), (offset[0], sign * offset[1]), textcoords="offset points", ha=side, va=va, color=color,
            fontsize=SMALLEST, bbox=None if is_given else ground, zorder=2,
        )  # fmt: skip


def _edge(axes: Axes, start: np.ndarray, end: np.ndarray, text: str, along: float) -> None:
    arrow = {"arrowstyle": "-|>", "color": FAINT, "shrinkA": 10, "shrinkB": 11, "linewidth": 1.3}
    (x, y), (start_x, start_y) = end.tolist(), start.tolist()
    axes.annotate("", (x, y), (start_x, start_y), arrowprops=arrow, zorder=1)
    ground = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}
    axes.text(
        start_x + along * (x - start_x), start_y + along * (y - start_y), text, ha="center", va="center",
        fontsize=SMALLEST, color=_SLOPE, bbox=ground, zorder=2,
    )  # fmt: skip
