"""The exercise that every question with a printed answer has: is the slide right? Nothing is drawn; it is computed."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from plasticity.quiz.asking import Answered, ask
from plasticity.quiz.contents import LECTURE
from plasticity.quiz.practice.record import Drawn, Family

NAME = "judging"
# What one believes who gives this verdict where it is wrong
BELIEFS = {
    "agrees": "trusts_the_slide",
    "differs": "mistrusts_the_slide",
    "depends": "sees_readings",
    "scan": "blames_the_scan",
}


@cache
def _answered(id: str) -> Answered:
    (answered,) = ask([LECTURE[id]])
    return answered


def judging(id: str) -> Family:
    """Whether the printed answer to a question is right."""

    def draw(rng: np.random.Generator) -> Drawn:
        answered = _answered(id)
        wrong = {belief: verdict for verdict, belief in BELIEFS.items() if verdict != answered.verdict}
        return Drawn({"id": id}, answered.verdict, wrong)

    return Family(NAME, (id,), draw, "choice")


@cache
def said_by(id: str, language: str) -> Mapping[str, Any]:
    """Question, printed answer, computed answer and its reason, of the question that is judged."""
    found = _answered(id).as_object(language)
    return {name: found[name] for name in ("question", "printed", "answer", "why", "condition", "cause")}


def has_printed(id: str) -> bool:
    """Whether the slides print an answer that can be judged."""
    return bool(LECTURE[id].question.claims) and LECTURE[id].question.is_judged
