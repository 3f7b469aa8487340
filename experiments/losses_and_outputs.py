"""What does each loss tell a unit about its sum z, and when are the outputs probabilities?

Source: lecture (cross entropy, ReLU, tanh, softmax, categorical cross entropy); squire1998, eq. 1.3 (complex step).
Differs: the cross entropy of (1+y)/2 and sigmoids for several labels stand beside what the slides show.
Time: quick 1 s, full 3 s.
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_least, at_most, pick, same
from plasticity.experiment import Experiment
from plasticity.plots import Figure, curves
from plasticity.plots.style import INK_OF_CAPTIONS
from plasticity.plots.types import Axes
from plasticity.studies.losses_and_outputs import OTHERS, Parameters, Result, study

NAMES = {
    "softmax": "softmax, categorical",
    "sigmoids": "sigmoids, categorical",
    "sigmoids_multiclass": "sigmoids, multi-class",
}
SHOWN = (-3.0, 0.25)  # gradients: that of tanh without a shift has no bound near z = 0
JITTER = 0.25  # half the width over which draws are spread
CALIBRATED = ("softmax, one label", "sigmoids, several labels")
AT_SEVERAL = "softmax, several labels"
MATCHING = ("cross entropy, sigmoid", "cross entropy of (1+y)/2, tanh")


def draw(result: Result, figure: Figure) -> None:
    """Gradients, shared outputs, wrong units after learning, and outputs against what came true."""
    gradients, shared, learned, calibrated = figure.subplots(2, 2).ravel()
    for number, pair in enumerate(result.pairs):
        curves.curve(gradients, result.z, result.gradients[number], str(pair), number=number)
    gradients.set_ylim(SHOWN)
    curves.label(gradients, "z of a unit that should say yes", "dC/dz", "what a loss tells its unit")
    curves.legend_beside(gradients)
    for number, output in enumerate(result.outputs):
        fixed = "its z rises" if number == 0 else f"z = {OTHERS[number - 1]:g}"
        curves.curve(shared, result.z, output, f"unit {number + 1}: {fixed}", color=INK_OF_CAPTIONS, number=number)
    curves.label(shared, "z of the first unit", "output", "three softmax units share 1")
    curves.legend_beside(shared)
    _draw_wrong(learned, result)
    _draw_calibration(calibrated, result)


def _draw_wrong(axes: Axes, result: Result) -> None:
    """Every draw a point."""
    at = np.linspace(-JITTER, JITTER, result.wrong.shape[1])
    for place, (kind, number) in enumerate(zip(result.kinds, (0, 1, 3), strict=True)):  # their colours in d
        curves.points(axes, place + at, result.wrong[place], NAMES[kind], number=number)
    axes.set_xticks([])
    axes.set_ylim(0, None)
    curves.label(axes, "draws", "mean output", "units that should say 0")
    curves.legend_beside(axes)


def _draw_calibration(axes: Axes, result: Result) -> None:
    """On the diagonal outputs keep their word."""
    curves.theory(axes, [0, 1], [0, 1], "probabilities")
    for number, name in enumerate(result.series):
        curves.points(
            axes,
            result.predicted[number],
            result.frequency[number],
            str(name),
            error=result.deviation[number],
            number=number,
        )
    curves.label(axes, "mean output", "came true", "are outputs probabilities?")
    curves.legend_beside(axes)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    softmax, sigmoids, multiclass = result.wrong.mean(axis=1)
    return (
        "a: cross entropy behind a sigmoid, and that of (1+y)/2 behind tanh, push by y - t and never fall "
        "silent; the squared error does; the slides' loss behind tanh and ReLU exists for z above 0 only, behind ReLU "
        "below 1. b: as one softmax unit grows the others shrink in one proportion. c: after learning "
        f"three clouds, wrong units say {softmax:.2f} (softmax), {sigmoids:.2f} (sigmoids under the categorical loss) "
        f"and {multiclass:.2f} (multi-class), over {parameters.n_draws} draws. d: softmax is off by "
        f"{pick(result, 'errors', series=AT_SEVERAL):.2f} where {pick(result, 'n_labels', series=AT_SEVERAL):.1f} of "
        f"{parameters.n_categories} categories hold at once; bars: one standard error."
    )


def _where_defined(array: Floats) -> Floats:
    return array[np.isfinite(array)]


def _matching(result: Result) -> Floats:
    return np.stack([pick(result, "gradients", pairs=name) for name in MATCHING])


def _errors_less_chance(result: Result) -> Floats:
    return np.array([pick(result, "errors", series=s) - pick(result, "chance", series=s) for s in CALIBRATED])


def _shrunk(result: Result) -> Floats:
    """How much is left of the other outputs as z_1 rises from the first of its values."""
    rest = sum(np.exp(one) for one in OTHERS)
    return (np.exp(result.z[0]) + rest) / (np.exp(result.z) + rest)


EXPERIMENT = Experiment(
    name="losses_and_outputs",
    question="What does each loss tell a unit about its sum z, and when are the outputs probabilities?",
    source="lecture; squire1998, eq. 1.3",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_z=121, n_draws=8, n_epochs=200, n_examples=2400),
    claims=(
        same(
            "Every gradient is the slope of its loss",
            lambda result: _where_defined(result.gradients),
            lambda result: _where_defined(result.complex_step),
            by="squire1998, eq. 1.3",
            tolerance=1e-9,
            reason="rounding, magnified where 1 - y is small",
        ),
        same(
            "Behind the unit that fits it, a loss pushes by y - t: the slope of the unit cancels",
            _matching,
            lambda result: np.stack([1 / (1 + np.exp(-result.z)) - 1, 2 / (1 + np.exp(-2 * result.z)) - 2]),
            by="closed form",
            tolerance=1e-12,
            reason="rounding",
        ),
        at_most(
            "The squared error of a sigmoid never pushes by more than 4/27",
            lambda result: -pick(result, "gradients", pairs="squared error, sigmoid"),
            4 / 27,
            by="closed form: the largest y (1-y)^2, at y = 1/3",
            tolerance=1e-12,
            reason="rounding",
        ),
        same(
            "As one softmax unit grows all others shrink in one proportion",
            lambda result: result.outputs[1:] / result.outputs[1:, :1],
            lambda result: np.tile(_shrunk(result), (len(OTHERS), 1)),
            by="closed form: what the common sum grows by",
            tolerance=1e-12,
            reason="rounding",
        ),
        same(
            "What the package learns is what gradients on paper learn, y - t and -t (1 - y)",
            lambda result: result.wrong,
            lambda result: result.wrong_on_paper,
            by="another route: gradients derived by hand",
            tolerance=1e-9,
            reason="rounding that adds up over the steps",
        ),
        at_most(
            "Softmax with one label, and sigmoids with several, are off by no more than chance explains",
            _errors_less_chance,
            0.0,
            by="closed form: labels drawn from the outputs, their mean error and five deviations",
        ),
        at_least(
            "With several labels softmax is off at least by what their number differs from its sum of 1",
            lambda result: pick(result, "errors", series=AT_SEVERAL),
            lambda result: abs(pick(result, "n_labels", series=AT_SEVERAL) - 1) / result.n_categories,
            by="closed form: the mean of distances is at least the distance of means",
            tolerance=1e-12,
            reason="rounding",
        ),
    ),
    memory=lambda p: 8.0 * (40 * p.n_z + 3 * 3 * p.n_each * 12 * p.n_draws + 12 * p.n_examples * p.n_categories) + 1e6,
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
