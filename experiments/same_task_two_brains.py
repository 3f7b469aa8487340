"""Who learns handwritten digits better: spiking synapses that cannot turn negative, or artificial weights?

Source: song2000 (the rule, as published); alpaydin1998 (the digits); Rosenblatt's perceptron, backpropagation.
Differs: song2000 has no teacher; here one makes the right neuron fire after each image and the wrong ones before it.
Tried for the spikes: start weights 0.1 to 0.5 and reading for 0.2 or 0.5 s, where more is better; 200 to 400 Hz,
where more learns faster and ends 1 or 2 % lower, because weights reach their bounds.
Time: quick 4 s, full 20 s (each checkpoint is read out by real neurons in Brian2).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity import events, protocols, published, spiking
from plasticity.arrays import Floats
from plasticity.artificial.activations import TANH
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.layers import output, random_network, train
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, SOFTMAX
from plasticity.artificial.perceptron import perceptron
from plasticity.errors import ArgumentError
from plasticity.experiment import Claim, Experiment, Relation, column, parameter
from plasticity.neurons import NEURONS, with_parameters
from plasticity.plots import Axes, Figure, curves, images, spikes
from plasticity.plots.style import ARTIFICIAL, BIOLOGICAL, FAINT, MARKERS
from plasticity.progress import tracked
from plasticity.rules import scaled, unbounded
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.spiking import Network, Population, Projection, Replay

LEARNERS = ("STDP, clamped", "STDP, unbounded", "perceptron", "backprop")
N_PIXELS = 64


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    classes: tuple[int, ...] = parameter((0, 1, 2, 3), meaning="the digits to tell apart", least=0, most=9)
    n_learned: int = parameter(120, meaning="images of each class that are learned from", least=2, most=160)
    n_tested: int = parameter(50, meaning="images of each class that are tested, never learned from", least=2, most=160)
    n_checkpoints: int = parameter(9, meaning="how often it is tested on the way", least=2, most=30)
    n_runs: int = parameter(8, meaning="repetitions: other images, spikes, start weights", least=2, most=100)
    scale: float = parameter(1.0, meaning="factor on every change of the rule", least=0.01, most=100)
    w0: float = parameter(0.5, "1", "start weight, in w_max", least=0, most=1)
    rate: float = parameter(300.0, "Hz", "firing of a pixel that is the whole image, of length 1", least=20, most=1000)
    shown: float = parameter(50e-3, "ms", "how long an image is shown in learning", least=5e-3, most=0.5)
    lag: float = parameter(
        2e-3, "ms", "from the image to the teacher's next spike, on either side", least=1e-3, most=0.02
    )
    interval: float = parameter(5e-3, "ms", "between the teacher's spikes", least=2e-3, most=0.02)
    read: float = parameter(0.5, "ms", "how long an image is shown in a test", least=50e-3, most=2)
    bias: float = parameter(-0.5, "1", "current above the rheobase into the neurons of a test", least=-1, most=2)
    n_hidden: int = parameter(8, meaning="hidden units of backprop", least=1, most=64)
    learning_rate: float = parameter(0.1, meaning="of backprop", least=1e-4, most=1)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Accuracy on the way, what was learned, and one digit as the neurons see it."""

    seen: Floats = column("1", "seen", meaning="images learned from")
    learners: np.ndarray = column("", "learners", meaning="who learns")
    accuracies: Floats = column("1", "learners", "runs", "seen", meaning="fraction of unseen digits named rightly")
    means: Floats = column("1", "learners", "seen", meaning="mean accuracy")
    errors: Floats = column("1", "learners", "seen", meaning="standard error of the mean, over runs")
    nearest_mean: Floats = column("1", "seen", meaning="accuracy of the nearest class mean")
    classes: np.ndarray = column("1", "classes", meaning="the digits")
    weights: Floats = column(
        "w_max", "learners_of_a_layer", "classes", "pixels", meaning="first run: STDP, STDP, perceptron"
    )
    hidden: Floats = column("1", "hidden", "pixels", meaning="first run: weights of the hidden units of backprop")
    digit: Floats = column("1", "pixels", meaning="an unseen digit, of length 1")
    input_times: Floats = column("ms", "input_spikes", meaning="spikes of the pixels of that digit")
    input_pixels: np.ndarray = column("1", "input_spikes", meaning="which pixel")
    output_times: Floats = column("ms", "output_spikes", meaning="spikes of the clamped learner's neurons")
    output_classes: np.ndarray = column("1", "output_spikes", meaning="which neuron")
    rules: np.ndarray = column("", "rules", meaning="the rule that spikes learn by")
    lowest: Floats = column("w_max", "rules", meaning="lowest weight after any spike of any run")
    n_negative: int = column("1", meaning="unbounded weights below zero at the end, all runs")
    n_tests: int = column("1", meaning="digits tested at each checkpoint, all runs")
    reader_error: float = column(
        "w_max", meaning="largest difference of a learned weight between Brian2 and exact engine"
    )
    spread: float = column("1", meaning="squared deviation of unbounded weights from their mean, over its variance")
    spread_error: float = column("1", meaning="standard error of `spread`")
    potential_accuracy: float = column("1", meaning="clamped: accuracy by the summed synaptic potential, at the end")


