"""Many trains at once: counts in windows, the rate of a population, and how much neurons fire together."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.grid import whole_steps
from plasticity.inputs import number
from plasticity.memory import require_memory
from plasticity.trains import RESOLUTION, taken


def spike_counts(trains: Any, duration: Any, window: Any, *, start: Any = 0.0) -> Floats:
    """How many spikes of each neuron fall into each window, (n_neurons, n_windows).

    trains   : one train, or one a neuron, such as `recording.spikes["post"]`; seconds, or with a unit
    duration : seconds from `start` on, a whole number of windows; spikes before and after are not counted
    window   : seconds; the first spike of the next window is one that falls on the end of this one
    raises SpikeTrainError for impossible trains, ArgumentError for impossible durations

    >>> from plasticity.networks import spike_counts
    >>> spike_counts([[0.01, 0.02], [0.15]], 0.2, 0.1)
    array([[2., 0.],
           [0., 1.]])
    """
    seconds = number(duration, "the duration", unit="s", above=0.0)
    width = number(window, "the window", unit="s", least=RESOLUTION)
    begin = number(start, "the start", unit="s")
    n_windows = whole_steps(seconds, width, "the duration")
    found = taken(trains, "a train")
    require_memory(16.0 * len(found.times) * n_windows, f"the counts of {n_windows} windows")
    if not n_windows:
        raise ArgumentError(f"the duration is {seconds:g} s; a window, {width:g} s, or more is allowed")
    # A spike on an edge may lie before it by its rounding
    place = np.floor((found.times - begin + found.instant) / width)
    neuron, spike = np.nonzero((place >= 0) & (place < n_windows))
    counts = np.zeros((len(found.times), n_windows))
    np.add.at(counts, (neuron, place[neuron, spike].astype(np.int64)), 1.0)
    return counts


def population_rate(trains: Any, duration: Any, window: Any, *, start: Any = 0.0) -> Floats:
    """The firing rate in each window, a mean over the neurons, in hertz, (n_windows,). Arguments as `spike_counts`.

    >>> from plasticity.networks import population_rate
    >>> population_rate([[0.01, 0.02], [0.15]], 0.2, 0.1)
    array([10.,  5.])
    """
    counts = spike_counts(trains, duration, window, start=start)
    return counts.mean(axis=0) / number(window, "the window", unit="s")


def correlations(trains: Any, duration: Any, window: Any, *, start: Any = 0.0) -> Floats:
    """How much the spike counts of each two neurons go together, (n_neurons, n_neurons); arguments as `spike_counts`.

    returns : Pearson's coefficients, 1 on the diagonal; NaN for a neuron whose count is the same in all windows, say
              a silent one. For independent neurons, their scatter is 1/sqrt(n_windows)

    >>> from plasticity.networks import correlations
    >>> correlations([[0.01, 0.02], [0.01, 0.03]], 0.2, 0.1).round(2)
    array([[1., 1.],
           [1., 1.]])
    """
    away = spike_counts(trains, duration, window, start=start)
    away -= away.mean(axis=1, keepdims=True)
    products = away @ away.T
    spread = np.sqrt(np.diag(products))
    with np.errstate(invalid="ignore", divide="ignore"):
        found = products / np.outer(spread, spread)
    found[np.diag_indices_from(found)] = np.where(spread > 0, 1.0, np.nan)
    return np.clip(found, -1.0, 1.0)
