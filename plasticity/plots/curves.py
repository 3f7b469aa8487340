"""Curves and points: what was measured, what theory says, what a publication found. Functions (axes, arrays)."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.inputs import choice, instance
from plasticity.plots.drawing import drawing
from plasticity.plots.legends import legend_above as legend_above
from plasticity.plots.legends import legend_beside as legend_beside
from plasticity.plots.legends import shared_legend as shared_legend
from plasticity.plots.style import DASH_OF, DASHES, FAINT, MARKERS, MEASURED, PALETTE, THEORY
from plasticity.plots.types import Axes


@drawing()
def label(axes: Axes, x: str, y: str, title: str = "") -> None:
    """Name both axes, units in brackets, and the panel."""
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    if title:
        axes.set_title(title)


@drawing("x", "y")
def curve(axes: Axes, x: ArrayLike, y: ArrayLike, text: str = "", *, color: str | None = None, number: int = 0) -> None:
    """A line. Lines of one panel are told apart by `number`, in colour and dash; or by a `color` and its dash."""
    chosen, dash = color or PALETTE[number % len(PALETTE)], DASHES[number % len(DASHES)]
    dash = DASH_OF.get(chosen, dash) if color else dash
    axes.plot(x, y, color=chosen, linestyle=dash, label=text or None)


@drawing("x", "y", "at")
def broken_curve(axes: Axes, x: ArrayLike, y: ArrayLike, text: str = "", *, at: float = 0.0, **look: Any) -> None:
    """A `curve` that jumps at `at`, where it is left open: no slanted line joins its two sides."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    left, right = x < at, x > at
    curve(axes, np.concatenate([x[left], [at], x[right]]), np.concatenate([y[left], [np.nan], y[right]]), text, **look)


@drawing("x", "y", "error")
def band(
    axes: Axes, x: ArrayLike, y: ArrayLike, error: ArrayLike, *, color: str | None = None, number: int = 0
) -> None:
    """A faint band from `y - error` to `y + error`, in the colour of the curve with that `number` or `color`."""
    y, error = np.asarray(y, dtype=float), np.asarray(error, dtype=float)
    axes.fill_between(x, y - error, y + error, color=color or PALETTE[number % len(PALETTE)], alpha=0.25, linewidth=0)


@drawing("x", "y")
def theory(axes: Axes, x: ArrayLike, y: ArrayLike, text: str = "closed form") -> None:
    """A closed form, broad and grey, beneath what was measured."""
    axes.plot(x, y, color=THEORY, linewidth=4.0, alpha=0.45, label=text or None, zorder=1)


@drawing("x", "y", "error")
def points(
    axes: Axes,
    x: ArrayLike,
    y: ArrayLike,
    text: str = "",
    *,
    error: ArrayLike | None = None,
    number: int = 0,
    **style: Any,
) -> None:
    """Points of our own, with bars of one standard error where there are errors."""
    look: dict[str, Any] = {
        "color": PALETTE[number % len(PALETTE)],
        "marker": MARKERS[number % len(MARKERS)],
        "capsize": 2.0,
    } | style
    axes.errorbar(x, y, yerr=error, linestyle="none", label=text or None, **look)


@drawing("x", "y", "error")
def published_points(
    axes: Axes, x: ArrayLike, y: ArrayLike, text: str, *, error: ArrayLike | None = None, marker: str = "o"
) -> None:
    """Points of a publication: black, open, beneath everything of ours."""
    marker = instance(marker, str, "the marker")
    look: dict[str, Any] = {
        "color": MEASURED,
        "marker": marker,
        "markerfacecolor": "white",
        "capsize": 2.0,
        "elinewidth": 0.9,
    }
    axes.errorbar(x, y, yerr=error, linestyle="none", label=text, zorder=1.5, **look)


@drawing()
def zero_line(axes: Axes, *, x: bool = False) -> None:
    """A faint line at zero: horizontal, and vertical too when `x` is asked for."""
    axes.axhline(0.0, color=FAINT, linewidth=0.8, zorder=0)
    if x:
        axes.axvline(0.0, color=FAINT, linewidth=0.8, zorder=0)


@drawing("ticks")
def log_axis(axes: Axes, ticks: ArrayLike, *, axis: str = "x") -> None:
    """A logarithmic axis, 'x' or 'y', with these ticks only, written as plain numbers."""
    values = np.asarray(ticks, dtype=float)
    is_x = choice(axis, ("x", "y"), "the axis") == "x"
    set_scale, set_ticks = (axes.set_xscale, axes.set_xticks) if is_x else (axes.set_yscale, axes.set_yticks)
    set_scale("log")
    set_ticks(values, [f"{value:g}" for value in values])
    set_ticks([], minor=True)


@drawing("values", "edges")
def histogram(axes: Axes, values: ArrayLike, edges: ArrayLike, text: str, *, color: str) -> None:
    """How many values fall between the edges, as an outline filled faintly."""
    counts, _ = np.histogram(values, edges)
    axes.stairs(counts, edges, fill=True, color=color, alpha=0.25)
    axes.stairs(counts, edges, color=color, linestyle=DASH_OF.get(color, "-"), linewidth=1.5, label=text)
