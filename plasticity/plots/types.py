"""What is drawn into and onto: matplotlib's types for who checks them, and no matplotlib loaded for their sake."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text
else:
    Axes = Figure = Rectangle = Text = Any

__all__ = ["Axes", "Figure", "Rectangle", "Text"]
