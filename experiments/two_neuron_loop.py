"""What do two neurons do that drive each other: settle, remember, choose a winner, or oscillate?

Source: lecture (the loop of two neurons); gerstner2014, section 1.3 (the rate of the spiking neurons).
Differs: rate neurons are sigmoids whose bias makes half a partner's rate neutral; the spiking pairs are ours.
Time: quick 5 s, full 8 s (rate loops, then one Brian2 run of three spiking pairs).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.artificial.loops import Loop, iterate, nullclines, trajectory
from plasticity.artificial.regimes import DISCRETE, fixed_points, regime
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.neurons import NEURONS, closed_form_rate, rheobase
from plasticity.plots import Axes, Figure, curves
from plasticity.plots.style import ARTIFICIAL, FAINT
from plasticity.progress import tracked
from plasticity.spiking import Network, Population, Projection

SIGNS = {"weak excitation": (1, 1), "both excite": (1, 1), "both inhibit": (-1, -1), "one of each": (1, -1)}
PAIRS = ("both excite", "both inhibit", "one of each")
EXCITATORY, INHIBITORY = NEURONS["lif_excitatory"], NEURONS["lif_inhibitory"]
REST = {"both excite": (0.9, 0.9), "both inhibit": (1.3, 1.3), "one of each": (1.3, 0.6)}  # rheobases, of A and B
# Current (rheobases) of the pulse to A, then of the one to B: what excites itself has to be stopped by the second
PULSES = {"both excite": (0.8, -1.6), "both inhibit": (0.8, 0.8), "one of each": (0.8, 0.8)}
ONSETS, LENGTH, END, DELAY = (0.2, 0.6), 0.05, 1.0, 1e-3  # seconds
LONGEST = 0.1  # seconds; a neuron that has been silent for longer counts as silent


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    strength: float = parameter(6.0, "1", "weight of the rate loops", least=4.5, most=20)
    weak: float = parameter(2.5, "1", "of the weak one", least=0.5, most=3.0)
    weight: float = parameter(8.0, "1", "weight of the spiking synapses", least=6, most=10)
    n_starts: int = parameter(12, meaning="random starts of each rate loop", least=2, most=200)
    n_times: int = parameter(601, meaning="times at which trajectories are kept", least=61, most=5001)
    duration: float = parameter(0.6, "ms", "of a trajectory", least=0.25, most=5)
    dt: float = parameter(5e-5, "ms", "step of the spiking run", least=1e-5, most=2e-4)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Rate loops of every kind; spiking pairs under two pulses."""

    kinds: np.ndarray = column("", "kinds")
    regimes: np.ndarray = column("", "kinds", meaning="in continuous time")
    turning: Floats = column(
        "1", "kinds", meaning="steps of a full turn around the first fixed point, by its eigenvalue"
    )
    axis: Floats = column("1", "axis", meaning="rate of the other neuron")
    nullclines: Floats = column("1", "kinds", "sides", "axis", meaning="rate at which A, B stands still")
    times: Floats = column("ms", "times")
    paths: Floats = column("1", "kinds", "times", "starts", "sides", meaning="rates from random starts")
    point_kinds: np.ndarray = column("", "points", meaning="kind of loop of the fixed point")
    points_a: Floats = column("1", "points", meaning="rate of A")
    points_b: Floats = column("1", "points", meaning="rate of B")
    is_stable: np.ndarray = column("", "points")
    steps: Floats = column("1", "kinds", "steps", "sides", meaning="rates in discrete time")
    bistable_from: float = column("1", meaning="weight of mutual excitation from which two states are stable")
    oscillating_from: float = column("1", meaning="weight from which one of each oscillates in discrete time")
    clock: Floats = column("ms", "clock", meaning="of the rate between two spikes")
    spike_rates: Floats = column("Hz", "pairs", "sides", "clock", meaning="one over the interval between two spikes")
    held: Floats = column("Hz", "pairs", "phases", "sides", meaning="rate before, between and after the pulses")
    spike_times: Floats = column("ms", "spikes")
    spike_pair: np.ndarray = column("", "spikes")
    spike_side: np.ndarray = column("", "spikes")
    held_in_theory: float = column("Hz", meaning="largest r = f(I + w J tau_syn r)")
    alone: float = column("Hz", meaning="closed form of a neuron of the inhibitory pair without inhibition")
    dt: float = column("s", meaning="step of the spiking run")


