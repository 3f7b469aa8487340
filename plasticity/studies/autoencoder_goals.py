"""What autoencoders are for, on digits: a short code, features, few labels; and what keeps them from copying.

Pictures of random pixels tell a copier: they have nothing in common with digits, so whoever restores them has not
learnt digits. The best linear autoencoder is known in closed form: it keeps the principal components (baldi1989).

Source: baldi1989; alpaydin1998 (the digits).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.autoencoders import Autoencoder, as_network, codes, random_autoencoder, reconstructions
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, teacher
from plasticity.artificial.layers import LayeredNetwork, random_network
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, MULTICLASS_CROSS_ENTROPY, SOFTMAX
from plasticity.artificial.side_by_side import train_all, train_autoencoders
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.studies.digits import (
    N_CLASSES,
    N_PIXELS,
    Digits,
    draw_digits,
    error_rate,
    in_parts,
    left,
    multiplied_out,
    recounted,
)

# Our choice: enough for the widest network to restore digits well, and for the softmax to name all labelled ones
CODING = Descent(MULTICLASS_CROSS_ENTROPY, 0.2, 0.9, batch_size=64)
NAMING = Descent(CATEGORICAL_CROSS_ENTROPY, 0.5, 0.9, n_epochs=200)
SEEN, RANDOM_PIXELS = "digits", "noise"


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    sizes: tuple[int, ...] = parameter((4, 16, 64), "1", "hidden units; the last as many as pixels", least=1, most=64)
    n_shown: int = parameter(800, meaning="digits to learn codes from, without labels", least=100, most=1500)
    n_unseen: int = parameter(500, meaning="other digits, for the test", least=50, most=1500)
    n_labels: int = parameter(5, meaning="labelled digits of each kind, among those to learn from", least=1, most=20)
    n_seeds: int = parameter(5, meaning="draws of digits, labels and first weights", least=2, most=50)
    n_epochs: int = parameter(20, meaning="epochs without labels", least=1, most=200)
    seed: int = 0


@dataclass(frozen=True)
class Goals:
    """Of one size, by seed; percent.

    linear, trained : {SEEN or RANDOM_PIXELS: what the best linear and the trained autoencoder leave of such pictures,
                      squared error over their variance}
    errors          : unseen digits named wrongly, by softmax on the codes, from few labels
    told            : of the variation of a hidden unit over unseen digits, what is due to which digit it is, mean
    """

    linear: dict[str, Floats]
    trained: dict[str, Floats]
    errors: Floats
    told: Floats


@dataclass(frozen=True)
class Result:
    """By size, and the same by other routes; of the pixels themselves the errors and what is told."""

    parameters: Parameters
    goals: dict[int, Goals]
    again: dict[int, Goals]
    pixel_errors: Floats
    pixel_errors_again: Floats
    pixels_told: Floats
    pixels_told_again: Floats


@dataclass(frozen=True)
class _Task:
    """Of one seed: digits, pictures of random pixels, which digits have a label; and the principal components of those
    shown, in columns, the first the longest, by two algorithms."""

    digits: Digits
    noise: Floats
    labelled: Examples
    components: tuple[Floats, Floats]

    @property
    def pictures(self) -> dict[str, Floats]:
        return {SEEN: self.digits.unseen.inputs, RANDOM_PIXELS: self.noise}


def study(parameters: Parameters) -> Result:
    """Learn codes without labels, then names from few. Raises ArgumentError for sizes of which none is smaller."""
    p = parameters
    if len(set(p.sizes)) < 2:
        raise ArgumentError(f"sizes is {p.sizes}; two sizes or more are needed, to be compared")
    rngs = np.random.default_rng(p.seed).spawn(p.n_seeds)
    tasks = [_task(p, rng) for rng in rngs]
    named = _named([task.labelled for task in tasks], rngs)
    unseen = [task.digits.unseen for task in tasks]
    goals, again = dict[int, Goals](), dict[int, Goals]()
    for size in dict.fromkeys(p.sizes):
        goals[size], again[size] = _goals(size, tasks, rngs, p)
    pairs = list(zip(named, unseen, strict=True))
    return Result(
        p,
        goals,
        again,
        pixel_errors=100 * np.array([error_rate(one, digits) for one, digits in pairs]),
        pixel_errors_again=100 * np.array([recounted(one, digits) for one, digits in pairs]),
        pixels_told=np.array([told_between(one.inputs, teacher(one)) for one in unseen]),
        pixels_told_again=np.array([_told_within(one.inputs, teacher(one)) for one in unseen]),
    )


def _task(p: Parameters, rng: np.random.Generator) -> _Task:
    digits = draw_digits(p.n_shown, p.n_unseen, rng=rng)
    labels = teacher(digits.shown).argmax(axis=1)
    fewest = int(np.bincount(labels, minlength=N_CLASSES).min())
    if fewest < p.n_labels:
        raise ArgumentError(f"n_labels is {p.n_labels}; of one digit there are {fewest} to learn from; raise n_shown")
    rows = [rng.choice(np.flatnonzero(labels == digit), p.n_labels, replace=False) for digit in range(N_CLASSES)]
    chosen = np.concatenate(rows)
    labelled = Examples(digits.shown.inputs[chosen], teacher(digits.shown)[chosen])
    centred = digits.shown.inputs - digits.shown.inputs.mean(axis=0)
    covariance = np.einsum("pi,pj->ij", centred, centred) / len(centred)
    components = _components(covariance, _symmetric), _components(covariance, _any_matrix)
    return _Task(digits, rng.random((p.n_unseen, N_PIXELS)), labelled, components)


def _components(covariance: Floats, directions: Callable[[Floats], Floats]) -> Floats:
    """Principal components in columns; pixels that never vary come last, each its own."""
    varies = np.diag(covariance) > 0
    found = np.zeros_like(covariance)
    found[np.ix_(varies, np.arange(varies.sum()))] = directions(covariance[np.ix_(varies, varies)])
    found[np.flatnonzero(~varies), np.arange(varies.sum(), len(varies))] = 1.0
    return found


def _symmetric(covariance: Floats) -> Floats:
    return np.linalg.eigh(covariance)[1][:, ::-1]


def _any_matrix(covariance: Floats) -> Floats:
    """By the algorithm for any matrix, whether symmetric or not, ordered and made orthogonal; singular values would do
    as well, but NumPy starts threads for them that take more of the processor than all else here."""
    lengths, directions = np.linalg.eig(covariance)
    return np.linalg.qr(directions[:, np.argsort(-lengths.real, kind="stable")].real)[0]


def _named(labelled: Sequence[Examples], rngs: Sequence[np.random.Generator]) -> Sequence[LayeredNetwork]:
    """Softmax regression from the labelled digits of each seed, all of them in every step."""
    n_inputs = labelled[0].inputs.shape[1]
    starts = [random_network((n_inputs, N_CLASSES), (SOFTMAX,), rng=rng) for rng in rngs]
    return train_all(starts, labelled, descent=NAMING)


def _goals(
    size: int, tasks: Sequence[_Task], rngs: Sequence[np.random.Generator], p: Parameters
) -> tuple[Goals, Goals]:
    """By one route, and by another."""
    starts = [random_autoencoder(N_PIXELS, size, rng=rng) for rng in rngs]
    shown = np.array([task.digits.shown.inputs for task in tasks])
    descent = Descent(CODING.loss, CODING.rate, CODING.momentum, CODING.batch_size, p.n_epochs)
    trained = train_autoencoders(starts, shown, descent=descent, rngs=rngs)
    coded = [Examples(codes(one, task.labelled.inputs), teacher(task.labelled)) for one, task in _both(trained, tasks)]
    named = _named(coded, rngs)
    unseen = [
        Examples(in_parts(partial(codes, one), task.digits.unseen.inputs), teacher(task.digits.unseen))
        for one, task in _both(trained, tasks)
    ]
    kinds = SEEN, RANDOM_PIXELS
    first = Goals(
        {kind: np.array([_linear(size, task, kind) for task in tasks]) for kind in kinds},
        {kind: np.array([_left(one, task.pictures[kind]) for one, task in _both(trained, tasks)]) for kind in kinds},
        100 * np.array([error_rate(one, digits) for one, digits in zip(named, unseen, strict=True)]),
        np.array([told_between(one.inputs, teacher(one)) for one in unseen]),
    )
    second = Goals(
        {kind: np.array([_lost(size, task, kind) for task in tasks]) for kind in kinds},
        {
            kind: np.array([_left_again(one, task.pictures[kind]) for one, task in _both(trained, tasks)])
            for kind in kinds
        },
        100 * np.array([recounted(one, digits) for one, digits in zip(named, unseen, strict=True)]),
        np.array([_told_within(one.inputs, teacher(one)) for one in unseen]),
    )
    return first, second


def _both(trained: Sequence[Autoencoder], tasks: Sequence[_Task]) -> list[tuple[Autoencoder, _Task]]:
    return list(zip(trained, tasks, strict=True))


def _left(autoencoder: Autoencoder, pictures: Floats) -> float:
    return left(pictures, in_parts(partial(reconstructions, autoencoder), pictures))


def _left_again(autoencoder: Autoencoder, pictures: Floats) -> float:
    """With the biases as weights; the variance from the squares."""
    restored = in_parts(partial(multiplied_out, as_network(autoencoder)), pictures)
    return float(100 * np.mean([math.fsum(row**2) for row in pictures - restored]) / _spread(pictures))


def _linear(size: int, task: _Task, kind: str) -> float:
    """What the first principal components of the digits shown leave of pictures."""
    centred = task.pictures[kind] - task.digits.shown.inputs.mean(axis=0)
    directions = task.components[0][:, :size]
    return left(centred, in_parts(lambda x: (x @ directions) @ directions.T, centred))


def _lost(size: int, task: _Task, kind: str) -> float:
    """The squared lengths along all other components, by another algorithm, over the variance of the pixels."""
    pictures = task.pictures[kind]
    others = task.components[1][:, size:]
    along = in_parts(lambda x: x @ others, pictures - task.digits.shown.inputs.mean(axis=0))
    return float(100 * np.mean(np.sum(along**2, axis=1)) / _spread(pictures))


def _spread(pictures: Floats) -> float:
    """The variance of all pixels together, from the squares."""
    return float(np.sum(np.mean(pictures**2, axis=0) - np.mean(pictures, axis=0) ** 2))


def told_between(activity: Floats, targets: Floats) -> float:
    """Percent of the variation of a unit that is due to which digit it is, mean over the units that vary at all."""
    means = (targets.T @ activity) / targets.sum(axis=0)[:, np.newaxis]
    between = (targets.sum(axis=0) @ (means - activity.mean(axis=0)) ** 2) / len(activity)
    varies = np.ptp(activity, axis=0) > 0
    return float(100 * np.mean(between[varies] / activity.var(axis=0)[varies]))


def _told_within(activity: Floats, targets: Floats) -> float:
    """The same from what is left within the digits."""
    labels = targets.argmax(axis=1)
    within = sum(np.sum(labels == digit) * activity[labels == digit].var(axis=0) for digit in range(N_CLASSES))
    varies = np.ptp(activity, axis=0) > 0
    return float(100 * np.mean(1 - (within / len(activity))[varies] / activity.var(axis=0)[varies]))
