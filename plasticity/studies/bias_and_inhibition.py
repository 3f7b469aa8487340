"""A neuron that fires by itself, under growing inhibition: by a constant current, regular neurons, Poisson neurons.

Source: gerstner2014, sections 1.3 and 9.2 (rates); dodson2015, Fig. 4, and others (rates of real pacemakers).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity import protocols, published, spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.neurons import NEURONS, Neuron, closed_form_rate, rate_in_steps, rheobase, with_parameters
from plasticity.spiking import Network, Population, Projection, Recording, Replay
from plasticity.studies import renewal, superposition

FEWEST = 10  # spikes, for the CV of their intervals: neurons that fire few are those that happened to fire fast
DRIVES = ("constant current", "regular neurons", "Poisson neurons")
INHIBITORY = with_parameters(NEURONS["lif_inhibitory"], bias=0.25)
SPREAD = 10e-12  # amperes either side: regular neurons that differ do not fire in step


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    bias: float = parameter(0.25, "1", "constant current above the rheobase, in rheobases", least=0.05, most=2)
    highest: float = parameter(2.0, "1", "largest mean inhibition over the bias, without `levels`", least=1.3, most=5)
    n_levels: int = parameter(
        40,
        meaning="levels of inhibition, from none, without `levels`; even, so that none is the bias",
        least=6,
        most=400,
    )
    levels: tuple[float, ...] = parameter(
        (), "1", "mean inhibitions over the bias; none given: n_levels of them up to the highest", least=0, most=5
    )
    n_inhibitory: int = parameter(40, meaning="inhibitory neurons", least=5, most=200)
    rate: float = parameter(30.0, "Hz", "of a Poisson neuron", least=5, most=200)
    n_copies: int = parameter(
        12, meaning="neurons under Poisson inhibition of their own, at each level", least=3, most=50
    )
    n_noisy: int = parameter(100, meaning="neurons with escape noise, without input", least=10, most=1000)
    measured: float = parameter(3.0, "ms", "time that is measured", least=0.5, most=20)
    settling: float = parameter(0.3, "ms", "time before, that is not", least=0.1, most=1)
    dt: float = parameter(1e-4, "ms", "step", least=2e-5, most=2e-4)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Rates and regularity under each drive, and the rates of real pacemakers."""

    drives: np.ndarray = column("", "drives", meaning="where the inhibition comes from")
    delivered: Floats = column("1", "drives", meaning="mean inhibition by the spikes that fell, over the one asked for")
    n_delivered: int = column("", meaning="spikes of the Poisson neurons in the time measured")
    levels: Floats = column("bias", "levels", meaning="mean inhibition")
    rates: Floats = column("Hz", "drives", "levels")
    errors: Floats = column("Hz", "drives", "levels", meaning="standard errors; 0 for a single neuron")
    cv: Floats = column("1", "drives", "levels", meaning="coefficient of variation of intervals; NaN: too few spikes")
    closed_form: Floats = column("Hz", "levels", meaning="under the constant current")
    in_steps: Floats = column("Hz", "levels", meaning="the same in steps of dt")
    superposed: Floats = column("Hz", "drives", "levels", meaning="rates by superposition, from the spikes that fell")
    edge: float = column("bias", meaning="least constant inhibition at which the closed form is silent")
    line: Floats = column("bias", "line", meaning="inhibition of the curve that is drawn")
    rate_line: Floats = column("Hz", "line", meaning="closed form")
    noisy_halves: Floats = column("Hz", "halves", meaning="rates with escape noise and no input, in both halves")
    noisy_errors: Floats = column("Hz", "halves", meaning="their standard errors")
    n_noisy: int = column("", meaning="neurons with escape noise")
    noisy_cv: float = column("1", meaning="coefficient of variation of their intervals")
    noisy_cv_error: float = column("1", meaning="its standard error")
    noisy_expected: float = column("Hz", meaning="rate of the renewal process in steps of dt")
    noisy_cv_expected: float = column("1", meaning="CV of the renewal process in steps of dt")
    cells: np.ndarray = column("", "cells", meaning="real neurons that fire by themselves")
    cell_rates: Floats = column("Hz", "cells")
    cell_spread: Floats = column("Hz", "cells", meaning="half the range, or the error, as published")
    measured: float = column("s", meaning="time that was measured")


