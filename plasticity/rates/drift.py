"""Mean drift under Poisson firing: what a spike rule does on average, as a function of two rates.

For independent Poisson trains every spike finds the traces in their stationary state, so the drift is the
rate of pre spikes times the mean of dw_pre, plus the same for post. The means are exact: dw is a polynomial in
the traces, and the moments of traces have a closed form (`_moment`).
"""

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.errors import RuleError, SimulationError, UnsupportedRule
from plasticity.expressions import evaluator, names, parse
from plasticity.rules import AnyRule, RateRule, Rule, Trace
from plasticity.rules.record import spike_rule
from plasticity.trains import Floats, check_weights

# A polynomial in traces: {trace names, sorted, with repetition: coefficient}
Polynomial = dict[tuple[str, ...], Any]
MAX_DEGREE = 8  # our choice; published rules need at most 3


def drift(rule: AnyRule, rate_pre: ArrayLike, rate_post: ArrayLike, weight: ArrayLike) -> Floats:
    """Mean weight change per second for independent Poisson firing.

    rate_pre, rate_post : hertz, shapes that broadcast together, say (n_rates,)
    weight              : dimensionless, scalar or a shape that broadcasts with them
    returns             : 1/second, the broadcast shape
    raises UnsupportedRule when the rule is no polynomial in its traces; RuleError when a rate is negative;
    WeightError when a weight is outside the bounds; SimulationError when the drift is not finite

    Exact while no weight touches its bounds and each change is small. Source: `kempter1999`, section III;
    `pfister2006`, mean-field section.
    """
    if not isinstance(rule, RateRule):
        rule = spike_rule(rule, "plasticity.rates")
    try:
        pre, post, w = np.broadcast_arrays(*(np.asarray(a, dtype=float) for a in (rate_pre, rate_post, weight)))
    except (TypeError, ValueError):
        raise RuleError("rates and weight must be numbers, or arrays of shapes that broadcast together") from None
    for rate in (pre, post):
        wrong = rate[~(np.isfinite(rate) & (rate >= 0))]
        if wrong.size:
            raise RuleError(f"a rate of {wrong[0]:g} Hz; finite rates of zero or more are allowed")
    check_weights(w, rule.bounds.lower, rule.bounds.upper)
    with np.errstate(all="ignore"):  # a number that blows up is found below
        mean = _rate_of_change(rule, pre, post, w) if isinstance(rule, RateRule) else _mean_change(rule, pre, post, w)
    if not np.isfinite(mean).all():
        raise SimulationError(f"the drift of {rule} is {mean[~np.isfinite(mean)][0]}; check its parameters")
    return mean


def _mean_change(rule: Rule, pre: Floats, post: Floats, w: Floats) -> Floats:
    """The rate of each side's spikes times the mean of its change."""
    return pre * _mean(rule, rule.dw_pre, pre, post, w) + post * _mean(rule, rule.dw_post, pre, post, w)


def _rate_of_change(rule: RateRule, pre: Floats, post: Floats, w: Floats) -> Floats:
    values: dict[str, Any] = {**rule.values, "rate_pre": pre, "rate_post": post, "w": w}
    return evaluator(parse(rule.dw, known=values, where=f"{rule.name}.dw", error=RuleError))(values) + 0.0 * w


def _mean(rule: Rule, dw: str, pre: Floats, post: Floats, w: Floats) -> Floats:
    """The mean of an expression in traces over their stationary state."""
    traces = {trace.name: trace for trace in rule.traces}
    values: dict[str, Any] = {**rule.values, "w": w}
    tree = parse(dw, known=[*values, *traces], where=f"{rule.name}.dw", error=RuleError)
    total = np.zeros(w.shape)
    for powers, coefficient in _polynomial(tree, values, traces, rule.name).items():
        mean = coefficient + np.zeros(w.shape)
        for train, rate in (("pre", pre), ("post", post)):
            mean = mean * _moment([traces[name] for name in powers if traces[name].train == train], rule, rate)
        total += mean
    return total


def _moment(product: list[Trace], rule: Rule, rate: Floats) -> Floats:
    """The stationary mean of a product of traces (with repetition) driven by one Poisson train.

    Look back to the last spike, an exponential time ago: there each all-to-all trace was 1 + its value before,
    each nearest trace was 1, and since then the product decayed with the sum s of the inverse time constants.
    So M = rate / (rate + s) * mean of the product of (1 + x) over the all-to-all traces; expanding it gives M
    back once, and smaller moments, hence the recursion.
    """
    if not product:
        return np.ones(rate.shape)
    s = sum(1 / rule.values[trace.time_constant] for trace in product)
    adding = [trace for trace in product if trace.interaction == "all-to-all"]
    smaller = sum(_moment(subset, rule, rate) for subset in _proper_subsets(adding))
    if len(adding) == len(product):
        return rate / s * smaller
    return rate / (rate + s) * (smaller + _moment(adding, rule, rate))


def _proper_subsets(items: list[Trace]) -> list[list[Trace]]:
    count = len(items)
    return [[items[i] for i in range(count) if mask >> i & 1] for mask in range(2**count - 1)]


def _polynomial(tree: ast.expr, values: Mapping, traces: Mapping[str, Trace], rule: str) -> Polynomial:
    """A checked tree as a polynomial in traces; coefficients are numbers or arrays."""
    if not names(tree) & set(traces):
        return {(): evaluator(tree)(values)}
    if isinstance(tree, ast.Name):
        return {(tree.id,): np.float64(1.0)}
    if isinstance(tree, ast.UnaryOp):
        factor = np.float64(-1.0 if isinstance(tree.op, ast.USub) else 1.0)
        return _product({(): factor}, _polynomial(tree.operand, values, traces, rule))
    if isinstance(tree, ast.BinOp):
        left = _polynomial(tree.left, values, traces, rule)
        right = _polynomial(tree.right, values, traces, rule)
        combined = _combined(tree.op, left, right)
        if combined is not None and all(len(powers) <= MAX_DEGREE for powers in combined):
            return combined
    raise UnsupportedRule(
        f"{rule} is no polynomial of degree {MAX_DEGREE} or less in its traces, so its drift has no closed form "
        "here: average plasticity.events over Poisson trains instead"
    )


def _combined(operation: ast.operator, left: Polynomial, right: Polynomial) -> Polynomial | None:
    if isinstance(operation, ast.Add):
        return _sum(left, right)
    if isinstance(operation, ast.Sub):
        return _sum(left, {powers: -coefficient for powers, coefficient in right.items()})
    if isinstance(operation, ast.Mult):
        return _product(left, right)
    if set(right) != {()}:
        return None
    if isinstance(operation, ast.Div):
        return {powers: coefficient / right[()] for powers, coefficient in left.items()}
    exponent = float(np.max(right[()]))
    if np.size(right[()]) > 1 or not 0 <= exponent <= MAX_DEGREE or exponent != int(exponent):
        return None
    power: Polynomial = {(): np.float64(1.0)}
    for _ in range(int(exponent)):
        power = _product(power, left)
    return power


def _sum(left: Polynomial, right: Polynomial) -> Polynomial:
    return {powers: left.get(powers, 0.0) + right.get(powers, 0.0) for powers in left.keys() | right.keys()}


def _product(left: Polynomial, right: Polynomial) -> Polynomial:
    result: Polynomial = {}
    for a, x in left.items():
        for b, y in right.items():
            powers = tuple(sorted(a + b))
            result[powers] = result.get(powers, 0.0) + x * y
    return result
