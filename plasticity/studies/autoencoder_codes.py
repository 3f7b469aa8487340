"""Codes that autoencoders find: from one-hot objects and from digits, bits or not, burdened or not, alike or not.

Source: lecture (8-3-8); rumelhart1986 (the encoder problem); baldi1989 (linear autoencoders); alpaydin1998 (digits).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity import published
from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR
from plasticity.artificial.autoencoders import (
    Autoencoder,
    codes,
    random_autoencoder,
    reconstructions,
    train_autoencoder,
)
from plasticity.artificial.descent import Descent
from plasticity.artificial.losses import MSE
from plasticity.artificial.separability import is_separable
from plasticity.experiment import column, parameter
from plasticity.studies import burdens, encoder_problem, likeness, object_likeness, separable_codes
from plasticity.studies.digits import N_PIXELS

N_INPUTS, N_HIDDEN = 8, 3  # as on the lecture's slide
MOMENTS = (0.0, 0.03, 0.1, 0.3, 1.0)  # of the training, at which the codes are kept
N_SHOWN = 10  # digits in the figure
CODES = ("one-hot", "binary")
MEASURES = ("error left", "mean activity", "error left, half silenced")
STAGES = ("untrained", "trained")


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_networks: int = parameter(40, meaning="8-3-8 networks from different weights", least=2, most=2000)
    n_steps: int = parameter(1000, meaning="steps of gradient descent in each", least=100, most=20_000)
    rate: float = parameter(4.0, "1", "learning rate: the largest of few that never fails", least=0.1, most=6.0)
    n_digits: int = parameter(500, meaning="digits of the linear autoencoders", least=100, most=1797)
    sizes: tuple[int, ...] = parameter((1, 2, 4, 8, 16), meaning="code units of the linear ones", least=1, most=24)
    n_linear_steps: int = parameter(600, meaning="steps of their descent", least=100, most=10_000)
    units: tuple[int, ...] = parameter((2, 4, 8, 16, 32), meaning="hidden units, for likeness", least=1, most=64)
    n_seeds: int = parameter(4, meaning="draws of digits, for burdens and likeness", least=2, most=20)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Codes of the 8-3-8 networks; errors and pictures of the linear ones; what a unit can learn from one-hot inputs;
    what burdens cost and buy; how alike the codes of like pictures are, and of like objects."""

    moments: Floats = column("1", "moments", meaning="steps after which the codes of the first network were kept")
    course: Floats = column("1", "moments", "patterns", "hidden", meaning="its hidden values")
    codes: Floats = column("1", "networks", "patterns", "hidden", meaning="hidden values at the end")
    outputs: Floats = column("1", "networks", "patterns", "pixels", meaning="what comes back")
    rounded: Floats = column("1", "networks", meaning="different codes, rounded to 0 and 1")
    apart: Floats = column("1", "networks", meaning="distance of the two nearest codes")
    singled_out: Floats = column("1", "networks", meaning="codes that one unit can tell from the other seven")
    sizes: Floats = column("1", "sizes", meaning="units of the code")
    linear_errors: Floats = column("1", "sizes", meaning="squared error per digit, tied linear autoencoder")
    pca_errors: Floats = column("1", "sizes", meaning="the same, principal components")
    overlap: Floats = column("1", "sizes", meaning="fraction of the leading components in the span of the code")
    pictures: Floats = column("1", "kinds", "digits", "dots", meaning="as given, by components, by autoencoder")
    objects: Floats = column("1", "objects", meaning="as many as the binary code has patterns")
    input_codes: np.ndarray = column("", "input_codes", meaning="code of the objects")
    learnable: Floats = column("1", "input_codes", "objects", meaning="fraction of labellings that one unit can learn")
    learnable_again: Floats = column("1", "input_codes", "objects", meaning="by Cover's count; by sums of patterns")
    burdens: np.ndarray = column("", "burdens", meaning="what the hidden layer bears")
    measures: np.ndarray = column("", "measures", meaning="what is measured on unseen digits")
    burdened: Floats = column("%", "measures", "burdens", "seeds", meaning="error left over variance; mean activity")
    units: Floats = column("1", "units", meaning="hidden units")
    stages: np.ndarray = column("", "stages", meaning="of the training")
    likeness: Floats = column(
        "1", "stages", "units", "seeds", meaning="rank correlation, distances of codes and pictures"
    )
    tasks: np.ndarray = column("", "tasks", meaning="what objects' codes are learnt from")
    alike: Floats = column("1", "tasks", "object_networks", meaning="rank correlation, distances of codes and features")


