"""Answers of the lecture's questions for tests, each study run once."""

from functools import cache

import pytest

from plasticity.quiz import LECTURE, ask

# Networks trained on digits take ten seconds: .ci/run answers it
LONG = {"stacked-autoencoder", "one-layer-stuck-less"}
LANGUAGES = ("en", "he")


def each(ids=LECTURE):
    """Ids for `parametrize`, the long ones with their mark."""
    return [pytest.param(id, marks=[pytest.mark.whole] if id in LONG else []) for id in ids]


def answered(id):
    """The question with its answer and verdict, at seed 0."""
    solution = LECTURE[id].solution
    return _answered(solution.study, solution.parameters)[id]


@cache
def _answered(study, parameters):
    """{id: Answered} of all questions that this study answers with these parameters."""
    shared = [one for one in LECTURE.values() if (one.solution.study, one.solution.parameters) == (study, parameters)]
    return {found.question.id: found for found in ask(shared)}
