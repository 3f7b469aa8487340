"""1000 Poisson trains through synapses with pair STDP onto one leaky neuron, without a step: Numba by hand.

The network of `brian2_song_abbott_poisson`. The inputs are one train, of which each spike goes to a synapse at random.
Between two spikes the voltage is a sum of two exponentials; where it crosses the threshold is found by halving.
"""

import math

import numpy as np
from measuring import Work
from numba import njit
from settings import PAIR, SONG_ABBOTT, Floats

TAU_M, TAU_SYN, T_REF = 20e-3, 5e-3, 2e-3  # seconds
THRESHOLD, RESET = 16e-3, 10e-3  # volts above rest
R_M = 100e6  # ohm


@njit
def voltage(v: float, i: float, t: float) -> float:
    """Volts above rest, t seconds after it was `v` with the synaptic drive R_m*I_syn = i."""
    slow, fast = math.exp(-t / TAU_M), math.exp(-t / TAU_SYN)
    return v * slow + i * TAU_SYN / (TAU_SYN - TAU_M) * (fast - slow)


@njit
def crossing(v: float, i: float, t: float) -> float:
    """When within `t` seconds the voltage first reaches the threshold; infinite where it does not."""
    if v >= THRESHOLD:
        return 0.0
    if voltage(v, i, t) < THRESHOLD:
        if i <= v or i * math.exp(-t / TAU_SYN) > voltage(v, i, t):  # it falls all the time, or climbs all the time
            return math.inf
        c = i * TAU_SYN / (TAU_M - TAU_SYN)
        t = math.log((v + c) / TAU_M / (c / TAU_SYN)) / (1 / TAU_M - 1 / TAU_SYN)  # its peak
        if voltage(v, i, t) < THRESHOLD:
            return math.inf
    low, high = 0.0, t
    while high - low > 1e-13:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if voltage(v, i, middle) >= THRESHOLD else (middle, high)
    return high


@njit
def run(weights: Floats, seconds: float, rate: float, jump: float, a: tuple[float, float], tau: float) -> int:
    """Simulate, changing the weights; returns the number of spikes.

    rate : of every input, hertz
    jump : of R_m*I_syn by a spike through a weight of 1, volts
    a    : amplitudes of potentiation and depression, both with the time constant `tau` (s)
    """
    traces, at = np.zeros(len(weights)), np.zeros(len(weights))  # of the inputs, and when each was looked at last
    v, i, now, held, post, last, n_spikes = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0
    while True:
        arrival = now + np.random.exponential(1 / (rate * len(weights)))
        while now < arrival:
            if now < held:  # the voltage waits, the current does not
                step = min(held, arrival) - now
                i *= math.exp(-step / TAU_SYN)
                now = held if held <= arrival else arrival
                continue
            step = crossing(v, i, arrival - now)
            if step == math.inf:
                step = arrival - now
                v, i, now = voltage(v, i, step), i * math.exp(-step / TAU_SYN), arrival
                break
            now += step
            if now >= seconds:
                return n_spikes
            v, i, held, n_spikes = RESET, i * math.exp(-step / TAU_SYN), now + T_REF, n_spikes + 1
            for k in range(len(weights)):
                weights[k] = min(weights[k] + a[0] * traces[k] * math.exp((at[k] - now) / tau), 1.0)
            post, last = post * math.exp((last - now) / tau) + 1.0, now
        if now >= seconds:
            return n_spikes
        k = np.random.randint(len(weights))
        i += jump * weights[k]
        weights[k] = max(weights[k] - a[1] * post * math.exp((last - now) / tau), 0.0)
        traces[k] = traces[k] * math.exp((at[k] - now) / tau) + 1.0
        at[k] = now


def by_hand() -> Work:
    """The network of `settings`; a simulated second."""
    of = SONG_ABBOTT

    def do() -> tuple[Floats, int]:
        weights = of.weights
        amplitudes = PAIR.a_plus, PAIR.a_minus
        return weights, run(weights, of.seconds, of.rate, R_M * of.j_syn, amplitudes, PAIR.tau_plus)

    def facts(result: tuple[Floats, int]) -> dict[str, float]:
        return {"n_spikes": result[1], "weight": float(np.mean(result[0]))}

    return Work(do, facts, parts=of.seconds, warm=do)
