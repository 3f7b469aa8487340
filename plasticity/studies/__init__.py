"""The computation of a subject, once: parameters in, numbers out, no pictures and no prose.

answers, answer : what a rule explains, of the phenomena that are known of synapses
card            : all that there is to say of a rule or a neuron

The modules that are called as an experiment hold its parameters, its result, and the run from one to the other. What
is named above is loaded when it is asked for: many a study needs no rule and no neuron.
"""

TYPE_CHECKING = False  # what a type checker takes for true; the module of that name is slow to load
if TYPE_CHECKING:
    from plasticity.studies.cards import Card, card
    from plasticity.studies.phenomena import PHENOMENA, Answer, Phenomenon, answer, answers
    from plasticity.studies.questions import Finding

__all__ = ["PHENOMENA", "Answer", "Card", "Finding", "Phenomenon", "answer", "answers", "card"]

_FROM = {
    "cards": ("Card", "card"),
    "phenomena": ("PHENOMENA", "Answer", "Phenomenon", "answer", "answers"),
    "questions": ("Finding",),
}


if not TYPE_CHECKING:  # a type checker would take every name for one of ours

    def __getattr__(name):
        """What is asked for, loaded now."""
        from importlib import import_module

        for module, names in _FROM.items():
            if name in names:
                found = globals()[name] = getattr(import_module(f"plasticity.studies.{module}"), name)
                return found
        raise AttributeError(f"module 'plasticity.studies' has no attribute {name!r}")
