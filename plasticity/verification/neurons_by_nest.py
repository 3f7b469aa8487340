"""Neurons under constant currents, and under some that step up, by Brian2 and by NEST: when they fire."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.errors import UnsupportedRule
from plasticity.nest import asked
from plasticity.nest.neurons import Model, model_of
from plasticity.neurons import Neuron
from plasticity.verification.curves_by_nest import onset
from plasticity.verification.findings import Finding, Place

DURATION = 0.15  # seconds
DECIDED = (
    1.25  # steps for each spike so far, by which our two steps may disagree: our choice, for a rounding is 1 at most
)
HELD = 0.5  # of the onset of firing, up to which a current is that steps; the step leads to
STRONG = (1.2, 4.0)  # times it, or as far as the constant currents go: near the onset a rounding decides on a spike
ON_GRID = 1e-6  # steps: the same one
SAME = "the same exact step in both: every spike in the same step, which NEST tells at its end and Brian2 at its start"
PER_SPIKE = (
    "in steps of ours for each spike so far, the same at every step: ours lie on the grid, and those of NEST, whose "
    "step is shorter, nearly do not"
)
UNDECIDED = "spikes left out, for our own two steps do not agree on them: {}"
_TELLS = "; NEST tells a spike at its peak, so times count from the first"


@dataclass(frozen=True)
class _Drive:
    """A current (A), and from a time on (whole ms) another; kind : what it is called."""

    before: float
    after: float
    at: int
    kind: str


@dataclass(frozen=True)
class _Apart:
    """The largest difference in steps for each spike so far, and in seconds; where; how many spikes were compared."""

    steps: float
    seconds: float
    place: Place | None
    n: int


def neuron_against_nest(neuron: Neuron, seeds: int) -> Finding:
    """The times of spikes after the offset of a step; where steps matter, that the difference shrinks with them.

    seeds : as many currents that step up once are drawn, besides the constant ones
    """
    try:
        model = model_of(neuron)
    except UnsupportedRule as error:
        return Finding(neuron.name, "nest", "cannot be expressed", note=str(error).removeprefix(f"{neuron}: "))
    drives = _drives(neuron, model, seeds)
    ours = [_by_brian2(neuron, drives, step) for step in model.steps]
    decided = _decided(model.steps[0], *ours) if len(ours) > 1 else [None] * len(drives)
    n_left_out = sum(train[n:].size for train, n in zip(ours[-1], decided, strict=True) if n is not None)
    theirs = _by_nest(model, drives, model.steps[0] if len(ours) == 1 else model.fine)
    found = [
        _compared(model, drives, step, [(a[:n], b[:n]) for a, b, n in zip(own, theirs, decided, strict=True)])
        for step, own in zip(model.steps, ours, strict=True)
    ]
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
        note=UNDECIDED.format(n_left_out) if n_left_out else "",
        n=found[-1].n,
        place=found[-1].place,
        more={
            f"seconds apart at most, in steps of {step * 1e3:g} ms": one.seconds
            for step, one in zip(model.steps, found, strict=True)
        },
    )


def _drives(neuron: Neuron, model: Model, seeds: int) -> list[_Drive]:
    """Constant currents, and for each seed from 1 on one that steps from too little to enough."""
    found = [_Drive(current, current, 1, f"{current:.3g} A") for current in model.currents]
    first, _ = onset(neuron, model)
    strongest = max(STRONG[1] * first, *model.currents)
    standing = (1 + neuron.values.get("bias", -1.0)) * first
    for seed in range(1, seeds + 1):
        rng = np.random.default_rng(seed)
        before, after = rng.uniform(0, HELD * first) - standing, rng.uniform(STRONG[0] * first, strongest) - standing
        at = int(rng.integers(5, 50))
        found.append(_Drive(before, after, at, f"seed {seed}: {before:.3g} A, from {at} ms on {after:.3g} A"))
    return found


def _by_brian2(neuron: Neuron, drives: Sequence[_Drive], step: float) -> list[Floats]:
    """The times (s) of the spikes under each current: of the ends of their steps, for Brian2 stamps the starts."""
    times = np.arange(round(DURATION / step)) * step
    currents = np.array([np.where(times < drive.at * 1e-3 - step / 2, drive.before, drive.after) for drive in drives])
    found = spiking.voltages(neuron, currents.T, duration=DURATION, dt=step, target="numpy").spikes["neurons"]
    return [train + step for train in found]


def _decided(step: float, coarse: Sequence[Floats], fine: Sequence[Floats]) -> list[int | None]:
    """Of each train, how many spikes ours has in either step, apart as rounding explains; None for all.

    Where a rounding gives a burst one spike more, or keeps a neuron below its threshold for long, what follows says
    nothing of another program.
    """
    found: list[int | None] = []
    for a, b in zip(coarse, fine, strict=True):
        k = min(a.size, b.size)
        is_far = np.abs(a[:k] - b[:k]) > DECIDED * step * np.arange(1, k + 1)
        found.append(int(is_far.argmax()) if is_far.any() else None if a.size == b.size else k)
    return found


def _compared(model: Model, drives: Sequence[_Drive], step: float, trains: Sequence[tuple[Floats, Floats]]) -> _Apart:
    """The largest difference of ours and NEST's spikes, and where."""
    apart = _Apart(0.0, 0.0, None, 0)
    for number, (pair, drive) in enumerate(zip(trains, drives, strict=True), start=1):
        here = _of_trains(*pair, step, model)
        where = None if here.place is None else replace(here.place, pair=number, kind=drive.kind)
        largest = here if here.steps > apart.steps else apart
        place = where if largest is here else apart.place
        apart = _Apart(largest.steps, max(apart.seconds, here.seconds), place, apart.n + here.n)
    return apart


def _by_nest(model: Model, drives: Sequence[_Drive], step: float) -> list[Floats]:
    """The times (s) of the spikes under each current."""
    changes = [{"times": [float(one.at)], "amplitudes": [(one.after - one.before) * 1e12]} for one in drives]
    job: dict[str, Any] = {"kind": "neuron", "model": model.name, "parameters": model.parameters, "changes": changes}
    job |= {"currents": [one.before * 1e12 for one in drives], "duration": DURATION * 1e3, "step": step * 1e3}
    (found,) = asked([job])
    return [np.array(train, dtype=float) * 1e-3 for train in found]


def _of_trains(a: Floats, b: Floats, step: float, model: Model) -> _Apart:
    """Of one current; two trains of other lengths differ infinitely, but for spikes that may lie beyond the end."""
    end = DURATION
    if model.is_late and a.size and b.size:
        end -= max(a[0], b[0])
        a, b = a - a[0], b - b[0]
    k = min(a.size, b.size)
    beyond = next((time for time in (*a[k:], *b[k:])), np.inf)
    if beyond < end - model.per_spike * step * (k + 1):
        at = a[k] if a.size > k else np.inf, b[k] if b.size > k else np.inf
        return _Apart(np.inf, np.inf, Place(0, "", k + 1, float(beyond), float(at[0]), float(at[1])), k)
    if not k:
        return _Apart(0.0, 0.0, None, 0)
    off = np.abs(a[:k] - b[:k])
    steps = off / step / np.arange(1, k + 1)
    at_most = int(steps.argmax())
    ours, theirs = float(a[at_most]), float(b[at_most])
    return _Apart(float(steps[at_most]), float(off.max()), Place(0, "", at_most + 1, ours, ours, theirs), k)
