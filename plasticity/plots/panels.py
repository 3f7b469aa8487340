"""The panels of a figure: which axes form one, their letters, and one of them alone."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError
from plasticity.plots.drawing import drawing
from plasticity.plots.legends import shared_legend
from plasticity.plots.library import library
from plasticity.plots.look import LETTERS, Look
from plasticity.plots.types import Axes, Figure

__all__ = ["no_panel", "one_panel"]
_MARK = "<panel {}>"  # as matplotlib itself calls the axes of a scale '<colorbar>'
_NO_PANEL = "<no panel>"
_SCALE = "<colorbar>"
_WIDE = "<two columns>"
_LOWEST = 2.3  # inches of a panel alone


def one_panel(parts: Sequence[Axes]) -> None:
    """These axes form one panel, with one letter at the first of them: a raster above a trace, small multiples."""
    parts = list(np.ravel(np.asarray(parts, dtype=object)))
    if not parts or not all(hasattr(axes, "get_xlim") for axes in parts):
        raise ArgumentError("a panel consists of the axes of a matplotlib figure, of one at least")
    for axes in parts:
        axes.set_label(_MARK.format(_root(axes).axes.index(parts[0])))


@drawing()
def no_panel(axes: Axes) -> None:
    """These axes are of no panel: they hold what belongs to the whole figure, such as a legend."""
    axes.set_label(_NO_PANEL)


def needs_two_columns(axes: Axes) -> None:
    """These axes are a panel of so much text in a row that one column cannot hold it."""
    axes.set_label(_WIDE)


def fitting(figure: Figure, look: Look) -> Look:
    """The look of one panel: two columns wide where it needs them. Raises ArgumentError where one is asked for."""
    found = panels(figure)
    number = LETTERS.index(look.panel or LETTERS[0])
    if look.place != "single" or number >= len(found) or found[number][0].get_label() != _WIDE:
        return look
    if look.size:
        raise ArgumentError(
            f"panel {look.panel} has more text in a row than one column holds; --size double gives it two"
        )
    return replace(look, size="double")


def panels(figure: Figure) -> list[list[Axes]]:
    """The axes of each panel, in the order in which the first of each was made; scales are with their panel."""
    found = dict[Any, list[Axes]]()
    for axes in figure.axes:
        label = str(axes.get_label())
        if label not in (_NO_PANEL, _SCALE):
            found.setdefault(label if label.startswith("<panel ") else _twin(axes, found), []).append(axes)
    for axes in figure.axes:
        if axes.get_label() == _SCALE:
            parents = axes._colorbar_info["parents"] if hasattr(axes, "_colorbar_info") else []
            for of_panel in found.values():
                if any(parent in of_panel for parent in parents):
                    of_panel.append(axes)
    return [of_panel for of_panel in found.values() if any(map(_shows_something, of_panel))]


def write_letters(figure: Figure) -> None:
    """A bold letter to the left of each panel's title, where there are several."""
    found = panels(figure)
    for letter, (axes, *_) in zip(LETTERS, found, strict=False):
        if len(found) > 1:
            _write_letter(axes, letter)


def keep_panel(figure: Figure, letter: str, width: float) -> float:
    """Take away every panel but one, which fills the figure then, `width` inches wide; return how high it was.

    raises ArgumentError, which names the panels there are
    """
    found = panels(figure)
    number = LETTERS.index(letter)
    if number >= len(found):
        raise ArgumentError(f"there is no panel {letter}; {_named(len(found))}")
    kept = found[number]
    _tell_what_others_told(kept)
    figure.draw_without_rendering()
    boxes = [box for axes in kept if (box := axes.get_tightbbox())]
    height = (max(box.y1 for box in boxes) - min(box.y0 for box in boxes)) / figure.dpi
    for axes in figure.axes:
        if axes not in kept:
            axes.remove()
    _fill(figure, kept)
    figure.set_size_inches(width, height)
    _give_legend(figure, kept)
    above = sum(legend.get_window_extent().height for legend in kept[0].figure.legends) / figure.dpi
    return max(height, _LOWEST) + above


def require_one(figure: Figure) -> None:
    """Raise ArgumentError where a figure has several panels, which one column does not hold."""
    if (n := len(panels(figure))) > 1:
        raise ArgumentError(f"one column holds one panel, and there are {n}: --size single needs --panel {_letters(n)}")