def study(parameters: Parameters, target: str = "auto") -> Result:
    """Every level under every drive, in one network."""
    p = parameters
    neuron, noisy = (with_parameters(NEURONS[name], bias=p.bias) for name in ("lif_excitatory", "escape_lif"))
    levels = np.unique([0.0, *p.levels]) if p.levels else np.linspace(0.0, p.highest, p.n_levels)
    line = np.linspace(0.0, levels[-1], 1001)
    amperes, line_amperes = (-of * p.bias * rheobase(neuron) for of in (levels, line))
    network, asked = _network(p, neuron, amperes)
    network = Network([*network.populations, Population("noisy", noisy, p.n_noisy)], network.projections)
    recording = spiking.simulate(network, p.settling + p.measured, dt=p.dt, seed=p.seed, target=target)
    targets = recording.spikes["targets"]
    blocks = targets[: levels.size], targets[levels.size : 2 * levels.size], targets[2 * levels.size :]
    found = [_firing(p, trains, levels.size) for trains in blocks]
    rates, errors, cv = (np.stack(parts) for parts in zip(*found, strict=True))
    table = published.load("pacemaker_rates")
    half = (table["high_hz"] - table["low_hz"]) / 2
    expected, cv_expected = renewal.rate_and_cv(noisy, p.dt)
    return Result(
        drives=np.array(DRIVES),
        delivered=np.array([1.0, *(_rate_of_all(p, recording, name) / rate for name, rate in asked.items())]),
        n_delivered=round(_rate_of_all(p, recording, "poisson_source") * p.measured),
        levels=levels,
        rates=rates,
        errors=errors,
        cv=cv,
        closed_form=closed_form_rate(neuron, amperes),
        in_steps=rate_in_steps(neuron, amperes, p.dt),
        superposed=_superposed(p, neuron, levels, recording, asked),
        edge=_edge(neuron, p.bias),
        line=line,
        rate_line=closed_form_rate(neuron, line_amperes),
        **_noisy(p, recording.spikes["noisy"]),
        n_noisy=p.n_noisy,
        noisy_expected=expected,
        noisy_cv_expected=cv_expected,
        cells=table["cell"],
        cell_rates=table["rate_hz"],
        cell_spread=np.where(np.isfinite(half), half, np.nan_to_num(table["error_hz"])),
        measured=p.measured,
    )


def _edge(neuron: Neuron, bias: float) -> float:
    """The inhibition, over the bias, at which the closed form falls silent: by halving."""
    low, high = 0.0, 5.0
    for _ in range(50):
        middle = (low + high) / 2
        fires = closed_form_rate(neuron, -middle * bias * rheobase(neuron)) > 0
        low, high = (middle, high) if fires else (low, middle)
    return high


def _network(p: Parameters, neuron: Neuron, amperes: Floats) -> tuple[Network, dict[str, float]]:
    """The network, and how many spikes a second its inhibitory neurons are expected to fire together."""
    rng = np.random.default_rng(p.seed)
    currents = rng.uniform(-SPREAD, SPREAD, p.n_inhibitory)
    n_poisson = p.n_inhibitory * p.n_copies
    trains = [
        protocols.on_grid(protocols.poisson(p.rate, p.settling + p.measured - p.dt, rng), p.dt)
        for _ in range(n_poisson)
    ]
    asked = {
        "regular_source": float(closed_form_rate(INHIBITORY, currents).sum()),
        "poisson_source": p.rate * n_poisson,
    }
    n = amperes.size
    populations: list[Population | Replay] = [  # those under the constant current, regular neurons, Poisson neurons
        Population("targets", neuron, n * (2 + p.n_copies), np.concatenate([amperes, np.zeros(n * (1 + p.n_copies))])),
        Population("regular_source", INHIBITORY, p.n_inhibitory, currents),
        Replay("poisson_source", trains, sign=-1),
    ]
    projections = [
        _projection("regular", neuron, -amperes, (p.n_inhibitory, 1, n), asked["regular_source"]),
        _projection("poisson", neuron, -amperes, (p.n_inhibitory, p.n_copies, 2 * n), p.rate * p.n_inhibitory),
    ]
    return Network(populations, projections), asked


