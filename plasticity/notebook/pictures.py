"""Pictures of what a command does not draw by itself: trains of a protocol, a trajectory, the spikes of a network."""

from collections.abc import Callable
from typing import Any

import numpy as np

from plasticity.networks import Recording
from plasticity.plots import Figure, Look, curves, picture, spikes
from plasticity.plots.style import BIOLOGICAL, PALETTE
from plasticity.protocols import Protocol, spike_trains
from plasticity.runs import Swept
from plasticity.runs.sweeping import picture as sweep_picture
from plasticity.trains import Trajectory

_WIDTH = 7.2  # inches
MOST_SPIKES = 200  # of a protocol that are drawn; our choice: as many as can be told apart
MOST_CURVES = 6  # synapses of a trajectory
_LONG = 2.0  # seconds; what lasts longer has an axis in seconds


def of_protocol(protocol: Protocol) -> bytes:
    """The first spikes of its trains."""
    trains = {event: times[:MOST_SPIKES] for event, times in spike_trains(protocol).items()}
    last = max((times[-1] for times in trains.values() if times.size), default=0.0)

    def draw(figure: Figure) -> None:
        spikes.raster(figure.subplots(), list(trains.values()), list(trains), unit=_unit(last))

    return _drawn(draw, 1.4, f"The first spikes of {protocol.name}.")


def of_trajectory(path: Trajectory) -> bytes:
    """The weight of the first synapses over time."""
    times, weights = np.atleast_2d(path.times), np.atleast_2d(path.weights)
    starts = np.broadcast_to(np.nan if path.start is None else path.start, len(times))
    last = float(np.nanmax(times)) if np.isfinite(times).any() else 0.1

    def draw(figure: Figure) -> None:
        axes, unit = figure.subplots(), _unit(last)
        for k, (row, after) in enumerate(zip(times[:MOST_CURVES], weights, strict=False)):
            is_spike = np.isfinite(row)
            name, color = f"synapse {k}", BIOLOGICAL if len(times) == 1 else PALETTE[k]
            spikes.weight_steps(
                axes, row[is_spike], after[is_spike], name, color=color, w0=float(starts[k]), end=last, unit=unit
            )
        curves.label(axes, f"time ({unit})", "weight")
        if len(times) > 1:
            curves.legend_beside(axes)

    return _drawn(draw, 2.4, "The weight over time.")


def of_recording(found: Recording) -> bytes:
    """The spikes of every neuron, population below population."""
    trains = [train for those in found.spikes.values() for train in those]
    times = np.concatenate(trains) if trains else np.empty(0)
    rows = np.repeat(np.arange(len(trains)), [train.size for train in trains])
    unit = _unit(float(times.max()) if times.size else 0.0)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        spikes.dots(axes, times, rows, n_rows=max(len(trains), 1), unit=unit)
        ends = np.cumsum([len(those) for those in found.spikes.values()])
        axes.set_yticks(ends - 0.5 - 0.5 * np.diff(ends, prepend=0), [*found.spikes])

    return _drawn(draw, 2.6, "The spikes of every neuron.")


def of_swept(done: Swept) -> bytes:
    """As the sweep draws it."""
    return picture(
        lambda figure: sweep_picture.draw(done, figure),
        size=sweep_picture.size(done),
        caption=sweep_picture.caption(done),
        format="svg",
        look=Look(is_captioned=False),
    )


def _drawn(draw: Callable[[Any], None], height: float, caption: str) -> bytes:
    return picture(draw, size=(_WIDTH, height), caption=caption, format="svg", look=Look(is_captioned=False))


def _unit(last: float) -> str:
    return "ms" if last < _LONG else "s"
