"""Where rules on firing rates end when the neuron's rate is what its own weights make of the inputs."""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.inputs import generator
from plasticity.rates import Patterns, WeightedSum, trajectory
from plasticity.rules import Rule, anti, unbounded, with_parameters
from plasticity.rules.library.bcm import BCM
from plasticity.rules.library.gated import POSTSYNAPTICALLY_GATED, PRESYNAPTICALLY_GATED
from plasticity.rules.library.oja import OJA, SANGER

TWO = np.array([[20.0, 2.0], [2.0, 20.0]])  # hertz: what BCM's neuron gets in turn
FIRST = np.array([12.0, 5.0, 8.0])  # hertz: constant inputs of the gated rules


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_inputs: int = parameter(6, meaning="inputs of the neurons that seek principal components", least=3, most=50)
    n_neurons: int = parameter(3, meaning="neurons of the layer", least=1, most=3)
    n_patterns: int = parameter(200, meaning="patterns of these inputs", least=20, most=5000)
    duration: float = parameter(3e4, "s", "of the layer; BCM and gates have their own", least=1e2, most=1e6)
    seed: int = 1


@dataclass(frozen=True)
class Result:
    """The courses of weights and answers, and what other routes say of their ends."""

    times: Floats = column("s", "times")
    length: Floats = column("1", "times", meaning="of the weights of Oja's neuron")
    along: Floats = column("1", "times", "neurons", meaning="cosine of Sanger's weights and the component of this rank")
    oja_along: float = column("1", meaning="cosine of Oja's weights and the first component, at the end")
    sanger_length: Floats = column("1", "neurons", meaning="of Sanger's weights, at the end")
    variances: Floats = column("1", "inputs", meaning="mean square along each component, by its eigenvalue; Hz**2")
    bcm_times: Floats = column("s", "bcm_times")
    answers: Floats = column("Hz", "starts", "bcm_times", "patterns", meaning="of BCM's neuron to each pattern")
    threshold: Floats = column("Hz", "starts", "bcm_times", meaning="which slides")
    usual: float = column("Hz", meaning="usual rate of BCM's neuron")
    pace: Floats = column("1/s", "kinds", meaning="fastest growth about BCM's fixed points: selective, both alike")
    gate_times: Floats = column("s", "gate_times")
    gated: Floats = column("Hz", "gate_times", meaning="rate under the reversed presynaptic gate")
    gated_by_hand: Floats = column("Hz", "gate_times", meaning="closed form")
    gate_goal: float = column("Hz", meaning="its threshold")
    competing: Floats = column("1", "gate_times", "gate_inputs", meaning="weights under the postsynaptic gate")
    competing_by_hand: Floats = column("1", "gate_times", "gate_inputs", meaning="closed form")


def run(parameters: Parameters) -> Result:
    """Every rule from its start to its end."""
    p, rng = parameters, generator(parameters.seed)
    mixing = np.eye(p.n_inputs) * np.linspace(1.0, 0.4, p.n_inputs) + 0.15 * rng.uniform(size=(p.n_inputs, p.n_inputs))
    inputs = rng.gamma(2.0, 4.0, (p.n_patterns, p.n_inputs)) @ mixing
    variances, vectors = np.linalg.eigh(inputs.T @ inputs / p.n_patterns)
    components = vectors.T[::-1]
    times = np.concatenate([[0.0], np.geomspace(1.0, p.duration, 120)])
    start = rng.uniform(0.05, 0.2, (p.n_neurons, p.n_inputs))
    alone = trajectory(OJA, Patterns(inputs), WeightedSum(), start[0], times=times).weights
    layer = trajectory(SANGER, Patterns(inputs), WeightedSum(), start, times=times).weights
    lengths = np.linalg.norm(layer, axis=-1)
    bcm_times, usual = np.linspace(0.0, 80.0, 161), BCM.values["rate_0"]
    courses = [_bcm(first, bcm_times) for first in ([0.42, 0.38], [0.38, 0.42])]
    gate_times = np.linspace(0.0, 100.0, 51)
    gated, gated_by_hand = _gated(gate_times)
    competing, competing_by_hand = _competing(gate_times)
    return Result(
        times=times,
        length=np.linalg.norm(alone, axis=-1),
        along=np.abs(np.einsum("tki,ki->tk", layer, components[: p.n_neurons])) / lengths,
        oja_along=float(abs(alone[-1] @ components[0]) / np.linalg.norm(alone[-1])),
        sanger_length=lengths[-1],
        variances=variances[::-1],
        bcm_times=bcm_times,
        answers=np.array([answers for answers, _ in courses]),
        threshold=np.array([threshold for _, threshold in courses]),
        usual=usual,
        pace=np.array([_pace(np.array(answers)) for answers in ([2 * usual, 0.0], [usual, usual])]),
        gate_times=gate_times,
        gated=gated,
        gated_by_hand=gated_by_hand,
        gate_goal=PRESYNAPTICALLY_GATED.values["theta_post"],
        competing=competing,
        competing_by_hand=competing_by_hand,
    )


def _fast(rule: Rule) -> Rule:
    return with_parameters(rule, k=1e-3)


def _bcm(start: list[float], times: Floats) -> tuple[Floats, Floats]:
    """The answers to both patterns and the threshold over time."""
    course = trajectory(_fast(BCM), Patterns(TWO), WeightedSum(), start, times=times)
    return course.weights @ TWO.T, course.states["theta"][:, 0]


def _pace(answers: Floats) -> float:
    """The largest real part of the eigenvalues of the flow of answers and threshold, linearised by hand; 1/s."""
    usual, k, tau = BCM.values["rate_0"], 1e-3, BCM.values["tau_theta"]
    theta, overlap = (answers**2).mean() / usual, k / usual * TWO @ TWO.T / len(TWO)
    top = np.column_stack([overlap * (2 * answers - theta), -overlap @ answers])
    bottom = np.append(2 * answers / len(TWO) / usual, -1.0) / tau
    return float(np.linalg.eigvals(np.vstack([top, bottom])).real.max())


def _gated(times: Floats) -> tuple[Floats, Floats]:
    """The rate under the reversed presynaptic gate: it goes to the threshold at the pace k |x|**2."""
    rule, start = anti(unbounded(PRESYNAPTICALLY_GATED)), np.array([0.2, 0.3, 0.1])
    goal, pace = rule.values["theta_post"], rule.values["k"] * FIRST @ FIRST
    rates = trajectory(rule, FIRST, WeightedSum(), start, times=times).weights @ FIRST
    return rates, goal + (start @ FIRST - goal) * np.exp(-pace * times)


def _competing(times: Floats) -> tuple[Floats, Floats]:
    """The weights under the postsynaptic gate: along the inputs' distance from the threshold, at a growing pace."""
    rule, start = unbounded(POSTSYNAPTICALLY_GATED), np.array([0.2, 0.3, 0.1])
    away = FIRST - rule.values["theta_pre"]
    pace = rule.values["k"] * away @ FIRST
    way = rule.values["k"] * (start @ FIRST) * np.expm1(pace * times) / pace
    return trajectory(rule, FIRST, WeightedSum(), start, times=times).weights, start + np.outer(way, away)
