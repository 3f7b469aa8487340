"""What do rules on firing rates end at, when the neuron's rate is what its own weights make of the inputs?

Source: oja1982; sanger1989; bienenstock1982 (selectivity, its theorem); gerstner2014, section 19.2 (gated rules).
Differs: inputs switch among patterns so fast that a change is its mean over them; the neuron is linear.
Time: quick 3 s, full 10 s (differential equations, followed to a tolerance of 1e-10 a step).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Figure, curves
from plasticity.plots.style import PALETTE
from plasticity.rules.library.bcm import BCM
from plasticity.rules.library.gated import POSTSYNAPTICALLY_GATED, PRESYNAPTICALLY_GATED
from plasticity.rules.library.oja import OJA, SANGER
from plasticity.studies.rate_rules import Parameters, Result, run


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
    curves.label(components, "time (s)", "length, cosine", "principal components")
    for start in range(2):
        for pattern in range(2):
            text = f"answer to pattern {pattern + 1}" if not start else ""
            curves.curve(selective, result.bcm_times, result.answers[start, :, pattern], text, number=pattern)
    curves.curve(selective, result.bcm_times, result.threshold[0], "threshold", number=3)
    curves.legend_above(selective)
    curves.label(selective, "time (s)", "rate (Hz)", "BCM, from two starts")
    curves.theory(gates, result.gate_times, result.gated_by_hand)
    curves.curve(gates, result.gate_times, result.gated, "reversed presynaptic gate", number=0)
    curves.legend_above(gates)
    curves.label(gates, "time (s)", "rate (Hz)", "a gate that holds a rate")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    first, second = result.variances[:2]
    return (
        f"a: {parameters.n_patterns} patterns of {parameters.n_inputs} inputs. Oja's weights get length 1; in a "
        f"layer, neuron after neuron finds the next principal component (mean squares {first:.3g}, {second:.3g}, ... "
        "Hz²). b: of two patterns BCM's neuron ends up answering one, with twice its usual rate of "
        f"{result.usual:g} Hz; which one, the start decides. c: with its sign reversed, the presynaptically gated "
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
    size=(7.2, 2.8),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
