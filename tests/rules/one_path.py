"""Rules with bounds, and two short trains along which a variant is compared with its rule."""

from plasticity import events
from plasticity.rules import RULES

PAIR = RULES["pair_stdp"]
BOUNDED = [RULES[name] for name in ("pair_stdp", "anti_stdp", "spiking_hebbian", "spiking_anti_hebbian")]
PRE, POST = [0.1, 0.115, 0.15, 0.2, 0.25], [0.11, 0.15, 0.155, 0.19, 0.25]


def path(rule, w0=0.5):
    return events.trajectory(rule, PRE, POST, w0).weights
