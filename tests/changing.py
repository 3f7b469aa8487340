"""Rules made from others in one word, for tests."""

from dataclasses import replace

from plasticity.parameters import Parameter
from plasticity.rules import Rule


def with_changes(rule: Rule, **changes) -> Rule:
    """The rule with other changes of w at the events named: with_changes(rule, pre="0", post="A*r")."""
    jumps = {**rule.weight.changes, **changes}
    return replace(rule, weight=replace(rule.weight, jumps=jumps))


def with_delay(rule: Rule, event: str, seconds: float) -> Rule:
    """The rule with a delay of `event` besides those it has."""
    parameter = Parameter(f"delay_{event}", seconds, "ms")
    return replace(rule, parameters=(*rule.parameters, parameter), delays={**rule.delays, event: parameter.name})
