"""What does a clamp at zero do to synapses that see the same spikes as their unbounded twins?

Source: song2000 (the rule, the neuron); guetig2003, eq. 2-3 (soft bounds); kempter1999, section III (the drift).
Differs: the postsynaptic train is given, not caused by the synapses, so that all twins see the same spikes.
Time: quick 4 s, full 6 s (exact evaluation; Brian2 for six synapses and the potentials).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import events, protocols, rates, spiking
from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.neurons import synaptic_potential
from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.plots import Axes, Figure, curves, spikes
from plasticity.plots.style import ARTIFICIAL, BIOLOGICAL, FAINT, SOFT
from plasticity.progress import tracked
from plasticity.rules import soft_bounds, unbounded
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.spiking import Network, Population, Projection, Replay

KINDS = {"biological": PAIR_STDP, "artificial": unbounded(PAIR_STDP), "soft bounds": soft_bounds(PAIR_STDP)}
BIO, ART, SOFTLY = range(3)
COLORS = (BIOLOGICAL, ARTIFICIAL, SOFT)
GROUPS = {"pre leads": 1, "independent": 0, "pre follows": -1}  # sign of the lag of the spikes that belong together
FOLLOWS = list(GROUPS).index("pre follows")
N_TIMES, N_SIMULATED = 201, 2  # times on the axis; synapses of each group that Brian2 repeats
WIDTH = 0.05  # of the bins of the histogram
SPIKE_AT, WATCHED = 5e-3, 60e-3  # seconds: of the run that shows potentials


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


def run(parameters: Parameters) -> Result:
    """All twins on the same trains."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    post = protocols.poisson(p.rate, p.duration, rng)
    pre = [_pre(p, post, sign, rng) for sign in GROUPS.values() for _ in range(p.n_synapses)]
    times = np.linspace(0.0, p.duration, N_TIMES)
    sampled = FOLLOWS * p.n_synapses
    paths, at_times = {}, []
    for name, rule in tracked(KINDS.items(), "twins"):
        path = paths[name] = events.trajectory(rule, pre, post, p.w0)
        at_times.append(path.at(times).reshape(len(GROUPS), p.n_synapses, N_TIMES))
    few = [k * p.n_synapses + i for k in range(len(GROUPS)) for i in range(N_SIMULATED)]
    is_spike = np.isfinite(paths["biological"].times[sampled])
    spike_times = paths["biological"].times[sampled][is_spike]
    sample = np.stack([path.weights[sampled][is_spike] for path in paths.values()])
    thrown_away = np.cumsum(_thrown_away(sample[BIO], sample[ART], p.w0))
    bitten = np.flatnonzero(thrown_away != 0)
    after, volts = _potentials([p.w0, *sample[:, -1]])
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
        exact=np.stack([events.final_weight(rule, [pre[k] for k in few], post, p.w0) for rule in KINDS.values()]),
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


def _window(lags: Floats) -> Floats:
    """Pair STDP: what one pair changes."""
    v = PAIR_STDP.values
    after = v["A_plus"] * np.exp(-np.abs(lags) / v["tau_plus"])
    return np.where(lags > 0, after, np.where(lags < 0, -v["A_minus"] * np.exp(-np.abs(lags) / v["tau_minus"]), 0.0))


def _drifting(p: Parameters, post: Floats, sign: int) -> float:
    """Mean change of a free weight, given the post train: its window over lone and over accompanying pre spikes."""
    v = PAIR_STDP.values
    before = v["A_plus"] * v["tau_plus"] * (1 - np.exp(-post / v["tau_plus"]))
    after = v["A_minus"] * v["tau_minus"] * (1 - np.exp(-(p.duration - post) / v["tau_minus"]))
    by_lone = (1 - p.paired * abs(sign)) * p.rate * float((before - after).sum())
    together = post - sign * p.lag
    together = together[(together >= 0) & (together < p.duration)]
    return by_lone + p.paired * abs(sign) * float(_window(post - together[:, None]).sum())


