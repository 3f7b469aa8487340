"""The lecture's questions, each computed: what the slides print, what comes out, and whether they agree."""

from plasticity.quiz.asking import Answered, ask, chosen
from plasticity.quiz.claims import Claim
from plasticity.quiz.contents import LECTURE, QUESTIONS
from plasticity.quiz.pages import Asked, frame, languages
from plasticity.quiz.record import VERDICTS, Answer, Check, Question, Solution, Verdict

TYPE_CHECKING = False  # what a type checker takes for true; the module of that name is slow to load
if TYPE_CHECKING:
    from plasticity.quiz.own import TEMPLATE, question

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


if not TYPE_CHECKING:  # a type checker would take every name for one of ours

    def __getattr__(name):
        """What questions of one's own need, loaded when it is asked for: with it comes what answers them."""
        if name not in ("TEMPLATE", "question"):
            raise AttributeError(f"module 'plasticity.quiz' has no attribute {name!r}")
        from plasticity.quiz import own

        return getattr(own, name)
