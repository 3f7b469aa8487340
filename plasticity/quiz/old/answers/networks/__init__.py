"""The answers of the section networks: loops and graphs, and what an activation function stands for."""

from plasticity.quiz.old.answers.networks import acyclic, firing_probability, firing_rate, loop, swish
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **loop.SOLUTIONS,
    **acyclic.SOLUTIONS,
    **firing_rate.SOLUTIONS,
    **firing_probability.SOLUTIONS,
    **swish.SOLUTIONS,
}
