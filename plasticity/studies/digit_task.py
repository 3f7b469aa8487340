"""Digits to tell apart, and how artificial weights do it: the perceptron and backprop, each image shown once.

Source: alpaydin1998 (the digits); Rosenblatt's perceptron, backpropagation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plasticity import published
from plasticity.arrays import Floats
from plasticity.artificial.activations import TANH
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.layers import output, random_network, train
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, SOFTMAX
from plasticity.artificial.perceptron import perceptron
from plasticity.errors import ArgumentError
from plasticity.studies.digits import N_PIXELS


@dataclass(frozen=True)
class Task:
    """Images of length 1 and their class numbers: learned from, in blocks of one of each class, and tested."""

    images: Floats
    labels: np.ndarray
    tests: Floats
    answers: np.ndarray
    n_classes: int


def task(classes: Sequence[int], n_learned: int, n_tested: int, rng: np.random.Generator) -> Task:
    """Images of these digits drawn at random, so many of each. Raises ArgumentError for more than there are."""
    table = published.load("digits").values
    rows = [rng.permutation(np.flatnonzero(table[:, N_PIXELS] == digit)) for digit in classes]
    fewest = min(map(len, rows))
    if n_learned + n_tested > fewest:
        raise ArgumentError(f"n_learned + n_tested is {n_learned + n_tested}; allowed: up to {fewest} of each class")
    order = rng.permuted(np.tile(np.arange(len(rows)), (n_learned, 1)), axis=1)  # a block a row
    learned = np.concatenate([[rows[k][block] for k in line] for block, line in enumerate(order)])
    tested = np.concatenate([row[n_learned : n_learned + n_tested] for row in rows])
    pixels = table[:, :N_PIXELS] / np.linalg.norm(table[:, :N_PIXELS], axis=1, keepdims=True)
    return Task(pixels[learned], order.ravel(), pixels[tested], np.repeat(np.arange(len(rows)), n_tested), len(rows))


def n_leaked(task: Task) -> int:
    """How many of the images tested are among those learned from."""
    learned = {image.tobytes() for image in task.images}
    return sum(image.tobytes() in learned for image in task.tests)


def artificial(
    task: Task, seen: np.ndarray, n_hidden: int, learning_rate: float, rng: np.random.Generator
) -> tuple[list[Floats], list[Floats]]:
    """Perceptron and backprop: the weights of their first layer at the end, and their accuracy at the checkpoints,
    after so many images `seen`."""
    images, tests = (side * np.sqrt(N_PIXELS) / 2 for side in (task.images, task.tests))  # pixels from 0 to about 1
    targets = np.eye(task.n_classes)[task.labels]
    start = np.zeros((task.n_classes, 1 + N_PIXELS))
    course = perceptron(Examples(with_bias(images), targets), start, n_epochs=1).history.weights
    by_units = [with_bias(tests) @ course[n].T for n in seen]
    network = random_network((N_PIXELS, n_hidden, task.n_classes), (TANH, SOFTMAX), rng=rng)
    descent, by_layers = Descent(CATEGORICAL_CROSS_ENTROPY, learning_rate, batch_size=1), []
    for begin, end in zip([0, *seen[:-1]], seen, strict=True):
        network = train(network, Examples(images[begin:end], targets[begin:end]), descent=descent).network
        by_layers.append(output(network, tests))
    layers = [course[-1][:, 1:], network.layers[0].weights[:, 1:]]
    return layers, [accuracy(np.stack(votes, axis=1), task.answers) for votes in (by_units, by_layers)]


def accuracy(votes: Floats, answers: np.ndarray) -> Floats:
    """The accuracy: the fraction of digits whose class has most votes; a tie counts as what a guess would win.

    votes : (n_tests, n_checkpoints, n_classes) -> (n_checkpoints,)
    """
    is_best = votes == votes.max(axis=-1, keepdims=True)
    is_right = np.take_along_axis(is_best, answers[:, None, None], axis=-1)[..., 0]
    return np.mean(is_right / is_best.sum(axis=-1), axis=0)


def nearest_mean(task: Task, n: int) -> float:
    """Accuracy of naming the class whose mean image, of the first `n` images, is nearest."""
    means = np.stack([task.images[:n][task.labels[:n] == k].mean(axis=0) for k in range(task.n_classes)])
    distances = np.linalg.norm(task.tests[:, None] - means, axis=-1)
    return float(np.mean(distances.argmin(axis=1) == task.answers))
