"""The same spikes at a biological and at an artificial synapse: post keeps firing before pre.

Source: lecture (the question); song2000 (the rule, the neuron). A biological weight is bounded below by 0.
"""

from dataclasses import dataclass

import numpy as np

from plasticity import engines, protocols, spiking
from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.rules import RULES, Rule, soft_bounds, unbounded
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.rules.system import system
from plasticity.spiking import Network, Population, Projection, Replay
from plasticity.studies.stimulated import NotAsked, on_spikes, other_events

ALONE = 20  # time constants after which a trace is gone
SPIKE_AT, WATCHED = 5e-3, 60e-3  # seconds: of the run that shows potentials


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    lag: float = parameter(10e-3, "ms", "by which post fires before pre", least=1e-4, most=80e-3)
    n_pairings: int = parameter(400, meaning="pairings", least=1, most=5000)
    rate: float = parameter(1.0, "Hz", "pairings a second", least=0.01, most=5)
    w0: float = parameter(0.5, "1", "start weight", source="lecture", least=0, most=1)
    rule: str = parameter("pair_stdp", meaning="the rule of the synapse; its lower bound is what is asked about")


@dataclass(frozen=True)
class Side:
    """One of the two synapses.

    weights    : after each pairing, by the exact engine
    simulated  : the same in Brian2
    n_to_zero  : pairings until the weight is 0 or below; None when it is not within those that are made
    potentials : volts, with their sign, what one presynaptic spike causes: at the start, at zero, at the end
    """

    weights: Floats
    simulated: Floats
    n_to_zero: int | None
    potentials: Floats


@dataclass(frozen=True)
class Result:
    """The clamped and the unbounded synapse; the weight at the end under soft bounds, where the rule can have them.

    step : by which pair STDP falls at each pairing in closed form, away from bounds; NaN for other rules, and where
           pairings come so fast that they see each other
    """

    w0: float
    biological: Side
    artificial: Side
    soft_end: float
    step: float


def study(parameters: Parameters, target: str = "auto") -> Result:
    """Both synapses on the same trains, then one spike through each weight of interest.

    raises UnknownName for a rule that is not in the catalogue, ArgumentError for one that spikes alone do not move
    """
    p, rule = parameters, _asked(parameters.rule)
    pre, post = protocols.pairing(-p.lag, n_pairs=p.n_pairings, rate=p.rate)
    runs = []
    for form in (rule, unbounded(rule)):
        # Two spikes a pairing: the weight after the second is the weight after the pairing
        exact = engines.trajectory(form, pre, post, p.w0).weights[1::2]
        runs.append((exact, spiking.trajectory(form, pre, post, p.w0, target=target).weights[1::2]))
    zeros = [_first(exact <= 0) for exact, _ in runs]
    probes = [[p.w0, exact[-1 if k is None else k], exact[-1]] for k, (exact, _) in zip(zeros, runs, strict=True)]
    volts = potentials(np.ravel(probes).tolist(), target)[1]
    peaks = volts[np.arange(len(volts)), np.abs(volts).argmax(axis=1)].reshape(2, 3)
    sides = [Side(*run, None if k is None else k + 1, peak) for run, k, peak in zip(runs, zeros, peaks, strict=True)]
    soft = engines.final_weight(soft_bounds(PAIR_STDP), pre, post, p.w0) if rule == PAIR_STDP else np.nan
    biological, artificial = sides
    step = _step(p) if rule == PAIR_STDP else np.nan
    return Result(p.w0, biological, artificial, soft_end=float(soft), step=step)


def _asked(name: str) -> Rule:
    """A rule that spikes alone move, at spikes."""
    rule = RULES[name]
    try:
        on_spikes(rule)
    except NotAsked as reason:
        raise ArgumentError(f"the rule is {name}, and {reason}; choose another, such as {PAIR_STDP.name}") from None
    if WEIGHT in system(rule).flows or rule.signals or other_events(rule):
        said = "and not spikes alone move its weight"
        raise ArgumentError(f"the rule is {name}, {said}; choose another, such as {PAIR_STDP.name}")
    return rule


def _step(p: Parameters) -> float:
    """By which pair STDP falls at each pairing; NaN where the next pairing is near enough to matter."""
    v = PAIR_STDP.values
    is_apart = 1 / p.rate - p.lag > ALONE * v["tau_plus"]
    return float(v["A_minus"] * np.exp(-p.lag / v["tau_minus"])) if is_apart else np.nan


def _first(marks: np.ndarray) -> int | None:
    """The first that is marked."""
    return int(marks.argmax()) if marks.any() else None


def potentials(weights: list[float], target: str = "auto") -> tuple[Floats, Floats]:
    """What one spike through each weight does to the voltage of a neuron at rest, in Brian2.

    returns : seconds after the spike, (n_times,); volts above rest, (n_weights, n_times)
    """
    n = len(weights)
    synapses = Projection("synapses", "pre", "post", [(0, k) for k in range(n)], weights)
    network = Network([Replay("pre", [[SPIKE_AT]]), Population("post", LIF_EXCITATORY, n + 1)], [synapses])
    recording = spiking.simulate(network, SPIKE_AT + WATCHED, record=["post"], target=target)
    volts = recording.voltages["post"].T
    return recording.times - SPIKE_AT, volts[:n] - volts[n]  # the last neuron has no synapse
