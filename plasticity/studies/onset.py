"""How a neuron begins to fire as its current grows: the rheobase, and whether it begins slowly (type I) or not."""

from dataclasses import dataclass

import numpy as np

from plasticity.errors import NeuronError
from plasticity.expressions import evaluator, parse
from plasticity.neurons import (
    Neuron,
    closed_form_rate,
    known_in_closed_form,
    last_rest,
    rheobase,
    with_parameters,
)
from plasticity.quantities import written

_ABOVE = 1e-6  # of the rheobase: how far above it the onset is looked at
_SLOW = 0.25  # of the rate at twice the rheobase: a rate below is on its way to 0. Our choice: a logarithm is slow
_FARTHEST, _N_VOLTAGES = 30e-3, 61  # volts above the start, among which a rest is lost


@dataclass(frozen=True)
class Onset:
    """How it begins: the current (A) and the kind of onset, and both as lines.

    rheobase : in closed form; None where none is known
    lost_at  : the current at which the rest loses its stability; None where it was not looked for, or not found
    """

    rheobase: float | None
    lost_at: float | None
    kind: str
    lines: tuple[str, ...]

    @property
    def is_gradual(self) -> bool:
        """Whether it begins slowly, at rates that grow from zero: type I."""
        return "type I" in self.kind and "type II" not in self.kind


def onset(neuron: Neuron) -> Onset:
    """How the neuron begins to fire, as far as closed forms and its linearised equations tell."""
    known = known_in_closed_form(neuron)
    if "rheobase" in known and "rate" in known:
        try:
            threshold = rheobase(neuron)
            kind = _kind(neuron, threshold)
        except NeuronError as error:
            return Onset(None, None, "", (str(error),))
        return Onset(threshold, None, kind, (f"{_told(threshold)}; {kind}",))
    try:
        closed = rheobase(neuron) if "rheobase" in known else None
    except NeuronError as error:  # of these parameters there is none
        return Onset(None, None, "", (str(error),))
    lines = (_told(closed),) if closed is not None else ("not known in closed form; --picture shows it",)
    try:
        lost_at, kind = _lost(neuron)
    except NeuronError:
        return Onset(closed, None, "", lines)
    return Onset(closed, lost_at, kind, (*lines, f"raised slowly, at {_told(lost_at)} the rest {kind}"))


def _told(current: float) -> str:
    return written(float(f"{current:.4g}"), "pA")


def _kind(neuron: Neuron, threshold: float) -> str:
    """By the rate just above and at the rheobase."""
    free = with_parameters(neuron, bias=-1.0) if "bias" in neuron.values else neuron
    at, just_above, far = closed_form_rate(free, threshold * np.array([1.0, 1 + _ABOVE, 2.0]))
    if at > 0:
        return "noise makes it fire below, too"
    return "type I, it begins slowly" if just_above < _SLOW * far else "type II, it begins at a rate of its own"


def _lost(neuron: Neuron) -> tuple[float, str]:
    """The current at which the rest loses its stability, and how. Raises NeuronError where it cannot be told."""
    text = neuron.variable(neuron.voltage).start
    start = float(evaluator(parse(text, known=neuron.values, where="a start", error=NeuronError))(neuron.values))
    rest = last_rest(neuron, np.linspace(start, start + _FARTHEST, _N_VOLTAGES))
    frequency = abs(rest.growth.imag) / (2 * np.pi)
    if frequency:  # where a rest vanishes, what grows is real
        return rest.current, f"begins to oscillate, at {frequency:.3g} Hz, as in type II"
    return rest.current, "meets an unstable one and vanishes, as in type I"
