"""Neurons whose inhibition learns, before and after; the mean change of its weights against the rate."""

from dataclasses import dataclass

import numpy as np

from plasticity import engines, protocols, rates, spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.networks import Network, PoissonInput, Population, Projection, all_to_all
from plasticity.neurons import NEURONS
from plasticity.neurons import with_parameters as with_neuron_parameters
from plasticity.rules import PRESETS, Rule, unbounded, with_conventions, with_parameters, with_set
from plasticity.rules.library.inhibitory_stdp import INHIBITORY_STDP

# Read in the authors' code of the single cell, as INHIBITORY_STDP is
CELL = {
    "tau_m": 20e-3,
    "E_L": -60e-3,
    "V_threshold": -50e-3,
    "V_reset": -60e-3,
    "t_ref": 5e-3,
    "E_exc": 0.0,
    "E_inh": -80e-3,
    "tau_exc": 5e-3,
    "tau_inh": 10e-3,
    "G_exc": 0.14e-9,
    "G_inh": 0.35e-9,
}
N_EXCITATORY, N_INHIBITORY, START = 800, 200, 0.1  # authors' code: inputs of each kind, start weight
SETS = ("", "network")  # of the rule: its own values, and the set
TARGETS = (6.25, 3.0)  # hertz: alpha/(2 tau) of each, the second as the authors' code says it
BEFORE = 0.5  # seconds in which the rates before learning are counted
SMALL = 1e-3  # factor on the learning rate of what is averaged, so that the weight stays away from its bound


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    rate_pre: float = parameter(10.0, "Hz", "of every input", least=1, most=20)
    weakest: float = parameter(0.5, "1", "smallest weight of excitation", least=0.2, most=2)
    strongest: float = parameter(0.8, "1", "largest weight of excitation", least=0.3, most=3)
    n_drives: int = parameter(6, meaning="weights of excitation between the two", least=2, most=20)
    n_copies: int = parameter(4, meaning="neurons with each", least=1, most=20)
    eta: float = parameter(0.02, "1", "learning rate in the network", least=1e-4, most=0.1)
    duration: float = parameter(30.0, "s", "time that is simulated", least=5, most=500)
    measured: float = parameter(15.0, "s", "time at its end in which rates are counted", least=1, most=200)
    dt: float = parameter(5e-4, "ms", "step", least=1e-4, most=5e-4)
    n_rates: int = parameter(100, meaning="postsynaptic rates of each curve", least=10, most=1000)
    n_synapses: int = parameter(1000, meaning="synapses over which changes are averaged", least=50, most=5000)
    conventions: str = parameter("default", meaning="of the rule, for spikes in one step", choices=tuple(PRESETS))
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Rates of neurons before and after learning; the mean change of w against the rate."""

    drives: Floats = column("1", "drives", meaning="weight of excitation")
    before: Floats = column("Hz", "drives", meaning="rate with inhibition at its start weight")
    after: Floats = column("Hz", "drives", meaning="rate at the end of learning")
    errors: Floats = column("Hz", "drives", meaning="standard error of `after`, by counts")
    weights: Floats = column("1", "drives", meaning="mean inhibitory weight at the end")
    replayed: Floats = column("1", "drives", meaning="the same, exact engine over the spikes of the network")
    apart: Floats = column("1", "drives", meaning="largest difference of a weight between the two engines")
    pairs: Floats = column("1", "drives", meaning="postsynaptic spikes about a presynaptic one, weighed by the window")
    alpha: float = column("1", meaning="of the rule: the pairs at which a weight stays")
    scatter: float = column("1", meaning="relative standard error of counts at the set point")
    sets: np.ndarray = column("", "sets", meaning="the parameters of the rule")
    rates: Floats = column("Hz", "rates", meaning="postsynaptic rate")
    drifts: Floats = column("1/s", "sets", "rates", meaning="mean change of w over eta, closed form")
    set_points: Floats = column("Hz", "sets", meaning="where it turns")
    formulas: Floats = column("Hz", "sets", meaning="alpha/(2 tau)")
    measured_rates: Floats = column("Hz", "measured_rates", meaning="postsynaptic rate")
    measured: Floats = column("1/s", "sets", "measured_rates", meaning="mean change of w over eta, exact engine")
    measured_errors: Floats = column("1/s", "sets", "measured_rates", meaning="its standard error")
    expected: Floats = column("1/s", "sets", "measured_rates", meaning="closed form at these rates")


def run(parameters: Parameters) -> Result:
    """A network before and after learning, and the drift of the rule."""
    p = parameters
    drives, at = np.linspace(p.weakest, p.strongest, p.n_drives), np.linspace(0.0, 2 * TARGETS[0], p.n_rates)
    before, learned = _before(p, drives), _learned(p, drives)
    rules, measured_rates = [_rule(p, name) for name in SETS], np.array([0.5, 1.0, 1.5]) * TARGETS[0]
    averages = np.array([_averages(one, measured_rates, p) for one in rules])
    return Result(
        drives=drives,
        before=before,
        errors=np.sqrt(learned["after"] / (p.n_copies * p.measured)),
        **learned,
        alpha=INHIBITORY_STDP.values["alpha"],
        scatter=1 / np.sqrt(TARGETS[0] * p.n_copies * p.measured),
        sets=np.array([one or "single cell" for one in SETS]),
        rates=at,
        drifts=np.array([_drift(one, p.rate_pre, at) for one in rules]),
        set_points=np.array([_set_point(one, p) for one in rules]),
        formulas=np.array([one.values["alpha"] / (2 * one.values["tau"]) for one in rules]),
        measured_rates=measured_rates,
        measured=averages[:, 0],
        measured_errors=averages[:, 1],
        expected=np.array([_drift(one, p.rate_pre, measured_rates) for one in rules]),
    )


def _rule(p: Parameters, name: str = "") -> Rule:
    """The rule with one of its sets, under the conventions that are set."""
    return with_conventions(with_set(INHIBITORY_STDP, name) if name else INHIBITORY_STDP, p.conventions)


def _drift(rule: Rule, rate_pre: float, at: Floats) -> Floats:
    """The mean change of w a second, over the learning rate."""
    return rates.drift(rule, rate_pre, at, 0.5) / rule.values["eta"]


def _set_point(rule: Rule, p: Parameters) -> float:
    """The postsynaptic rate at which w stays, from the drift at two rates: it is linear."""
    low, high = _drift(rule, p.rate_pre, np.array([0.0, 10.0]))
    return float(10.0 * low / (low - high))


def _averages(rule: Rule, at: Floats, p: Parameters) -> tuple[list[float], list[float]]:
    """The mean change a second over the learning rate, and its standard error, of the exact engine over Poisson trains.

    Half a second at the start, in which the traces fill, is left out.
    """
    rng, seconds, eta = np.random.default_rng(p.seed), 10.5, rule.values["eta"] * SMALL
    small, means, errors = unbounded(with_parameters(rule, eta=eta)), [], []
    for rate in at.tolist():
        pre = [protocols.poisson(p.rate_pre, seconds, rng) for _ in range(p.n_synapses)]
        post = [protocols.poisson(rate, seconds, rng) for _ in range(p.n_synapses)]
        early_pre, early_post = ([train[train < 0.5] for train in side] for side in (pre, post))
        change = np.asarray(engines.final_weight(small, pre, post, 0.5))
        change = (change - engines.final_weight(small, early_pre, early_post, 0.5)) / eta / (seconds - 0.5)
        means.append(float(change.mean()))
        errors.append(float(change.std(ddof=1) / np.sqrt(p.n_synapses)))
    return means, errors


def _network(p: Parameters, drives: Floats, *, is_frozen: bool) -> Network:
    """Neurons that share their inputs, each with one weight of excitation."""
    neuron = with_neuron_parameters(NEURONS["lif_conductance"], **CELL)
    rule, size = with_parameters(_rule(p), eta=p.eta), p.n_drives * p.n_copies
    strengths = np.tile(np.repeat(drives, p.n_copies), N_EXCITATORY)
    excitatory, inhibitory = all_to_all(N_EXCITATORY, size), all_to_all(N_INHIBITORY, size)
    return Network(
        [
            Population("neurons", neuron, size),
            PoissonInput("excitation", N_EXCITATORY, p.rate_pre, seed=p.seed),
            PoissonInput("inhibition", N_INHIBITORY, p.rate_pre, sign=-1, seed=p.seed),
        ],
        [
            Projection("fixed", "excitation", "neurons", excitatory, strengths),
            Projection("plastic", "inhibition", "neurons", inhibitory, START, rule, is_frozen=is_frozen),
        ],
    )


def _before(p: Parameters, drives: Floats) -> Floats:
    """Rates (Hz) while inhibition stays at its start weight, (n_drives,)."""
    recording = spiking.simulate(_network(p, drives, is_frozen=True), BEFORE, dt=p.dt, seed=p.seed)
    return _rates(p, recording, 0.0, BEFORE)


def _learned(p: Parameters, drives: Floats) -> dict[str, Floats]:
    """What is found of the network that learns: columns of the result, (n_drives,) each."""
    recording = spiking.simulate(_network(p, drives, is_frozen=False), p.duration, dt=p.dt, seed=p.seed)
    shape, start = (N_INHIBITORY, p.n_drives, p.n_copies), p.duration - p.measured
    weights, replayed = (w.reshape(shape) for w in (recording.weights["plastic"], _replayed(p, recording)))
    return {
        "after": _rates(p, recording, start, p.measured),
        "weights": weights.mean(axis=(0, 2)),
        "replayed": replayed.mean(axis=(0, 2)),
        "apart": np.abs(weights - replayed).max(axis=(0, 2)),
        "pairs": _pairs(p, recording, start),
    }


def _replayed(p: Parameters, recording: spiking.Recording) -> Floats:
    """The inhibitory weights that the exact engine finds over the spikes of the network, (n_synapses,).

    Neuron by neuron: the trains of all synapses together would not fit into memory.
    """
    rule, pre = with_parameters(_rule(p), eta=p.eta), recording.spikes["inhibition"]
    trains = recording.spikes["neurons"]
    return np.stack(
        [engines.final_weight(rule, pre, [train] * N_INHIBITORY, START) for train in trains], axis=1
    ).ravel()


def _pairs(p: Parameters, recording: spiking.Recording, start: float) -> Floats:
    """How many postsynaptic spikes lie about an inhibitory one from `start` on, weighed by the window; a coincident
    one as its convention says. What lies beyond the end of the run is left out, with the inhibitory spikes near it."""
    tau = INHIBITORY_STDP.values["tau"]
    coincident = 0.0 if PRESETS[p.conventions].coincidence == "ignored" else 1.0  # whichever acts first, one sees it
    inhibitory = np.concatenate(recording.spikes["inhibition"])
    inhibitory = inhibitory[(inhibitory >= start) & (inhibitory < p.duration - 5 * tau)]
    sums = []
    for train in recording.spikes["neurons"]:
        lags = np.abs(inhibitory[:, None] - train[train > start - 5 * tau])
        sums.append(np.where(lags > p.dt / 2, np.exp(-lags / tau), coincident).sum() / inhibitory.size)
    return np.array(sums).reshape(p.n_drives, p.n_copies).mean(axis=1)


def _rates(p: Parameters, recording: spiking.Recording, start: float, seconds: float) -> Floats:
    counts = np.array([np.sum(times >= start - p.dt / 2) for times in recording.spikes["neurons"]])
    return np.asarray(counts.reshape(p.n_drives, p.n_copies).mean(axis=1) / seconds)
