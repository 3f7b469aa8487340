"""Numbers as pictures: images side by side, in one scale. Functions (axes, arrays) -> None."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.errors import ArgumentError
from plasticity.inputs import count
from plasticity.memory import require_memory
from plasticity.plots.drawing import drawing
from plasticity.plots.style import DIVERGING, FAINT, INK, SEQUENTIAL, SMALLEST
from plasticity.plots.types import Axes, Rectangle


@drawing("images")
def tiles(
    axes: Axes,
    images: ArrayLike,
    names: Sequence[str] = (),
    *,
    n_columns: int,
    limits: tuple[float, float] | None = None,
    text: str = "",
) -> None:
    """Images in rows of `n_columns`: with a scale next to them, which is one for all; without, ink on white.

    images : (n_images, n_rows, n_columns of an image)
    names  : what stands beneath each column
    limits : the ends of the scale; when they enclose zero, it is white and both signs have their own colour
    text   : what the scale shows, with its unit
    """
    values = np.asarray(images, dtype=float)
    n, height, width = values.shape
    n_columns = count(n_columns, "n_columns")
    corners = [((k // n_columns) * (height + 1), (k % n_columns) * (width + 1)) for k in range(n)]
    canvas = np.full((corners[-1][0] + height, min(n, n_columns) * (width + 1) - 1), np.nan)
    for image, (top, left) in zip(values, corners, strict=True):
        canvas[top : top + height, left : left + width] = image
        axes.add_patch(_frame(left, top, width, height))
    low, high = limits or (0.0, values.max())
    colours = (DIVERGING if low < 0 < high else SEQUENTIAL) if limits else INK
    drawn = axes.imshow(canvas, cmap=colours, vmin=low, vmax=high, interpolation="nearest")
    if limits:
        axes.figure.colorbar(drawn, ax=axes, label=text, fraction=0.05, pad=0.02).outline.set_visible(False)
    axes.spines[:].set_visible(False)
    axes.set_yticks([])
    axes.set_xticks(np.arange(len(names)) * (width + 1) + (width - 1) / 2, names)
    axes.tick_params(length=0)


def _frame(left: float, top: float, width: float, height: float) -> Rectangle:
    from matplotlib.patches import Rectangle

    return Rectangle((left - 0.5, top - 0.5), width, height, fill=False, edgecolor=FAINT, linewidth=0.6, clip_on=False)


@drawing("values")
def matrix(axes: Axes, values: ArrayLike, *, low: float = 0.0, high: float = 1.0, digits: int | None = 2) -> Any:
    """A matrix as a picture, first row on top, dark for `low` and bright for `high`.

    digits : after the point, of the numbers written into the cells; None writes none
    Returns what was drawn, for a scale beside it.
    """
    shown = np.asarray(values, dtype=float)
    if shown.ndim != 2 or not shown.size:
        raise ArgumentError(f"the matrix has shape {shown.shape}; (n_rows, n_columns), not empty, is allowed")
    drawn = axes.imshow(shown, cmap=SEQUENTIAL, vmin=low, vmax=high, aspect="auto", interpolation="nearest")
    if digits is None:
        return drawn
    for (row, column), value in np.ndenumerate(shown):
        color = "black" if value > (low + high) / 2 else "white"
        axes.text(column, row, f"{value:.{digits}f}", ha="center", va="center", color=color, fontsize=SMALLEST)
    return drawn


@drawing("images")
def mosaic(axes: Axes, images: ArrayLike, n_columns: int, *, signed: bool = False) -> Any:
    """Small images side by side, row after row, with gaps between; images (n, height, width).

    Returns what was drawn, for a scale beside it.

    signed : each image is scaled by its own largest size, purple above 0 and orange below; else 0 is white and 1 black
    """
    shown = tiled(images, n_columns, signed=signed)
    colors, low = (DIVERGING, -1) if signed else ("Greys", 0)
    drawn = axes.imshow(shown, interpolation="nearest", cmap=colors, vmin=low, vmax=1)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    return drawn


@drawing("images")
def tiled(images: ArrayLike, n_columns: int, *, signed: bool = False) -> np.ndarray:
    """The images as one, with gaps of NaN a pixel wide; scaled as `mosaic` says."""
    shown = np.asarray(images, dtype=float)
    if signed:
        largest = np.abs(shown).max(axis=(1, 2), keepdims=True)
        shown = shown / np.where(largest == 0, 1.0, largest)
    n, height, width = shown.shape
    n_columns = count(n_columns, "n_columns")
    n_rows = -(-n // n_columns)
    require_memory(16.0 * n_rows * n_columns * (height + 1) * (width + 1), f"a mosaic of {n_columns} columns")
    mosaic = np.full((n_rows * (height + 1) - 1, n_columns * (width + 1) - 1), np.nan)
    for k, image in enumerate(shown):
        top, left = (k // n_columns) * (height + 1), (k % n_columns) * (width + 1)
        mosaic[top : top + height, left : left + width] = image
    return mosaic