def run(parameters: Parameters) -> Result:
    """Rate loops: paths, fixed points, regimes; spiking pairs: one network."""
    p = parameters
    loops = [_loop(p.weak if kind == "weak excitation" else p.strength, signs) for kind, signs in SIGNS.items()]
    axis, times = np.linspace(0.0, 1.0, 201), np.linspace(0.0, p.duration, p.n_times)
    starts = np.random.default_rng(p.seed).uniform(0.0, 1.0, (p.n_starts, 2))
    points = [(kind, point) for kind, loop in zip(SIGNS, loops, strict=True) for point in fixed_points(loop)]
    trains = _spikes(p)
    clock = np.arange(0.0, END - LONGEST, 1e-3)  # beyond, no later spike may close an interval
    flat = [(time, pair, "AB"[side]) for (pair, side), train in trains.items() for time in train]
    phases = ((0.1, ONSETS[0]), (ONSETS[0] + LENGTH + 0.1, ONSETS[1]), (ONSETS[1] + LENGTH + 0.1, END))
    return Result(
        kinds=np.array(list(SIGNS)),
        regimes=np.array([regime(loop) for loop in loops]),
        turning=np.array([_turn(loop) for loop in loops]),
        axis=axis,
        nullclines=np.stack([np.stack(nullclines(loop, axis)) for loop in loops]),
        times=times,
        paths=np.stack([trajectory(loop, starts, times) for loop in tracked(loops, "rate loops")]),
        point_kinds=np.array([kind for kind, _ in points]),
        points_a=np.array([point.rates[0] for _, point in points]),
        points_b=np.array([point.rates[1] for _, point in points]),
        is_stable=np.array([point.is_stable for _, point in points]),
        steps=np.stack([iterate(loop, starts[0], 60) for loop in loops]),
        bistable_from=_first(lambda w: regime(_loop(w, (1, 1))) == "bistable"),
        oscillating_from=_first(lambda w: regime(_loop(w, (1, -1)), DISCRETE) == "oscillating"),
        clock=clock,
        spike_rates=_per_pair(trains, lambda train: _momentary(train, clock)),
        held=np.moveaxis(_per_pair(trains, lambda train: np.array([_rate(train, *phase) for phase in phases])), 1, 2),
        spike_times=np.array([time for time, _, _ in flat]),
        spike_pair=np.array([pair for _, pair, _ in flat]),
        spike_side=np.array([side for _, _, side in flat]),
        held_in_theory=_self_sustained(p.weight),
        alone=float(closed_form_rate(INHIBITORY, REST["both inhibit"][0] * rheobase(INHIBITORY))),
        dt=p.dt,
    )


def _loop(weight: float, signs: tuple[int, int]) -> Loop:
    """Two sigmoids; the inputs make half a partner's rate neutral."""
    to_b, to_a = signs
    return Loop((to_a * weight, to_b * weight), (-to_a * weight / 2, -to_b * weight / 2))


def _turn(loop: Loop) -> float:
    """Steps of discrete time in which a deviation turns around the first fixed point once; infinity for none."""
    angle = abs(float(np.angle(fixed_points(loop, DISCRETE)[0].eigenvalues[0])))
    return 2 * np.pi / angle if angle > 1e-6 else np.inf


def _first(is_so: Callable[[float], bool], low: float = 2.7, high: float = 5.2) -> float:
    """The weight from which `is_so` holds, by halving."""
    while high - low > 5e-3:
        middle = (low + high) / 2
        low, high = (low, middle) if is_so(middle) else (middle, high)
    return (low + high) / 2


def _self_sustained(weight: float) -> float:
    """The largest rate at which a neuron of the exciting pair is held by the mean current that this rate causes."""
    v = EXCITATORY.values
    rate = 1 / v["t_ref"]
    for _ in range(500):  # from above, down to the first fixed point
        current = REST["both excite"][0] * rheobase(EXCITATORY) + weight * v["J_syn"] * v["tau_syn"] * rate
        rate = float(closed_form_rate(EXCITATORY, current))
    return rate