def _projection(name: str, neuron: Neuron, amperes: Floats, sizes: tuple[int, int, int], total: float) -> Projection:
    """Synapses that deliver `amperes` (n_levels,) on average, from a pool of inhibitory neurons for each copy.

    sizes : inhibitory neurons of a pool, copies at each level, and where among the targets the first copy stands
    total : spikes a second of one pool; a spike delivers the charge w J_syn tau_syn
    """
    n_inhibitory, n_copies, first = sizes
    pairs = [
        (copy * n_inhibitory + i, first + level * n_copies + copy)
        for level in range(amperes.size)
        for copy in range(n_copies)
        for i in range(n_inhibitory)
    ]
    weights = amperes / (total * neuron.values["J_syn"] * neuron.values["tau_syn"])
    return Projection(f"from_{name}", f"{name}_source", "targets", pairs, np.repeat(weights, n_copies * n_inhibitory))


def _firing(p: Parameters, trains: list[Floats], n_levels: int) -> tuple[Floats, Floats, Floats]:
    """Rates, standard errors and CV at each level; the mean over copies where there are several."""
    found = [spiking.statistics(train[train >= p.settling] - p.settling, p.measured) for train in trains]
    n_copies = len(trains) // n_levels
    cv = np.array([np.nan if one.cv_isi is None or one.n_spikes < FEWEST else one.cv_isi for one in found]).reshape(
        n_levels, n_copies
    )
    mean_cv = cv.mean(axis=1)  # NaN where one of them is: the others are a choice of the busy
    if n_copies == 1:
        return np.array([one.rate for one in found]), np.zeros(n_levels), mean_cv
    counts = np.array([one.n_spikes for one in found]).reshape(n_levels, n_copies) / p.measured
    return counts.mean(axis=1), counts.std(axis=1, ddof=1) / np.sqrt(n_copies), mean_cv


def _rate_of_all(p: Parameters, recording: Recording, name: str) -> float:
    return sum(int((train >= p.settling).sum()) for train in recording.spikes[name]) / p.measured


def _superposed(p: Parameters, neuron: Neuron, levels: Floats, recording: Recording, asked: dict[str, float]) -> Floats:
    """Rates (drives, levels) of the same neurons under the same spikes, without a simulation of them."""
    v, n_steps = neuron.values, round((p.settling + p.measured) / p.dt)
    alone = superposition.climb(v, n_steps, p.dt)
    one_bias = p.bias * rheobase(neuron)
    free = {"constant": [superposition.settling(v, -one_bias, n_steps, p.dt)]}
    for name, n_copies in (("regular", 1), ("poisson", p.n_copies)):
        pools = np.array_split(np.arange(p.n_inhibitory * n_copies), n_copies)
        size = one_bias * n_copies / (asked[f"{name}_source"] * v["J_syn"] * v["tau_syn"])
        arrivals = [superposition.arrivals(recording.spikes[f"{name}_source"], pool, n_steps, p.dt) for pool in pools]
        free[name] = [-size * superposition.response(v, fallen, p.dt) for fallen in arrivals]
    trains = {
        name: [superposition.spike_steps(v, alone + level * added, p.dt) * p.dt for level in levels for added in all]
        for name, all in free.items()
    }
    return np.stack([_firing(p, found, levels.size)[0] for found in trains.values()])


def _noisy(p: Parameters, trains: list[Floats]) -> dict[str, Any]:
    """Rates in both halves of the time measured, and the variation of the intervals, over neurons without input."""
    windows = [train[train >= p.settling] - p.settling for train in trains]
    early = np.array([(train < p.measured / 2).sum() for train in windows])
    halves = np.stack([early, np.array([train.size for train in windows]) - early]) / (p.measured / 2)
    cv = np.array([np.nan if (one := spiking.statistics(t, p.measured).cv_isi) is None else one for t in windows])
    n = len(windows)
    return {
        "noisy_halves": halves.mean(axis=1),
        "noisy_errors": halves.std(axis=1, ddof=1) / np.sqrt(n),
        "noisy_cv": float(np.nanmean(cv)),
        "noisy_cv_error": float(np.nanstd(cv, ddof=1) / np.sqrt(n)),
    }
