"""Where a neuron can rest under a constant current, and when it no longer can: from its equations, linearised."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.errors import NeuronError, said
from plasticity.expressions import evaluator
from plasticity.inputs import instance, number, numbers
from plasticity.neurons.equations import CURRENT, flows
from plasticity.neurons.record import Neuron

Slope = Callable[[str, Mapping[str, float], float], float]  # of a variable in a state under a current, 1/s of its unit
_SHIFT = 1e-6  # of a variable, relative to its size: differences are right to 1e-9 then


@dataclass(frozen=True)
class Rest:
    """A state in which nothing moves.

    current : amperes, which holds it there
    state   : {variable: value}
    growth  : 1/s, by which the least stable deviation grows; above zero it is no rest. Its imaginary part, over 2 pi,
              is the frequency with which it oscillates meanwhile
    """

    current: float
    state: Mapping[str, float]
    growth: complex


def rest_at(neuron: Neuron, voltage: Any) -> Rest:
    """Where the neuron rests with its membrane at `voltage` (V), and the current that this takes.

    For equations that are linear in each variable beside the voltage, as those of gates and of adaptation are, and in
    which the current is beside them. raises NeuronError when they are not, or when no current holds it there

    >>> from plasticity.neurons import NEURONS, rest_at
    >>> rest_at(NEURONS["hodgkin_huxley"], -65e-3).growth.real < 0
    True
    """
    instance(neuron, Neuron, "the neuron", NeuronError)
    v, name = number(voltage, "the voltage", unit="V", error=NeuronError), neuron.voltage
    moving = {key: evaluator(flow) for key, flow in flows(neuron).items()}
    state, values = {**dict.fromkeys(moving, 0.0), name: v}, neuron.values

    def slope(key: str, at: Mapping[str, float], current: float) -> float:
        return float(moving[key]({**values, **at, CURRENT: current}))

    with np.errstate(all="ignore"):
        for _ in moving:  # a variable may follow another, as a current follows its rise
            state |= {key: _settled(slope, state, key) for key in moving if key != name}
        push, pull = (slope(name, state, current) for current in (0.0, 1e-9))
        current = -1e-9 * push / (pull - push)
        left = [slope(key, state, current) for key in moving]
        jacobian = np.array([[_change(slope, state, (of, by), current) for by in moving] for of in moving])
    if not np.isfinite(jacobian).all() or not np.allclose(left, 0.0, atol=1e-6):
        raise NeuronError(f"{neuron.name} has no rest at {v * 1e3:g} mV that its equations give one by one")
    eigenvalues = np.linalg.eigvals(jacobian)
    return Rest(current, state, complex(eigenvalues[np.argmax(eigenvalues.real)]))


def last_rest(neuron: Neuron, voltages: Any) -> Rest:
    """The rest at which, raised slowly, it loses its stability: the first on a grid of voltages, refined.

    voltages : V, rising, from a stable rest on
    raises NeuronError when it is stable at all of them, or at none

    >>> import numpy as np
    >>> from plasticity.neurons import NEURONS, last_rest
    >>> rest = last_rest(NEURONS["hodgkin_huxley"], np.linspace(-70e-3, -50e-3, 81))
    >>> round(rest.current * 1e12)
    978
    """
    grid = numbers(voltages, "the voltages", unit="V", shape=(None,), error=NeuronError)
    if grid.size < 2 or not (np.diff(grid) > 0).all():
        raise NeuronError(f"the voltages are {said(grid)}; two or more that rise are allowed")
    is_stable = [rest_at(neuron, v).growth.real < 0 for v in grid]
    if all(is_stable) or not is_stable[0]:
        raise NeuronError(f"{neuron.name} does not lose its rest between {grid[0] * 1e3:g} and {grid[-1] * 1e3:g} mV")
    place = is_stable.index(False)
    low, high = float(grid[place - 1]), float(grid[place])
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if rest_at(neuron, middle).growth.real < 0 else (low, middle)
    return rest_at(neuron, low)


def _settled(slope: Slope, state: Mapping[str, float], key: str) -> float:
    """The value of a variable at which it does not move, when its equation is linear in it."""
    origin, one = (slope(key, {**state, key: value}, 0.0) for value in (0.0, 1.0))
    return origin / (origin - one)


def _change(slope: Slope, state: Mapping[str, float], pair: tuple[str, str], current: float) -> float:
    """How the slope of the first variable of a pair changes with the second."""
    of, by = pair
    step = _SHIFT * (abs(state[by]) or 1.0)
    up, down = (slope(of, {**state, by: state[by] + way * step}, current) for way in (1, -1))
    return (up - down) / (2 * step)
