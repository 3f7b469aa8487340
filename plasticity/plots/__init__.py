"""Pictures: functions (axes, arrays) -> None in one style. The only importer of matplotlib, when one is drawn."""

from plasticity.plots import curves, grids, images, maps, spikes, style
from plasticity.plots.figure import FORMATS, picture
from plasticity.plots.types import Axes, Figure

__all__ = ["FORMATS", "Axes", "Figure", "curves", "grids", "images", "maps", "picture", "spikes", "style"]