def study(parameters: Parameters) -> Result:
    """Train the small networks from many starts, the linear ones at every size, burdened ones and others."""
    p = parameters
    small = encoder_problem.study(_small(p))
    course = [codes(network, np.eye(N_INPUTS)) for network in _course(small)]
    rng = np.random.default_rng([p.seed, 1])  # other numbers than those of the small networks
    digits = published.load("digits").values[rng.permutation(1797)[: p.n_digits], :N_PIXELS] / 16
    mean = digits.mean(axis=0)
    components, scatter = _principal(digits - mean)
    linear = [_linear(digits - mean, size, p, rng) for size in p.sizes]
    shown = (digits - mean)[:N_SHOWN]
    best = components[: p.sizes[-1]]
    pictures = (shown, shown @ best.T @ best, reconstructions(linear[-1], shown))
    return Result(
        moments=np.array([float(round(p.n_steps * moment)) for moment in MOMENTS]),
        course=np.array(course),
        codes=small.codes,
        outputs=small.outputs,
        rounded=np.array(small.rounded, dtype=float),
        apart=np.array([encoder_problem.nearest(one) for one in small.codes]),
        singled_out=np.array([_singled_out(one) for one in small.codes]),
        sizes=np.array(p.sizes, dtype=float),
        linear_errors=np.array([_error(network, digits - mean) for network in linear]),
        pca_errors=np.array([scatter[size:].sum() for size in p.sizes]),
        overlap=np.array([_overlap(network, components) for network in linear]),
        pictures=np.array(pictures) + mean,
        **_separable(),
        **_burdened(p),
        **_alike(p),
    )


def _separable() -> dict[str, Any]:
    among = separable_codes.study(separable_codes.Parameters())[1]
    counts = [[one.one_hot, one.binary] for one in among], [[one.by_cover, one.by_sums] for one in among]
    found, again = (np.array(count, dtype=float).T / [one.n_labellings for one in among] for count in counts)
    objects = np.array([float(one.n_objects) for one in among])
    return {"objects": objects, "input_codes": np.array(CODES), "learnable": found, "learnable_again": again}


def _burdened(p: Parameters) -> dict[str, Any]:
    found = burdens.study(burdens.Parameters(n_seeds=p.n_seeds, seed=p.seed))[1]
    names = [f"{kind.name} {kind.strength:g}" if kind.strength else kind.name for kind in found]
    measured = [[one.left, one.activity, one.crippled] for one in found.values()]
    return {
        "burdens": np.array(names),
        "measures": np.array(MEASURES),
        "burdened": np.array(measured).swapaxes(0, 1),
    }


def _alike(p: Parameters) -> dict[str, Any]:
    digits = likeness.study(likeness.Parameters(sizes=p.units, n_seeds=p.n_seeds, seed=p.seed))
    stages = [[one.rank_correlation for one in kind.values()] for kind in (digits.random, digits.trained)]
    objects = object_likeness.study(object_likeness.Parameters(seed=p.seed))[1]
    return {
        "units": np.array([float(size) for size in digits.trained]),
        "stages": np.array(STAGES),
        "likeness": np.array(stages),
        "tasks": np.array(list(objects)),
        "alike": np.array([one.correlation for one in objects.values()]),
    }


def _small(p: Parameters) -> encoder_problem.Parameters:
    """Those of the 8-3-8 networks."""
    return encoder_problem.Parameters(
        N_INPUTS, N_HIDDEN, n_networks=p.n_networks, n_steps=p.n_steps, rate=p.rate, seed=p.seed
    )


def _course(small: encoder_problem.Coded) -> list[Autoencoder]:
    """The first network at every moment; without momentum, training in parts is the same as in one."""
    p = small.parameters
    found, steps = [small.starts[0]], [round(p.n_steps * moment) for moment in MOMENTS]
    for before, after in zip(steps, steps[1:], strict=False):
        descent = encoder_problem.descent(p, after - before)
        found.append(train_autoencoder(found[-1], np.eye(N_INPUTS), descent=descent).autoencoder)
    return found


def _singled_out(hidden: Floats) -> float:
    """How many codes one threshold unit can tell from the others; decided exactly, at four decimals."""
    return float(sum(is_separable(np.round(hidden, 4), label) for label in np.eye(N_INPUTS, dtype=int)))


def _principal(centred: Floats) -> tuple[Floats, Floats]:
    """Directions in rows, and the mean squared length of the digits along each; the largest first."""
    _, lengths, directions = np.linalg.svd(centred, full_matrices=False)
    return directions, lengths**2 / len(centred)


def _linear(centred: Floats, size: int, p: Parameters, rng: np.random.Generator) -> Autoencoder:
    start = random_autoencoder(N_PIXELS, size, activations=(LINEAR, LINEAR), tied=True, rng=rng)
    descent = Descent(MSE, rate=0.1, momentum=0.9, n_epochs=p.n_linear_steps)  # our choice: settles at every size
    return train_autoencoder(start, centred, descent=descent).autoencoder


def _error(network: Autoencoder, inputs: Floats) -> float:
    return float(np.sum((reconstructions(network, inputs) - inputs) ** 2) / len(inputs))


def _overlap(network: Autoencoder, components: Floats) -> float:
    """Fraction of the first half of as many principal components that lies in the span of the code's weights.

    The first half, because the last of nearly equal components are told apart only after very many steps.
    """
    size = len(network.encoder.weights)
    span, _ = np.linalg.qr(network.encoder.weights[:, 1:].T)
    half = (size + 1) // 2
    return float(np.sum((components[:half] @ span) ** 2) / half)
