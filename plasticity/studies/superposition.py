"""The spikes of a leaky integrate-and-fire neuron by superposition: a second route beside its simulation.

Its voltage is the one that it would have if it never fired, and what the last reset took away, decaying. So a spike is
found by looking along two known curves; no state is carried from step to step. Source: gerstner2014, section 1.3.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats

_CHUNK = 500  # steps that are looked at in one go
Values = Mapping[str, float]


def climb(values: Values, n_steps: int, dt: float) -> Floats:
    """Free voltage (V) at the end of every step, from rest, under the bias alone."""
    settled = values["E_L"] + (1 + values["bias"]) * (values["V_threshold"] - values["E_L"])
    return settled + (values["E_L"] - settled) * _decay(values["tau_m"], n_steps, dt)


def settling(values: Values, current: float, n_steps: int, dt: float) -> Floats:
    """What a constant `current` (A) adds to the free voltage (V) at the end of every step."""
    return values["R_m"] * current * (1 - _decay(values["tau_m"], n_steps, dt))


def arrivals(trains: Sequence[Floats], pool: NDArray[np.int64], n_steps: int, dt: float) -> Floats:
    """How many spikes of the neurons in `pool` fall in each step."""
    times = np.concatenate([trains[neuron] for neuron in pool])
    return np.bincount(np.round(times / dt).astype(np.int64), minlength=n_steps)[:n_steps].astype(float)


def response(values: Values, arrivals: Floats, dt: float) -> Floats:
    """What `arrivals` add to the free voltage (V) at the end of every step, through synapses of weight 1.

    arrivals : how many spikes arrive in each step, (n_steps,); they act from the next step on
    """
    n_steps = arrivals.size
    membrane, synapse = (_decay(values[tau], n_steps, dt) for tau in ("tau_m", "tau_syn"))
    share = values["tau_syn"] / (values["tau_m"] - values["tau_syn"])
    after = values["R_m"] * values["J_syn"] * share * (membrane - synapse)
    size = 2 * n_steps  # long enough that the end of the convolution does not come round to its beginning
    summed = np.fft.irfft(np.fft.rfft(arrivals, size) * np.fft.rfft(after, size), size)[: n_steps - 1]
    return np.concatenate([[0.0], summed])


def spike_steps(values: Values, free: Floats, dt: float) -> NDArray[np.int64]:
    """The steps in which it fires, when `free` is its free voltage (V) at the end of every step, (n_steps,)."""
    decay, n_held = _decay(values["tau_m"], _CHUNK, dt), round(values["t_ref"] / dt)
    above, found = free - values["V_threshold"], []
    start, left = -1, 0.0  # the end of the step from which it moves freely, and how far it is from `free` then
    while start + 1 < free.size:
        ahead = above[start + 1 : start + 1 + _CHUNK]
        crossed = ahead + left * decay[: ahead.size] > 0
        if not crossed.any():
            start, left = start + ahead.size, left * decay[ahead.size - 1]
            continue
        found.append(start + 1 + int(crossed.argmax()))
        start = found[-1] + n_held
        left = values["V_reset"] - free[min(start, free.size - 1)]
    return np.array(found, dtype=np.int64)


def _decay(tau: float, n_steps: int, dt: float) -> Floats:
    """exp(-t/tau) after 1, 2, ... steps."""
    return np.exp(-np.arange(1, n_steps + 1) * dt / tau)
