"""Questions of one's own: what happens to this synapse, with these spikes, under this rule, and why."""

from plasticity.ask.answering import Answer, answer
from plasticity.ask.question import Question, altered

__all__ = ["Answer", "Question", "altered", "answer"]
