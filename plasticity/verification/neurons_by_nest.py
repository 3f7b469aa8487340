"""Neurons under constant currents, by Brian2 and by NEST: when they fire, and how often."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.errors import UnsupportedRule
from plasticity.nest import asked
from plasticity.nest.neurons import Model, model_of
from plasticity.neurons import Neuron
from plasticity.verification.findings import Finding, Place

DURATION = 0.15  # seconds
ON_GRID = 1e-6  # steps: the same one
SAME = "the same exact step in both: every spike in the same step, which NEST tells at its end and Brian2 at its start"
PER_SPIKE = (
    "in steps for each spike so far, the same at every step: spikes lie on the grid, and NEST resets within a step, or "
    "takes steps of Euler"
)
_TELLS = "; NEST tells a spike at its peak, so times count from the first"


def neuron_against_nest(neuron: Neuron) -> Finding:
    """The times of spikes after the offset of a step; where steps matter, that the difference shrinks with them."""
    try:
        model = model_of(neuron)
    except UnsupportedRule as error:
        return Finding(neuron.name, "nest", "cannot be expressed", note=str(error).removeprefix(f"{neuron}: "))
    found = [_compared(neuron, model, step) for step in model.steps]
    is_exact = len(model.steps) == 1
    tolerance = ON_GRID if is_exact else model.per_spike
    worst = max(one.steps for one in found)
    return Finding(
        neuron.name,
        "nest",
        "agrees" if worst <= tolerance else "differs",
        partner=model.name,
        difference=worst,
        tolerance=tolerance,
        reason=SAME if is_exact else PER_SPIKE + (_TELLS if model.is_late else ""),
        n=found[-1].n,
        place=found[-1].place,
        more={
            f"seconds apart at most, in steps of {step * 1e3:g} ms": one.seconds
            for step, one in zip(model.steps, found, strict=True)
        },
    )


@dataclass(frozen=True)
class _Apart:
    """The largest difference in steps for each spike so far, and in seconds; where; how many spikes were compared."""

    steps: float
    seconds: float
    place: Place | None
    n: int


def _compared(neuron: Neuron, model: Model, step: float) -> _Apart:
    currents = np.array(model.currents)
    ours = spiking.voltages(neuron, currents, duration=DURATION, dt=step, target="numpy").spikes["neurons"]
    job = {"kind": "neuron", "model": model.name, "parameters": model.parameters, "step": step * 1e3}
    (theirs,) = asked([job | {"currents": (currents * 1e12).tolist(), "duration": DURATION * 1e3}])
    apart = _Apart(0.0, 0.0, None, 0)
    for number, (a, b) in enumerate(zip(ours, _seconds(theirs), strict=True), start=1):
        here = _of_trains(a + step, b, step, model)  # Brian2 stamps a spike at the start of its step
        where = None if here.place is None else replace(here.place, pair=number, kind=f"{currents[number - 1]:.3g} A")
        largest = here if here.steps > apart.steps else apart
        place = where if largest is here else apart.place
        apart = _Apart(largest.steps, max(apart.seconds, here.seconds), place, apart.n + here.n)
    return apart


def _of_trains(a: Floats, b: Floats, step: float, model: Model) -> _Apart:
    """Of one current; two trains of other lengths differ infinitely, but for spikes that may lie beyond the end."""
    if model.is_late and a.size and b.size:
        a, b = a - a[0], b - b[0]
    k = min(a.size, b.size)
    beyond = (*a[k:], *b[k:])
    if (
        any(time < DURATION - model.per_spike * step * (k + 1) for time in beyond)
        and not model.is_late
        or len(beyond) > 1
    ):
        return _Apart(np.inf, np.inf, None, k)
    if not k:
        return _Apart(0.0, 0.0, None, 0)
    off = np.abs(a[:k] - b[:k])
    steps = off / step / np.arange(1, k + 1)
    at = int(steps.argmax())
    return _Apart(float(steps[at]), float(off.max()), Place(0, "", at + 1, float(a[at]), float(a[at]), float(b[at])), k)


def _seconds(trains: Sequence[Sequence[float]]) -> list[Floats]:
    return [np.array(train, dtype=float) * 1e-3 for train in trains]
