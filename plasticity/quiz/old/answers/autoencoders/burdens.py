"""Three burdens on the hidden layer of an autoencoder of digits: what each costs, and what it buys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.autoencoders import (
    NO_BURDEN,
    Autoencoder,
    Burden,
    as_network,
    autoencoder_gradients,
    codes,
    dropout_mask,
    l1,
    random_autoencoder,
    train_autoencoder,
)
from plasticity.artificial.descent import Descent
from plasticity.artificial.layers import output
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.quiz.old.answers.autoencoders.samples import Digits, Mean, draw_digits, mean, with_means_ltr
from plasticity.quiz.old.record import Answer, Check, Solution

N_PIXELS, N_FREE = 64, 64  # as many hidden units as pixels: no bottleneck
N_SHOWN, N_UNSEEN, N_SEEDS = 300, 300, 3
DESCENT = Descent(MULTICLASS_CROSS_ENTROPY, rate=0.2, batch_size=32, n_epochs=30)  # our choice
KILLED = 0.5  # of the hidden units, in the test of what is left without them
STRENGTHS = ("light", "heavy")
SMALL = dict(zip(STRENGTHS, (16, 4), strict=True))  # hidden units
SPARSE = dict(zip(STRENGTHS, (0.1, 0.5), strict=True))  # price of activity
DROPOUT = dict(zip(STRENGTHS, (0.2, 0.5), strict=True))  # share of units killed in a step


@dataclass(frozen=True)
class Burdened:
    """Means over the seeds, on unseen digits.

    unrestored : mean squared error over the variance of the pixels (0: perfect, 1: the mean picture), percent
    activity   : mean hidden activity, percent
    killed     : unrestored, with units killed at random
    """

    unrestored: Mean
    activity: Mean
    killed: Mean


@dataclass(frozen=True)
class BurdenStudy:
    """By what the hidden layer bears: 'free', or a burden with its strength; and checks on one of the networks."""

    found: Mapping[str, Burdened]
    checks: Sequence[Check]


def study(rng: np.random.Generator, target: str) -> BurdenStudy:
    """Train under every burden on the same digits and from seeds of its own."""
    samples = [draw_digits(N_SHOWN, N_UNSEEN, rng=rng) for _ in range(N_SEEDS)]
    trained = {name: [_trained(digits, *bears, rng) for digits in samples] for name, bears in _burdens().items()}
    found = {name: _measured(autoencoders, samples, rng) for name, autoencoders in trained.items()}
    return BurdenStudy(found, list(_checks(trained["sparse, light"][0], samples[0])))


def _burdens() -> dict[str, tuple[int, Burden]]:
    """Units and burden of every hidden layer."""
    burdens = {"free": (N_FREE, NO_BURDEN)}
    for strength in STRENGTHS:
        burdens[f"small_layer, {strength}"] = SMALL[strength], NO_BURDEN
        burdens[f"sparse, {strength}"] = N_FREE, Burden(penalty=l1(SPARSE[strength]))
        burdens[f"dropout, {strength}"] = N_FREE, Burden(dropout=DROPOUT[strength])
    return burdens


def _trained(digits: Digits, n_hidden: int, burden: Burden, rng: np.random.Generator) -> Autoencoder:
    start = random_autoencoder(N_PIXELS, n_hidden, rng=rng)
    return train_autoencoder(start, digits.shown.inputs, descent=DESCENT, burden=burden, rng=rng).autoencoder


def _measured(trained: Sequence[Autoencoder], samples: Sequence[Digits], rng: np.random.Generator) -> Burdened:
    runs = []
    for autoencoder, digits in zip(trained, samples, strict=True):
        images = digits.unseen.inputs
        hidden = codes(autoencoder, images)
        survivors = hidden * dropout_mask(hidden.shape, KILLED, rng=rng)
        restored = _decoded(autoencoder, hidden), _decoded(autoencoder, survivors)
        runs.append((_unrestored(images, restored[0]), 100 * hidden.mean(), _unrestored(images, restored[1])))
    return Burdened(*map(mean, zip(*runs, strict=True)))


def _decoded(autoencoder: Autoencoder, hidden: Floats) -> Floats:
    decoder = autoencoder.decoder
    return decoder.activation(hidden @ decoder.weights[:, 1:].T + decoder.weights[:, 0])


def _unrestored(images: Floats, restored: Floats) -> float:
    """Percent of the variance of the pixels."""
    return float(100 * np.mean((images - restored) ** 2) / images.var(axis=0).mean())


METHOD = (
    f"autoencoders of sigmoid units with {N_FREE} hidden units, or fewer, on {N_SHOWN} of the 8 x 8 digits; "
    f"{DESCENT.n_epochs} epochs, {DESCENT.loss}; penalty on the sum of the activity (L1); measured on {N_UNSEEN} other "
    f"digits, {N_SEEDS} seeds (± standard error). Unrestored: squared error, in percent of the variance of the "
    f"pixels. Killed: {KILLED:.0%} of the hidden units silenced after training"
)


def answer(study: BurdenStudy) -> Answer:
    """What each burden costs and buys."""
    free = {"unrestored_free": study.found["free"].unrestored.value}
    readings = {
        f"{strength} burdens": free
        | {
            f"unrestored_{kind}": study.found[f"{kind}, {strength}"].unrestored.value
            for kind in ("small_layer", "sparse", "dropout")
        }
        for strength in STRENGTHS
    }
    measurements = {
        f"{what}{ending}_percent_{name.replace(', ', '_')}": number
        for name, burdened in study.found.items()
        for what, found in vars(burdened).items()
        for ending, number in (("", found.value), ("_se", found.error))
    }
    measurements |= {"n_seeds": N_SEEDS, **readings["heavy burdens"]}
    sentence, sentence_he = _english(study.found), with_means_ltr(_hebrew(study.found))
    return Answer(sentence, measurements, METHOD, study.checks, readings, sentence_he)


def _english(found: Mapping[str, Burdened]) -> str:
    free, small, sparse, dropout = _shown(found)
    return (
        f"Free ({N_FREE} units for {N_PIXELS} pixels), it leaves {free.unrestored} % of the variance of unseen digits "
        f"unrestored. {SMALL['light']} units: {small[0].unrestored} %, {SMALL['heavy']}: {small[1].unrestored} %, as "
        f"less fits through. A penalty of {SPARSE['light']:g} or {SPARSE['heavy']:g} moves mean activity from "
        f"{free.activity} % to {sparse[0].activity} or {sparse[1].activity} %, unrestored {sparse[0].unrestored} or "
        f"{sparse[1].unrestored} %: each active unit must pay for itself. Dropout of {DROPOUT['light']:g} or "
        f"{DROPOUT['heavy']:g} leaves {dropout[0].unrestored} or {dropout[1].unrestored} %; with {KILLED:.0%} of the "
        f"units killed later {dropout[0].killed} or {dropout[1].killed} %, against {free.killed} % for the free one: "
        "no unit may rely on another."
    )


def _hebrew(found: Mapping[str, Burdened]) -> str:
    free, small, sparse, dropout = _shown(found)
    return (
        f"בלי הכבדה ({N_FREE} יחידות ל-{N_PIXELS} פיקסלים) נותרים {free.unrestored} אחוזים מהשונות של ספרות חדשות בלי "
        f"שחזור. עם {SMALL['light']} יחידות: {small[0].unrestored}, עם {SMALL['heavy']}: {small[1].unrestored}, כי "
        f"פחות מידע עובר. עונש של {SPARSE['light']:g} או {SPARSE['heavy']:g} משנה את הפעילות הממוצעת מ-{free.activity} "
        f"אחוזים ל-{sparse[0].activity} או ל-{sparse[1].activity}, ובלי שחזור נותרים {sparse[0].unrestored} או "
        f"{sparse[1].unrestored} אחוזים: כל יחידה פעילה צריכה להצדיק את מחירה. dropout של {DROPOUT['light']:g} או "
        f"{DROPOUT['heavy']:g} מותיר {dropout[0].unrestored} או {dropout[1].unrestored} אחוזים; כשהורגים אחר כך "
        f"{KILLED:.0%} מהיחידות, {dropout[0].killed} או {dropout[1].killed}, לעומת {free.killed} ברשת בלי הכבדה: "
        "אסור ליחידה לסמוך על חברתה."
    )


def _shown(found: Mapping[str, Burdened]) -> tuple:
    """The free layer, then (light, heavy) of each burden."""
    pairs = [
        tuple(found[f"{kind}, {strength}"] for strength in STRENGTHS) for kind in ("small_layer", "sparse", "dropout")
    ]
    return found["free"], *pairs


def _checks(autoencoder: Autoencoder, digits: Digits) -> Iterator[Check]:
    images, burden, step = digits.unseen.inputs, Burden(penalty=l1(SPARSE["light"])), 1e-5
    network = output(as_network(autoencoder), images)
    yield Check(
        "unrestored of one sparse network (%)",
        _unrestored(images, _decoded(autoencoder, codes(autoencoder, images))),
        _unrestored(images, network),
        "encoder and decoder as a network of two layers",
    )
    losses = []
    for change in (step, -step):
        weights = autoencoder.encoder.weights.copy()
        weights[0, 0] += change
        moved = replace(autoencoder, encoder=replace(autoencoder.encoder, weights=weights))
        losses.append(autoencoder_gradients(moved, images, loss=DESCENT.loss, burden=burden)[0])
    slope = autoencoder_gradients(autoencoder, images, loss=DESCENT.loss, burden=burden)[1][0][0, 0]
    yield Check("slope of the loss with its penalty", slope, (losses[0] - losses[1]) / (2 * step), "central difference")


SOLUTIONS = {"bottleneck-kinds": Solution(study, answer)}
