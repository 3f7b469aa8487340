"""Who learns handwritten digits better: spiking synapses that cannot turn negative, or artificial weights?

Source: song2000 (the rule, as published); alpaydin1998 (the digits); Rosenblatt's perceptron, backpropagation.
Differs: song2000 has no teacher; here one makes the right neuron fire after each image and the wrong ones before it.
Tried for the spikes: start weights 0.1 to 0.5 and reading for 0.2 or 0.5 s, where more is better; 200 to 400 Hz,
where more learns faster and ends 1 or 2 % lower, because weights reach their bounds.
Time: quick 4 s, full 20 s (each checkpoint is read out by real neurons in Brian2).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_least, same
from plasticity.experiment import Claim, Experiment, Relation
from plasticity.neurons import NEURONS
from plasticity.plots import Axes, Figure, curves, images, one_panel, spikes
from plasticity.plots.style import ARTIFICIAL, BIOLOGICAL, FAINT, MARKERS
from plasticity.rules import unbounded
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.studies.digits import N_PIXELS
from plasticity.studies.same_task_two_brains import LEARNERS, Parameters, Result, study


def draw(result: Result, figure: Figure) -> None:
    """Accuracy on the way; one digit as the neurons see it; the weights of all four as pictures."""
    grid = figure.add_gridspec(1, 2, width_ratios=[1.5, max(0.9, 0.35 * len(result.classes))])
    left = grid[0, 0].subgridspec(2, 1, height_ratios=[1.5, 1.0])
    _draw_accuracy(result, figure.add_subplot(left[0]))
    _draw_digit(result, figure, left[1])
    n_lines = -(-len(result.hidden) // len(result.classes))
    right = grid[0, 1].subgridspec(4, 1, height_ratios=[1, 1, 1, 1.08 * n_lines])
    for k, (name, layer) in enumerate(zip(LEARNERS, (*result.weights, result.hidden), strict=True)):
        _draw_weights(result, figure.add_subplot(right[k]), name, layer)


def _draw_accuracy(result: Result, axes: Axes) -> None:
    looks: list[dict[str, Any]] = [{"color": BIOLOGICAL}, {"color": ARTIFICIAL}, {"number": 0}, {"number": 3}]
    curves.theory(axes, result.seen, 100 * result.nearest_mean, "nearest class mean")
    for k, (name, look) in enumerate(zip(LEARNERS, looks, strict=True)):
        curves.curve(axes, result.seen, 100 * result.means[k], name, **look)
        error = 100 * result.errors[k]
        curves.points(axes, result.seen, 100 * result.means[k], error=error, marker=MARKERS[k], **look)
    axes.axhline(100 / len(result.classes), color=FAINT, linewidth=1.5, zorder=0, label="chance")
    axes.set_xscale("log")
    axes.set_xticks(result.seen, [f"{n:.0f}" for n in result.seen], minor=False)
    axes.minorticks_off()
    curves.label(axes, "images learned from", "unseen digits named right (%)", "accuracy")
    curves.shared_legend([axes])


def _draw_digit(result: Result, figure: Figure, place: Any) -> None:
    image, trains = place.subgridspec(1, 2, width_ratios=[1.0, 2.4])
    above, below = trains.subgridspec(2, 1, height_ratios=[1.2, 1.0])
    seen, pixels = figure.add_subplot(image), figure.add_subplot(above)
    neurons = figure.add_subplot(below, sharex=pixels)
    images.tiles(seen, result.digit.reshape(1, 8, 8), n_columns=1)
    seen.set_title(f"an unseen {result.classes[0]}")
    spikes.dots(pixels, result.input_times, result.input_pixels, n_rows=N_PIXELS)
    curves.label(pixels, "", "pixel", "as spikes")
    pixels.tick_params(labelbottom=False)
    fired = [result.output_times[result.output_classes == k] for k in range(len(result.classes))]
    spikes.raster(neurons, fired, [f"{digit}" for digit in result.classes])
    neurons.set_ylabel("neuron")
    one_panel([pixels, neurons])


def _draw_weights(result: Result, axes: Axes, name: str, layer: Floats) -> None:
    """One learner's weights in a scale of its own: around zero, but from zero where weights are clamped."""
    is_hidden, n = name == LEARNERS[3], len(result.classes)
    largest = float(np.abs(layer).max())
    limits = (0.0, PAIR_STDP.bounds.upper) if name == LEARNERS[0] else (-largest, largest)
    names = () if is_hidden else [f"{digit}" for digit in result.classes]
    unit = "w (w_max)" if name in LEARNERS[:2] else "w"
    images.tiles(axes, layer.reshape(-1, 8, 8), names, n_columns=n, limits=limits, text=unit)
    axes.set_title(f"{name}: hidden units" if is_hidden else name)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen, and who wins."""
    p, early = parameters, len(result.seen) // 3
    return (
        f"Accuracy on {result.n_tests} unseen digits in {p.n_runs} runs (bars: one standard error) against images "
        f"learned from, each seen once. After {result.seen[early]:.0f} images: {_standing(result, early)}. "
        f"After {result.seen[-1]:.0f}: {_standing(result, -1)}. d to g: weights at the end, first run, a scale for "
        f"each learner: clamped ones stop at 0 and {PAIR_STDP.bounds.upper:g}, unbounded ones reach "
        f"{result.weights[1].min():.2f} and {result.weights[1].max():.2f} by the same spikes; pixels without ink keep "
        f"the start weight {p.w0:g}. b, c: an image, as Poisson spikes, and what the clamped learner's LIF neurons "
        f"do in Brian2; the one that fires most names the digit."
    )


def _standing(result: Result, checkpoint: int) -> str:
    """Everybody's accuracy, the best first."""
    means, errors = 100 * result.means[:, checkpoint], 100 * result.errors[:, checkpoint]
    shown = [f"{mean:.1f} ± {error:.1f} %".replace(" ", "\u00a0") for mean, error in zip(means, errors, strict=True)]
    return ", ".join(f"{LEARNERS[k]} {shown[k]}" for k in np.argsort(-means, kind="stable"))


