"""The integrate-and-fire neuron with escape noise: it fires with a rate that grows with its voltage.

The rate grows exponentially without end, or as a sigmoid up to a largest one. Both are 100 Hz at the threshold, and
below it all but the same.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import NeuronError
from plasticity.neurons.leaky import settled_voltage
from plasticity.neurons.library.lif import LIF_EXCITATORY, lif_rheobase, lif_synaptic_potential
from plasticity.neurons.parts import ClosedForm
from plasticity.parameters import Parameter

# Where the survivor function is sampled, in membrane time constants: geometrically, because an interval may be
# a thousandth of tau_m or a thousand of it. Trapezoids on this grid are right to 1e-6 from delta_v = 0.5 mV on
# (tested against quadrature), to 3e-4 for any delta_v.
_GRID = np.concatenate([[0.0], np.geomspace(1e-7, 40.0, 20_000)])
_MOST_STEPS = 400_000  # of one interval between two spikes
Hazard = Callable[[Mapping[str, float], Floats], Floats]  # (values, voltage in V) -> Hz


def escape_rate(hazard: Hazard, values: Mapping[str, float], current: Floats) -> Floats:
    """Rate of the renewal process: 1 / (t_ref + integral of the survivor function after a reset).

    After a spike the voltage climbs from V_reset without noise, so the hazard is a known function of the time
    since; its running integral H gives the survivor function exp(-H). Source: `gerstner2014`, section 9.2.
    """
    return np.vectorize(lambda v: _rate(hazard, values, v), otypes=[float])(settled_voltage(values, current))


def escape_rate_in_steps(hazard: Hazard, values: Mapping[str, float], current: Floats, dt: float) -> Floats:
    """The rate of the process in which a step from voltage v is survived with exp(-hazard(v) dt)."""
    settled = settled_voltage(values, current)
    return np.vectorize(lambda v: _rate_in_steps(hazard, values, v, dt), otypes=[float])(settled)


def escape_probability(hazard: Hazard, values: Mapping[str, float], current: Floats, window: float) -> Floats:
    """Probability of a spike within `window` seconds of a membrane that has settled and has not fired yet."""
    return -np.expm1(-hazard(values, settled_voltage(values, current)) * window)


def _rate(hazard: Hazard, values: Mapping[str, float], v_inf: float) -> float:
    time = _GRID * values["tau_m"]
    voltage = v_inf + (values["V_reset"] - v_inf) * np.exp(-_GRID)
    rates = hazard(values, voltage)
    steps = np.diff(time)
    cumulative = np.concatenate([[0.0], np.cumsum(steps * (rates[1:] + rates[:-1]) / 2)])
    survivor = np.exp(-cumulative)
    settled = float(hazard(values, np.asarray(v_inf)))
    tail = survivor[-1] / settled if survivor[-1] > 0 and settled > 0 else 0.0
    if settled == 0:
        return 0.0
    return 1 / (values["t_ref"] + float(np.sum(steps * (survivor[1:] + survivor[:-1]) / 2)) + tail)


def _rate_in_steps(hazard: Hazard, values: Mapping[str, float], v_inf: float, dt: float) -> float:
    """1 / (t_ref + dt sum of the survivor function), with the tail, where v has settled, as a geometric series."""
    if 20 * values["tau_m"] / dt > 1.000001 * _MOST_STEPS:
        raise NeuronError(
            f"the step is {dt:g} s; for the rate in steps with escape noise "
            f"{20 * values['tau_m'] / _MOST_STEPS:g} s or more is allowed, and the closed form is as good below"
        )
    n = min(_MOST_STEPS, math.ceil(40 * values["tau_m"] / dt))
    voltage = v_inf + (values["V_reset"] - v_inf) * np.exp(-np.arange(1, n + 1) * dt / values["tau_m"])
    rates = hazard(values, np.append(voltage, v_inf))
    survivor = np.exp(-np.concatenate([[0.0], np.cumsum(rates[:-1] * dt)]))
    tail = survivor[-1] * math.exp(-rates[-1] * dt) / -math.expm1(-rates[-1] * dt) if rates[-1] > 0 else math.inf
    return 1 / (values["t_ref"] + dt * (float(survivor.sum()) + tail))


def _exponential(values: Mapping[str, float], voltage: Floats) -> Floats:
    exponent = (voltage - values["V_threshold"]) / values["delta_v"]
    return values["rate_threshold"] * np.exp(np.minimum(exponent, 500.0))  # e^500 Hz is at once, and finite


def _sigmoid(values: Mapping[str, float], voltage: Floats) -> Floats:
    exponent = (voltage - values["V_threshold"]) / values["delta_v"]
    return values["rate_most"] / (1 + np.exp(np.minimum(-exponent, 500.0)))


@dataclass(frozen=True)
class _Of:
    """An answer with its hazard. Unlike functools.partial it equals its copy from another process."""

    answer: Callable[..., Floats]
    hazard: Hazard

    def __call__(self, values: Mapping[str, float], *given: Any) -> Floats:
        return self.answer(self.hazard, values, *given)


def _form(hazard: Hazard) -> ClosedForm:
    return ClosedForm(
        rate=_Of(escape_rate, hazard),
        rate_in_steps=_Of(escape_rate_in_steps, hazard),
        rheobase=lif_rheobase,
        synaptic_potential=lif_synaptic_potential,
        firing_probability=_Of(escape_probability, hazard),
    )


ESCAPE_LIF = replace(
    LIF_EXCITATORY,
    name="escape_lif",
    source="gerstner2014",
    summary="integrate-and-fire with escape noise: a probability of firing that grows with the current",
    purpose="Asks how likely a spike is: noise in one number, with which rates and likelihoods have closed forms.",
    parameters=(
        *LIF_EXCITATORY.parameters,
        Parameter("rate_threshold", 100.0, "Hz", "rate of firing with the voltage at threshold", least=0.0),
        Parameter("delta_v", 2e-3, "mV", "voltage over which that rate grows e-fold", least=1e-9),
    ),
    threshold="",
    hazard="rate_threshold*exp((v - V_threshold)/delta_v)",
    closed_form=_form(_exponential),
)
ESCAPE_SIGMOID_LIF = replace(
    ESCAPE_LIF,
    name="escape_sigmoid_lif",
    summary="integrate-and-fire with escape noise up to a largest rate, a sigmoid of the voltage",
    purpose=(
        "The same where a neuron far above threshold must not fire at once: a binary or stochastic unit of a network "
        "as a spiking neuron."
    ),
    parameters=(
        *LIF_EXCITATORY.parameters,
        Parameter("rate_most", 200.0, "Hz", "largest rate of firing, twice that at threshold", least=0.0),
        Parameter("delta_v", 2e-3, "mV", "voltage over which that rate grows e-fold, far below", least=1e-9),
    ),
    hazard="rate_most/(1 + exp((V_threshold - v)/delta_v))",
    closed_form=_form(_sigmoid),
)
