"""The answers of the section gates: what threshold units can build, how to invert it, and what no unit can do."""

from plasticity.quiz.old.answers.gates import bird
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **bird.SOLUTIONS,
}
