"""Two neurons drive each other: what becomes of both synapses, for every order of firing and every rule on spikes?

Source: lecture (the question); song2000 (the neuron, pair STDP); the source of each rule is in its record.
Differs: the lecture asks about one firing; here it is repeated, and neurons may fire together or alone.
Time: quick 4 s, full 7 s (Brian2; both neurons of every order and rule in one run).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import events, spiking
from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.plots import Figure, curves, spikes
from plasticity.plots.style import FAINT
from plasticity.rules import RULES
from plasticity.spiking import Network, Population, Projection, Recording

SPIKE_RULES = tuple(
    RULES[name]
    for name in ("spiking_hebbian", "spiking_anti_hebbian", "pair_stdp", "anti_stdp", "bi_poo", "triplet_stdp")
)
ORDERS = ("A then B", "B then A", "together", "A alone", "B alone")
ALONE = slice(3, None)  # the orders in which one fires
CURRENT, PULSE, FIRST = 2e-9, 2e-3, 20e-3  # amperes, seconds: makes a neuron at rest fire once; the first pulse
DT, KEPT_EVERY, SHOWN = 2e-4, 5, 0.2  # seconds; steps between two weights that are kept; seconds of the rasters


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    lag: float = parameter(10e-3, "ms", "between the pulses to the neurons, when both fire", least=3e-3, most=40e-3)
    n_pairs: int = parameter(20, meaning="firings of each neuron that fires", least=1, most=200)
    interval: float = parameter(100e-3, "ms", "from one firing to the next", least=90e-3, most=1)
    w0: float = parameter(0.5, "1", "start weight of both synapses", source="lecture", least=0, most=1)


@dataclass(frozen=True)
class Result:
    """Weights of both synapses over time: A leads from neuron A to B, B from neuron B to A."""

    times: Floats = column("s", "times")
    rules: np.ndarray = column("", "rules", meaning="the rule of both synapses")
    orders: np.ndarray = column("", "orders", meaning="who fires first")
    synapses: np.ndarray = column("", "synapses", meaning="by the neuron that it comes from")
    weights: Floats = column("1", "rules", "orders", "synapses", "times", meaning="weight in Brian2")
    final: Floats = column("1", "rules", "orders", "synapses", meaning="weight at the end, Brian2")
    exact: Floats = column("1", "rules", "orders", "synapses", meaning="exact engine, on the spikes fired")
    summed: Floats = column("1", "checked", "orders", "synapses", meaning="closed form, sum over all pairs of spikes")
    checked: np.ndarray = column("", "checked", meaning="rules whose sum over all pairs is known")
    n_spikes: np.ndarray = column("1", "rules", "orders", "synapses", meaning="spikes of the neuron")
    n_expected: np.ndarray = column("1", "orders", "synapses", meaning="pulses to the neuron")
    spike_times: Floats = column("s", "spikes", meaning="of all neurons of the first rule")
    spike_of: np.ndarray = column("1", "spikes", meaning="which neuron: 2 order, + 1 for B")


def run(parameters: Parameters) -> Result:
    """A pair of neurons for every rule and order, in one network."""
    p = parameters
    shape = (len(SPIKE_RULES), len(ORDERS), 2)
    recording = _simulated(p)
    trains = recording.spikes["neurons"]
    posts = [trains[k ^ 1] for k in range(len(trains))]  # the partner of neuron 2 k is 2 k + 1
    per_rule = 2 * len(ORDERS)
    parts = [slice(k * per_rule, (k + 1) * per_rule) for k in range(len(SPIKE_RULES))]
    exact = [events.final_weight(r, trains[s], posts[s], p.w0) for r, s in zip(SPIKE_RULES, parts, strict=True)]
    paths = [recording.trajectories[rule.name].weights[:, ::KEPT_EVERY] for rule in SPIKE_RULES]
    pairs = [list(zip(trains[s], posts[s], strict=True)) for s in parts]
    summed = {
        rule.name: [p.w0 + _window(rule.name, *pair) for pair in found]
        for rule, found in zip(SPIKE_RULES, pairs, strict=True)
        if rule.name in ("pair_stdp", "spiking_hebbian")
    }
    shown = trains[:per_rule]
    return Result(
        times=recording.times[::KEPT_EVERY],
        rules=np.array([rule.name for rule in SPIKE_RULES]),
        orders=np.array(ORDERS),
        synapses=np.array(["A", "B"]),
        weights=np.stack(paths).reshape(*shape, -1),
        final=np.stack([recording.weights[rule.name] for rule in SPIKE_RULES]).reshape(shape),
        exact=np.stack(exact).reshape(shape),
        summed=np.array(list(summed.values())).reshape(-1, *shape[1:]),
        checked=np.array(list(summed)),
        n_spikes=np.array([train.size for train in trains]).reshape(shape),
        n_expected=np.array([[len(onsets) for onsets in _onsets(p, order)] for order in ORDERS]),
        spike_times=np.concatenate(shown),
        spike_of=np.concatenate([np.full(train.size, k) for k, train in enumerate(shown)]),
    )


def _onsets(p: Parameters, order: str) -> tuple[Floats, Floats]:
    """When the pulses to A and to B begin."""
    first, none = FIRST + np.arange(p.n_pairs) * p.interval, np.empty(0)
    return {
        "A then B": (first, first + p.lag),
        "B then A": (first + p.lag, first),
        "together": (first, first),
        "A alone": (first, none),
        "B alone": (none, first),
    }[order]


def _simulated(p: Parameters) -> Recording:
    """All pairs of neurons, those of a rule side by side, driven by pulses of current."""
    duration = FIRST + p.n_pairs * p.interval
    onsets = [side for order in ORDERS for side in _onsets(p, order)]
    current = np.zeros((round(duration / DT), len(onsets)))
    for neuron, starts in enumerate(onsets):
        for start in starts:
            current[round(start / DT) : round((start + PULSE) / DT), neuron] = CURRENT
    neurons = Population("neurons", LIF_EXCITATORY, len(onsets) * len(SPIKE_RULES), np.tile(current, len(SPIKE_RULES)))
    synapses = [
        Projection(rule.name, "neurons", "neurons", [(i, i ^ 1) for i in _neurons(k, len(onsets))], p.w0, rule)
        for k, rule in enumerate(SPIKE_RULES)
    ]
    names = [rule.name for rule in SPIKE_RULES]
    return spiking.simulate(Network([neurons], synapses), duration, dt=DT, record=names)


def _neurons(rule: int, per_rule: int) -> range:
    return range(rule * per_rule, (rule + 1) * per_rule)


def _window(rule: str, pre: Floats, post: Floats) -> float:
    """The changes of all pairs of spikes, added up: pair STDP ignores coincidence, the Hebbian rule counts it."""
    lags, v = (post - pre[:, None]).ravel(), RULES[rule].values
    if rule == "spiking_hebbian":
        return float(v["A"] * np.exp(-np.abs(lags) / v["tau"]).sum())
    up = v["A_plus"] * np.exp(-lags[lags > 1e-9] / v["tau_plus"]).sum()
    return float(up - v["A_minus"] * np.exp(lags[lags < -1e-9] / v["tau_minus"]).sum())


def draw(result: Result, figure: Figure) -> None:
    """A column for each order: the first spikes, then both weights under each rule."""
    panels = figure.subplots(1 + len(result.rules), len(result.orders), sharey="row")
    for order, (name, column_) in enumerate(zip(result.orders, panels.T, strict=True)):
        trains = [result.spike_times[result.spike_of == 2 * order + k] for k in range(2)]
        spikes.raster(column_[0], [train[train < SHOWN] for train in trains], ["A", "B"], unit="s")
        column_[0].set(title=name, xlim=(0.0, SHOWN), xlabel="time (s), first spikes")
        for rule, axes in enumerate(column_[1:]):
            for synapse, label in enumerate(("synapse A (from A to B)", "synapse B (from B to A)")):
                curves.curve(axes, result.times, result.weights[rule, order, synapse], label, number=(0, 3)[synapse])
            axes.axhline(result.weights[rule, order, 0, 0], color=FAINT, linewidth=0.8, zorder=0)
            axes.tick_params(labelbottom=rule == len(result.rules) - 1)
            axes.locator_params(nbins=3)
        column_[-1].set_xlabel("time (s)")
    for rule_name, axes in zip(result.rules, panels[1:, 0], strict=True):
        axes.set_ylabel(f"{rule_name}\nweight w", fontsize=8.5)
    panels[1, -1].legend(loc="upper left", fontsize=7.5)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"Two leaky integrate-and-fire neurons that excite each other, made to fire {p.n_pairs} times, "
        f"{p.interval * 1e3:g} ms apart, by pulses of current; {p.lag * 1e3:g} ms lie between them when one fires "
        f"before the other. Synapse A leads from A to B, synapse B back; both start at w = {p.w0:g}. "
        "A row for each rule."
    )


def _row(result: Result, name: str) -> Floats:
    return result.final[list(result.rules).index(name)]


EXPERIMENT = Experiment(
    name="mutual_pair",
    question="Two neurons drive each other: what becomes of both synapses, for every order of firing and every rule "
    "on spikes?",
    source="lecture; song2000",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_pairs=2),
    claims=(
        Claim(
            "Every neuron fires once a pulse, and never without, though its partner excites it (neurons that do not)",
            lambda r: int((r.n_spikes != r.n_expected).sum()),
            0,
            "another count",
        ),
        Claim(
            "Synapses of spiking neurons get the weights that the exact engine finds for their spikes (difference)",
            lambda r: float(np.abs(r.final - r.exact).max()),
            0.0,
            "another engine",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "Pair STDP and the Hebbian rule change w by the sum over all pairs of spikes (largest error)",
            lambda r: max(float(np.abs(_row(r, n) - s).max()) for n, s in zip(r.checked, r.summed, strict=True)),
            0.0,
            "closed form",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "What A then B does to synapse A, B then A does to synapse B, under every rule (largest difference)",
            lambda r: float(np.abs(r.final[:, 0] - r.final[:, 1, ::-1]).max()),
            0.0,
            "symmetry",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "When one neuron fires alone, no rule on spikes changes any weight (largest change)",
            lambda r: float(np.abs(r.final[:, ALONE] - r.weights[:, ALONE, :, 0]).max()),
            0.0,
            "every change needs both spikes",
        ),
        Claim(
            "Both firing in an order, pair STDP takes sides: one synapse gains, the other loses (product of changes)",
            lambda r: float(np.prod(_row(r, "pair_stdp")[0] - r.weights[0, 0, 0, 0])),
            0.0,
            "song2000",
            relation="at most",
        ),
        Claim(
            "Firing together, both synapses gain the same under the Hebbian rule: at least A a firing",
            lambda r: float((_row(r, "spiking_hebbian")[2] - r.weights[0, 0, 0, 0]).min() / r.n_expected[2, 0]),
            RULES["spiking_hebbian"].values["A"],
            "hebb1949",
            tolerance=1e-12,
            reason="rounding; neighbouring firings add a little",
            relation="at least",
        ),
    ),
    memory=lambda p: 8.0 * (FIRST + p.n_pairs * p.interval) / DT * 2 * len(ORDERS) * len(SPIKE_RULES) * 6,
    records=(*SPIKE_RULES, LIF_EXCITATORY),
    size=(12.5, 10.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