def _settled(p: Parameters, sign: int) -> float:
    """Mean weight at the end with soft bounds: up (1 - w) - down w, both as rates of the hard-bounded rule."""
    extra = p.paired * p.rate * float(_window(np.array(sign * p.lag))) if sign else 0.0
    slope = -float(rates.drift(KINDS["soft bounds"], p.rate, p.rate, 1.0)) - min(extra, 0.0)
    up = float(rates.drift(KINDS["soft bounds"], p.rate, p.rate, 0.0)) + max(extra, 0.0)
    goal = up / (up + slope)
    return goal + (p.w0 - goal) * np.exp(-(up + slope) * p.duration)


def _potentials(weights: list[float]) -> tuple[Floats, Floats]:
    """What one spike through each weight does to the voltage of a neuron at rest, in Brian2: times, (n, n_times)."""
    n = len(weights)
    synapses = Projection("synapses", "pre", "post", [(0, k) for k in range(n)], weights)
    network = Network([Replay("pre", [[SPIKE_AT]]), Population("post", LIF_EXCITATORY, n)], [synapses])
    recording = spiking.simulate(network, SPIKE_AT + WATCHED, record=["post"])
    return recording.times - SPIKE_AT, (recording.voltages["post"] - LIF_EXCITATORY.values["E_L"]).T


def draw(result: Result, figure: Figure) -> None:
    """One synapse above, all synapses below."""
    grid = figure.add_gridspec(2, 3)
    one, lost, volts = (figure.add_subplot(grid[0, k]) for k in range(3))
    _one_synapse(one, lost, result)
    for kind, color in enumerate(COLORS):
        curves.curve(volts, result.after_spike * 1e3, result.potentials[kind] * 1e3, result.kinds[kind], color=color)
    curves.curve(volts, result.after_spike * 1e3, result.start_potential * 1e3, "all, at the start", color=FAINT)
    curves.zero_line(volts)
    curves.label(volts, "time after a presynaptic spike (ms)", "potential (mV)", "what one spike does at the end")
    volts.legend()
    _all_synapses(figure.add_subplot(grid[1, 0]), figure.add_subplot(grid[1, 1:]), result)


def _one_synapse(weight: Axes, lost: Axes, result: Result) -> None:
    """The weight of the sample under each bound, and what the clamp threw away."""
    path = {"end": result.times[-1], "unit": "s"}
    for name, sample, color in zip(result.kinds, result.sample, COLORS, strict=True):
        spikes.weight_steps(weight, result.sample_times, sample, name, color=color, w0=result.w0, **path)
    spikes.weight_steps(lost, result.sample_times, result.thrown_away, "", color=BIOLOGICAL, w0=0.0, **path)
    for axes in (weight, lost):
        curves.zero_line(axes)
        if np.isfinite(result.bite):
            axes.axvline(result.bite, color=FAINT, linestyle=":", zorder=0)
    weight.legend(loc="lower left")
    title = f"the clamp bites at {result.bite:.1f} s" if np.isfinite(result.bite) else "the clamp never bites"
    curves.label(weight, "time (s)", "weight w (w_max)", "one synapse, pre follows post")
    curves.label(lost, "time (s)", "change thrown away (w_max)", title)


def _all_synapses(mean: Axes, ends: Axes, result: Result) -> None:
    """Mean weights of the groups, and the weights at the end."""
    for means, color in zip(result.means, COLORS, strict=True):
        for group in means:
            curves.curve(mean, result.times, group, color=color)
    for name, end in zip(result.groups, result.means[ART, :, -1], strict=True):
        mean.text(result.times[-1] * 1.02, end, name, fontsize=8.5, va="center")
    mean.set_xlim(0.0, result.times[-1] * 1.42)
    edges = np.arange(np.floor(result.ends.min() / WIDTH), np.ceil(result.ends.max() / WIDTH) + 2) * WIDTH
    for name, weights, color in zip(result.kinds, result.ends, COLORS, strict=True):
        curves.histogram(ends, weights.ravel(), edges, name, color=color)
    ends.axvspan(edges[0], 0.0, color=FAINT, alpha=0.2, zorder=0)
    curves.zero_line(mean)
    curves.label(mean, "time (s)", "mean weight (w_max)", "groups of synapses")
    curves.label(ends, "weight at the end (w_max)", "synapses", "all synapses; shaded: below zero")
    ends.legend(loc="upper right")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    below = float((result.ends[ART] < 0).mean())
    return (
        f"Pair STDP at {len(GROUPS)} x {p.n_synapses} synapses of one neuron; all fire at {p.rate:g} Hz; in two "
        f"groups {p.paired:.0%} of the presynaptic spikes lead or follow a postsynaptic one by {p.lag * 1e3:g} ms. "
        f"Biological is clamped to 0 and 1, artificial unbounded, on the same spikes. After {p.duration:g} s "
        f"{below:.0%} of the artificial weights are negative: their excitatory neuron inhibits."
    )


