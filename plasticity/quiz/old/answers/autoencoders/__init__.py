"""The answers of the section autoencoders, in the order of the lecture: codes, likeness."""

from plasticity.quiz.old.answers.autoencoders import likeness
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **likeness.SOLUTIONS,
}
