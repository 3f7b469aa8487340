"""Threshold units, and networks of them: graphs with signed weights and biases.

A unit adds its weighted inputs and its bias, z = w . x + b, and passes z through its activation.
With the step activation it is the binary threshold unit (BTU): 1 when z > 0, else 0.

A network without a cycle (a DAG) is feed-forward: its units have a topological order, and one
pass in that order gives every value. A network with a cycle is recurrent: it has no such order
and lives in time, each unit reading what the others gave one step before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.artificial.activations import STEP, Activation
from plasticity.errors import ArgumentError, DivergenceError, said
from plasticity.inputs import instance, listed, number, numbers, text
from plasticity.memory import require_memory


@dataclass(frozen=True)
class Unit:
    """One unit: it reads the named inputs or units with signed weights.

    weights : source name -> weight, dimensionless; a missing source has weight 0
    bias    : added to the weighted sum; a BTU with a positive bias is active by itself

    Sums are taken in double precision, bias first. Whole and half numbers add without rounding,
    so with them "z = 0" means exactly that; with weights like 0.1 it need not.
    raises ArgumentError when a weight or the bias is no finite number
    """

    name: str
    weights: Mapping[str, float] = field(default_factory=dict)
    bias: float = 0.0
    activation: Activation = STEP

    def __post_init__(self) -> None:
        text(self.name, "the name of a unit", is_empty_allowed=False)
        instance(self.activation, Activation, f"the activation of unit '{self.name}'")
        if not isinstance(self.weights, Mapping):
            raise ArgumentError(f"the weights of unit '{self.name}' are {said(self.weights)}; a mapping is allowed")
        given = dict(self.weights)
        names(list(given), f"the sources of unit '{self.name}'")
        weights = {
            source: number(weight, f"weight of unit '{self.name}' for '{source}'") for source, weight in given.items()
        }
        object.__setattr__(self, "weights", MappingProxyType(weights))
        object.__setattr__(self, "bias", number(self.bias, f"bias of unit '{self.name}'"))


@dataclass(frozen=True)
class Network:
    """Units that read external inputs and one another.

    inputs  : the names of the external inputs, in the order of the columns of x
    units   : the units, in the order of the columns of a state
    outputs : the names of the units read from outside; when left out, the last unit
    raises ArgumentError when a name is used twice or stands for nothing
    """

    inputs: tuple[str, ...]
    units: tuple[Unit, ...]
    outputs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        units = tuple(listed(self.units, "the units of a network"))
        for unit in units:
            instance(unit, Unit, "a unit of a network")
        object.__setattr__(self, "inputs", names(self.inputs, "the inputs of a network"))
        object.__setattr__(self, "units", units)
        outputs = names(self.outputs, "the outputs of a network")
        object.__setattr__(self, "outputs", outputs or tuple(u.name for u in units[-1:]))
        _check_names(self)


def names(values: Any, what: str) -> tuple[str, ...]:
    """Names as a tuple of texts; one text stands for its letters. Raises ArgumentError for anything else."""
    found = tuple(values) if isinstance(values, str) else listed(values, what)
    return tuple(text(name, f"a name of {what}", is_empty_allowed=False) for name in found)


def cycle(network: Network) -> tuple[str, ...]:
    """The names along one cycle, first name repeated at the end; () when there is none."""
    instance(network, Network, "the network")
    try:
        _sorted_names(network)
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def is_feed_forward(network: Network) -> bool:
    """True when the graph is acyclic (a DAG); False when the network is recurrent."""
    return not cycle(network)


def topological_order(network: Network) -> tuple[str, ...]:
    """The unit names, each after all units that it reads.

    raises ArgumentError when the network is recurrent; the message names a cycle
    """
    circle = cycle(network)
    if circle:
        raise ArgumentError(
            f"a feed-forward network is needed, but this one is recurrent: {' -> '.join(circle)}; "
            "remove a connection of this cycle, or iterate in time with `run`"
        )
    return tuple(name for name in _sorted_names(network) if name not in network.inputs)


def summed_input(unit: Unit, values: Mapping[str, Any]) -> Any:
    """z = bias + w . x of one unit, from the values (name -> array) of all that it reads.

    raises DivergenceError when the sum overflows
    """
    z: Any = instance(unit, Unit, "the unit").bias
    missing = [source for source in unit.weights if source not in instance(values, dict, "the values")]
    if missing:
        raise ArgumentError(f"the values of {', '.join(missing)} are missing, which unit '{unit.name}' reads")
    with np.errstate(over="ignore", invalid="ignore"):  # said below, in words
        for source, weight in unit.weights.items():
            z = z + weight * _value(values[source], source)
    if not np.all(np.isfinite(z)):
        raise DivergenceError(f"the summed input of unit '{unit.name}' overflows; its weights are too large")
    return z


def evaluate(network: Network, x: ArrayLike) -> dict[str, np.ndarray]:
    """Every value of a feed-forward network, in one pass in topological order.

    x       : external inputs, (..., n_inputs); truth values are 0 and 1
    returns : name of input or unit -> its values, (...)
    raises ArgumentError when x has another shape or is not finite, or the network has a cycle;
    DivergenceError when a weighted sum overflows
    """
    x = _external(network, x, ...)
    units = {unit.name: unit for unit in network.units}
    values = {name: x[..., column] for column, name in enumerate(network.inputs)}
    for name in topological_order(network):
        values[name] = np.broadcast_to(_response(units[name], values), x.shape[:-1])
    return {name: value[()] for name, value in values.items()}  # [()] makes numbers of 0-d arrays


def output(network: Network, x: ArrayLike) -> np.ndarray:
    """The output values of a feed-forward network: (..., n_inputs) -> (..., n_outputs)."""
    values = evaluate(network, x)
    return np.stack([values[name] for name in network.outputs], axis=-1)


def step(network: Network, state: ArrayLike, x: ArrayLike) -> np.ndarray:
    """All units at once, one step later: each reads the state and input of this step.

    state   : (..., n_units), columns in the order of `network.units`
    x       : (..., n_inputs); leading axes broadcast against those of the state
    returns : the next state, (..., n_units)
    """
    x = _external(network, x, ...)
    state = numbers(state, "network state", shape=(..., len(network.units)), has_truths=True)
    leading = _common_shape(state, x)
    values = {name: x[..., column] for column, name in enumerate(network.inputs)}
    values |= {unit.name: state[..., column] for column, unit in enumerate(network.units)}
    return np.stack([np.broadcast_to(_response(unit, values), leading) for unit in network.units], axis=-1)


def run(network: Network, x: ArrayLike, initial: ArrayLike | None = None) -> np.ndarray:
    """The network in time, recurrent or not, with external input at every step.

    x       : (n_steps, n_inputs), the input read during each step
    initial : the state before the first step, (n_units,); 0 when left out
    returns : (n_steps + 1, n_units); row k + 1 follows from row k and from x[k]
    raises DivergenceError, naming the step and the unit, when the values grow beyond all numbers

    All units change together (synchronously), so a signal needs one step for each connection.
    """
    x = _external(network, x, None)
    require_memory((16.0 * len(network.units) + 200.0) * len(x), f"a run of {len(x)} steps")
    start = np.zeros(len(network.units)) if initial is None else initial
    states = [numbers(start, "initial state", shape=(len(network.units),), has_truths=True)]
    for now, row in enumerate(x, 1):
        try:
            states.append(step(network, states[-1], row))
        except DivergenceError as error:
            raise DivergenceError(f"step {now}: {error}") from None
    return np.stack(states)


def _value(values: Any, source: str) -> np.ndarray:
    if type(values) is np.ndarray and values.dtype == np.float64:
        return values
    return numbers(values, f"the values of '{source}'", has_truths=True)


def _external(network: Network, x: ArrayLike, leading: Any) -> Floats:
    """The external input, (leading, n_inputs): what units read may be truth values."""
    n_inputs = len(instance(network, Network, "the network").inputs)
    return numbers(x, "network input", shape=(leading, n_inputs), has_truths=True)


def _response(unit: Unit, values: Mapping[str, Any]) -> np.ndarray:
    return unit.activation(summed_input(unit, values))


def _sorted_names(network: Network) -> tuple[str, ...]:
    return tuple(TopologicalSorter({unit.name: unit.weights.keys() for unit in network.units}).static_order())


def _common_shape(state: np.ndarray, x: np.ndarray) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(state.shape[:-1], x.shape[:-1])
    except ValueError:
        raise ArgumentError(
            f"state {state.shape} and input {x.shape} do not fit: all axes but the last must broadcast"
        ) from None


def _check_names(network: Network) -> None:
    if not network.units:
        raise ArgumentError("a network needs at least one unit")
    units = [unit.name for unit in network.units]
    known = [*network.inputs, *units]
    doubled = sorted({name for name in known if known.count(name) > 1})
    if doubled:
        raise ArgumentError(f"the name '{doubled[0]}' is used twice; inputs and units need names of their own")
    for unit in network.units:
        _need(f"unit '{unit.name}' reads", unit.weights, known)
    _need("an output is", network.outputs, units)


def _need(what: str, names: Iterable[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise ArgumentError(f"{what} '{name}', which does not exist; known: {', '.join(known)}")
