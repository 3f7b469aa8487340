"""The answers of the section forward-backward: a network by hand, gradients on a computation graph."""

from plasticity.quiz.old.answers.forward_backward import chain_rule, local_gradients, two_layers
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **two_layers.SOLUTIONS,
    **chain_rule.SOLUTIONS,
    **local_gradients.SOLUTIONS,
}
