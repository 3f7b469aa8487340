"""The change of one synapse pair by pair, with the package as it was."""

from measuring import Work
from ours.ledgers import booked
from settings import LEDGER

from plasticity import events
from plasticity.rules import RULES


def usual() -> Work:
    """Of 10,000 x 10,000 spikes."""
    return booked(LEDGER, events.ledger, RULES["pair_stdp"])
