"""The answers of the section perceptron: one table by hand, one step looked at closely, convergence, Hebb."""

from plasticity.quiz.old.answers.perceptron import hebbian
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **hebbian.SOLUTIONS,
}
