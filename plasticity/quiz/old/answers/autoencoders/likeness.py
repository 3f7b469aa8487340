"""Do like inputs get like codes? Autoencoders of digits against encoders that have learnt nothing.

A random encoder is the yardstick: whatever its weights, near inputs get near codes, as no layer of sigmoid units can
move two codes further apart than a quarter of its largest gain times the distance of the inputs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.autoencoders import Autoencoder, codes, random_autoencoder, train_autoencoder
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import teacher
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.quiz.old.answers.autoencoders.samples import Digits, Mean, draw_digits, mean
from plasticity.quiz.old.record import Answer, Check, Solution

SIZES, SHOWN_SIZE = (2, 4, 8, 16, 32), 16  # hidden units; of the answer's main figures
N_PIXELS, N_SHOWN, N_UNSEEN, N_SEEDS = 64, 300, 300, 4
DESCENT = Descent(MULTICLASS_CROSS_ENTROPY, rate=0.2, batch_size=32, n_epochs=30)  # our choice
LEARNT, RANDOM = "trained", "random"
MEASURES = {"rank_correlation": "", "same_digit": "_percent"}  # fields of Likeness, and their units


@dataclass(frozen=True)
class Likeness:
    """How far distances of codes tell those of the inputs (rank correlation), and the digit (percent of the codes
    whose nearest neighbour is the same digit); for each seed."""

    rank_correlation: Sequence[float]
    same_digit: Sequence[float]


@dataclass(frozen=True)
class LikenessStudy:
    """By number of hidden units and LEARNT or RANDOM; the pixels' own share of same digits; checks."""

    found: Mapping[tuple[int, str], Likeness]
    same_digit_of_pixels: Mean
    checks: Sequence[Check]


def study(rng: np.random.Generator, target: str) -> LikenessStudy:
    """Encode unseen digits before and after training."""
    samples = [draw_digits(N_SHOWN, N_UNSEEN, rng=rng) for _ in range(N_SEEDS)]
    found, checks = {}, []
    for size in SIZES:
        starts = [random_autoencoder(N_PIXELS, size, rng=rng) for _ in samples]
        trained = [_trained(start, digits, rng) for start, digits in zip(starts, samples, strict=True)]
        found[size, LEARNT], found[size, RANDOM] = _likeness(trained, samples), _likeness(starts, samples)
        if size == SHOWN_SIZE:
            checks = list(_checks(trained[0], samples[0].unseen.inputs))
    pixels = [_same_digit(distances(digits.unseen.inputs), _labels(digits)) for digits in samples]
    return LikenessStudy(found, mean(pixels), checks)


def _trained(start: Autoencoder, digits: Digits, rng: np.random.Generator) -> Autoencoder:
    return train_autoencoder(start, digits.shown.inputs, descent=DESCENT, rng=rng).autoencoder


def _likeness(autoencoders: Sequence[Autoencoder], samples: Sequence[Digits]) -> Likeness:
    runs = []
    for autoencoder, digits in zip(autoencoders, samples, strict=True):
        images = digits.unseen.inputs
        apart = distances(codes(autoencoder, images))
        runs.append((rank_correlation(_pairs(distances(images)), _pairs(apart)), _same_digit(apart, _labels(digits))))
    return Likeness(*zip(*runs, strict=True))


def distances(points: Floats) -> Floats:
    """Between all rows, (n, n)."""
    squares = np.sum(points**2, axis=1)
    return np.sqrt(np.maximum(squares[:, np.newaxis] + squares - 2 * points @ points.T, 0.0))


def rank_correlation(a: Floats, b: Floats) -> float:
    """Spearman's: the correlation of the ranks, equal values sharing theirs."""
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def _ranks(values: Floats) -> Floats:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]


def _pairs(apart: Floats) -> Floats:
    return apart[np.triu_indices(len(apart), 1)]


def _labels(digits: Digits) -> Floats:
    return teacher(digits.unseen).argmax(axis=1)


def _same_digit(apart: Floats, labels: Floats) -> float:
    """Percent of the rows whose nearest other row has the same label."""
    others = apart + np.diag(np.full(len(apart), np.inf))
    return float(100 * np.mean(labels[others.argmin(axis=1)] == labels))


METHOD = (
    f"autoencoders of sigmoid units with {', '.join(map(str, SIZES))} hidden units, {DESCENT.n_epochs} epochs on "
    f"{N_SHOWN} of the 8 x 8 digits, {DESCENT.loss}; {N_UNSEEN} other digits encoded, before training (random encoder) "
    f"and after; {N_SEEDS} seeds (± standard error). Likeness: rank correlation between the distances of the pictures "
    "and those of their codes; and how often the nearest code belongs to the same digit"
)


