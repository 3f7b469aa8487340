"""The leaky neuron with every kind of synapse: jumps, alpha-shaped currents, conductances, and NMDA's.

The membrane is that of `lif_excitatory`, whose own synapses are exponential currents. With conductances a strong input
shortens the membrane's memory, and inhibition near its reversal potential only shunts.
"""

from dataclasses import replace

from plasticity.neurons.library.lif import LIF_EXCITATORY, lif_rate, lif_rate_in_steps, lif_rheobase
from plasticity.neurons.parts import ClosedForm, Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.synapses import with_jumps, with_nmda, with_synapses

_MEMBRANE = replace(
    LIF_EXCITATORY,
    name="lif",
    parameters=tuple(one for one in LIF_EXCITATORY.parameters if one.name not in ("tau_syn", "J_syn")),
    variables=(
        Variable(
            "v",
            flow="(E_L - v + (1 + bias)*(V_threshold - E_L) + R_m*current)/tau_m",
            unit="mV",
            start="E_L",
            held="t_ref",
        ),
    ),
    receptors={},
    time_constants=("tau_m",),
    closed_form=ClosedForm(rate=lif_rate, rate_in_steps=lif_rate_in_steps, rheobase=lif_rheobase),
)


def _named(neuron: Neuron, name: str, summary: str, purpose: str) -> Neuron:
    return replace(neuron, name=name, summary=f"leaky integrate-and-fire, {summary}", purpose=purpose)


LIF_DELTA = _named(
    with_jumps(_MEMBRANE),
    "lif_delta",
    "whose voltage jumps when a spike arrives",
    "The simplest synapse, for theory of networks: all of a spike's charge arrives at once.",
)
LIF_ALPHA = _named(
    with_synapses(_MEMBRANE, "current", "alpha"),
    "lif_alpha",
    "with currents that rise and decay",
    "Shows what the rise of a synaptic current does: later, rounder potentials than those of an exponential one.",
)
LIF_CONDUCTANCE = _named(
    with_synapses(_MEMBRANE, "conductance", "exponential"),
    "lif_conductance",
    "with conductances that decay",
    "Shows what currents leave out: input saturates at its reversal potential, and shortens the membrane's memory.",
)
LIF_CONDUCTANCE_ALPHA = _named(
    with_synapses(_MEMBRANE, "conductance", "alpha"),
    "lif_conductance_alpha",
    "with conductances that rise and decay",
    "The same with a rise, which matters where inhibition races excitation to the threshold.",
)
LIF_NMDA = _named(
    with_nmda(with_synapses(_MEMBRANE, "conductance", "exponential")),
    "lif_nmda",
    "with conductances, and NMDA's that opens with the voltage",
    "Shows a synapse that needs both sides: transmitter from the presynaptic neuron, depolarisation of the other.",
)
