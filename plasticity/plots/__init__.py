"""Pictures: functions (axes, arrays) -> None in one style. The only importer of matplotlib, when one is drawn."""

from plasticity.plots import curves, grids, images, maps, spikes, style
from plasticity.plots.figure import FORMATS, picture, told_caption
from plasticity.plots.library import own_style
from plasticity.plots.look import SIZES, Look
from plasticity.plots.panels import no_panel, one_panel
from plasticity.plots.types import Axes, Figure

__all__ = [
    "FORMATS",
    "SIZES",
    "Axes",
    "Figure",
    "Look",
    "curves",
    "grids",
    "images",
    "maps",
    "no_panel",
    "one_panel",
    "own_style",
    "picture",
    "spikes",
    "style",
    "told_caption",
]
