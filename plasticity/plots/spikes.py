"""Spikes and what they do: rasters, traces, weights in steps. Functions (axes, arrays) -> None; times in seconds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from plasticity.inputs import choice, count, number, plain
from plasticity.plots.drawing import drawing
from plasticity.plots.style import DASH_OF, MEASURED
from plasticity.plots.types import Axes


@drawing()
def raster(axes: Axes, trains: Sequence[ArrayLike], names: Sequence[str], *, unit: str = "ms") -> None:
    """A row of ticks for each train, the first on top."""
    rows = list(range(len(trains)))[::-1]
    axes.eventplot(
        [_in(train, unit) for train in trains], lineoffsets=rows, linelengths=0.7, linewidths=1.2, colors=MEASURED
    )
    axes.set_yticks(rows, names)
    axes.set_ylim(-0.6, len(trains) - 0.4)
    axes.set_xlabel(f"time ({unit})")


@drawing("rows", seconds=("times",))
def dots(axes: Axes, times: ArrayLike, rows: ArrayLike, *, n_rows: int, unit: str = "ms") -> None:
    """Many trains at once: a tick for each spike, the train of row 0 on top.

    times, rows : (n_spikes,) each: when, and in which of `n_rows` trains
    """
    axes.plot(_in(times, unit), rows, linestyle="none", marker="|", markersize=2.2, markeredgewidth=0.8, color=MEASURED)
    axes.set_ylim(count(n_rows, "n_rows") - 0.5, -0.5)
    axes.set_xlabel(f"time ({unit})")


@drawing("weights", seconds=("times",))
def weight_steps(
    axes: Axes, times: ArrayLike, weights: ArrayLike, text: str, *, color: str, w0: float, end: float, unit: str = "ms"
) -> None:
    """A weight that jumps at spikes: `w0` from time 0, the weight after each spike, held until `end` (s)."""
    end, w0 = number(end, "end", unit="s", most=1e300), number(w0, "w0")
    x = _in(np.concatenate([[0.0], np.ravel(times), [end]]), unit)
    y = np.concatenate([[w0], np.ravel(weights), np.ravel(weights)[-1:] if np.size(weights) else [w0]])
    axes.plot(x, y, drawstyle="steps-post", color=color, linestyle=DASH_OF.get(color, "-"), label=text)


def _in(times: ArrayLike, unit: str) -> np.ndarray:
    """Times for the axis: seconds, bare or with a unit, in the unit shown."""
    seconds = plain(times, "the times", unit="s").values
    return seconds * {"ms": 1e3, "s": 1.0}[choice(unit, ("ms", "s"), "the unit of the axis")]
