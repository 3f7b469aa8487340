"""The answers of the section gates: what threshold units can build, how to invert it, and what no unit can do."""

from plasticity.quiz.old.answers.gates import bird, smallest_sets, xor
from plasticity.quiz.old.record import Solution

SOLUTIONS: dict[str, Solution] = {
    **xor.SOLUTIONS,
    **smallest_sets.SOLUTIONS,
    **bird.SOLUTIONS,
}
