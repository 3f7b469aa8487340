"""How a neuron begins to fire as its current grows: the rheobase, and whether it begins slowly (type I) or not."""

from dataclasses import dataclass

import numpy as np

from plasticity.errors import NeuronError
from plasticity.neurons import Neuron, closed_form_rate, known_in_closed_form, rheobase, with_parameters
from plasticity.quantities import written

_ABOVE = 1e-6  # of the rheobase: how far above it the onset is looked at
_SLOW = 0.25  # of the rate at twice the rheobase: a rate below is on its way to 0. Our choice: a logarithm is slow


@dataclass(frozen=True)
class Onset:
    """The rheobase (A), the kind of onset, and both as lines; None and empty where no closed form is known."""

    rheobase: float | None
    kind: str
    lines: tuple[str, ...]


def onset(neuron: Neuron) -> Onset:
    """How the neuron begins to fire, as far as closed forms tell."""
    known = known_in_closed_form(neuron)
    if "rheobase" not in known:
        return Onset(None, "", ("not known in closed form; --picture shows where it begins to fire",))
    try:
        threshold = rheobase(neuron)
        kind = _kind(neuron, threshold) if "rate" in known else ""
    except NeuronError as error:
        return Onset(None, "", (str(error),))
    return Onset(threshold, kind, (f"{written(threshold, 'pA')}{f'; {kind}' if kind else ''}",))


def _kind(neuron: Neuron, threshold: float) -> str:
    """By the rate just above and at the rheobase."""
    free = with_parameters(neuron, bias=-1.0) if "bias" in neuron.values else neuron
    at, just_above, far = closed_form_rate(free, threshold * np.array([1.0, 1 + _ABOVE, 2.0]))
    if at > 0:
        return "noise makes it fire below, too"
    return "type I, it begins slowly" if just_above < _SLOW * far else "type II, it begins at a rate of its own"
