"""Figures, made and saved in the one style, without a screen and without a state that others share."""

import io
import textwrap
from collections.abc import Callable

from plasticity.errors import ArgumentError, printable, said
from plasticity.inputs import function, instance, numbers
from plasticity.plots.library import own_style
from plasticity.plots.types import Figure

FORMATS = ("png", "svg", "pdf")
_LARGEST_SIDE = 100.0  # inches; our choice: a poster
_CAPTION_SIZE = 8.5  # points
_CHARACTERS_PER_INCH = 14.5  # of the caption's font, on average
_LINE_HEIGHT = 0.165  # inches


def picture(draw: Callable[[Figure], None], *, size: tuple[float, float], caption: str, format: str = "png") -> bytes:
    """The bytes of an image file: what `draw` puts into a figure, and its caption beneath.

    draw : function from a matplotlib Figure
    size : inches, without the caption
    raises ArgumentError for a format outside FORMATS, and for a size or caption that is none
    """
    check_format(format)
    function(draw, "the function that draws")
    size = tuple(numbers(size, "the size of a picture", shape=(2,)).tolist())
    if not 0 < min(size) <= max(size) <= _LARGEST_SIDE:
        raise ArgumentError(f"the size of a picture is {size}; up to {_LARGEST_SIDE:g} inches are allowed")
    caption = printable(instance(caption, str, "the caption"))
    with own_style():
        from matplotlib.figure import Figure

        lines = textwrap.wrap(caption, int(size[0] * _CHARACTERS_PER_INCH))
        below = 0.1 + _LINE_HEIGHT * len(lines)
        figure = Figure(figsize=(size[0], size[1] + below))
        fraction = below / (size[1] + below)
        figure.set_layout_engine("constrained", rect=(0.0, fraction, 1.0, 1.0 - fraction))
        draw(figure)
        figure.text(0.012, fraction * 0.96, "\n".join(lines), va="top", fontsize=_CAPTION_SIZE, color="#404040")
        file = io.BytesIO()
        # Without a date in it, the same picture gives the same bytes.
        metadata = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[format]
        figure.savefig(file, format=format, metadata=metadata)
    return file.getvalue()


def check_format(format: str) -> None:
    """Raise ArgumentError for a format outside FORMATS."""
    if not isinstance(format, str) or format not in FORMATS:
        raise ArgumentError(f"the format is {said(format)}; allowed: {', '.join(FORMATS)}")
