"""Rules and neurons as text for other programs: each with its source, its conventions, and what it was verified on."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal, get_args

from plasticity.errors import ArgumentError, said
from plasticity.inputs import choice, text
from plasticity.neurons import Neuron
from plasticity.rules import Rule

Target = Literal["brian2", "nestml", "latex", "javascript"]
TARGETS: tuple[Target, ...] = get_args(Target)
# {target: (module and function of a rule, of a neuron)}, each loaded when it is asked for; '' where there is none
_WRITERS = {
    "brian2": ("brian2_rule.rule_script", "brian2_neuron.neuron_script"),
    "nestml": ("nestml_rule.rule_model", "nestml_neuron.neuron_model"),
    "latex": ("latex_rule.rule_equations", "latex_neuron.neuron_equations"),
    "javascript": ("javascript_rule.rule_functions", "javascript_rule.no_neuron"),
}


def exported(record: Rule | Neuron, target: Target, *, command: str = "") -> str:
    """A rule or a neuron as text for another program.

    target  : 'brian2', a script that runs by itself; 'nestml', a model; 'latex', equations with a table of parameters;
              'javascript', functions of a rule
    command : what is told to repeat it; by default this function
    raises UnsupportedRule for what the target cannot express, with the reason; ArgumentError for another record

    A Brian2 script is run while it is written, in a process of its own, for some seconds: its residual is measured.
    """
    choice(target, TARGETS, "the target")
    text(command, "the command that repeats it")
    if not isinstance(record, Rule | Neuron):
        raise ArgumentError(f"exported() got {said(record)}; a rule of RULES or a neuron of NEURONS is allowed")
    return _writer(target, isinstance(record, Neuron))(record, command)


def _writer(target: Target, is_neuron: bool) -> Callable[[Any, str], str]:
    module, _, function = _WRITERS[target][is_neuron].partition(".")
    return getattr(import_module(f"plasticity.export.{module}"), function)


__all__ = ["TARGETS", "Target", "exported"]
