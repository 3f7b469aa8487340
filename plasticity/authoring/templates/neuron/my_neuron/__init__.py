"""A neuron: `my_neuron.neuron`."""
