"""Statistics of a spike train that say when there are too few spikes for them."""

from dataclasses import dataclass

import numpy as np

from plasticity.trains import Floats

FEWEST_FOR_CV = 3  # two intervals; a CV of fewer is no number


@dataclass(frozen=True)
class SpikeStatistics:
    """How a neuron fired.

    rate   : hertz, (n - 1) / (last - first) for two spikes or more, else the count over the duration
    cv_isi : coefficient of variation of the intervals; None when there are too few spikes, `note` says so
    note   : empty when there is nothing to say
    """

    n_spikes: int
    rate: float
    cv_isi: float | None
    note: str


def statistics(times: Floats, duration: float) -> SpikeStatistics:
    """Rate and regularity of the spikes at `times` (s) within `duration` seconds."""
    n = len(times)
    if n == 0:
        return SpikeStatistics(0, 0.0, None, "silent: no spike, rate 0")
    if n < FEWEST_FOR_CV:
        rate = (n - 1) / (times[-1] - times[0]) if n > 1 else n / duration
        return SpikeStatistics(n, float(rate), None, f"CV n/a ({n} spike{'s' if n > 1 else ''})")
    intervals = np.diff(times)
    rate = (n - 1) / (times[-1] - times[0])
    return SpikeStatistics(n, float(rate), float(intervals.std() / intervals.mean()), "")