def _named(n: int) -> str:
    return "the figure is one panel, and has no letters" if n < 2 else f"there are {_letters(n)}"


def _letters(n: int) -> str:
    return f"{', '.join(LETTERS[: n - 1])} or {LETTERS[n - 1]}"


def _root(axes: Axes) -> Any:
    return axes.get_figure(root=True)


def _twin(axes: Axes, found: dict[Any, list[Axes]]) -> Any:
    """The panel of which these axes are the other scale; else themselves."""
    twins: Any = axes._twinned_axes.get_siblings(axes)  # type: ignore[attr-defined]
    return next((key for key, parts in found.items() if any(twin in parts for twin in twins)), axes)


def _shows_something(axes: Axes) -> bool:
    return axes.axison or bool(axes.lines or axes.patches or axes.collections or axes.images or axes.texts)


def _write_letter(axes: Axes, letter: str) -> None:
    rc = library().rcParams
    size = rc["axes.titlesize"]
    above = rc["axes.titlepad"] + 1.2 * size * axes.get_title("left").count("\n")  # level with the title's first line
    axes.annotate(
        letter, (0, 1), (-3.0, above), xycoords="axes fraction", textcoords="offset points", ha="right", va="baseline",
        fontsize=size + 1.0, fontweight="bold", annotation_clip=False,
    )  # fmt: skip


def _tell_what_others_told(kept: Sequence[Axes]) -> None:
    """Labels and ticks that stood at a neighbour only."""
    for axes in kept:
        for which, name in (("x", axes.get_shared_x_axes()), ("y", axes.get_shared_y_axes())):
            beside = [other for other in name.get_siblings(axes) if other not in kept]
            label = getattr(axes, f"get_{which}label")()
            if beside and not label:
                told = [text for other in beside if (text := getattr(other, f"get_{which}label")())]
                getattr(axes, f"set_{which}label")(told[0] if told else "")
            if beside and (which == "y" or axes is kept[-1]):
                axes.tick_params(labelbottom=True) if which == "x" else axes.tick_params(labelleft=True)


def _give_legend(figure: Figure, kept: Sequence[Axes]) -> None:
    """A legend of its own, where one of the figure or of a neighbour told what its lines are."""
    for part in (figure, *figure.subfigs):
        for legend in list(part.legends):
            legend.remove()
    if not any(axes.get_legend() for axes in kept):
        shared_legend(kept)


def _fill(figure: Figure, kept: Sequence[Axes]) -> None:
    """Lay the axes out anew, as they stand to each other, over the whole figure."""
    from matplotlib.gridspec import GridSpec

    part: Any = kept[0].figure
    placed = [(axes, spec) for axes in kept if (spec := axes.get_subplotspec()) is not None]
    boxes = [spec.get_position(part) for _, spec in placed]
    columns, widths = _spans([box.x0 for box in boxes], [box.x1 for box in boxes])
    rows, heights = _spans([1 - box.y1 for box in boxes], [1 - box.y0 for box in boxes])
    grid = GridSpec(len(heights), len(widths), figure=part, width_ratios=widths, height_ratios=heights)
    for (axes, _), row, column in zip(placed, rows, columns, strict=True):
        axes.set_subplotspec(grid[row, column])
    while part is not figure:  # part of the figure in its turn: matplotlib has no public way to widen it
        part._subplotspec = GridSpec(1, 1, figure=part._parent)[0]
        part._parent.subfigs[:] = [part]
        part = part._parent


def _spans(lows: Sequence[float], highs: Sequence[float]) -> tuple[list[slice], list[float]]:
    """Where intervals lie among the pieces that they cut each other into, and how long these are; gaps are left out."""
    spans = np.round(np.column_stack([lows, highs]), 6)
    ends = np.unique(spans)
    pieces = [(a, b) for a, b in itertools.pairwise(ends) if ((spans[:, 0] <= a) & (b <= spans[:, 1])).any()]
    found = []
    for low, high in spans:
        inside = [k for k, (a, b) in enumerate(pieces) if low <= a and b <= high]
        found.append(slice(inside[0], inside[-1] + 1))
    return found, [float(b - a) for a, b in pieces]
