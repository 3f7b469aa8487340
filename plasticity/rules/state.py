"""What a synapse holds between two pieces of a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, SpikeTrainError, WeightError, said, unknown
from plasticity.frozen import FrozenMap
from plasticity.inputs import instance, plain
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import System
from plasticity.trains import check_weights, start_weights


@dataclass(frozen=True, eq=False)
class State:
    """What a synapse holds after its last event, for a next piece of the run to go on from.

    times  : seconds, of the last event of each synapse, delays included, shape (n_synapses,); NaN before the first
    values : {variable: as that event left it, shape (n_synapses,)}, the weight 'w' and all others. Nothing is decayed
             to the place of the cut, so that two pieces give what the whole gives
    raises ArgumentError for arrays that do not fit together, and for values that are not finite
    """

    times: Floats
    values: Mapping[str, Floats]

    def __post_init__(self) -> None:
        times = np.atleast_1d(plain(self.times, "the times of a state", unit="s").values)
        instance(self.values, Mapping, "the values of a state")
        values = {
            name: np.atleast_1d(plain(value, f"{said(name)} of a state").values) for name, value in self.values.items()
        }
        for name, value in values.items():
            if value.shape != times.shape or times.ndim != 1 or not np.isfinite(value).all():
                raise ArgumentError(
                    f"{said(name)} of a state is {said(value)}; a finite number for each of {times.size} synapses is "
                    "allowed"
                )
        if np.isinf(times).any():
            raise ArgumentError(f"the times of a state are {said(times)}; seconds, or NaN before the first event")
        object.__setattr__(self, "times", times)
        object.__setattr__(self, "values", FrozenMap(values))

    def __repr__(self) -> str:
        return f"<state of {len(self.times)} synapses: {', '.join(self.values)}>"


@dataclass(frozen=True, eq=False)
class Start:
    """What a run begins with: the numbers of a `State`, which have been checked."""

    times: Floats
    values: Mapping[str, Floats]


def first_start(found: System, w0: Any, n_synapses: int) -> Start:
    """Every variable at its start."""
    bounds = found.rule.bounds
    start = start_weights(w0, n_synapses, bounds.lower, bounds.upper)
    values = {WEIGHT: start, **{name: np.full(n_synapses, value) for name, value in found.starts.items()}}
    return Start(np.full(n_synapses, np.nan if found.begins is None else found.begins), values)


def taken_start(found: System, state: Any, w0: Any, n_synapses: int) -> Start:
    """A state that came, checked; one of a single synapse is that of each.

    raises ArgumentError for a state of another rule or of another number of synapses; WeightError for a `w0` that is
    not its weight
    """
    instance(state, State, "the state")
    names = [variable.name for variable in found.rule.variables]
    for name in state.values:
        if name not in names:
            raise unknown(f"variable of {found.rule}", name, names)
    if missing := [name for name in names if name not in state.values]:
        raise ArgumentError(f"the state lacks {', '.join(missing)} of {found.rule}; give every variable")
    if len(state.times) not in (1, n_synapses):
        raise ArgumentError(
            f"the state is of {len(state.times)} synapses, the trains are of {n_synapses}; give as many"
        )
    weights = state.values[WEIGHT]
    check_weights(weights, found.rule.bounds.lower, found.rule.bounds.upper)
    if w0 is not None and not np.array_equal(start_weights(w0, len(weights), -np.inf, np.inf), weights):
        raise WeightError(f"w0 = {said(w0)} is not the weight of the state, {said(weights)}; give None, or the same")
    values = {name: np.broadcast_to(value, (n_synapses,)) for name, value in state.values.items()}
    return Start(np.broadcast_to(state.times, (n_synapses,)), values)


def require_later(state: Start, first: Floats, instant: float) -> None:
    """Raise SpikeTrainError for an event that comes before the state it goes on from, or in the same instant.

    first   : seconds, when the first event of each synapse comes, infinity for none, (n_synapses,)
    instant : seconds
    """
    early = first < state.times + instant
    if early.any():
        synapse = int(np.argmax(early))
        raise SpikeTrainError(
            f"synapse {synapse} has an event at {first[synapse]:.12g} s, delay included, and its state is of "
            f"{state.times[synapse]:.12g} s; cut a run where no event is under way, and give the later ones"
        )