def answer(study: LikenessStudy) -> Answer:
    """Both measures, trained against random."""
    measurements: dict[str, float | int] = {"n_seeds": N_SEEDS}
    readings = {}
    for size in SIZES:
        for measure, unit in MEASURES.items():
            learnt, random = (getattr(study.found[size, kind], measure) for kind in (LEARNT, RANDOM))
            for kind, found in ((LEARNT, mean(learnt)), (RANDOM, mean(random))):
                measurements[f"{measure}_{kind}_{size}_units{unit}"] = found.value
                measurements[f"{measure}_{kind}_se_{size}_units{unit}"] = found.error
            readings[f"{size} units, {measure.replace('_', ' ')}"] = _compared(learnt, random)
    measurements["same_digit_pixels_percent"] = study.same_digit_of_pixels.value
    measurements |= readings[f"{SHOWN_SIZE} units, rank correlation"]
    return Answer(_english(study), measurements, METHOD, study.checks, readings, _hebrew(study))


def _compared(learnt: Sequence[float], random: Sequence[float]) -> dict[str, float]:
    """What the claims speak of: training adds when its gain, seed by seed, exceeds two standard errors."""
    gain = mean(np.subtract(learnt, random).tolist())
    return {
        "likeness": mean(learnt).value,
        "likeness_random_encoder": mean(random).value,
        "likeness_gain_less_two_standard_errors": gain.value - 2 * gain.error,
    }


def _english(study: LikenessStudy) -> str:
    cases = "; ".join(
        f"{size} units {_pair(study, size, 'rank_correlation', 2)} and {_pair(study, size, 'same_digit', 0)} %"
        for size in SIZES
    )
    return (
        "Like digits and like codes, trained (and before training): rank correlation of their distances, and how often "
        f"the nearest code is of the same digit: {cases}; the nearest picture itself is in "
        f"{study.same_digit_of_pixels.value:.0f} %. Any smooth encoder gives near codes to near inputs, even a random "
        "one; training clearly adds to both measures (by more than two standard errors) with "
        f"{_sizes(study, 'or') or 'no number of'} units. It keeps what the decoder needs, so it must keep apart what "
        "looks different, as far as so many units can."
    )


def _hebrew(study: LikenessStudy) -> str:
    cases = "; ".join(
        f"{size} יחידות: {_pair(study, size, 'rank_correlation', 2)} ו-{_pair(study, size, 'same_digit', 0)} אחוזים"
        for size in SIZES
    )
    return (
        "דמיון הספרות ודמיון הקודים אחרי האימון (ולפניו): מתאם הדרגות בין המרחקים, ושיעור הקודים שהקוד הקרוב להם "
        f"ביותר שייך לאותה ספרה: {cases}; אצל התמונות עצמן {study.same_digit_of_pixels.value:.0f} אחוזים. כל מקודד חלק "
        "נותן קודים קרובים לקלטים קרובים, אפילו מקודד אקראי; האימון מוסיף בבירור (יותר משתי שגיאות תקן) בשני "
        "המדדים כשמספר היחידות הוא "
        f"{_sizes(study, 'או') or 'אף אחד מאלה'}. הוא שומר מה שהמפענח צריך, ולכן הוא חייב להבדיל בין מה שנראה שונה, "
        "ככל שמספר היחידות מאפשר."
    )


def _pair(study: LikenessStudy, size: int, measure: str, digits: int) -> str:
    """'0.87 (0.68)': trained, and random."""
    learnt, random = (mean(getattr(study.found[size, kind], measure)).value for kind in (LEARNT, RANDOM))
    return f"{learnt:.{digits}f} ({random:.{digits}f})"


def _sizes(study: LikenessStudy, last: str) -> str:
    """The numbers of units with which training clearly adds to both measures."""
    raised = [str(size) for size in SIZES if all(_adds(study, size, measure) for measure in MEASURES)]
    return f" {last} ".join(filter(None, (", ".join(raised[:-1]), *raised[-1:])))


def _adds(study: LikenessStudy, size: int, measure: str) -> bool:
    found = (getattr(study.found[size, kind], measure) for kind in (LEARNT, RANDOM))
    return _compared(*found)["likeness_gain_less_two_standard_errors"] > 0


def _checks(autoencoder: Autoencoder, images: Floats) -> Iterator[Check]:
    hidden = codes(autoencoder, images)
    apart, between = _pairs(distances(images)), _pairs(distances(hidden))
    by_rank = 1 - 6 * np.sum((_order(apart) - _order(between)) ** 2) / (len(apart) * (len(apart) ** 2 - 1))
    formula = "1 - 6 sum d^2 / (n (n^2 - 1)), equal values ranked in turn"
    yield Check("rank correlation", rank_correlation(apart, between), float(by_rank), formula)
    differences = np.linalg.norm(hidden[:, np.newaxis] - hidden, axis=2)
    yield Check("largest distance of codes", float(between.max()), float(differences.max()), "difference by difference")
    steepest = float(np.linalg.norm(autoencoder.encoder.weights[:, 1:], ord=2)) / 4
    bound = "at most a quarter of the largest singular value of the weights"
    yield Check("largest ratio of code to picture distance", float(np.max(between / apart)), steepest, bound)


def _order(values: Floats) -> Floats:
    return np.argsort(np.argsort(values, kind="stable")).astype(float)


SOLUTIONS = {"similar-inputs-similar-codes": Solution(study, answer)}
