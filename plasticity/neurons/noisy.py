"""White-noise input to a neuron with a leaky membrane."""

from dataclasses import replace
from typing import Any

from plasticity.errors import NeuronError
from plasticity.frozen import FrozenMap
from plasticity.inputs import instance, number
from plasticity.neurons.closed_forms import known_form
from plasticity.neurons.equations import dynamics
from plasticity.neurons.record import Neuron
from plasticity.parameters import Parameter

SIGMA = "sigma"


def white_noise(neuron: Neuron, sigma: Any) -> Neuron:
    """The same neuron under white-noise current of a size that makes its free voltage fluctuate by `sigma`.

    sigma : volts or with a unit, above 0: the standard deviation that the voltage would have without a threshold, if it
            did nothing but leak with the membrane time constant
    raises NeuronError for another sigma, or a neuron that has noise or a hazard already, or no membrane time constant

    Its closed form is what that of `neuron` says of white noise; there is none for a neuron of other equations.

    >>> from plasticity.neurons import NEURONS, white_noise
    >>> noisy = white_noise(NEURONS["lif_excitatory"], 1e-3)
    >>> noisy.integration
    'euler'
    """
    instance(neuron, Neuron, "the neuron", NeuronError)
    sigma = number(sigma, "sigma", unit="V", above=0.0, error=NeuronError)
    if neuron.hazard or SIGMA in neuron.values or any(variable.noise != "0" for variable in neuron.variables):
        raise NeuronError(f"{neuron.name} has noise already; give a neuron without")
    tau = neuron.membrane_time_constant
    if not tau:
        raise NeuronError(f"{neuron.name} says no membrane_time_constant, from which noise takes its size; declare it")
    noisy = replace(
        neuron.variable(neuron.voltage), noise=f"{SIGMA}*sqrt(2/{tau if tau.isidentifier() else f'({tau})'})"
    )
    meaning = "standard deviation of the free voltage"
    quiet = known_form(neuron)
    noisy_neuron = replace(
        neuron,
        name=f"white_noise({neuron.name})",
        summary=f"{neuron.summary}, under white noise",
        parameters=(*neuron.parameters, Parameter(SIGMA, sigma, "mV", meaning, least=min(sigma, 1e-9))),
        variables=tuple(noisy if variable.name == noisy.name else variable for variable in neuron.variables),
        integration="euler",
        closed_form=None,
    )
    form = quiet.under_white_noise if quiet else None
    if quiet and form:  # true of what the closed form without noise is true of, beside these two
        changed = {part: text for part, text in dynamics(noisy_neuron).items() if part in ("noise", "integration")}
        form = replace(form, of=FrozenMap({**(quiet.of or {}), **changed}))
    return replace(noisy_neuron, closed_form=form)
