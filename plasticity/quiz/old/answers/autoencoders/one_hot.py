"""Why one-hot inputs: how many ways to divide the objects in two can one unit learn, under either code?"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.boolean_functions import count_separable
from plasticity.artificial.separability import is_separable
from plasticity.artificial.truth_tables import binary_patterns
from plasticity.quiz.old.record import Answer, Check, Solution

N_BITS = (2, 3, 4)  # of the binary code; so many objects that it is full: 4, 8, 16
N_SHOWN = 8  # objects of the answer's main figures: as many as the 8-3-8 autoencoder has
N_DECIDED = 4  # objects for which every labelling of the one-hot code is decided by exact search
LARGEST_WEIGHT = 3  # of the units listed as a second route


@dataclass(frozen=True)
class Codes:
    """So many labellings (of 2 ** n_objects) one unit can learn, and the distances between objects (least, largest)."""

    n_objects: int
    one_hot: int
    binary: int
    one_hot_distances: tuple[float, float]
    binary_distances: tuple[float, float]

    @property
    def n_labellings(self) -> int:
        return 2**self.n_objects

    def fractions(self) -> dict[str, float]:
        """What the claims speak of."""
        return {
            "one_hot_separable_fraction": self.one_hot / self.n_labellings,
            "binary_separable_fraction": self.binary / self.n_labellings,
        }


@dataclass(frozen=True)
class OneHotStudy:
    """Both codes by number of objects; the one-hot count by exact search, and binary counts by listing units."""

    codes: dict[int, Codes]
    one_hot_decided: int
    binary_listed: dict[int, int]


def study(rng: np.random.Generator, target: str) -> OneHotStudy:
    """Count the separable labellings of both codes; nothing is random here."""
    points = np.eye(N_DECIDED, dtype=int).tolist()
    decided = sum(is_separable(points, labels) for labels in product((0, 1), repeat=N_DECIDED))
    return OneHotStudy({2**k: _codes(k) for k in N_BITS}, decided, {2**k: _listed(k) for k in N_BITS})


def _codes(n_bits: int) -> Codes:
    n = 2**n_bits
    return Codes(n, _answered(n), count_separable(n_bits), _distances(np.eye(n)), _distances(binary_patterns(n_bits)))


def _answered(n: int) -> int:
    """How many labellings of n one-hot objects the unit with w_i = +1 for label 1, else -1, and no bias answers."""
    labellings = binary_patterns(n)
    z = (2 * labellings - 1) @ np.eye(n)
    return int(np.sum(np.all((z > 0) == (labellings == 1), axis=1)))


def _distances(points: Floats) -> tuple[float, float]:
    """The least and the largest distance between two different rows."""
    apart = np.linalg.norm(points[:, np.newaxis] - points, axis=2)[np.triu_indices(len(points), 1)]
    return float(apart.min()), float(apart.max())


def _listed(n_bits: int) -> int:
    """How many labellings of the binary code the units with small whole weights give between them."""
    patterns, reach = binary_patterns(n_bits), LARGEST_WEIGHT * n_bits
    weights = np.array(list(product(range(-LARGEST_WEIGHT, LARGEST_WEIGHT + 1), repeat=n_bits)))
    sums = weights @ patterns.T
    tables = np.concatenate([sums > threshold for threshold in np.arange(-reach, reach + 1) - 0.5])
    return len(np.unique(np.packbits(tables, axis=1), axis=0))


METHOD = (
    "every labelling of 4, 8 and 16 objects with 0 and 1. One-hot: the unit with w_i = +1 where the label is 1, else "
    "-1, is tried on each. Binary: all functions of 2, 3 and 4 bits decided in exact rational arithmetic, one of each "
    "symmetry class"
)


def answer(study: OneHotStudy) -> Answer:
    """All labellings against few."""
    shown = study.codes[N_SHOWN]
    measurements = {
        **shown.fractions(),
        "n_objects": N_SHOWN,
        "one_hot_separable": shown.one_hot,
        "binary_separable": shown.binary,
        "n_labellings": shown.n_labellings,
        "n_objects_list": list(study.codes),
        "binary_separable_list": [codes.binary for codes in study.codes.values()],
        "binary_separable_fraction_list": [
            codes.fractions()["binary_separable_fraction"] for codes in study.codes.values()
        ],
        "one_hot_distances": list(shown.one_hot_distances),
        "binary_distances": list(shown.binary_distances),
    }
    readings = {f"{n} objects": codes.fractions() for n, codes in study.codes.items()}
    sentence, sentence_he = _english(study), _hebrew(study)
    return Answer(sentence, measurements, METHOD, list(_checks(study)), readings, sentence_he)


def _english(study: OneHotStudy) -> str:
    shown, largest = study.codes[N_SHOWN], study.codes[max(study.codes)]
    return (
        f"One-hot: of the {shown.n_labellings} ways to label {N_SHOWN} objects with 0 and 1, one unit can learn "
        f"{shown.one_hot}, since each object has a weight of its own: w = +1 for label 1, -1 for label 0. With the "
        f"binary code of {_bits(N_SHOWN)} units it can learn {shown.binary} "
        f"({shown.binary / shown.n_labellings:.1%}), with {largest.n_objects} objects {largest.binary} of "
        f"{largest.n_labellings} ({largest.binary / largest.n_labellings:.1%}): objects share weights there. One-hot "
        f"objects are {_range(shown.one_hot_distances)} apart, so no likeness is assumed; binary ones "
        f"{_range(shown.binary_distances)}."
    )


def _hebrew(study: OneHotStudy) -> str:
    shown, largest = study.codes[N_SHOWN], study.codes[max(study.codes)]
    return (
        f"בקוד one-hot יחידה אחת יכולה ללמוד {shown.one_hot} מתוך {shown.n_labellings} הדרכים לסמן {N_SHOWN} עצמים "
        "ב-0 וב-1, כי לכל עצם משקל משלו: חיובי לתווית 1 ושלילי לתווית 0. בקוד בינארי של "
        f"{_bits(N_SHOWN)} יחידות היא יכולה ללמוד {shown.binary} ({shown.binary / shown.n_labellings:.1%}), ועם "
        f"{largest.n_objects} עצמים {largest.binary} מתוך {largest.n_labellings} "
        f"({largest.binary / largest.n_labellings:.1%}): שם העצמים חולקים משקלים. המרחק בין עצמים בקוד one-hot הוא "
        f"{_range(shown.one_hot_distances, 'עד')}, ולכן שום דמיון אינו מונח מראש; בקוד הבינארי הוא "
        f"{_range(shown.binary_distances, 'עד')}."
    )


def _bits(n_objects: int) -> int:
    return (n_objects - 1).bit_length()


def _range(distances: tuple[float, float], to: str = "to") -> str:
    """'1.41', or '1.00 to 1.73'."""
    return f" {to} ".join(dict.fromkeys(f"{distance:.2f}" for distance in distances))


def _checks(study: OneHotStudy) -> Iterator[Check]:
    found = study.codes[N_DECIDED].one_hot
    yield Check(f"one-hot, {N_DECIDED} objects", found, study.one_hot_decided, "exact search, labelling by labelling")
    for n, codes in study.codes.items():
        listed = f"units with whole weights up to {LARGEST_WEIGHT}, listed"
        yield Check(f"binary, {n} objects", codes.binary, study.binary_listed[n], listed)


SOLUTIONS = {"one-hot-separable": Solution(study, answer)}