@dataclass(frozen=True)
class _Task:
    """Images of length 1 and their class numbers: learned from, in blocks of one of each class, and tested."""

    images: Floats
    labels: np.ndarray
    tests: Floats
    answers: np.ndarray
    n_classes: int


@dataclass(frozen=True)
class _Lesson:
    """Trains of every synapse, class by class, and a time in the pause after each image."""

    pre: list[Floats]
    post: list[Floats]
    ends: Floats


def run(parameters: Parameters) -> Result:
    """Every learner on the same images, in every run."""
    p = parameters
    if len(set(p.classes)) < max(2, len(p.classes)):
        raise ArgumentError(f"classes is {p.classes}; allowed: two digits or more, each once")
    blocks = np.unique(np.round(np.geomspace(1, p.n_learned, p.n_checkpoints)).astype(int))
    seen = blocks * len(p.classes)
    generators = np.random.default_rng(p.seed).spawn(p.n_runs)
    found = [_one_run(p, seen, rng, number == 0) for number, rng in enumerate(tracked(generators, "runs"))]
    first, accuracies = found[0], np.stack([one["accuracies"] for one in found], axis=1)
    return Result(
        seen=seen.astype(float),
        learners=np.array(LEARNERS),
        accuracies=accuracies,
        means=accuracies.mean(axis=1),
        errors=accuracies.std(axis=1, ddof=1) / np.sqrt(p.n_runs),
        nearest_mean=np.mean([one["nearest_mean"] for one in found], axis=0),
        classes=np.array(p.classes),
        rules=np.array(LEARNERS[:2]),
        lowest=np.min([one["lowest"] for one in found], axis=0),
        n_negative=sum(one["n_negative"] for one in found),
        n_tests=p.n_runs * p.n_tested * len(p.classes),
        spread=float(np.mean([one["spread"] for one in found])),
        spread_error=float(np.linalg.norm([one["spread_error"] for one in found]) / p.n_runs),
        potential_accuracy=float(np.mean([one["potential_accuracy"] for one in found])),
        **first["first"],
    )


def _one_run(p: Parameters, seen: np.ndarray, rng: np.random.Generator, is_first: bool) -> dict[str, Any]:
    """The fields of the result that one run gives; of the first also the pictures."""
    task = _task(p, rng)
    lesson = _lesson(p, task, rng)
    rules = (scaled(PAIR_STDP, p.scale), unbounded(scaled(PAIR_STDP, p.scale)))
    courses = [_learned(rule, p, lesson, seen) for rule in rules]
    weights = np.stack([course for course, _ in courses])  # (n_rules, n_checkpoints, n_classes, n_pixels)
    counts, inputs, outputs = _fired(p, task, weights, rng)
    layers, artificial = _artificial(p, task, seen, rng)
    spread, spread_error = _scatter(p, task, weights[1, -1])
    found = {
        "accuracies": np.stack([*(_accuracy(counts[:, k], task.answers) for k in range(2)), *artificial]),
        "nearest_mean": np.array([_nearest_mean(task, n) for n in seen]),
        "lowest": np.array([lowest for _, lowest in courses]),
        "n_negative": int(np.sum(weights[1, -1] < 0)),
        "potential_accuracy": _accuracy_by_potential(task, inputs, weights[0, -1]),
        "spread": spread,
        "spread_error": spread_error,
    }
    if is_first:
        again = np.stack([spiking.final_weight(rule, lesson.pre, lesson.post, p.w0) for rule in rules])
        found["first"] = {
            "reader_error": float(np.abs(again - weights[:, -1].reshape(again.shape)).max()),
            "weights": np.stack([*weights[:, -1], layers[0]]),
            "hidden": layers[1],
            "digit": task.tests[0],
            **_flat("input", "pixels", inputs[0]),
            **_flat("output", "classes", outputs),
        }
    return found


