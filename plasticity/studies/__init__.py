"""The computation of a subject, once: parameters in, numbers out, no pictures and no prose.

answers, answer : what a rule explains, of the phenomena that are known of synapses
card            : all that there is to say of a rule or a neuron

The modules that are called as an experiment hold its parameters, its result, and the run from one to the other.
"""

from plasticity.studies.cards import Card, card
from plasticity.studies.phenomena import PHENOMENA, Answer, Phenomenon, answer, answers
from plasticity.studies.questions import Finding

__all__ = ["PHENOMENA", "Answer", "Card", "Finding", "Phenomenon", "answer", "answers", "card"]
