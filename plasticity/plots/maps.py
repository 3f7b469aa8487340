"""Maps: a number for each cell of a grid whose rows and columns have names. Functions (axes, arrays) -> None."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from plasticity.errors import ArgumentError
from plasticity.inputs import listed
from plasticity.plots.drawing import drawing
from plasticity.plots.style import DIVERGING, SEQUENTIAL
from plasticity.plots.types import Axes

_MOST_TICKS = 9  # of one axis, so that their texts do not meet


@drawing("values")
def heat_map(axes: Axes, columns: Sequence[str], rows: Sequence[str], values: ArrayLike, text: str = "") -> None:
    """A cell for each number, the first row at the bottom, and a scale beside; of both signs, zero is white.

    values : (n_rows, n_columns); a NaN is left white
    text   : what the scale shows, with its unit
    """
    shown, columns, rows = np.asarray(values, dtype=float), listed(columns, "columns"), listed(rows, "rows")
    if shown.shape != (len(rows), len(columns)) or not shown.size:
        raise ArgumentError(f"the values have shape {shown.shape}; {(len(rows), len(columns))}, not empty, is allowed")
    low, high = (float(end) for end in _ends(shown))
    if low < 0 < high:
        low, high = -max(-low, high), max(-low, high)
    colours = DIVERGING if low < 0 < high else SEQUENTIAL
    drawn = axes.imshow(
        shown, origin="lower", aspect="auto", interpolation="nearest", cmap=colours, vmin=low, vmax=high
    )
    axes.figure.colorbar(drawn, ax=axes, label=text, fraction=0.05, pad=0.02).outline.set_visible(False)
    named_ticks(axes, columns)
    named_ticks(axes, rows, is_y=True)


@drawing()
def named_ticks(axes: Axes, names: Sequence[str], *, is_y: bool = False) -> None:
    """Ticks at 0, 1, 2, ... with these names; of many, every so often one."""
    names = listed(names, "the names of ticks")
    every = -(-len(names) // _MOST_TICKS)
    places = np.arange(0, len(names), max(every, 1))
    (axes.set_yticks if is_y else axes.set_xticks)(places, [str(names[k]) for k in places])


def _ends(shown: np.ndarray) -> tuple[float, float]:
    finite = shown[np.isfinite(shown)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
