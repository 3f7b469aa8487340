"""Spiking neurons and synaptic plasticity, with artificial neurons beside them.

Nothing heavy is loaded here: import what you need, for instance
`from plasticity import events` (NumPy only) or `from plasticity import spiking` (Brian2).
"""

__version__ = "0.1.0"
