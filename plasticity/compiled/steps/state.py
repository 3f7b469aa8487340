"""The state of a network at the end of a run, and put into the arrays of the next."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.compiled.steps.arrays import Arrays
from plasticity.compiled.steps.neurons import kept_variables
from plasticity.compiled.steps.parts import NEVER
from plasticity.compiled.steps.projections import Synapses
from plasticity.errors import ArgumentError, listed
from plasticity.networks import Population, State
from plasticity.networks.steps import Steps
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import Home

_LONG_AGO = -1e4  # seconds: the last spike of a neuron that has not fired, as in Brian2
# {population, projection or what it keeps at its neurons: {variable: numbers}}; views, for a State copies them
Held = dict[str, dict[str, Floats]]


def saved(arrays: Arrays, steps: Steps, late: Mapping[str, list[Floats]]) -> State:
    """The state at the end of a run. late : spikes that may be on their way."""
    values = arrays.values
    noise = {"streams": values["randoms"], "trials": values["trials"]}
    return State(steps.end * steps.dt, _held(arrays, steps.end, steps.dt), late, noise)


def take_up(arrays: Arrays, state: State, steps: Steps) -> None:
    """Put a state into the arrays of a run. Raises ArgumentError when it is that of another network, or engine."""
    known = _held(arrays, steps.first, steps.dt)
    if known.keys() != state.variables.keys():
        raise ArgumentError(
            f"the state is one of the parts {listed(state.variables)}, and here they are {listed(known)}; a state of "
            "the same network, left by plasticity.compiled in steps, is needed"
        )
    for name, variables in known.items():
        _check(name, variables, state.variables[name])
    for part in arrays.parts:
        if isinstance(part, Population):
            _put_part(arrays, part, state.variables[part.name], steps)
    for number, synapses in enumerate(arrays.synapses):
        _put_synapses(arrays, number, synapses, state.variables)
    arrays.values["stamps"][:] = steps.first
    arrays.values["own_stamps"][:] = steps.first
    _put_noise(arrays, state.noise)


def _held(arrays: Arrays, step: int, dt: float) -> Held:
    """All variables, as they are at the start of a step."""
    found: Held = {}
    for part in arrays.parts:
        if isinstance(part, Population):
            rows = _of_part(arrays, part)
            last = arrays.values["fired_at"][_neurons(arrays, part)]
            found[part.name] = {
                **rows,
                "lastspike": np.where(last == NEVER, _LONG_AGO, last * dt),
            }
    for number, synapses in enumerate(arrays.synapses):
        found |= _of_synapses(arrays, number, synapses, step, dt)
    return found


def _of_synapses(arrays: Arrays, number: int, synapses: Synapses, step: int, dt: float) -> Held:
    out, name = synapses.out, synapses.projection.name
    places = _places(arrays, number, synapses)
    found: Held = {name: {WEIGHT: out.as_given(_weights(arrays, synapses))}}
    for home, (rows, stamps) in places.items():
        part = name if home == "synapse" else f"plasticity_{name}_{home}"
        moved = {key: _moved(synapses, key, row, (step - stamps) * dt) for key, row in rows.items()}
        if home == "synapse":
            moved = {key: out.as_given(values) for key, values in moved.items()}
        if moved:
            found.setdefault(part, {}).update(moved)
    for signal, past in _pasts(arrays, number, synapses).items():
        lags = [(step - 1 - lag) % len(past) for lag in range(len(past))]
        found[f"plasticity_{name}_{signal}"] = {f"past_{lag}": past[row] for lag, row in enumerate(lags)}
    return found


def _moved(synapses: Synapses, name: str, values: Floats, age: Any) -> Floats:
    """A variable after a time in which nothing came; where something flows in steps, it is as it is now already."""
    decay = synapses.kind.text.moving.get(name)
    if decay is None or synapses.kind.is_flowing:
        return values
    return decay.rest + (values - decay.rest) * np.exp(age * (-1.0 / decay.tau))


def _places(arrays: Arrays, number: int, synapses: Synapses) -> dict[Home, tuple[dict[str, Floats], Any]]:
    """{home: ({variable: a view of its numbers}, the steps at which they were so)}."""
    kind, values, row = synapses.kind, arrays.values, arrays.row(number)
    if kind.found is None:
        return {}
    found: dict[Home, tuple[dict[str, Floats], Any]] = {}
    for home, size in (("pre", len(synapses.out.first) - 1), ("post", _n_targets(arrays, synapses))):
        rows = _rows(values["traces"], row[f"{home.upper()}_TRACE"], size, kind.at(home))  # type: ignore[arg-type]
        begin = row[f"{home.upper()}_STAMP"]
        found[home] = rows, values["stamps"][begin : begin + size]  # type: ignore[index]
    first, size = row["SYNAPSES"], row["N_SYNAPSES"]
    rows = _rows(values["own"], row["OWN"] + first, size, kind.at("synapse"))
    begin = row["OWN_STAMP"] + first
    found["synapse"] = rows, values["own_stamps"][begin : begin + size] if not kind.is_flowing else 0
    return found


def _pasts(arrays: Arrays, number: int, synapses: Synapses) -> dict[str, Floats]:
    """{late signal: a view of its past, (n_steps, n_neurons)}, a ring."""
    found, row = {}, arrays.row(number)
    for place, name in enumerate(synapses.kind.late):
        assert synapses.kind.found is not None
        signal = next(signal for signal in synapses.kind.found.rule.signals if signal.name == name)
        size = len(synapses.out.first) - 1 if signal.of == "pre" else _n_targets(arrays, synapses)
        begin, length = (row[f"LATE{f'_{n}' if n else ''}"] for n in (2 * place, 2 * place + 1))
        found[name] = arrays.values["past"][begin : begin + length * size].reshape(length, size)
    return found


def _put_part(arrays: Arrays, part: Population, given: Mapping[str, Floats], steps: Steps) -> None:
    rows = _of_part(arrays, part)
    for name, row in rows.items():
        row[:] = given[name]
    last = np.round(given["lastspike"] / steps.dt).astype(np.int64)
    arrays.values["fired_at"][_neurons(arrays, part)] = np.where(given["lastspike"] <= _LONG_AGO, NEVER, last)


def _put_synapses(arrays: Arrays, number: int, synapses: Synapses, given: Mapping[str, Mapping[str, Floats]]) -> None:
    out, name = synapses.out, synapses.projection.name
    _weights(arrays, synapses)[:] = out.sorted(given[name][WEIGHT])
    for home, (rows, _) in _places(arrays, number, synapses).items():
        for key, row in rows.items():
            row[:] = out.sorted(given[name][key]) if home == "synapse" else given[f"plasticity_{name}_{home}"][key]
    for signal, past in _pasts(arrays, number, synapses).items():
        for lag in range(len(past)):
            place = (arrays.values["first_kept"] - 1 - lag) % len(past)
            past[place] = given[f"plasticity_{name}_{signal}"][f"past_{lag}"]


def _put_noise(arrays: Arrays, noise: Mapping[str, Any]) -> None:
    """Go on with the random numbers where a run left off; without, as another seed would."""
    if not noise:
        return
    for key, name in (("streams", "randoms"), ("trials", "trials")):
        here, given = arrays.values[name], noise.get(key)
        if given is None or given.shape != here.shape or given.dtype.kind not in "iu":
            raise ArgumentError("the noise of the state is none that plasticity.compiled has left behind; leave it out")
        here[:] = given.astype(here.dtype)


def _check(name: str, known: Mapping[str, Floats], given: Mapping[str, Floats]) -> None:
    if known.keys() != given.keys():
        raise ArgumentError(
            f"the state of {name} holds {listed(given)}, and it has the variables {listed(known)}; the same neuron or "
            "rule, and a state left by plasticity.compiled, are needed"
        )
    for key, values in known.items():
        if len(given[key]) != len(values):
            raise ArgumentError(
                f"the state of {name} is one of {len(given[key])}, and the network has {len(values)}; as many are "
                "needed"
            )


def _rows(values: Floats, begin: int, size: int, names: list[str]) -> dict[str, Floats]:
    """Views of the numbers of some variables, which lie one behind the other."""
    return {name: values[begin + n * size : begin + (n + 1) * size] for n, name in enumerate(names)}


def _of_part(arrays: Arrays, part: Population) -> dict[str, Floats]:
    return _rows(arrays.values["state"], arrays.table[part.name]["STATE"], part.size, kept_variables(part.neuron))


def _weights(arrays: Arrays, synapses: Synapses) -> Floats:
    return arrays.values["weights"][synapses.place : synapses.place + synapses.projection.size]


def _neurons(arrays: Arrays, part: Population) -> slice:
    first = arrays.table[part.name]["FIRST"]
    return slice(first, first + part.size)


def _n_targets(arrays: Arrays, synapses: Synapses) -> int:
    return arrays.table[synapses.projection.target]["SIZE"]
