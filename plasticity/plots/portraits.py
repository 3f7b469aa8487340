"""Pictures of rules and neurons: the panels of `plasticity.studies`, drawn in columns at the size of a page."""

import textwrap

from plasticity.inputs import instance
from plasticity.neurons import Neuron
from plasticity.plots import curves, spikes
from plasticity.plots.drawing import drawing
from plasticity.plots.figure import picture
from plasticity.plots.look import WHOLE, Look
from plasticity.plots.panels import one_panel
from plasticity.plots.style import SMALLEST
from plasticity.plots.types import Axes, Figure
from plasticity.rules import Rule
from plasticity.studies.neuron_portraits import neuron_portrait
from plasticity.studies.portraits import Panel, Portrait
from plasticity.studies.rule_portraits import rule_portrait


def portrait_of(record: Rule | Neuron) -> Portrait:
    """What the picture of a rule or a neuron shows; a neuron is simulated in Brian2 for it."""
    return neuron_portrait(record) if isinstance(record, Neuron) else rule_portrait(instance(record, Rule, "the rule"))


def portrait_picture(record: Rule | Neuron, format: str = "png", look: Look = WHOLE) -> bytes:
    """The picture of a rule or a neuron as the bytes of a file: 'png', 'svg' or 'pdf'.

    A rule is computed exactly, within two seconds; a neuron is simulated in Brian2 for 1.2 s of its time: two
    seconds of work, of ion channels nine.
    """
    return drawn(portrait_of(record), record.summary, format, look)


def drawn(portrait: Portrait, title: str, format: str, look: Look) -> bytes:
    """A portrait that was computed before, as the bytes of a file."""
    return picture(
        lambda figure: draw(figure, portrait),
        size=portrait.size,
        caption=portrait.caption,
        title=title,
        format=format,
        look=look,
    )


def draw(figure: Figure, portrait: Portrait) -> None:
    """Every column of a portrait beside the others, its panels beneath each other."""
    columns = figure.subfigures(1, len(portrait.columns), squeeze=False).ravel()
    for part, panels in zip(columns, portrait.columns, strict=True):
        heights = [0.5 if panel.kind == "raster" else 1.0 for panel in panels]
        rows = part.subplots(len(panels), 1, sharex=True, squeeze=False, height_ratios=heights).ravel()
        if any(panel.kind == "raster" for panel in panels):
            one_panel(rows)  # spikes, and what they do
        for axes, panel in zip(rows, panels, strict=True):
            draw_panel(axes, panel)
            legend(axes, is_beside=len(panels) > 1)
            if axes is not rows[-1]:
                axes.set_xlabel("")


@drawing()
def draw_panel(axes: Axes, panel: Panel) -> None:
    """One panel, or the reason why it is empty."""
    if panel.missing:
        axes.set_axis_off()
        reason = textwrap.fill(panel.missing, 22)
        axes.text(0.02, 0.9, reason, transform=axes.transAxes, va="top", fontsize=SMALLEST, color="#404040")
        curves.label(axes, "", "", panel.title)
        return
    if panel.kind == "raster":
        spikes.raster(axes, [line.x * 1e-3 for line in panel.lines], [line.text for line in panel.lines])
        curves.label(axes, panel.x, "", panel.title)
        return
    for number, line in enumerate(panel.lines):
        if panel.kind == "points" or (panel.kind == "rates" and not number):
            curves.points(axes, line.x, line.y, line.text, number=number, markersize=3.5)
        elif panel.kind == "rates":
            curves.theory(axes, line.x, line.y, line.text)
        elif panel.breaks_at is not None:
            curves.broken_curve(axes, line.x, line.y, line.text, at=panel.breaks_at, number=number)
        else:
            curves.curve(axes, line.x, line.y, line.text, number=number)
    curves.label(axes, panel.x, panel.y, panel.title)
    if any((line.y < 0).any() for line in panel.lines) and "(mV)" not in panel.y:
        curves.zero_line(axes, x="t_post" in panel.x)


@drawing()
def legend(axes: Axes, *, is_beside: bool) -> None:
    """The legend where no data are: to the right of a low panel, above the data of a high one."""
    if not is_beside:
        curves.legend_above(axes)
    elif axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.1), handlelength=1.3, borderaxespad=0.0)
