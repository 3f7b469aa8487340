"""Figures, made and saved in the one style, without a screen and without a state that others share."""

import textwrap
from collections.abc import Callable

from plasticity.errors import ArgumentError, printable, said
from plasticity.inputs import function, instance, numbers
from plasticity.plots.library import own_style
from plasticity.plots.look import LETTERS, SLIDE, WHOLE, WIDTHS, Look
from plasticity.plots.panels import fitting, keep_panel, panels, require_one, write_letters
from plasticity.plots.saving import FORMATS, image
from plasticity.plots.style import INK_OF_CAPTIONS, SMALLEST
from plasticity.plots.types import Figure, Text
from plasticity.plots.wording import in_words, set_in_type

__all__ = ["FORMATS", "check_format", "panel_letters", "picture", "told_caption"]
_LARGEST_SIDE = 100.0  # inches; our choice: a poster
_MOST_PER_INCH = 19.0  # characters of the caption's font
_LEFT = 0.08  # inches around the caption


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

    >>> from plasticity.plots import picture
    >>> drawn = picture(lambda figure: figure.subplots().plot([0, 1]), size=(3, 2), caption="A line.", format="svg")
    >>> drawn[:5]
    b'<?xml'
    """
    check_format(format)
    told = {"title": in_words(printable(instance(title, str, "the title"))), "caption": told_caption(caption, look)}
    with own_style():
        return image(composed(draw, size=size, caption=caption, look=look), told, format, look.scale)


def composed(draw: Callable[[Figure], None], *, size: tuple[float, float], caption: str, look: Look = WHOLE) -> Figure:
    """The figure of a picture, complete; to be called, and drawn, within `own_style`."""
    function(draw, "the function that draws")
    size = tuple(numbers(size, "the size of a picture", shape=(2,)).tolist())
    if not 0 < min(size) <= max(size) <= _LARGEST_SIDE:
        raise ArgumentError(f"the size of a picture is {size}; up to {_LARGEST_SIDE:g} inches are allowed")
    from matplotlib.figure import Figure

    width, height = WIDTHS["double"], size[1] / size[0] * WIDTHS["double"]
    if look.place == "slide" and not look.panel:
        height = SLIDE[1] / look.scale
    figure = Figure(figsize=(width, height), layout="constrained")
    draw(figure)
    _set_in_type(figure)
    if panel := look.panel:
        look = fitting(figure, look)
        height = keep_panel(figure, panel, look.width)
        _set_texts_in_type(figure)  # of the legend that the panel has now
    elif look.place == "single":
        require_one(figure)
        height *= look.width / width
    else:
        write_letters(figure)
    _place(figure, look, height, told_caption(caption, look) if look.has_caption else "")
    return figure


def panel_letters(draw: Callable[[Figure], None]) -> str:
    """The letters of the panels of what `draw` puts into a figure, such as 'abc'; none where it is one panel."""
    function(draw, "the function that draws")
    from matplotlib.figure import Figure

    with own_style():
        figure = Figure(layout="constrained")
        draw(figure)
        n_panels = len(panels(figure))
    return LETTERS[:n_panels] if n_panels > 1 else ""


def told_caption(caption: str, look: Look = WHOLE) -> str:
    """The caption as text, for what is beside the picture and what is in it."""
    instance(look, Look, "the look of a picture")
    text = in_words(printable(instance(caption, str, "the caption")))
    return f"Panel {look.panel} of: {text}" if look.panel else text


def _place(figure: Figure, look: Look, height: float, caption: str) -> None:
    """Give the figure its size, and the caption its place beneath."""
    below = 0.0
    if caption:
        text = figure.text(_LEFT / look.width, 0.0, "", va="bottom", color=INK_OF_CAPTIONS)
        text.set(fontsize=SMALLEST, parse_math=False)
        below = _wrapped(text, caption, look.width - 2 * _LEFT, figure.dpi) + 2 * _LEFT
    total = SLIDE[1] / look.scale if look.place == "slide" else height + below
    figure.set_size_inches(look.width, total)
    if caption:
        text.set_y(_LEFT / total)
    figure.set_layout_engine("constrained", rect=(0.0, below / total, 1.0, 1.0 - below / total))


def _wrapped(text: Text, words: str, width: float, dpi: float) -> float:
    """Set the words in lines of at most this width; return how high they are; inches."""
    for n_characters in range(int(_MOST_PER_INCH * width), 1, -1):
        text.set_text("\n".join(textwrap.wrap(words, n_characters)))
        if (box := text.get_window_extent()).width <= width * dpi:
            break
    return float(box.height) / dpi


def _set_in_type(figure: Figure) -> None:
    """Every text as it is printed, that of named ticks included."""
    from matplotlib.ticker import FixedFormatter, FuncFormatter

    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            for is_minor, held in ((False, axis.get_major_formatter()), (True, axis.get_minor_formatter())):
                if isinstance(held, FixedFormatter | FuncFormatter):
                    setter = axis.set_minor_formatter if is_minor else axis.set_major_formatter
                    setter(FuncFormatter(lambda value, place, held=held: set_in_type(held(value, place))))
    _set_texts_in_type(figure)


def _set_texts_in_type(figure: Figure) -> None:
    from matplotlib.text import Text as Written

    for text in figure.findobj(Written):
        text.set_text(set_in_type(text.get_text()))


def check_format(format: str) -> None:
    """Raise ArgumentError for a format outside FORMATS."""
    if not isinstance(format, str) or format not in FORMATS:
        raise ArgumentError(f"the format is {said(format)}; allowed: {', '.join(FORMATS)}")
