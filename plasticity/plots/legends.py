"""Legends that hide nothing: above the data of a panel, beside it, or once for a whole figure. Functions (axes)."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError
from plasticity.plots.drawing import drawing
from plasticity.plots.style import SMALLEST
from plasticity.plots.types import Axes
from plasticity.plots.wording import set_in_type

__all__ = ["legend_above", "legend_beside", "shared_legend"]
_LINE = 1.4 * SMALLEST / 72  # inches, of a legend
_LAID_OUT = 0.8  # of the height that a panel is given, what its axes keep; the rest is for labels
_CHARACTER, _HANDLE = 0.6 * SMALLEST / 72, 0.46  # inches: on average; a sample and the room around


@drawing()
def legend_above(axes: Axes, *, n_columns: int = 1) -> None:
    """The legend within the panel, above all data; for a linear y axis, after everything is drawn."""
    n_lines = -(-len(axes.get_legend_handles_labels()[0]) // n_columns)
    if n_lines:
        height = axes.get_position().height * axes.figure.bbox.height / axes.figure.dpi * _LAID_OUT
        share = min(_LINE * n_lines / height, 0.6)
        low, high = axes.get_ylim()
        axes.set_ylim(low, low + (high - low) / (1 - share))
        axes.legend(loc="upper left", borderaxespad=0.1, borderpad=0.1, ncols=n_columns)


@drawing()
def legend_beside(axes: Axes) -> None:
    """The legend to the right of the panel, where it hides nothing."""
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), borderaxespad=0.0)


def shared_legend(panels: Sequence[Axes]) -> None:
    """The legend of these panels, once, above all panels of their figure; of things of one name, the first."""
    panels = list(np.ravel(np.asarray(panels, dtype=object)))
    if not panels or not all(hasattr(axes, "get_legend_handles_labels") for axes in panels):
        raise ArgumentError("a legend is of the axes of a matplotlib figure, of one at least")
    figure: Any = panels[0].figure
    found = dict[str, Any]()
    for axes in panels:
        for handle, text in zip(*axes.get_legend_handles_labels(), strict=True):
            found.setdefault(text, handle)
    if found:
        n_columns = _n_columns(list(found), figure.bbox.width / figure.dpi)
        look: dict[str, Any] = {"loc": "outside upper left", "borderpad": 0.1, "borderaxespad": 0.3}
        figure.legend(list(found.values()), [set_in_type(text) for text in found], ncols=n_columns, **look)


def _n_columns(texts: Sequence[str], width: float) -> int:
    """As many as fit into equal rows; matplotlib fills one column after the other, each as wide as its longest text."""
    for n_rows in range(1, len(texts)):
        n_columns = -(-len(texts) // n_rows)
        longest = [max(map(len, column)) for column in np.array_split(texts, n_columns)]
        if sum(longest) * _CHARACTER + n_columns * _HANDLE <= width:
            return n_columns
    return 1
