"""Planes: contours and paths, decision regions and lines, labelled points. Functions (axes, arrays) -> None."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.plots.drawing import drawing
from plasticity.plots.style import DASHES, FAINT, MEASURED, PALETTE, THEORY
from plasticity.plots.types import Axes

_REGIONS = ("#F2F2F2", "#F6D9A8")  # where a unit is silent, where it is active: light, so that points stand out


@drawing("x", "y", "z", "levels")
def contours(axes: Axes, x: ArrayLike, y: ArrayLike, z: ArrayLike, levels: ArrayLike) -> None:
    """Thin grey lines of equal z; x (n_x,), y (n_y,), z (n_y, n_x)."""
    axes.contour(x, y, z, levels=np.asarray(levels), colors=THEORY, linewidths=0.7, alpha=0.7, zorder=1)


@drawing("points")
def path(axes: Axes, points: ArrayLike, text: str = "", *, number: int = 0) -> None:
    """A walk in the plane, (n_steps + 1, 2), with a small dot at every step; paths are told apart by `number`."""
    x, y = np.asarray(points, dtype=float).T
    color, dash = PALETTE[number % len(PALETTE)], DASHES[number % len(DASHES)]
    axes.plot(x, y, color=color, linestyle=dash, linewidth=1.2, label=text or None, zorder=3)
    axes.plot(x, y, color=color, linestyle="none", marker=".", markersize=3.0, zorder=3)


@drawing("point")
def mark(axes: Axes, point: ArrayLike, text: str = "", *, marker: str = "*") -> None:
    """One point that matters, such as a minimum, above everything."""
    x, y = np.asarray(point, dtype=float)
    axes.plot(
        x, y, color=MEASURED, marker=marker, markersize=11, markeredgecolor="white", linestyle="none",
        label=text or None, zorder=6,
    )  # fmt: skip


@drawing("x", "y", "active")
def regions(axes: Axes, x: ArrayLike, y: ArrayLike, active: ArrayLike) -> None:
    """Where a unit is silent (light grey) and active (light orange); x (n_x,), y (n_y,), active (n_y, n_x).

    x and y are evenly spaced; between their points the border is drawn half-way, so that a slanted one has no stairs
    """
    from matplotlib.colors import ListedColormap

    (left, right), (low, high) = (_outer(values) for values in (x, y))
    colours = ListedColormap(_REGIONS, name="regions")
    axes.imshow(
        np.asarray(active, dtype=float), extent=(left, right, low, high), origin="lower", aspect=axes.get_aspect(),
        interpolation="bilinear", interpolation_stage="data", cmap=colours, vmin=0, vmax=1, zorder=0,
    )  # fmt: skip


def _outer(values: ArrayLike) -> tuple[float, float]:
    """Half a step beyond the first and the last of evenly spaced values."""
    values = np.asarray(values, dtype=float)
    half = (values[-1] - values[0]) / (2 * (len(values) - 1))
    return float(values[0] - half), float(values[-1] + half)


@drawing("points", "labels")
def labelled_points(axes: Axes, points: ArrayLike, labels: ArrayLike, *, names: tuple[str, str] = ("", "")) -> None:
    """Points of two classes: open circles for label 0, filled squares for label 1; points (n, 2), labels (n,)."""
    points, labels = np.asarray(points, dtype=float), np.asarray(labels)
    for label, (marker, face) in enumerate((("o", "white"), ("s", MEASURED))):
        x, y = points[labels == label].T
        look: dict[str, Any] = {"linestyle": "none", "color": MEASURED, "markerfacecolor": face, "markersize": 5.5}
        axes.plot(x, y, marker=marker, label=names[label] or None, zorder=4, **look)


@drawing("weights")
def decision_line(axes: Axes, weights: ArrayLike, text: str = "", *, number: int = 0, faint: bool = False) -> None:
    """Where the summed input w0 + w1 x + w2 y is 0; weights (w0, w1, w2), the bias first.

    faint : thin and grey, for a unit that is only a step on the way

    The limits of the axes must be set before, and stay. Draws nothing for w1 = w2 = 0.
    """
    bias, *slopes = np.asarray(weights, dtype=float)
    normal, size = np.array(slopes), np.linalg.norm(slopes)
    if size == 0:
        return
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    centre, reach = np.array([left + right, low + high]) / 2, np.hypot(right - left, high - low)
    foot = centre - normal * (bias + normal @ centre) / size**2
    ends = foot + np.outer([-reach, reach], np.array([-normal[1], normal[0]]) / size)
    color, dash = PALETTE[number % len(PALETTE)], DASHES[number % len(DASHES)]
    look = {"color": THEORY, "linestyle": "--", "linewidth": 0.9} if faint else {"color": color, "linestyle": dash}
    axes.plot(*ends.T, label=text or None, zorder=3, **look)
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)


@drawing("low", "high")
def square(axes: Axes, low: float, high: float) -> None:
    """The same limits on both axes, and a unit as long on either."""
    axes.set_xlim(low, high)
    axes.set_ylim(low, high)
    axes.set_aspect("equal")


@drawing()
def frame(axes: Axes) -> None:
    """All four sides, faint: for panels that are maps rather than graphs."""
    for spine in axes.spines.values():
        spine.set_visible(True)
        spine.set_color(FAINT)
