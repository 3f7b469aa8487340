"""Burdens on a hidden layer, besides its size: what makes the code of an autoencoder worth having.

sparse penalty  a price on hidden activity: `l1` on its size, `kl` on its mean over the patterns
dropout         hidden units silenced at random in every step of the training; the others speak up
                by 1 / (1 - p) ("inverted" scaling), so that afterwards nothing needs rescaling
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats, Rng
from plasticity.artificial.activations import interval
from plasticity.inputs import count, function, generator, instance, number, numbers, text
from plasticity.memory import require_memory


@dataclass(frozen=True)
class Penalty:
    """A price on the hidden activity h, (n_patterns, n_hidden), added to the loss.

    value    : h -> number
    gradient : h -> d value / dh, of the shape of h
    domain   : (lowest, highest) activity for which it is defined
    """

    name: str
    formula: str
    value: Callable[[np.ndarray], float]
    gradient: Callable[[np.ndarray], np.ndarray]
    domain: tuple[float, float] = (-np.inf, np.inf)

    def __post_init__(self) -> None:
        text(self.name, "the name of a penalty")
        text(self.formula, "the formula of a penalty")
        for name in ("value", "gradient"):
            function(getattr(self, name), f"the {name} of a penalty")
        object.__setattr__(self, "domain", interval(self.domain, "the domain of a penalty"))


@dataclass(frozen=True)
class Burden:
    """What the hidden layer is burdened with while it learns, besides its size.

    penalty : `l1(...)`, `kl(...)`, or None; it sees the activity before dropout
    dropout : the probability p that a hidden unit is silent in a step, from 0 to below 1
    """

    penalty: Penalty | None = None
    dropout: float = 0.0

    def __post_init__(self) -> None:
        if self.penalty is not None:
            instance(self.penalty, Penalty, "the penalty")
        object.__setattr__(self, "dropout", number(self.dropout, "dropout", least=0.0, below=1.0))

    def mask(self, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
        """As `dropout_mask`, which also asks whether such a shape is possible."""
        return (rng.random(shape) >= self.dropout) / (1.0 - self.dropout)


NO_BURDEN = Burden()


def l1(strength: float) -> Penalty:
    """strength * sum over hidden units of |h|, averaged over the patterns: activity becomes small.

    Its slope at h = 0 is taken as 0.
    """
    strength = number(strength, "penalty strength", least=0.0)
    return Penalty(
        "l1",
        f"{strength:g} sum_j |h_j|",
        lambda h: strength * float(np.abs(h).sum()) / len(h),
        lambda h: strength * np.sign(h) / len(h),
    )


def kl(strength: float, target: float) -> Penalty:
    """strength * sum over hidden units of KL(target || a), a the unit's mean over the patterns shown.

    KL(r || a) = r ln(r / a) + (1 - r) ln((1 - r) / (1 - a)), 0 where a unit is active in a fraction r of
    the patterns. For codes between 0 and 1. In a mini-batch, a is the mean over that batch.
    """
    strength = number(strength, "penalty strength", least=0.0)
    target = number(target, "target activity", above=0.0, below=1.0)

    def value(h: np.ndarray) -> float:
        with np.errstate(divide="ignore"):
            mean = h.mean(axis=0)
            terms = target * np.log(target / mean) + (1 - target) * np.log((1 - target) / (1 - mean))
        return strength * float(terms.sum())

    def gradient(h: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore"):
            mean = h.mean(axis=0)
            slope = (1 - target) / (1 - mean) - target / mean
        return np.broadcast_to(strength * slope / len(h), h.shape)

    return Penalty("kl", f"{strength:g} sum_j KL({target:g} || mean h_j)", value, gradient, (0.0, 1.0))


def dropout_mask(shape: int | Sequence[int], dropout: float, *, rng: Rng) -> Floats:
    """Factors for hidden activity: 0 with probability `dropout`, else 1 / (1 - dropout); their mean is 1."""
    burden = Burden(dropout=dropout)  # refuses what is no probability
    sizes = numbers(shape, "the shape of a mask")
    axes = tuple(count(size, "the shape of a mask", least=0) for size in np.atleast_1d(sizes).ravel())
    require_memory(24.0 * min(math.prod(axes), 10**300), f"a mask of shape {axes}")
    return burden.mask(axes, generator(rng))
