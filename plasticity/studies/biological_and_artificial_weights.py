"""What a clamp at zero does to synapses that see the same spikes as their unbounded twins.

Source: song2000 (the rule, the neuron); guetig2003, eq. 2-3 (soft bounds); kempter1999, section III (the drift). The
postsynaptic train is given, not caused by the synapses, so that all twins see the same spikes.
"""

from dataclasses import dataclass

import numpy as np

from plasticity import engines, protocols, rates, spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.progress import tracked
from plasticity.rules import soft_bounds, unbounded
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.studies.clamped_and_free import potentials

KINDS = {"biological": PAIR_STDP, "artificial": unbounded(PAIR_STDP), "soft bounds": soft_bounds(PAIR_STDP)}
BIO, ART, SOFTLY = range(3)
GROUPS = {"pre leads": 1, "independent": 0, "pre follows": -1}  # sign of the lag of the spikes that belong together
FOLLOWS = list(GROUPS).index("pre follows")
N_TIMES, N_SIMULATED = 201, 2  # times on the axis; synapses of each group that Brian2 repeats


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_synapses: int = parameter(200, meaning="synapses of each group", least=2 * N_SIMULATED, most=1000)
    duration: float = parameter(150.0, "s", "of the trains", least=1, most=500)
    rate: float = parameter(10.0, "Hz", "of all neurons", source="song2000", least=1, most=30)
    paired: float = parameter(
        0.3, "1", "fraction of the presynaptic spikes that go with a postsynaptic one", least=0, most=1
    )
    lag: float = parameter(5e-3, "ms", "by which they lead or follow it", least=1e-4, most=50e-3)
    w0: float = parameter(0.5, "1", "start weight, in w_max", least=0, most=1)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Weights of all twins over time and at the end; the story of one synapse; its potentials."""

    times: Floats = column("s", "times")
    kinds: np.ndarray = column("", "kinds", meaning="how the weight is bounded")
    groups: np.ndarray = column("", "groups", meaning="what the presynaptic neuron does")
    means: Floats = column("w_max", "kinds", "groups", "times", meaning="mean weight of the group")
    ends: Floats = column("w_max", "kinds", "groups", "synapses", meaning="weight at the end")
    drifting: Floats = column("w_max", "groups", meaning="mean change without bounds on this post train, closed form")
    settled: Floats = column("w_max", "groups", meaning="mean weight at the end with soft bounds, mean-field")
    clamp_error: float = column("w_max", meaning="clamped weights minus the reflection of the free ones, largest error")
    sample_times: Floats = column("s", "spikes", meaning="of both trains, one synapse whose pre follows")
    sample: Floats = column("w_max", "kinds", "spikes", meaning="its weight after each spike")
    thrown_away: Floats = column("w_max", "spikes", meaning="change that the clamp took from it so far")
    bite: float = column("s", meaning="when the clamp first takes something from it; NaN when it never does")
    exact: Floats = column("w_max", "kinds", "simulated", meaning="weight at the end, exact engine")
    brian2: Floats = column("w_max", "kinds", "simulated", meaning="weight at the end, Brian2")
    after_spike: Floats = column("ms", "after_spike", meaning="time after a presynaptic spike")
    potentials: Floats = column("mV", "kinds", "after_spike", meaning="of one spike through the sample's end weight")
    start_potential: Floats = column("mV", "after_spike", meaning="the same at the start")
    w0: float = column("w_max", meaning="start weight")


def study(parameters: Parameters) -> Result:
    """All twins on the same trains."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    post = protocols.poisson(p.rate, p.duration, rng)
    pre = [_pre(p, post, sign, rng) for sign in GROUPS.values() for _ in range(p.n_synapses)]
    times = np.linspace(0.0, p.duration, N_TIMES)
    sampled = FOLLOWS * p.n_synapses
    paths, at_times = {}, []
    for name, rule in tracked(KINDS.items(), "twins"):
        path = paths[name] = engines.trajectory(rule, pre, post, p.w0)
        at_times.append(path.at(times).reshape(len(GROUPS), p.n_synapses, N_TIMES))
    few = [k * p.n_synapses + i for k in range(len(GROUPS)) for i in range(N_SIMULATED)]
    is_spike = np.isfinite(paths["biological"].times[sampled])
    spike_times = paths["biological"].times[sampled][is_spike]
    sample = np.stack([path.weights[sampled][is_spike] for path in paths.values()])
    thrown_away = np.cumsum(_thrown_away(sample[BIO], sample[ART], p.w0))
    bitten = np.flatnonzero(thrown_away != 0)
    after, volts = potentials([p.w0, *sample[:, -1]])
    weights = np.stack(at_times)
    return Result(
        times=times,
        kinds=np.array(list(KINDS)),
        groups=np.array(list(GROUPS)),
        means=weights.mean(axis=2),
        ends=weights[..., -1],
        drifting=np.array([_drifting(p, post, sign) for sign in GROUPS.values()]),
        settled=np.array([_settled(p, sign) for sign in GROUPS.values()]),
        clamp_error=_clamp_error(paths["biological"].weights, paths["artificial"].weights, p.w0),
        sample_times=spike_times,
        sample=sample,
        thrown_away=thrown_away,
        bite=float(spike_times[bitten[0]]) if bitten.size else float("nan"),
        exact=np.stack([engines.final_weight(rule, [pre[k] for k in few], post, p.w0) for rule in KINDS.values()]),
        brian2=np.stack([spiking.final_weight(rule, [pre[k] for k in few], post, p.w0) for rule in KINDS.values()]),
        after_spike=after,
        potentials=volts[1:],
        start_potential=volts[0],
        w0=p.w0,
    )


