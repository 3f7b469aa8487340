"""The whole lecture, as the command answers it."""

import json

from measuring import HERE, Figures
from racing import Race, Row, Way


def answers(printed: str) -> Figures:
    """How many answers there are."""
    return {"n_answers": len(json.loads(printed))}


QUIZ = ("-m", "plasticity.cli", "quiz", "--json")
SAME, WHOLE = "quiz, the 52 questions of today", "whole quiz, 62 questions by now"
DESCENT = (
    "the descent of the stacked autoencoder, a fifth, is matrix products by now; imports of Brian2 and ours a sixth"
)
RACE = Race(
    "quiz",
    {
        "same": Way(command=(str(HERE / "ours" / "quiz.py"),), read=answers, most=3),
        "whole": Way(command=QUIZ, most=3),
        "today": Way(command=QUIZ, read=answers, is_today=True, most=3),
    },
    (
        Row(f"{SAME}, CPU", "today", "1/2", "same", "today", "process", reason=DESCENT),
        Row(f"{SAME}, wall on all cores", "today", "1/3", "same", "today", "wall", reason=DESCENT),
        Row(f"{WHOLE}, CPU", "today", "1/2", "whole", "today", "process", reason=DESCENT),
        Row(f"{WHOLE}, wall on all cores", "today", "1/3", "whole", "today", "wall", reason=DESCENT),
    ),
    alike={"n_answers": 0.0},
)
