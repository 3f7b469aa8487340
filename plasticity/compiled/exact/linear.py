"""What a linear neuron is made of, for solutions in closed form: rates, who moves whom, and the chain to its threshold.

Linear equations whose variables do not read each other in a circle have real rates, and their solutions are sums of
exponentials (with powers of the time, where rates are equal): a variable at j reaches one at i along every path of the
equations, each with the divided difference of the exponentials on it. All numbers are exact to rounding: none comes
from eigenvectors, which fail where rates are equal.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import UnsupportedRule
from plasticity.neurons import Neuron
from plasticity.neurons.equations import CURRENT, constant, flows, tree
from plasticity.neurons.rounding import threshold_rounding
from plasticity.rules.polynomials import NoPolynomial, Polynomial, polynomial

Path = tuple[int, ...]  # places of variables, from the one that is moved to the one that moves it
CONSTANT = -1  # in a path: what does not change, the rate 0


@dataclass(frozen=True, eq=False)
class Linear:
    """The equations of a neuron as numbers; `linear` looks whether they can be.

    held : whether the variables that a spike holds stand still
    """

    neuron: Neuron
    held: bool = False

    @cached_property
    def names(self) -> list[str]:
        """Its variables."""
        return [variable.name for variable in self.neuron.variables]

    @cached_property
    def _flows(self) -> list[Polynomial]:
        found = [_linear(self.neuron, flow, 0.0) for flow in flows(self.neuron).values()]
        return [{} if self.held and name in self.neuron.held else flow for name, flow in self._named(found)]

    def _named(self, found: list[Polynomial]) -> zip:
        return zip(self.names, found, strict=True)

    @cached_property
    def rates(self) -> list[float]:
        """1/s, with which each variable decays."""
        return [-float(flow.get((name,), 0.0)) + 0.0 for name, flow in self._named(self._flows)]

    @cached_property
    def gains(self) -> dict[tuple[int, int], float]:
        """{(i, j): by how much j moves i, per second}."""
        return {
            (place, self.names.index(key[0])): float(gain)
            for place, (name, flow) in enumerate(self._named(self._flows))
            for key, gain in flow.items()
            if key and key[0] != name
        }

    def paths(self, place: int) -> list[Path]:
        """All on which something moves the variable at a place, that variable itself first; constants at the end."""
        found, open_ = list[Path](), list[Path]([(place,)])
        while open_:
            path = open_.pop()
            found += [path] if path[-1] == CONSTANT else [path, (*path, CONSTANT)]
            open_ += [(*path, j) for i, j in self.gains if i == path[-1]]
        return [path for path in sorted(found, key=len) if path[-1] != CONSTANT or self.has_constant(path[-2])]

    def has_constant(self, place: int) -> bool:
        """Whether a variable is moved by what does not change."""
        return () in self._flows[place]

    def constants(self, current: Floats) -> Floats:
        """What moves each variable whatever the state, per second, (n_neurons, n_variables)."""
        columns = [_linear(self.neuron, flow, current).get((), 0.0) for flow in flows(self.neuron).values()]
        return np.stack([np.broadcast_to(np.asarray(one, dtype=float), current.shape) for one in columns], axis=1)


@dataclass(frozen=True, eq=False)
class Chain:
    """How far a population is above its threshold, and the levels behind that; see `crossing`.

    rates   : 1/s, rising, (n_levels,)
    gains   : of each variable in each level, (n_levels, n_variables)
    offsets : of each neuron, (n_neurons, n_levels)
    most    : what D(r_1 .. r_m; t) never exceeds, by m; unused at 0
    """

    rates: Floats
    gains: Floats
    offsets: Floats
    most: Floats


def chain(found: Linear, current: Floats) -> Chain:
    """The chain to the threshold, of neurons under their currents (A), (n_neurons,)."""
    neuron, names = found.neuron, found.names
    threshold = _linear(neuron, tree(neuron, neuron.threshold), 0.0)
    upstream = {j for name in names if (name,) in threshold for path in found.paths(names.index(name)) for j in path}
    rates = np.array([0.0, *sorted(found.rates[place] for place in upstream - {CONSTANT})])
    matrix = np.diag([-rate for rate in found.rates])
    for (i, j), gain in found.gains.items():
        matrix[i, j] = gain
    constants = found.constants(current)
    row = np.array([float(threshold.get((name,), 0.0)) for name in names])
    offset = float(threshold.get((), 0.0)) - _at_rheobase(found, current, (matrix, constants, row))
    gains, offsets = [row], [offset]
    for rate in rates[:-1]:
        offset = constants @ row + rate * offset
        row = row @ matrix + rate * row
        gains.append(row)
        offsets.append(offset)
    return Chain(rates, np.array(gains), np.stack(offsets, axis=1), _most(rates))


def _at_rheobase(found: Linear, current: Floats, equations: tuple[Floats, Floats, Floats]) -> Floats:
    """By how much a neuron that rests on its threshold must exceed it to be above it by more than rounding; 0 for one
    that rests elsewhere, whose spike times it would shift."""
    matrix, constants, row = equations
    if not all(found.rates):
        return np.zeros_like(current)  # without a leak nothing tends to the threshold
    rounding = threshold_rounding(found.neuron, current, 1 / min(found.rates))
    threshold = _linear(found.neuron, tree(found.neuron, found.neuron.threshold), 0.0)
    rests = np.linalg.solve(matrix, -constants.T).T @ row + float(threshold.get((), 0.0))
    return np.where(np.abs(rests) <= 4 * rounding, rounding, 0.0)


def _most(rates: Floats) -> Floats:
    found = [0.0, 1.0]
    for m in range(2, len(rates)):
        slow, fast = float(rates[m - 1]), float(rates[m])
        if fast == 0:
            found.append(math.inf)
        elif m == 2 and slow > 0:  # the peak of a difference of two exponentials
            way = (fast - slow) / slow
            found.append((math.exp(-math.log1p(way) / way) if way > 0 else math.exp(-1)) / fast)
        else:
            found.append(found[-1] / fast)
    return np.array(found[: len(rates)]) * (1 + 1e-9)  # above all rounding


def linear(neuron: Neuron, where: str) -> Linear:
    """The neuron, if its solutions between events have a closed form.

    where : the name of its population, for messages
    raises UnsupportedRule, which says why not
    """
    reason = _reason(neuron)
    if reason:
        raise UnsupportedRule(
            f"{where}: {neuron.name} {reason}, which has no exact time without a step; simulate in steps, with a dt"
        )
    return Linear(neuron)


def _reason(neuron: Neuron) -> str:
    if neuron.hazard or any(constant(neuron, variable.noise) != 0 for variable in neuron.variables):
        return "fires at random"
    if neuron.integration != "exact":
        return "has equations that are not linear"
    if neuron.clamps:
        return "is clamped after a spike"
    if neuron.fires_on != "condition":
        return "fires on a crossing that counts while it is refractory"
    found = Linear(neuron)
    try:
        _linear(neuron, tree(neuron, neuron.threshold), 0.0)
    except NoPolynomial:
        return "has a threshold that is not linear"
    held = {time for time in neuron.held.values() if time > 0}
    if len(held) > 1 or max(held, default=0.0) > neuron.dead_time:
        return "holds variables for several times, or for longer than it is refractory"
    if _is_circular(found):
        return "has variables that read each other in a circle"
    return "has a variable that grows by itself" if min(found.rates) < 0 else ""


def _is_circular(found: Linear) -> bool:
    left = set(range(len(found.names)))
    while left:
        free = {i for i in left if not any(a == i and b in left for a, b in found.gains)}
        if not free:
            return True
        left -= free
    return False


def _linear(neuron: Neuron, flow: object, current: object) -> Polynomial:
    names = [variable.name for variable in neuron.variables]
    found = polynomial(flow, {**neuron.values, CURRENT: current}, names)  # type: ignore[arg-type]
    if any(len(key) > 1 for key in found):
        raise NoPolynomial
    return found
