"""Pairs of spiking neurons that drive each other, under a pulse to A and one to B; and what theory expects of them.

Source: gerstner2014, section 1.3 (the rate of a neuron under a constant current).
"""

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.neurons import NEURONS, closed_form_rate, rheobase
from plasticity.spiking import Network, Population, Projection

PAIRS = ("both excite", "both inhibit", "one of each")
EXCITATORY, INHIBITORY = NEURONS["lif_excitatory"], NEURONS["lif_inhibitory"]
REST = {"both excite": (0.9, 0.9), "both inhibit": (1.3, 1.3), "one of each": (1.3, 0.6)}  # rheobases, of A and B
# Current (rheobases) of the pulse to A, then of the one to B: what excites itself has to be stopped by the second
PULSES = {"both excite": (0.8, -1.6), "both inhibit": (0.8, 0.8), "one of each": (0.8, 0.8)}
ONSETS, LENGTH, END, DELAY = (0.2, 0.6), 0.05, 1.0, 1e-3  # seconds
LONGEST = 0.1  # seconds; a neuron that has been silent for longer counts as silent


def self_sustained(weight: float) -> float:
    """The largest rate at which a neuron of the exciting pair is held by the mean current that this rate causes."""
    v = EXCITATORY.values
    rate = 1 / v["t_ref"]
    for _ in range(500):  # from above, down to the first fixed point
        current = REST["both excite"][0] * rheobase(EXCITATORY) + weight * v["J_syn"] * v["tau_syn"] * rate
        rate = float(closed_form_rate(EXCITATORY, current))
    return rate


def spikes(weight: float, dt: float) -> dict[tuple[str, int], Floats]:
    """{(pair, 0 for A or 1 for B): spike times}, of all pairs in one network."""
    times = np.arange(round(END / dt)) * dt
    where = {  # neurons of the excitatory and of the inhibitory population
        ("both excite", 0): ("excitatory", 0),
        ("both excite", 1): ("excitatory", 1),
        ("both inhibit", 0): ("inhibitory", 0),
        ("both inhibit", 1): ("inhibitory", 1),
        ("one of each", 0): ("excitatory", 2),
        ("one of each", 1): ("inhibitory", 2),
    }
    currents = {name: np.zeros((times.size, 3)) for name in ("excitatory", "inhibitory")}
    for (pair, side), (name, index) in where.items():
        pulse = (times >= ONSETS[side]) & (times < ONSETS[side] + LENGTH)
        currents[name][:, index] = (REST[pair][side] + PULSES[pair][side] * pulse) * rheobase(EXCITATORY)
    both = [(0, 1), (1, 0)]
    ends = {"excitatory": ("excitatory", both), "inhibitory": ("inhibitory", both)}
    projections = [Projection(f"in_{a}", a, b, pairs, weight, delay=DELAY) for a, (b, pairs) in ends.items()]
    projections += [
        Projection("forth", "excitatory", "inhibitory", [(2, 2)], weight, delay=DELAY),
        Projection("back", "inhibitory", "excitatory", [(2, 2)], weight, delay=DELAY),
    ]
    populations = [
        Population("excitatory", EXCITATORY, 3, currents["excitatory"]),
        Population("inhibitory", INHIBITORY, 3, currents["inhibitory"]),
    ]
    recording = spiking.simulate(Network(populations, projections), END, dt=dt)
    return {key: recording.spikes[name][index] for key, (name, index) in where.items()}


def momentary(train: Floats, clock: Floats) -> Floats:
    """One over the last interval, or over the silence since where that is longer; 0 from a silence of LONGEST on.

    Nothing in it is known before it happens: a pulse shows from the first spike that it moves.
    """
    padded = np.concatenate([[-np.inf, -np.inf], train])
    last = np.searchsorted(train, clock, side="right") + 1  # the last spike so far, in `padded`
    since = clock - padded[last]
    with np.errstate(invalid="ignore"):  # before the second spike there is no interval
        interval = np.nan_to_num(padded[last] - padded[last - 1], nan=np.inf, posinf=np.inf)
    longest = np.maximum(interval, since)
    return np.where(longest <= LONGEST, 1 / longest, 0.0)


def rate_between(train: Floats, start: float, end: float) -> float:
    """Hertz, from `start` to `end`."""
    return spiking.statistics(train[(train >= start) & (train < end)] - start, end - start).rate
