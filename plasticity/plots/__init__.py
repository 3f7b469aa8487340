"""Pictures: functions (axes, arrays) -> None in one style. The only importer of matplotlib, when one is drawn."""

from plasticity.plots import curves, grids, images, spikes, style
from plasticity.plots.figure import FORMATS, picture

__all__ = ["FORMATS", "curves", "grids", "images", "picture", "spikes", "style"]