def _task(p: Parameters, rng: np.random.Generator) -> _Task:
    table = published.load("digits").values
    rows = [rng.permutation(np.flatnonzero(table[:, N_PIXELS] == digit)) for digit in p.classes]
    fewest = min(map(len, rows))
    if p.n_learned + p.n_tested > fewest:
        raise ArgumentError(
            f"n_learned + n_tested is {p.n_learned + p.n_tested}; allowed: up to {fewest} of each class"
        )
    order = rng.permuted(np.tile(np.arange(len(rows)), (p.n_learned, 1)), axis=1)  # a block a row
    learned = np.concatenate([[rows[k][block] for k in line] for block, line in enumerate(order)])
    tested = np.concatenate([row[p.n_learned : p.n_learned + p.n_tested] for row in rows])
    pixels = table[:, :N_PIXELS] / np.linalg.norm(table[:, :N_PIXELS], axis=1, keepdims=True)
    return _Task(pixels[learned], order.ravel(), pixels[tested], np.repeat(np.arange(len(rows)), p.n_tested), len(rows))


def _lesson(p: Parameters, task: _Task, rng: np.random.Generator) -> _Lesson:
    """Images as Poisson trains; after each the right neuron fires once for every wrong one, which fire before it."""
    burst = p.lag + p.interval * np.arange(task.n_classes - 1)
    end, pause = p.shown + burst[-1], 10 * PAIR_STDP.values["tau_plus"]  # in which nearly all is forgotten
    onsets = p.lag + (end + pause) * np.arange(len(task.labels))
    pixels = protocols.pattern_trains(p.rate * task.images, onsets, p.shown, rng)
    post = []
    for k in range(task.n_classes):
        after = onsets[task.labels == k, None] + p.shown + burst
        post.append(np.sort(np.concatenate([after.ravel(), onsets[task.labels != k] - p.lag])))
    return _Lesson(
        pixels * task.n_classes, [post[k] for k in range(task.n_classes) for _ in pixels], onsets + end + pause / 2
    )


def _learned(rule: Any, p: Parameters, lesson: _Lesson, seen: np.ndarray) -> tuple[Floats, float]:
    """Weights at the checkpoints, (n_checkpoints, n_classes, n_pixels), and the lowest after any spike."""
    course = events.trajectory(rule, lesson.pre, lesson.post, p.w0)
    return course.at(lesson.ends[seen - 1]).T.reshape(len(seen), -1, N_PIXELS), float(np.nanmin(course.weights))


