"""The picture of a sweep: curves with bands over the seeds along one axis, a heat map along two."""

import textwrap
from collections.abc import Mapping

import numpy as np

from plasticity.plots import Axes, Figure, curves, maps
from plasticity.quantities import FACTORS, in_unit
from plasticity.runs.sweeping.axes import Axis
from plasticity.runs.sweeping.table import Swept, mean_and_spread

MOST_PANELS = 4  # measurements that are drawn; our choice: two rows of two that can be read
MOST_CURVES = 6  # as many are told apart
_ROOM = 36  # characters of the title over half the width
_WIDTH, _LOW, _HIGH = 7.2, 2.6, 3.4  # inches: of the figure, of one row of several, of one alone


def size(done: Swept) -> tuple[float, float]:
    """Inches."""
    n_rows = _n_rows(done)
    return (_WIDTH, _LOW * n_rows if n_rows > 1 else _HIGH)


def draw(done: Swept, figure: Figure) -> None:
    """A panel for each of the first measurements that are numbers."""
    shown = _shown(done)
    n_columns = min(max(len(shown), 1), 2)
    panels = figure.subplots(_n_rows(done), n_columns, squeeze=False).ravel()
    for axes in panels[len(shown) :]:
        axes.set_axis_off()
    for axes, (name, values) in zip(panels, shown.items(), strict=False):
        _panel(axes, done, _sentence(done, name), values)


def _n_rows(done: Swept) -> int:
    return max(-(-len(_shown(done)) // 2), 1)


def title(done: Swept) -> str:
    """The question that the picture answers."""
    return f"What becomes of {done.facts['named']} over {' and '.join(axis.name for axis in _along(done)) or 'seeds'}?"


def caption(done: Swept) -> str:
    """What is seen."""
    names, drawn = [axis.name for axis in done.plan.axes], _along(done)
    over = f" over {' and '.join(axis.name for axis in drawn)}" if drawn else ""
    text = f"The sweep of {done.facts['named']}{over}"
    if done.plan.n_seeds > 1:
        text += f", {done.plan.n_seeds} seeds a point: means, and bands of one standard deviation"
    others = [name for name in names if name not in {axis.name for axis in drawn}]
    text += f"; {', '.join(others)} at the first value" if others else ""
    n, n_drawn = len(_numeric(done)), len(_shown(done))
    text += f"; {n_drawn} of {n} measurements" if n_drawn < n else ""
    text += "; of a claim, the number that it measures" if done.facts.get("claims") else ""
    return f"{text}; {len(done.failures)} of {done.plan.n} points failed." if done.failures else f"{text}."


def _numeric(done: Swept) -> list[str]:
    swept = {axis.name for axis in done.plan.axes}  # a result may tell of it again
    return [name for name in done.measurements if name not in swept and done.array(name).dtype.kind in "fiub"]


def _shown(done: Swept) -> Mapping[str, np.ndarray]:
    """The measurements that are drawn, as they are shown, along the axes that are drawn, and the seeds.

    Those that never change are drawn where nothing else is there to see.
    """
    found = dict[str, np.ndarray]()
    drawn = [axis.name for axis in _along(done)]
    for name in _numeric(done):
        unit, values = done.units.get(name, "1"), done.array(name).astype(float)
        if unit in FACTORS:
            values = in_unit(values, unit)
        place = tuple(slice(None) if axis.name in drawn else 0 for axis in done.plan.axes)
        found[name if unit in ("", "1") else f"{name} ({unit})"] = values[place]
    moving = {name: values for name, values in found.items() if np.nanmin(values) < np.nanmax(values)} if found else {}
    return dict(list((moving or found).items())[:MOST_PANELS])


def _sentence(done: Swept, name: str) -> str:
    """What a column of the table measures: of a claim its sentence, as far as two lines hold it."""
    said = done.facts.get("claims", {}).get(name)
    if not said:
        return name
    return textwrap.fill(said, _ROOM, max_lines=2, placeholder=" ...", break_on_hyphens=False)


def _along(done: Swept) -> tuple[Axis, ...]:
    """The one or two axes that are drawn, a numeric one first where there is one."""
    longer = [axis for axis in done.plan.axes if len(axis.texts) > 1] or list(done.plan.axes[:1])
    first = next((axis for axis in longer if axis.is_numeric), *longer[:1]) if longer else None
    second = next((axis for axis in longer if axis is not first), None)
    return tuple(axis for axis in done.plan.axes if axis is first or axis is second)


def _panel(axes: Axes, done: Swept, name: str, values: np.ndarray) -> None:
    along = _along(done)
    mean, spread = mean_and_spread(values)
    if not along:
        curves.points(axes, np.arange(values.size), values.ravel())
        curves.label(axes, "seed", "", name)
        return
    few = next((axis for axis in along if not axis.is_numeric and len(axis.texts) <= MOST_CURVES), None)
    if len(along) == 2 and few is None:
        y, x = along
        maps.heat_map(axes, _texts(x), _texts(y), mean, "")
        curves.label(axes, _label(x), _label(y), name)
        return
    x = along[0] if len(along) == 1 or along[1] is few else along[1]
    if len(along) == 2 and along[1] is not x:
        lines = list(zip(along[1].texts, mean.T, spread.T, strict=True))
    elif len(along) == 2:
        lines = list(zip(along[0].texts, mean, spread, strict=True))
    else:
        lines = [("", mean, spread)]
    at = x.shown if x.is_numeric else np.arange(len(x.texts))
    for number, (text, middle, around) in enumerate(lines):
        if x.is_numeric:
            curves.band(axes, at, middle, around, number=number)
            curves.curve(axes, at, middle, text, number=number)
        else:
            curves.points(axes, at, middle, text, error=around, number=number)
    if not x.is_numeric:
        maps.named_ticks(axes, x.texts)
    curves.label(axes, _label(x), "", name)
    curves.legend_above(axes)


def _label(axis: Axis) -> str:
    return axis.name if axis.unit in ("", "1") else f"{axis.name} ({axis.unit})"


def _texts(axis: Axis) -> list[str]:
    return [f"{value:.4g}" for value in axis.shown] if axis.is_numeric else list(axis.texts)
