"""Neurons printed as Brian2 text, with the endings of plasticity.spiking.text; everything dimensionless, in SI."""

from collections.abc import Callable
from dataclasses import dataclass

from plasticity.expressions import written
from plasticity.neurons import Clamp, Neuron, Receptor, Variable
from plasticity.neurons.equations import tree

_MOVES = "not_refractory"  # of Brian2: whether a neuron is not in its refractory time


@dataclass(frozen=True)
class NeuronText:
    """A neuron as Brian2 text.

    model     : its equations and parameters
    constant  : the flow of each variable where all are zero
    moves     : {variable: the name that is 1 while it moves, 0 while it is held}, of those that are held
    before    : code at the start of a step, before anything moves
    after     : code at the end of what moves in a step, before the threshold is looked at
    threshold : the condition to fire
    reset     : what a spike does
    released  : code for what a clamp lets go, once a step, after what moves; empty without clamps
    """

    model: str
    constant: dict[str, str]
    moves: dict[str, str]
    before: str
    after: str
    threshold: str
    reset: str
    released: str


def neuron_text(neuron: Neuron, *, current: str) -> NeuronText:
    """The neuron as Brian2 text.

    current : an expression for the injected current in amperes
    """
    printed = printer(neuron, current)
    moves = {name: _moves(neuron, name) for name in neuron.held}
    own = {name: flag for name, flag in moves.items() if flag != _MOVES}
    is_crossing = neuron.fires_on == "crossing"
    lines = [f"{name}_n : 1 (shared, constant)" for name in neuron.values]
    lines += [_equation(neuron, variable, printed, moves.get(variable.name, "")) for variable in neuron.variables]
    lines += [f"{flag} : integer\n{name}_held_steps : integer (shared, constant)" for name, flag in own.items()]
    clamps = _clamps(neuron)
    lines += [f"{name}_clamp_steps : integer (shared, constant)" for name in clamps]
    lines += ["is_above : integer\nwas_above : integer"] if is_crossing else []
    above = f"{printed(neuron.threshold)} > rounding" if neuron.threshold else ""
    since = "timestep(t - lastspike, dt)"
    before = [f"{flag} = int({since} > {name}_held_steps)" for name, flag in own.items()]
    before += ["was_above = is_above"] if is_crossing else []
    undone = {name: flag for name, flag in moves.items() if _is_undone(neuron, name, flag)}
    before += [f"{name}_still = {name}_y" for name in undone]
    after = [f"{name}_y = {name}_still + int({flag})*({name}_y - {name}_still)" for name, flag in undone.items()]
    after += [f"is_above = int({above})"] if is_crossing else []
    threshold = "is_above > was_above" if is_crossing else above
    if neuron.hazard:
        threshold = f"rand() < 1 - exp(-({printed(neuron.hazard)})*dt/second)"
    at_a_spike = {**neuron.reset, **{name: clamp.value for name, clamp in clamps.items()}}
    reset = _assigned(at_a_spike, printed)
    released = [
        f"{name}_y = {name}_y + int({since} == {name}_clamp_steps)*({printed(neuron.reset[name])} - {name}_y)"
        for name in clamps
        if name in neuron.reset
    ]
    return NeuronText(
        model="\n".join(lines),
        constant={v.name: printer(neuron, current, state="0.0")(v.flow) for v in neuron.variables},
        moves=moves,
        before="\n".join(before),
        after="\n".join(after),
        threshold=threshold,
        reset="\n".join([*reset, *([f"is_above = int({above})"] if is_crossing else [])]),
        released="\n".join(released),
    )


def transmitted(neuron: Neuron, receptor: Receptor, weight: str = "w") -> str:
    """What an arriving spike does to the neuron; `receptor_sign` is the direction of the receptor.

    Brian2 counts the arrivals of one step longer as refractory than it holds a variable, which would lose an input that
    arrives just when the refractory time is over; hence our own count.
    """
    is_deaf = receptor.while_refractory == "discarded"
    hears = "int(timestep(t - lastspike_post, dt) >= refractory_steps)*" if is_deaf else ""
    return f"{receptor.variable}_y_post += {hears}receptor_sign*{weight}*{receptor.size}_n_post"


def printer(neuron: Neuron, current: str, state: str = "{}_y") -> Callable[[str], str]:
    """A function that prints an expression of the neuron."""
    states = [variable.name for variable in neuron.variables]
    names = {name: f"{name}_n" for name in neuron.values} | {name: state.format(name) for name in states}

    def printed(expression: str) -> str:
        return written(tree(neuron, expression), lambda name: names.get(name, current))

    return printed


def _moves(neuron: Neuron, name: str) -> str:
    """The name of what says whether a variable that can be held moves: Brian2's own where its time is the refractory
    time."""
    return _MOVES if neuron.held[name] == neuron.dead_time else f"{name}_moves"


def _equation(neuron: Neuron, variable: Variable, printed: Callable[[str], str], moves: str) -> str:
    # a noise of its own: under one name Brian2 would give all variables the same
    noise = "" if variable.noise == "0" else f" + ({printed(variable.noise)})*xi_{variable.name}*second**-0.5"
    flow = f"({printed(variable.flow)})/second{noise}"
    if _is_held_by_brian(neuron, variable.name, moves):
        return f"d{variable.name}_y/dt = {flow} : 1 (unless refractory)"
    is_factor = moves and not _is_undone(neuron, variable.name, moves)
    return f"d{variable.name}_y/dt = {f'int({moves})*({flow})' if is_factor else flow} : 1"


def _is_held_by_brian(neuron: Neuron, name: str, moves: str) -> bool:
    """Whether Brian2 can hold the variable: it then keeps everything else from writing it too, but for the reset."""
    is_written = name in neuron.clamps or any(receptor.variable == name for receptor in neuron.receptors.values())
    return moves == _MOVES and not is_written


def _is_undone(neuron: Neuron, name: str, moves: str) -> bool:
    """Whether what moved is put back: a flow times zero has no exponential step."""
    return neuron.integration == "exponential euler" and not _is_held_by_brian(neuron, name, moves)


def _clamps(neuron: Neuron) -> dict[str, Clamp]:
    """The clamps that last for a time; others are over before they begin."""
    return {name: clamp for name, clamp in neuron.clamps.items() if neuron.values[clamp.time] > 0}


def _assigned(values: dict[str, str], printed: Callable[[str], str]) -> list[str]:
    """Assignments that all read the state before the first of them."""
    if len(values) < 2:
        return [f"{name}_y = {printed(expression)}" for name, expression in values.items()]
    read = [f"{name}_next = {printed(expression)}" for name, expression in values.items()]
    return [*read, *(f"{name}_y = {name}_next" for name in values)]
