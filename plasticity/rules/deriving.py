"""What is derived from single expressions of a rule: soft bounds, changes without a partner, flows in closed form."""

import ast
import math
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from plasticity.errors import RuleError
from plasticity.expressions import above_zero, evaluator, names, parse, substituted
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import LOWER, UPPER, Decay
from plasticity.rules.polynomials import NoPolynomial, polynomial

if TYPE_CHECKING:
    from plasticity.rules.record import Rule
    from plasticity.rules.variables import Bounds, Variable


# What stands for an empty trace where its logarithm is taken: the trace of a spike 230 time constants ago, or more.
FAINTEST = 1e-100


def softened(change: str, sign: int | None, bounds: "Bounds") -> str:
    """A change of w with the weight dependence of soft bounds: a power of the way to the bound that it leads to.

    sign : of the change, for all states; None when it can vary
    """
    way = f"({WEIGHT} - {LOWER})/({UPPER} - {LOWER})"
    up = f"*rectify(1 - {way})**{bounds.soft_upper}" if bounds.soft_upper else ""
    down = f"*rectify({way})**{bounds.soft_lower}" if bounds.soft_lower else ""
    match sign:
        case 0:
            return change
        case 1:
            return f"({change}){up}"
        case -1:
            return f"({change}){down}"
    return f"rectify({change}){up} - rectify(-({change})){down}"


def check_softness(rule: "Rule") -> None:
    """Raise RuleError for a power of soft bounds that is no parameter of the rule, or negative."""
    for name in (rule.bounds.soft_lower, rule.bounds.soft_upper):
        if name and not rule.values.get(name, -1.0) >= 0:
            known = ", ".join(rule.values) or "none"
            raise RuleError(
                f"{rule.name}: the power {name} of its soft bounds is no parameter of 0 or more; known: {known}"
            )


@lru_cache(maxsize=1024)  # trees are kept from one rule to the next
def with_partner(change: ast.expr, traces: tuple[str, ...]) -> ast.expr:
    """A change that takes the logarithm of a trace, or divides by it, as nothing while that trace is empty: without a
    partner there is no change. Else a function around it, such as tanh, would make a number of an infinity.

    traces : the variables that are 0 until the first spike
    """
    empty = sorted({name for part in above_zero(change) for name in names(part)} & set(traces))
    if not empty:
        return change
    text = "*".join(f"step({name})" for name in empty)
    filled = {name: _tree(f"maximum({name}, {FAINTEST})", [name]) for name in empty}
    return ast.BinOp(_tree(text, empty), ast.Mult(), substituted(change, filled))


def _tree(text: str, known: Collection[str]) -> ast.expr:
    return parse(text, known=known, where="a change", error=RuleError)


def start_of(rule: "Rule", variable: "Variable") -> float:
    """Where a variable starts. Raises RuleError for what is no number, or beyond its bounds."""
    what, values = f"{rule.name}: the start of {variable.name}", rule.values
    tree = parse(variable.start, known=values, where=what, error=RuleError)
    with np.errstate(all="ignore"):  # what is no number is refused
        value = float(evaluator(tree)(values))
    if not (math.isfinite(value) and variable.bounds.lower <= value <= variable.bounds.upper):
        raise RuleError(f"{what} is {value:g}; {variable.bounds.lower:g} to {variable.bounds.upper:g} is allowed")
    return value


def decay(rule: "Rule", name: str, flow: ast.expr) -> Decay | None:
    """A flow in closed form, when it is linear in its variable, and nothing else in it changes.

    raises RuleError when it leads away from its rest, or knows none
    """
    values = rule.values
    if names(flow) - {name, *values}:
        return None
    try:
        with np.errstate(all="ignore"):  # a time constant of 0 is refused below
            terms = polynomial(flow, values, [name])
    except NoPolynomial:
        return None
    if set(terms) - {(), (name,)} or (name,) not in terms:
        return None
    rate, drive = float(-terms[(name,)]), float(terms.get((), 0.0))
    if not 0 < rate < math.inf:
        tau = 1 / rate if rate else math.inf
        what = f"{rule.name}: the flow of {name}, {ast.unparse(flow)}"
        raise RuleError(f"{what}, has the time constant {tau:g} s; more than 0 is needed")
    return Decay(drive / rate, 1 / rate)
