"""A thousand inputs that compete for one neuron by pair STDP: their weights, and how it fires, in time and after.

Source: song2000 (the neuron, its inputs and the rule). What each constant is, and where we differ, is said beside it.
"""

from dataclasses import dataclass

import numpy as np

from plasticity import engines, events
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.networks import (
    Network,
    PoissonInput,
    Population,
    Projection,
    Recording,
    SpikeStatistics,
    all_to_all,
    statistics,
)
from plasticity.neurons import NEURONS, Neuron
from plasticity.neurons import with_parameters as with_neuron_parameters
from plasticity.rules import Rule, unbounded, with_parameters
from plasticity.rules.library.pair_stdp import PAIR_STDP

N_INPUTS, N_INHIBITORY, RATE_INHIBITORY = 1000, 200, 10.0  # song2000; hertz
G_EXC, G_INH = 0.015, 0.05  # of the conductance of the leak, that of a spike through a weight of 1; song2000
REPLAYED = 50  # synapses that the exact engine follows, too
EDGES = np.linspace(0.0, 1.0, 21)  # of the shares of weights
LEVELS = np.array([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])  # between these, synapses are taken together


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    rates: tuple[float, ...] = parameter(
        (10.0, 15.0, 20.0, 30.0, 40.0),
        "Hz",
        "of the excitatory inputs, a neuron each",
        source="song2000",
        least=5,
        most=60,
    )
    duration: float = parameter(1800.0, "s", "of learning", least=1, most=5000)
    n_looks: int = parameter(
        7, meaning="times at which weights are looked at, each three times the last", least=2, most=9
    )
    tested: float = parameter(100.0, "s", "with weights that stay, before and after learning", least=1, most=1000)
    A_plus: float = parameter(0.005, "1", "potentiation by a pair at zero lag", source="song2000", least=1e-4, most=0.1)
    asymmetry: float = parameter(1.05, "1", "A_minus over A_plus", source="song2000", least=0.5, most=2)
    dt: float = parameter(1e-4, "ms", "step", least=5e-5, most=5e-4)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """The weights of every neuron in time; its firing with the weights of the start, and with those of the end.

    leading, trailing : pairs of a presynaptic spike with a later, and with an earlier, postsynaptic one, each weighed
                        by exp(-lag/tau) as the rule does; over the number expected of trains that are independent
    """

    inputs: Floats = column("Hz", "inputs", meaning="rate of the excitatory inputs")
    looks: Floats = column("s", "looks", meaning="when weights were looked at")
    bins: Floats = column("w_max", "bins", meaning="middle of a bin of weights")
    shares: Floats = column("1", "inputs", "looks", "bins", meaning="of the weights in a bin")
    means: Floats = column("w_max", "inputs", "looks", meaning="mean weight")
    weights: Floats = column("w_max", "inputs", "synapses", meaning="at the end")
    rates: Floats = column(
        "Hz", "inputs", "looks", meaning="of the neuron, since the look before; at 0 s while w stays"
    )
    cvs: Floats = column("1", "inputs", "looks", meaning="CV of its intervals, likewise")
    drive_before: Floats = column("mV", "inputs", meaning="voltage of the mean conductances, closed form, at the start")
    drive_after: Floats = column("mV", "inputs", meaning="the same at the end")
    threshold: float = column("mV", meaning="of the neuron")
    levels: Floats = column("w_max", "inputs", "levels", meaning="mean weight of synapses that are taken together")
    leading: Floats = column("1", "inputs", "levels", meaning="pairs in causal order, of those expected by chance")
    leading_errors: Floats = column("1", "inputs", "levels", meaning="standard error")
    trailing: Floats = column("1", "inputs", "levels", meaning="pairs in the other order, of those expected by chance")
    trailing_errors: Floats = column("1", "inputs", "levels", meaning="standard error")
    at_zero: Floats = column(
        "1", "inputs", meaning="leading pairs less those by chance, at w = 0, of a line through all"
    )
    at_zero_errors: Floats = column("1", "inputs", meaning="standard error")
    tipping: Floats = column("w_max", "inputs", meaning="weight at which both orders balance, of that line")
    asymmetry: float = column("1", meaning="A_minus over A_plus")
    apart: Floats = column("1", "inputs", meaning="largest difference from the exact engine after the first look")
    engine: str = column("", meaning="what simulated the neurons")


def run(parameters: Parameters) -> Result:
    """A neuron for every input rate: it learns, and is tested with the weights of both ends."""
    p = parameters
    found = [_competition(p, rate) for rate in p.rates]
    stacked = {name: np.stack([one[name] for one in found]) for name in found[0] if name != "engine"}
    return Result(
        inputs=np.array(p.rates),
        looks=np.concatenate([[0.0], _looks(p)]),
        bins=(EDGES[1:] + EDGES[:-1]) / 2,
        **stacked,
        threshold=neuron().values["V_threshold"],
        asymmetry=p.asymmetry,
        engine=str(found[0]["engine"]),
    )


def neuron() -> Neuron:
    """That of the paper, which gives conductances in units of the leak's and names no refractory time."""
    made = NEURONS["lif_conductance"]
    leak = 1 / made.values["R_m"]
    return with_neuron_parameters(made, t_ref=0.0, E_inh=-70e-3, tau_inh=5e-3, G_exc=G_EXC * leak, G_inh=G_INH * leak)


def rule(p: Parameters) -> Rule:
    """Pair STDP with the amplitudes that are set."""
    return with_parameters(PAIR_STDP, A_plus=p.A_plus, A_minus=p.asymmetry * p.A_plus)


