"""The state of a run, read from Brian2's objects and put back into them: variables, spikes on their way, noise."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from plasticity.errors import ArgumentError, listed
from plasticity.networks import State
from plasticity.networks.poisson import Drawn
from plasticity.networks.steps import Steps, on_steps
from plasticity.spiking.backend import Session

# The first is -1 in a run that came to its end; the others are made anew before they are read, in the same step
_ENDINGS = ("_x", "_y")  # of the state of rules and of neurons, see plasticity.spiking.text
_DERIVED = {"blown_up_at", "not_refractory"}
_WITHIN_AN_INSTANT = "_seen"


class Earlier(NamedTuple):
    """What a run takes up from the one before.

    spikes  : {population or event: those that may be on their way}
    senders : objects of Brian2 that send them
    """

    spikes: dict[str, Drawn]
    senders: list[Any]


def target_from_state(target: str) -> str:
    """The target of a run that goes on from a state. Raises ArgumentError for the one that cannot."""
    if target == "cpp_standalone":
        raise ArgumentError("'cpp_standalone' takes up no state; run with target='numpy', or all in one run")
    return "numpy" if target == "auto" else target


def taken_up(session: Session, objects: Sequence[Any], state: State | None, steps: Steps) -> Earlier:
    """Give the objects of a new run the variables and the noise of a state, and what is on its way.

    raises ArgumentError when the state is that of another network
    """
    if state is None:
        return Earlier({}, [])
    parts = {part.name: part for part in _with_state(session.b2, objects)}
    if parts.keys() != state.variables.keys():
        raise ArgumentError(
            f"the state is one of the parts {listed(state.variables)}, the network has {listed(parts)}; the same are "
            "needed"
        )
    for name, part in parts.items():
        _put(part, state.variables[name])
    if state.noise and session.target == "numpy":
        _set_noise(state.noise)
    spikes = {name: on_steps(found, steps.dt) for name, found in state.spikes.items()}
    return Earlier(spikes, [_sender(session.b2, objects, spikes, steps)] if steps.first else [])


def saved(session: Session, objects: Sequence[Any], time: float, late: Mapping[str, Any]) -> State:
    """The state at the end of a run.

    late : {population or event: the times of each neuron}, as many as may be on their way
    """
    variables = {
        part.name: {name: np.array(variable.get_value()) for name, variable in _variables(part).items()}
        for part in _with_state(session.b2, objects)
    }
    return State(time, variables, late, _noise() if session.target == "numpy" else {})


def _sender(b2: Any, objects: Sequence[Any], spikes: Mapping[str, Drawn], steps: Steps) -> Any:
    """An object of Brian2 that sends the spikes that were fired before the run and have not arrived."""
    pathways = [
        pathway
        for part in objects
        if isinstance(part, b2.Synapses)
        for pathway in part.contained_objects
        if hasattr(pathway, "queue") and pathway.source.name in spikes
    ]

    def send() -> None:
        while pathways:
            pathway = pathways.pop()
            _send(pathway, spikes[pathway.source.name], steps)

    # Brian2 makes the queues when a run begins, not before: so this is done in its first step, and once
    return b2.NetworkOperation(send, clock=objects[0].clock, when="start", name="plasticity_on_their_way")


def _send(pathway: Any, spikes: Drawn, steps: Steps) -> None:
    """The steps before the run, once more for the queue of a pathway alone: what has arrived then leaves it."""
    longest = int(np.round(np.max(pathway.variables["delay"].get_value(), initial=0.0) / steps.dt))
    for step in range(steps.first - longest, steps.first):
        fired = np.sort(spikes.neuron[spikes.step == step]).astype(np.int32)
        if fired.size:
            pathway.queue.push(fired)
        pathway.queue.advance()


def _with_state(b2: Any, objects: Sequence[Any]) -> list[Any]:
    return [part for part in objects if isinstance(part, (b2.NeuronGroup, b2.Synapses))]


def _variables(part: Any) -> dict[str, Any]:
    """What changes in the course of a run, by its name in the record."""
    from brian2.core.variables import ArrayVariable

    own = {
        name: variable
        for name, variable in part.variables.items()
        if isinstance(variable, ArrayVariable) and getattr(variable.owner, "name", "") == part.name
        if not (variable.constant or variable.read_only or variable.scalar or name.startswith("_"))
        if name not in _DERIVED and not name.endswith(_WITHIN_AN_INSTANT)
    }
    bare = {name: name[:-2] if name[-2:] in _ENDINGS else name for name in own}
    return {name if bare[name] in own else bare[name]: variable for name, variable in own.items()}


def _put(part: Any, values: Mapping[str, Any]) -> None:
    variables = _variables(part)
    if variables.keys() != values.keys():
        raise ArgumentError(
            f"the state of {part.name} holds {listed(values)}, and it has the variables {listed(variables)}; the same "
            "neuron or rule is needed"
        )
    for name, variable in variables.items():
        if len(values[name]) != len(part):
            raise ArgumentError(
                f"the state of {part.name} is one of {len(values[name])}, and the network has {len(part)}; as many are "
                "needed"
            )
        variable.set_value(values[name].astype(variable.dtype))


def _noise() -> dict[str, Any]:
    """Where the generator stands from which Brian2 draws in NumPy."""
    _, key, position, has_gauss, gauss = np.random.get_state(legacy=True)
    return {"key": key, "position": position, "has_gauss": has_gauss, "gauss": gauss}


def _set_noise(noise: Mapping[str, Any]) -> None:
    try:
        key, position, has_gauss, gauss = (noise[name] for name in ("key", "position", "has_gauss", "gauss"))
        np.random.set_state(("MT19937", key, int(position), int(has_gauss), float(gauss)))
    except (KeyError, TypeError, ValueError) as error:
        raise ArgumentError(
            f"the noise of the state is none that a run has left behind: {error}; leave it out"
        ) from None
