"""Handwritten digits to learn from and others to be asked about, and what several runs say together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plasticity import published
from plasticity.artificial.examples import Examples
from plasticity.quiz.formulas import ltr

WHITE_TO_BLACK = 16  # a pixel of the table counts to here
N_CLASSES = 10


@dataclass(frozen=True)
class Digits:
    """Digits to learn from, and others never shown in training; pixels from 0 to 1, targets one-hot."""

    shown: Examples
    unseen: Examples


@dataclass(frozen=True)
class Mean:
    """The mean of several runs and its standard error."""

    value: float
    error: float

    def __str__(self) -> str:
        return f"{self.value:.1f} ± {self.error:.1f}"


def draw_digits(n_shown: int, n_unseen: int, *, rng: np.random.Generator) -> Digits:
    """Digits drawn at random, none twice."""
    values = published.load("digits").values
    order = rng.permutation(len(values))
    return Digits(*(_examples(values[rows]) for rows in (order[:n_shown], order[n_shown : n_shown + n_unseen])))


def mean(runs: Sequence[float]) -> Mean:
    """Of two or more independent runs."""
    return Mean(float(np.mean(runs)), float(np.std(runs, ddof=1) / np.sqrt(len(runs))))


def with_means_ltr(line: str) -> str:
    """A line of Hebrew in which every mean is read before its error, and a minus is not a hyphen."""
    return re.sub(r"(?:(?<!\w)-)?\d+\.\d+ ± \d+\.\d+", lambda found: ltr(found[0]), line)


def _examples(rows: np.ndarray) -> Examples:
    return Examples(rows[:, :-1] / WHITE_TO_BLACK, np.eye(N_CLASSES)[rows[:, -1].astype(int)])
