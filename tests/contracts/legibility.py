"""Whether what is written in a figure can be read: how small its text is, what it lies on, what sticks out.

`python tests/contracts/legibility.py SIZE NAME ...` tells it of the quick presets: SIZE is double, slide or single:b.
"""

import sys
import warnings
from collections.abc import Iterator
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from plasticity.plots import Look, own_style
from plasticity.plots.figure import composed
from plasticity.plots.look import LETTERS
from plasticity.plots.panels import panels

SMALLEST_PRINTED, SMALLEST_PROJECTED = 7.0, 14.0  # points: in a journal, and from the back of a room
SLACK = 1.0  # points: of a box around glyphs, which is larger than they are


def texts(figure: Figure) -> list[Text]:
    """Every text that is seen, once the figure is laid out."""
    hidden = {id(label) for axes in figure.axes for label in _unseen(axes)}
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and id(text) not in hidden
    ]


def smallest_text(figure: Figure, scale: float = 1.0) -> float:
    """Points, where the picture is used; of a figure that is laid out."""
    return min(text.get_fontsize() for text in texts(figure)) * scale


def overlaps(figure: Figure) -> list[str]:
    """Pairs of texts that lie on one another, and texts that the edge of the figure cuts; of one that is laid out."""
    slack = SLACK * figure.dpi / 72
    boxes = [(text, text.get_window_extent().padded(-slack / 2)) for text in texts(figure)]
    found = [
        f"{one.get_text()!r} on {other.get_text()!r}"
        for (one, first), (other, second) in combinations(boxes, 2)
        if first.overlaps(second)
    ]
    width, height = figure.bbox.width, figure.bbox.height
    for text, box in boxes:
        if box.x0 < -slack or box.y0 < -slack or box.x1 > width + slack or box.y1 > height + slack:
            found.append(f"{text.get_text()!r} sticks out")
    return found


def _unseen(axes: Axes) -> Iterator[Text]:
    """What ticks beyond the limits would write, and axes that are switched off."""
    for axis in (axes.xaxis, axes.yaxis):
        seen = axis._update_ticks() if axes.axison and axis.get_visible() else []
        for tick in (*axis.majorTicks, *axis.minorTicks):
            if tick not in seen:
                yield from (tick.label1, tick.label2)
        if not axes.axison:
            yield from (axis.label, axis.offsetText)


def faults(experiment, result, look: Look) -> list[str]:
    """What cannot be read of a result's picture."""
    with own_style(), warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        figure = composed(
            lambda figure: experiment.draw(result, figure),
            size=experiment.size,
            caption=experiment.caption(experiment.quick, result),
            look=look,
        )
        figure.draw_without_rendering()
        found = unreadable(figure, look)
        return found + [str(one.message) for one in told]  # say, that there is no room for axes


def unreadable(figure: Figure, look: Look) -> list[str]:
    """Texts that lie on others, that are cut, or that are too small; of a figure that is laid out."""
    small = smallest_text(figure, look.scale)
    least = SMALLEST_PROJECTED if look.place == "slide" else SMALLEST_PRINTED
    return overlaps(figure) + ([f"text of {small:.3g} points"] if small < least else [])


def letters(figure: Figure) -> str:
    """Of the panels of a figure; none for one panel."""
    n = len(panels(figure))
    return LETTERS[:n] if n > 1 else ""


def main(size: str, names: list[str]) -> None:
    from plasticity import runs

    size, _, panel = size.partition(":")
    for name in names or runs.EXPERIMENTS.names():
        experiment = runs.EXPERIMENTS[name]
        result = experiment.run(experiment.quick)
        print(name, *faults(experiment, result, Look(size, panel or None)), sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
