"""The one loop of a run: watched while it goes on, and looked at afterwards for numbers that are none."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from plasticity.arrays import Floats
from plasticity.networks.checks import blown_up, check_finite
from plasticity.networks.steps import Steps
from plasticity.rules.conventions import WEIGHT
from plasticity.spiking.backend import Session, session
from plasticity.spiking.targets import Target

Result = TypeVar("Result")
_LOOK_EVERY = 1000  # steps between two looks for numbers that blew up


@dataclass(frozen=True)
class Run:
    """What is run, and which of its numbers are looked at.

    objects  : of Brian2, all that take part
    synapses : {name for messages: synapses whose w and state are looked at, and whose `blown_up_at`, where they have
               it, says when one of them stopped being a number, else -1}
    monitors : {name for messages: (a monitor of states, what it keeps)}; they tell when a number blew up
    states   : {name for messages: a function that reads the numbers as they are now}
    shift    : seconds by which Brian2's clock is ahead of the times in messages
    """

    objects: Sequence[Any]
    steps: Steps
    namespace: dict[str, Any] = field(default_factory=dict)
    synapses: Mapping[str, Any] = field(default_factory=dict)
    monitors: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    states: Mapping[str, Callable[[], Floats]] = field(default_factory=dict)
    shift: float = 0.0


class Unsound(Exception):
    """A synapse stopped being a number, and nobody noted when."""


def in_session(run: Callable[[Session], Result], target: Target, seed: int, *, flags: str = "plasticity") -> Result:
    """What a run in a session of Brian2 gives; one that blows up is run again, to find out when.

    To note the time costs a number in every synapse, and work at every spike.
    """
    try:
        with session(target, seed, flags=flags) as running:
            return run(running)
    except Unsound:
        with session(target, seed, is_dated=True, flags=flags) as running:
            return run(running)


def carry_out(session: Session, run: Run) -> None:
    """Run the objects to the end. Raises SimulationError for a number that blew up, with its name, index and time.

    raises Unsound for a synapse that blew up where the session does not date it
    """
    b2, steps = session.b2, run.steps
    network = b2.Network(*run.objects, name="plasticity_network")
    if steps.first:
        network.t_ = steps.first * steps.dt
    if session.can_stop:
        # on the clock of all: a second one would cost more in every step than the whole look
        clock = run.objects[0].clock
        network.add(b2.NetworkOperation(_look(network, run), clock=clock, when="end", name="plasticity_look"))
    session.run(network, steps.n * steps.dt, run.namespace)
    for name, made in run.synapses.items():
        if session.is_dated:
            _stop_if_blown_up(name, made, run.shift)
        elif not _is_sound(made):
            raise Unsound
    for name, (monitor, variable) in run.monitors.items():
        check_finite(name, np.array(getattr(monitor, variable)).T, np.array(monitor.t_[:]) - run.shift)
    end = np.ravel(network.t_) if session.can_stop else np.array([steps.end * steps.dt])
    for name, read in run.states.items():
        check_finite(name, read()[None], end - run.shift)


def _look(network: Any, run: Run) -> Callable[[], None]:
    """A function that stops the run soon after a number blew up."""

    steps = itertools.count()

    def look() -> None:
        if next(steps) % _LOOK_EVERY:
            return
        is_sound = all(np.isfinite(read()).all() for read in run.states.values())
        if not (is_sound and all(_is_sound(made) for made in run.synapses.values())):
            network.stop()

    return look


def _is_sound(made: Any) -> bool:
    """Whether w and the state of synapses are numbers, and none has noted that it was none."""
    from brian2.core.variables import ArrayVariable

    values = [
        variable.get_value()
        for name, variable in made.variables.items()
        if (name == WEIGHT or name.endswith("_x")) and isinstance(variable, ArrayVariable)
    ]
    is_dated = "blown_up_at" in made.variables
    return all(np.isfinite(of).all() for of in values) and not (is_dated and (made.blown_up_at[:] >= 0).any())


def _stop_if_blown_up(name: str, made: Any, shift: float) -> None:
    blown_up_at = np.array(made.blown_up_at[:])
    if (blown_up_at >= 0).any():
        index = int(np.argmax(blown_up_at >= 0))
        raise blown_up(name, index, float(np.array(made.w[:])[index]), float(blown_up_at[index]) - shift)
