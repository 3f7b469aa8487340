"""Numbers as pictures: a matrix with its numbers written in, many small images in a grid. Functions (axes, arrays)."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.plots.style import DIVERGING, SEQUENTIAL


def matrix(axes: Any, values: ArrayLike, *, low: float = 0.0, high: float = 1.0, digits: int | None = 2) -> None:
    """A matrix as a picture, first row on top, dark for `low` and bright for `high`.

    digits : behind the point, of the numbers written into the cells; None writes none
    """
    shown = np.asarray(values, dtype=float)
    axes.imshow(shown, cmap=SEQUENTIAL, vmin=low, vmax=high, aspect="auto", interpolation="nearest")
    if digits is None:
        return
    for (row, column), value in np.ndenumerate(shown):
        color = "black" if value > (low + high) / 2 else "white"
        axes.text(column, row, f"{value:.{digits}f}", ha="center", va="center", color=color, fontsize=7.5)


def tiles(axes: Any, images: ArrayLike, n_columns: int, *, signed: bool = False) -> None:
    """Small images side by side, row after row, with gaps between; images (n, height, width).

    signed : each image is scaled by its own largest size, purple above 0 and orange below; else 0 is white and 1 black
    """
    mosaic = tiled(images, n_columns, signed=signed)
    colors = {"cmap": DIVERGING, "vmin": -1, "vmax": 1} if signed else {"cmap": "Greys", "vmin": 0, "vmax": 1}
    axes.imshow(mosaic, interpolation="nearest", **colors)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)


def tiled(images: ArrayLike, n_columns: int, *, signed: bool = False) -> np.ndarray:
    """The images as one, with gaps of NaN a pixel wide; scaled as `tiles` says."""
    shown = np.asarray(images, dtype=float)
    if signed:
        largest = np.abs(shown).max(axis=(1, 2), keepdims=True)
        shown = shown / np.where(largest == 0, 1.0, largest)
    n, height, width = shown.shape
    n_rows = -(-n // n_columns)
    mosaic = np.full((n_rows * (height + 1) - 1, n_columns * (width + 1) - 1), np.nan)
    for k, image in enumerate(shown):
        top, left = (k // n_columns) * (height + 1), (k % n_columns) * (width + 1)
        mosaic[top : top + height, left : left + width] = image
    return mosaic
