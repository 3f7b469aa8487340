"""The answers of the section gradient: steps by hand, descent and its paths, losses and units, softmax."""

from plasticity.quiz.old.answers.gradient import (
    bowl,
    categorical,
    categorical_drawback,
    lms,
    rectifier,
    sgd_path,
    softmax,
    tanh_rule,
)
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **bowl.SOLUTIONS,
    **sgd_path.SOLUTIONS,
    **lms.SOLUTIONS,
    **rectifier.SOLUTIONS,
    **tanh_rule.SOLUTIONS,
    **softmax.SOLUTIONS,
    **categorical_drawback.SOLUTIONS,
    **categorical.SOLUTIONS,
}
