"""The lecture's questions, each computed: what the slides print, what comes out, and whether they agree."""

from plasticity.quiz.asking import Answered, ask, chosen
from plasticity.quiz.claims import Claim
from plasticity.quiz.contents import LECTURE, QUESTIONS
from plasticity.quiz.own import TEMPLATE, question
from plasticity.quiz.pages import Asked, frame, languages
from plasticity.quiz.record import VERDICTS, Answer, Check, Question, Solution, Verdict

__all__ = [
    "LECTURE",
    "QUESTIONS",
    "TEMPLATE",
    "VERDICTS",
    "Answer",
    "Answered",
    "Asked",
    "Check",
    "Claim",
    "Question",
    "Solution",
    "Verdict",
    "ask",
    "chosen",
    "frame",
    "languages",
    "question",
]
