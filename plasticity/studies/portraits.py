"""What the picture of a rule or a neuron shows, as panels of numbers: computed here, drawn in `plots.portraits`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats

WIDTH, HEIGHT = 7.2, 3.0  # inches: across two columns of a page


@dataclass(frozen=True)
class Line:
    """One line of a panel: x and y in the units of its axes; a raster has spikes at x, and no y."""

    x: Floats
    y: Floats
    text: str = ""


@dataclass(frozen=True)
class Panel:
    """One panel.

    x, y      : what the axes show, units in brackets
    lines     : none where there is nothing to draw
    missing   : why there is nothing, shown in its place
    breaks_at : where a line jumps and is left open
    kind      : 'lines', 'points'; 'rates', points over closed forms; 'raster', a row a line
    """

    title: str
    x: str
    y: str
    lines: Sequence[Line] = ()
    missing: str = ""
    breaks_at: float | None = None
    kind: str = "lines"


@dataclass(frozen=True)
class Portrait:
    """Columns of panels; panels of one column share their x axis when they are several."""

    name: str
    caption: str
    columns: Sequence[Sequence[Panel]]
    size: tuple[float, float]


def missing(title: str, reason: str) -> Panel:
    """A panel that says why it is empty."""
    return Panel(title, "", "", missing=reason)


def flat(values: Floats) -> bool:
    """Whether a line stays where it is."""
    return bool(np.ptp(values) == 0)
