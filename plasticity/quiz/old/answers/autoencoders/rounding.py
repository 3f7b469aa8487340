"""The 8-3-8 autoencoder: are its hidden codes still eight different ones when they are rounded to 0 and 1?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.autoencoders import codes, random_autoencoder, reconstructions, train_autoencoder
from plasticity.artificial.descent import Descent
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.artificial.separability import is_separable
from plasticity.quiz.old.record import Answer, Check, Solution

N_INPUTS, N_HIDDEN, N_SEEDS = 8, 3, 30
# Our choice: the fewest steps after which every seed gives all inputs back.
DESCENT = Descent(MULTICLASS_CROSS_ENTROPY, rate=4.0, n_epochs=1000)
DECIMALS = 2  # of the hidden values on the slide
# The hidden values of the slide's table, a row for each input: given with the question.
SLIDE = (
    ("0.89", "0.04", "0.08"),
    ("0.01", "0.11", "0.88"),
    ("0.01", "0.97", "0.27"),
    ("0.99", "0.97", "0.71"),
    ("0.03", "0.05", "0.02"),
    ("0.22", "0.99", "0.99"),
    ("0.80", "0.01", "0.98"),
    ("0.60", "0.94", "0.01"),
)


@dataclass(frozen=True)
class RoundingStudy:
    """Of each trained network, hidden codes (8, 3) and what it gives back (8, 8); the labellings of the slide's codes
    in which one input is told from the others that a unit can learn."""

    codes: Sequence[Floats]
    outputs: Sequence[Floats]
    n_told_apart: int

    def share(self, decimals: int) -> float:
        """The share of the networks whose eight codes differ when rounded to so many decimals."""
        return float(np.mean([n_different(h, decimals) == N_INPUTS for h in self.codes]))

    def n_solved(self) -> int:
        """Networks that give every input back, outputs rounded to 0 and 1."""
        return sum(np.array_equal(np.round(y), np.eye(N_INPUTS)) for y in self.outputs)


def study(rng: np.random.Generator, target: str) -> RoundingStudy:
    """Train from one random start after another."""
    inputs, found, outputs = np.eye(N_INPUTS), [], []
    for _ in range(N_SEEDS):
        start = random_autoencoder(N_INPUTS, N_HIDDEN, rng=rng)
        trained = train_autoencoder(start, inputs, descent=DESCENT).autoencoder
        found.append(codes(trained, inputs))
        outputs.append(reconstructions(trained, inputs))
    told = sum(is_separable(slide_codes(), labels) for labels in np.eye(N_INPUTS, dtype=int))
    return RoundingStudy(found, outputs, told)


def slide_codes() -> Floats:
    """The slide's hidden values, (8, 3)."""
    return np.array(SLIDE, dtype=float)


def n_different(hidden: Floats, decimals: int) -> int:
    """How many different rows there are, rounded to so many decimals."""
    return len(np.unique(np.round(hidden, decimals), axis=0))


def least_distance(hidden: Floats) -> float:
    """Between the two codes that are nearest."""
    apart = np.linalg.norm(hidden[:, np.newaxis] - hidden, axis=2)
    return float(apart[np.triu_indices(len(hidden), 1)].min())


METHOD = (
    f"{N_SEEDS} autoencoders {N_INPUTS}-{N_HIDDEN}-{N_INPUTS} of sigmoid units from different random weights, gradient "
    f"descent of the {DESCENT.loss} ({DESCENT.n_epochs} steps, rate {DESCENT.rate:g}); solved means that every output "
    "rounds to its input; codes are compared as real values to two decimals, and rounded to 0 and 1; the slide's table "
    "likewise"
)


def answer(study: RoundingStudy) -> Answer:
    """The slide's codes rounded, and how often other networks do as well."""
    hidden = slide_codes()
    measurements = {
        "codes_distinct_fraction": study.share(0),
        "solved_fraction": study.n_solved() / N_SEEDS,
        "n_seeds": N_SEEDS,
        "real_codes_distinct_fraction": study.share(DECIMALS),
        "least_code_distance": min(map(least_distance, study.codes)),
        "n_rounded_codes": [n_different(h, 0) for h in study.codes],
        "slide_rounded_codes": _rounded(hidden),
        "slide_n_rounded_codes": n_different(hidden, 0),
        "slide_least_code_distance": least_distance(hidden),
    }
    readings = {
        "the slide's table, rounded": {"codes_distinct_fraction": float(n_different(hidden, 0) == N_INPUTS)},
        "trained networks, real values": {"codes_distinct_fraction": study.share(DECIMALS)},
        "trained networks, rounded": {"codes_distinct_fraction": study.share(0)},
    }
    sentence, sentence_he = _english(measurements), _hebrew(measurements)
    return Answer(sentence, measurements, METHOD, list(_checks(study)), readings, sentence_he)


def _rounded(hidden: Floats) -> list[str]:
    return ["".join(f"{value:.0f}" for value in row) for row in hidden]


def _english(found: dict) -> str:
    return (
        f"The slide's table rounds to {', '.join(found['slide_rounded_codes'])}: {found['slide_n_rounded_codes']} "
        f"different codes for {N_INPUTS} inputs, of the {2**N_HIDDEN} that {N_HIDDEN} bits have. Of {N_SEEDS} networks "
        f"trained from other random weights {found['solved_fraction']:.0%} give every input back and "
        f"{found['real_codes_distinct_fraction']:.0%} have different real codes; in "
        f"{found['codes_distinct_fraction']:.0%} they still differ when rounded (fewest: "
        f"{min(found['n_rounded_codes'])} codes). The decoder reads real values: it needs each code to be separable "
        f"from the others, and two may lie on one side of 0.5 (nearest two: {found['least_code_distance']:.2f} apart)."
    )


def _hebrew(found: dict) -> str:
    return (
        f"הטבלה שבשקף מתעגלת ל-{', '.join(found['slide_rounded_codes'])}: {found['slide_n_rounded_codes']} קודים "
        f"שונים ל-{N_INPUTS} קלטים, מתוך {2**N_HIDDEN} הקודים של {N_HIDDEN} ביטים. מתוך {N_SEEDS} רשתות שאומנו "
        f"ממשקולות אקראיות אחרות, {found['solved_fraction']:.0%} משחזרות כל קלט, ואצל "
        f"{found['real_codes_distinct_fraction']:.0%} הקודים הממשיים שונים זה מזה; אצל "
        f"{found['codes_distinct_fraction']:.0%} הם נשארים שונים לאחר העיגול (המספר הקטן ביותר: "
        f"{min(found['n_rounded_codes'])} קודים). המפענח קורא ערכים ממשיים: די לו שכל קוד ניתן להפרדה לינארית "
        f"מהאחרים, ושני קודים יכולים לשבת באותו צד של 0.5 (השניים הקרובים ביותר: מרחק "
        f"{found['least_code_distance']:.2f})."
    )


def _checks(study: RoundingStudy) -> Iterator[Check]:
    half = len({tuple(2 * int(float(value) >= 0.5) for value in row) for row in SLIDE})
    yield Check("different codes of the slide, rounded", n_different(slide_codes(), 0), half, "0.5 or more is 1")
    by_exact = "exact search for a unit that tells one code of the slide from the others"
    yield Check("inputs a decoder can give back from the slide's codes", N_INPUTS, study.n_told_apart, by_exact)
    winners = sum(np.array_equal(y.argmax(axis=1), np.arange(N_INPUTS)) for y in study.outputs)
    yield Check("networks that solve it", study.n_solved(), winners, "the largest output is the input's")


SOLUTIONS = {"autoencoder-8-3-8": Solution(study, answer)}