def _spikes(p: Parameters) -> dict[tuple[str, int], Floats]:
    """{(pair, 0 for A or 1 for B): spike times}, of all pairs in one network."""
    times = np.arange(round(END / p.dt)) * p.dt
    where = {  # neurons of the excitatory and of the inhibitory population
        ("both excite", 0): ("excitatory", 0),
        ("both excite", 1): ("excitatory", 1),
        ("both inhibit", 0): ("inhibitory", 0),
        ("both inhibit", 1): ("inhibitory", 1),
        ("one of each", 0): ("excitatory", 2),
        ("one of each", 1): ("inhibitory", 2),
    }
    currents = {name: np.zeros((times.size, 3)) for name in ("excitatory", "inhibitory")}
    for (pair, side), (name, index) in where.items():
        pulse = (times >= ONSETS[side]) & (times < ONSETS[side] + LENGTH)
        currents[name][:, index] = (REST[pair][side] + PULSES[pair][side] * pulse) * rheobase(EXCITATORY)
    both = [(0, 1), (1, 0)]
    ends = {"excitatory": ("excitatory", both), "inhibitory": ("inhibitory", both)}
    projections = [Projection(f"in_{a}", a, b, pairs, p.weight, delay=DELAY) for a, (b, pairs) in ends.items()]
    projections += [
        Projection("forth", "excitatory", "inhibitory", [(2, 2)], p.weight, delay=DELAY),
        Projection("back", "inhibitory", "excitatory", [(2, 2)], p.weight, delay=DELAY),
    ]
    populations = [
        Population("excitatory", EXCITATORY, 3, currents["excitatory"]),
        Population("inhibitory", INHIBITORY, 3, currents["inhibitory"]),
    ]
    recording = spiking.simulate(Network(populations, projections), END, dt=p.dt)
    return {key: recording.spikes[name][index] for key, (name, index) in where.items()}


def _per_pair(trains: dict[tuple[str, int], Floats], measure: Callable[[Floats], Any]) -> Floats:
    return np.array([[measure(trains[pair, side]) for side in (0, 1)] for pair in PAIRS])


def _momentary(train: Floats, clock: Floats) -> Floats:
    """One over the interval that each time lies in; 0 where no interval does, or one that is longer than LONGEST."""
    intervals = np.diff(train, prepend=-np.inf, append=np.inf)
    around = intervals[np.searchsorted(train, clock, side="right")]
    return np.where(around <= LONGEST, 1 / around, 0.0)


def _rate(train: Floats, start: float, end: float) -> float:
    return spiking.statistics(train[(train >= start) & (train < end)] - start, end - start).rate


def draw(result: Result, figure: Figure) -> None:
    """Above the planes of the rate loops; beneath discrete time, and the spiking pairs."""
    above, beneath = figure.subplots(2, len(SIGNS))
    for k, axes in enumerate(above):
        _draw_plane(axes, result, k)
    above[0].legend(loc="upper left", bbox_to_anchor=(0.0, 1.0))
    for side, name in enumerate("AB"):
        curves.curve(beneath[0], np.arange(25), result.steps[-1, :25, side], name, number=2 * side)
    curves.label(beneath[0], "step", "rate", "one of each, in steps")
    beneath[0].set_ylim(-0.05, 1.3)
    beneath[0].legend(loc="upper right", ncols=2)
    for axes, pair, rates in zip(beneath[1:], PAIRS, result.spike_rates, strict=True):
        for start in ONSETS:
            axes.axvspan(start * 1e3, (start + LENGTH) * 1e3, color=FAINT, alpha=0.5, linewidth=0)
        for side, name in enumerate("AB"):
            curves.curve(axes, result.clock * 1e3, rates[side], name, number=2 * side)
        curves.label(axes, "time (ms)", "firing rate (Hz)", f"spiking: {pair}")
        axes.set_ylim(-0.04 * rates.max(), 1.3 * rates.max())
        axes.legend(loc="upper right", ncols=2)


