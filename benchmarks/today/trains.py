"""The weight after trains that are given, with the package as it was."""

from measuring import Work
from ours.trains import weighed
from settings import MANY, ONE

from plasticity import events
from plasticity.rules import RULES, soft_bounds


def pair() -> Work:
    """One synapse under pair STDP, at its bounds."""
    return weighed(RULES["pair_stdp"], ONE, events.final_weight)


def triplet() -> Work:
    """One synapse under the triplet rule."""
    return weighed(RULES["triplet_stdp"], ONE, events.final_weight)


def soft() -> Work:
    """One synapse whose bounds are soft."""
    return weighed(soft_bounds(RULES["pair_stdp"]), ONE, events.final_weight)


def many() -> Work:
    """A thousand synapses under pair STDP."""
    return weighed(RULES["pair_stdp"], MANY, events.final_weight)
