"""What a small layer, a penalty on activity, and dropout do to an autoencoder of digits: what each costs, and buys.

Source: alpaydin1998 (the digits). The autoencoders of one seed and size start from the same weights, and see the same
digits in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.autoencoders import Autoencoder, codes, random_autoencoder
from plasticity.artificial.burdens import NO_BURDEN, Burden, dropout_mask, l1
from plasticity.artificial.descent import Descent
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.artificial.side_by_side import train_autoencoders
from plasticity.experiment import parameter
from plasticity.studies.digits import N_PIXELS, draw_digits, in_parts, left

RATE, BATCH_SIZE = 0.2, 32  # our choice
FREE, SMALL, SPARSE, DROPOUT = "free", "small", "sparse", "dropout"


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_free: int = parameter(64, meaning="hidden units of a layer that is not small", least=2, most=200)
    small: tuple[int, ...] = parameter((16, 4), "1", "hidden units of small layers", least=1, most=200)
    sparse: tuple[float, ...] = parameter((0.1, 0.5), "1", "prices of activity (L1 penalties)", least=0, most=10)
    dropout: tuple[float, ...] = parameter((0.2, 0.5), "1", "shares of hidden units killed", least=0, most=0.95)
    killed: float = parameter(0.5, "1", "share of hidden units silenced in the test", least=0, most=0.95)
    n_shown: int = parameter(300, meaning="digits to learn from", least=20, most=1500)
    n_unseen: int = parameter(300, meaning="other digits, for the test", least=20, most=1500)
    n_seeds: int = parameter(3, meaning="draws of digits and first weights", least=2, most=50)
    n_epochs: int = parameter(30, meaning="epochs", least=1, most=500)
    seed: int = 0


@dataclass(frozen=True)
class Kind:
    """A hidden layer: FREE, SMALL, SPARSE or DROPOUT; how much of it; its units and its burden."""

    name: str
    strength: float
    n_hidden: int
    burden: Burden


@dataclass(frozen=True)
class Measured:
    """Of one kind on unseen digits, by seed, percent.

    left     : squared error over the variance of the pixels (0: perfect, 100: the mean picture for all)
    activity : mean hidden activity
    crippled : as left, with some units silenced and the others louder
    again    : left, activity and crippled by another route: pattern by pattern, the decoder's bias as a weight
    """

    left: Floats
    activity: Floats
    crippled: Floats
    again: Floats


def kinds(p: Parameters) -> list[Kind]:
    """All hidden layers that are compared, the free one first."""
    return [
        Kind(FREE, 0.0, p.n_free, NO_BURDEN),
        *(Kind(SMALL, n, int(n), NO_BURDEN) for n in p.small),
        *(Kind(SPARSE, price, p.n_free, Burden(penalty=l1(price))) for price in p.sparse),
        *(Kind(DROPOUT, share, p.n_free, Burden(dropout=share)) for share in p.dropout),
    ]


def study(parameters: Parameters) -> tuple[Parameters, dict[Kind, Measured]]:
    """Train under every burden, and ask for unseen digits."""
    p = parameters
    seeds = np.random.SeedSequence(p.seed).generate_state(2 * p.n_seeds).reshape(2, p.n_seeds)
    samples = [draw_digits(p.n_shown, p.n_unseen, rng=np.random.default_rng(seed)) for seed in seeds[0]]
    shown, unseen = [np.array([getattr(one, part).inputs for one in samples]) for part in ("shown", "unseen")]
    every, found = kinds(p), dict[Kind, Measured]()
    for n_hidden in dict.fromkeys(kind.n_hidden for kind in every):
        of_size = [kind for kind in every if kind.n_hidden == n_hidden]
        for kind, autoencoders in zip(of_size, _trained(of_size, shown, seeds[1], p), strict=True):
            found[kind] = _measured(autoencoders, unseen, seeds[1], p)
    return p, {kind: found[kind] for kind in every}


def _trained(of_size: Sequence[Kind], shown: Floats, seeds: np.ndarray, p: Parameters) -> list[Sequence[Autoencoder]]:
    """The autoencoders of every kind of one size, a network for each seed."""
    rngs = [np.random.default_rng(seed) for _ in of_size for seed in seeds]
    starts = [random_autoencoder(N_PIXELS, of_size[0].n_hidden, rng=rng) for rng in rngs]
    burdens = [kind.burden for kind in of_size for _ in seeds]
    descent = Descent(MULTICLASS_CROSS_ENTROPY, RATE, batch_size=BATCH_SIZE, n_epochs=p.n_epochs)
    found = train_autoencoders(
        starts, np.tile(shown, (len(of_size), 1, 1)), descent=descent, burdens=burdens, rngs=rngs
    )
    return [found[k : k + len(seeds)] for k in range(0, len(found), len(seeds))]


def _measured(autoencoders: Sequence[Autoencoder], unseen: Floats, seeds: np.ndarray, p: Parameters) -> Measured:
    found, again = [], []
    for autoencoder, images, seed in zip(autoencoders, unseen, seeds, strict=True):
        hidden = in_parts(partial(codes, autoencoder), images)
        mask = dropout_mask(hidden.shape, p.killed, rng=np.random.default_rng(seed))
        restored, crippled = (in_parts(partial(_decoded, autoencoder), h) for h in (hidden, hidden * mask))
        found.append((left(images, restored), 100 * hidden.mean(), left(images, crippled)))
        again.append(_again(autoencoder, images, mask))
    measures, others = np.array(found).T, np.array(again).T
    return Measured(measures[0], measures[1], measures[2], again=others)


def _decoded(autoencoder: Autoencoder, hidden: Floats) -> Floats:
    decoder = autoencoder.decoder
    return decoder.activation(hidden @ decoder.weights[:, 1:].T + decoder.weights[:, 0])


def _again(autoencoder: Autoencoder, images: Floats, mask: Floats) -> tuple[float, float, float]:
    """The three measures pattern by pattern, sums of products without matrix products, variance from the squares."""

    def layer(one, inputs: Floats) -> Floats:
        with_one = np.insert(inputs, 0, 1.0, axis=1)
        return one.activation(np.einsum("pi,ui->pu", with_one, one.weights, optimize=False))

    hidden = layer(autoencoder.encoder, images)
    variance = float(np.sum(np.mean(images**2, axis=0) - np.mean(images, axis=0) ** 2))
    errors = [
        np.mean([np.linalg.norm(row) ** 2 for row in images - layer(autoencoder.decoder, heard)])
        for heard in (hidden, hidden * mask)
    ]
    return float(100 * errors[0] / variance), float(100 * np.mean(hidden.ravel())), float(100 * errors[1] / variance)
