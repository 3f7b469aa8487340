"""What a rule reads beside spikes, made of the spikes, for a picture: nothing is simulated.

A voltage is at rest, 2 ms at its peak at each spike, and decays behind it; a level of the world is 1. Our choice: the
shape is that of a spike with its depolarizing afterpotential, and no constant of a rule is fitted to it.
"""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.rules import Rule
from plasticity.rules.conventions import SPIKES
from plasticity.studies.stimulated import NotAsked, Trains

Samples = tuple[Floats, Floats]  # seconds, values in SI
MADE = "Its voltage is made of the spikes: 2 ms at 30 mV, then a decay from -50 to -70 mV with 40 ms."
_REST, _PEAK, _AFTER = -70e-3, 30e-3, -50e-3  # volts, as MADE says
_SPIKE, _TAU = 2e-3, 40e-3  # seconds, likewise
_EDGE = 1e-5  # seconds in which a voltage jumps
_N_SAMPLES = 6  # of each decay, joined by straight lines


def made_signals(rule: Rule, trains: Trains, end: float) -> dict[str, Samples]:
    """Every signal of a rule that is given, from time 0 to `end`. Raises NotAsked for one that spikes do not make."""
    found = {}
    for signal in [one for one in rule.signals if not one.delay]:
        if signal.kind == "voltage" and signal.of in SPIKES:
            found[signal.name] = made_voltage(trains[signal.of], end)
        elif signal.kind == "level":
            found[signal.name] = (np.array([0.0, end]), np.ones(2))
        else:
            raise NotAsked(f"{rule} reads {signal.name}, which spikes do not make")
    return found


def made_for_all(rule: Rule, pre: list[Floats], post: list[Floats], end: float) -> dict[str, Samples]:
    """The signals of many synapses from time 0 to `end`, values (n_synapses, n_samples) at the times of all of them."""
    pairs = zip(pre, post, strict=True)
    made = [made_signals(rule, {"pre": before, "post": after}, end) for before, after in pairs]
    return {name: _joined([one[name] for one in made]) for name in made[0]}


def made_voltage(spikes: Floats, end: float) -> Samples:
    """A voltage with these spikes, from time 0 to `end`."""
    times, values = [0.0, *([] if len(spikes) else [end])], [_REST, *([] if len(spikes) else [_REST])]
    for k, spike in enumerate(spikes):
        until = spikes[k + 1] - _EDGE if k + 1 < len(spikes) else end
        begin = spike + _SPIKE + _EDGE
        decay = np.linspace(begin, max(until, begin + _EDGE), _N_SAMPLES)
        before = float(_after(spike - spikes[k - 1] - _SPIKE)) if k else _REST
        times += [spike - _EDGE, spike, spike + _SPIKE, *decay]
        values += [before, _PEAK, _PEAK, *_after(decay - begin)]
    at, volts = np.array(times), np.array(values)
    is_later = np.diff(at, prepend=-1.0) > 0
    return at[is_later], volts[is_later]


def _after(time: Any) -> Any:
    """The voltage so long after the end of a spike."""
    return _REST + (_AFTER - _REST) * np.exp(-np.maximum(time, 0.0) / _TAU)


def _joined(samples: list[Samples]) -> Samples:
    """Samples of several synapses at the times of all."""
    times = np.unique(np.concatenate([times for times, _ in samples]))
    return times, np.array([np.interp(times, *one) for one in samples])
