"""Does it help a deep network to be trained first, layer by layer and without labels, to give back its input?

Source: bengio2007 (greedy layer-wise training); alpaydin1998 (the digits); lecture.
Differs: 8 x 8 digits and small sigmoid layers, not 28 x 28 and thousands of units.
Time: quick 4 s, full 31 s (NumPy).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import published
from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, teacher
from plasticity.artificial.layers import LayeredNetwork, train
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, MULTICLASS_CROSS_ENTROPY
from plasticity.artificial.stacked import (
    Recipe,
    error_rate,
    greedy_encoders,
    linear,
    unpretrained,
    with_trained_top,
)
from plasticity.errors import ArgumentError
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Figure, curves, images
from plasticity.plots.style import PALETTE
from plasticity.progress import tracked

KINDS = ("from random weights", "pretrained, softmax alone", "pretrained, fine-tuned")
RANDOM, TOP, FINE = range(3)  # places in KINDS
N_PIXELS, N_CLASSES, N_FEATURES = 64, 10, 24


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    sizes: tuple[int, ...] = parameter((48, 32, 24, 16), "1", "units of the hidden layers", least=2, most=256)
    depths: tuple[int, ...] = parameter((1, 2, 3, 4), "1", "how many of these layers a network has", least=1, most=8)
    n_shown: int = parameter(800, meaning="digits to learn from", least=50, most=1500)
    n_unseen: int = parameter(900, meaning="other digits, for the test", least=100, most=1700)
    n_seeds: int = parameter(8, meaning="draws of digits and first weights", least=2, most=50)
    greedy_epochs: int = parameter(20, meaning="epochs of each autoencoder", least=1, most=200)
    top_epochs: int = parameter(5, meaning="epochs of the softmax layer alone", least=1, most=200)
    fine_epochs: int = parameter(20, meaning="epochs of all layers, with labels", least=1, most=200)
    batch_size: int = parameter(64, meaning="digits in a mini-batch", least=1, most=500)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Test errors by kind, depth and seed; what the first layer looks for."""

    kinds: np.ndarray = column("", "kinds", meaning="how it was trained")
    depths: Floats = column("1", "depths", meaning="hidden layers")
    errors: Floats = column("1", "kinds", "depths", "seeds", meaning="test error: fraction of digits named wrongly")
    learnt: Floats = column("1", "kinds", "depths", "seeds", meaning="the same of the digits learnt from")
    linear: Floats = column("1", "seeds", meaning="unseen, softmax regression")
    recounted: float = column("1", meaning="error of one fine-tuned network, multiplied out digit by digit")
    features: Floats = column(
        "1", "stages", "units", "dots", meaning="first weights: pretrained, fine-tuned, random start"
    )


def run(parameters: Parameters) -> Result:
    """Train all kinds of networks on the same digits, seed by seed."""
    p = parameters
    _check(p)
    rng = np.random.default_rng(p.seed)
    errors = np.zeros((len(KINDS), len(p.depths), p.n_seeds))
    learnt, plain = np.zeros_like(errors), np.zeros(p.n_seeds)
    for seed in tracked(range(p.n_seeds), "seeds"):
        shown, unseen = _digits(p, rng)
        plain[seed] = error_rate(linear(shown, _recipe(p, max(p.depths)), rng=rng), unseen)
        for place, depth in enumerate(p.depths):
            networks = _networks(shown, _recipe(p, depth), rng)
            errors[:, place, seed] = [error_rate(network, unseen) for network in networks]
            learnt[:, place, seed] = [error_rate(network, shown) for network in networks]
    stages = [networks[kind].layers[0].weights[:N_FEATURES, 1:] for kind in (TOP, FINE, RANDOM)]
    return Result(
        kinds=np.array(KINDS),
        depths=np.array(p.depths, dtype=float),
        errors=errors,
        learnt=learnt,
        linear=plain,
        recounted=_recounted(networks[FINE], unseen),
        features=np.array(stages),
    )


