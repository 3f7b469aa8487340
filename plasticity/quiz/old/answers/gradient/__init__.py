"""The answers of the section gradient: steps by hand, descent and its paths, losses and units, softmax."""

from plasticity.quiz.old.answers.gradient import (
    lms,
)
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **lms.SOLUTIONS,
}
