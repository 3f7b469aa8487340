"""The neuron with the spike channels of Traub and Miles: it fires as slowly as one likes.

The sodium and potassium channels of a hippocampal cell, in one compartment as networks have it: the pyramidal cell of
Ermentrout and Kopell, of 10 000 square micrometres, so that 1 uA/cm^2 is 100 pA (values as in NESTML's
traub_cond_multisyn); and as a set that of a benchmark of simulators, of 20 000 (as in Brian2's COBAHH and NEST's
hh_cond_exp_traub), which fires without a current. Voltages of the gates count from V_T. There is no bias; an injected
current drives it. A spike is an upward crossing of V_spike.
"""

from plasticity.neurons.gates import Rate, exponential, gate, linoid, sigmoid
from plasticity.neurons.parts import Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.synapses import with_jumps
from plasticity.parameters import Parameter, ParameterSet

_AT = ("v - V_T", "E_L - V_T")
_RATES = "traub1991"
_M = gate("m", Rate(linoid, 1280.0, 13e-3, 4e-3), Rate(linoid, 1400.0, 40e-3, -5e-3), at=_AT, source=_RATES)
_H = gate("h", Rate(exponential, 128.0, 17e-3, -18e-3), Rate(sigmoid, 4e3, 40e-3, 5e-3), at=_AT, source=_RATES)
_N = gate("n", Rate(linoid, 160.0, 15e-3, 5e-3), Rate(exponential, 500.0, 10e-3, -40e-3), at=_AT, source=_RATES)

TRAUB_MILES = with_jumps(
    Neuron(
        name="traub_miles",
        source="traub1991",
        summary="spike channels of a hippocampal cell; it fires as slowly as one likes (type I)",
        purpose=(
            "Shows that ion channels alone can give a rate that grows from zero, unlike those of the squid axon: use "
            "it where a neuron of cortex or hippocampus needs real spikes."
        ),
        effect="excitatory",
        parameters=(
            Parameter("C_m", 100e-12, "pF", "capacitance", "ermentrout1998", least=1e-15),
            Parameter("g_Na", 10e-6, "nS", "conductance of sodium, all gates open", "ermentrout1998", least=0.0),
            Parameter("g_K", 8e-6, "nS", "conductance of potassium, all gates open", "ermentrout1998", least=0.0),
            Parameter("g_L", 10e-9, "nS", "conductance of the leak", "ermentrout1998", least=0.0),
            Parameter("E_Na", 50e-3, "mV", "reversal potential of sodium", "ermentrout1998"),
            Parameter("E_K", -100e-3, "mV", "reversal potential of potassium", "ermentrout1998"),
            Parameter("E_L", -67e-3, "mV", "reversal potential of the leak; its potential at first", "ermentrout1998"),
            Parameter("V_T", -67e-3, "mV", "potential from which those of the gates count", "ermentrout1998"),
            Parameter("V_spike", -20e-3, "mV", "potential whose upward crossing is a spike"),
            *(parameter for made in (_M, _H, _N) for parameter in made.parameters),
        ),
        variables=(
            Variable(
                "v",
                "(g_Na*m**3*h*(E_Na - v) + g_K*n**4*(E_K - v) + g_L*(E_L - v) + current)/C_m",
                "mV",
                start="E_L",
            ),
            *(made.variable for made in (_M, _H, _N)),
        ),
        voltage="v",
        threshold="v - V_spike",
        fires_on="crossing",
        time_constants=("C_m/g_L", "2/(3*k_alpha_m)"),  # steps of 0.05 ms are good, of 0.1 ms blow up
        integration="rk4",
        sets=(
            ParameterSet(
                "brette2007",
                {
                    "C_m": 200e-12,
                    "g_Na": 20e-6,
                    "g_K": 6e-6,
                    "E_K": -90e-3,
                    "E_L": -60e-3,
                    "V_T": -63e-3,
                },
                "the neuron of a benchmark of simulators, which fires without a current",
                "brette2007, benchmark 3",
            ),
        ),
    )
)
