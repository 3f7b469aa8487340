"""What a careful reader asks of a record that is right: what it never reads, what has no source, what has no limit."""

import ast
import math
from collections.abc import Iterable, Iterator

from plasticity.expressions import names
from plasticity.neurons import Neuron
from plasticity.neurons.equations import tree
from plasticity.parameters import Parameter
from plasticity.quantities import si_unit
from plasticity.rules import Rule
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.parts import before_mark
from plasticity.rules.system import System, system
from plasticity.sources import OUR_CHOICE

Trees = dict[str, list[ast.expr]]  # {variable, or '' for what is transmitted: its expressions}


def questions_on_rule(rule: Rule) -> tuple[str, ...]:
    """What to ask of a rule, a line each."""
    trees = _trees(system(rule))
    every = {before_mark(name) for found in trees.values() for one in found for name in names(one)} | _named(rule)
    reached = _reached(trees)
    unread = [v.name for v in rule.state if v.name not in reached]
    silent = [event for event in rule.events if event not in SPIKES and not _acts(rule, event)]
    return (
        *_header(rule.name, rule.summary, rule.source),
        *_unread_parameters(rule.parameters, every),
        *(f"{name} never reaches the weight: nothing that changes w, or is transmitted, reads it" for name in unread),
        *(f"the signal {s.name} is never read" for s in rule.signals if s.name not in every and not s.delay),
        *(f"the event {event} changes nothing" for event in silent),
        *_on_parameters(rule.parameters, times=_time_constants(rule.parameters, trees)),
    )


def questions_on_neuron(neuron: Neuron) -> tuple[str, ...]:
    """What to ask of a neuron, a line each. What only its closed form reads cannot be told, and is not asked."""
    texts = [text for v in neuron.variables for text in (v.flow, v.start, v.noise)]
    texts += [neuron.threshold, neuron.hazard, neuron.membrane_time_constant, *neuron.time_constants]
    texts += [*neuron.reset.values(), *(clamp.value for clamp in neuron.clamps.values())]
    every = {name for text in texts if text for name in names(tree(neuron, text))} | {*neuron.times}
    every |= {name for one in neuron.receptors.values() for name in (one.size, one.reversal) if name}
    unread = [] if neuron.closed_form else _unread_parameters(neuron.parameters, every)
    times = {name for name in neuron.time_constants if name.isidentifier()}
    return (
        *_header(neuron.name, neuron.summary, neuron.source),
        *unread,
        *_on_parameters(neuron.parameters, times=times),
    )


def _header(name: str, summary: str, source: str) -> Iterator[str]:
    if not (name.isidentifier() and name.isascii()):
        yield f"its name {name!r} is no word of letters, digits and _: on the command line it needs quotation marks"
    if not summary:
        yield "it has no summary: say in a line what it does"
    if source == OUR_CHOICE and not summary:
        yield "its source is 'our choice', and nothing says why: give a reference with its DOI, or a summary"


def _unread_parameters(parameters: Iterable[Parameter], read: set[str]) -> list[str]:
    return [f"the parameter {p.name} is never read" for p in parameters if p.name not in read]


def _on_parameters(parameters: Iterable[Parameter], *, times: set[str]) -> Iterator[str]:
    for one in parameters:
        if one.name in times and one.least == -math.inf:
            yield f"{one.name} is a time constant without a least value: give least=1e-6, so that 0 is refused"
        if one.source == OUR_CHOICE and not one.meaning:
            yield f"{one} has no source: cite one, or say in its meaning why this much"


def _time_constants(parameters: Iterable[Parameter], trees: Trees) -> set[str]:
    """The parameters that are times, and by which something is divided."""
    every = [node for found in trees.values() for one in found for node in ast.walk(one)]
    divided = [node.right for node in every if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    divisors = {name for one in divided for name in names(one)}
    return {one.name for one in parameters if si_unit(one.unit) == "s" and one.name in divisors}


def _acts(rule: Rule, event: str) -> bool:
    return any(event in variable.jumps or event in variable.scatter for variable in rule.variables)


def _named(rule: Rule) -> set[str]:
    """The parameters that are named, not read in an expression: delays, and powers of soft bounds."""
    late = {signal.delay for signal in rule.signals}
    return {*rule.delays.values(), *late, rule.bounds.soft_lower, rule.bounds.soft_upper}


def _trees(found: System) -> Trees:
    trees: Trees = {"": [found.transmits]}
    for variable in found.rule.variables:
        texts = [variable.start or "0", variable.flow, variable.noise, *variable.scatter.values()]
        trees[variable.name] = [found.parsed(text, "an expression") for text in texts]
        for event, changes in variable.changes.items():
            after = found.jumping(event)
            trees[variable.name] += [found.parsed(text.removeprefix("="), "a jump", after=after) for text in changes]
    return trees


def _reached(trees: Trees) -> set[str]:
    """The variables on which the weight, or what is transmitted, depends."""
    reached, waiting = set[str](), ["", WEIGHT]
    while waiting:
        name = waiting.pop()
        if name in trees and name not in reached:
            reached.add(name)
            waiting += [before_mark(read) for one in trees[name] for read in names(one)]
    return reached