def _check(p: Parameters) -> None:
    """Raise ArgumentError for more layers than have sizes, or more digits than there are."""
    n_digits = len(published.load("digits").values)
    if max(p.depths) > len(p.sizes):
        raise ArgumentError(f"depths go to {max(p.depths)}, but sizes names {len(p.sizes)} layers; name more sizes")
    if p.n_shown + p.n_unseen > n_digits:
        raise ArgumentError(f"n_shown + n_unseen is {p.n_shown + p.n_unseen}; there are {n_digits} digits")


def _digits(p: Parameters, rng: np.random.Generator) -> tuple[Examples, Examples]:
    """Digits to learn from and others, drawn at random; pixels from 0 to 1, targets one-hot."""
    values = published.load("digits").values
    rows = values[rng.permutation(len(values))[: p.n_shown + p.n_unseen]]
    inputs, targets = rows[:, :N_PIXELS] / 16, np.eye(N_CLASSES)[rows[:, N_PIXELS].astype(int)]
    return Examples(inputs[: p.n_shown], targets[: p.n_shown]), Examples(inputs[p.n_shown :], targets[p.n_shown :])


def _recipe(p: Parameters, depth: int) -> Recipe:
    """Our choice of rates: large ones, because the time of a run goes with the number of its steps."""
    greedy = Descent(MULTICLASS_CROSS_ENTROPY, 0.1, 0.9, batch_size=p.batch_size, n_epochs=p.greedy_epochs)
    top = Descent(CATEGORICAL_CROSS_ENTROPY, 0.2, 0.9, batch_size=p.batch_size, n_epochs=p.top_epochs)
    fine = Descent(CATEGORICAL_CROSS_ENTROPY, 0.2, 0.9, batch_size=p.batch_size, n_epochs=p.fine_epochs)
    return Recipe(sizes=p.sizes[:depth], activation=SIGMOID, greedy=greedy, top=top, fine=fine)


def _networks(
    shown: Examples, recipe: Recipe, rng: np.random.Generator
) -> tuple[LayeredNetwork, LayeredNetwork, LayeredNetwork]:
    """From random weights for all the epochs; the stack before and after its fine-tuning."""
    encoders = greedy_encoders(shown.inputs, recipe, rng=rng)
    topped = with_trained_top(encoders, shown, descent=recipe.top, rng=rng)
    tuned = train(topped, shown, descent=recipe.fine, rng=rng).network
    return unpretrained(shown, recipe, rng=rng), topped, tuned


def _recounted(network: LayeredNetwork, examples: Examples) -> float:
    wrong = 0
    for image, target in zip(examples.inputs, teacher(examples), strict=True):
        y = image
        for layer in network.layers:
            y = layer.activation(layer.weights @ np.concatenate([[1.0], y]))
        wrong += int(target[np.argmax(y)] == 0)
    return wrong / len(examples)


def draw(result: Result, figure: Figure) -> None:
    """Test errors with their standard errors; the weights of the first layer."""
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=(1, 1.35)).ravel()
    axes = left.subplots()
    for number, (kind, errors) in enumerate(zip(result.kinds, result.errors, strict=True)):
        mean, error = 100 * errors.mean(axis=1), 100 * _standard_error(errors)
        places = np.arange(len(mean)) + 0.12 * (number - 1)
        curves.points(axes, places, mean, str(kind), error=error, number=number, markersize=7)
    axes.axhline(100 * result.linear.mean(), color=PALETTE[3], linestyle=":", label="softmax regression")
    axes.set_yscale("log")
    ticks = (1, 2, 3, 5, 10, 20, 50, 100)
    axes.set_yticks(ticks, [str(tick) for tick in ticks])
    axes.set_yticks([], minor=True)
    everything = 100 * np.concatenate([result.errors.mean(axis=2).ravel(), [result.linear.mean()]])
    axes.set_ylim(everything.min() / 1.5, everything.max() * 3)
    axes.set_xticks(range(len(result.depths)), [f"{depth:g}" for depth in result.depths])
    axes.set_xlim(-0.5, len(result.depths) - 0.5)
    curves.label(axes, "hidden layers", "test error (%)", "does pretraining help?")
    axes.legend(loc="upper left")
    titles = ("after pretraining", "after fine-tuning", "from random weights")
    for axes, weights, title in zip(right.subplots(1, 3), result.features, titles, strict=True):
        images.mosaic(axes, weights.reshape(-1, 8, 8), 4, signed=True)
        axes.set_title(title)


