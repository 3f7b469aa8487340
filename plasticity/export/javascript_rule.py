"""A rule as a script in JavaScript without dependency, with its residual in a browser, where there is one."""

import re

from plasticity.errors import MissingPackage, UnsupportedRule
from plasticity.export.header import as_residual, header
from plasticity.export.proved import of_rule
from plasticity.javascript import exported
from plasticity.neurons import Neuron
from plasticity.rules import Rule
from plasticity.verification import verified

_SEEDS = 1
_TAG = re.compile(r"<(?=[/!a-zA-Z])")  # none in a comment: it would end the <script> of a page, or hide the rest


def rule_functions(rule: Rule, command: str = "") -> str:
    """The script. Raises UnsupportedRule for a rule that it cannot say."""
    script = exported(rule)
    comment = header(rule, "javascript", _notes(rule), mark="//", command=command)
    return f"{_TAG.sub('< ', comment)}\n\n{script}"


def no_neuron(neuron: Neuron, command: str = "") -> str:
    """Raises UnsupportedRule: the scripts are of rules alone."""
    raise UnsupportedRule(f"{neuron.name} is a neuron, and JavaScript is printed of rules alone; use --to brian2")


def _notes(rule: Rule) -> list[str]:
    try:
        found = verified(rule, "javascript", seeds=_SEEDS)
    except MissingPackage:
        return [*of_rule(rule), "No browser was found when this was written: `plasticity verify --against javascript`."]
    if found.status != "agrees" or found.difference is None:
        raise UnsupportedRule(f"{rule.name}: its script differs from plasticity.events in a browser; it is not written")
    return [
        f"Verified when this was written, in a browser without a window, on the random trains of `plasticity verify "
        f"{rule.name} --against javascript --seeds {_SEEDS}`, with coincidences, bursts, and drives into either bound: "
        f"{found.n} numbers, of which {found.at_lower + found.at_upper} at a bound.",
        f"Residual: {as_residual(found.difference)} of the largest weight, between this and plasticity.events; "
        f"{found.tolerance:g} allowed.",
    ]
