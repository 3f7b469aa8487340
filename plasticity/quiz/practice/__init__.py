"""The lecture as a test: exercises with numbers drawn anew, whose wrong options are what a misconception computes.

exercises : of a question, a section or the lecture, by a seed
graded    : whether what a student says is right, and if not, which misconception gives it
"""

from plasticity.quiz.practice.drawing import exercises, families_of, in_words
from plasticity.quiz.practice.exporting import EXPORTS, exported
from plasticity.quiz.practice.record import Exercise, Family, Grade, Item, Option, graded

__all__ = [
    "EXPORTS",
    "Exercise",
    "Family",
    "Grade",
    "Item",
    "Option",
    "exercises",
    "exported",
    "families_of",
    "graded",
    "in_words",
]
