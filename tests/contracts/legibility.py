"""Whether what is written in a figure can be read: how small its text is, what it lies on, what sticks out.

`python tests/contracts/legibility.py SIZE NAME ...` tells it of the quick presets: SIZE is double, slide or single:b.
"""

import sys
from collections.abc import Iterator
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

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


def main(size: str, names: list[str]) -> None:
    from plasticity import runs
    from plasticity.plots import Look, own_style
    from plasticity.plots.figure import composed

    size, _, panel = size.partition(":")
    for name in names or runs.EXPERIMENTS.names():
        experiment = runs.EXPERIMENTS[name]
        result = experiment.run(experiment.quick)
        look = Look(size, panel or None)
        with own_style():
            caption = experiment.caption(experiment.quick, result)
            figure = composed(
                lambda figure, it=experiment, result=result: it.draw(result, figure),
                size=experiment.size,
                caption=caption,
                look=look,
            )
            figure.draw_without_rendering()
            print(name, f"{smallest_text(figure, look.scale):.3g} pt", *overlaps(figure), sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
