"""A rule in words and equations: what `plasticity show` prints and what a manifest keeps."""

import ast

from plasticity.quantities import written
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.record import Rule
from plasticity.rules.system import System, system
from plasticity.rules.variables import Event, Variable

_CLIPPED = {
    "both sides": "clipped after each change",
    "own side": "clipped after each change, at the bound that it leads to",
}
_COINCIDENT = {
    "ignored": "a coincident pair is ignored: neither spike sees the other",
    "pre first": "of a coincident pair the presynaptic spike acts in full an instant before the postsynaptic one",
    "post first": "of a coincident pair the postsynaptic spike acts in full an instant before the presynaptic one",
}
_OF_TERMS = "a change whose sign can vary is made term by term, what raises w first"
_GATES = "the postsynaptic spike moves a gate before anything reads it, the presynaptic spike afterwards"
_IMAGINED = "a presynaptic spike is imagined at time 0"


def equations(rule: Rule) -> tuple[str, ...]:
    """The rule's equations, one a line."""
    found = system(rule)
    lines = [
        f"d{variable.name}/dt = {_flow(found, variable)}{_noise(variable)}".replace("= 0 + ", "= ")
        for variable in (*rule.state, rule.weight)
        if variable.name in found.flows or variable.name in found.noises
    ]
    return (*lines, *(line for event in rule.events if (line := _at(found, event))))


def conventions(rule: Rule) -> tuple[str, ...]:
    """What the numbers of the rule depend on beside its equations, as sentences."""
    chosen, bounds = rule.conventions, rule.bounds
    clipped = "" if str(bounds) == "unbounded" else f", {_CLIPPED[chosen.clipping]}"
    lines = [f"w is in units of {rule.weight_unit}", f"bounds: {bounds}{clipped}"]
    delays = [f"{event} {written(rule.delay(event), 'ms')}" for event in rule.delays]
    if not system(rule).jumps[WEIGHT]:
        return (*lines, *([f"delays: {', '.join(delays)}"] if delays else []))
    return (
        *lines,
        "a lag is t_post - t_pre",
        "a change reads the traces as they were just before its own spike",
        _COINCIDENT[chosen.coincidence],
        f"at one instant {chosen.order.replace(' first', '')} is applied first",
        *([_OF_TERMS] if chosen.terms == "one by one" else []),
        *([_GATES] if chosen.gates == "post first" else []),
        *([_IMAGINED] if chosen.imagined == "pre at 0" else []),
        f"a spike transmits the weight as it was {chosen.transmitted} its own update",
        f"delays: {', '.join(delays) or 'none'}",
        "a train with two spikes within 1 ns is refused",
    )


def _flow(found: System, variable: Variable) -> str:
    """As it was written; with soft bounds, as it is read."""
    if variable is found.rule.weight and found.rule.bounds.is_soft and WEIGHT in found.flows:
        return ast.unparse(found.flows[WEIGHT])
    return variable.flow


def _noise(variable: Variable) -> str:
    return "" if variable.noise == "0" else f" + ({variable.noise})*xi"


def _at(found: System, event: Event) -> str:
    """What an event does; the weight first."""
    rule, changes = found.rule, []
    for variable in rule.variables:
        if variable is rule.weight and rule.bounds.is_soft:
            texts = [ast.unparse(jump.tree) for jump in found.jumps[WEIGHT] if jump.event == event]
        else:
            texts = list(variable.changes.get(event, ()))
        texts += [f"({text})*xi" for at, text in variable.scatter.items() if at == event]
        for text in texts:
            changes.append(f"{variable.name} {text}" if text.startswith("=") else f"{variable.name} += {text}")
    name = f"a {event}synaptic spike" if event in ("pre", "post") else event
    return f"at {name}: " + "; ".join(changes) if changes else ""


__all__ = ["conventions", "equations"]
