"""f-I curves against NEST: the rate under constant currents, from below the onset of firing to a strong drive."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.errors import NeuronError
from plasticity.nest import asked
from plasticity.nest.neurons import Model, model_of
from plasticity.neurons import Neuron, closed_form_rate, known_in_closed_form, last_rest, rheobase
from plasticity.neurons.equations import start
from plasticity.verification.findings import Finding, Level, Place

TIMES_ONSET = (0.5, 0.95, 1.01, 1.1, 1.3, 2.0, 4.0)  # our choice: below, just above, strong
STEP = 5e-5  # seconds, of Brian2
SETTLED = 0.1  # seconds; spikes count from there on
SHORT, SIMULATED, LONGER = 0.45, 0.8, 3.0  # seconds: of channels, which cost most; else; where ours is a closed form
ROUNDING = 1e-9  # hertz
_RAISED = np.linspace(0.0, 0.04, 81)  # volts above the start, over which the last rest is looked for


def curve_against_nest(neuron: Neuron) -> Finding:
    """The rates at every level: ours in closed form where there is one, else by Brian2.

    raises UnsupportedRule for a neuron that NEST has not
    """
    model = model_of(neuron)
    first, what = onset(neuron, model)
    currents = first * (np.array(TIMES_ONSET) - 1 - neuron.values.get("bias", -1.0))
    is_closed = "rate" in known_in_closed_form(neuron)
    duration = LONGER if is_closed else SHORT if model.is_late else SIMULATED
    trains = _by_nest(model, currents, duration)
    if is_closed:
        rates = list(zip(closed_form_rate(neuron, currents).tolist(), map(_rate, trains), strict=True))
    else:
        ours = spiking.voltages(neuron, currents, duration=duration, dt=STEP, target="numpy").spikes["neurons"]
        rates = [_rates(*pair) for pair in zip(ours, trains, strict=True)]
    longer = 0.0 if model.precise else (model.fine if is_closed else model.per_spike * (model.fine + STEP))
    levels = tuple(
        Level(float(current), *pair, allowed=ROUNDING + longer * max(pair) ** 2)
        for current, pair in zip(currents, rates, strict=True)
    )
    note = f"at {', '.join(f'{k:g}' for k in TIMES_ONSET)} times {what}, {first * 1e12:.4g} pA"
    return replace(_judged(neuron, model, levels), reason=_reason(model, is_closed), note=note)


def onset(neuron: Neuron, model: Model) -> tuple[float, str]:
    """The current (A) from which on a neuron fires, what it cannot rest above, or one of ours; and which."""
    with suppress(NeuronError):
        if "rheobase" in known_in_closed_form(neuron):
            return rheobase(neuron), "its rheobase"
        return last_rest(neuron, start(neuron)[neuron.voltage] + _RAISED).current, "the last current at which it rests"
    return model.currents[0], "a current of our choice, for it rests at none"


def _by_nest(model: Model, currents: Floats, duration: float) -> list[Floats]:
    """The times of the spikes (s) under each current."""
    job = {"kind": "neuron", "model": model.precise or model.name, "parameters": model.parameters, "changes": []}
    told = {"step": model.fine * 1e3, "currents": (currents * 1e12).tolist(), "duration": duration * 1e3}
    (found,) = asked([job | told])
    return [np.array(train, dtype=float) * 1e-3 for train in found]


def _rates(ours: Floats, theirs: Floats) -> tuple[float, float]:
    """Of the same intervals, once settled, for what comes near the end may be missing on one side."""
    first, last = int(np.searchsorted(ours, SETTLED)), max(min(ours.size, theirs.size), 1)
    if last - first < 2 or abs(ours.size - theirs.size) > 1:
        return _rate(ours), _rate(theirs)
    return _rate(ours[first:last]), _rate(theirs[first:last])


def _rate(train: Floats) -> float:
    """Intervals per second (Hz); 0 of a spike alone."""
    return (train.size - 1) / float(train[-1] - train[0]) if train.size > 1 else 0.0


def _judged(neuron: Neuron, model: Model, levels: Sequence[Level]) -> Finding:
    """The level at which a difference is largest beside what is allowed there is the one that is told."""
    nearest = max(levels, key=lambda level: abs(level.ours - level.theirs) / level.allowed)
    difference = abs(nearest.ours - nearest.theirs)
    where = f"{nearest.current * 1e12:.4g} pA"
    place = Place(levels.index(nearest) + 1, where, 0, 0.0, nearest.ours, nearest.theirs)
    return Finding(
        f"{neuron.name}, f-I curve",
        "nest",
        "agrees" if difference <= nearest.allowed else "differs",
        partner=model.precise or model.name,
        difference=difference,
        tolerance=nearest.allowed,
        n=len(levels),
        place=place,
        more={"Hz apart at most": max(abs(level.ours - level.theirs) for level in levels)},
        curve=tuple(levels),
    )


def _reason(model: Model, is_closed: bool) -> str:
    if model.precise:
        return "a closed form, and spikes that NEST finds between its steps: rounding alone"
    if is_closed:
        return f"rate**2 times the step of NEST, {model.fine * 1e3:g} ms, by which an interval may be too long"
    steps = f"{model.fine * 1e3:g} ms of NEST and {STEP * 1e3:g} ms of ours"
    return (
        f"{model.per_spike:g} rate**2 times the steps, {steps}: an interval is rounded up, which adaptation carries on"
    )