def _fired(p: Parameters, task: _Task, weights: Floats, rng: np.random.Generator) -> tuple[Floats, list, list]:
    """Every test digit before every layer of LIF neurons, in one Brian2 run.

    weights : (n_rules, n_checkpoints, n_classes, n_pixels)
    returns : spikes counted, (n_tests, n_rules, n_checkpoints, n_classes); trains of the pixels of each digit;
              and of the neurons of the first rule at the last checkpoint, for the first digit
    """
    dt, n, shape = 5e-4, len(task.tests), weights.shape[:-1]
    trains = protocols.pattern_trains(p.rate * task.tests.reshape(1, -1), [0.0], p.read, rng, dt=dt)
    firing = np.array([i for i, times in enumerate(trains) if times.size])
    n_copies = int(np.prod(shape))  # of the neurons that one digit drives
    targets = (firing // N_PIXELS)[:, None] * n_copies + np.arange(n_copies)
    pairs = np.column_stack([np.repeat(firing, n_copies), targets.ravel()])
    strengths = weights.reshape(n_copies, N_PIXELS).T[firing % N_PIXELS].ravel()
    neuron = with_parameters(NEURONS["lif_excitatory"], bias=p.bias)
    network = Network(
        [Replay("pixels", trains), Population("neurons", neuron, n * n_copies)],
        [Projection("synapses", "pixels", "neurons", pairs, strengths)],
    )
    fired = spiking.simulate(network, p.read, dt=dt).spikes["neurons"]
    last = (shape[1] - 1) * shape[2]
    by_digit = [trains[k : k + N_PIXELS] for k in range(0, len(trains), N_PIXELS)]
    return np.array([t.size for t in fired]).reshape(n, *shape), by_digit, fired[last : last + shape[2]]


def _artificial(p: Parameters, task: _Task, seen: np.ndarray, rng: np.random.Generator) -> tuple[list, list]:
    """Perceptron and backprop: the weights of their first layer at the end, and their accuracy at the checkpoints."""
    images, tests = (side * np.sqrt(N_PIXELS) / 2 for side in (task.images, task.tests))  # pixels from 0 to about 1
    targets = np.eye(task.n_classes)[task.labels]
    start = np.zeros((task.n_classes, 1 + N_PIXELS))
    course = perceptron(Examples(with_bias(images), targets), start, n_epochs=1).history.weights
    by_units = [with_bias(tests) @ course[n].T for n in seen]
    network = random_network((N_PIXELS, p.n_hidden, task.n_classes), (TANH, SOFTMAX), rng=rng)
    descent, by_layers = Descent(CATEGORICAL_CROSS_ENTROPY, p.learning_rate, batch_size=1), []
    for begin, end in zip([0, *seen[:-1]], seen, strict=True):
        network = train(network, Examples(images[begin:end], targets[begin:end]), descent=descent).network
        by_layers.append(output(network, tests))
    layers = [course[-1][:, 1:], network.layers[0].weights[:, 1:]]
    return layers, [_accuracy(np.stack(votes, axis=1), task.answers) for votes in (by_units, by_layers)]


def _accuracy(votes: Floats, answers: np.ndarray) -> Floats:
    """The accuracy: the fraction of digits whose class has most votes; a tie counts as what a guess would win.

    votes : (n_tests, n_checkpoints, n_classes) -> (n_checkpoints,)
    """
    is_best = votes == votes.max(axis=-1, keepdims=True)
    is_right = np.take_along_axis(is_best, answers[:, None, None], axis=-1)[..., 0]
    return np.mean(is_right / is_best.sum(axis=-1), axis=0)


def _nearest_mean(task: _Task, n: int) -> float:
    """Accuracy of naming the class whose mean image, of the first `n` images, is nearest."""
    means = np.stack([task.images[:n][task.labels[:n] == k].mean(axis=0) for k in range(task.n_classes)])
    distances = np.linalg.norm(task.tests[:, None] - means, axis=-1)
    return float(np.mean(distances.argmin(axis=1) == task.answers))


def _accuracy_by_potential(task: _Task, trains: list[list[Floats]], weights: Floats) -> float:
    """Accuracy when the largest area under the summed synaptic potential wins: w times spikes, added up."""
    spike_counts = np.array([[train.size for train in row] for row in trains])
    return float(_accuracy((spike_counts @ weights.T)[:, None], task.answers)[0])


def _scatter(p: Parameters, task: _Task, weights: Floats) -> tuple[float, float]:
    """Squared deviation of the unbounded weights from their mean, over their variance; and its standard error.

    Mean and variance follow from Campbell's theorem: a spike of a Poisson input t before the end (after the start)
    of an image changes w by gain * exp(-t/tau). Neighbouring images are ten time constants away.
    """
    v, T = PAIR_STDP.values, p.shown
    burst = np.exp(-(p.lag + p.interval * np.arange(task.n_classes - 1)) / v["tau_plus"]).sum()
    up, down = p.scale * v["A_plus"] * burst, -p.scale * v["A_minus"] * np.exp(-p.lag / v["tau_minus"])
    is_right = task.labels == np.arange(task.n_classes)[:, None]
    gain, tau = np.where(is_right, up, down), np.where(is_right, v["tau_plus"], v["tau_minus"])
    mean = p.w0 + (gain * tau * -np.expm1(-T / tau)) @ (p.rate * task.images)
    variance = (gain**2 * tau / 2 * -np.expm1(-2 * T / tau)) @ (p.rate * task.images)
    # The synapses of one pixel see the same spikes: they count as one
    error = np.sqrt(2.0) * np.linalg.norm(variance.sum(axis=0)) / variance.sum()
    return float(np.sum((weights - mean) ** 2) / variance.sum()), float(error)


def _flat(side: str, what: str, trains: list[Floats]) -> dict[str, np.ndarray]:
    """Trains as times in order, and whose each is."""
    times, index = np.concatenate(trains), np.repeat(np.arange(len(trains)), [t.size for t in trains])
    order = np.argsort(times, kind="stable")
    return {f"{side}_times": times[order], f"{side}_{what}": index[order]}


def draw(result: Result, figure: Figure) -> None:
    """Accuracy on the way; one digit as the neurons see it; the weights of all four as pictures."""
    width, pictures = figure.get_size_inches()[0], 0.8 + 1.25 * len(result.classes)  # inches
    grid = figure.add_gridspec(1, 2, width_ratios=[width - pictures, pictures])
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
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 0.06), frameon=True, framealpha=1.0, edgecolor="none")


