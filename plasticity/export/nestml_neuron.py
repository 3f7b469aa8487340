"""A neuron in NESTML."""

import ast

from plasticity.errors import UnsupportedRule
from plasticity.export.header import header, plain
from plasticity.export.nestml_words import declared, identifier, nestml_name, nestml_text, nestml_unit, quantity
from plasticity.export.proved import of_neuron
from plasticity.neurons import Neuron
from plasticity.neurons.equations import CURRENT, start, tree

_TIMER = "refr_t"
_INPUT = {CURRENT: "(I_e + I_stim)"}


def neuron_model(neuron: Neuron, command: str = "") -> str:
    """The model. Raises UnsupportedRule, with the reason, for what NESTML cannot say."""
    if any(variable.noise != "0" for variable in neuron.variables):
        raise UnsupportedRule(f"{neuron.name} has white noise in a flow, and an equation of NESTML draws no numbers")
    if neuron.clamps:
        held = ", ".join(neuron.clamps)
        raise UnsupportedRule(
            f"{neuron.name} holds {held} at a value for the time of a spike and sets it afterwards, which this export "
            "does not write in NESTML; use --to brian2"
        )
    notes = [
        *of_neuron(neuron),
        "NESTML 9 reads it, with its checks. It was not built into NEST.",
        "Every receptor is a port of its own. Weights are positive: what inhibition does stands here.",
    ]
    return f"{header(neuron, 'nestml', notes, mark='#', command=command)}\n\n{_model(neuron)}"


def _model(neuron: Neuron) -> str:
    blocks = {
        "state": _state(neuron),
        "equations": _equations(neuron),
        "parameters": [*(declared(p, comment=plain(p.meaning)) for p in neuron.parameters), "I_e pA = 0 pA"],
        "input": [*(f"{name}_spikes <- spike" for name in neuron.receptors), "I_stim pA <- continuous"],
        "output": ["spike"],
        **{f"onReceive({name}_spikes)": _received(neuron, name) for name in neuron.receptors},
        "update": _update(neuron),
        **_conditions(neuron),
    }
    lines = [f"model {identifier(neuron.name)}_neuron:"]
    for block, inner in blocks.items():
        lines += [f"    {block}:", *(f"        {line}" for line in inner), ""]
    return "\n".join(lines).rstrip() + "\n"


def _said(neuron: Neuron, expression: str) -> str:
    return nestml_text(tree(neuron, expression), _INPUT)


def _state(neuron: Neuron) -> list[str]:
    lines = [
        f"{nestml_name(v.name)} {nestml_unit(v.unit)} = {quantity(start(neuron)[v.name], v.unit)}"
        for v in neuron.variables
    ]
    lines += [f"{_TIMER} ms = 0 ms  # what is left of the refractory time"] if neuron.refractory else []
    return [*lines, *(["is_above boolean = false"] if neuron.fires_on == "crossing" else [])]


def _equations(neuron: Neuron) -> list[str]:
    lines = [f"{nestml_name(v.name)}' = {_said(neuron, v.flow)}" for v in neuron.variables]
    return [*lines, *([f"{_TIMER}' = -1"] if neuron.refractory else [])]


def _received(neuron: Neuron, name: str) -> list[str]:
    receptor = neuron.receptors[name]
    sign = "" if receptor.direction > 0 else "-"
    x = nestml_name(receptor.variable)
    change = f"{x} += {sign}{nestml_name(receptor.size)} * {name}_spikes * 1 s"
    if receptor.while_refractory == "discarded" and neuron.refractory:
        return [f"if {_TIMER} <= 0 ms:", f"    {change}"]
    return [change]


def _update(neuron: Neuron) -> list[str]:
    free = [nestml_name(v.name) for v in neuron.variables if not v.held]
    every = [nestml_name(v.name) for v in neuron.variables]
    lines = ["integrate_odes()"]
    if neuron.refractory:
        lines = [f"if {_TIMER} > 0 ms:", f"    integrate_odes({', '.join([*free, _TIMER])})", "else:"]
        lines.append(f"    integrate_odes({', '.join(every)})")
    if neuron.fires_on == "crossing":
        lines += [f"if not ({_above(neuron)}):", "    is_above = false"]
    if neuron.hazard:
        ready = f"{_TIMER} <= 0 ms and " if neuron.refractory else ""
        lines.append(f"if {ready}random_uniform(0, 1) < 1 - exp(-({_said(neuron, neuron.hazard)}) * timestep()):")
        lines += [f"    {line}" for line in _spike(neuron)]
    return lines


def _conditions(neuron: Neuron) -> dict[str, list[str]]:
    if neuron.hazard:
        return {}
    terms = [f"{_TIMER} <= 0 ms"] if neuron.refractory else []
    terms += ["not is_above"] if neuron.fires_on == "crossing" else []
    return {f"onCondition({' and '.join([*terms, _above(neuron)])})": _spike(neuron)}


def _spike(neuron: Neuron) -> list[str]:
    lines = [f"{nestml_name(name)} = {_said(neuron, value)}" for name, value in neuron.reset.items()]
    lines += [f"{_TIMER} = {nestml_name(neuron.refractory)}"] if neuron.refractory else []
    lines += ["is_above = true"] if neuron.fires_on == "crossing" else []
    return [*lines, "emit_spike()"]


def _above(neuron: Neuron) -> str:
    """Its threshold, as the comparison of two quantities."""
    threshold = tree(neuron, neuron.threshold)
    if isinstance(threshold, ast.BinOp) and isinstance(threshold.op, ast.Sub):
        return f"{nestml_text(threshold.left, _INPUT)} > {nestml_text(threshold.right, _INPUT)}"
    raise UnsupportedRule(f"{neuron.name}: its threshold {neuron.threshold} is no difference of two quantities")
