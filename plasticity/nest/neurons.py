"""Records of neurons as NEST's models, by the pages that both have; numbers in NEST's units (pF, nS, mV, pA, ms)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from plasticity.catalogue import SET
from plasticity.errors import UnsupportedRule
from plasticity.neurons import Neuron
from plasticity.neurons.equations import start

Values = Mapping[str, float]
Numbers = dict[str, float]


@dataclass(frozen=True)
class Model:
    """A neuron as NEST has it.

    steps    : seconds, the steps of ours at which it is compared; one where both programs do the same arithmetic in it
    currents : amperes, to compare it under
    fine     : seconds, the step of NEST where both do not
    per_spike : steps that each spike may add to the difference of those after it, at every step
    is_late  : whether NEST tells a spike at its peak, not at the crossing of a threshold: later by the upstroke
    precise  : the same equations with spikes between the steps, by name; '' where there are none
    """

    name: str
    parameters: Numbers
    steps: tuple[float, ...]
    currents: tuple[float, ...]
    is_late: bool = False
    fine: float = 1e-5
    per_spike: float = 2.0
    precise: str = ""


def model_of(neuron: Neuron) -> Model:
    """The neuron in NEST. Raises UnsupportedRule for one that has no counterpart there."""
    if not is_known(neuron):
        raise UnsupportedRule(f"{neuron}: we know no neuron of NEST with these equations; known: {', '.join(_MODELS)}")
    return _MODELS[_page(neuron)](neuron.values, start(neuron))


def is_known(neuron: Neuron) -> bool:
    """Whether NEST has a neuron with these equations."""
    return _page(neuron) in _MODELS


def _page(neuron: Neuron) -> str:
    return neuron.name.partition(SET)[0]


def _lif(p: Values, first: Values) -> Model:
    siemens = 1 / p["R_m"]
    parameters = {"C_m": p["tau_m"] * siemens * 1e12, "tau_m": p["tau_m"] * 1e3, "t_ref": p["t_ref"] * 1e3}
    parameters |= {"E_L": p["E_L"] * 1e3, "V_th": p["V_threshold"] * 1e3, "V_reset": p["V_reset"] * 1e3}
    biased = (1 + p["bias"]) * (p["V_threshold"] - p["E_L"]) * siemens
    parameters |= {"V_m": first["v"] * 1e3, "I_e": biased * 1e12}
    rheobase = (p["V_threshold"] - p["E_L"]) * siemens
    currents = tuple(rheobase * k for k in (0.9, 1.05, 1.3, 2.0, 4.0))
    return Model("iaf_psc_exp", parameters, (1e-4,), currents, precise="iaf_psc_exp_ps")


def _exponential(p: Values, first: Values) -> Model:
    siemens = 1 / p["R_m"]
    adaptive = {**p, "C_m": p["tau_m"] * siemens, "g_L": siemens, "a": 0.0, "b": 0.0, "tau_w": 0.1}
    return _upstroke(adaptive, {**first, "w": 0.0}, (1e-10, 2e-10, 4e-10))


def _adex(p: Values, first: Values) -> Model:
    # adaptation carries the rounding of a spike on to the next, most so in bursts
    return replace(_upstroke({**p, "t_ref": 0.0}, first, (3e-10, 6e-10, 9e-10)), per_spike=5.0)


def _upstroke(p: Values, first: Values, currents: tuple[float, ...]) -> Model:
    parameters = {"C_m": p["C_m"] * 1e12, "g_L": p["g_L"] * 1e9, "a": p["a"] * 1e9, "b": p["b"] * 1e12}
    parameters |= {"E_L": p["E_L"] * 1e3, "V_th": p["V_T"] * 1e3, "Delta_T": p["Delta_T"] * 1e3}
    parameters |= {"V_peak": p["V_peak"] * 1e3, "V_reset": p["V_reset"] * 1e3, "tau_w": p["tau_w"] * 1e3}
    parameters |= {"t_ref": p["t_ref"] * 1e3, "V_m": first["v"] * 1e3, "w": first["w"] * 1e12}
    return Model("aeif_psc_exp", {**parameters, "gsl_error_tol": 1e-10}, (1e-4, 2.5e-5), currents)


def _izhikevich(p: Values, first: Values) -> Model:
    # the equations of the paper are written into NEST's model, in milliseconds and millivolts
    parameters = {"a": p["a"] * 1e-3, "b": p["b"], "c": p["c"] * 1e3, "d": p["d"] * 1e3, "V_th": p["V_peak"] * 1e3}
    parameters |= {"V_m": first["v"] * 1e3, "U_m": first["u"] * 1e3}
    # NEST takes steps of Euler; the shortest it has. In one of ours the upstroke has no limit, and takes u along
    return Model("izhikevich", parameters, (5e-5, 1.25e-5), (5e-12, 10e-12, 15e-12), fine=1e-6, per_spike=5.0)


def _channels(name: str, currents: tuple[float, ...], *extra: str) -> Callable[[Values, Values], Model]:
    def model(p: Values, first: Values) -> Model:
        parameters = {key: p[key] * 1e9 for key in ("g_Na", "g_K", "g_L")}
        parameters |= {key: p[key] * 1e3 for key in ("E_Na", "E_K", "E_L", *extra)}
        gates = {"Act_m": first["m"], "Act_n": first["n"], "Inact_h": first["h"]}
        parameters |= {"C_m": p["C_m"] * 1e12, "V_m": first["v"] * 1e3, "t_ref": 2.0, **gates}
        return Model(name, parameters, (5e-5, 2.5e-5), currents, is_late=True, fine=2e-5)

    return model


_MODELS: dict[str, Callable[[Values, Values], Model]] = {
    "lif_excitatory": _lif,
    "lif_inhibitory": _lif,
    "exponential": _exponential,
    "adex": _adex,
    "izhikevich": _izhikevich,
    "hodgkin_huxley": _channels("hh_psc_alpha", (8e-10, 12e-10, 20e-10)),
    "traub_miles": _channels("hh_cond_exp_traub", (2e-10, 4e-10, 8e-10), "V_T"),
}
