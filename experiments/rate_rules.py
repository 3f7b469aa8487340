"""What do rules on firing rates end at, when the neuron's rate is what its own weights make of the inputs?

Source: oja1982; sanger1989; bienenstock1982 (selectivity, its theorem); gerstner2014, section 19.2 (gated rules).
Differs: inputs switch among patterns so fast that a change is its mean over them; the neuron is linear.
Time: quick 3 s, full 10 s (differential equations, followed to a tolerance of 1e-10 a step).
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.inputs import generator
from plasticity.plots import Figure, curves
from plasticity.plots.style import PALETTE
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


def draw(result: Result, figure: Figure) -> None:
    """Principal components, selectivity, gates."""
    components, selective, gates = figure.subplots(1, 3)
    curves.curve(components, result.times, result.length, "length of Oja's weights", color=PALETTE[3])
    for neuron in range(result.along.shape[1]):
        text = f"Sanger's neuron {neuron + 1}: cosine"
        curves.curve(components, result.times, result.along[:, neuron], text, number=neuron)
    components.set_xscale("log")
    components.set_ylim(0.0, None)
    curves.legend_above(components)
    curves.label(components, "time (s)", "length; cosine with its component", "principal components")
    for start in range(2):
        for pattern in range(2):
            text = f"answer to pattern {pattern + 1}" if not start else ""
            curves.curve(selective, result.bcm_times, result.answers[start, :, pattern], text, number=pattern)
    curves.curve(selective, result.bcm_times, result.threshold[0], "threshold", number=3)
    curves.legend_above(selective)
    curves.label(selective, "time (s)", "rate (Hz)", "BCM, from two starts")
    curves.theory(gates, result.gate_times, result.gated_by_hand)
    curves.curve(gates, result.gate_times, result.gated, "reversed presynaptic gate: rate", number=0)
    curves.legend_above(gates)
    curves.label(gates, "time (s)", "rate (Hz)", "a gate that holds a rate")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    first, second = result.variances[:2]
    return (
        f"Left: {parameters.n_patterns} patterns of {parameters.n_inputs} inputs. Oja's weights get length 1; in a "
        f"layer, neuron after neuron finds the next principal component (mean squares {first:.3g}, {second:.3g}, ... "
        "Hz²). Middle: of two patterns BCM's neuron ends up answering one, with twice its usual rate of "
        f"{result.usual:g} Hz; which one, the start decides. Right: with its sign reversed, the presynaptically gated "
        f"rule brings the rate to {result.gate_goal:g} Hz."
    )


def _selective(result: Result) -> Floats:
    """The answers at the end, the preferred pattern of each start first."""
    return np.sort(result.answers[:, -1], axis=1)[:, ::-1]


EXPERIMENT = Experiment(
    name="rate_rules",
    question="What do rules on firing rates end at, when the neuron's rate is what its own weights make of the inputs?",
    source="oja1982; sanger1989; bienenstock1982; gerstner2014, section 19.2",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_inputs=4, n_patterns=60),
    claims=(
        Claim(
            "Oja's weights end at length 1",
            lambda r: float(r.length[-1]),
            1.0,
            "oja1982",
            tolerance=1e-6,
            reason="what is left of the start",
        ),
        Claim(
            "Oja's weights end along the first principal component (cosine)",
            lambda r: r.oja_along,
            1.0,
            "eigenvectors of the inputs' mean products",
            tolerance=1e-9,
            reason="what is left of the start, squared",
        ),
        Claim(
            "Sanger's neurons find the first components in order (smallest cosine)",
            lambda r: float(r.along[-1].min()),
            1.0,
            "eigenvectors of the inputs' mean products",
            tolerance=1e-4,
            reason="what is left of the start, where two components are nearly as strong",
        ),
        Claim(
            "Sanger's weights end at length 1 (the one farthest off)",
            lambda r: float(r.sanger_length[np.abs(r.sanger_length - 1).argmax()]),
            1.0,
            "sanger1989",
            tolerance=1e-4,
            reason="what is left of the start, where two components are nearly as strong",
        ),
        Claim(
            "BCM ends answering one of two patterns with twice its usual rate (the start farthest off, Hz)",
            lambda r: float(_selective(r)[np.abs(_selective(r)[:, 0] - 2 * r.usual).argmax(), 0]),
            lambda r: 2 * r.usual,
            "closed form: theta = y**2/(2 rate_0) is y",
            tolerance=1e-5,
            reason="what is left of the start",
        ),
        Claim(
            "BCM ends silent for the other pattern (largest answer, Hz)",
            lambda r: float(np.abs(_selective(r)[:, 1]).max()),
            0.0,
            "closed form",
            tolerance=1e-5,
            reason="what is left of the start",
        ),
        Claim(
            "The start decides which pattern BCM prefers (patterns preferred)",
            lambda r: float(len(set(r.answers[:, -1].argmax(axis=1)))),
            2.0,
            "bienenstock1982",
        ),
        Claim(
            "BCM's selective fixed points are stable (fastest growth about them, 1/s)",
            lambda r: float(r.pace[0]),
            0.0,
            "linearised by hand",
            relation="at most",
        ),
        Claim(
            "BCM's fixed point with equal answers is unstable (fastest growth about it, 1/s)",
            lambda r: float(r.pace[1]),
            1e-3,
            "linearised by hand",
            relation="at least",
            reason="clearly more than rounding",
        ),
        Claim(
            "The reversed presynaptic gate brings the rate to its threshold exponentially (largest error, Hz)",
            lambda r: float(np.abs(r.gated - r.gated_by_hand).max()),
            0.0,
            "closed form",
            tolerance=1e-6,
            reason="1e-9 of a rate in each of many steps",
        ),
        Claim(
            "Under the postsynaptic gate weights part at an exponential pace (largest error)",
            lambda r: float(np.abs(r.competing - r.competing_by_hand).max()),
            0.0,
            "closed form",
            tolerance=1e-7,
            reason="1e-9 of a weight in each of many steps",
        ),
    ),
    memory=lambda p: 8.0 * p.n_patterns * p.n_inputs * p.n_neurons * 50 + 1e7,
    records=(OJA, SANGER, BCM, PRESYNAPTICALLY_GATED, POSTSYNAPTICALLY_GATED),
    size=(12.0, 4.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
