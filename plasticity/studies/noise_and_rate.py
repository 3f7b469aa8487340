"""Firing rates of neurons with and without noise over ranges of currents, and theory beside them.

Source: gerstner2014, sections 1.3 and 9.2 (rates without noise and with escape noise); siegert1951 (white noise).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.neurons import NEURONS, closed_form_rate, rate_in_steps, rheobase
from plasticity.spiking import Network, Population

NOISE = {"lif_excitatory": "no noise", "escape_lif": "escape noise", "white_noise_lif": "white noise"}


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    tops: tuple[float, ...] = parameter((2.0, 4.0, 10.0), "1", "ends of the ranges, in rheobases", least=1.5, most=20)
    n_currents: int = parameter(24, meaning="currents in each range", least=8, most=500)
    n_copies: int = parameter(80, meaning="copies of a noisy neuron at each current", least=10, most=1000)
    measured: float = parameter(1.0, "ms", "time that is measured", least=0.2, most=20)
    settling: float = parameter(0.1, "ms", "time before, that is not; twice that for the last copy", least=0.04, most=1)
    dt: float = parameter(5e-5, "ms", "step", least=1e-5, most=2e-4)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Rates and theory of every neuron over every range of currents."""

    neurons: np.ndarray = column("", "neurons", meaning="its noise")
    tops: Floats = column("rheobases", "tops", meaning="end of the range")
    currents: Floats = column("rheobases", "tops", "places")
    rates: Floats = column("Hz", "neurons", "tops", "places", meaning="measured")
    errors: Floats = column("Hz", "neurons", "tops", "places", meaning="standard errors; 0 without noise")
    closed_form: Floats = column("Hz", "neurons", "tops", "places", meaning="in continuous time")
    in_steps: Floats = column("Hz", "neurons", "tops", "places", meaning="what theory expects in steps of dt")
    line: Floats = column("rheobases", "line", meaning="current of the closed forms that are drawn")
    rate_line: Floats = column("Hz", "neurons", "line", meaning="closed form")
    watched: float = column("s", meaning="of all copies of a noisy neuron at one current")
    dt: float = column("s", meaning="step")


@dataclass(frozen=True)
class Ranges:
    """As in Result: currents and what was measured there."""

    currents: Floats
    rates: Floats
    errors: Floats
    in_steps: Floats


def study(parameters: Parameters, target: str = "auto", names: Sequence[str] = tuple(NOISE)) -> Result:
    """Fire every neuron of `names` at every current at once."""
    p = parameters
    free = [NEURONS[name] for name in names]
    line, unit = np.linspace(0.0, max(p.tops), 1201), rheobase(NEURONS["lif_excitatory"])
    found = ranges(p, target, names)
    return Result(
        neurons=np.array([NOISE[name] for name in names]),
        tops=np.array(p.tops),
        **vars(found),
        closed_form=np.stack([closed_form_rate(neuron, found.currents * unit) for neuron in free]),
        line=line,
        rate_line=np.stack([closed_form_rate(neuron, line * unit) for neuron in free]),
        watched=p.n_copies * p.measured,
        dt=p.dt,
    )


def ranges(p: Parameters, target: str, names: Sequence[str]) -> Ranges:
    """Fire every neuron of `names` over every range; the theory of the ranges beside it."""
    unit = rheobase(NEURONS["lif_excitatory"])
    currents = np.array([(np.arange(p.n_currents) + 0.5) * top / p.n_currents for top in p.tops])
    copies = {name: 1 if name == "lif_excitatory" else p.n_copies for name in names}
    populations = [
        Population(name, NEURONS[name], n * currents.size, np.repeat(currents * unit, n)) for name, n in copies.items()
    ]
    network, duration = Network(populations), 2 * p.settling + p.measured
    recording = spiking.simulate(network, duration, dt=p.dt, seed=p.seed, target=target)
    measured = [_measured(recording.spikes[name], n, p) for name, n in copies.items()]
    rates, errors = (np.array([one[k] for one in measured]).reshape(-1, *currents.shape) for k in (0, 1))
    in_steps = np.stack([rate_in_steps(NEURONS[name], currents * unit, p.dt) for name in names])
    return Ranges(currents, rates, errors, in_steps)


def _measured(trains: list[Floats], n_copies: int, p: Parameters) -> tuple[Floats, Floats]:
    """Rates and standard errors; from intervals, which are all alike, where there is no noise; else from counts.

    The copies are counted from different times on, because at first they fire together.
    """
    starts = p.settling * (1 + np.arange(len(trains)) % n_copies / n_copies)
    windows = [train[(train >= t) & (train < t + p.measured)] for train, t in zip(trains, starts, strict=True)]
    if n_copies == 1:
        return np.array([spiking.statistics(train, p.measured).rate for train in windows]), np.zeros(len(trains))
    counts = np.array([len(train) for train in windows]).reshape(-1, n_copies)
    # A variance of half a count in all copies at least: that none of them fired does not make the rate certain.
    variance = np.maximum(counts.var(axis=1, ddof=1), 0.5 / n_copies)
    return counts.mean(axis=1) / p.measured, np.sqrt(variance / n_copies) / p.measured
