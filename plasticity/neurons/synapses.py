"""Synapses that a neuron is given: functions from neuron to neuron, with the receptors where spikes arrive.

A neuron without synapses of its own is driven by the current that is injected. What its synapses deliver is added to
this current, so that every neuron can have every kind. A spike through a weight of 1 makes, at its peak, the current
J, or the conductance G; without a course in time, a jump of the voltage.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from plasticity.errors import NeuronError
from plasticity.frozen import FrozenMap
from plasticity.inputs import choice, instance
from plasticity.neurons.closed_forms import known_form
from plasticity.neurons.equations import dynamics, with_input
from plasticity.neurons.parts import Arrival, Receptor, Variable
from plasticity.neurons.record import Neuron
from plasticity.parameters import Parameter

Kind = Literal["current", "conductance"]
Shape = Literal["exponential", "alpha"]
_SIGNS = {"excitation": ("exc", 1), "inhibition": ("inh", -1)}
# Peaks of currents: our choice, those of the leaky neuron of the library. The rest: a network of the benchmark,
# conductance-based, of 20 000 square micrometres a cell.
_TIMES = {"exc": (5e-3, "brette2007, benchmark 1"), "inh": (10e-3, "brette2007, benchmark 1")}
_CONDUCTANCES = {"exc": (6e-9, 0.0), "inh": (67e-9, -80e-3)}


@dataclass(frozen=True)
class _Added:
    """What one receptor adds to a neuron; `current` is what it delivers, an expression in amperes."""

    parameters: tuple[Parameter, ...]
    variables: tuple[Variable, ...]
    receptor: Receptor
    current: str
    time_constants: tuple[str, ...]


def with_jumps(neuron: Neuron, size: Any = 0.5e-3) -> Neuron:
    """The same neuron with synapses that raise or lower its voltage at once, by `size` (V) through a weight of 1.

    While its voltage is held after a spike, spikes that arrive are lost.
    raises NeuronError for a neuron that has synapses
    """
    _require_bare(neuron)
    while_held: Arrival = "discarded" if neuron.refractory else "kept"
    receptors = {
        name: Receptor(neuron.voltage, "J_v", sign, while_refractory=while_held) for name, (_, sign) in _SIGNS.items()
    }
    unit = neuron.variable(neuron.voltage).unit
    jump = Parameter("J_v", size, unit, "jump of the voltage that a spike makes through a weight of 1", least=0.0)
    return _with(replace(neuron, parameters=(*neuron.parameters, jump), receptors=receptors), neuron)


def with_synapses(neuron: Neuron, kind: Kind = "current", shape: Shape = "exponential") -> Neuron:
    """The same neuron with an excitatory and an inhibitory synapse of this kind, in place of jumps of its voltage.

    kind  : 'current', whatever the voltage; 'conductance', which draws the voltage to a reversal potential
    shape : 'exponential', at its peak at once; 'alpha', t/tau exp(1 - t/tau), at its peak after tau
    raises NeuronError for a neuron that has other synapses; ArgumentError for another kind or shape

    >>> from plasticity.neurons import NEURONS, with_synapses
    >>> list(with_synapses(NEURONS["adex"], "conductance", "alpha").receptors)
    ['excitation', 'inhibition']
    """
    bare = _without_jumps(neuron)
    choice(kind, get_args(Kind), "the kind of a synapse")
    choice(shape, get_args(Shape), "the shape of a synapse")
    added = {name: _synapse(bare, kind, shape, (word, sign)) for name, (word, sign) in _SIGNS.items()}
    return _with_receptors(bare, added)


def with_nmda(neuron: Neuron) -> Neuron:
    """The same neuron with one more excitatory receptor, 'nmda', a conductance that magnesium blocks at rest.

    It lets through G_nmda/(1 + Mg/K_Mg exp(-v/V_Mg)) at its peak (`jahr1990`). It rises and decays as a difference of
    two exponentials, and does not saturate: spikes add up, unlike in `brunel2001`, whose time constants these are.
    raises NeuronError for a neuron that has such a receptor

    >>> from plasticity.neurons import NEURONS, with_nmda
    >>> list(with_nmda(NEURONS["lif_conductance"]).receptors)
    ['excitation', 'inhibition', 'nmda']
    """
    if "nmda" in instance(neuron, Neuron, "the neuron", NeuronError).receptors:
        raise NeuronError(f"{neuron.name} has an nmda receptor; give a neuron without")
    return _with_receptors(neuron, {"nmda": _nmda(neuron)}, neuron.receptors)


def _synapse(neuron: Neuron, kind: Kind, shape: Shape, of: tuple[str, int]) -> _Added:
    word, sign = of
    what = "excitation" if sign > 0 else "inhibition"
    (time, source), is_current = _TIMES[word], kind == "current"
    unit, letter = ("pA", "I") if is_current else ("nS", "g")
    name, tau, size, rise = f"{letter}_{word}", f"tau_{word}", f"{'J' if is_current else 'G'}_{word}", f"rise_{word}"
    meaning = f"peak of the {kind} of {what} that a spike makes through a weight of 1"
    if is_current:
        peak = Parameter(size, 50e-12, "pA", meaning, least=0.0)
        parameters: tuple[Parameter, ...] = (peak,)
    else:
        most, reversal = _CONDUCTANCES[word]
        parameters = (
            Parameter(size, most, "nS", meaning, source, least=0.0),
            Parameter(f"E_{word}", reversal, "mV", f"reversal potential of {what}", source),
        )
    course: tuple[Variable, ...] = (Variable(name, f"-{name}/{tau}", unit),)
    if shape == "alpha":
        course = (Variable(rise, f"-{rise}/{tau}", unit), Variable(name, f"(exp(1)*{rise} - {name})/{tau}", unit))
    return _Added(
        (Parameter(tau, time, "ms", f"time constant of {what}", source, least=1e-6), *parameters),
        course,
        Receptor(course[0].name, size, sign, reversal="" if is_current else f"E_{word}"),
        name if is_current else f"{name}*(E_{word} - {neuron.voltage})",
        (tau,),
    )


def _nmda(neuron: Neuron) -> _Added:
    # raised by 1, rise/decay (exp(-t/decay) - exp(-t/rise))/(1 - rise/decay), divided by its peak
    lift = "(tau_nmda/tau_rise_nmda)**(tau_nmda/(tau_nmda - tau_rise_nmda))"
    block = f"(1 + Mg/K_Mg*exp(-{neuron.voltage}/V_Mg))"
    return _Added(
        (
            Parameter("tau_rise_nmda", 2e-3, "ms", "time constant of its rise", "brunel2001", least=1e-6),
            Parameter("tau_nmda", 100e-3, "ms", "time constant of its decay, the longer", "brunel2001", least=1e-6),
            Parameter("G_nmda", 1e-9, "nS", "peak of its conductance, unblocked, through a weight of 1", least=0.0),
            Parameter("E_nmda", 0.0, "mV", "its reversal potential", "jahr1990"),
            Parameter("Mg", 1.0, "mM", "concentration of magnesium outside", "brunel2001", least=0.0),
            Parameter("K_Mg", 3.57, "mM", "concentration that blocks half at 0 mV", "jahr1990", least=1e-9),
            Parameter(
                "V_Mg", 1e-3 / 0.062, "mV", "voltage over which the block changes e-fold", "jahr1990", least=1e-6
            ),
        ),
        (
            Variable("rise_nmda", "-rise_nmda/tau_rise_nmda", "nS"),
            Variable("g_nmda", f"(rise_nmda*{lift} - g_nmda)/tau_nmda", "nS"),
        ),
        Receptor("rise_nmda", "G_nmda", 1, reversal="E_nmda"),
        f"g_nmda*(E_nmda - {neuron.voltage})/{block}",
        ("tau_rise_nmda", "tau_nmda"),
    )


def _with_receptors(
    neuron: Neuron, added: Mapping[str, _Added], receptors: Mapping[str, Receptor] | None = None
) -> Neuron:
    """A neuron with what receptors add to it, beside `receptors` that it has."""
    parts = list(added.values())
    is_linear = neuron.integration != "exact" or not any(part.receptor.reversal for part in parts)
    flow = with_input(neuron, neuron.voltage, " + ".join(part.current for part in parts))
    moved = (replace(one, flow=flow) if one.name == neuron.voltage else one for one in neuron.variables)
    changed = replace(
        neuron,
        parameters=(*neuron.parameters, *(one for part in parts for one in part.parameters)),
        variables=(*moved, *(one for part in parts for one in part.variables)),
        receptors={**(receptors or {}), **{name: part.receptor for name, part in added.items()}},
        time_constants=(*neuron.time_constants, *(one for part in parts for one in part.time_constants)),
        integration=neuron.integration if is_linear else "rk4",
    )
    return _with(changed, neuron)


def _with(changed: Neuron, before: Neuron) -> Neuron:
    """The neuron with what is known of it without synapses, which are silent under a constant current."""
    form = known_form(before)
    if form is None:
        return changed
    is_same = changed.integration == before.integration
    return replace(
        changed,
        closed_form=replace(
            form,
            rate_in_steps=form.rate_in_steps if is_same else None,
            synaptic_potential=None,
            under_white_noise=None,
            of=FrozenMap(dynamics(changed)),
        ),
    )


def _without_jumps(neuron: Neuron) -> Neuron:
    """The neuron without the synapses that `with_jumps` gave to it."""
    instance(neuron, Neuron, "the neuron", NeuronError)
    jumping = {one.size for one in neuron.receptors.values() if one.variable == neuron.voltage}
    if len(jumping) and all(one.size in jumping for one in neuron.receptors.values()):
        kept = tuple(one for one in neuron.parameters if one.name not in jumping)
        neuron = _with(replace(neuron, parameters=kept, receptors={}), neuron)
    _require_bare(neuron)
    return neuron


def _require_bare(neuron: Neuron) -> None:
    instance(neuron, Neuron, "the neuron", NeuronError)
    if neuron.receptors:
        raise NeuronError(f"{neuron.name} has synapses already; give a neuron without")
