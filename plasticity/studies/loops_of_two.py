"""Two neurons that drive each other: rate loops in continuous and in discrete time, and pairs of spiking neurons.

Source: lecture (the loop of two neurons); gerstner2014, section 1.3 (the rate of the spiking neurons).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.loops import Loop, iterate, nullclines, trajectory
from plasticity.artificial.regimes import DISCRETE, fixed_points, regime
from plasticity.experiment import column, parameter
from plasticity.neurons import closed_form_rate, rheobase
from plasticity.progress import tracked
from plasticity.studies import spiking_pairs, two_neuron_loop
from plasticity.studies.spiking_pairs import END, INHIBITORY, LENGTH, ONSETS, PAIRS, REST

SIGNS = {"weak excitation": (1, 1), "both excite": (1, 1), "both inhibit": (-1, -1), "one of each": (1, -1)}


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
    pulsed_kinds: np.ndarray = column("", "pulsed_kinds", meaning="of the pairs that get a pulse in discrete time")
    pulsed: Floats = column("1", "pulsed_kinds", "pulsed_steps", meaning="change of the rates by a pulse to B")
    bistable_from: float = column("1", meaning="weight of mutual excitation from which two states are stable")
    oscillating_from: float = column("1", meaning="weight from which one of each oscillates in discrete time")
    clock: Floats = column("ms", "clock", meaning="of the rates")
    spike_rates: Floats = column(
        "Hz", "pairs", "sides", "clock", meaning="one over the last interval, or the silence since"
    )
    held: Floats = column("Hz", "pairs", "phases", "sides", meaning="rate before, between and after the pulses")
    spike_times: Floats = column("ms", "spikes")
    spike_pair: np.ndarray = column("", "spikes")
    spike_side: np.ndarray = column("", "spikes")
    held_in_theory: float = column("Hz", meaning="largest r = f(I + w J tau_syn r)")
    alone: float = column("Hz", meaning="closed form of a neuron of the inhibitory pair without inhibition")
    dt: float = column("s", meaning="step of the spiking run")


def study(parameters: Parameters) -> Result:
    """Rate loops: paths, fixed points, regimes; spiking pairs: one network."""
    p = parameters
    loops = [_loop(p.weak if kind == "weak excitation" else p.strength, signs) for kind, signs in SIGNS.items()]
    axis, times = np.linspace(0.0, 1.0, 201), np.linspace(0.0, p.duration, p.n_times)
    starts = np.random.default_rng(p.seed).uniform(0.0, 1.0, (p.n_starts, 2))
    points = [(kind, point) for kind, loop in zip(SIGNS, loops, strict=True) for point in fixed_points(loop)]
    pulsed = two_neuron_loop.study(two_neuron_loop.Parameters(strength=p.strength)).pairs
    trains = spiking_pairs.spikes(p.weight, p.dt)
    clock = np.arange(0.0, END, 1e-3)
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
        pulsed_kinds=np.array(list(pulsed)),
        pulsed=np.stack([pair.changes["second"] for pair in pulsed.values()]),
        bistable_from=_first(lambda w: regime(_loop(w, (1, 1))) == "bistable"),
        oscillating_from=_first(lambda w: regime(_loop(w, (1, -1)), DISCRETE) == "oscillating"),
        clock=clock,
        spike_rates=_per_pair(trains, lambda train: spiking_pairs.momentary(train, clock)),
        held=np.moveaxis(
            _per_pair(trains, lambda train: np.array([spiking_pairs.rate_between(train, *phase) for phase in phases])),
            1,
            2,
        ),
        spike_times=np.array([time for time, _, _ in flat]),
        spike_pair=np.array([pair for _, pair, _ in flat]),
        spike_side=np.array([side for _, _, side in flat]),
        held_in_theory=spiking_pairs.self_sustained(p.weight),
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


def _per_pair(trains: dict[tuple[str, int], Floats], measure: Callable[[Floats], Any]) -> Floats:
    return np.array([[measure(trains[pair, side]) for side in (0, 1)] for pair in PAIRS])
