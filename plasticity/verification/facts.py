"""What the definition must know of a rule, found by looking at its texts and trying its flows."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from plasticity.errors import RuleError
from plasticity.expressions import evaluator, names, parse
from plasticity.rules import Rule, Variable

Values = dict[str, float]


class Facts:
    """A rule, looked at.

    known    : the names that its expressions may use
    relaxing : {variable: (rest, time constant in s)}, of those that relax by themselves
    open     : the variables whose flows have no closed form here
    traces   : {variable: the event whose spikes alone it remembers}
    gates    : the variables that do not flow, and that events set to numbers
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.known = (*rule.values, *(v.name for v in rule.variables), *(signal.name for signal in rule.signals))
        self.relaxing = {v.name: rest_and_tau for v in rule.state if (rest_and_tau := self._relaxes(v))}
        self.open = [v for v in rule.variables if v.name not in self.relaxing and not self._is_still(v)]
        self.traces = {v.name: event for v in rule.state if (event := self._remembers(v))}
        self.gates = [v.name for v in rule.state if self._is_still(v) and self._is_set_only(v)]

    def value(self, text: str, values: Mapping[str, float], after: Sequence[str] = ()) -> float:
        """An expression, evaluated."""
        return float(_evaluator(text.strip(), self.known, tuple(after))({**self.rule.values, **values}))

    def room(self, w: float, dw: float) -> float:
        """What soft bounds leave of a change: a power of the way to the bound that it leads to."""
        bounds = self.rule.bounds
        power = bounds.soft_upper if dw > 0 else bounds.soft_lower
        if not power:
            return 1.0
        way = (w - bounds.lower) / (bounds.upper - bounds.lower)
        return float((1 - way if dw > 0 else way) ** self.rule.values[power])

    def _relaxes(self, variable: Variable) -> tuple[float, float] | None:
        """Rest and time constant (s) of a flow that is a straight line in its variable, and reads nothing else."""
        read = names(parse(variable.flow, known=self.known, where=variable.flow, error=RuleError))
        if (
            variable.name not in read
            or read - {variable.name, *self.rule.values}
            or str(variable.bounds) != "unbounded"
        ):
            return None
        at = [self.value(variable.flow, {variable.name: x}) for x in (0.0, 1.0, 3.0)]
        slope = at[1] - at[0]
        is_line = math.isclose(at[2], at[0] + 3 * slope, rel_tol=1e-9) and slope < 0
        return (-at[0] / slope, -1 / slope) if is_line else None

    def _remembers(self, variable: Variable) -> str:
        """The event whose spikes alone a variable remembers, from nothing and towards nothing; empty for none."""
        rest, _ = self.relaxing.get(variable.name, (1.0, 0.0))
        changes = list(variable.changes.items())
        is_one = rest == 0 and len(changes) == 1 and len(changes[0][1]) == 1 and changes[0][0] in ("pre", "post")
        if not is_one or self.value(variable.start, self.rule.values) != 0:
            return ""
        ((event, (text,)),) = changes
        return event if self._is_number(text) else ""

    def _is_number(self, text: str) -> bool:
        tree = parse(text.removeprefix("="), known=self.known, where=text, error=RuleError)
        return names(tree) <= set(self.rule.values)

    def _is_still(self, variable: Variable) -> bool:
        return variable.flow.strip() == "0"

    def _is_set_only(self, variable: Variable) -> bool:
        texts = [text for texts in variable.changes.values() for text in texts]
        return bool(texts) and all(text.startswith("=") and self._is_number(text) for text in texts)


@cache
def _evaluator(text: str, known: tuple[str, ...], after: tuple[str, ...]) -> Callable[[Mapping[str, float]], float]:
    return evaluator(parse(text, known=known, where=text, error=RuleError, after=after))