def _in_errors(result: Result) -> float:
    """The largest distance of a group's mean artificial change from its closed form, in standard errors."""
    change = result.ends[ART] - result.w0
    errors = change.std(axis=1, ddof=1) / np.sqrt(change.shape[1]) + 1e-12  # none when all trains are alike
    return float((np.abs(change.mean(axis=1) - result.drifting) / errors).max())


def _before(marks: np.ndarray) -> int:
    """How many spikes pass before the first marked one; all, when none is marked."""
    return int(np.argmax(marks)) if marks.any() else marks.size


def _peak(volts: Floats) -> float:
    """The largest deflection, with its sign."""
    return float(volts[np.abs(volts).argmax()])


EXPERIMENT = Experiment(
    name="biological_and_artificial_weights",
    question="What does a clamp at zero do to synapses that see the same spikes as their unbounded twins?",
    source="song2000; guetig2003, eq. 2-3; kempter1999, section III",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_synapses=40, duration=80.0),
    claims=(
        Claim(
            "Brian2 gives every twin the same weight as the exact engine (largest difference)",
            lambda r: float(np.abs(r.brian2 - r.exact).max()),
            0.0,
            "another engine",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "A clamped weight is the free one, lifted by how far that has been below zero (largest error)",
            lambda r: r.clamp_error,
            0.0,
            "Skorokhod's reflection",
            tolerance=1e-11,
            reason="rounding, added up over thousands of spikes",
        ),
        Claim(
            "Free weights drift as the window and the spikes say (largest distance of a group, standard errors)",
            _in_errors,
            0.0,
            "kempter1999, section III",
            tolerance=5.0,
            reason="five standard errors",
        ),
        Claim(
            "The clamp bites at the very spike that takes the artificial weight below zero (spikes before it)",
            lambda r: _before(r.thrown_away != 0),
            lambda r: _before(r.sample[ART] < 0),
            "another route",
            reason="the same spike",
        ),
        Claim(
            "One spike through the artificial weight inhibits: its potential at the end (mV)",
            lambda r: 1e3 * _peak(r.potentials[ART]),
            lambda r: 1e3 * synaptic_potential(LIF_EXCITATORY, r.sample[ART, -1]),
            "closed form",
            tolerance=lambda r: 0.01 * 1e3 * abs(synaptic_potential(LIF_EXCITATORY, r.sample[ART, -1])),
            reason="a hundredth: the peak is met to within a step of 0.1 ms",
        ),
        Claim(
            "No spike through a biological or softly bounded weight ever inhibits (lowest potential, mV)",
            lambda r: 1e3 * float(min(r.potentials[BIO].min(), r.potentials[SOFTLY].min())),
            0.0,
            "Dale's principle",
            tolerance=1e-9,
            reason="rounding of volts",
            relation="at least",
        ),
        Claim(
            "Soft bounds settle where up (1 - w) meets down w (largest distance of a group's mean)",
            lambda r: float(np.abs(r.ends[SOFTLY].mean(axis=1) - r.settled).max()),
            0.0,
            "kempter1999, section III",
            tolerance=0.05,
            reason="the post train alone fires a few per cent more or less than its rate",
        ),
    ),
    memory=lambda p: 8.0 * len(GROUPS) * p.n_synapses * 2 * p.rate * p.duration * 14,
    records=(*KINDS.values(), LIF_EXCITATORY),
    size=(12.0, 6.4),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
