"""Firing rates of neurons with and without noise over ranges of currents, and under a bias; theory beside them.

Source: gerstner2014, sections 1.3 and 9.2 (rates without noise and with escape noise); siegert1951 (white noise).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.neurons import NEURONS, closed_form_rate, rate_in_steps, rheobase, with_parameters
from plasticity.spiking import Network, Population, Recording

NOISE = {"lif_excitatory": "no noise", "escape_lif": "escape noise", "white_noise_lif": "white noise"}


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    tops: tuple[float, ...] = parameter((2.0, 4.0, 10.0), "1", "ends of the ranges, in rheobases", least=1.5, most=20)
    n_currents: int = parameter(24, meaning="currents in each range", least=8, most=500)
    n_copies: int = parameter(80, meaning="copies of a noisy neuron at each current", least=10, most=1000)
    biases: tuple[float, ...] = parameter((-0.5, 0.0, 0.5, 1.0), "1", "in rheobases above it", least=-0.9, most=2)
    measured: float = parameter(1.0, "ms", "time that is measured", least=0.2, most=20)
    settling: float = parameter(0.1, "ms", "time before, that is not; twice that for the last copy", least=0.04, most=1)
    dt: float = parameter(5e-5, "ms", "step", least=1e-5, most=2e-4)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Rates and theory of every neuron over every range of currents; the rates under a bias."""

    neurons: np.ndarray = column("", "neurons", meaning="its noise")
    tops: Floats = column("rheobases", "tops", meaning="end of the range")
    currents: Floats = column("rheobases", "tops", "places")
    rates: Floats = column("Hz", "neurons", "tops", "places", meaning="measured")
    errors: Floats = column("Hz", "neurons", "tops", "places", meaning="standard errors; 0 without noise")
    closed_form: Floats = column("Hz", "neurons", "tops", "places", meaning="in continuous time")
    in_steps: Floats = column("Hz", "neurons", "tops", "places", meaning="what theory expects in steps of dt")
    moved: Floats = column("rheobases", "biases", meaning="from the current without bias of the same rate, on average")
    biases: Floats = column("rheobases", "biases", meaning="above the rheobase; -1 is no current")
    bias_currents: Floats = column("rheobases", "bias_currents", meaning="added to the bias")
    bias_rates: Floats = column("Hz", "biases", "bias_currents", meaning="measured, without noise")
    line: Floats = column("rheobases", "line", meaning="current of the closed forms that are drawn")
    rate_line: Floats = column("Hz", "neurons", "line", meaning="closed form")
    bias_line: Floats = column("Hz", "biases", "line", meaning="closed form")
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
    biases = np.array([NEURONS["lif_excitatory"].values["bias"], *p.biases])
    biased = [with_parameters(NEURONS["lif_excitatory"], bias=float(bias)) for bias in biases]
    bias_currents = np.linspace(-2.0, 3.0, 2 * p.n_currents)
    line = np.linspace(-2.0, max(p.tops), 1201)
    unit = rheobase(biased[0])
    beside = [Population(f"biased{k}", made, bias_currents.size, bias_currents * unit) for k, made in enumerate(biased)]
    found, recording = ranges(p, target, names, beside=beside)
    bias_rates = np.stack([_measured(recording.spikes[one.name], 1, p)[0] for one in beside])
    return Result(
        neurons=np.array([NOISE[name] for name in names]),
        tops=np.array(p.tops),
        **vars(found),
        closed_form=np.stack([closed_form_rate(neuron, found.currents * unit) for neuron in free]),
        moved=np.array([_moved(bias_currents, rates, p.dt) for rates in bias_rates]),
        biases=biases,
        bias_currents=bias_currents,
        bias_rates=bias_rates,
        line=line,
        rate_line=np.stack([closed_form_rate(neuron, line * unit) for neuron in free]),
        bias_line=np.stack([closed_form_rate(neuron, line * unit) for neuron in biased]),
        watched=p.n_copies * p.measured,
        dt=p.dt,
    )


def ranges(
    p: Parameters, target: str, names: Sequence[str], *, beside: Sequence[Population] = ()
) -> tuple[Ranges, Recording]:
    """Fire every neuron of `names` over every range, and populations beside them; the theory of the ranges alone."""
    unit = rheobase(NEURONS["lif_excitatory"])
    currents = np.array([(np.arange(p.n_currents) + 0.5) * top / p.n_currents for top in p.tops])
    copies = {name: 1 if name == "lif_excitatory" else p.n_copies for name in names}
    populations = [
        Population(name, NEURONS[name], n * currents.size, np.repeat(currents * unit, n)) for name, n in copies.items()
    ]
    network, duration = Network([*populations, *beside]), 2 * p.settling + p.measured
    recording = spiking.simulate(network, duration, dt=p.dt, seed=p.seed, target=target)
    measured = [_measured(recording.spikes[name], n, p) for name, n in copies.items()]
    rates, errors = (np.array([one[k] for one in measured]).reshape(-1, *currents.shape) for k in (0, 1))
    in_steps = np.stack([rate_in_steps(NEURONS[name], currents * unit, p.dt) for name in names])
    return Ranges(currents, rates, errors, in_steps), recording


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


def _moved(currents: Floats, rates: Floats, dt: float) -> float:
    """Mean distance to the current at which the neuron without bias has the same rate: its closed form, inverted.

    Steps lengthen an interval by half a step on average, which is taken off before.
    """
    v = NEURONS["lif_excitatory"].values
    fires = rates > 0
    growth = np.exp((1 / rates[fires] - dt / 2 - v["t_ref"]) / v["tau_m"])
    settled = (v["V_threshold"] * growth - v["V_reset"]) / (growth - 1)
    without = (settled - v["E_L"]) / (v["V_threshold"] - v["E_L"])
    return float(np.mean(currents[fires] - without))
