"""Statistics of a spike train that say when there are too few spikes for them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SpikeTrainError
from plasticity.inputs import number
from plasticity.trains import RESOLUTION, taken

FEWEST_FOR_CV = 3  # two intervals; a CV of fewer is no number


@dataclass(frozen=True)
class SpikeStatistics:
    """How a neuron fired.

    rate   : hertz; from the intervals, (n - 1) / (last - first), where they fill the duration; else, as for a burst
             or a few spikes by chance, the count over the duration
    cv_isi : coefficient of variation of the intervals; None when there are too few spikes, `note` says so
    note   : empty when there is nothing to say
    """

    n_spikes: int
    rate: float
    cv_isi: float | None
    note: str


def statistics(times: Any, duration: Any) -> SpikeStatistics:
    """Rate and regularity of the spikes at `times` within `duration`, both in seconds or with a unit.

    times : one train, increasing; only differences matter, so it may begin anywhere
    raises SpikeTrainError for impossible times, many trains, and spikes that are further apart than `duration`;
    ArgumentError for a duration that is not above 0

    >>> from plasticity import statistics
    >>> found = statistics([0.1, 0.2, 0.3, 0.5], duration=0.5)
    >>> f"{found.rate:.1f} Hz, CV {found.cv_isi:.2f}"
    '7.5 Hz, CV 0.35'
    """
    duration = number(duration, "the duration", unit="s", above=0.0)
    train = taken(times)
    if not train.is_single:
        raise SpikeTrainError(f"there are {len(train.times)} trains; statistics are of one train")
    times = train.times[0]
    n = len(times)
    if n and times[-1] - times[0] > duration + max(train.instant, RESOLUTION * duration):
        raise SpikeTrainError(
            f"the spikes are {times[-1] - times[0]:g} s apart, from the first to the last, and the duration is "
            f"{duration:g} s; give the duration in which they were recorded"
        )
    if n == 0:
        return SpikeStatistics(0, 0.0, None, "silent: no spike, rate 0")
    if n < FEWEST_FOR_CV:
        return SpikeStatistics(n, _rate(times, duration), None, f"CV n/a ({n} spike{'s' if n > 1 else ''})")
    intervals = np.diff(times)
    return SpikeStatistics(n, _rate(times, duration), float(intervals.std() / intervals.mean()), "")


def _rate(times: Floats, duration: float) -> float:
    n = len(times)
    if n < 2:
        return n / duration
    by_intervals = (n - 1) / (times[-1] - times[0])
    # A regular train that fills the duration has its expected count to within one spike. Without that, six spikes
    # that chance crowds into half of the second would be reported as 10 Hz.
    return float(by_intervals) if abs(by_intervals * duration - n) <= 1 else n / duration
