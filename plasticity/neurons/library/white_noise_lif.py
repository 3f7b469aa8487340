"""The leaky integrate-and-fire neuron under white noise, whose rate Siegert knew in closed form."""

from dataclasses import replace

from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.neurons.noisy import white_noise

WHITE_NOISE_LIF = replace(
    white_noise(LIF_EXCITATORY, 4e-3),
    name="white_noise_lif",
    purpose=(
        "Stands for a neuron in a network whose many small inputs nobody follows one by one; its rate is that of mean "
        "field theories."
    ),
)
