"""Figures, made and saved in the one style, without a screen and without a state that others share."""

import textwrap
from collections.abc import Callable

from plasticity.errors import ArgumentError, printable, said
from plasticity.inputs import function, instance, numbers
from plasticity.plots.library import own_style
from plasticity.plots.look import SLIDE, WHOLE, WIDTHS, Look
from plasticity.plots.panels import keep_panel, require_one, write_letters
from plasticity.plots.saving import FORMATS, image
from plasticity.plots.style import INK_OF_CAPTIONS, SMALLEST
from plasticity.plots.types import Figure
from plasticity.plots.wording import in_words, set_in_type

__all__ = ["FORMATS", "check_format", "picture", "told_caption"]
_LARGEST_SIDE = 100.0  # inches; our choice: a poster
_CHARACTERS_PER_INCH = 16.2  # of the caption's font, on average
_LINE_HEIGHT = 0.15  # inches, of the caption


def picture(
    draw: Callable[[Figure], None],
    *,
    size: tuple[float, float],
    caption: str,
    title: str = "",
    format: str = "png",
    look: Look = WHOLE,
) -> bytes:
    """The bytes of an image file: what `draw` puts into a figure, and its caption beneath.

    draw  : function from a matplotlib Figure
    size  : inches, without the caption; drawn as wide as `look` says, in these proportions
    title : the question that it answers; in the file for a screen reader or a search, as the caption is too
    raises ArgumentError for a format outside FORMATS, a size or caption that is none, and a panel that is not there
    """
    check_format(format)
    told = {"title": in_words(printable(instance(title, str, "the title"))), "caption": told_caption(caption, look)}
    with own_style():
        return image(composed(draw, size=size, caption=caption, look=look), told, format, look.scale)


def composed(draw: Callable[[Figure], None], *, size: tuple[float, float], caption: str, look: Look = WHOLE) -> Figure:
    """The figure of a picture, complete; to be called, and drawn, within `own_style`."""
    function(draw, "the function that draws")
    instance(look, Look, "the look of a picture")
    size = tuple(numbers(size, "the size of a picture", shape=(2,)).tolist())
    if not 0 < min(size) <= max(size) <= _LARGEST_SIDE:
        raise ArgumentError(f"the size of a picture is {size}; up to {_LARGEST_SIDE:g} inches are allowed")
    from matplotlib.figure import Figure

    whole = WIDTHS["double"], size[1] / size[0] * WIDTHS["double"]
    figure = Figure(figsize=whole, layout="constrained")
    draw(figure)
    _set_in_type(figure)
    height = whole[1]
    if look.panel:
        height = keep_panel(figure, look.panel)
    elif look.place == "single":
        require_one(figure)
        height *= look.width / whole[0]
    else:
        write_letters(figure)
    lines = textwrap.wrap(told_caption(caption, look), int(look.width * _CHARACTERS_PER_INCH))
    _place(figure, look, height, lines if look.has_caption else [])
    return figure


def told_caption(caption: str, look: Look = WHOLE) -> str:
    """The caption as text, for what is beside the picture and what is in it."""
    text = in_words(printable(instance(caption, str, "the caption")))
    return f"Panel {look.panel} of: {text}" if look.panel else text


def _place(figure: Figure, look: Look, height: float, lines: list[str]) -> None:
    """Give the figure its size, and the caption its place beneath."""
    below = 0.1 + _LINE_HEIGHT * len(lines) if lines else 0.0
    total = SLIDE[1] / look.scale if look.place == "slide" else height + below
    figure.set_size_inches(look.width, total)
    fraction = below / total
    figure.set_layout_engine("constrained", rect=(0.0, fraction, 1.0, 1.0 - fraction))
    if lines:
        text = figure.text(0.012, fraction * 0.96, "\n".join(lines), va="top", color=INK_OF_CAPTIONS)
        text.set(fontsize=SMALLEST, parse_math=False)


def _set_in_type(figure: Figure) -> None:
    """Every text as it is printed, that of named ticks included."""
    from matplotlib.text import Text
    from matplotlib.ticker import FixedFormatter, FuncFormatter

    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            for is_minor, held in ((False, axis.get_major_formatter()), (True, axis.get_minor_formatter())):
                if isinstance(held, FixedFormatter | FuncFormatter):
                    setter = axis.set_minor_formatter if is_minor else axis.set_major_formatter
                    setter(FuncFormatter(lambda value, place, held=held: set_in_type(held(value, place))))
    for text in figure.findobj(Text):
        text.set_text(set_in_type(text.get_text()))


def check_format(format: str) -> None:
    """Raise ArgumentError for a format outside FORMATS."""
    if not isinstance(format, str) or format not in FORMATS:
        raise ArgumentError(f"the format is {said(format)}; allowed: {', '.join(FORMATS)}")
