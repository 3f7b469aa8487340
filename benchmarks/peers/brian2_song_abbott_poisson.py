"""The same as `brian2_song_abbott`, with a PoissonGroup for input, as users write it: Brian2 by hand.

usage: python benchmarks/peers/brian2_song_abbott_poisson.py [--seconds 1] [--flags ours|brian2]
"""

import brian2 as b2
from brian2_program import main
from brian2_song_abbott import N_INPUTS, RATE, learning


def drawn(seconds: float) -> tuple[b2.SpikeMonitor, b2.Synapses]:
    """The script: trains that Brian2 draws."""
    return learning(b2.PoissonGroup(N_INPUTS, rates=RATE * b2.Hz), seconds)


if __name__ == "__main__":
    main(drawn)
