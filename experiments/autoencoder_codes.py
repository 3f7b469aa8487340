"""What codes does an autoencoder find, are they bits, and how does a linear one compare with principal components?

Source: lecture (8-3-8); rumelhart1986 (the encoder problem); baldi1989 (linear autoencoders); alpaydin1998 (digits).
Differs: cross entropy where the first nets had squared error; the linear autoencoder is tied and sees centred digits.
Time: quick 3 s, full 7 s (NumPy; most of it the 8-3-8 networks).
"""

from dataclasses import dataclass

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
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Axes, Figure, curves, images
from plasticity.plots.style import FAINT, PALETTE
from plasticity.studies import encoder_problem

N_INPUTS, N_HIDDEN, N_PIXELS = 8, 3, 64  # as on the lecture's slide; as in the digits
MOMENTS = (0.0, 0.03, 0.1, 0.3, 1.0)  # of the training, at which the codes are kept
N_SHOWN = 10  # digits in the figure


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_networks: int = parameter(40, meaning="8-3-8 networks from different weights", least=2, most=2000)
    n_steps: int = parameter(1000, meaning="steps of gradient descent in each", least=100, most=20_000)
    rate: float = parameter(4.0, "1", "learning rate: the largest of few that never fails", least=0.1, most=6.0)
    n_digits: int = parameter(500, meaning="digits of the linear autoencoders", least=100, most=1797)
    sizes: tuple[int, ...] = parameter((1, 2, 4, 8, 16), meaning="code units of the linear ones", least=1, most=24)
    n_linear_steps: int = parameter(600, meaning="steps of their descent", least=100, most=10_000)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Codes of the 8-3-8 networks; errors and pictures of the linear ones."""

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


def run(parameters: Parameters) -> Result:
    """Train the small networks from many starts, the linear ones at every size."""
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
    )


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


def draw(result: Result, figure: Figure) -> None:
    """The codes as they form; how many are left when rounded; the linear autoencoder next to the components."""
    above, below = figure.subfigures(2, 1, squeeze=False, height_ratios=(1, 1.05)).ravel()
    for k, (axes, hidden) in enumerate(
        zip(above.subplots(1, len(result.course), sharey=True), result.course, strict=True)
    ):
        images.matrix(axes, hidden)
        axes.set_xticks(range(N_HIDDEN), [f"h{n}" for n in range(1, N_HIDDEN + 1)])
        axes.set_yticks(range(N_INPUTS), [str(n) for n in range(1, N_INPUTS + 1)])
        curves.label(axes, "hidden unit", "input that is 1" if k == 0 else "", f"after {result.moments[k]:g} steps")
    rounding, errors, digits = below.subplots(1, 3, width_ratios=(0.8, 1, 1.9))
    _draw_rounding(rounding, result)
    curves.theory(errors, result.sizes, result.pca_errors, "principal components")
    curves.points(errors, result.sizes, result.linear_errors, "tied linear autoencoder", number=1)
    errors.set_ylim(0, None)
    curves.label(errors, "units of the code", "squared error per digit", "digits through a bottleneck")
    errors.legend(loc="upper right")
    images.mosaic(digits, result.pictures.reshape(-1, 8, 8), result.pictures.shape[1])
    digits.set_yticks([3.5, 12.5, 21.5], ["given", "components", "autoencoder"])
    digits.tick_params(length=0)
    digits.set_title(f"through {result.sizes[-1]:g} numbers and back")


def _draw_rounding(axes: Axes, result: Result) -> None:
    kinds = np.arange(min(6, int(result.rounded.min())), N_INPUTS + 1)
    counts = [int(np.sum(result.rounded == kind)) for kind in kinds]
    axes.bar(kinds, counts, width=0.7, color=PALETTE[2], edgecolor=FAINT)
    axes.set_xticks(kinds)
    axes.locator_params(axis="y", integer=True)
    curves.label(axes, "different codes, rounded", "networks", "codes as bits")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    kept = np.mean(result.rounded == N_INPUTS)
    return (
        f"Above: hidden values of an 8-3-8 autoencoder while it learns (rate {p.rate:g}). Below, left: of "
        f"{p.n_networks} such networks, trained {p.n_steps} steps, {kept:.0%} keep eight different codes when "
        f"rounded to bits; as real numbers all differ (nearest two {result.apart.min():.2f} apart). Middle and "
        f"right: {p.n_digits} handwritten digits through a linear bottleneck, over the error of principal components."
    )


EXPERIMENT = Experiment(
    name="autoencoder_codes",
    question="What codes does an autoencoder find, are they bits, and how does a linear one compare with principal "
    "components?",
    source="lecture; rumelhart1986; baldi1989; alpaydin1998",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_networks=5, n_steps=700, n_digits=300, sizes=(2, 4, 8), n_linear_steps=300),
    claims=(
        Claim(
            "Every 8-3-8 network gives all inputs back, outputs rounded (fraction of networks)",
            lambda result: float(np.mean(np.all(np.round(result.outputs) == np.eye(N_INPUTS), axis=(1, 2)))),
            1.0,
            "rumelhart1986: three units are enough",
        ),
        Claim(
            "In every network each code can be told from the other seven by one unit, bits or not (fewest codes)",
            lambda result: float(result.singled_out.min()),
            float(N_INPUTS),
            "another route: separability decided exactly",
        ),
        Claim(
            "No linear autoencoder errs less than principal components (smallest ratio of errors)",
            lambda result: float((result.linear_errors / result.pca_errors).min()),
            1.0,
            "baldi1989: principal components are the minimum",
            tolerance=1e-9,
            reason="rounding",
            relation="at least",
        ),
        Claim(
            "The tied linear autoencoder reaches the error of principal components (largest ratio of errors)",
            lambda result: float((result.linear_errors / result.pca_errors).max()),
            1.0,
            "baldi1989: there is no other minimum",
            tolerance=0.01,
            reason="descent stopped after so many steps; the last of nearly equal components is found last",
        ),
        Claim(
            "The code of the tied linear autoencoder spans the leading principal components, half as many as it "
            "has units (smallest fraction)",
            lambda result: float(result.overlap.min()),
            1.0,
            "another route: singular value decomposition",
            tolerance=0.01,
            reason="descent stopped after so many steps",
        ),
    ),
    memory=lambda p: 8.0 * (p.n_networks * 200 + p.n_digits * 600) + 2e7,
    size=(12.0, 7.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
