"""Handwritten digits learned by spiking synapses with a teacher, clamped or not, and by artificial weights.

Source: song2000 (the rule, as published); alpaydin1998 (the digits); Rosenblatt's perceptron, backpropagation.
After each image the teacher makes the right neuron fire, once for every wrong one, which fire before it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity import engines, protocols, spiking
from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.experiment import column, parameter
from plasticity.neurons import NEURONS, with_parameters
from plasticity.progress import tracked
from plasticity.rules import scaled, unbounded
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.spiking import Network, Population, Projection, Replay
from plasticity.studies import digit_task
from plasticity.studies.digit_task import Task, accuracy
from plasticity.studies.digits import N_PIXELS

LEARNERS = ("STDP, clamped", "STDP, unbounded", "perceptron", "backprop")


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
    n_leaked: int = column("1", meaning="images tested that were learned from, all runs")
    n_negative: int = column("1", meaning="unbounded weights below zero at the end, all runs")
    n_tests: int = column("1", meaning="digits tested at each checkpoint, all runs")
    reader_error: float = column(
        "w_max", meaning="largest difference of a learned weight between Brian2 and exact engine"
    )
    spread: float = column("1", meaning="squared deviation of unbounded weights from their mean, over its variance")
    spread_error: float = column("1", meaning="standard error of `spread`")
    potential_accuracy: float = column("1", meaning="clamped: accuracy by the summed synaptic potential, at the end")


@dataclass(frozen=True)
class _Lesson:
    """Trains of every synapse, class by class, and a time in the pause after each image."""

    pre: list[Floats]
    post: list[Floats]
    ends: Floats


def study(parameters: Parameters) -> Result:
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
        n_leaked=sum(one["n_leaked"] for one in found),
        n_negative=sum(one["n_negative"] for one in found),
        n_tests=p.n_runs * p.n_tested * len(p.classes),
        spread=float(np.mean([one["spread"] for one in found])),
        spread_error=float(np.linalg.norm([one["spread_error"] for one in found]) / p.n_runs),
        potential_accuracy=float(np.mean([one["potential_accuracy"] for one in found])),
        **first["first"],
    )


def _one_run(p: Parameters, seen: np.ndarray, rng: np.random.Generator, is_first: bool) -> dict[str, Any]:
    """The fields of the result that one run gives; of the first also the pictures."""
    task = digit_task.task(p.classes, p.n_learned, p.n_tested, rng)
    lesson = _lesson(p, task, rng)
    rules = (scaled(PAIR_STDP, p.scale), unbounded(scaled(PAIR_STDP, p.scale)))
    courses = [_learned(rule, p, lesson, seen) for rule in rules]
    weights = np.stack([course for course, _ in courses])  # (n_rules, n_checkpoints, n_classes, n_pixels)
    counts, inputs, outputs = _fired(p, task, weights, rng)
    layers, artificial = digit_task.artificial(task, seen, p.n_hidden, p.learning_rate, rng)
    spread, spread_error = _scatter(p, task, weights[1, -1])
    found = {
        "accuracies": np.stack([*(accuracy(counts[:, k], task.answers) for k in range(2)), *artificial]),
        "nearest_mean": np.array([digit_task.nearest_mean(task, n) for n in seen]),
        "lowest": np.array([lowest for _, lowest in courses]),
        "n_leaked": digit_task.n_leaked(task),
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


def _lesson(p: Parameters, task: Task, rng: np.random.Generator) -> _Lesson:
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
    course = engines.trajectory(rule, lesson.pre, lesson.post, p.w0)
    return course.at(lesson.ends[seen - 1]).T.reshape(len(seen), -1, N_PIXELS), float(np.nanmin(course.weights))


def _fired(p: Parameters, task: Task, weights: Floats, rng: np.random.Generator) -> tuple[Floats, list, list]:
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


def _accuracy_by_potential(task: Task, trains: list[list[Floats]], weights: Floats) -> float:
    """Accuracy when the largest area under the summed synaptic potential wins: w times spikes, added up."""
    spike_counts = np.array([[train.size for train in row] for row in trains])
    return float(accuracy((spike_counts @ weights.T)[:, None], task.answers)[0])


def _scatter(p: Parameters, task: Task, weights: Floats) -> tuple[float, float]:
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
