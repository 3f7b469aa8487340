"""What is known of a neuron without simulating it: asked here, answered by the closed form that its record carries."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import NeuronError
from plasticity.grid import whole_steps
from plasticity.inputs import instance, number, numbers
from plasticity.neurons.equations import dynamics
from plasticity.neurons.parts import ClosedForm
from plasticity.neurons.record import Neuron

_QUESTIONS = {
    "rate": "rate",
    "rate_in_steps": "rate in steps",
    "rheobase": "rheobase",
    "synaptic_potential": "synaptic potential",
    "firing_probability": "probability of firing",
}
_SIMULATE = "simulate it: plasticity.spiking.rates"


def closed_form_rate(neuron: Neuron, current: Any = 0.0) -> Floats:
    """The stationary firing rate under a constant current, beside the bias.

    current : amperes or with a unit, any shape
    returns : hertz, the same shape
    raises NeuronError when no closed form is known for this neuron, or it is not finite for these parameters

    >>> from plasticity import NEURONS, closed_form_rate, with_parameters
    >>> neuron = with_parameters(NEURONS["lif_excitatory"], bias=0.25)
    >>> f"{closed_form_rate(neuron):.3f} Hz"
    '49.199 Hz'
    """
    return _asked(neuron, "rate", finite_amperes(current))


def rate_in_steps(neuron: Neuron, current: Any, dt: Any) -> Floats:
    """The stationary rate (Hz) under a constant current (A) of the neuron simulated in steps of `dt` (s).

    A simulated spike falls on the end of the step in which the threshold is crossed, and a crossing within a step is
    not seen when the voltage is below again at its end. Both lower the rate, by an amount that is known:

    no noise     : every climb to the threshold is that of the closed form, rounded up to whole steps; exact. A
                   crossing within a billionth of a step of the grid counts as on it
    escape noise : a step from voltage v is survived with exp(-hazard(v) dt), of which the mean interval is a
                   sum; exact
    white noise  : the closed form with the threshold raised by the mean overshoot of a random walk, 0.583
                   standard deviations of a step (`broadie1997`); right to first order in sqrt(dt)
    raises NeuronError when no such form is known for this neuron and its integration, and for a step of which its
    refractory time is no multiple, as a simulation does

    >>> from plasticity import NEURONS, closed_form_rate
    >>> from plasticity.neurons import rate_in_steps
    >>> neuron = NEURONS["lif_excitatory"]
    >>> round(float(rate_in_steps(neuron, 2e-10, 1e-4)), 2), round(float(closed_form_rate(neuron, 2e-10)), 2)
    (49.02, 49.2)
    """
    instance(neuron, Neuron, "the neuron", NeuronError)
    amperes = finite_amperes(current)
    dt = number(dt, "the step", unit="s", above=0.0, error=NeuronError)
    for name, time in neuron.times.items():
        whole_steps(time, dt, f"{neuron.name}.{name}", error=NeuronError)
    return _asked(neuron, "rate_in_steps", amperes, dt)


def rheobase(neuron: Neuron) -> float:
    """The smallest constant current (A) that makes the neuron without bias fire; at exactly this one it is silent.

    raises NeuronError for a neuron whose record does not say it, or for which it is not finite

    >>> from plasticity.neurons import NEURONS, rheobase
    >>> round(rheobase(NEURONS["lif_excitatory"]) * 1e12)
    160
    """
    return float(_asked(neuron, "rheobase"))


def synaptic_potential(neuron: Neuron, weight: Any) -> float:
    """Peak of the postsynaptic potential (V) that one spike causes through an excitatory synapse of `weight`.

    raises NeuronError for a neuron whose record does not say it, and for a weight or a potential that is not finite

    >>> from plasticity.neurons import NEURONS, synaptic_potential
    >>> round(synaptic_potential(NEURONS["lif_excitatory"], 1.0) * 1e3, 3)
    0.787
    """
    size = number(weight, "the weight", error=NeuronError)
    return float(_asked(neuron, "synaptic_potential", size))


def firing_probability(neuron: Neuron, current: Any, window: Any) -> Floats:
    """Probability that the settled neuron fires at least once in `window` seconds: 1 - exp(-hazard window).

    current : amperes or with a unit, any shape, beside the bias; the membrane has settled to it and has not fired yet
    window  : seconds, or with a unit
    returns : the same shape
    raises NeuronError for a neuron without escape noise, a window that is not above 0, or a current that is not finite

    >>> from plasticity.neurons import NEURONS, firing_probability
    >>> round(float(firing_probability(NEURONS["escape_lif"], 2e-10, 0.01)), 4)
    0.9994
    """
    if not instance(neuron, Neuron, "the neuron", NeuronError).hazard:
        raise NeuronError(f"{neuron.name} has no escape noise; escape_lif has")
    seconds = number(window, "the window", unit="s", above=0.0, error=NeuronError)
    return _asked(neuron, "firing_probability", finite_amperes(current), seconds)


def known_form(neuron: Neuron) -> ClosedForm | None:
    """The closed form of a neuron, when it has one that is true of its equations; else None."""
    form = neuron.closed_form
    return form if form and not _differing(neuron, form, "rate") else None


def known_in_closed_form(neuron: Neuron) -> list[str]:
    """What can be asked of a neuron without simulating it: 'rate', 'rate in steps', 'rheobase', ...

    >>> from plasticity.neurons import NEURONS, known_in_closed_form
    >>> known_in_closed_form(NEURONS["lif_excitatory"])
    ['rate', 'rate in steps', 'rheobase', 'synaptic potential']
    """
    form = instance(neuron, Neuron, "the neuron", NeuronError).closed_form
    return [
        what
        for question, what in _QUESTIONS.items()
        if form and getattr(form, question) and not _differing(neuron, form, question)
    ]


def finite_amperes(current: Any) -> Floats:
    """A current as an array; raises NeuronError for what is no current, NaN or infinity."""
    return numbers(current, "the current", unit="A", error=NeuronError)


def _asked(neuron: Neuron, question: str, *given: Any) -> Any:
    """What the closed form of a neuron answers to one of _QUESTIONS."""
    what = f"the {_QUESTIONS[question]}"
    form = instance(neuron, Neuron, "the neuron", NeuronError).closed_form
    answer = getattr(form, question, None)
    if form is None or answer is None:
        raise NeuronError(f"no closed form of {what} of {neuron.name} is known; {_SIMULATE}")
    differing = _differing(neuron, form, question)
    if differing:
        raise NeuronError(
            f"the closed form that {neuron.name} carries is that of a neuron with another {' and '.join(differing)}; "
            f"give it its own, or {_SIMULATE}"
        )
    with np.errstate(all="ignore"):  # what overflows is looked at afterwards
        try:
            found = answer(neuron.values, *given)
        except KeyError as missing:
            raise NeuronError(
                f"the closed form of {neuron.name} needs the parameter {missing}, which it lacks; add it"
            ) from None
    if not np.isfinite(found).all():
        raise NeuronError(
            f"{what} of {neuron.name} is not finite for these parameters; check them: plasticity show, or neuron.values"
        )
    return found


def _differing(neuron: Neuron, form: ClosedForm, question: str) -> list[str]:
    """The parts of a neuron that are not those that its closed form is true of, and that matter to the question."""
    unread = {"integration", "receptors"} - {"rate_in_steps": {"integration"}}.get(question, set())
    unread -= {"synaptic_potential": {"receptors"}}.get(question, set())
    true_of: Mapping[str, str] = form.of or {}
    return [part for part, text in dynamics(neuron).items() if part not in unread and true_of.get(part) != text]