def _draw_digit(result: Result, figure: Figure, place: Any) -> None:
    image, trains = place.subgridspec(1, 2, width_ratios=[1.0, 2.4])
    above, below = trains.subgridspec(2, 1, height_ratios=[1.7, 1.0])
    seen, pixels = figure.add_subplot(image), figure.add_subplot(above)
    neurons = figure.add_subplot(below, sharex=pixels)
    images.tiles(seen, result.digit.reshape(1, 8, 8), n_columns=1)
    seen.set_title("an unseen digit")
    spikes.dots(pixels, result.input_times, result.input_pixels, n_rows=N_PIXELS)
    curves.label(pixels, "", "pixel", "as spikes of its pixels")
    pixels.tick_params(labelbottom=False)
    fired = [result.output_times[result.output_classes == k] for k in range(len(result.classes))]
    spikes.raster(neurons, fired, [f"{digit}" for digit in result.classes])
    neurons.set_ylabel("neuron")


def _draw_weights(result: Result, axes: Axes, name: str, layer: Floats) -> None:
    """One learner's weights, in a scale of its own around zero."""
    is_hidden, n = name == LEARNERS[3], len(result.classes)
    largest = float(np.abs(layer).max())
    names = () if is_hidden else [f"{digit}" for digit in result.classes]
    unit = "w (w_max)" if name in LEARNERS[:2] else "w"
    images.tiles(axes, layer.reshape(-1, 8, 8), names, n_columns=n, limits=(-largest, largest), text=unit)
    axes.set_title(f"{name}: hidden units" if is_hidden else name)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen, and who wins."""
    p, early = parameters, len(result.seen) // 3
    return (
        f"Accuracy on {result.n_tests} unseen digits in {p.n_runs} runs (bars: one standard error) against images "
        f"learned from, each seen once. After {result.seen[early]:.0f} images: {_standing(result, early)}. "
        f"After {result.seen[-1]:.0f}: {_standing(result, -1)}. Right: weights at the end, first run, a scale for "
        f"each learner: clamped ones stop at 0 and {PAIR_STDP.bounds.upper:g}, unbounded ones reach "
        f"{result.weights[1].min():.2f} and {result.weights[1].max():.2f} by the same spikes; pixels without ink keep "
        f"the start weight {p.w0:g}. Below: an image as Poisson spikes, and what the clamped learner's LIF neurons "
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
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(
        classes=(3, 8), n_learned=40, n_tested=60, n_checkpoints=4, n_runs=2, scale=8.0, read=0.3, n_hidden=4
    ),
    claims=(
        Claim(
            "Clamped weights are never below 0, after any spike of any run (lowest, w_max)",
            lambda result: result.lowest[0],
            0.0,
            "Dale's law",
            reason="clipping is exact",
            relation="at least",
        ),
        Claim(
            "The same spikes push unbounded weights below 0 (how many end there)",
            lambda result: result.n_negative,
            1.0,
            "Dale's law is violated when one does",
            reason="a count",
            relation="at least",
        ),
        Claim(
            "Brian2 learns the same weights from all spikes of the first run (largest difference, w_max)",
            lambda result: result.reader_error,
            0.0,
            "another engine: Brian2",
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
        Claim(
            "Every learner is better than chance at the end (the worst, in standard errors)",
            _above_chance,
            5.0,
            "binomial distribution of guesses",
            reason="five standard errors",
            relation="at least",
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
    size=(12.0, 6.8),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
