"""A deep network on handwritten digits: trained layer by layer without labels first, or from random weights as long.

Source: bengio2007 (greedy layer-wise training); alpaydin1998 (the digits). The networks of all seeds are trained
side by side; every seed draws digits, first weights and orders of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, TANH, Activation
from plasticity.artificial.autoencoders import codes, random_autoencoder
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, teacher
from plasticity.artificial.layers import Layer, LayeredNetwork, output, random_layer, random_network
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, MSE, MULTICLASS_CROSS_ENTROPY, SOFTMAX
from plasticity.artificial.side_by_side import train_all, train_autoencoders
from plasticity.artificial.stacked import Recipe
from plasticity.errors import ArgumentError
from plasticity.experiment import column, parameter
from plasticity.studies import getting_stuck
from plasticity.studies.digits import N_CLASSES, N_PIXELS, Digits, draw_digits, error_rate, in_parts, recounted

KINDS = ("from random weights", "pretrained, softmax alone", "pretrained, fine-tuned")
RANDOM, TOP, FINE = range(3)  # places in KINDS
N_FEATURES = 24
UNITS = {"sigmoid": SIGMOID, "tanh": TANH}
Rngs = Sequence[np.random.Generator]


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    sizes: tuple[int, ...] = parameter((48, 32, 24, 16), "1", "units of the hidden layers", least=2, most=256)
    depths: tuple[int, ...] = parameter((1, 2, 3, 4), "1", "how many of these layers a network has", least=1, most=8)
    units: str = parameter("sigmoid", meaning="hidden units", choices=tuple(UNITS))
    n_shown: int = parameter(800, meaning="digits to learn from", least=50, most=1500)
    n_unseen: int = parameter(900, meaning="other digits, for the test", least=100, most=1700)
    n_seeds: int = parameter(8, meaning="draws of digits and first weights", least=2, most=50)
    greedy_epochs: int = parameter(20, meaning="epochs of each autoencoder", least=1, most=200)
    top_epochs: int = parameter(5, meaning="epochs of the softmax layer alone", least=1, most=200)
    fine_epochs: int = parameter(20, meaning="epochs of all layers, with labels", least=1, most=200)
    batch_size: int = parameter(64, meaning="digits in a mini-batch", least=1, most=500)
    n_starts: int = parameter(0, meaning="starts of small networks, to see which are stuck", least=0, most=500)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Errors by kind, depth and seed, each counted twice; what the first layer looks for."""

    kinds: np.ndarray = column("", "kinds", meaning="how it was trained")
    depths: Floats = column("1", "depths", meaning="hidden layers")
    errors: Floats = column("1", "kinds", "depths", "seeds", meaning="test error: fraction of digits named wrongly")
    learnt: Floats = column("1", "kinds", "depths", "seeds", meaning="the same of the digits learnt from")
    linear: Floats = column("1", "seeds", meaning="unseen, softmax regression")
    recounted: Floats = column("1", "kinds", "depths", "seeds", meaning="test error, multiplied out and counted anew")
    relearnt: Floats = column("1", "kinds", "depths", "seeds", meaning="error of the digits learnt from, counted anew")
    linear_recounted: Floats = column("1", "seeds", meaning="softmax regression, counted anew")
    features: Floats = column(
        "1", "stages", "units", "dots", meaning="first weights: pretrained, fine-tuned, random start"
    )
    n_starts: int = column("1", meaning="starts of every small network")
    stuck_units: np.ndarray = column("", "stuck_units", meaning="hidden units of the small networks")
    stuck_depths: Floats = column("1", "stuck_depths", meaning="hidden layers of the small networks")
    stuck: Floats = column("1", "stuck_units", "stuck_depths", meaning="fraction of starts that are stuck")
    at_chance: Floats = column("1", "stuck_units", "stuck_depths", meaning="fraction stuck at saying one half")


def study(parameters: Parameters) -> Result:
    """Train all kinds of networks. Raises ArgumentError for more layers than have sizes, or too many digits."""
    p = parameters
    if max(p.depths) > len(p.sizes):
        raise ArgumentError(f"depths go to {max(p.depths)}, but sizes names {len(p.sizes)} layers; name more sizes")
    rngs = np.random.default_rng(p.seed).spawn(p.n_seeds)
    samples = [draw_digits(p.n_shown, p.n_unseen, rng=rng) for rng in rngs]
    shown = [digits.shown for digits in samples]
    plain = trained((N_PIXELS, N_CLASSES), shown, recipe(p, max(p.depths)), rngs)
    encoders = greedy_encoders(shown, recipe(p, max(p.depths)), rngs)
    by_depth = [_kinds(shown, encoders, recipe(p, depth), rngs) for depth in p.depths]
    counted = {
        (count, part): _errors(by_depth, samples, part, count)
        for count in (error_rate, recounted)
        for part in ("unseen", "shown")
    }
    deepest = by_depth[int(np.argmax(p.depths))]
    return Result(
        kinds=np.array(KINDS),
        depths=np.array(p.depths, dtype=float),
        errors=counted[error_rate, "unseen"],
        learnt=counted[error_rate, "shown"],
        linear=np.array([error_rate(one, digits.unseen) for one, digits in zip(plain, samples, strict=True)]),
        recounted=counted[recounted, "unseen"],
        relearnt=counted[recounted, "shown"],
        linear_recounted=np.array([recounted(one, digits.unseen) for one, digits in zip(plain, samples, strict=True)]),
        features=np.array([deepest[kind][-1].layers[0].weights[:N_FEATURES, 1:] for kind in (TOP, FINE, RANDOM)]),
        **_stuck(p),
    )