def _pre(p: Parameters, post: Floats, sign: int, rng: np.random.Generator) -> Floats:
    """A presynaptic train: a fraction of its spikes goes with postsynaptic ones, the others come by themselves."""
    if not sign:
        return protocols.poisson(p.rate, p.duration, rng)
    together = post[rng.random(post.size) < p.paired] - sign * p.lag
    alone = protocols.poisson((1 - p.paired) * p.rate, p.duration, rng)
    return protocols.superposed(together[(together >= 0) & (together < p.duration)], alone)


def _thrown_away(clamped: Floats, free: Floats, w0: float) -> Floats:
    """What the clamp took from each jump: the jump of the free twin, minus that of the clamped one."""
    lost = np.diff(free, prepend=w0) - np.diff(clamped, prepend=w0)
    return np.where(np.abs(lost) > 1e-12, lost, 0.0)  # what is less is rounding


def _clamp_error(clamped: Floats, free: Floats, w0: float) -> float:
    """Largest distance between clamped weights and the free ones, lifted by how far those have been below zero.

    Skorokhod's reflection, for the synapses that never reach the upper bound.
    """
    below = np.array([np.nanmax(row) < 1.0 for row in clamped])
    lowest = np.fmin.accumulate(np.minimum(free[below], w0), axis=1)
    return float(np.nanmax(np.abs(free[below] - np.minimum(lowest, 0.0) - clamped[below]), initial=0.0))


def _drifting(p: Parameters, post: Floats, sign: int) -> float:
    """Mean change of a free weight, given the post train: its window over lone and over accompanying pre spikes."""
    v = PAIR_STDP.values
    before = v["A_plus"] * v["tau_plus"] * (1 - np.exp(-post / v["tau_plus"]))
    after = v["A_minus"] * v["tau_minus"] * (1 - np.exp(-(p.duration - post) / v["tau_minus"]))
    by_lone = (1 - p.paired * abs(sign)) * p.rate * float((before - after).sum())
    together = post - sign * p.lag
    together = together[(together >= 0) & (together < p.duration)]
    return by_lone + p.paired * abs(sign) * float(rates.pair_window(PAIR_STDP, post - together[:, None]).sum())


def _settled(p: Parameters, sign: int) -> float:
    """Mean weight at the end with soft bounds: up (1 - w) - down w, both as rates of the hard-bounded rule."""
    extra = p.paired * p.rate * float(rates.pair_window(PAIR_STDP, sign * p.lag)) if sign else 0.0
    slope = -float(rates.drift(KINDS["soft bounds"], p.rate, p.rate, 1.0)) - min(extra, 0.0)
    up = float(rates.drift(KINDS["soft bounds"], p.rate, p.rate, 0.0)) + max(extra, 0.0)
    goal = up / (up + slope)
    return goal + (p.w0 - goal) * np.exp(-(up + slope) * p.duration)
