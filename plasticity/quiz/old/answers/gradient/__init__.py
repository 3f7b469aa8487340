"""The answers of the section gradient: steps by hand, descent and its paths, losses and units, softmax."""

from plasticity.quiz.old.answers.gradient import (
    bowl,
    categorical,
    categorical_drawback,
    lms,
    sgd_path,
    softmax,
)
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **bowl.SOLUTIONS,
    **sgd_path.SOLUTIONS,
    **lms.SOLUTIONS,
    **softmax.SOLUTIONS,
    **categorical_drawback.SOLUTIONS,
    **categorical.SOLUTIONS,
}
