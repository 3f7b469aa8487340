"""Which firing patterns can two equations make, and are they those of the publications?

Source: naud2008, figure 4 (the adaptive exponential neuron); izhikevich2003, figure 2 (his simple neuron).
Differs: Runge-Kutta steps of 0.1 ms where the papers take Euler's; kinds are told by intervals, by rules of our own.
Time: quick 4 s, full 20 s (Brian2, NumPy; a spike is late by up to a step, and delays add up).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment
from plasticity.neurons import NEURONS
from plasticity.plots import Figure, curves, spikes
from plasticity.studies.firing_patterns import RELEASED, Parameters, Result, run

# What each kind of the papers is by its intervals, as the study tells them
NAUD = {
    "tonic spiking": "even",
    "adaptation": "slowing",
    "initial burst": "burst, then even",
    "regular bursting": "bursts",
    "delayed accelerating": "accelerating",
    "delayed regular bursting": "bursts, late",
    "transient spiking": "transient",
    "irregular spiking": "irregular",
    "regular spiking": "slowing",
}
IZHIKEVICH = {"RS": "slowing", "IB": "burst, then even", "CH": "bursts", "LTS": "slowing"}
SPELLED = {
    "RS": "regular spiking",
    "IB": "intrinsically bursting",
    "CH": "chattering",
    "FS": "fast spiking",
    "TC": "thalamocortical",
    "RZ": "resonator",
    "LTS": "low-threshold spiking",
    RELEASED: "thalamocortical, released",
}


def draw(result: Result, figure: Figure) -> None:
    """The trains of both papers; the intervals of the patterns beneath."""
    grid = figure.add_gridspec(2, 2, height_ratios=(1.3, 1.0))
    naud, izhikevich = (figure.add_subplot(grid[0, k]) for k in range(2))
    intervals = figure.add_subplot(grid[1, :])
    spikes.raster(naud, _trains(result.pattern_spikes), list(result.patterns))
    naud.set_title("adaptive exponential neuron")
    spikes.raster(izhikevich, _trains(result.type_spikes), [SPELLED[str(name)] for name in result.types])
    izhikevich.set_title("simple neuron")
    for number, name in enumerate(("tonic spiking", "adaptation", "delayed accelerating", "irregular spiking")):
        train = _of(result, name)
        curves.points(intervals, train[1:] * 1e3, np.diff(train) * 1e3, name, number=number)
    curves.label(intervals, "time of the spike (ms)", "interval before it (ms)", "what tells the kinds apart")
    curves.legend_beside(intervals)


def _trains(padded: Floats) -> list[Floats]:
    return [row[np.isfinite(row)] for row in padded]


def _of(result: Result, name: str) -> Floats:
    return _trains(result.pattern_spikes)[list(result.patterns).index(name)]


def _of_type(result: Result, name: str) -> Floats:
    return _trains(result.type_spikes)[list(result.types).index(name)]


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    return (
        f"Spikes under constant currents that are switched on at time 0: patterns of Naud et al. (a), types of "
        f"Izhikevich (b), and the intervals of four of a (c). Brian2, step {parameters.dt * 1e3:g} ms; the "
        f"thalamocortical neuron also when it is released from -25 pA (I = -25 in Izhikevich 2003) at "
        f"{result.release * 1e3:g} ms. "
        f"{_recognised(result):g} of {len(NAUD)} patterns and {_types_recognised(result):g} of {len(IZHIKEVICH)} types "
        "are of the kind of their publication. Fast spiking, which Izhikevich says hardly adapts, does begin with "
        "intervals "
        f"{_slowing(_of_type(result, 'FS')):.1f} times shorter than its last; low-threshold spiking with "
        f"{_slowing(_of_type(result, 'LTS')):.1f} times shorter ones."
    )


def _recognised(result: Result) -> float:
    return float(sum(NAUD[name] == kind for name, kind in zip(result.patterns, result.pattern_kinds, strict=True)))


def _types_recognised(result: Result) -> float:
    return float(sum(IZHIKEVICH.get(name) == kind for name, kind in zip(result.types, result.type_kinds, strict=True)))


def _missed(result: Result) -> float:
    """The largest error of a last interval, over a step each way and what it still changes."""
    errors = []
    for train, expected in zip(_trains(result.pattern_spikes), result.expected, strict=True):
        known = np.sort(expected[np.isfinite(expected)])
        intervals, n = np.diff(train), len(known)
        if n and len(intervals) > 2 * n:
            last, before = np.sort(intervals[-n:]), np.sort(intervals[-2 * n : -n])
            moves = np.abs(last - before) * len(intervals)  # what is left of a course that still goes on
            errors.append(np.max(np.abs(last - known) / (2 * result.dt + moves)))
    return float(max(errors))


def _settled(train: Floats) -> float:
    return float(np.mean(np.diff(train)[-3:]))


def _slowing(train: Floats) -> float:
    """How many times longer than the first interval the last are."""
    return _settled(train) / float(np.diff(train)[0])


def _rebound(result: Result) -> float:
    """Spikes within 50 ms after the release, none before."""
    train = _of_type(result, RELEASED)
    is_silent = not np.any(train < result.release)
    return float(np.sum((train > result.release) & (train < result.release + 50e-3))) if is_silent else np.nan


EXPERIMENT = Experiment(
    name="firing_patterns",
    question="Which firing patterns can two equations make, and are they those of the publications?",
    source="naud2008, figure 4; izhikevich2003, figure 2; brette2005",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(duration=0.36, types_duration=0.15),
    claims=(
        Claim(
            "Every pattern of the adaptive exponential neuron is of its published kind (patterns)",
            _recognised,
            float(len(NAUD)),
            "naud2008, figure 4, and brette2005",
        ),
        Claim(
            "Settled intervals are those of the equations, for the patterns that repeat (largest error over allowed)",
            _missed,
            1.0,
            "naud2008, figure 4, integrated without a step",
            reason="two steps, and what the last intervals still change",
            relation="at most",
        ),
        Claim(
            "RS, IB, CH and LTS are of their published kinds (types)",
            _types_recognised,
            float(len(IZHIKEVICH)),
            "izhikevich2003, figure 2",
        ),
        Claim(
            "Fast spiking neurons adapt less than low-threshold ones under the same current (ratio of slowing)",
            lambda result: _slowing(_of_type(result, "FS")) / _slowing(_of_type(result, "LTS")),
            0.5,
            "izhikevich2003, section II",
            relation="at most",
        ),
        Claim(
            "Fast spiking neurons fire faster than regular spiking ones under the same current (ratio of intervals)",
            lambda result: _settled(_of_type(result, "RS")) / _settled(_of_type(result, "FS")),
            2.0,
            "izhikevich2003, section II",
            relation="at least",
        ),
        Claim(
            "A thalamocortical neuron fires a burst when it is released from a negative current (spikes in 50 ms)",
            _rebound,
            2.0,
            "izhikevich2003, section II",
            relation="at least",
        ),
    ),
    memory=lambda p: 16.0 * 20 * (p.duration / p.dt),
    records=(NEURONS["adex"], NEURONS["izhikevich"]),
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
