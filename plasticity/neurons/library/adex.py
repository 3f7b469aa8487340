"""The adaptive exponential neuron: the exponential one, and a current of adaptation that follows voltage and spikes.

The regular spiking neuron of `brette2005`; as sets the firing patterns of `naud2008` (values as in Brian2's examples of
both papers). The current that a pattern needs is told with its set and in the published table naud2008_adex; it is not
the neuron's own. There is no bias; an injected current drives it.

Beyond V_peak, which lasts less than a step, neither the upstroke nor the adaptation follows the voltage any further:
without this a step that overshoots by volts would charge the adaptation, and neurons with a < 0 would run away.
"""

from collections.abc import Mapping

import numpy as np

from plasticity.errors import NeuronError
from plasticity.neurons.parts import ClosedForm, Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.synapses import with_jumps
from plasticity.parameters import Parameter, ParameterSet


def adex_rheobase(values: Mapping[str, float]) -> np.float64:
    """The current (A), grown slowly, at which it can rest no longer.

    For a/g_L below tau_m/tau_w rest and threshold meet; above, rest becomes an oscillation that grows before they do.
    A current that is switched on may make a few spikes below it, and with a step of current into bursting it may go on.
    Source: `touboul2008`, section 3.
    """
    leak, sharp = values["g_L"], values["Delta_T"]
    if values["a"] <= -leak:
        raise NeuronError(
            f"a is {values['a'] * 1e9:g} nS; for a rheobase more than -g_L = {-leak * 1e9:g} nS is needed, since with "
            "less it has no rest under any current"
        )
    ratio, of_times = values["a"] / leak, values["C_m"] / leak / values["tau_w"]
    deep = min(ratio, of_times)
    settled = values["V_T"] + sharp * np.log1p(deep)  # where it loses its rest
    return np.float64((leak + values["a"]) * (settled - values["E_L"]) - leak * sharp * (1 + deep))


def _pattern(name: str, meaning: str, figure: str, current: float, *given: float) -> ParameterSet:
    """A row of the table: current (pA), C (pF), g_L (nS), E_L (mV), a (nS), tau_w (ms), b (pA), V_reset (mV)."""
    c, leak, rest, a, tau, b, reset = given
    values = {
        "C_m": c * 1e-12,
        "g_L": leak * 1e-9,
        "E_L": rest * 1e-3,
        "V_T": -50e-3,
        "Delta_T": 2e-3,
        "a": a * 1e-9,
        "tau_w": tau * 1e-3,
        "b": b * 1e-12,
        "V_reset": reset * 1e-3,
    }
    driven = f"{meaning}, driven by {current:g} pA"
    return ParameterSet(name, values, driven, f"naud2008, table 1, figure {figure}")


ADEX = with_jumps(
    Neuron(
        name="adex",
        source="brette2005",
        summary="adaptive exponential integrate-and-fire: it adapts, bursts, or fires late, by its parameters",
        purpose=(
            "Fits recordings of real neurons with two variables: use it where adaptation or bursts matter, and to see "
            "how one equation makes the firing patterns of the cortex. w is its adaptation."
        ),
        effect="excitatory",
        parameters=(
            Parameter("C_m", 281e-12, "pF", "capacitance", "brette2005", least=1e-15),
            Parameter("g_L", 30e-9, "nS", "conductance of the leak", "brette2005", least=1e-15),
            Parameter("E_L", -70.6e-3, "mV", "potential of the leak", "brette2005"),
            Parameter("V_T", -50.4e-3, "mV", "potential at the foot of the upstroke", "brette2005"),
            Parameter("Delta_T", 2e-3, "mV", "sharpness of the upstroke", "brette2005", least=1e-6),
            Parameter("a", 4e-9, "nS", "adaptation that follows the voltage", "brette2005"),
            Parameter("tau_w", 144e-3, "ms", "time constant of the adaptation", "brette2005", least=1e-6),
            Parameter("b", 80.5e-12, "pA", "adaptation that a spike adds", "brette2005"),
            Parameter("V_peak", 0.0, "mV", "potential at which it fires", "naud2008"),
            Parameter("V_reset", -70.6e-3, "mV", "potential after a spike", "brette2005"),
        ),
        variables=(
            Variable(
                "v",
                "(g_L*(E_L - v) + g_L*Delta_T*exp((minimum(v, V_peak) - V_T)/Delta_T) - w + current)/C_m",
                unit="mV",
                start="E_L",
            ),
            Variable("w", "(a*(minimum(v, V_peak) - E_L) - w)/tau_w", unit="pA"),
        ),
        voltage="v",
        threshold="v - V_peak",
        reset={"v": "V_reset", "w": "w + b"},
        time_constants=("C_m/g_L", "tau_w"),
        membrane_time_constant="C_m/g_L",
        integration="rk4",
        closed_form=ClosedForm(rheobase=adex_rheobase),
        sets=(
            _pattern("tonic_spiking", "fires evenly", "4a", 500, 200, 10, -70, 2, 30, 0, -58),
            _pattern("adaptation", "fires ever more slowly", "4b", 500, 200, 12, -70, 2, 300, 60, -58),
            _pattern("initial_burst", "fires a burst, then evenly", "4c", 400, 130, 18, -58, 4, 150, 120, -50),
            _pattern("regular_bursting", "fires burst upon burst", "4d", 210, 200, 10, -58, 2, 120, 100, -46),
            _pattern("delayed_accelerating", "fires late, then ever faster", "4e", 300, 200, 12, -70, -10, 300, 0, -58),
            _pattern("delayed_regular_bursting", "bursts, but late", "4f", 110, 100, 10, -65, -10, 90, 30, -47),
            _pattern("transient_spiking", "fires once or a few times", "4g", 180, 100, 10, -65, 10, 90, 100, -47),
            _pattern(
                "irregular_spiking", "fires irregularly without noise", "4h", 160, 100, 12, -60, -11, 130, 30, -48
            ),
        ),
    )
)