def _stuck(p: Parameters) -> dict[str, Any]:
    """Of small networks without pretraining; nothing when there are no starts of them."""
    if not p.n_starts:
        none, nothing = np.zeros(0), np.zeros((0, 0))
        empty = {"stuck_units": none.astype(str), "stuck_depths": none, "stuck": nothing, "at_chance": nothing}
        return {"n_starts": 0, **empty}
    found = getting_stuck.study(getting_stuck.Parameters(n_starts=p.n_starts, seed=p.seed))[1]
    depths = [list(one.values()) for one in found.values()]
    return {
        "n_starts": p.n_starts,
        "stuck_units": np.array(list(found)),
        "stuck_depths": np.array([float(depth) for depth in next(iter(found.values()))]),
        "stuck": np.array([[np.mean(one.is_stuck) for one in row] for row in depths]),
        "at_chance": np.array([[one.n_at_chance / p.n_starts for one in row] for row in depths]),
    }


def recipe(p: Parameters, depth: int) -> Recipe:
    """Our choice of rates: large ones, because the time of a run goes with the number of its steps. Tanh units, whose
    slope is up to four times that of sigmoid units, take a smaller one, and the squared error: outputs go below 0."""
    rates, loss = ((0.1, 0.2), MULTICLASS_CROSS_ENTROPY) if p.units == "sigmoid" else ((0.04, 0.04), MSE)
    greedy = Descent(loss, rates[0], 0.9, batch_size=p.batch_size, n_epochs=p.greedy_epochs)
    top = Descent(CATEGORICAL_CROSS_ENTROPY, rates[1], 0.9, batch_size=p.batch_size, n_epochs=p.top_epochs)
    fine = replace(top, n_epochs=p.fine_epochs)
    return Recipe(sizes=p.sizes[:depth], activation=UNITS[p.units], greedy=greedy, top=top, fine=fine)


def greedy_encoders(shown: Sequence[Examples], recipe: Recipe, rngs: Rngs) -> list[tuple[Layer, ...]]:
    """Of each seed the encoders of autoencoders trained one after another, each on the codes of the last."""
    inputs, layers, pair = [one.inputs for one in shown], [], (recipe.activation, recipe.activation)
    for size in recipe.sizes:
        starts = [random_autoencoder(inputs[0].shape[1], size, activations=pair, rng=rng) for rng in rngs]
        found = train_autoencoders(starts, np.array(inputs), descent=recipe.greedy, rngs=rngs)
        layers.append([one.encoder for one in found])
        inputs = [in_parts(partial(codes, one), x) for one, x in zip(found, inputs, strict=True)]
    return list(zip(*layers, strict=True))


def trained(sizes: Sequence[int], shown: Sequence[Examples], recipe: Recipe, rngs: Rngs) -> tuple[LayeredNetwork, ...]:
    """Of each seed a network from random weights, for as many epochs as the stack has in all."""
    hidden: list[Activation] = [recipe.activation] * (len(sizes) - 2)
    starts = [random_network(sizes, (*hidden, SOFTMAX), rng=rng) for rng in rngs]
    return train_all(starts, shown, descent=replace(recipe.fine, n_epochs=recipe.n_epochs), rngs=rngs)


def _kinds(
    shown: Sequence[Examples], encoders: Sequence[tuple[Layer, ...]], recipe: Recipe, rngs: Rngs
) -> tuple[Sequence[LayeredNetwork], ...]:
    """Of each of KINDS the networks of all seeds; the encoders of a flatter stack are the first of a deeper one."""
    depth, n_codes = len(recipe.sizes), recipe.sizes[-1]
    below = [layers[:depth] for layers in encoders]
    coded = [
        Examples(in_parts(partial(output, LayeredNetwork(layers)), one.inputs), teacher(one))
        for layers, one in zip(below, shown, strict=True)
    ]
    starts = [LayeredNetwork((random_layer(n_codes, N_CLASSES, activation=SOFTMAX, rng=rng),)) for rng in rngs]
    tops = train_all(starts, coded, descent=recipe.top, rngs=rngs)
    topped = [LayeredNetwork((*layers, *top.layers)) for layers, top in zip(below, tops, strict=True)]
    tuned = train_all(topped, shown, descent=recipe.fine, rngs=rngs)
    return trained((N_PIXELS, *recipe.sizes, N_CLASSES), shown, recipe, rngs), topped, tuned


def _errors(by_depth: Sequence, samples: Sequence[Digits], part: str, count) -> Floats:
    """Fractions of digits named wrongly, (n_kinds, n_depths, n_seeds)."""
    found = [
        [
            [count(one, getattr(digits, part)) for one, digits in zip(networks, samples, strict=True)]
            for networks in kinds
        ]
        for kinds in by_depth
    ]
    return np.array(found).swapaxes(0, 1)
