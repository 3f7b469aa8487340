"""Functions from rule to rule: the variants that the literature speaks of, never a subclass or a switch."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from plasticity.errors import ArgumentError, RuleError, said
from plasticity.expressions import parse, sign
from plasticity.inputs import number
from plasticity.parameters import Parameter, with_parameters
from plasticity.rules.record import UNBOUNDED, AnyRule, Bounds, RateRule, Rule

R = TypeVar("R", Rule, RateRule)


def unbounded(rule: R) -> R:
    """The artificial comparison: the same changes, and no bound at all. Raises RuleError for what is no rule."""
    _require_rule(rule, "unbounded")
    return replace(rule, name=f"unbounded({rule.name})", bounds=UNBOUNDED)


def biological(rule: R, upper: float = math.inf) -> R:
    """The same changes, clamped at zero, and at `upper` when one is given."""
    _require_rule(rule, "biological")
    if not (isinstance(upper, float) and upper == math.inf):
        upper = number(upper, "the upper bound", above=0.0)
    return replace(rule, name=f"biological({rule.name})", bounds=Bounds(0.0, upper))


def nearest(rule: Rule) -> Rule:
    """Nearest-spike interaction: each spike sees only the last one of the other train (traces set to one)."""
    _require_spikes(rule, "nearest")
    traces = tuple(replace(trace, interaction="nearest") for trace in rule.traces)
    return replace(rule, name=f"nearest({rule.name})", traces=traces)


def anti(rule: R) -> R:
    """Every change with its sign reversed; what facilitated depresses, so the order at one instant turns too."""
    _require_rule(rule, "anti")
    name = f"anti({rule.name})"
    turned: Any = _rewritten(rule, name, lambda dw: f"-({dw})")
    if isinstance(turned, Rule):
        turned = replace(turned, first="pre" if turned.first == "post" else "post")
    return turned


def scaled(rule: R, factor: float) -> R:
    """Every change times `factor` (more than zero; `anti` turns the sign)."""
    _require_rule(rule, "scaled")
    factor = number(factor, "the factor of scaled(), where anti() turns the sign,", above=0.0)
    name = f"scaled({rule.name}, {factor:g})"
    if "scale" in rule.values:
        return replace(with_parameters(rule, scale=rule.values["scale"] * factor), name=name)
    scale = Parameter("scale", factor, meaning="factor on every change")
    return _rewritten(replace(rule, parameters=(*rule.parameters, scale)), name, lambda dw: f"scale*({dw})")


def soft_bounds(rule: Rule, *, mu_plus: float = 1.0, mu_minus: float = 1.0, w_max: float | None = None) -> Rule:
    """Weight dependence: facilitation times (1 - w/w_max)**mu_plus, depression times (w/w_max)**mu_minus.

    mu_plus, mu_minus : exponents of zero or more; 0 is additive, 1 multiplicative
    w_max             : the upper bound; by default the rule's own
    The result is also clipped to [0, w_max], where the powers are defined. Source: `guetig2003`, eq. 2-3;
    mu_plus = 0, mu_minus = 1 is the mixed form of van Rossum, Bi & Turrigiano (2000).
    """
    _require_spikes(rule, "soft_bounds")
    upper = rule.bounds.upper if w_max is None else number(w_max, "w_max", above=0.0)
    mu_plus, mu_minus = number(mu_plus, "mu_plus", least=0.0), number(mu_minus, "mu_minus", least=0.0)
    if not (math.isfinite(upper) and upper > 0):
        raise ArgumentError(f"soft bounds of {rule.name} need a finite w_max above 0; {upper} came: give w_max=")
    extra = (
        Parameter("w_max", upper, meaning="weight at which facilitation ends"),
        Parameter("mu_plus", mu_plus, meaning="weight dependence of facilitation"),
        Parameter("mu_minus", mu_minus, meaning="weight dependence of depression"),
    )
    return replace(
        rule,
        name=f"soft_bounds({rule.name})",
        parameters=(*rule.parameters, *extra),
        dw_pre=_softened(rule, rule.dw_pre),
        dw_post=_softened(rule, rule.dw_post),
        bounds=Bounds(0.0, upper),
    )


def _rewritten(rule: Any, name: str, change: Callable[[str], str]) -> Any:
    """The rule with every dw rewritten; a rate rule loses its spiking form, which is no longer the same."""
    if isinstance(rule, RateRule):
        return replace(rule, name=name, dw=change(rule.dw), spiking_form="")
    return replace(rule, name=name, dw_pre=change(rule.dw_pre), dw_post=change(rule.dw_post))


def _softened(rule: Rule, dw: str) -> str:
    """`dw` with its weight dependence; a change whose sign varies is split into its two parts."""
    up, down = "(1 - w/w_max)**mu_plus", "(w/w_max)**mu_minus"
    signs = {name: (value > 0) - (value < 0) for name, value in rule.values.items()}
    signs |= {trace.name: 1 for trace in rule.traces} | {"w": 1}  # clipped to [0, w_max]
    tree = parse(dw, known=signs, where=f"{rule.name}.dw", error=RuleError)
    match sign(tree, signs):
        case 0:
            return dw
        case 1:
            return f"({dw})*{up}"
        case -1:
            return f"({dw})*{down}"
    return f"rectify({dw})*{up} - rectify(-({dw}))*{down}"


def _require_rule(rule: Any, function: str) -> None:
    if not isinstance(rule, AnyRule):
        raise RuleError(f"{function}() got {said(rule)}; a rule is allowed, plasticity.rules.RULES holds them by name")


def _require_spikes(rule: AnyRule, function: str) -> None:
    _require_rule(rule, function)
    if not isinstance(rule, Rule):
        raise RuleError(f"{function}() takes a rule that reads spikes; {rule.name} reads rates")
