"""The lecture's questions, each computed: what the slides print, what comes out, and whether they agree."""

from plasticity.quiz.old.asking import Answered, Language, ask, chosen
from plasticity.quiz.old.record import Answer, Check, Claim, Question, Verdict

__all__ = ["Answer", "Answered", "Check", "Claim", "Language", "Question", "Verdict", "ask", "chosen"]