def _draw_plane(axes: Axes, result: Result, k: int) -> None:
    for start in range(result.paths.shape[2]):
        axes.plot(*result.paths[k, :, start].T, color=FAINT, linewidth=0.9, zorder=1)
    curves.curve(axes, result.nullclines[k, 0], result.axis, "A stands still", number=0)
    curves.curve(axes, result.axis, result.nullclines[k, 1], "B stands still", number=2)
    for is_stable, fill in ((True, ARTIFICIAL), (False, "white")):
        chosen = (result.point_kinds == result.kinds[k]) & (result.is_stable == is_stable)
        look: dict[str, Any] = {"color": ARTIFICIAL, "markerfacecolor": fill, "markersize": 7, "zorder": 5}
        axes.plot(result.points_a[chosen], result.points_b[chosen], "o", **look)
    curves.label(axes, "rate of A", "rate of B", f"{result.kinds[k]}:\n{result.regimes[k]}")
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(-0.03, 1.35 if k == 0 else 1.03)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"Above: two sigmoid rate neurons with weights {p.weak:g} (left) and {p.strength:g}: paths from {p.n_starts} "
        "random starts (grey), nullclines, fixed points (full: stable; open: not). Beneath, left: in discrete time "
        f"one of each goes round for ever. Then pairs of spiking neurons (weight {p.weight:g}; one over the interval "
        "between spikes) with a pulse to A, then one to B (shaded): mutual excitation is switched on and, by an "
        "inhibiting pulse, off; mutual inhibition holds the last winner; one of each returns to where it was."
    )


def _astray(result: Result) -> float:
    """How far the end of a path is from the nearest stable fixed point, at most."""
    far = []
    for kind, ends in zip(result.kinds, result.paths[:, -1], strict=True):
        chosen = (result.point_kinds == kind) & result.is_stable
        points = np.stack([result.points_a[chosen], result.points_b[chosen]], axis=-1)
        far.append(np.linalg.norm(ends[:, None] - points, axis=-1).min(axis=1).max())
    return float(max(far))


def _period(result: Result) -> float:
    """After how many steps one of each is again where it was; 0 for never in ten."""
    states = result.steps[-1]
    return float(next((k for k in range(1, 11) if np.abs(states[-1] - states[-1 - k]).max() < 1e-6), 0))


EXPERIMENT = Experiment(
    name="two_neuron_loop",
    question="What do two neurons do that drive each other: settle, remember, choose a winner, or oscillate?",
    source="lecture, the loop of two neurons; gerstner2014, section 1.3",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_starts=6, n_times=251, duration=0.25, dt=2e-4),
    claims=(
        Claim(
            "In continuous time every path ends in a stable fixed point (largest distance)",
            _astray,
            0.0,
            "another engine: roots, not integration",
            tolerance=1e-3,
            reason="what is left of a deviation after 25 time constants or more, for starts that lie near a border",
        ),
        Claim(
            "Mutual excitation has two stable states from the weight at which the gain of a round is 1",
            lambda result: result.bistable_from,
            4.0,
            "closed form: w f'(0) = w/4",
            tolerance=0.01,
            reason="rounding at the bifurcation, halving to 0.005",
        ),
        Claim(
            "In discrete time, with one neuron of each kind, the loop oscillates from the same weight on",
            lambda result: result.oscillating_from,
            4.0,
            "closed form: |eigenvalue| = w/4",
            tolerance=0.01,
            reason="rounding at the bifurcation, halving to 0.005",
        ),
        Claim(
            "The oscillation takes as many steps as the eigenvalue of the fixed point needs for one turn (steps)",
            _period,
            lambda result: result.turning[-1],
            "closed form: eigenvalues of the Jacobian",
            tolerance=1e-6,
            reason="rounding",
        ),
        Claim(
            "Spiking: mutual excitation holds the rate of r = f(I + w J tau_syn r) after the pulse (Hz)",
            lambda result: result.held[0, 1].mean(),
            lambda result: result.held_in_theory,
            "closed form of the rate, mean current",
            tolerance=lambda result: 0.05 * result.held_in_theory + result.held_in_theory**2 * result.dt,
            reason="a synaptic current of 5 ms is not quite its mean; one step in an interval",
        ),
        Claim(
            "Spiking: the winner of mutual inhibition fires as if alone (larger rate, Hz, between the pulses)",
            lambda result: result.held[1, 1].max(),
            lambda result: result.alone,
            "closed form of the rate",
            tolerance=lambda result: result.alone**2 * result.dt,
            reason="one step in an interval",
        ),
        Claim(
            "Spiking: the loser of mutual inhibition is silent, before and after they change places (Hz)",
            lambda result: result.held[1, 1:].min(axis=1).max() + abs(result.held[1, 1, 1] - result.held[1, 2, 0]),
            0.0,
            "closed form: the mean inhibition of the winner exceeds what the loser has above its rheobase",
            tolerance=1e-9,
            reason="rounding",
        ),
    ),
    memory=lambda p: 200.0 * p.n_starts * p.n_times + 400.0 * END / p.dt,
    records=(EXCITATORY, INHIBITORY),
    size=(13.0, 7.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
