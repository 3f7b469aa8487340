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


def one_variable(name, flow, *more, **changes):
    """A neuron whose potential alone moves, and which fires in every step in which it is above V_peak."""
    return Neuron(
        name=name, source=SOURCE, effect="excitatory", parameters=(*LEAK, *more),
        variables=(Variable("v", flow, "mV", start="E_L", held="t_ref"),),
        voltage="v", threshold="v - V_peak", reset={"v": "V_reset"}, refractory="t_ref",
        time_constants=("tau_m",), membrane_time_constant="tau_m", integration="rk4", **changes,
    )  # fmt: skip


EXPONENTIAL = one_variable("exponential", "(E_L - v + Delta_T*exp((v - V_T)/Delta_T) + R_m*current)/tau_m", *SHARP)
QUADRATIC = one_variable(
    "quadratic", "((v - E_L)*(v - V_T)/V_scale + R_m*current)/tau_m",
    *SHARP[1:], Parameter("V_scale", 15e-3, "mV", "scale of the parabola"),
)  # fmt: skip

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

CONDUCTANCES = Neuron(
    name="conductances", source=SOURCE, effect="excitatory", voltage="v",
    parameters=(
        *CURRENTS.parameters[:-2],
        Parameter("G_e", 3e-9, "nS", "excitatory conductance of a spike", least=0.0),
        Parameter("G_i", 5e-9, "nS", "inhibitory conductance of a spike", least=0.0),
        Parameter("E_e", 0.0, "mV", "reversal potential of excitation"),
        Parameter("E_i", -75e-3, "mV", "reversal potential of inhibition"),
    ),
    variables=(
        Variable("v", "(E_L - v + R_m*(g_e*(E_e - v) + g_i*(E_i - v) + current))/tau_m", "mV", start="E_L",
                 held="t_ref"),
        Variable("g_e", "-g_e/tau_e", "nS"),
        Variable("g_i", "-g_i/tau_i", "nS"),
    ),
    threshold="v - V_threshold", reset={"v": "V_reset"}, refractory="t_ref",
    receptors={
        "excitation": Receptor("g_e", "G_e", +1, reversal="E_e"),
        "inhibition": Receptor("g_i", "G_i", -1, reversal="E_i"),
    },
    time_constants=("tau_m", "tau_e", "tau_i"), membrane_time_constant="tau_m", integration="rk4",
)  # fmt: skip


# Held for the width of a spike, which a rule that follows the potential reads
CLAMPED = replace(ADAPTIVE, name="clamped", clamps={"V": Clamp("V_clamp", "t_clamp")})


def gate(name, opening, closing):
    """A gating variable, which opens and closes at rates (1/s)."""
    return Variable(name, f"({opening})*(1 - {name}) - ({closing})*{name}", "1", start=f"{name}_0")


def rate(per_ms, zero, scale):
    """The parameters of a rate that depends on the potential: `k*f((v - V)/D)`."""
    return lambda name: (
        Parameter(f"k_{name}", 1e3 * per_ms, "Hz", "rate"),
        Parameter(f"V_{name}", zero, "mV", "where it is half or one"),
        Parameter(f"D_{name}", scale, "mV", "over what it changes"),
    )


RATES = {"am": rate(1.0, -40e-3, 10e-3), "bm": rate(4.0, -65e-3, 18e-3), "ah": rate(0.07, -65e-3, 20e-3),
         "bh": rate(1.0, -35e-3, 10e-3), "an": rate(0.1, -55e-3, 10e-3), "bn": rate(0.125, -65e-3, 80e-3)}  # fmt: skip
# `hodgkin1952`, shifted to a rest of -65 mV, of a membrane of 20 000 square micrometres
HODGKIN_HUXLEY = Neuron(
    name="hodgkin_huxley", source=SOURCE, effect="excitatory", voltage="v",
    parameters=(
        Parameter("C_m", 200e-12, "pF", "capacitance", least=1e-15),
        Parameter("g_L", 60e-9, "nS", "leak conductance"), Parameter("E_L", -54.387e-3, "mV", "its reversal potential"),
        Parameter("g_Na", 24e-6, "nS", "of sodium"), Parameter("E_Na", 50e-3, "mV", "its reversal potential"),
        Parameter("g_K", 7.2e-6, "nS", "of potassium"), Parameter("E_K", -77e-3, "mV", "its reversal potential"),
        Parameter("V_rest", -65e-3, "mV", "potential at first"), Parameter("V_spike", -20e-3, "mV", "of a spike"),
        *(Parameter(f"{name}_0", value) for name, value in {"m": 0.0529, "h": 0.5961, "n": 0.3177}.items()),
        *(parameter for name, made in RATES.items() for parameter in made(name)),
    ),
    variables=(
        Variable("v", "(g_Na*m**3*h*(E_Na - v) + g_K*n**4*(E_K - v) + g_L*(E_L - v) + current)/C_m", "mV",
                 start="V_rest"),
        gate("m", "k_am*((v - V_am)/D_am)/(1 - exp(-(v - V_am)/D_am))", "k_bm*exp(-(v - V_bm)/D_bm)"),
        gate("h", "k_ah*exp(-(v - V_ah)/D_ah)", "k_bh/(1 + exp(-(v - V_bh)/D_bh))"),
        gate("n", "k_an*((v - V_an)/D_an)/(1 - exp(-(v - V_an)/D_an))", "k_bn*exp(-(v - V_bn)/D_bn)"),
    ),
    threshold="v - V_spike", fires_on="crossing", integration="rk4",
)  # fmt: skip