def _memory(p: Parameters) -> float:
    """Bytes: what the exact engine keeps of every spike, and the synapses of a test."""
    n_classes = len(p.classes)
    spikes = p.n_learned * n_classes * (2 + 0.2 * p.shown * p.rate)  # of a synapse and its neuron
    neurons = 2 * p.n_checkpoints * n_classes * p.n_tested  # of each class
    return n_classes * N_PIXELS * (100 * spikes + 60 * neurons)


def _above_chance(result: Result) -> float:
    """By how many standard errors the worst learner is better than chance, at the end."""
    chance = 1 / len(result.classes)
    return float((result.means[:, -1].min() - chance) / np.sqrt(chance * (1 - chance) / result.n_tests))


def _share_claim(
    sentence: str, learner: int, other: Callable[[Result], float], source: str, relation: Relation
) -> Claim:
    """A claim that the accuracy of a learner at the end equals another, or is at least or at most that."""

    def five_errors(result: Result) -> float:
        accuracies = np.array([result.means[learner, -1], other(result)])
        return float(5 * np.sqrt(np.sum(accuracies * (1 - accuracies)) / result.n_tests))

    return Claim(
        f"{sentence} (accuracy)",
        lambda result: result.means[learner, -1],
        other,
        source,
        tolerance=five_errors,
        reason="five standard errors of the difference of two accuracies",
        relation=relation,
    )


EXPERIMENT = Experiment(
    name="same_task_two_brains",
    question=(
        "Who learns handwritten digits better: spiking synapses that cannot turn negative, or artificial weights?"
    ),
    source="song2000; alpaydin1998",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(
        classes=(3, 8), n_learned=40, n_tested=60, n_checkpoints=4, n_runs=2, scale=8.0, read=0.3, n_hidden=4
    ),
    claims=(
        at_least(
            "Clamped weights are never below 0, after any spike of any run (lowest, w_max)",
            lambda result: result.lowest[0],
            0.0,
            by="Dale's law",
            reason="clipping is exact",
        ),
        at_least(
            "The same spikes push unbounded weights below 0 (how many end there)",
            lambda result: result.n_negative,
            1.0,
            by="Dale's law is violated when one does",
            reason="a count",
        ),
        same(
            "No image that is tested was learned from (how many were, all runs)",
            lambda result: result.n_leaked,
            lambda result: 0,
            by="compared pixel by pixel",
            reason="a count",
        ),
        same(
            "Brian2 learns the same weights from all spikes of the first run (largest difference, w_max)",
            lambda result: result.reader_error,
            lambda result: 0.0,
            by="another engine: Brian2",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "Unbounded weights scatter about their mean as Poisson spikes make them (squared deviation over variance)",
            lambda result: result.spread,
            1.0,
            "closed form: Campbell's theorem for the pair window",
            tolerance=lambda result: 5 * result.spread_error,
            reason="five standard errors; the trains of one pixel counted once",
        ),
        at_least(
            "Every learner is better than chance at the end (the worst, in standard errors)",
            _above_chance,
            5.0,
            by="binomial distribution of guesses",
            reason="five standard errors",
        ),
        _share_claim(
            "LIF neurons in Brian2 name digits as well as the summed synaptic potential does: clamped",
            0,
            lambda result: result.potential_accuracy,
            "closed form: area under the potentials, the sum of w times spikes",
            "equals",
        ),
        _share_claim(
            "STDP with a teacher does not beat the nearest class mean: unbounded",
            1,
            lambda result: result.nearest_mean[-1],
            "another method: nearest class mean",
            "at most",
        ),
        _share_claim(
            "Backprop ends no worse than clamped synapses",
            3,
            lambda result: result.means[0, -1],
            "the clamped learner, same images",
            "at least",
        ),
    ),
    memory=_memory,
    records=(PAIR_STDP, unbounded(PAIR_STDP), NEURONS["lif_excitatory"]),
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
