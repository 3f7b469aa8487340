"""Numbers in a grid: rows against columns, each cell coloured and written. Functions (axes, arrays) -> None."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from plasticity.errors import ArgumentError
from plasticity.plots.drawing import drawing
from plasticity.plots.style import DIVERGING, SEQUENTIAL
from plasticity.plots.types import Axes, Rectangle

_PALE = 2.0  # ends of a colour map for signs: black text is read on both


@drawing("shade", "marked")
def matrix(
    axes: Axes,
    shade: ArrayLike,
    texts: Sequence[Sequence[str]],
    names: tuple[Sequence[str], Sequence[str]],
    *,
    marked: ArrayLike | None = None,
) -> None:
    """Cells of (n_rows, n_columns), the smallest of `shade` lightest.

    texts  : what is written in each cell
    names  : of the rows, and of the columns
    marked : truth values of the same shape; these cells get a frame and bold print
    """
    shade = np.asarray(shade, dtype=float)
    if shade.ndim != 2 or not shade.size:
        raise ArgumentError(f"shade has shape {shade.shape}; (n_rows, n_columns), not empty, is allowed")
    bold = np.zeros(shade.shape, dtype=bool) if marked is None else np.asarray(marked) > 0
    axes.imshow(shade, cmap=f"{SEQUENTIAL}_r", aspect="auto")
    middle = (shade.min() + shade.max()) / 2
    for (row, column), value in np.ndenumerate(shade):
        color = "white" if value > middle else "black"
        weight = "bold" if bold[row, column] else "normal"
        axes.text(column, row, texts[row][column], ha="center", va="center", color=color, weight=weight, fontsize=8.5)
        if bold[row, column]:
            axes.add_patch(_frame(column, row))
    axes.set_yticks(range(shade.shape[0]), names[0])
    axes.set_xticks(range(shade.shape[1]), names[1])
    axes.tick_params(length=0)


@drawing("cells")
def signs(axes: Axes, cells: ArrayLike, names: tuple[Sequence[str], Sequence[str]]) -> None:
    """Cells of (n_rows, n_columns) by their sign, written in them as +, - and 0; NaN is empty.

    names : of the rows, and of the columns
    """
    found = np.sign(np.asarray(cells, dtype=float))
    if found.ndim != 2 or not found.size:
        raise ArgumentError(f"the cells have shape {found.shape}; (n_rows, n_columns), not empty, is allowed")
    axes.imshow(found, cmap=DIVERGING, vmin=-_PALE, vmax=_PALE, aspect="auto")
    for (row, column), sign in np.ndenumerate(found):
        if np.isfinite(sign):
            axes.text(column, row, {1: "+", -1: "\u2212", 0: "0"}[int(sign)], ha="center", va="center", fontsize=8.5)
    axes.set_yticks(range(found.shape[0]), names[0], fontsize=8)
    axes.set_xticks(range(found.shape[1]), names[1], fontsize=8)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _frame(column: int, row: int) -> Rectangle:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, fill=False, edgecolor="black", linewidth=1.8)