def network(p: Parameters, rate: float, weights: Floats, *, is_frozen: bool = False) -> Network:
    """A neuron, its inputs of `rate` hertz with these weights, (N_INPUTS,), and its inhibition."""
    seed = p.seed + 1 if is_frozen else p.seed  # what tests weights is not what they have learned from
    return Network(
        [
            Population("neuron", neuron()),
            PoissonInput("excitation", N_INPUTS, rate, seed=seed),
            PoissonInput("inhibition", N_INHIBITORY, RATE_INHIBITORY, sign=-1, seed=seed),
        ],
        [
            Projection(
                "learning", "excitation", "neuron", all_to_all(N_INPUTS, 1), weights, rule(p), is_frozen=is_frozen
            ),
            Projection("fixed", "inhibition", "neuron", all_to_all(N_INHIBITORY, 1), 1.0),
        ],
    )


def mean_drive(rate: float, weights: Floats) -> float:
    """The voltage (V) at which the mean conductances of all inputs would hold a neuron that does not fire."""
    v = neuron().values
    excitation = G_EXC * rate * v["tau_exc"] * weights.sum()
    inhibition = G_INH * RATE_INHIBITORY * v["tau_inh"] * N_INHIBITORY
    pulled = v["E_L"] + excitation * v["E_exc"] + inhibition * v["E_inh"]
    return float(pulled / (1 + excitation + inhibition))


def _looks(p: Parameters) -> Floats:
    """When weights are looked at (s), on the grid: each time three times the last."""
    times = p.duration / 3.0 ** np.arange(p.n_looks)[::-1]
    return np.asarray(np.maximum(np.round(times / p.dt), 1) * p.dt)


def _competition(p: Parameters, rate: float) -> dict[str, Floats]:
    """What is found with inputs of one rate: columns of the result.

    Every look is a run of its own: a longer one begins with the spikes of a shorter one, in every engine, and not every
    engine goes on where it has stopped.
    """
    start, looks = np.random.default_rng(p.seed).random(N_INPUTS), _looks(p)
    made = network(p, rate, start)
    runs = [engines.simulate(made, float(seconds), dt=p.dt, seed=p.seed) for seconds in looks]
    weights = [start, *(one.weights["learning"] for one in runs)]
    tests = [engines.simulate(network(p, rate, w, is_frozen=True), p.tested, dt=p.dt) for w in (start, weights[-1])]
    firing = [statistics(tests[0].spikes["neuron"][0], p.tested), *_since(runs[-1].spikes["neuron"][0], looks)]
    return {
        "shares": np.stack([np.histogram(w, EDGES)[0] / w.size for w in weights]),
        "means": np.stack([w.mean() for w in weights]),
        "weights": weights[-1],
        "rates": np.array([one.rate for one in firing]),
        "cvs": np.array([np.nan if one.cv_isi is None else one.cv_isi for one in firing]),
        "drive_before": np.array(mean_drive(rate, start)),
        "drive_after": np.array(mean_drive(rate, weights[-1])),
        **_pairs(p, rate, tests[-1]),
        "apart": np.array(_apart(p, start, runs[0])),
        "engine": np.array(runs[-1].engine),
    }


def _since(train: Floats, looks: Floats) -> list[SpikeStatistics]:
    """How a neuron fires from each look to the next, the first from 0 on."""
    ends = np.concatenate([[0.0], looks])
    parts = np.split(train, np.searchsorted(train, looks))
    return [statistics(part, after - before) for part, before, after in zip(parts, ends, looks, strict=False)]


def _apart(p: Parameters, start: Floats, recording: Recording) -> float:
    """The largest difference between weights that were simulated and those of the exact engine on the same spikes."""
    pre, post = recording.spikes["excitation"][:REPLAYED], recording.spikes["neuron"] * REPLAYED
    exact = events.final_weight(rule(p), pre, post, start[:REPLAYED])
    return float(np.abs(recording.weights["learning"][:REPLAYED] - exact).max())


def _pairs(p: Parameters, rate: float, recording: Recording) -> dict[str, Floats]:
    """Pairs in both orders while weights stay, by level; and a line through those of all synapses."""
    weights, train = recording.weights["learning"], recording.spikes["neuron"][0]
    steps = np.exp(-p.dt / PAIR_STDP.values["tau_plus"])
    chance = rate * p.dt * train.size * steps / (1 - steps)  # lags are whole steps; the same step counts for neither
    counted = [_counted(recording, amplitude) / chance for amplitude in ("A_plus", "A_minus")]
    level = np.clip(np.digitize(weights, LEVELS), 1, LEVELS.size - 1)
    members = [level == k for k in range(1, LEVELS.size)]
    (leading, leading_errors), (trailing, trailing_errors) = (
        np.array([(one[m].mean(), one[m].std(ddof=1) / np.sqrt(m.sum())) for m in members]).T for one in counted
    )
    (slope, at_zero), covariance = np.polyfit(weights, counted[0] - 1, 1, cov=True)
    return {
        "levels": np.array([weights[m].mean() for m in members]),
        "leading": leading,
        "leading_errors": leading_errors,
        "trailing": trailing,
        "trailing_errors": trailing_errors,
        "at_zero": at_zero,
        "at_zero_errors": np.sqrt(covariance[1, 1]),
        "tipping": np.array((p.asymmetry - 1 - at_zero) / slope),
    }


def _counted(recording: Recording, amplitude: str) -> Floats:
    """Pairs of every synapse in the order that this amplitude counts, weighed by exp(-lag/tau)."""
    amplitudes = {"A_plus": 0.0, "A_minus": 0.0, amplitude: 1.0}
    counting = unbounded(with_parameters(PAIR_STDP, **amplitudes))
    trains = recording.spikes["excitation"], recording.spikes["neuron"] * N_INPUTS
    return np.abs(np.asarray(engines.final_weight(counting, *trains, 0.0)))
