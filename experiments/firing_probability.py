"""With what probability does a noisy neuron fire within a window, and is that probability a sigmoid of its current?

Source: gerstner2014, section 9.1 (escape noise: probability 1 - exp(-hazard window)).
Differs: the neurons are settled at their current and have not fired yet; currents in rheobases.
Time: quick 3 s, full 10 s (one Brian2 run, as long as the longest window).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import same
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Figure, curves
from plasticity.plots.style import PALETTE
from plasticity.studies.firing_probability import NEURON, Parameters, Result, half_tolerance, study

FEWEST = 5  # neurons that fire, and that do not: with fewer, fractions are not distributed normally


def draw(result: Result, figure: Figure) -> None:
    """Fractions over theory, with the fitted sigmoids; what each of both misses in the first window."""
    fired, missed = figure.subplots(1, 2, width_ratios=(1.3, 1.0))
    for number, window in enumerate(result.windows):
        curves.theory(
            fired, result.line, result.theory_line[number], "" if number else "1 - exp(-hazard \u00d7 window)"
        )
        curves.curve(
            fired, result.line, result.sigmoid_line[number], "" if number else "fitted sigmoid", color=PALETTE[number]
        )
        text = f"within {window * 1e3:g} ms"
        look = {"error": result.errors[number], "number": number}
        curves.points(fired, result.currents, result.fractions[number], text, **look)
        off = result.fractions[number] - result.theory[number]
        curves.points(missed, result.currents, off, text, **look)
        off = result.sigmoid_line[number] - result.theory_line[number]
        curves.curve(missed, result.line, off, "" if number else "fitted sigmoid", color=PALETTE[number])
    curves.zero_line(missed)
    curves.label(fired, "current (rheobases)", "probability of firing", "probability against current")
    curves.label(missed, "current (rheobases)", "difference to theory", "simulated and sigmoid, minus theory")
    curves.shared_legend([fired])


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    return (
        f"Share of {result.n_neurons} neurons with escape noise (bars: standard errors) that fire within a window, of "
        f"those settled at a current. Theory in grey; thin lines, the sigmoid unit of greatest likelihood for each "
        f"window: weights {', '.join(f'{weight:.1f}' for weight in result.weight)} a rheobase. Half of them "
        f"fire at {', '.join(f'{half:.2f}' for half in result.half)} rheobases: a longer window moves the curve to the "
        f"left, as a bias does. b: the sigmoid, being symmetrical, leaves 0 and reaches 1 too late."
    )


def _squares(result: Result, expected: Floats) -> Floats:
    """Mean square of the deviations in standard errors, for each window; about 1 for the truth."""
    n = result.n_neurons
    telling = np.minimum(result.theory, 1 - result.theory) * n >= FEWEST
    off = (result.fractions - expected) / np.where(telling, result.errors, np.inf)
    return np.sum(off**2, axis=1) / telling.sum(axis=1)


EXPERIMENT = Experiment(
    name="firing_probability",
    question="With what probability does a noisy neuron fire within a window, and is that a sigmoid of its current?",
    source="gerstner2014, section 9.1",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_currents=19, n_neurons=1000),
    claims=(
        Claim(
            "The fraction that fires is 1 - exp(-hazard window) in every window (largest mean square, standard errors)",
            lambda result: _squares(result, result.theory).max(),
            lambda result: 1 + 5 * np.sqrt(2 / 10),
            "gerstner2014, section 9.1",
            reason="five standard errors of the mean of ten squares; as many currents tell at least",
            relation="at most",
        ),
        same(
            "In every window half of the neurons fire at the current at which hazard window = ln 2 (rheobases)",
            lambda result: result.half,
            lambda result: result.half_expected,
            by="closed form",
            tolerance=half_tolerance,
            reason="straight lines between currents; five standard errors of a fraction over its slope",
        ),
        Claim(
            "No sigmoid is this probability: it misses by more than chance (least mean square, in standard errors)",
            lambda result: _squares(result, result.sigmoid).min(),
            lambda result: 1 + 5 * np.sqrt(2 / 10),
            "closed form: 1 - exp(-exp(z)) is not symmetrical",
            reason="five standard errors of the mean of ten squares",
            relation="at least",
        ),
        Claim(
            "As activation a sigmoid is close: it misses the probability by a tenth at most",
            lambda result: np.abs(result.sigmoid_line - result.theory_line).max(),
            0.1,
            "closed form",
            relation="at most",
        ),
    ),
    memory=lambda p: 24.0 * p.n_currents * p.n_neurons * max(p.windows) / p.dt,
    records=(NEURON,),
    size=(7.2, 3.1),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
