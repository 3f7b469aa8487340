"""The firing patterns of two neurons of two equations, and their kinds, told from the intervals."""

from dataclasses import dataclass

import numpy as np

from plasticity import published
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.neurons import NEURONS
from plasticity.spiking import Network, Population, simulate

RELEASED = "TC, released"


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    duration: float = parameter(1.0, "ms", "of the patterns of naud2008", least=0.3, most=5.0)
    types_duration: float = parameter(0.5, "ms", "of the types of izhikevich2003", least=0.15, most=5.0)
    dt: float = parameter(1e-4, "ms", "step", least=1e-5, most=1e-4)


@dataclass(frozen=True)
class Result:
    """Spike times, padded with NaN behind the last, and what is told from them."""

    patterns: np.ndarray = column("", "patterns", meaning="kind, as naud2008 calls it")
    pattern_spikes: Floats = column("ms", "patterns", "spikes")
    pattern_kinds: np.ndarray = column("", "patterns", meaning="told from the intervals")
    expected: Floats = column("ms", "patterns", "alternating", meaning="last intervals of the equations")
    types: np.ndarray = column("", "types", meaning="as izhikevich2003 calls them")
    type_spikes: Floats = column("ms", "types", "type_spikes")
    type_kinds: np.ndarray = column("", "types", meaning="told from the intervals")
    release: float = column("ms", meaning="when the thalamocortical neuron is let go from -25")
    duration: float = column("ms", meaning="of the patterns")
    types_duration: float = column("ms", meaning="of the types")
    dt: float = column("ms", meaning="step")


def run(parameters: Parameters) -> Result:
    """Fire every pattern and every type under its published current."""
    p = parameters
    naud, izhikevich = published.load("naud2008_adex"), published.load("izhikevich2003")
    neurons = [NEURONS[f"adex:{one}" if one else "adex"] for one in naud["set"]]
    pattern_trains = _fired(neurons, [1e-12 * current for current in naud["current_pA"]], p.duration, p.dt)
    simple = [NEURONS[f"izhikevich:{one}"] for one in izhikevich["set"]]
    released = round(p.types_duration / p.dt) // 2
    until = np.where(np.arange(round(p.types_duration / p.dt)) < released, -25e-12, 0.0)[:, None]
    currents = [*(1e-12 * current for current in izhikevich["current"]), until]
    type_trains = _fired([*simple, NEURONS["izhikevich:thalamocortical"]], currents, p.types_duration, p.dt)
    return Result(
        patterns=naud["kind"],
        pattern_spikes=_padded(pattern_trains),
        pattern_kinds=np.array([_kind(train, p.duration) for train in pattern_trains]),
        expected=1e-3 * np.column_stack([naud["interval_ms"], naud["second_interval_ms"]]),
        types=np.array([*izhikevich["type"], RELEASED]),
        type_spikes=_padded(type_trains),
        type_kinds=np.array([_kind(train, p.types_duration) for train in type_trains]),
        release=released * p.dt,
        duration=p.duration,
        types_duration=p.types_duration,
        dt=p.dt,
    )


def _fired(neurons: list, currents: list, duration: float, dt: float) -> list[Floats]:
    """The spike times of each neuron under its current, at the ends of their steps."""
    parts = [Population(f"n{k}", *pair[:1], 1, pair[1]) for k, pair in enumerate(zip(neurons, currents, strict=True))]
    found = simulate(Network(parts), duration, dt=dt, target="numpy").spikes
    return [found[part.name][0] + dt for part in parts]


def _padded(trains: list[Floats]) -> Floats:
    most = max(len(train) for train in trains)
    return np.array([np.pad(train, (0, most - len(train)), constant_values=np.nan) for train in trains])


def _kind(train: Floats, duration: float) -> str:
    """The kind of a train, by rules of our own.

    A burst ends where an interval is 3 times the one before. Even: intervals within a tenth of each other. Irregular:
    bursts, or uneven intervals, that do not repeat after 1 to 8 intervals to a tenth of the mean.
    """
    if len(train) < 3 or not np.any(train > duration / 2):
        return "transient"
    intervals = np.diff(train)
    late = intervals[len(intervals) // 2 :]
    ends = np.flatnonzero(intervals[1:] > 3 * intervals[:-1])
    if not _repeats(late) and late.std() > 0.25 * late.mean():
        return "irregular"
    if len(ends) > 1:
        return "bursts, late" if train[0] > intervals.max() / 2 else "bursts"
    if len(ends) == 1:
        return "burst, then even"
    change = intervals[-1] / intervals[0]
    return "even" if 0.9 < change < 1.1 else "slowing" if change > 1 else "accelerating"


def _repeats(intervals: Floats) -> bool:
    lags = range(1, min(8, len(intervals) - 1) + 1)
    return any(np.mean(np.abs(intervals[n:] - intervals[:-n])) < 0.1 * intervals.mean() for n in lags)