def _standard_error(errors: Floats) -> Floats:
    return errors.std(axis=-1, ddof=1) / np.sqrt(errors.shape[-1])


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen, and whether it helps."""
    p = parameters
    verdicts = "; ".join(f"{depth:g} hidden: {_verdict(result, place)}" for place, depth in enumerate(result.depths))
    return (
        f"Left: error on {p.n_unseen} digits after learning from {p.n_shown} others, {p.n_seeds} seeds (bars: standard "
        f"errors); at each depth as many epochs in all. What pretraining takes off the error, in points: "
        f"{verdicts}. Softmax regression: {100 * result.linear.mean():.1f} %. Right: weights of {N_FEATURES} units of "
        f"the first layer, each scaled by its largest; purple excites, orange inhibits."
    )


def _verdict(result: Result, place: int) -> str:
    """The gain of pretraining, seed by seed, and whether it is more than two standard errors."""
    gains = 100 * (result.errors[RANDOM, place] - result.errors[FINE, place])
    error = float(_standard_error(gains))
    verdict = (
        "a clear gain" if gains.mean() > 2 * error else "a clear loss" if gains.mean() < -2 * error else "no clear gain"
    )
    return f"{gains.mean():.1f} ± {error:.1f} ({verdict})"


def _gain(result: Result, place: int) -> Floats:
    return result.errors[RANDOM, place] - result.errors[FINE, place]


def _deepest_less_shallowest(result: Result) -> Floats:
    """By seed: what pretraining gains in the deepest network, minus what it gains in the shallowest."""
    return _gain(result, int(result.depths.argmax())) - _gain(result, int(result.depths.argmin()))


def _five(errors: Floats) -> float:
    return float(5 * _standard_error(errors).max())


EXPERIMENT = Experiment(
    name="stacked_autoencoder",
    question="Does it help a deep network to be trained first, layer by layer and without labels, to give back its "
    "input?",
    source="bengio2007; alpaydin1998; lecture",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(
        depths=(2, 4), n_shown=300, n_seeds=2, greedy_epochs=10, top_epochs=5, fine_epochs=15, batch_size=32
    ),
    claims=(
        Claim(
            "In the deepest network pretraining lowers the error on unseen digits (mean gain)",
            lambda result: float(_gain(result, int(result.depths.argmax())).mean()),
            0.0,
            "bengio2007: greedy training helps deep networks",
            relation="at least",
        ),
        Claim(
            "It gains more in the deepest network than in the shallowest (difference of the gains)",
            lambda result: float(_deepest_less_shallowest(result).mean()),
            0.0,
            "hochreiter1998: errors fade on their way down through sigmoid layers",
            relation="at least",
        ),
        Claim(
            "In the shallowest network random weights do about as well (mean gain)",
            lambda result: float(_gain(result, int(result.depths.argmin())).mean()),
            0.0,
            "null hypothesis: no gain",
            tolerance=lambda result: max(0.05, _five(_gain(result, int(result.depths.argmin())))),
            reason="five standard errors, at least five points: two seeds do not tell their own spread",
        ),
        Claim(
            "Fine-tuning lowers what the softmax layer alone leaves on the digits learnt from (largest change)",
            lambda result: float((result.learnt[FINE] - result.learnt[TOP]).mean(axis=1).max()),
            0.0,
            "bengio2007: fine-tuning of the whole network",
            relation="at most",
        ),
        Claim(
            "The error counts digits: multiplied out one by one it is the same",
            lambda result: float(result.errors[FINE, -1, -1]),
            lambda result: result.recounted,
            "another route: digit by digit",
            tolerance=1e-12,
            reason="rounding",
        ),
    ),
    memory=lambda p: 8.0 * 20 * (p.n_shown + p.n_unseen) * (N_PIXELS + sum(p.sizes)) + 2e7,
    size=(12.0, 5.2),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
