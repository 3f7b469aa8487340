"""The Hodgkin-Huxley neuron: sodium and potassium channels of the squid axon, whose firing sets in at a high rate.

Of a membrane of 10 000 square micrometres, so that 1 uA/cm^2 is 100 pA. Potentials are those of a cell that rests at
-65 mV; the paper counts from rest, and downwards. Values as in the code of NEST's hh_psc_alpha, but for E_L, which is
that of the paper, 10.613 mV above rest, and -54.402 mV there. There is no bias; an injected current drives it,
`Population("A", NEURONS["hodgkin_huxley"], 1, 1e-9)`. A spike is an upward crossing of V_spike.
"""

from plasticity.neurons.gates import Rate, exponential, gate, linoid, sigmoid
from plasticity.neurons.parts import Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.synapses import with_jumps
from plasticity.parameters import Parameter

_TABLE = "hodgkin1952, table 3"
_AT = ("v", "E_rest")
_RATES = "hodgkin1952, equations 12 to 24"
_M = gate("m", Rate(linoid, 1e3, -40e-3, 10e-3), Rate(exponential, 4e3, -65e-3, -18e-3), at=_AT, source=_RATES)
_H = gate("h", Rate(exponential, 70.0, -65e-3, -20e-3), Rate(sigmoid, 1e3, -35e-3, 10e-3), at=_AT, source=_RATES)
_N = gate("n", Rate(linoid, 100.0, -55e-3, 10e-3), Rate(exponential, 125.0, -65e-3, -80e-3), at=_AT, source=_RATES)

HODGKIN_HUXLEY = with_jumps(
    Neuron(
        name="hodgkin_huxley",
        source="hodgkin1952",
        summary="sodium and potassium channels of the squid axon; its firing sets in at a high rate (type II)",
        purpose=(
            "Shows what a spike is made of, and why some neurons cannot fire slowly: use it where the course of the "
            "spike matters, or as the reference that simpler neurons leave out something of."
        ),
        effect="excitatory",
        parameters=(
            Parameter("C_m", 100e-12, "pF", "capacitance", _TABLE, least=1e-15),
            Parameter("g_Na", 12e-6, "nS", "conductance of sodium, all gates open", _TABLE, least=0.0),
            Parameter("g_K", 3.6e-6, "nS", "conductance of potassium, all gates open", _TABLE, least=0.0),
            Parameter("g_L", 30e-9, "nS", "conductance of the leak", _TABLE, least=0.0),
            Parameter("E_Na", 50e-3, "mV", "reversal potential of sodium", _TABLE),
            Parameter("E_K", -77e-3, "mV", "reversal potential of potassium", _TABLE),
            Parameter("E_L", -54.387e-3, "mV", "reversal potential of the leak", _TABLE),
            Parameter("E_rest", -65e-3, "mV", "potential of rest, at first"),
            Parameter("V_spike", 0.0, "mV", "potential whose upward crossing is a spike"),
            *(parameter for made in (_M, _H, _N) for parameter in made.parameters),
        ),
        variables=(
            Variable(
                "v",
                "(g_Na*m**3*h*(E_Na - v) + g_K*n**4*(E_K - v) + g_L*(E_L - v) + current)/C_m",
                "mV",
                start="E_rest",
            ),
            *(made.variable for made in (_M, _H, _N)),
        ),
        voltage="v",
        threshold="v - V_spike",
        fires_on="crossing",
        time_constants=("C_m/g_L", "1/(2*k_alpha_m)"),  # steps of 0.05 ms are good, of 0.1 ms blow up
        integration="rk4",
    )
)
