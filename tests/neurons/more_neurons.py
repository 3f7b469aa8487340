"""Neurons that the catalogue does not hold, as data: what the record must be able to say."""

from dataclasses import replace

from plasticity.neurons import Clamp, Neuron, Parameter, Receptor, Variable

SOURCE = "our choice"
LEAK = (
    Parameter("tau_m", 10e-3, "ms", "membrane time constant", least=1e-6),
    Parameter("E_L", -65e-3, "mV", "resting potential"),
    Parameter("R_m", 50e6, "Mohm", "input resistance", least=1.0),
    Parameter("V_reset", -60e-3, "mV", "potential after a spike"),
    Parameter("t_ref", 2e-3, "ms", "refractory time", least=0.0),
)
SHARP = (
    Parameter("Delta_T", 2e-3, "mV", "sharpness of the upstroke", least=1e-6),
    Parameter("V_T", -50e-3, "mV", "potential at which the upstroke begins"),
    Parameter("V_peak", -40e-3, "mV", "potential at which it fires, before a step of Runge-Kutta overflows"),
)


ADAPTIVE = Neuron(
    name="adaptive", source=SOURCE, effect="excitatory", voltage="V",
    parameters=(
        *LEAK, *SHARP,
        Parameter("tau_w", 100e-3, "ms", "time constant of the adaptation", least=1e-6),
        Parameter("a", 4e-9, "nS", "adaptation below threshold"),
        Parameter("b", 50e-12, "pA", "adaptation that a spike adds"),
        Parameter("V_clamp", 29e-3, "mV", "potential while a spike lasts"),
        Parameter("t_clamp", 1e-3, "ms", "time that a spike lasts", least=0.0),
    ),
    variables=(
        Variable("w", "(a*(V - E_L) - w)/tau_w", "pA"),
        Variable("V", "(E_L - V + Delta_T*exp((V - V_T)/Delta_T) + R_m*(current - w))/tau_m", "mV", start="E_L",
                 held="t_ref"),
    ),
    threshold="V - V_peak", reset={"V": "V_reset", "w": "w + b"}, refractory="t_ref", time_constants=("tau_m", "tau_w"),
    membrane_time_constant="tau_m", integration="rk4",
)  # fmt: skip

CURRENTS = Neuron(
    name="currents", source=SOURCE, effect="excitatory", voltage="v",
    parameters=(
        *LEAK,
        Parameter("V_threshold", -50e-3, "mV", "potential at which it fires"),
        Parameter("tau_e", 3e-3, "ms", "time constant of excitation", least=1e-6),
        Parameter("tau_i", 7e-3, "ms", "time constant of inhibition", least=1e-6),
        Parameter("J_e", 40e-12, "pA", "excitatory current of a spike"),
        Parameter("J_i", 90e-12, "pA", "inhibitory current of a spike"),
    ),
    variables=(
        Variable("I_e", "-I_e/tau_e", "pA"),
        Variable("I_i", "-I_i/tau_i", "pA"),
        Variable("v", "(E_L - v + R_m*(I_e + I_i + current))/tau_m", "mV", start="E_L", held="t_ref"),
    ),
    threshold="v - V_threshold", reset={"v": "V_reset"}, refractory="t_ref",
    receptors={"excitation": Receptor("I_e", "J_e", +1), "inhibition": Receptor("I_i", "J_i", -1)},
    time_constants=("tau_m", "tau_e", "tau_i"), membrane_time_constant="tau_m", integration="exact",
)  # fmt: skip

# Held for the width of a spike, which a rule that follows the potential reads
CLAMPED = replace(ADAPTIVE, name="clamped", clamps={"V": Clamp("V_clamp", "t_clamp")})
