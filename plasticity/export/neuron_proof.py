"""What a neuron is proved on: its spikes under a constant current, and its rate in closed form where there is one."""

import math
from dataclasses import dataclass

import numpy as np

from plasticity import spiking
from plasticity.errors import NeuronError, SimulationError, UnsupportedRule
from plasticity.networks import Network, Population
from plasticity.networks.checks import check_step
from plasticity.networks.network import time_constants
from plasticity.neurons import Neuron, known_in_closed_form, rate_in_steps, rheobase

_DTS = (1e-4, 5e-5, 2.5e-5, 1e-5)  # seconds, of which the longest that fits is taken
_ABOVE = 1.5  # rheobases
_SOUGHT = np.geomspace(1e-11, 2e-8, 34)  # amperes, where there is no rheobase in closed form
_DURATION = 0.3  # seconds; of a neuron that fires at random one second, of so many copies
_N_COPIES = 200
SETTLING = 0.2  # seconds that are not counted of it


@dataclass(frozen=True, eq=False)
class NeuronProof:
    """What was asked and what came out.

    current : amperes, beside the bias
    steps   : of the spikes
    rate    : hertz, of a neuron that fires at random, NaN of another; n : how many of them
    """

    current: float
    dt: float
    duration: float
    steps: list[int]
    rate: float = math.nan
    n: int = 1


def told_rate(neuron: Neuron, proved: NeuronProof) -> str:
    """The rate beside its closed form, where there is one."""
    if "rate in steps" not in known_in_closed_form(neuron) or len(proved.steps) < 3:
        return ""
    measured = (len(proved.steps) - 1) / ((proved.steps[-1] - proved.steps[0]) * proved.dt)
    expected = float(rate_in_steps(neuron, proved.current, proved.dt))
    return f"; their rate is {measured:.6g} Hz, {expected:.6g} in closed form"


def neuron_proof(neuron: Neuron) -> NeuronProof:
    """The neuron fired in Brian2. Raises UnsupportedRule for one that cannot be fired, or verified."""
    dt = _step(neuron)
    current = _current(neuron, dt)
    is_noisy = bool(neuron.hazard) or any(variable.noise != "0" for variable in neuron.variables)
    if is_noisy:
        if "rate in steps" not in known_in_closed_form(neuron):
            raise UnsupportedRule(
                f"{neuron.name} fires at random, and its rate has no closed form, so that nothing can be verified"
            )
        return NeuronProof(current, dt, 1.2, [], float(rate_in_steps(neuron, current, dt)), _N_COPIES)
    steps = _fired(neuron, current, dt)
    if not steps:  # as those do that wait long before their first spike
        current = _firing_current(neuron, dt)
        steps = _fired(neuron, current, dt)
    return NeuronProof(current, dt, _DURATION, steps)


def _fired(neuron: Neuron, current: float, dt: float) -> list[int]:
    network = Network([Population("neurons", neuron, 1, current)])
    spikes = spiking.simulate(network, _DURATION, dt=dt, target="numpy").spikes["neurons"][0]
    return np.round(spikes / dt).astype(int).tolist()


def _step(neuron: Neuron) -> float:
    network = Network([Population("neurons", neuron, 1)])
    for dt in _DTS:
        try:
            check_step(dt, time_constants(network))
            if all(abs(time / dt - round(time / dt)) < 1e-6 for time in neuron.times.values()):
                return dt
        except SimulationError:
            continue
    raise UnsupportedRule(f"{neuron.name} needs a step below {_DTS[-1] * 1e3:g} ms; this export takes none")


def _current(neuron: Neuron, dt: float) -> float:
    """A current under which it fires: one and a half rheobases, beside the bias."""
    try:
        threshold = rheobase(neuron)
    except NeuronError:  # there is no closed form, or not with these parameters
        return _firing_current(neuron, dt)
    least = threshold * (1 + max(neuron.values.get("bias", -1.0), -1.0))
    return float(f"{max(_ABOVE * threshold - least, 0.0):.6g}")


def _firing_current(neuron: Neuron, dt: float) -> float:
    """The least current of those sought under which it fires again and again."""
    found = spiking.rates(neuron, _SOUGHT, duration=0.2, settle=0.1, dt=dt, target="numpy")
    firing = [current for current, one in zip(_SOUGHT, found, strict=True) if one.n_spikes >= 4]
    if not firing:
        raise NeuronError(f"{neuron.name} fires under no current up to {_SOUGHT[-1]:g} A; nothing can be verified")
    return float(f"{firing[0]:.6g}")
