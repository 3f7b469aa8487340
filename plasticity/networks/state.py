"""All of a network that its future depends on, so that a run can be taken up where another one ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, said
from plasticity.inputs import listed, number, numbers, text


@dataclass(frozen=True)
class State:
    """A network at one time; `simulate` hands it out in the recording, and takes it up with `state`.

    time      : seconds since the start of the first run, from where trains and tables of currents count
    variables : {population or projection: {variable: one number a neuron or synapse}}, in SI: voltages and currents,
                `lastspike` (s), weights `w`, and whatever else the rule of a projection keeps
    spikes    : {population or event: one array of times (s) a neuron}, of those that may be on their way still
    noise     : where the random numbers of the run stand; empty where its target does not tell ('numpy' does)
    engine    : that which left it, as `plasticity.simulate` calls it, and to which it is handed; empty for Brian2
    raises ArgumentError for anything else
    """

    time: float
    variables: Mapping[str, Mapping[str, Floats]]
    spikes: Mapping[str, list[Floats]] = field(default_factory=dict)
    noise: Mapping[str, Any] = field(default_factory=dict)
    engine: str = ""

    def __post_init__(self) -> None:
        text(self.engine, "the engine of a state")
        object.__setattr__(self, "time", number(self.time, "the time of a state", unit="s", least=0.0))
        variables = {
            part: {
                name: numbers(values, f"{name} of {part} in the state", shape=(None,))
                for name, values in _named(found, f"the variables of {said(part)} in the state").items()
            }
            for part, found in _named(self.variables, "the variables of a state").items()
        }
        spikes = {
            name: _trains(listed(found, f"the spikes of {said(name)} in the state"), name)
            for name, found in _named(self.spikes, "the spikes of a state").items()
        }
        noise = {
            name: np.asarray(values) for name, values in _named(self.noise, "where the noise of a state stands").items()
        }
        for name, value in (("variables", variables), ("spikes", spikes), ("noise", noise)):
            object.__setattr__(self, name, value)


def _trains(found: list[Any], name: str) -> list[Floats]:
    """Trains as new arrays. Those of our own are looked at in one go, for there may be thousands of neurons."""
    if all(type(times) is np.ndarray and times.dtype == np.float64 and times.ndim == 1 for times in found):
        if np.isfinite(np.concatenate([np.empty(0), *found])).all():
            return [times.copy() for times in found]
    return [numbers(times, f"the spikes of {name} in the state", unit="s", shape=(None,)) for times in found]


def _named(values: Any, what: str) -> dict[str, Any]:
    if not isinstance(values, Mapping) or not all(isinstance(name, str) for name in values):
        raise ArgumentError(f"{what} are {said(values)}; a dictionary by name is allowed")
    return dict(values)
