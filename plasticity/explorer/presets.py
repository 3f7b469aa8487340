"""Scenarios to begin with: the lecture's spiking questions, and the protocols of experimenters."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from plasticity.neurons import NEURONS, with_parameters
from plasticity.protocols import PROTOCOLS, spike_trains
from plasticity.studies import bias_and_inhibition, mutual_pair

FIRST = 20.0  # ms: when the first spike of a scenario comes
TOGETHER = 10.0  # ms: from one neuron to the other, where both fire
_MOST = 60  # spikes of a protocol that are shown, where nothing in it repeats
_RULES = {  # those that the protocol was made for; pair STDP else
    "rewarded_pairing": "reward_stdp",
    "pairing_at_frequency": "triplet_stdp",
    "repeated_trains": "triplet_stdp",
    "pre_post_pre": "triplet_stdp",
    "post_pre_post": "triplet_stdp",
    "quadruplets": "triplet_stdp",
}
# Settings of random protocols, so that a person can still take hold of a spike
_SHORTER: dict[str, dict[str, float]] = {
    "jittered_pairing": {"n_pairs": 8},
    "poisson": {"duration": 1.5},
    "rewarded_pairing": {"n_pairs": 2},
}


def presets() -> list[dict[str, Any]]:
    """[{id, group, scenario}], a scenario as the page keeps it: times in ms."""
    lecture = [{"id": name, "group": "lecture", "scenario": _kept(**one)} for name, one in _lecture().items()]
    return lecture + [{"id": name, "group": "protocols", "scenario": _protocol(name)} for name in PROTOCOLS]


def _kept(rule: str, pre: Sequence[float], post: Sequence[float], **other: Any) -> dict[str, Any]:
    return {"plasticity": 1, "rule": rule, "spikes": {"pre": list(pre), "post": list(post)}, **other}


def _lecture() -> dict[str, dict[str, Any]]:
    """The nine questions, by id."""
    pair, later = mutual_pair.Parameters(), FIRST + TOGETHER
    weakening: dict[str, Any] = {"rule": "pair_stdp", "pre": [later], "post": [FIRST], "repeat": 200, "every": 100}
    return {
        "mutual-pair": {
            "rule": pair.rule,
            "pre": [_ms(pair.lag) + FIRST],
            "post": [FIRST],
            "repeat": pair.n_pairs,
            "every": _ms(pair.interval),
        },
        "anti-hebbian-together": {"rule": "spiking_anti_hebbian", "pre": [FIRST], "post": [later], "repeat": 60},
        "bias-no-input": _inhibited([0.0]),
        "bias-growing-inhibition": _inhibited([0.0, 0.25, 0.5, 0.75, 0.9, 1.1]),
        "inhibition-below-bias": _inhibited([0.0, 0.6, 0.6]),
        "inhibition-above-bias": _inhibited([0.0, 1.2, 1.2]),
        "post-before-pre-biological": weakening,
        "weight-decreased-artificial": {**weakening, "unbounded": True},
        "hebbian-together": {"rule": "spiking_hebbian", "pre": [FIRST], "post": [later], "repeat": 60},
    }


def _inhibited(levels: Sequence[float]) -> dict[str, Any]:
    """A neuron with a bias, under a constant inhibition of so many times the bias for 200 ms each.

    The post row is what it fires; the pre row is the inhibition: one spike for every tenth of the bias.
    """
    length, pre = 200.0, list[float]()
    for k, level in enumerate(levels):
        n = round(10 * level)
        pre += [k * length + (j + 0.5) * length / n for j in range(n)]
    post = [1e3 * time for time in fired(levels, length * 1e-3)]
    return {"rule": "inhibitory_stdp", "pre": np.round(pre, 1).tolist(), "post": np.round(post, 1).tolist()}


def fired(levels: Sequence[float], length: float) -> list[float]:
    """When (s) a leaky integrate-and-fire neuron with the lecture's bias fires, under one constant inhibition after
    another.

    levels : of inhibition, in times the bias; length : seconds of each
    Between spikes the voltage relaxes exponentially, so that every crossing has a closed form.
    """
    bias = bias_and_inhibition.Parameters().bias
    v, times = NEURONS["lif_excitatory"].values, list[float]()
    now, voltage = 0.0, v["V_reset"]
    for k, level in enumerate(levels):
        tends_to = v["V_threshold"] + bias * (1 - level) * (v["V_threshold"] - v["E_L"])
        end = (k + 1) * length
        while (crossing := now + _climb(v, voltage, tends_to)) < end:
            times.append(crossing)
            now, voltage = crossing + v["t_ref"], v["V_reset"]
        voltage = tends_to + (voltage - tends_to) * math.exp(-max(end - now, 0.0) / v["tau_m"])
        now = max(now, end)
    return times


def _climb(v: Mapping[str, float], voltage: float, tends_to: float) -> float:
    """Seconds from a voltage to the threshold; infinite when it tends to less."""
    above = tends_to - v["V_threshold"]
    return v["tau_m"] * math.log((tends_to - voltage) / above) if above > 0 else math.inf


def _protocol(name: str) -> dict[str, Any]:
    """A protocol as a scenario: what repeats is shown once, and repeated."""
    protocol = with_parameters(PROTOCOLS[name], **_SHORTER.get(name, {}))
    trains = {event: 1e3 * times for event, times in spike_trains(protocol, 0).items()}
    first = min(times[0] for times in trains.values() if times.size)
    digits = 1 if protocol.is_random else 3  # what was drawn is as good in tenths of a millisecond
    trains = {event: np.round(times - first + FIRST, digits) for event, times in trains.items()}
    pattern, n, every = repeating(trains)
    kept = _kept(_RULES.get(name, "pair_stdp"), [], [])
    kept["spikes"] = {event: times[:_MOST].tolist() for event, times in pattern.items()}
    return kept | ({"repeat": n, "every": every} if n > 1 else {})


def repeating(trains: dict[str, np.ndarray]) -> tuple[dict[str, np.ndarray], int, float]:
    """The shortest pattern of which all trains are repetitions, how many there are, and from one to the next (ms).

    Times that differ by less than what they were rounded to are the same.
    """
    most = math.gcd(*(times.size for times in trains.values()))
    for n in (n for n in range(most, 1, -1) if most % n == 0):
        blocks = {event: times.reshape(n, -1) for event, times in trains.items() if times.size}
        steps = np.concatenate([np.diff(block, axis=0).ravel() for block in blocks.values()])
        every = float(np.round(steps[0], 3))
        pattern = {event: blocks[event][0] if event in blocks else times for event, times in trains.items()}
        lengths = np.concatenate(list(pattern.values()))
        if np.allclose(steps, every, rtol=0, atol=2e-3) and np.ptp(lengths) < every:
            return pattern, n, every
    return trains, 1, 0.0


def _ms(seconds: float) -> float:
    return round(seconds * 1e3, 9)
