"""The answers of the section autoencoders, in the order of the lecture: codes, burdens, likeness."""

from plasticity.quiz.old.answers.autoencoders import burdens, likeness
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **burdens.SOLUTIONS,
    **likeness.SOLUTIONS,
}
