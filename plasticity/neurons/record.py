"""The record that declares a neuron, once, as data: equations, threshold and reset as text, and the role of each part.

All numbers are SI floats. Whether a neuron excites or inhibits is the sign of what its synapses deliver, kept by the
presynaptic neuron (Dale), never by a weight. The bias of a leaky integrator is a constant current stated relative to
the rheobase, the current above which it fires: the current is (1 + bias) times the rheobase. So bias -1 is no current
at all; bias 0 is a current of one rheobase, which leads just to the threshold, and the neuron is silent; with bias 0.25
it fires by itself, until inhibition reaches 0.25 rheobases.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import Literal

from plasticity.displayed import Displayed, brief
from plasticity.errors import NeuronError, listed, said, unknown
from plasticity.faults import Check, is_broken, require
from plasticity.frozen import FrozenMap
from plasticity.inputs import fields, instance, text
from plasticity.neurons.checking import integration_checks, part_checks
from plasticity.neurons.equations import constant, dynamics
from plasticity.neurons.parts import Clamp, ClosedForm, Receptor, Variable, check_form, checked_sign
from plasticity.parameters import Parameter, ParameterSet, check_sets, values_of

Effect = Literal["excitatory", "inhibitory"]
Integration = Literal["exact", "euler", "rk4", "exponential euler"]
FiresOn = Literal["condition", "crossing"]


@dataclass(frozen=True)
class Neuron(Displayed):
    """A point neuron.

    effect                 : what its own synapses do, 'excitatory' or 'inhibitory'
    voltage                : the variable that is its membrane potential
    threshold              : an expression; it fires when this is above zero. Empty when it has a hazard
    fires_on               : 'condition': in every step in which the threshold expression is above zero; 'crossing': in
                             the step in which it came to be. A crossing while refractory is none
    hazard                 : an expression in hertz; it fires with this rate (escape noise). Empty otherwise
    reset                  : {variable: expression} at a spike; all read the state before the spike
    clamps                 : {variable: Clamp}, where a spike holds a variable at a value before it is reset
    refractory             : the parameter that is the time in which it cannot fire again; empty for none
    receptors              : {name: Receptor}, where spikes arrive; empty for a neuron without synapses
    time_constants         : what a time step must resolve: parameters, or expressions in them such as 'C_m/g_L'
    membrane_time_constant : with which the voltage leaks, likewise; empty when there is none
    integration            : 'exact' for linear equations; 'exponential euler' where each flow is linear in its own
                             variable; 'rk4' for others; 'euler' for white noise
    closed_form            : what is known of it without simulation, None for nothing
    summary                : what it does, in a line
    purpose                : what it is for: the question that one asks with it
    sets                   : what publications give to its parameters, beside the values that it has
    raises NeuronError for unknown names or impossible roles; inside `faults.gathering` everything that is wrong is put
    aside instead
    """

    name: str
    source: str
    effect: Effect
    parameters: tuple[Parameter, ...]
    variables: tuple[Variable, ...]
    voltage: str
    threshold: str = ""
    fires_on: FiresOn = "condition"
    hazard: str = ""
    reset: Mapping[str, str] = field(default_factory=dict)
    clamps: Mapping[str, Clamp] = field(default_factory=dict)
    refractory: str = ""
    receptors: Mapping[str, Receptor] = field(default_factory=dict)
    time_constants: tuple[str, ...] = ()
    membrane_time_constant: str = ""
    integration: Integration = "exact"
    closed_form: ClosedForm | None = None
    summary: str = ""
    purpose: str = ""
    sets: tuple[ParameterSet, ...] = ()

    def __post_init__(self) -> None:
        require(self, _stages(self))

    @property
    def values(self) -> dict[str, float]:
        """The parameters as {name: SI value}."""
        return values_of(self)

    @property
    def sign(self) -> int:
        """+1 when its synapses deliver excitation, -1 for inhibition."""
        return 1 if self.effect == "excitatory" else -1

    @property
    def dead_time(self) -> float:
        """The refractory time in seconds; 0 for a neuron that has none."""
        return self.values[self.refractory] if self.refractory else 0.0

    @property
    def held(self) -> dict[str, float]:
        """For how long (s) each variable that stands still after a spike does so."""
        times = {variable.name: self.values[variable.held] for variable in self.variables if variable.held}
        for name, clamp in self.clamps.items():
            times[name] = max(times.get(name, 0.0), self.values[clamp.time])
        return times

    @property
    def times(self) -> dict[str, float]:
        """The times (s) that must be whole steps, by parameter: refractory, and those of holding and clamping."""
        held = [variable.held for variable in self.variables]
        names = [self.refractory, *held, *(clamp.time for clamp in self.clamps.values())]
        return {name: self.values[name] for name in names if name}

    @property
    def resolved(self) -> dict[str, float]:
        """The times (s) that a step must resolve, by what the record calls them."""
        return {said: constant(self, said) for said in self.time_constants}

    def variable(self, name: str) -> Variable:
        """The variable called `name`. Raises UnknownName."""
        instance(name, str, f"the name of a variable of {self.name}", NeuronError)
        for variable in self.variables:
            if variable.name == name:
                return variable
        raise unknown(f"variable of {self.name}", name, [variable.name for variable in self.variables])

    def receptor(self, sign: int, name: str = "") -> Receptor:
        """The receptor to which spikes of neurons with this sign go.

        name : of a receptor; empty for the only one that takes such spikes
        raises UnknownName; NeuronError when none takes them, more than one does, or the one that is named does not
        """
        sign = checked_sign(sign, "the sign of spikes")
        instance(name, str, f"the name of a receptor of {self.name}", NeuronError)
        kind = "excitatory" if sign > 0 else "inhibitory"
        fitting = [key for key, receptor in self.receptors.items() if receptor.sign == sign]
        if name and name not in self.receptors:
            raise unknown(f"receptor of {self.name}", name, self.receptors)
        if not fitting:
            raise NeuronError(f"no receptor of {self.name} takes {kind} spikes; declare one with the sign {sign:+d}")
        if name and name not in fitting:
            allowed = listed(fitting)
            raise NeuronError(
                f"the receptor {said(name)} of {self.name} does not take {kind} spikes; receptors that do: {allowed}"
            )
        if not name and len(fitting) > 1:
            raise NeuronError(f"{self.name} has several receptors for {kind} spikes: {listed(fitting)}; name one")
        return self.receptors[name or fitting[0]]

    def __repr__(self) -> str:
        return brief("neuron", self.name, self.summary)

    def __str__(self) -> str:
        return self.name


def _stages(neuron: Neuron) -> Iterator[Iterable[Check]]:
    """What is looked at when a neuron is made, see `plasticity.faults.require`."""
    yield [partial(_take, neuron)]
    yield chain(part_checks(neuron), [partial(check_sets, neuron, neuron.sets)])
    if not any(is_broken(part) for part in (*neuron.parameters, *neuron.variables)):
        yield integration_checks(neuron)
    if neuron.closed_form and neuron.closed_form.of is None:
        object.__setattr__(neuron, "closed_form", replace(neuron.closed_form, of=FrozenMap(dynamics(neuron))))


def _take(neuron: Neuron) -> None:
    """Refuse a field of another kind than its annotation."""
    fields(neuron, NeuronError, without=("closed_form",))
    text(neuron.name, "the name of a neuron", is_empty_allowed=False, error=NeuronError)
    check_form(neuron.closed_form, f"the closed form of {neuron.name}")
    for name, kind in (("reset", str), ("clamps", Clamp), ("receptors", Receptor)):
        items = getattr(neuron, name)
        for key, item in items.items():
            instance(key, str, f"a key of the {name} of {neuron.name}", NeuronError)
            instance(item, kind, f"{said(key)} in the {name} of {neuron.name}", NeuronError)
        object.__setattr__(neuron, name, FrozenMap(items))
